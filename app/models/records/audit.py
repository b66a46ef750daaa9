"""Who looked at what: a chained diary of the desk that is never changed and never sent.

Personal Data Protection Act B.E. 2562: looking at, printing and handing over personal data is
noted. Not part of the journal; a subject is a record's id or a masked number, never a whole id.
"""

import hashlib

from sqlalchemy import Column, Connection, Integer, Table, Text, insert, select

from app.core.json_text import canonical
from app.models.records.base import Base
from app.models.records.journal import utc_now

audit = Table(
    "audit",
    Base.metadata,
    Column("no", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("digest", Text, nullable=False),
)

TRIGGERS = (
    "CREATE TRIGGER journal_audit_stays BEFORE UPDATE ON audit BEGIN "
    "SELECT RAISE(ABORT, 'the audit diary is never changed'); END",
    "CREATE TRIGGER journal_audit_kept BEFORE DELETE ON audit BEGIN "
    "SELECT RAISE(ABORT, 'the audit diary is never shortened'); END",
)


def note(connection: Connection, user: str, action: str, subject: str) -> None:
    """Add an entry; its digest covers the digest of the entry before."""
    row = {"at": utc_now(), "user": user, "action": action, "subject": subject}
    row["digest"] = _digest(last_digest(connection), row)
    connection.execute(insert(audit), [row])


def last_digest(connection: Connection) -> str:
    """Return the digest of the last entry, which stands for all before it; "" for none."""
    last = select(audit.c.digest).order_by(audit.c.no.desc()).limit(1)
    return connection.scalar(last) or ""


def first_broken(connection: Connection) -> int:
    """Return the number of the first entry that does not follow from the one before, 0 for none."""
    before, expected = "", 1
    for row in connection.execute(select(audit).order_by(audit.c.no)).mappings():
        plain = {name: row[name] for name in ("at", "user", "action", "subject")}
        if row["no"] != expected or row["digest"] != _digest(before, plain):
            return expected
        before, expected = row["digest"], expected + 1
    return 0


def _digest(before: str, row: dict[str, str]) -> str:
    return hashlib.sha256(before.encode() + canonical(row)).hexdigest()
