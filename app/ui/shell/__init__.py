"""The window itself: start, sign-in, navigation, menus, and what it has in front."""
