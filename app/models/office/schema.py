"""The number of the desk's tables; it is read without them."""

SCHEMA = "0004"
