"""What this program says of each vector: expected.json, with which other readers are compared."""

import atexit
import contextlib
import functools
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from app.core.line import Line
from app.models.central import tables
from app.services import central
from app.services.central import Centre
from app.sync import keys, merge, sshsig
from app.sync.bundle import RECEIPT, Bundle, Refused, open_bundle
from app.sync.file_name import sealed_in
from app.sync.keys import EnrolledKey, Status
from app.sync.receipt import read_receipt

Said = dict[str, Any]
TOGETHER = ["good/forked-1.otg", "good/forked-2.otg"]


def write(folder: Path) -> None:
    """Write expected.json of the vectors in `folder`."""
    found = [path for each in ("good", "bad") for path in sealed_in(folder / each)]
    files = sorted(path.relative_to(folder).as_posix() for path in found)
    said = {name: opened(folder, name) | {"central": ingested(folder, [name])} for name in files}
    said["together"] = {"files": TOGETHER} | state(
        line for name in TOGETHER for line in sound_lines(folder, name)
    )
    text = json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "expected.json").write_text(text + "\n", encoding="utf-8")


def opened(folder: Path, name: str) -> Said:
    """Say what open_bundle makes of a vector: refused with a code, or what it holds."""
    try:
        with open_vector(folder, name) as bundle:
            entries = list(bundle.lines())
            wrong = [
                {"type": entry.type, "number": entry.number, "code": entry.problem.code}
                for entry in entries
                if entry.problem
            ]
            broken = [entry.header for entry in entries if entry.problem and entry.header]
            acts = {h.act for h in broken if h.office == bundle.envelope.office}
            if bundle.envelope.kind == RECEIPT:
                read_receipt(bundle)
            lines = [e.line for e in entries if e.line and e.line.header.act not in acts]
            return {
                "status": "opened",
                "kind": bundle.envelope.kind,
                "content_id": bundle.content_id,
                "counts": dict(bundle.inside.counts),
                "files": [file for file, _content in bundle.files()],
                "wrong": wrong,
                **state(lines),
            }
    except Refused as refused:
        return {"status": "refused", "code": refused.code}


def sound_lines(folder: Path, name: str) -> list[Line]:
    """Give the lines of a vector that have the form."""
    with open_vector(folder, name) as bundle:
        return [entry.line for entry in bundle.lines() if entry.line]


def state(lines: Iterable[Line]) -> Said:
    """Say which heads, conflicts and forks some lines have, and their digest."""
    records: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        records.setdefault((line.header.type, line.header.id), []).append(line)
    heads = {
        record: merge.heads(line.header for line in lines) for record, lines in records.items()
    }
    forks = merge.forks(line.header for lines in records.values() for line in lines)
    return {
        "heads": {f"{type_} {id_}": list(revs) for (type_, id_), revs in heads.items()},
        "conflicts": {
            f"{type_} {id_}": conflicts_of(merge.shown(lines))
            for (type_, id_), lines in records.items()
            if len(heads[type_, id_]) > 1
        },
        "forks": [[fork.replica, fork.epoch, fork.seq, list(fork.revs)] for fork in forks],
        "state_digest": merge.state_digest((*record, revs) for record, revs in heads.items()),
    }


def conflicts_of(shown: merge.Shown) -> list[Said]:
    """Say the conflicts of a record as plain data."""
    return [
        {
            "fields": list(conflict.fields),
            "level": conflict.level,
            "versions": dict(conflict.versions),
            "taken": conflict.taken,
        }
        for conflict in shown.conflicts
    ]


def ingested(folder: Path, names: list[str]) -> Said:
    """Say what a centre that has nothing yet makes of some vectors, one after the other."""
    with new_centre(folder) as centre:
        for name in names:
            done = central.ingest(centre, folder / name)
        found = central.status(centre)
    counts = {k: getattr(done, k) for k in ("accepted", "held", "rejected")}
    said = {"status": done.status, "code": done.code, "state_digest": found.state_digest}
    return said | counts if done.status != "quarantined" else said


@contextlib.contextmanager
def new_centre(vectors: Path) -> Iterator[Centre]:
    """Give a centre with the age key of the vectors, at which their desks are enrolled."""
    with tempfile.TemporaryDirectory() as name:
        folder = shutil.copytree(_with_desks(vectors), Path(name) / "centre")
        centre = _open(folder)
        try:
            yield centre
        finally:
            centre.engine.dispose()


@functools.cache
def _with_desks(vectors: Path) -> Path:
    """Make once what every centre of these vectors begins with."""
    folder = Path(tempfile.mkdtemp(prefix="otg-vectors-"))
    atexit.register(shutil.rmtree, folder)
    centre = _open(folder)
    central.initialise(centre)
    identity = (vectors / "keys" / "centre.agekey").read_text("ascii")
    (centre.keys / "centre.agekey").write_text(identity, "ascii")
    for request in sorted((vectors / "keys").glob("*key-request.txt")):
        central.enrol(centre, request, folder)
    revoked = [key.key_id for key in _revoked(vectors)]
    table = tables.office_keys
    with tables.acting(centre.engine) as connection:
        connection.execute(
            table.update().where(table.c.key_id.in_(revoked)).values(status=Status.REVOKED.value)
        )
    centre.engine.dispose()
    return folder


def _open(folder: Path) -> Centre:
    return central.open_centre(f"sqlite:///{folder / 'centre.db'}", folder / "keys")


def enrolled(vectors: Path) -> dict[str, EnrolledKey]:
    """Read allowed_signers and revoked_keys as the keys that somebody vouched for."""
    revoked = {key.key_id for key in _revoked(vectors)}
    found = {}
    for row in (vectors / "keys" / "allowed_signers").read_text("ascii").splitlines():
        if row.startswith("#"):
            continue
        principal, _namespaces, key = row.split(" ", 2)
        public = sshsig.parse_public_line(key)
        status = Status.REVOKED if keys.key_id(public) in revoked else Status.ACTIVE
        office = principal.removeprefix("office-") if principal != "centre" else ""
        found[keys.key_id(public)] = EnrolledKey(public, office, status)
    return found


def _revoked(vectors: Path) -> list[EnrolledKey]:
    rows = (vectors / "keys" / "revoked_keys").read_text("ascii").splitlines()
    return [EnrolledKey(sshsig.parse_public_line(row), "") for row in rows]


def open_vector(folder: Path, name: str) -> AbstractContextManager[Bundle]:
    """Open a vector as its keys allow."""
    identities = [
        row
        for path in sorted((folder / "keys").glob("*.agekey"))
        for row in path.read_text("ascii").splitlines()
        if not row.startswith("#")
    ]
    return open_bundle(folder / name, trusted=enrolled(folder), identities=identities)
