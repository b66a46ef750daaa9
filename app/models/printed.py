"""The diary of prints: each paper's number, its very bytes, and whether it came out."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text, text

from app.models.records.base import Base

# what is known of a paper: its number was given, the clerk saw it, nobody said so
REQUESTED, CONFIRMED, UNKNOWN = "requested", "confirmed", "unknown"

printed = Table(
    "printed",
    Base.metadata,
    Column("no", Integer, primary_key=True),
    Column("form", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("rev", Text, nullable=False),
    Column("copy", Integer, nullable=False),  # the paper's number, never given twice
    Column("again", Integer, nullable=False),  # how often the form was printed before
    Column("key", Text),  # of the signing key, 8 hex digits; none before numbers were unique
    Column("state", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("pdf", LargeBinary),  # none where the centre had the record erased
    Index("ix_printed_record", "form", "record"),
    # Desks of version 0.1 gave a number twice; their papers lie in binders and keep what they say.
    Index(
        "ix_printed_copy",
        "form",
        "record",
        "copy",
        unique=True,
        sqlite_where=text("key IS NOT NULL"),
    ),
)
