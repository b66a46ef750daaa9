"""The window itself: start, sign-in, navigation, long work, what the clerk is told."""
