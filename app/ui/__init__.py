"""The window: Qt, and nothing else has Qt."""
