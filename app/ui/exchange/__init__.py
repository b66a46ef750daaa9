"""The window's part in sending, receiving and settling."""
