"""Occupation groups: their members, their steps, what becomes of them."""
