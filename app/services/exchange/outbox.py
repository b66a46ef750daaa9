"""The outbox for the clerk: the sealed files, who carried them, how the centre answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select, update

from app.core.errors import UserError
from app.core.i18n import _
from app.models.exchange import outbox
from app.models.office.store import Store, origin, setting
from app.models.records.lines import last_seq, lines
from app.services.exchange.introduction import now
from app.services.exchange.sending import (
    FOLDER,
    RECEIVED,
    SEALED,
    acknowledged_through,
    as_sealed,
    copy,
)
from app.services.office import epochs
from app.services.records import diary
from app.sync import bundle
from app.sync.bundle import Sealed

HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True)
class Sent:
    """A bundle in the outbox: sealed, handed over, then received or returned.

    `counts` are its lines by type; `made_at` and `handed_over_at` are UTC of this computer,
    `receipt_at` is the centre's. One whose lines all came with another file counts as received,
    and has no receipt of its own.
    """

    number: int
    name: str
    content_id: str
    kind: str
    seq_from: int
    seq_to: int
    counts: Mapping[str, int]
    made_at: str
    state: str
    handed_over_at: str
    handed_over_to: str
    receipt_no: int | None
    receipt_at: str

    @property
    def records(self) -> int:
        """Count its lines."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the next file would hold: lines in all, records of each type, since which UTC time."""

    lines: int
    records: Mapping[str, int]
    since: str


def sent(store: Store) -> list[Sent]:
    """List the files sealed at this desk, the newest first."""
    with store.read() as connection:
        through = _through_by_epoch(connection)
        rows = connection.execute(select(outbox).order_by(outbox.c.number.desc())).mappings().all()
    return [_sent(row, through) for row in rows]


def waiting(store: Store) -> int:
    """Count the lines of this desk that the centre has not acknowledged, sent or not."""
    with store.read() as connection:
        own = origin(connection)
        here = last_seq(connection, own.replica, own.epoch) - acknowledged_through(connection)
        return here + epochs.former_lines_wait(connection)


def waiting_by_type(store: Store) -> Waiting:
    """Tell what the next file would hold, the type with most records first."""
    with store.read() as connection:
        found = connection.execute(
            select(lines.c.type, func.count(lines.c.id.distinct()), func.count())
            .where(*_unacknowledged(connection))
            .group_by(lines.c.type)
            .order_by(func.count(lines.c.id.distinct()).desc(), lines.c.type)
        ).all()
        last = connection.scalar(select(func.max(outbox.c.made_at))) or ""
    return Waiting(sum(row[2] for row in found), {row[0]: row[1] for row in found}, last)


def records_waiting(store: Store, type_: str) -> list[str]:
    """List the ids of the records of a type whose latest state the centre does not have yet."""
    with store.read() as connection:
        found = connection.scalars(
            select(lines.c.id).where(lines.c.type == type_, *_unacknowledged(connection)).distinct()
        )
        return list(found)


def hand_over(store: Store, name: str, *, to: str, at: str = "") -> None:
    """Note that a file was handed over; `at` is UTC, "" is now. Noting it again replaces it.

    Raises UserError "missing" where nobody is named and "not_found".
    """
    if not to.strip():
        raise UserError(_("Write to whom the file was handed over."), code="missing")
    _note_hand_over(store, name, {"handed_over_at": at or now(), "handed_over_to": to.strip()})


def take_back_hand_over(store: Store, name: str) -> None:
    """Undo the note that a file was handed over. Raises UserError "not_found"."""
    _note_hand_over(store, name, {"handed_over_at": None, "handed_over_to": None})


def receivers(store: Store) -> list[str]:
    """List to whom files were handed over, the last first."""
    with store.read() as connection:
        found = connection.scalars(
            select(outbox.c.handed_over_to)
            .where(outbox.c.handed_over_to.is_not(None))
            .group_by(outbox.c.handed_over_to)
            .order_by(func.max(outbox.c.handed_over_at).desc())
        )
        return list(found)


def copy_again(store: Store, name: str, folder: Path) -> Sealed:
    """Copy the very bytes that were sealed once more; they are read back and hashed in `folder`.

    Raises UserError "not_found", and "not_kept" where the outbox has no longer these bytes.
    """
    with store.read() as connection:
        row = _row(connection, name)
    sealed = as_sealed(row, store.folder / FOLDER)
    if sealed is None:
        raise UserError(
            _(
                "The kept copy of {name} is damaged or gone, so it cannot be sent again. Send a "
                "new file: it holds everything that the centre has not acknowledged."
            ).format(name=name),
            code="not_kept",
        )
    diary.note_now(store, diary.EXPORT, name)
    return copy(sealed, folder)


def check_code(content_id: str) -> str:
    """Return the beginning of a content id for the telephone: four groups of four.

    Anyone can compare it with `sha256sum tagmanifest-sha256.txt`, without this program.
    """
    return " ".join(content_id[at : at + 4].upper() for at in range(0, 16, 4))


def _unacknowledged(connection: Connection) -> tuple[Any, ...]:
    own = origin(connection)
    after = acknowledged_through(connection)
    here = (lines.c.epoch == own.epoch) & (lines.c.seq > after)
    if epochs.former_lines_wait(connection):
        here |= lines.c.epoch != own.epoch
    return lines.c.replica == own.replica, here


def _through_by_epoch(connection: Connection) -> dict[str, int]:
    """Map each epoch to the seq up to which the centre has its lines."""
    acknowledged: dict[str, int] = setting(connection, "acknowledged", {})
    return {chain.partition("/")[2]: through for chain, through in acknowledged.items()}


def _sent(row: RowMapping, through: Mapping[str, int]) -> Sent:
    state = row["state"]
    came_with_another = (
        row["kind"] == bundle.DELTA and through.get(row["epoch"], 0) >= row["seq_to"]
    )
    if state == SEALED and came_with_another:
        state = RECEIVED
    elif state == SEALED and row["handed_over_at"]:
        state = HANDED_OVER
    return Sent(
        number=row["number"],
        name=row["name"],
        content_id=row["content_id"],
        kind=row["kind"],
        seq_from=row["seq_from"],
        seq_to=row["seq_to"],
        counts=row["counts"],
        made_at=row["made_at"],
        state=state,
        handed_over_at=row["handed_over_at"] or "",
        handed_over_to=row["handed_over_to"] or "",
        receipt_no=row["receipt_no"],
        receipt_at=row["receipt_at"] or "",
    )


def _row(connection: Connection, name: str) -> RowMapping:
    row = connection.execute(select(outbox).where(outbox.c.name == name)).mappings().first()
    if row is None:
        raise UserError(_("There is no such file in the outbox."), code="not_found")
    return row


def _note_hand_over(store: Store, name: str, values: Mapping[str, str | None]) -> None:
    def work(connection: Connection) -> None:
        _row(connection, name)
        connection.execute(update(outbox).where(outbox.c.name == name).values(**values))

    store.write(work)
