"""Is everything still what was entered? One verdict in one line, for an auditor."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, text

from app.core.i18n import _
from app.core.line import Header, canonical
from app.core.thai import format_date
from app.models import audit
from app.models.base import data_of, entities, table_of
from app.models.lines import all_by_chain, heads, lines
from app.models.store import Store, setting
from app.services import projection
from app.sync import merge
from app.sync.bundle import Step, no_step

_EVERY = 100  # a step for each would cost more than what it tells


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verify found: `reason` is "" or the one thing that is broken, in words.

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
        count, broken = _chains(connection, counted)
        reason = broken or _heads(connection)
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


def _chains(connection: Connection, steps: _Steps) -> tuple[int, str]:
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


def _heads(connection: Connection) -> str:
    """Compare the heads that are kept with those that the lines give."""
    kept = {tuple(row) for row in connection.execute(select(heads.c.type, heads.c.id, heads.c.rev))}
    given: set[tuple[str, ...]] = set()
    parents: set[tuple[str, ...]] = set()
    for rev, found in all_by_chain(connection):
        record = (found.header.type, found.header.id)
        given.add((*record, rev))
        parents.update((*record, parent) for parent in found.header.parents)
    astray = kept ^ (given - parents)
    if not astray:
        return ""
    type_, record_id, _rev = min(astray)
    return _("The heads of {type} {id} are not those of its lines.").format(
        type=type_, id=record_id
    )


def _rows(connection: Connection, steps: _Steps) -> str:
    """Compare each row with what its heads say, and look for rows without lines."""
    known = {
        (type_, record_id)
        for type_, record_id in connection.execute(select(heads.c.type, heads.c.id).distinct())
    }
    for type_, entity in entities().items():
        rows = connection.execute(select(table_of(type_))).mappings().all()
        for row in rows:
            steps.more()
            if (type_, row["id"]) not in known:
                return _broken_row(type_, row["id"])
            data, office = projection.shown(connection, type_, row["id"])
            if data is None or office != row["office"]:
                return _broken_row(type_, row["id"])
            if canonical(data) != canonical(data_of(entity, row)):
                return _broken_row(type_, row["id"])
        here = {row["id"] for row in rows}
        for missing in sorted(record for of, record in known if of == type_ and record not in here):
            if projection.shown(connection, type_, missing)[0] is not None:
                return _broken_row(type_, missing)
    return ""


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
        type=header.type,
        id=header.id,
        what=what,
    )


def _broken_row(type_: str, record_id: str) -> str:
    return _("The row of {type} {id} is not what its lines say.").format(type=type_, id=record_id)
