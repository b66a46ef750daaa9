"""The tables of the central office: bundles as they came, revisions, heads, and who may sign.

Office stands first in every key, so that a later partition by office changes only DDL.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
    select,
)

from app.core.errors import UserError
from app.core.i18n import _

metadata = MetaData()

facts = Table(
    "centre",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
office_keys = Table(
    "office_key",
    metadata,
    Column("office", Text, primary_key=True),
    Column("key_id", Text, primary_key=True),
    Column("replica", Text, nullable=False),
    Column("public", LargeBinary, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("enrolled_at", Text, nullable=False),
)
bundles = Table(
    "bundle",
    metadata,
    Column("office", Text, primary_key=True),
    Column("content_id", Text, primary_key=True),
    Column("no", Integer, nullable=False),  # the order of arrival, for rebuild
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("replica", Text, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("duplicate", Integer, nullable=False),
    Column("held", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("received_at", Text, nullable=False),
    Index("ix_bundle_no", "no", unique=True),
)
archive = Table(
    "archive",
    metadata,
    Column("bundle", Integer, primary_key=True),  # bundle.no
    Column("part", Integer, primary_key=True),
    Column("bytes", LargeBinary, nullable=False),  # the sealed file, in pieces
)
runs = Table(
    "run",
    metadata,
    Column("office", Text, primary_key=True),
    Column("bundle", Integer, primary_key=True),
    Column("replica", Text, primary_key=True),
    Column("epoch", Text, primary_key=True),
    Column("seq_from", Integer, primary_key=True),
    Column("seq_to", Integer, nullable=False),
)
revisions = Table(
    "revision",
    metadata,
    Column("office", Text, primary_key=True),
    Column("rev", Text, primary_key=True),
    Column("type", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("replica", Text, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("act", Text, nullable=False),
    Column("state", Text, nullable=False),  # accepted, held or rejected
    Column("code", Text, nullable=False),  # why it is held or rejected
    Column("reason", Text, nullable=False),
    Column("bundle", Integer, nullable=False),  # bundle.no of the one that gave it this state
    Column("line", LargeBinary, nullable=False),
    Index("ix_revision_record", "office", "type", "id"),
    Index("ix_revision_chain", "office", "replica", "epoch", "seq", "rev"),
    Index("ix_revision_bundle", "office", "bundle", "state"),
)
unread = Table(
    "unread",  # lines without a header of this office: nothing but their place has a name
    metadata,
    Column("office", Text, primary_key=True),
    Column("bundle", Integer, primary_key=True),
    Column("type", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("code", Text, nullable=False),
    Column("reason", Text, nullable=False),
)
overtaken = Table(
    "overtaken",
    metadata,
    Column("office", Text, primary_key=True),
    Column("rev", Text, primary_key=True),  # an accepted line stands on it
    Column("type", Text, primary_key=True),
    Column("id", Text, primary_key=True),
)
heads = Table(
    "head",
    metadata,
    Column("office", Text, primary_key=True),
    Column("type", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("rev", Text, primary_key=True),
)
quarantine = Table(
    "quarantine",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
)
receipts = Table(
    "receipt",
    metadata,
    Column("office", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("made_at", Text, nullable=False),
)

withheld = Table(
    "withheld",
    metadata,
    Column("office", Text, primary_key=True),
    Column("rev", Text, primary_key=True),  # a line that came without its body
    Column("type", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("filled", Integer, nullable=False),  # bundle.no of the one that brought it, 0 for none
    Index("ix_withheld_filled", "office", "filled"),
)
erased = Table(
    "erased",
    metadata,
    Column("office", Text, primary_key=True),
    Column("type", Text, primary_key=True),
    Column("id", Text, primary_key=True),
)
replaced = Table(
    "replaced",  # archived files that stand without the bodies that were erased since
    metadata,
    Column("office", Text, primary_key=True),
    Column("bundle", Integer, primary_key=True),
    Column("content_id", Text, nullable=False),  # of the copy; the row of bundle keeps the first
)
files = Table(
    "file",
    metadata,
    Column("office", Text, primary_key=True),
    Column("name", Text, primary_key=True),  # "<sha256>.<extension>"
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
applications = Table(
    "application",  # the loan files as the ledger sees them; place is the order of arrival
    metadata,
    Column("office", Text, primary_key=True),
    Column("loan", Text, primary_key=True),
    Column("round", Text, nullable=False),
    Column("file_no", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("place", Integer, nullable=False),  # 0 while the documents are not complete
    Column("stage", Text, nullable=False),
    Column("approved", BigInteger, nullable=False),
    Column("decision", Text, nullable=False),  # the rev of it, "" for none
    Index("ix_application_place", "office", "round", "place"),
)
postings = Table(
    "posting",  # the ledger: money goes from one account to another, and no row is ever changed
    metadata,
    Column("office", Text, primary_key=True),  # "" for the pot of a round
    Column("no", BigInteger, primary_key=True),
    Column("round", Text, nullable=False),
    Column("loan", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("at", Text, nullable=False),
    Index("ix_posting_round", "office", "round"),
)
person_keys = Table(
    "person_key",
    metadata,
    Column("office", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("mark", Text, nullable=False),  # a keyed hash of the id number, never the number
    Index("ix_person_key_mark", "mark"),
)
revocations = Table(
    "revocation",
    metadata,
    Column("office", Text, primary_key=True),
    Column("key_id", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
)
releases = Table(
    "release",  # files of a revoked key that a person let in, by the hash of the sealed file
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
)


def open_centre(url: str) -> Engine:
    """Open the centre's database; sqlite:///FILE is enough for a pilot.

    A writer takes the file for itself at once, so two ingests wait for each other. Raises UserError
    "database_url" for another kind of database.
    """
    if not url.startswith("sqlite:///"):
        raise UserError(
            _("Name the central office's database as sqlite:///FILE."), code="database_url"
        )
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection, _record) -> None:  # type: ignore[no-untyped-def]
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute("PRAGMA busy_timeout=60000")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return
    reads = options.get("reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


@contextmanager
def acting(engine: Engine) -> Iterator[Connection]:
    """Open one transaction that writes. Raises UserError where `central init` was not run."""
    with reading(engine):
        pass  # looks whether there is a centre, before the file is taken for writing
    with engine.begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Look at one moment, while others may write. Raises UserError as acting does."""
    with engine.connect().execution_options(reads=True) as connection, connection.begin():
        if not engine.dialect.has_table(connection, "centre"):
            raise UserError(
                _("This database is not a central office yet: run central init first."),
                code="no_centre",
            )
        yield connection


def compact(engine: Engine) -> None:
    """Write the database anew without what was deleted: no page of it lies about."""
    with engine.connect() as connection:
        cleaning = connection.execution_options(isolation_level="AUTOCOMMIT")
        cleaning.exec_driver_sql("VACUUM")
        cleaning.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def fact(connection: Connection, name: str) -> str:
    """Give a fact of the centre, "" for one that is not known."""
    return connection.scalar(select(facts.c.value).where(facts.c.name == name)) or ""


def now() -> str:
    """Give the centre's time in UTC to the second; it is shown and decides nothing."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
