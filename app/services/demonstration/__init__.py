"""The demonstration: the whole job on invented people, each step through the public services."""

from app.services.demonstration.story import Account, tell

__all__ = ["Account", "tell"]
