"""Printing: what a form says is gathered, drawn, numbered and let out."""
