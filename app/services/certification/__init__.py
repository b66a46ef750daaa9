"""Certification files: standards, checklists, and what expires."""
