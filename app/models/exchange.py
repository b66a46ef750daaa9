"""What was sealed on this computer and what the centre answered."""

from sqlalchemy import Column, Integer, Table, Text

from app.models.records.base import Base, Json

outbox = Table(
    "outbox",
    Base.metadata,
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("content_id", Text, nullable=False),
    Column("sha256", Text, nullable=False),  # of the sealed file
    Column("kind", Text, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("seq_from", Integer, nullable=False),
    Column("seq_to", Integer, nullable=False),
    Column("counts", Json, nullable=False),  # lines by type
    Column("made_at", Text, nullable=False),
    Column("state", Text, nullable=False),  # sealed, received or returned
    Column("handed_over_at", Text),  # UTC; the clerk said so
    Column("handed_over_to", Text),
    Column("receipt_no", Integer),  # of the first receipt that named it
    Column("receipt_at", Text),  # the centre's time
)

receipts = Table(
    "receipt",
    Base.metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Text, nullable=False),  # the centre's time
    Column("applied_at", Text, nullable=False),  # UTC, this computer's
    Column("counts", Json, nullable=False),  # rejected, flagged, disputed
)
