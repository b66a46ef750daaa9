"""The desk itself: signing in, its clock, its scans, its epochs, who signs for it."""
