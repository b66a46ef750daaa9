"""The editors of every kind of value."""
