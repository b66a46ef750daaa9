"""What happened to a record, and the undoing of an act."""

from dataclasses import dataclass

from sqlalchemy import Connection

from app.core.errors import Invalid, Problem, UserError
from app.core.i18n import _
from app.core.line import DELETE, PUT, Data, Header, Line
from app.models.base import Writer, entities, upcast
from app.models.lines import heads_of, line, lines_of, lines_of_act
from app.models.store import Store
from app.services import projection
from app.services.acts import Acting, act


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
    """Give the record as it was at a revision. Raises UserError "not_found" or "withheld"."""
    with store.read() as connection:
        found = line(connection, rev)
    if found is None or (found.header.type, found.header.id) != (type_, record_id):
        raise UserError(_("This revision is not here."), code="not_found")
    data = _data(found)
    if data is None:
        raise UserError(_("The content of this revision was withheld or erased."), code="withheld")
    return data


def undo(store: Store, act_id: str) -> str:
    """Undo a whole act by a new act; gives the new act's id.

    Raises Invalid naming the records that were changed since: undoing would lose those changes.
    """

    def work(acting: Acting) -> str:
        undone = lines_of_act(acting.connection, act_id)
        if not undone:
            raise UserError(_("There is nothing to undo."), code="not_found")
        for each in undone:
            _refuse_foreign(each.header)
        later = [each for each in undone if not _is_last(acting.connection, each)]
        if later:
            raise Invalid([_changed_since(each) for each in later])
        for each in undone:
            _undo_line(acting, each)
        return acting.act.id

    return act(store, work)


def _refuse_foreign(header: Header) -> None:
    """Only what an office enters is undone here; a line may be of a newer program, too."""
    entity = entities().get(header.type)
    if entity is None or entity.writer is not Writer.OFFICE:
        raise UserError(
            _("This was not entered at an office with this program, so it is not undone here."),
            code="foreign_writer",
        )


def _is_last(connection: Connection, undone: Line) -> bool:
    return heads_of(connection, undone.header.type, undone.header.id) == (undone.header.rev,)


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


def _undo_line(acting: Acting, undone: Line) -> None:
    """Show the record again as the lines below the undone one show it together."""
    header = undone.header
    of_record = lines_of(acting.connection, header.type, header.id)
    below = [each for each in of_record if each.header.rev != header.rev]
    data = projection.shown_by(below)
    if data is not None:
        acting.put(header.type, header.id, data, (header.rev,))
    elif all(each.header.op == DELETE for each in below if each.header.rev in header.parents):
        acting.remove(header.type, header.id, (header.rev,))
    else:
        raise UserError(
            _("The earlier content was withheld or erased, so this cannot be undone."),
            code="withheld",
        )


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
    return upcast(entities()[found.header.type], found.body.data, found.header.v)
