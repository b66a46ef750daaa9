"""The schema of the central office, for Alembic; on PostgreSQL and on SQLite alike."""
