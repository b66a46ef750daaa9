"""Spreadsheets: lists read from files, and records made of them."""
