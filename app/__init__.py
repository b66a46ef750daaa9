"""TambonDesk: the desk of a provincial employment office."""

__version__ = "0.1.0"
