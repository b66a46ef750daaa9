"""What was printed here: the very bytes of each confirmed print, so that a copy can be given."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text

from app.models.base import Base

printed = Table(
    "printed",
    Base.metadata,
    Column("no", Integer, primary_key=True),
    Column("form", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("rev", Text, nullable=False),
    Column("copy", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("pdf", LargeBinary, nullable=False),
    Index("ix_printed_record", "form", "record"),
)
