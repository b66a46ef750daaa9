"""The demonstration: the whole job on invented people, each step through the public services."""

from app.services.demonstration.story import Account, Size, tell, tell_of_province

__all__ = ["Account", "Size", "tell", "tell_of_province"]
