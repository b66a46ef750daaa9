"""Taking the file of another desk of this office, or the centre's full one: no server needed.

The very merge that the centre runs: lines are appended, heads move, rows are computed anew. Two
desks that exchange their files in any order end with one state.
"""

import itertools
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, func, select

from app.core.errors import Problem
from app.core.i18n import _
from app.core.line import Line
from app.models.office.store import Store, origin, set_setting, setting
from app.models.records import journal
from app.models.records.journal import Origin
from app.models.records.lines import heads, last_seq, rev_at, revs_here
from app.services.exchange import erased_records, left_out_lines
from app.services.exchange.introduction import desk_keys, signing_key, trusted_centre
from app.services.exchange.newer_keys import asking_for_keys, follow_beside
from app.services.office import attachments
from app.services.records import projection
from app.sync import bundle
from app.sync.bundle import RECEIPT, Bundle, Entry, Envelope, Refused, Step, no_step
from app.sync.keys import EnrolledKey

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file brought: new lines, lines known before, lines left out, records now disputed.

    `left_out` counts lines that are not sound, that no row can hold or that their sender may not
    write, and the others of their acts: the centre returns those acts whole, too.
    """

    name: str
    new: int
    known: int
    left_out: int
    disputed: int


def import_bundle(store: Store, path: Path, *, step: Step = no_step) -> Taken:
    """Take a delta or full bundle of another desk of this office, or the centre's full one.

    One transaction, or nothing; twice changes nothing more. Raises Refused: "not_for_us" for
    another office, "unknown_key" for a desk that neither the centre nor a person here vouched for,
    "is_receipt", and "not_made_here" where the file holds of this computer what was never made
    here.
    """
    with store.read() as connection:
        identity, own = setting(connection, "age_identity"), origin(connection)
        _refuse_another_office(bundle.inspect(path), own)
        known = _known(connection, path)
    with (
        asking_for_keys(path),
        bundle.open_bundle(path, trusted=known, identities=[identity]) as opened,
    ):
        if opened.envelope.kind == RECEIPT:
            raise Refused(
                _("This file is the centre's answer. Apply it as a receipt."), code="is_receipt"
            )
        _refuse_another_office(opened.envelope, own)  # it may have been exchanged since
        taken = store.write(lambda connection: _take(connection, store, opened, own, step))
    erased_records.finish(store)
    return taken


def _refuse_another_office(envelope: Envelope, own: Origin) -> None:
    """Say it before a key is looked for: nobody here can know the key of another office's desk."""
    if envelope.office != own.office:
        raise Refused(_("The file is of another office."), code="not_for_us")


def _known(connection: Connection, path: Path) -> dict[str, EnrolledKey]:
    """Return the keys to believe: the desks' of this office, and the centre's where it is known.

    The centre's statements may lie beside its file; those beside a desk's are not needed.
    """
    own = EnrolledKey(signing_key(connection).public, origin(connection).office)
    found = {key.key_id: key for key in (own, *desk_keys(connection))}
    if setting(connection, "statements", []):
        centre = trusted_centre(connection)
        found |= {key.key_id: key for key in centre.keys}
        if bundle.inspect(path).sender_key_id not in found:
            found |= {key.key_id: key for key in follow_beside(centre, path).keys}
    return found


def _take(connection: Connection, store: Store, opened: Bundle, own: Origin, step: Step) -> Taken:
    total = sum(opened.inside.counts.values())
    counts = {"new": 0, "left_out": 0}
    changed: set[tuple[str, str]] = set()
    erased: set[tuple[str, str]] = set()
    scans: set[str] = set()
    done = 0
    _note_partial(connection, opened)
    sieve = _Sieve(connection, opened, left_out_lines.broken_acts(opened, connection))
    entries = opened.lines()
    while batch := list(itertools.islice(entries, _BATCH)):
        step(done, total)
        done += len(batch)
        sound = sieve.sound(batch)
        _refuse_a_stranger_in_our_chain(connection, own, sound)
        scans |= erased_records.scans_of(connection, erased_records.erased_by(sound))
        new = set(journal.append(connection, sound))
        counts["new"] += len(new)
        fresh = [each for each in sound if each.header.rev in new]
        changed |= {(each.header.type, each.header.id) for each in fresh}
        erased |= set(erased_records.erased_by(fresh))
    counts["left_out"] = len(sieve.left)
    left_out_lines.note(connection, opened, sieve.left)
    attachments.take_all(connection, store, opened.files())
    projection.rebuild(connection, sorted(changed))
    if erased:
        erased_records.follow(connection, sorted(erased), scans)
    known = total - counts["new"] - counts["left_out"]
    disputed = _disputed(connection, changed)
    return Taken(opened.envelope.name, counts["new"], known, counts["left_out"], disputed)


@dataclass(slots=True)
class _Sieve:
    """Parts the lines that a desk takes from those that it leaves out, each with its reason."""

    connection: Connection
    opened: Bundle
    broken: set[str]  # acts
    left: list[tuple[Entry, Problem]] = field(default_factory=list)

    def sound(self, batch: list[Entry]) -> list[Line]:
        """Return the lines of a batch to take; note the others as left out unless known already."""
        refused: list[tuple[Entry, Problem]] = []
        taken: list[Line] = []
        for entry in batch:
            why = left_out_lines.refusal(entry, self.opened)
            if entry.line is not None and why is None and entry.line.header.act not in self.broken:
                taken.append(entry.line)
            else:
                refused.append((entry, why or left_out_lines.act_is_broken()))
        self.left += left_out_lines.not_here(self.connection, refused)
        return taken


def _refuse_a_stranger_in_our_chain(connection: Connection, own: Origin, lines: list[Line]) -> None:
    """Ring the alarm: a line of this desk's own chain that was not made here.

    Of its former epochs a file may bring back what a restored desk has lost.
    """
    chain = (own.replica, own.epoch)
    of_chain = {
        line.header.rev for line in lines if (line.header.replica, line.header.epoch) == chain
    }
    if of_chain - revs_here(connection, of_chain):
        raise Refused(
            _(
                "The file holds entries of this computer that were not made here: a copy of its "
                "database is in use. Stop entering on one of them and call the central office."
            ),
            code="not_made_here",
        )


def _note_partial(connection: Connection, opened: Bundle) -> None:
    """Note up to where a chain was whole before a run of it arrived with a gap; verify asks."""
    partial = dict(setting(connection, "partial_chains", {}))
    for run in opened.inside.runs:
        chain = (run.replica, run.epoch)
        if rev_at(connection, *chain, run.seq_from - 1) != run.before:
            partial.setdefault("/".join(chain), last_seq(connection, *chain))
    set_setting(connection, "partial_chains", partial)


def _disputed(connection: Connection, changed: set[tuple[str, str]]) -> int:
    """Count the records of a file that have several heads now."""
    several = connection.execute(
        select(heads.c.type, heads.c.id).group_by(heads.c.type, heads.c.id).having(func.count() > 1)
    )
    return sum((type_, record_id) in changed for type_, record_id in several)
