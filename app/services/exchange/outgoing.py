"""What of a desk's lines goes into a bundle: bodies that their person lets go, and the scans."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection

from app.core.line import Line
from app.models.office.store import origin
from app.models.records import attachments as named_files
from app.models.records.base import entities
from app.models.records.lines import all_lines, lines_after
from app.services.office import attachments
from app.services.people import consents
from app.services.records.record_view import View
from app.sync import bundle
from app.sync.bundle import Facts


def lines(connection: Connection, facts: Facts) -> Iterator[tuple[str, bytes]]:
    """Stream (type, line) of the facts' range, sorted for a bundle.

    A line of a record that needs a consent goes without its body where that is not given: digest
    and chain still hold, and the content stays on this desk and in its backups.
    """
    let_go = _let_go(connection)
    for line in _found(connection, facts, ()):
        yield line.header.type, _outside(line, let_go).to_bytes()


def files(connection: Connection, facts: Facts) -> list[str]:
    """List the scans that go along: of a delta what is not acknowledged, of a full one all."""
    with_files = named_files.types_with_files()
    let_go = _let_go(connection)
    going = (_outside(each, let_go) for each in _found(connection, facts, with_files))
    bodies = ((line.header.type, line.body.data) for line in going if line.body)
    after = 0 if facts.kind == bundle.FULL else facts.seq_from - 1
    return attachments.to_send(connection, bodies, after)


def _found(connection: Connection, facts: Facts, types: Iterable[str]) -> Iterator[Line]:
    if facts.kind == bundle.FULL:
        return all_lines(connection, types=types)
    after = facts.seq_from - 1
    return lines_after(connection, facts.replica, facts.epoch, after, types=types)


def _let_go(connection: Connection) -> dict[str, set[str]]:
    """Map each type that needs a consent to the persons who gave theirs."""
    view = View(connection, origin(connection).office)
    return {
        type_: consents.agreed(view, entity.consent)
        for type_, entity in entities().items()
        if entity.consent
    }


def _outside(line: Line, let_go: dict[str, set[str]]) -> Line:
    agreed = let_go.get(line.header.type)
    if agreed is None or line.body is None or line.body.data.get("person") in agreed:
        return line
    return Line(line.header, None)
