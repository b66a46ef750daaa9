"""The desk's own files: database, key file, lock, backup, and what this machine remembers."""
