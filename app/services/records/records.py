"""Get, check, save, void and undo: for every described entity alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from app.core.errors import Changed, Invalid, Problem, UserError
from app.core.fields import Field, clean
from app.core.fields import check as check_field
from app.core.holding import VOID_REASON
from app.core.i18n import _
from app.core.ids import new_id
from app.core.line import Data
from app.models.office.store import Store, origin
from app.models.records.base import COMMON, Writer, entities, fields_of
from app.models.records.lines import headers_of
from app.services.records import after_save, autofill, given_reasons, returned_lines, rules
from app.services.records.acts import Acting, Current, act, act_and_again, current, sound
from app.services.records.head import refuse_others
from app.services.records.record_view import View


@dataclass(frozen=True, slots=True)
class Record:
    """A record as a page shows it, and what a save of it names as its base.

    An ordinary save names `opened_from`, the one head that it was opened from. More than one of
    `heads` is a conflict between two desks; only a save that names them all resolves it. The
    stamps are UTC; `void_reason` is "" while the record is in use.
    """

    type: str
    id: str
    data: Data
    heads: tuple[str, ...]
    opened_from: tuple[str, ...]
    title: str
    created_at: str
    created_by: str
    updated_at: str
    updated_by: str
    void_reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """What a service adds to a save: values of derived fields, and rules asked this once.

    `view` is what the rules look at where a service has read it at once for many saves.
    """

    type: str
    sets: Mapping[str, object] = field(default_factory=dict)
    guards: tuple[rules.Rule[Any], ...] = ()
    view: View | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save wrote; `act` is "" where nothing had changed.

    `again` counts other lines of an entry that the centre returned, which go again with this one.
    """

    id: str
    act: str
    warnings: tuple[Problem, ...]
    again: int = 0


def types() -> tuple[str, ...]:
    """List the record types."""
    return tuple(entities())


def fields(type_: str) -> tuple[Field, ...]:
    """List the described fields of a type, in the order of the paper form."""
    return fields_of(entities()[type_])


def label(type_: str) -> str:
    """Name a type in the clerk's language; one that only a newer program knows keeps its code."""
    entity = entities().get(type_)
    return _(entity.label) if entity else type_


def title(type_: str, data: Mapping[str, object]) -> str:
    """Name a record from its data."""
    return entities()[type_].title(data)


def get(store: Store, type_: str, record_id: str) -> Record:
    """Return one record. Raises UserError "not_found"."""
    with store.read() as connection:
        found = current(connection, type_, record_id)
        if found is None:
            raise _not_found()
        headers = headers_of(connection, type_, record_id)
    by_depth = sorted(headers, key=lambda header: (header.depth, header.rev))
    first, last = by_depth[0], by_depth[-1]
    leading = next(header.rev for header in reversed(by_depth) if header.rev in found.heads)
    return Record(
        type=type_,
        id=record_id,
        data=found.data,
        heads=found.heads,
        opened_from=(leading,),
        title=title(type_, found.data),
        created_at=first.at,
        created_by=first.by,
        updated_at=last.at,
        updated_by=last.by,
        void_reason=found.data.get("void_reason", ""),
    )


def check(
    store: Store, type_: str, draft: Mapping[str, Any], *, record_id: str = ""
) -> list[Problem]:
    """List what is wrong with a draft, errors before warnings; nothing is stored."""
    with store.read() as connection:
        return problems(view_of(connection), type_, record_id, clean(fields(type_), draft))


def save(
    store: Store,
    type_: str,
    draft: Mapping[str, Any],
    *,
    record_id: str = "",
    base: tuple[str, ...] = (),
    reasons: Mapping[str, str] | None = None,
) -> Saved:
    """Store a draft as a new record, or over the record it was opened from.

    `base` names the heads it was opened from; `reasons` gives the clerk's reason for each warning
    by its code. Raises Invalid: nothing was stored, and its problems hold the errors and the
    warnings that lack a reason. Raises Changed when someone saved the record first.
    """

    def work(acting: Acting) -> Saved:
        return put(acting, type_, draft, record_id=record_id, base=base, reasons=reasons or {})

    saved, again = act_and_again(store, work)
    return replace(saved, again=again)


def put(
    acting: Acting,
    type_: str,
    draft: Mapping[str, Any],
    *,
    record_id: str = "",
    base: tuple[str, ...] = (),
    reasons: Mapping[str, str],
) -> Saved:
    """Do what save does within an act that writes more than one record."""
    return put_step(acting, Step(type_), draft, record_id=record_id, base=base, reasons=reasons)


