"""What happened to a record, and the undoing of an act."""

from dataclasses import dataclass

from sqlalchemy import Connection

from app.core.errors import Invalid, Problem, UserError
from app.core.holding import REASON, VOID_REASON, flaw
from app.core.i18n import _
from app.core.line import DELETE, PUT, Data, Header, Line
from app.models.office.store import Store
from app.models.records.base import Writer, entities, fields_of, read, rules_of
from app.models.records.lines import heads_after, line, lines_of, lines_of_act
from app.services.records import projection
from app.services.records.acts import Acting, act
from app.services.records.head import refuse_others


@dataclass(frozen=True, slots=True)
class Revision:
    """One line of a record's history; `data` is None where the body was withheld or erased."""

    rev: str
    act: str
    op: str
    at: str
    by: str
    replica: str
    parents: tuple[str, ...]
    data: Data | None


def history(store: Store, type_: str, record_id: str) -> list[Revision]:
    """List a record's revisions, the newest first, each read as this program's version."""
    with store.read() as connection:
        found = lines_of(connection, type_, record_id)
    return [_revision(each) for each in reversed(found)]


def as_of(store: Store, type_: str, record_id: str, rev: str) -> Data:
    """Return the record as it was at a revision. Raises UserError "not_found" or "withheld"."""
    with store.read() as connection:
        found = line(connection, rev)
    if found is None or (found.header.type, found.header.id) != (type_, record_id):
        raise UserError(_("This revision is not here."), code="not_found")
    data = _data(found)
    if data is None:
        raise UserError(_("The content of this revision was withheld or erased."), code="withheld")
    return data


def undo(store: Store, act_id: str) -> str:
    """Undo a whole act by a new act; return the new act's id.

    Raises Invalid naming the records that were changed since: undoing would lose those changes.
    """

    def work(acting: Acting) -> str:
        undone = lines_of_act(acting.connection, act_id)
        if not undone:
            raise UserError(_("There is nothing to undo."), code="not_found")
        for each in undone:
            _refuse_foreign(each.header)
            refuse_others(acting.connection, acting.act.by, each.header.type)
        standing = heads_after(acting.connection, act_id)
        later = [
            each
            for each in undone
            if standing[each.header.type, each.header.id] != (each.header.rev,)
        ]
        if later:
            raise Invalid([_changed_since(each) for each in later[:_NAMED]])
        _undo_lines(acting, undone)
        return acting.act.id

    return act(store, work)


_NAMED = 20  # later changes that a refusal names


def _refuse_foreign(header: Header) -> None:
    """Only what an office enters is undone here; a line may be of a newer program, too."""
    entity = entities().get(header.type)
    if entity is None or entity.writer is not Writer.OFFICE:
        raise UserError(
            _("This was not entered at an office with this program, so it is not undone here."),
            code="foreign_writer",
        )


def _changed_since(undone: Line) -> Problem:
    entity = entities()[undone.header.type]
    name = entity.title(_data(undone) or {})
    return Problem(
        "",
        _("{label} {name} was changed since; undo that change first.").format(
            label=_(entity.label), name=name
        ),
        code="changed_since",
    )


def _undo_lines(acting: Acting, undone: list[Line]) -> None:
    """Put every record back to its content of before, type by type."""
    back: dict[str, list[tuple[str, Data, tuple[str, ...]]]] = {}
    gone: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for each in undone:
        header = each.header
        data = _before(acting.connection, header)
        if data is None:
            gone.setdefault(header.type, []).append((header.id, (header.rev,)))
        else:
            _refuse_strange(header.type, data)
            back.setdefault(header.type, []).append((header.id, data, (header.rev,)))
    for type_, records in back.items():
        acting.put_many(type_, records)
    for type_, removed in gone.items():
        acting.remove_many(type_, removed)


def _refuse_strange(type_: str, data: Data) -> None:
    """Refuse to write again what an old line holds and no line may hold any more."""
    entity = entities()[type_]
    found = flaw(rules_of(entity), data)
    if found:
        labels = {each.name: each.label for each in (*fields_of(entity), VOID_REASON, REASON)}
        raise UserError(
            _(
                "This cannot be undone: what stood in {label} before can no longer be kept. "
                "Open the record and change it."
            ).format(label=_(labels[found.field.split(".")[0]])),
            code="field_form",
        )


def _before(connection: Connection, header: Header) -> Data | None:
    """Return the data of a record before a line, None if the line made the record.

    Before a resolution it showed what its heads made together. Raises UserError "withheld".
    """
    below = [line(connection, rev) for rev in header.parents]
    if all(each is not None and each.header.op == DELETE for each in below):
        return None
    data = _data(below[0]) if below[0] is not None else None
    if len(below) > 1:
        of_record = lines_of(connection, header.type, header.id)
        data = projection.shown_by(each for each in of_record if each.header.rev != header.rev)
    if data is None:
        raise UserError(
            _("The earlier content was withheld or erased, so this cannot be undone."),
            code="withheld",
        )
    return data


def _revision(found: Line) -> Revision:
    header = found.header
    return Revision(
        header.rev,
        header.act,
        header.op,
        header.at,
        header.by,
        header.replica,
        header.parents,
        _data(found),
    )


def _data(found: Line) -> Data | None:
    if found.body is None or found.header.op != PUT:
        return None
    return read(entities()[found.header.type], found.body.data, found.header.v)
