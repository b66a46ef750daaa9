"""What the centre itself says: its ledger, erasures, withdrawn keys, scans and the index."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the tables; no existing line has data for them, so they start empty."""
    op.create_table(
        "withheld",
        sa.Column("office", TEXT, primary_key=True),
        sa.Column("rev", TEXT, primary_key=True),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("filled", sa.Integer(), nullable=False),
    )
    op.create_index("ix_withheld_filled", "withheld", ["office", "filled"], unique=False)
    op.create_table(
        "erased",
        sa.Column("office", TEXT, primary_key=True),
        sa.Column("type", TEXT, primary_key=True),
        sa.Column("id", TEXT, primary_key=True),
    )
    op.create_table(
        "replaced",
        sa.Column("office", TEXT, primary_key=True),
        sa.Column("bundle", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("content_id", TEXT, nullable=False),
    )
    op.create_table(
        "file",
        sa.Column("office", TEXT, primary_key=True),
        sa.Column("name", TEXT, primary_key=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "application",
        sa.Column("office", TEXT, primary_key=True),
        sa.Column("loan", TEXT, primary_key=True),
        sa.Column("round", TEXT, nullable=False),
        sa.Column("file_no", TEXT, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("stage", TEXT, nullable=False),
        sa.Column("approved", sa.BigInteger(), nullable=False),
        sa.Column("decision", TEXT, nullable=False),
    )
    op.create_index(
        "ix_application_place", "application", ["office", "round", "place"], unique=False
    )
    op.create_table(
        "posting",
        sa.Column("office", TEXT, primary_key=True),
        sa.Column("no", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("round", TEXT, nullable=False),
        sa.Column("loan", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("target", TEXT, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("at", TEXT, nullable=False),
    )
    op.create_index("ix_posting_round", "posting", ["office", "round"], unique=False)
    op.create_table(
        "person_key",
        sa.Column("office", TEXT, primary_key=True),
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("mark", TEXT, nullable=False),
    )
    op.create_index("ix_person_key_mark", "person_key", ["mark"], unique=False)
    op.create_table(
        "revocation",
        sa.Column("office", TEXT, primary_key=True),
        sa.Column("key_id", TEXT, primary_key=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
    )
    op.create_table(
        "release",
        sa.Column("sha256", TEXT, primary_key=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
    )
