"""Stored data about people: persons, their consents, the links between them."""
