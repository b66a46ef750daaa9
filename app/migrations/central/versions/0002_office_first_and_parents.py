"""Office first in every key; the parents of a line beside it; what disputed records show."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Change the tables and fill in what the lines say."""
    op.create_table(
        "shown",
        sa.Column("office", TEXT, primary_key=True),
        sa.Column("type", TEXT, primary_key=True),
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("data", TEXT),
    )
    op.drop_index("ix_bundle_no", "bundle")
    op.create_index("ix_bundle_no", "bundle", ["office", "no"], unique=True)
    op.create_index("ix_bundle_order", "bundle", ["no"])
    _put_office_before_the_archive()
    op.add_column("revision", sa.Column("parents", TEXT, nullable=False, server_default=""))
    for rows in _in_pieces(_parents()):
        op.get_bind().execute(_SET_PARENTS, rows)


def _put_office_before_the_archive() -> None:
    op.rename_table("archive", "archive_before")
    op.create_table(
        "archive",
        sa.Column("office", TEXT, primary_key=True),
        sa.Column("bundle", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("part", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
    )
    op.execute(
        "INSERT INTO archive SELECT b.office, a.bundle, a.part, a.bytes "
        "FROM archive_before a JOIN bundle b ON b.no = a.bundle"
    )
    op.drop_table("archive_before")


_SET_PARENTS = sa.text(
    "UPDATE revision SET parents = :parents WHERE office = :office AND rev = :rev"
)


def _parents() -> Iterator[dict[str, Any]]:
    """Read the parents of each line that has some, in the order of the key."""
    last = ("", "")
    while rows := op.get_bind().execute(_NEXT, {"office": last[0], "rev": last[1]}).all():
        for office, rev, line in rows:
            parents = json.loads(bytes(line))["h"]["parents"]
            if parents:
                yield {"office": office, "rev": rev, "parents": " ".join(parents)}
        last = rows[-1][0], rows[-1][1]


_NEXT = sa.text(
    "SELECT office, rev, line FROM revision WHERE (office, rev) > (:office, :rev) "
    "ORDER BY office, rev LIMIT 1000"
)


def _in_pieces(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while piece := list(islice(rows, 1000)):
        yield piece
