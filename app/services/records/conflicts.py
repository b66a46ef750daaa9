"""Records that several hands wrote: what each wrote, what is shown meanwhile, and settling it.

Merging never writes a line; a conflict is settled by a person's save alone, one line that names
every head as its parent. It is undone like any other act.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from app.core.errors import Changed
from app.core.i18n import _
from app.core.line import Data
from app.models.office.store import Store, setting
from app.models.records.lines import headers_of, heads, lines
from app.services.records import disputes, naming, records
from app.services.records.acts import Acting, act, current
from app.services.records.disputes import Dispute
from app.services.records.records import Saved
from app.sync import merge
from app.sync.receipt import Remark

LISTED = 100  # records that a list names; settling one makes room for the next

Choice = Mapping[tuple[str, ...], Data]  # the fields of a question -> what the clerk chose


@dataclass(frozen=True, slots=True)
class Disputed:
    """A record with several heads: how many hands, and when the last of them wrote (UTC)."""

    type: str
    id: str
    title: str
    versions: int
    at: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the centre flagged for this office: a possible duplicate, a rule that is broken."""

    type: str
    id: str
    title: str
    reason: str


def count(store: Store) -> int:
    """Count the records that several hands wrote and nobody settled."""
    with store.read() as connection:
        several = _several().subquery()
        return connection.scalar(select(func.count()).select_from(several)) or 0


def listed(store: Store) -> list[Disputed]:
    """List the first LISTED records with several heads, by type."""
    with store.read() as connection:
        found = connection.execute(_several().order_by("type", "id").limit(LISTED)).all()
        titles = naming.titles(connection, {(type_, record_id) for type_, record_id, _no in found})
        return [
            Disputed(
                type_,
                record_id,
                titles.get((type_, record_id), ""),
                versions,
                max(each.at for each in headers_of(connection, type_, record_id)),
            )
            for type_, record_id, versions in found
        ]


def forks(store: Store) -> list[merge.Fork]:
    """List the places that hold several lines: a copied computer went on writing."""
    place = (lines.c.replica, lines.c.epoch, lines.c.seq)
    statement = select(*place).group_by(*place).having(func.count() > 1).order_by(*place)
    with store.read() as connection:
        return [
            merge.Fork(replica, epoch, seq, tuple(_revs_at(connection, replica, epoch, seq)))
            for replica, epoch, seq in connection.execute(statement).all()
        ]


def notices(store: Store) -> list[Notice]:
    """List what the centre flagged in its last receipt, each with the name of its record."""
    with store.read() as connection:
        flagged = setting(connection, "receipt", {}).get("flagged", [])
        return [
            Notice(each.type, each.id, disputes.title_of(connection, each.type, each.id), each.text)
            for each in (Remark(**flag) for flag in flagged)
        ]


def settle(
    store: Store,
    dispute: Dispute,
    chosen: Choice,
    *,
    reasons: Mapping[str, str] | None = None,
) -> Saved:
    """Write the one line that stands on every head, with what was chosen where they differ.

    A question that is not in `chosen` keeps what is shown. Raises Invalid as a save does, and
    Changed when another version arrived meanwhile.
    """

    def work(acting: Acting) -> Saved:
        before = current(acting.connection, dispute.type, dispute.id)
        if before is None or before.heads != dispute.heads:
            raise Changed(
                _("Another version of this record arrived. Look at it once more."), code="changed"
            )
        data = dict(before.data)
        for names, answer in chosen.items():
            data = {name: value for name, value in data.items() if name not in names} | answer
        saved = records.put(
            acting,
            dispute.type,
            data,
            record_id=dispute.id,
            base=dispute.heads,
            reasons=_reasons_of(dispute) | dict(reasons or {}),
        )
        _keep_what_no_form_shows(acting, dispute, data, chosen)
        return saved

    return act(store, work)


def let_go(store: Store, dispute: Dispute) -> Saved:
    """Settle that the record stays deleted: one line that names every head."""

    def work(acting: Acting) -> Saved:
        acting.remove_many(dispute.type, [(dispute.id, dispute.heads)])
        return Saved(dispute.id, acting.act.id, ())

    return act(store, work)


def _several() -> Any:
    """Select (type, id, heads) of the records with several heads."""
    return (
        select(heads.c.type, heads.c.id, func.count().label("heads"))
        .group_by(heads.c.type, heads.c.id)
        .having(func.count() > 1)
    )


def _revs_at(connection: Connection, replica: str, epoch: str, seq: int) -> list[str]:
    found = connection.scalars(
        select(lines.c.rev)
        .where(lines.c.replica == replica, lines.c.epoch == epoch, lines.c.seq == seq)
        .order_by(lines.c.rev)
    )
    return list(found)


def _reasons_of(dispute: Dispute) -> dict[str, str]:
    """Gather the reasons that every hand gave: a save keeps those that are still asked for."""
    reasons: dict[str, str] = {}
    for version in dispute.versions:
        reasons |= (version.data or {}).get("reasons", {})
    return reasons


def _keep_what_no_form_shows(acting: Acting, dispute: Dispute, data: Data, chosen: Choice) -> None:
    """Choose, too, in what a save never touches: whether it is in use, what is unknown here."""
    typed = {each.name for each in records.fields(dispute.type) if not each.derived}
    named = {name for names in chosen for name in names} - typed
    saved = current(acting.connection, dispute.type, dispute.id)
    if not named or saved is None:
        return
    rest = {name: value for name, value in saved.data.items() if name not in named}
    kept = {name: data[name] for name in named if name in data}
    acting.put(dispute.type, dispute.id, rest | kept, dispute.heads)
