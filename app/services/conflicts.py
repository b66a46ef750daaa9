"""Records that several hands wrote: what each wrote, what is shown meanwhile, and settling it.

Merging never writes a line; a conflict is settled by a person's save alone, one line that names
every head as its parent. It is undone like any other act.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from app.core.errors import Changed, Problem, UserError
from app.core.fields import Field, Kind, show
from app.core.i18n import N_, _
from app.core.line import Data, Header, Line
from app.models.base import Writer, entities, fields_of
from app.models.lines import headers_of, heads, lines, lines_of
from app.models.store import Store, origin, setting
from app.services import naming, projection, records
from app.services.acts import Acting, act, current
from app.services.records import Saved
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
class Version:
    """What one hand wrote last; `is_here` tells this computer from another.

    `data` is None where that hand deleted the record, or its content was erased or withheld.
    """

    rev: str
    by: str
    at: str
    is_here: bool
    data: Data | None


@dataclass(frozen=True, slots=True)
class Question:
    """Fields in which the versions differ, in the order of Dispute.versions.

    `answers` are the fields' values by version, `words` the same to read; `shown` is the version
    that is shown meanwhile. It `is_open` when several hands touched the fields; else only one did
    and its version needs no more than a yes.
    """

    fields: tuple[str, ...]
    label: str
    answers: tuple[Data | None, ...]
    words: tuple[str, ...]
    shown: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Dispute:
    """A record with several heads, opened to be settled.

    `is_whole` asks whether the record stays: one hand deleted it and another still wrote on it, or
    every version is gone and the record may only be let go.
    `problems` are what the rules say of the record as the hands' work stands together; only what an
    office writes `can_be_settled` here.
    """

    type: str
    id: str
    title: str
    heads: tuple[str, ...]
    versions: tuple[Version, ...]
    questions: tuple[Question, ...]
    is_whole: bool
    can_be_settled: bool
    problems: tuple[Problem, ...]


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
            Notice(each.type, each.id, _title(connection, each.type, each.id), each.text)
            for each in (Remark(**flag) for flag in flagged)
        ]


def opened(store: Store, type_: str, record_id: str) -> Dispute:
    """Open a record with several heads. Raises UserError "settled" where it has none."""
    with store.read() as connection:
        found = lines_of(connection, type_, record_id)
        merged = projection.merged(found)
        if len(merged.heads) < 2:
            raise UserError(_("This record is settled already."), code="settled")
        own = origin(connection).replica
        by_rev = {line.header.rev: line for line in found}
        versions = tuple(
            _version(connection, by_rev[rev], own) for rev in _in_order(by_rev, merged.heads)
        )
        data = merged.data or {}
        view = records.view_of(connection)
        is_known = type_ in entities()
        return Dispute(
            type=type_,
            id=record_id,
            title=records.title(type_, data) if is_known else "",
            heads=merged.heads,
            versions=versions,
            questions=tuple(
                _question(connection, type_, conflict, versions)
                for conflict in merged.conflicts
                if _is_asked(type_, conflict)
            ),
            is_whole=not data or any(not conflict.fields for conflict in merged.conflicts),
            can_be_settled=is_known and entities()[type_].writer is Writer.OFFICE,
            problems=tuple(records.problems(view, type_, record_id, data)) if data else (),
        )


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


_WITHOUT_A_FORM = {"void_reason": N_("Taken out of use")}


def _several() -> Any:
    """Select (type, id, heads) of the records with several heads."""
    return (
        select(heads.c.type, heads.c.id, func.count().label("heads"))
        .group_by(heads.c.type, heads.c.id)
        .having(func.count() > 1)
    )


def _title(connection: Connection, type_: str, record_id: str) -> str:
    found = current(connection, type_, record_id) if type_ in entities() else None
    return records.title(type_, found.data) if found else ""


def _revs_at(connection: Connection, replica: str, epoch: str, seq: int) -> list[str]:
    found = connection.scalars(
        select(lines.c.rev)
        .where(lines.c.replica == replica, lines.c.epoch == epoch, lines.c.seq == seq)
        .order_by(lines.c.rev)
    )
    return list(found)


def _in_order(by_rev: Mapping[str, Line], revs: tuple[str, ...]) -> list[str]:
    """Put the heads in an order that a person expects: by time as the hands' clocks had it."""
    return sorted(revs, key=lambda rev: (by_rev[rev].header.at, rev))


def _version(connection: Connection, line: Line, own: str) -> Version:
    header: Header = line.header
    by = _title(connection, "user", header.by)
    data = projection.shown_by([line])
    return Version(header.rev, by, header.at, header.replica == own, data)


def _is_asked(type_: str, conflict: merge.Conflict) -> bool:
    """Leave out what follows from the rest: computed tables, and the reasons, which add up."""
    computed = {
        each.name
        for each in fields_of(entities()[type_])
        if each.derived and each.kind is Kind.ROWS
    }
    return bool(conflict.fields) and not set(conflict.fields) <= computed | {"reasons"}


def _question(
    connection: Connection, type_: str, conflict: merge.Conflict, versions: tuple[Version, ...]
) -> Question:
    said = dict(conflict.versions)
    described = {each.name: each for each in fields_of(entities()[type_])}
    answers = tuple(said.get(version.rev) for version in versions)
    return Question(
        fields=conflict.fields,
        label=" · ".join(_label(described, name) for name in conflict.fields),
        answers=answers,
        words=tuple(_words(connection, described, conflict.fields, each) for each in answers),
        shown=[version.rev for version in versions].index(conflict.taken),
        is_open=conflict.level == merge.SAME,
    )


def _label(described: Mapping[str, Field], name: str) -> str:
    return _(described[name].label if name in described else _WITHOUT_A_FORM.get(name, name))


def _words(
    connection: Connection,
    described: Mapping[str, Field],
    names: tuple[str, ...],
    answer: Data | None,
) -> str:
    shown = []
    for name in names:
        value = (answer or {}).get(name)
        field = described.get(name)
        if field is None:
            shown.append(str(value or ""))
        elif field.kind is Kind.RECORD and value:
            shown.append(_title(connection, field.target, value))
        else:
            shown.append(show(field, value))
    return " · ".join(filter(None, shown))


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
