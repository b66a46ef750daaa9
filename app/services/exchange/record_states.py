"""Where a record stands on its way to the centre, and what of it came back with a reason."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, and_, func, select

from app.core.line import Header
from app.models.exchange import outbox
from app.models.office.store import Store, origin, setting
from app.models.records.lines import MANY, heads, heads_of, line, lines
from app.services.exchange.outbox import HANDED_OVER
from app.services.exchange.sending import RECEIVED, RETURNED, SEALED
from app.services.records import naming
from app.services.records.returned_lines import WITH_ITS_ACT
from app.sync.receipt import Remark

SAVED, ELSEWHERE = "saved", "elsewhere"


@dataclass(frozen=True, slots=True)
class RecordState:
    """How far the latest state of a record has come: the clerk must never wonder.

    `state` is saved, sealed, handed_over, received or returned; "elsewhere" is what another desk
    entered and the centre has not confirmed. `bundle` is the number of the file, 0 for none;
    `receipt_at` is the centre's time; `reason` says why it was returned.
    """

    state: str
    bundle: int = 0
    handed_over_to: str = ""
    receipt_no: int | None = None
    receipt_at: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """A line that the centre did not take. `bundle` is the name of the file it went with.

    `is_open` holds until the record is saved again: then that newer line goes to the centre.
    `id` is "" for a line that could not be read at all.
    """

    type: str
    id: str
    title: str
    reason: str
    bundle: str
    is_open: bool


def state_of(store: Store, type_: str, record_id: str) -> RecordState:
    """Tell how far a record has come; of several heads, the one that is farthest behind."""
    with store.read() as connection:
        reasons = {remark.rev: remark.text for remark in _rejected(connection)}
        found = [
            _state(connection, head.header, reasons.get(head.header.rev))
            for rev in heads_of(connection, type_, record_id)
            if (head := line(connection, rev))
        ]
    return min(found, key=lambda each: _WAY.index(each.state), default=RecordState(SAVED))


def returned_lines(store: Store) -> list[Returned]:
    """List the lines that the centre returned, those still to be put right first.

    Those that came back only because of another line are behind the one that is wrong.
    """
    with store.read() as connection:
        remarks = sorted(_rejected(connection), key=lambda each: each.code == WITH_ITS_ACT)
        names = _bundles_of(connection, remarks)
        titles = naming.titles(connection, {(each.type, each.id) for each in remarks})
        standing = _still_heads(connection, [remark.rev for remark in remarks])
    found = [
        Returned(
            remark.type,
            remark.id if remark.rev in names else "",
            titles.get((remark.type, remark.id), ""),
            remark.text,
            names.get(remark.rev, ""),
            remark.rev in standing or remark.rev not in names,
        )
        for remark in remarks
    ]
    return sorted(found, key=lambda each: not each.is_open)


def records_returned(store: Store, type_: str) -> list[str]:
    """List the ids of the records of a type that were returned and not saved again since."""
    with store.read() as connection:
        remarks = [each for each in _rejected(connection) if each.type == type_]
        standing = _still_heads(connection, [remark.rev for remark in remarks])
    return [remark.id for remark in remarks if remark.rev in standing]


_WAY = (RETURNED, SAVED, ELSEWHERE, SEALED, HANDED_OVER, RECEIVED)


def _rejected(connection: Connection) -> list[Remark]:
    last = setting(connection, "receipt", {"rejected": []})
    return [Remark(**remark) for remark in last["rejected"]]


def _state(connection: Connection, header: Header, reason: str | None) -> RecordState:
    own = origin(connection)
    acknowledged = setting(connection, "acknowledged", {})
    has_it = acknowledged.get(f"{header.replica}/{header.epoch}", 0) >= header.seq
    if header.replica != own.replica:
        return RecordState(RECEIVED if has_it else ELSEWHERE)
    row = _file_of(connection, header, answered=has_it)
    if row is None:
        return RecordState(RECEIVED if has_it else SAVED)
    state = RETURNED if reason is not None else RECEIVED if has_it else ""
    return RecordState(
        state or (HANDED_OVER if row["handed_over_at"] else SEALED),
        row["number"],
        row["handed_over_to"] or "",
        row["receipt_no"],
        row["receipt_at"] or "",
        reason or "",
    )


def _file_of(connection: Connection, header: Header, *, answered: bool) -> RowMapping | None:
    """Find the file that a line went with: the first that the centre answered, else the last."""
    found = (
        connection.execute(
            select(outbox)
            .where(
                outbox.c.epoch == header.epoch,
                outbox.c.seq_from <= header.seq,
                outbox.c.seq_to >= header.seq,
            )
            .order_by(outbox.c.number)
        )
        .mappings()
        .all()
    )
    with_receipt = [row for row in found if row["receipt_no"] is not None]
    if answered and with_receipt:
        return with_receipt[0]
    return found[-1] if found else None


def _bundles_of(connection: Connection, remarks: Sequence[Remark]) -> dict[str, str]:
    """Name the first file that each returned rev went with, {rev: name}."""
    names: dict[str, str] = {}
    went_with = and_(
        outbox.c.epoch == lines.c.epoch,
        lines.c.seq.between(outbox.c.seq_from, outbox.c.seq_to),
    )
    first = func.min(outbox.c.number)
    for some in _some([remark.rev for remark in remarks]):
        found = connection.execute(
            select(lines.c.rev, outbox.c.name, first)
            .join(outbox, went_with, isouter=True)
            .where(lines.c.rev.in_(some))
            .group_by(lines.c.rev)
        )
        names |= {rev: name or "" for rev, name, _number in found}
    return names


def _still_heads(connection: Connection, revs: Iterable[str]) -> set[str]:
    standing: set[str] = set()
    is_head = and_(  # by its whole key: no index begins with the rev
        heads.c.type == lines.c.type, heads.c.id == lines.c.id, heads.c.rev == lines.c.rev
    )
    for some in _some(revs):
        found = select(lines.c.rev).join(heads, is_head).where(lines.c.rev.in_(some))
        standing |= set(connection.scalars(found))
    return standing


def _some(names: Iterable[str]) -> Iterable[list[str]]:
    rest = iter(sorted(set(names)))
    while some := list(itertools.islice(rest, MANY)):
        yield some
