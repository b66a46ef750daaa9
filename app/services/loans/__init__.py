"""Loan files from the application to the last instalment."""
