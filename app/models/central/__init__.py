"""What the central office stores: its tables, its database, its read views."""
