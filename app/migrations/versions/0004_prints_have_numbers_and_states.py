"""Prints have numbers and states."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep every print: all count as confirmed, and `again` is the former copy number less one."""
    with op.batch_alter_table("printed", schema=None) as batch_op:
        batch_op.add_column(sa.Column("again", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("key", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("state", sa.Text(), nullable=True))
    op.execute("UPDATE printed SET again = copy - 1, state = 'confirmed'")
    with op.batch_alter_table("printed", schema=None) as batch_op:
        batch_op.alter_column("again", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("state", existing_type=sa.Text(), nullable=False)
        batch_op.alter_column("pdf", existing_type=sa.LargeBinary(), nullable=True)
        batch_op.create_index(
            "ix_printed_copy",
            ["form", "record", "copy"],
            unique=True,
            sqlite_where=sa.text("key IS NOT NULL"),
        )
