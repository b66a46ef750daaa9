"""The centre's database, PostgreSQL 15 or newer, or one SQLite file for a pilot: transactions.

Whoever writes is alone: SQLite takes the file, PostgreSQL an advisory lock, both until the end of
the transaction. A stopped writer leaves nothing. What the operator can mend comes as UserError.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from app.core.errors import UserError
from app.core.i18n import _
from app.models.central.faults import in_words, too_old

SQLITE, POSTGRESQL = "sqlite", "postgresql"
OLDEST = 15  # NULLS NOT DISTINCT aside, the oldest release that is tried
_DRIVERS = {"sqlite": SQLITE, "postgresql+psycopg": POSTGRESQL}

_WRITER = 0x6F7467  # "otg": the advisory lock of whoever writes
LONGEST_WAIT_MS = 600_000  # for another writer


def open_centre(url: str) -> Engine:
    """Name the centre's database; nothing is connected before it is used.

    `url` is sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME; a password may stand in
    ~/.pgpass instead. Raises UserError "database_url" for another kind of database.
    """
    parsed = _parsed(url)
    if _DRIVERS[parsed.drivername] == SQLITE:
        engine = create_engine(parsed)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    # A command opens a handful of connections in its life: a pool would only keep dead ones.
    facts = {"connect_timeout": 10, "application_name": "tambon-desk"}
    engine = create_engine(parsed, poolclass=NullPool, connect_args=facts)
    event.listen(engine, "connect", _prepare_postgresql)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is None or parsed.drivername not in _DRIVERS or not parsed.database:
        raise UserError(
            _(
                "Name the central office's database as sqlite:///FILE or "
                "postgresql+psycopg://USER@HOST/NAME."
            ),
            code="database_url",
        )
    return parsed


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute("PRAGMA cache_size=-64000")  # the keys are random: pages come back
    connection.execute(f"PRAGMA busy_timeout={LONGEST_WAIT_MS}")


def compact(engine: Engine) -> None:
    """Write the tables anew without what was deleted: no page of an erased body lies about.

    Others wait meanwhile; on PostgreSQL the write-ahead log is recycled by the server.
    """
    with in_words(), engine.connect() as connection:
        cleaning = connection.execution_options(isolation_level="AUTOCOMMIT")
        if engine.dialect.name == POSTGRESQL:
            cleaning.exec_driver_sql("VACUUM (FULL) revision, archive, file")
        else:
            cleaning.exec_driver_sql("VACUUM")
            cleaning.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _begin_sqlite(connection: Connection) -> None:
    if _is_alone(connection):
        return
    connection.exec_driver_sql("BEGIN" if _only_reads(connection) else "BEGIN IMMEDIATE")


def _prepare_postgresql(connection: Any, _record: object) -> None:
    refuse_old(connection.info.server_version)


def refuse_old(version: int) -> None:
    """Refuse a server older than PostgreSQL 15; `version` is as it says, 150004 for 15.4."""
    if version < OLDEST * 10_000:
        raise too_old(version // 10_000, OLDEST)


def _begin_postgresql(connection: Connection) -> None:
    if not _only_reads(connection) and not _is_alone(connection):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {LONGEST_WAIT_MS}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER})")


def _is_alone(connection: Connection) -> bool:
    """Tell whether each statement is a transaction of its own: what cleans up must be."""
    return connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT"


def _only_reads(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("reads"))


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open one transaction that writes, whether there is a centre or not; others wait."""
    with in_words(), engine.begin() as connection:
        yield connection


@contextmanager
def acting(engine: Engine) -> Iterator[Connection]:
    """Open one transaction that writes. Raises UserError where `central init` was not run."""
    with writing(engine) as connection:
        _refuse_no_centre(connection)
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Look at one moment, while others may write. Raises UserError as acting does."""
    with looking(engine) as connection:
        _refuse_no_centre(connection)
        yield connection


@contextmanager
def looking(engine: Engine) -> Iterator[Connection]:
    """Look at one moment of a database that may be no centre yet."""
    options: dict[str, Any] = {"reads": True}
    if engine.dialect.name == POSTGRESQL:
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with (
        in_words(),
        engine.connect().execution_options(**options) as connection,
        connection.begin(),
    ):
        yield connection


def _refuse_no_centre(connection: Connection) -> None:
    if not has_centre(connection):
        raise UserError(
            _("This database is not a central office yet: run central init first."),
            code="no_centre",
        )


def has_centre(connection: Connection) -> bool:
    """Tell whether `central init` was run on this database."""
    return bool(connection.dialect.has_table(connection, "centre"))
