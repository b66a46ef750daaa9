"""Is everything still what was entered? One verdict in one line, for an auditor."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, text

from app.core.i18n import _
from app.core.json_text import canonical
from app.core.line import Data, Header
from app.core.thai import format_date
from app.models.office.store import Store, setting
from app.models.records import audit
from app.models.records.base import data_of, entities, table_of
from app.models.records.lines import MANY, all_by_chain, heads, lines
from app.services.records import projection
from app.services.records.records import label
from app.sync import merge
from app.sync.bundle import Step, no_step

_EVERY = 100  # a step for each would cost more than what it tells


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of verify: `reason` names the broken part in words, "" for none.

    `rows_astray`: lines, chains and heads hold, and rows do not say the same. They can be computed
    anew then (projection.rebuild_all), and nothing else is known to be wrong.
    """

    ok: bool
    lines: int
    reason: str
    rows_astray: bool = False


def verify(store: Store, *, step: Step = no_step) -> Verdict:
    """Recompute digests and chains, and compare every row with its heads.

    A body may be absent (withheld or erased); its header still stands in the chain. The first
    thing found wrong is named, with the place to look. `step` hears how many of how many lines and
    records were looked at, and stops the work by raising.
    """
    with store.read() as connection:
        counted = _Steps(connection, step)
        given = _Heads()
        count, broken = _chains(connection, counted, given)
        reason = broken or given.compare(connection)
        astray = "" if reason else _rows(connection, counted)
        reason = reason or astray or _guard(connection) or _audit(connection)
    return Verdict(not reason, count, reason, rows_astray=bool(astray))


def state_digest(store: Store) -> str:
    """Hash at which revisions every record stands: 64 hex digits.

    Equal to the centre's digest of the office when both hold the same lines, whatever the order
    in which they arrived: docs/bundle-format.md, "Merging".
    """
    with store.read() as connection:
        rows = connection.execute(select(heads.c.type, heads.c.id, heads.c.rev).order_by(*heads.c))
        records = itertools.groupby(rows, lambda row: (row.type, row.id))
        return merge.state_digest(
            (type_, record_id, [row.rev for row in group]) for (type_, record_id), group in records
        )


class _Steps:
    """How far the work is: each line is looked at, then each record."""

    def __init__(self, connection: Connection, step: Step) -> None:
        self._step = step
        self._done = 0
        parts = (select(func.count()).select_from(each) for each in (lines, heads))
        self._total = sum(connection.scalar(part) or 0 for part in parts)

    def more(self) -> None:
        self._done += 1
        if self._done % _EVERY == 1:
            self._step(self._done, self._total)


def _chains(connection: Connection, steps: _Steps, given: "_Heads") -> tuple[int, str]:
    """Walk each chain: every rev, digest, seq and prev as the line before says."""
    count = 0
    chains = _Chains(setting(connection, "partial_chains", {}))
    for rev, found in all_by_chain(connection):
        count += 1
        steps.more()
        header = found.header
        if header.rev != rev:
            return count, _broken_line(header, _("its header was changed"))
        if found.body is not None and found.body.digest != header.digest:
            return count, _broken_line(header, _("its content was changed"))
        if not chains.take(header, rev):
            return count, _broken_line(header, _("the line before it is missing or another"))
        given.take(header, rev)
    return count, ""


class _Chains:
    """Lines chain by chain in the order of seq, each of which names a line of the place before.

    A chain has no gap, but of another desk's a receipt may have brought some lines only: `partial`
    tells up to which seq such a chain is whole. Of a forked one there are several to a place.
    """

    def __init__(self, partial: Mapping[str, int]) -> None:
        self._partial = partial
        self._chain = ""
        self._seq = 0
        self._revs: set[str] = set()  # the lines in the place of _seq
        self._before: set[str] = set()  # those in the place before it

    def take(self, header: Header, rev: str) -> bool:
        """Tell whether the next line stands where it says."""
        chain = f"{header.replica}/{header.epoch}"
        if chain != self._chain:
            self._chain, self._seq, self._revs = chain, 0, {""}
        if header.seq != self._seq:
            follows = header.seq == self._seq + 1
            self._before = self._revs if follows else set()
            self._seq, self._revs = header.seq, set()
        self._revs.add(rev)
        if header.prev in self._before:
            return True
        return chain in self._partial and header.seq > self._partial[chain]


class _Heads:
    """Which heads the lines give, gathered while the chains are walked."""

    def __init__(self) -> None:
        self._revs: set[tuple[str, str, str]] = set()
        self._parents: set[tuple[str, str, str]] = set()

    def take(self, header: Header, rev: str) -> None:
        """Hear of one more line."""
        self._revs.add((header.type, header.id, rev))
        self._parents.update((header.type, header.id, parent) for parent in header.parents)

    def compare(self, connection: Connection) -> str:
        """Compare the stored heads with those computed from the lines."""
        rows = connection.execute(select(heads.c.type, heads.c.id, heads.c.rev))
        astray = {tuple(row) for row in rows} ^ (self._revs - self._parents)
        if not astray:
            return ""
        type_, record_id, _rev = min(astray)
        return _("The heads of {type} {id} are not those of its lines.").format(
            type=label(type_), id=record_id
        )


def _rows(connection: Connection, steps: _Steps) -> str:
    """Compare each row with what its heads say, and look for rows without lines."""
    for type_ in entities():
        broken = _row_astray(connection, type_, steps)
        if broken:
            return _broken_row(type_, broken)
    return ""


def _row_astray(connection: Connection, type_: str, steps: _Steps) -> str:
    """Return the id of the first record of a type whose row is astray, "" where none is.

    Many are read at a time: to ask for the lines of each would cost ten times what they say.
    """
    known: set[str] = set(connection.scalars(select(heads.c.id).where(heads.c.type == type_)))
    missing = set(known)
    every_row = select(table_of(type_)).execution_options(yield_per=MANY)
    for batch in connection.execute(every_row).mappings().partitions():
        ids = [row["id"] for row in batch if row["id"] in known]
        missing.difference_update(ids)
        given = projection.shown_among(connection, type_, ids)
        for row in batch:
            steps.more()
            if not _shows(type_, row, *given.get(row["id"], _NOTHING)):
                return str(row["id"])
    hidden = sorted(missing)
    for ids in (hidden[begin : begin + MANY] for begin in range(0, len(hidden), MANY)):
        given = projection.shown_among(connection, type_, ids)
        for each in ids:
            if given[each][0] is not None:
                return each
    return ""


def _shows(type_: str, row: Mapping[Any, Any], data: Data | None, office: str) -> bool:
    """Tell whether a row equals the data computed from its heads."""
    if data is None or office != row[table_of(type_).c.office]:
        return False
    return canonical(data) == canonical(data_of(entities()[type_], row))


_NOTHING: tuple[None, str] = (None, "")  # of a row without lines


def _audit(connection: Connection) -> str:
    number = audit.first_broken(connection)
    return (
        _("Entry {number} of the audit diary was changed.").format(number=number) if number else ""
    )


def _guard(connection: Connection) -> str:
    left = connection.scalar(text("SELECT count(*) FROM dirty"))
    return _("{count} rows were changed without a line.").format(count=left) if left else ""


def _broken_line(header: Header, what: str) -> str:
    return _("Line {seq} of {date} ({type} {id}): {what}.").format(
        seq=header.seq,
        date=format_date(header.at[:10], "short"),
        type=label(header.type),
        id=header.id,
        what=what,
    )


def _broken_row(type_: str, record_id: str) -> str:
    return _("The row of {type} {id} is not what its lines say.").format(
        type=label(type_), id=record_id
    )
