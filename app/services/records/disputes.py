"""A record with several heads, opened to be settled: its versions and where they differ."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from app.core.errors import Problem, UserError
from app.core.fields import Field, Kind, show
from app.core.i18n import N_, _
from app.core.line import Data, Header, Line
from app.models.office.store import Store, origin
from app.models.records.base import Writer, entities, fields_of, type_of_users
from app.models.records.lines import lines_of
from app.services.records import projection, records
from app.services.records.acts import current
from app.sync import merge


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


def title_of(connection: Connection, type_: str, record_id: str) -> str:
    """Name a record; "" where it is not here, or of a type unknown to this version."""
    found = current(connection, type_, record_id) if type_ in entities() else None
    return records.title(type_, found.data) if found else ""


_WITHOUT_A_FORM = {"void_reason": N_("Taken out of use")}


def _in_order(by_rev: Mapping[str, Line], revs: tuple[str, ...]) -> list[str]:
    """Put the heads in an order that a person expects: by time as the hands' clocks had it."""
    return sorted(revs, key=lambda rev: (by_rev[rev].header.at, rev))


def _version(connection: Connection, line: Line, own: str) -> Version:
    header: Header = line.header
    by = title_of(connection, type_of_users(), header.by)
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
            shown.append(title_of(connection, field.target, value) or str(value))
        else:
            shown.append(show(field, value))
    return " · ".join(filter(None, shown))