def put_step(
    acting: Acting,
    step: Step,
    draft: Mapping[str, Any],
    *,
    record_id: str,
    base: tuple[str, ...],
    reasons: Mapping[str, str],
) -> Saved:
    """Do what put does, with what a service sets and asks beyond the draft."""
    type_ = step.type
    _refuse_others(acting, type_)
    before = current(acting.connection, type_, record_id) if record_id else None
    if record_id and before is None:
        raise _not_found()
    parents = _parents(before, base)
    record_id = record_id or new_id()
    view = step.view or View(acting.connection, acting.act.origin.office)
    set_here = _over(type_, before, draft) | dict(step.sets)
    data = {name: value for name, value in set_here.items() if value is not None}
    if not _broken(type_, data):
        data = autofill.complete(view, type_, record_id, data)
    data |= {"reasons": data.get("reasons", {}) | given_reasons.cleaned(reasons)}
    found = problems(view, type_, record_id, data, step.guards)
    data = given_reasons.needed(data, found)
    if before is not None and data == before.data and _is_in_order(acting, parents):
        return Saved(record_id, "", tuple(found))
    acting.put(type_, record_id, data, parents)
    after_save.follow(acting, type_, data)
    return Saved(record_id, acting.act.id, tuple(found))


def void(store: Store, type_: str, record_id: str, reason: str) -> Saved:
    """Take a record out of use, keeping it and its history; undone like any other act."""
    reason = given_reasons.one(reason)
    if not reason:
        raise Invalid([Problem("void_reason", _("Give the reason for voiding."), "missing")])
    if wrong := check_field(VOID_REASON, reason):
        raise Invalid(wrong)

    def work(acting: Acting) -> Saved:
        _refuse_others(acting, type_)
        before = current(acting.connection, type_, record_id)
        if before is None:
            raise _not_found()
        data = sound(type_, before.data | {"void_reason": reason})
        acting.put(type_, record_id, data, before.heads)
        return Saved(record_id, acting.act.id, ())

    return act(store, work)


def problems(
    view: View, type_: str, record_id: str, data: Data, guards: Iterable[rules.Rule[Any]] = ()
) -> list[Problem]:
    """List the problems of data within a transaction: the fields' own, then the rules'.

    `guards` are rules that this one save asks beyond those of the type.
    """
    by_field = [
        problem for each in fields(type_) for problem in check_field(each, data.get(each.name))
    ]
    broken = _broken(type_, data)
    sound = {name: value for name, value in data.items() if name not in broken}
    by_rule = [
        problem
        for problem in rules.problems(view, type_, record_id, sound, guards)
        if problem.field.split(".")[0] not in broken  # what is typed wrongly is not missing, too
    ]
    return sorted([*by_field, *by_rule], key=lambda problem: problem.warning)


def _broken(type_: str, data: Data) -> set[str]:
    """Name the fields whose value has no usable form: no rule is asked about them."""
    return {
        each.name
        for each in fields(type_)
        if each.name in data and check_field(each, data[each.name])
    }


def view_of(connection: Connection) -> View:
    """Look at the records through an open transaction."""
    return View(connection, origin(connection).office)


def _over(type_: str, before: Current | None, draft: Mapping[str, Any]) -> Data:
    """Lay the draft over the record: what is not typed here stays as it was.

    That is what this version does not know, what a service computes, and the marks of a void. A
    new record takes the defaults of the fields that the draft does not name at all.
    """
    derived_names = {each.name for each in fields(type_) if each.derived}
    typed_names = {each.name for each in fields(type_)} - derived_names
    if before is None:
        kept = {each.name: each.default for each in fields(type_) if each.default is not None}
        kept = {k: v for k, v in kept.items() if k not in draft or k in derived_names}
    else:
        kept = {name: value for name, value in before.data.items() if name not in typed_names}
    not_typed = derived_names | set(COMMON)
    typed = {name: value for name, value in draft.items() if name not in not_typed}
    return {**kept, **clean(fields(type_), typed)}


def _parents(before: Current | None, base: tuple[str, ...]) -> tuple[str, ...]:
    if before is None:
        return ()
    if not base or not set(base) <= set(before.heads):
        raise Changed(
            _("Someone saved this record first. Load theirs, or keep yours."), code="changed"
        )
    return base


def _is_in_order(acting: Acting, parents: tuple[str, ...]) -> bool:
    """Tell whether there is nothing to write where nothing was changed: what came back goes."""
    return len(parents) == 1 and not returned_lines.has_returned(acting.connection, parents)


def _refuse_others(acting: Acting, type_: str) -> None:
    """Refuse what the centre writes, and what only the head of the office does."""
    refuse_others(acting.connection, acting.act.by, type_)
    if entities()[type_].writer is not Writer.OFFICE:
        raise UserError(
            _("{label} is written by the central office and cannot be changed here.").format(
                label=label(type_)
            ),
            code="foreign_writer",
        )


def _not_found() -> UserError:
    return UserError(_("This record is not here. Search for it again."), code="not_found")
