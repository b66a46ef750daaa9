"""Paper: a dataclass in, PDF bytes out."""
