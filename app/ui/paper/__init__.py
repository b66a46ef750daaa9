"""Paper in the window: looked at, printed, saved, and what went out before."""
