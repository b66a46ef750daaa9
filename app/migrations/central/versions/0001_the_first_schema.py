"""The first schema of the centre."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    for name, columns in _TABLES.items():
        op.create_table(
            name,
            *(
                sa.Column(column.strip("*"), kind, primary_key="*" in column, nullable=False)
                for column, kind in columns.items()
            ),
        )
    op.create_index("ix_bundle_no", "bundle", ["no"], unique=True)
    op.create_index("ix_revision_record", "revision", ["office", "type", "id"])
    op.create_index("ix_revision_chain", "revision", ["office", "replica", "epoch", "seq", "rev"])
    op.create_index("ix_revision_bundle", "revision", ["office", "bundle", "state"])


# Each column with its type; a star marks the key.
_TABLES: dict[str, dict[str, sa.types.TypeEngine[Any]]] = {
    "centre": {"name*": TEXT, "value": TEXT},
    "office_key": {
        "office*": TEXT,
        "key_id*": TEXT,
        "replica": TEXT,
        "public": sa.LargeBinary(),
        "recipient": TEXT,
        "status": TEXT,
        "enrolled_at": TEXT,
    },
    "bundle": {
        "office*": TEXT,
        "content_id*": TEXT,
        "no": sa.Integer(),
        "name": TEXT,
        "kind": TEXT,
        "replica": TEXT,
        "epoch": TEXT,
        "status": TEXT,
        "lines": sa.Integer(),
        "accepted": sa.Integer(),
        "duplicate": sa.Integer(),
        "held": sa.Integer(),
        "rejected": sa.Integer(),
        "received_at": TEXT,
    },
    "archive": {"bundle*": sa.Integer(), "part*": sa.Integer(), "bytes": sa.LargeBinary()},
    "run": {
        "office*": TEXT,
        "bundle*": sa.Integer(),
        "replica*": TEXT,
        "epoch*": TEXT,
        "seq_from*": SEQ,
        "seq_to": SEQ,
    },
    "revision": {
        "office*": TEXT,
        "rev*": TEXT,
        "type": TEXT,
        "id": TEXT,
        "replica": TEXT,
        "epoch": TEXT,
        "seq": SEQ,
        "act": TEXT,
        "state": TEXT,
        "code": TEXT,
        "reason": TEXT,
        "bundle": sa.Integer(),
        "line": sa.LargeBinary(),
    },
    "unread": {
        "office*": TEXT,
        "bundle*": sa.Integer(),
        "type*": TEXT,
        "number*": sa.Integer(),
        "code": TEXT,
        "reason": TEXT,
    },
    "overtaken": {"office*": TEXT, "rev*": TEXT, "type*": TEXT, "id*": TEXT},
    "head": {"office*": TEXT, "type*": TEXT, "id*": TEXT, "rev*": TEXT},
    "quarantine": {"sha256*": TEXT, "name": TEXT, "code": TEXT, "reason": TEXT, "at": TEXT},
    "receipt": {"office*": TEXT, "number*": sa.Integer(), "name": TEXT, "made_at": TEXT},
}
