"""Lines of a file that a desk does not take: each is named with its reason, and never in silence.

The gate is the centre's own (services.judging), so no desk keeps what the centre would return.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sqlalchemy import Connection

from app.core.errors import Problem
from app.core.i18n import _
from app.models.office.store import Store, set_setting, setting
from app.models.records.lines import revs_here
from app.services.exchange import authorship
from app.services.records.verdicts import flaw
from app.sync.bundle import Bundle, Entry

_MOST = 200  # of the last are kept: what is said of more helps nobody


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that was not taken: of which file and record, and why.

    `id` is "" where the line names no record.
    """

    file: str
    type: str
    id: str
    code: str
    reason: str


def lines_left_out(store: Store, file: str = "") -> list[LeftOut]:
    """List the last 200 lines that were left out of files; of one file by the end of its name."""
    with store.read() as connection:
        kept = setting(connection, "left_out", [])
    found = [LeftOut(**each) for each in kept]
    return [each for each in found if each.file.endswith(file)]


def refusal(entry: Entry, opened: Bundle) -> Problem | None:
    """Say why a desk does not take a line, None for one that it takes.

    What the centre signs was judged by the centre, under the first envelope perhaps when null was
    still allowed.
    """
    centre = "" if opened.key.office else opened.envelope.replica
    if entry.line is None:
        return entry.problem.problems[0] if entry.problem else Problem("", "")
    if authorship.is_forged(entry.line, centre):
        return Problem("", _("Only the centre writes records of this type."), "foreign_writer")
    first = opened.envelope.v == 1  # what the centre signed then may hold what it took with null
    return flaw(entry.line, null_is_absent=bool(centre) and first)


def note(connection: Connection, opened: Bundle, found: list[tuple[Entry, Problem]]) -> None:
    """Name lines that were left out, and note that their chains are whole up to them alone.

    What only the centre writes comes with its next receipt and is not worth a name.
    """
    if not found:
        return
    name = opened.envelope.name
    rows = [
        asdict(LeftOut(name, entry.type, _id(entry), problem.code, problem.message))
        for entry, problem in found
        if problem.code != "foreign_writer"
    ]
    kept = [each for each in setting(connection, "left_out", []) if each not in rows]
    set_setting(connection, "left_out", [*kept, *rows][-_MOST:])
    partial: dict[str, int] = dict(setting(connection, "partial_chains", {}))
    for chain, through in _gaps(opened, [entry for entry, _problem in found]):
        partial[chain] = min(partial.get(chain, through), through)
    set_setting(connection, "partial_chains", partial)


def not_here(
    connection: Connection, found: Iterable[tuple[Entry, Problem]]
) -> list[tuple[Entry, Problem]]:
    """Keep only the lines still unknown: an older program took the others."""
    found = list(found)
    here = revs_here(connection, {header.rev for entry, _why in found if (header := entry.header)})
    return [
        (entry, why) for entry, why in found if entry.header is None or entry.header.rev not in here
    ]


def broken_acts(opened: Bundle, connection: Connection) -> set[str]:
    """List the acts of which a line is refused and not here: an act is taken or left as a whole."""
    refused = ((entry, why) for entry in opened.lines() if (why := refusal(entry, opened)))
    return {
        entry.header.act
        for entry, _why in not_here(connection, refused)
        if entry.header is not None
    }


def act_is_broken() -> Problem:
    """Return the reason for leaving out a sound line: another line of its act was left out."""
    return Problem(
        "", _("Another line of the same entry was left out; this one goes along."), "act"
    )


def _id(entry: Entry) -> str:
    return entry.header.id if entry.header else ""


def _gaps(opened: Bundle, entries: list[Entry]) -> Iterable[tuple[str, int]]:
    """Yield each chain that lacks a line of the file, and the seq up to which it is whole."""
    for header in (entry.header for entry in entries if entry.header):
        yield f"{header.replica}/{header.epoch}", header.seq - 1
    if any(entry.header is None for entry in entries):
        for run in opened.inside.runs:
            yield f"{run.replica}/{run.epoch}", run.seq_from - 1
