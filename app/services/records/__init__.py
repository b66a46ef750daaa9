"""The engine: every record alike is read, checked, saved, moved, found and undone."""
