"""Backups, checks and the ways back: what keeps a desk from being lost."""
