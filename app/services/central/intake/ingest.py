"""Taking bundles in: each in one transaction or not at all, in any order, any number of times."""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from app.core import scratch
from app.core.errors import UserError
from app.core.i18n import _
from app.core.named import in_words
from app.models.central import bulk_rows, tables
from app.services.central.intake import archive
from app.services.central.intake.bundle_lines import Taken, take
from app.services.central.intake.follow_up import follow
from app.services.central.intake.one_by_one import Fault, apart
from app.services.central.keys.centre import Centre
from app.services.central.keys.keyring import sha256_of, trusted
from app.services.records.verdicts import FORK, outcome
from app.sync import bundle, durable
from app.sync.bundle import Bundle, Limits, Refused, open_bundle
from app.sync.refused import too_big

DUPLICATE, QUARANTINED, FAULT = "duplicate", "quarantined", "fault"


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file; rows in = accepted + duplicate + held + rejected."""

    file: str
    content_id: str
    status: str
    accepted: int = 0
    duplicate: int = 0
    held: int = 0
    rejected: int = 0
    code: str = ""
    reason: str = ""


def take_in(
    centre: Centre,
    path: Path,
    *,
    dry_run: bool = False,
    quarantine: bool = True,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
) -> Ingested:
    """Do what ingest does; a fault of ours over this file is its outcome and stops no other."""
    done = apart(
        lambda: ingest(centre, path, dry_run=dry_run, quarantine=quarantine, limits=limits)
    )
    return failed(in_words(path), done) if isinstance(done, Fault) else done


def failed(name: str, fault: Fault) -> Ingested:
    """Say of a file that the program failed over it."""
    sentence = _(
        "The program failed over it (fault {number}): the fault is ours, and none of it was stored."
    )
    return Ingested(name, "", FAULT, code=FAULT, reason=sentence.format(number=fault.number))


def unanswered(office: str, fault: Fault) -> Ingested:
    """Say of an office that the program failed over its receipt."""
    name = _("Receipt of office {office}").format(office=office)
    sentence = _(
        "The program failed over the receipt (fault {number}): the fault is ours, and it was not "
        "written. What the office sent is taken in."
    )
    return Ingested(name, "", FAULT, code=FAULT, reason=sentence.format(number=fault.number))


def ingest(
    centre: Centre,
    path: Path,
    *,
    dry_run: bool = False,
    quarantine: bool = True,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
) -> Ingested:
    """Take one file in. A file that is not believed is quarantined, and nothing of it is stored.

    A dry run gives the same answer and writes nothing; without `quarantine` a wrong file is not
    noted, for it may not be whole yet. Raises UserError where the centre itself is at fault: it is
    not initialised, its keys are gone, this computer has no room.
    """
    try:
        bundle.inspect(path)  # what is no bundle at all is not copied
        if path.stat().st_size > limits.sealed_bytes:
            raise too_big()
        with _copied(path) as copy:
            return _ingest(centre, copy, limits, dry_run=dry_run)
    except Refused as refused:
        if quarantine and not dry_run:
            _quarantine(centre, path, refused)
        return _quarantined(path, refused)
    except UserError as error:
        if error.code != "not_read":
            raise
        return _quarantined(path, error)


@contextlib.contextmanager
def _copied(path: Path) -> Iterator[Path]:
    """Copy the sealed file first: what is judged must be what is kept, and sticks are pulled."""
    with scratch.folder() as folder:
        copy = folder / path.name
        with durable.open_file(path) as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target)
        yield copy


def _ingest(centre: Centre, path: Path, limits: Limits, *, dry_run: bool) -> Ingested:
    """Check the file before the transaction begins, so that others wait for the storing alone."""
    with tables.reading(centre.engine) as connection:
        known = trusted(connection, path)
    with (
        open_bundle(path, trusted=known, identities=centre.identities(), limits=limits) as opened,
        tables.acting(centre.engine) as connection,
    ):
        found = _seen_before(connection, path, opened)
        if found is None:
            number = (connection.scalar(select(func.max(tables.bundles.c.no))) or 0) + 1
            taken = take(connection, opened, number)
            found = _ingested(path, opened, taken)
            _note(connection, number, opened, found)
            archive.keep(connection, opened.envelope.office, number, path)
            follow(connection, centre, opened, number)
        if dry_run:
            connection.rollback()
    return found


def _seen_before(connection: Connection, path: Path, opened: Bundle) -> Ingested | None:
    table = tables.bundles
    lines = connection.scalar(
        select(table.c.lines).where(
            table.c.office == opened.envelope.office, table.c.content_id == opened.content_id
        )
    )
    if lines is None:
        return None
    return Ingested(in_words(path), opened.content_id, DUPLICATE, duplicate=lines)


def _ingested(path: Path, opened: Bundle, taken: Taken) -> Ingested:
    status = FORK if taken.forks else outcome(taken.accepted, taken.held, taken.rejected)
    return Ingested(
        in_words(path),
        opened.content_id,
        status,
        taken.accepted,
        taken.duplicate,
        taken.held,
        taken.rejected,
    )


def _note(connection: Connection, number: int, opened: Bundle, found: Ingested) -> None:
    envelope = opened.envelope
    row = {
        "office": envelope.office,
        "content_id": opened.content_id,
        "no": number,
        "name": envelope.name,
        "kind": envelope.kind,
        "replica": envelope.replica,
        "epoch": envelope.epoch,
        "status": found.status,
        "lines": sum(opened.inside.counts.values()),
        "accepted": found.accepted,
        "duplicate": found.duplicate,
        "held": found.held,
        "rejected": found.rejected,
        "received_at": tables.now(),
    }
    connection.execute(insert(tables.bundles), [row])
    runs = [
        {
            "office": envelope.office,
            "bundle": number,
            "replica": run.replica,
            "epoch": run.epoch,
            "seq_from": run.seq_from,
            "seq_to": run.seq_to,
        }
        for run in opened.inside.runs
    ]
    if runs:
        connection.execute(insert(tables.runs), runs)


def _quarantined(path: Path, error: UserError) -> Ingested:
    return Ingested(in_words(path), "", QUARANTINED, code=error.code, reason=error.sentence)


def _quarantine(centre: Centre, path: Path, refused: Refused) -> None:
    row = {
        "sha256": sha256_of(path),
        "name": in_words(path),
        "code": refused.code,
        "reason": refused.sentence,
        "at": tables.now(),
    }
    with tables.acting(centre.engine) as connection:
        bulk_rows.add_missing(connection, tables.quarantine, [row])
