"""A centre's database on PostgreSQL that is used again: emptied, unless its shape has changed."""

from typing import Any

import psycopg
from psycopg import sql

# Each of these rows is written anew by whatever changes a table, a view, an index or a rule, and
# stays what it is when a table is emptied.
_SHAPE = """
    WITH ours AS (
        SELECT oid, nspname FROM pg_namespace
        WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
    ), relation AS (
        SELECT class.* FROM pg_class class JOIN ours ON class.relnamespace = ours.oid
    )
    SELECT md5(string_agg(one, ' ' ORDER BY one)) FROM (
        SELECT format('schema %s %s', oid, nspname) FROM ours
        UNION ALL SELECT format('relation %s %s %s %s', oid, relname, relacl, relowner)
            FROM relation
        UNION ALL SELECT format('column %s %s %s', attrelid, attnum, concat_ws(' ', attname,
            atttypid, atttypmod, attnotnull, attisdropped, attcollation, attacl))
            FROM pg_attribute WHERE attrelid IN (SELECT oid FROM relation) AND attnum > 0
        UNION ALL SELECT format('default %s', oid) FROM pg_attrdef
        UNION ALL SELECT format('constraint %s', oid) FROM pg_constraint
        UNION ALL SELECT format('trigger %s', oid) FROM pg_trigger
        UNION ALL SELECT format('function %s %s', oid, xmin) FROM pg_proc
            WHERE pronamespace IN (SELECT oid FROM ours)
        UNION ALL SELECT format('migration %s', version_num) FROM alembic_version
    ) AS shape (one)
"""
_OTHERS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"


def shape(connection: psycopg.Connection[Any]) -> str:
    """Tell what is there but for the rows of the centre's tables: equal only if nothing changed."""
    row = connection.execute(_SHAPE).fetchone()
    assert row
    return str(row[0])


class Emptied:
    """The database of one address, and how it was when nothing had been done with it."""

    def __init__(self, url: str) -> None:
        self.url = url
        with self._connected() as connection:
            self._shape = shape(connection)
            self._facts = connection.execute("SELECT * FROM centre").fetchall()
            tables = [name for (name,) in connection.execute(_TABLES) if name != "alembic_version"]
        self._truncate = sql.SQL("TRUNCATE {} RESTART IDENTITY").format(
            sql.SQL(", ").join(map(sql.Identifier, tables))
        )

    def empty(self) -> bool:
        """Put it back as it was; False where a test has changed more than its rows."""
        try:
            with self._connected() as connection:
                connection.execute(_OTHERS)  # one who still reads would be waited for without end
                if shape(connection) != self._shape:
                    return False
                connection.execute(self._truncate)
                with connection.cursor() as cursor:
                    cursor.executemany("INSERT INTO centre VALUES (%s, %s)", self._facts)
        except psycopg.Error:  # its tables or the database itself are no more
            return False
        return True

    def _connected(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url.replace("+psycopg", ""))
