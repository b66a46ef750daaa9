"""Sync bundles and the merge, pure: files and plain data, no database."""
