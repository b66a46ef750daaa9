"""The moves of a record from status to status: what is offered, making one, and what was made.

A move is a save like any other: it changes `status`, the day and the reason, and the fields it asks
for; who and when stand in its line. So it is undone like any act, and its history cannot be
overwritten.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from app.core.errors import Invalid, Problem, UserError
from app.core.fields import Draft, Field, clean, today
from app.core.i18n import _
from app.core.line import PUT, Data
from app.core.states import Machine, Move, machines
from app.models.office.store import Store
from app.models.records.base import entities, read
from app.models.records.lines import lines_of
from app.services.records import guards, records, rules
from app.services.records.acts import Acting, act, current
from app.services.records.head import is_head
from app.services.records.record_view import View
from app.services.records.records import Saved, Step


@dataclass(frozen=True, slots=True)
class Offer:
    """A move that begins where the record stands.

    `fields` are those it asks for and those it offers, which are not required; `problems` what
    its guards say of the record as it is now, errors before warnings.
    """

    name: str
    text: str
    to: str
    fields: tuple[Field, ...]
    needs_reason: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A move as the clerk asks for it.

    `draft` fills the fields that the move asks for, `on` is its day, or today; `reason` is kept
    with the status, `reasons` answer the warnings by their codes.
    """

    name: str
    draft: Draft = field(default_factory=dict)
    on: str = ""
    reason: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moved:
    """A move that was made: `at` is UTC, `on` its day, `before` "" for a creation."""

    rev: str
    at: str
    by: str
    before: str
    to: str
    on: str
    reason: str


def has_moves(type_: str) -> bool:
    """Tell whether records of a type have a status that moves."""
    return type_ in machines()


def offered(store: Store, type_: str, record_id: str) -> list[Offer]:
    """List the moves that begin where a record stands, in the order of the desk.

    Raises UserError "not_found".
    """
    with store.read() as connection:
        found = current(connection, type_, record_id)
        if found is None:
            raise _not_found()
        view = records.view_of(connection)
        state = found.data.get("status", _machine(type_).first)
        described = {each.name: each for each in records.fields(type_)}
        offers, known = [], guards.of(type_)
        for move in _machine(type_).offered(state):
            after = found.data | {"status": move.to}
            said = [each for name in move.guards for each in known[name](view, record_id, after)]
            offers.append(
                Offer(
                    move.name,
                    move.text,
                    move.to,
                    _typed_with(move, described),
                    move.needs_reason,
                    tuple(sorted(said, key=lambda problem: problem.warning)),
                )
            )
    return offers


def move(
    store: Store, type_: str, record_id: str, wanted: Wanted, *, base: tuple[str, ...]
) -> Saved:
    """Make a move. `base` and what is raised are those of records.save.

    Raises Invalid also for a move that does not begin where the record stands ("move"), and for
    a reason or a field of the move that is missing.
    """
    return act(store, lambda acting: put(acting, type_, record_id, wanted, base=base))


def put(
    acting: Acting,
    type_: str,
    record_id: str,
    wanted: Wanted,
    *,
    base: tuple[str, ...] = (),
    view: View | None = None,
) -> Saved:
    """Do what move does within an act that writes more; without a base it stands on the heads.

    `view` is what rules and guards look at, where many moves share one that was read at once.
    """
    found = current(acting.connection, type_, record_id)
    if found is None:
        raise _not_found()
    chosen = _begins_here(type_, wanted.name, found.data.get("status", ""))
    if chosen.needs_reason and not wanted.reason.strip():
        raise _no_reason()
    described = {each.name: each for each in records.fields(type_)}
    asked = _typed_with(chosen, described)
    names = {each.name for each in asked}
    typed = clean(asked, {each.name: wanted.draft.get(each.name) for each in asked})
    kept = {each: value for each, value in found.data.items() if each not in names}
    known = guards.of(type_)
    step = Step(
        type_,
        _settled(chosen.to, wanted.on, wanted.reason) | _derived_of(asked, typed),
        (_needed(asked), *(known[each] for each in chosen.guards)),
        view,
    )
    return records.put_step(
        acting,
        step,
        kept | typed,
        record_id=record_id,
        base=base or found.heads,
        reasons=wanted.reasons,
    )


def correct(
    store: Store, type_: str, record_id: str, to: str, *, base: tuple[str, ...], reason: str
) -> Saved:
    """Set a status that no move leads to: only the head of the office, and with a reason.

    Raises UserError "not_head", Invalid.
    """

    def work(acting: Acting) -> Saved:
        if not is_head(acting.connection, store.user):
            raise UserError(
                _("Only the head of the office may set a status. Ask the head to sign in."),
                code="not_head",
            )
        found = current(acting.connection, type_, record_id)
        if found is None:
            raise _not_found()
        if to not in _machine(type_).states:
            raise Invalid([Problem("status", _("Choose a status of the list."), "choice")])
        if not reason.strip():
            raise _no_reason()
        step = Step(type_, _settled(to, "", reason))
        return records.put_step(
            acting, step, found.data, record_id=record_id, base=base, reasons={}
        )

    return act(store, work)


def past(store: Store, type_: str, record_id: str) -> list[Moved]:
    """List the moves of a record, oldest first, from its lines."""
    with store.read() as connection:
        found = lines_of(connection, type_, record_id)
    moved, before = [], ""
    for line in found:
        if line.body is None or line.header.op != PUT:
            continue
        header = line.header
        data = read(entities()[type_], line.body.data, header.v)
        status = data.get("status", "")
        if status != before:
            on, reason = data.get("status_on", ""), data.get("status_reason", "")
            moved.append(Moved(header.rev, header.at, header.by, before, status, on, reason))
            before = status
    return moved


def _machine(type_: str) -> Machine:
    return machines()[type_]


def _begins_here(type_: str, name: str, state: str) -> Move:
    chosen = _machine(type_).move(name)
    if chosen is None or (state or _machine(type_).first) not in chosen.sources:
        raise Invalid(
            [Problem("status", _("This step cannot be taken from the present status."), "move")]
        )
    return chosen


def _settled(to: str, on: str, reason: str) -> dict[str, object]:
    return {
        "status": to,
        "status_on": on or today().isoformat(),
        "status_reason": reason.strip() or None,
    }


def _typed_with(move: Move, described: Mapping[str, Field]) -> tuple[Field, ...]:
    return (
        *(replace(described[name], required=True) for name in move.asks),
        *(replace(described[name], required=False) for name in move.offers),
    )


def _derived_of(asked: tuple[Field, ...], typed: Draft) -> dict[str, object]:
    """Return the asked fields that no form types: a score, a certificate's number."""
    return {each.name: typed.get(each.name) for each in asked if each.derived}


def _needed(asked: tuple[Field, ...]) -> rules.Rule[Data]:
    """Ask for every required field of the move: it is what the step consists of."""

    def are_filled(_view: View, _record_id: str, data: Data) -> Iterator[Problem]:
        for each in asked:
            if each.required and data.get(each.name) in (None, "", []):
                message = _("Fill in: {label}").format(label=_(each.label))
                yield Problem(each.name, message, "missing")

    return are_filled


def _no_reason() -> Invalid:
    return Invalid([Problem("status_reason", _("Give the reason for this step."), "missing")])


def _not_found() -> UserError:
    return UserError(_("This record is not here. Search for it again."), code="not_found")
