"""The tables of the central office: bundles as they came, revisions, heads, and who may sign.

Office stands first in every key of what an office sent, so that a later partition or distribution
by office changes only DDL. Texts compare byte by byte on every back end.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    delete,
    insert,
    select,
)
from sqlalchemy import Text as AnyText
from sqlalchemy.dialects import postgresql

from app.models.central.centre_database import acting, looking, open_centre, reading, writing

__all__ = [
    "INDEXED_WITH",
    "acting",
    "archive",
    "bundles",
    "fact",
    "facts",
    "heads",
    "looking",
    "metadata",
    "now",
    "office_keys",
    "open_centre",
    "overtaken",
    "quarantine",
    "reading",
    "receipts",
    "revisions",
    "runs",
    "set_fact",
    "shown",
    "unread",
    "writing",
]  # fmt: skip

# The order of a text decides the order of a bundle's lines and of the state digest.
Text = AnyText().with_variant(postgresql.TEXT(collation="C"), "postgresql")
Seq = BigInteger().with_variant(Integer(), "sqlite")

INDEXED_WITH = "indexed_with"  # the fact that names the key of the index of persons

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
    Index("ix_bundle_no", "office", "no", unique=True),
    Index("ix_bundle_order", "no"),
)
archive = Table(
    "archive",
    metadata,
    Column("office", Text, primary_key=True),
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
    Column("seq_from", Seq, primary_key=True),
    Column("seq_to", Seq, nullable=False),
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
    Column("seq", Seq, nullable=False),
    Column("parents", Text, nullable=False),  # the revs it stands on, apart by a space
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
shown = Table(
    "shown",
    metadata,
    Column("office", Text, primary_key=True),
    Column("type", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("data", Text),  # what several heads or an older one show, as JSON; NULL for nothing
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


def fact(connection: Connection, name: str) -> str:
    """Return a fact of the centre, "" for one that is not known."""
    return connection.scalar(select(facts.c.value).where(facts.c.name == name)) or ""


def set_fact(connection: Connection, name: str, value: str) -> None:
    """Keep a fact of the centre in place of the one before; "" forgets it."""
    connection.execute(delete(facts).where(facts.c.name == name))
    if value:
        connection.execute(insert(facts), [{"name": name, "value": value}])


def now() -> str:
    """Return the centre's time in UTC to the second; it is shown and decides nothing."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
