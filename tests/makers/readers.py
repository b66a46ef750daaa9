"""Every way in by which JSON comes from outside: a document that is taken, and the reader."""

import contextlib
import hashlib
import io
import itertools
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.cli import main
from app.core import courses, paths, programme, schemes, states
from app.core.errors import UserError
from app.core.json_text import canonical
from app.core.line import parse_line
from app.models.office import key_file, machine
from app.models.office.store import MAIN
from app.services.safekeeping import backup_proof
from app.sync import keys, parts, sshsig, trust
from app.sync import receipt as receipts
from app.sync.bundle import DELTA, RECEIPT, Facts, Run, open_bundle, seal
from app.sync.envelope import parse_envelope, parse_inside
from devtools.pen import Pen
from tests.makers.key_files import whole, written
from tests.makers.pens import new_centre

Data = dict[str, Any]

AT = "2025-10-01T02:03:04Z"
KEY = keys.SigningKey(b"5" * 32)
IDENTITY = keys.office_identity(b"5" * 20)
RECIPIENT = keys.recipient_of(IDENTITY)
HEX, REV, ID = "ab" * 16, "cd" * 32, "01900000-0000-7000-8000-000000000001"


@dataclass(frozen=True)
class Reader:
    """`take` gives the bytes to the reader in an empty folder; it raises what refuses them."""

    module: str
    document: Data
    take: Callable[[bytes, Path], object]
    is_canonical: bool = False

    def takes(self, raw: bytes, folder: Path) -> bool:
        inside = folder / str(next(_NUMBERS))
        inside.mkdir()
        try:
            self.take(raw, inside)
        except UserError as error:
            assert error.code and error.sentence
            return False
        return True

    def written(self) -> bytes:
        return canonical(self.document)


_NUMBERS = itertools.count()


def _facts(kind: str) -> Facts:
    runs = () if kind == RECEIPT else (Run(HEX, HEX, 1, 1, "", REV),)
    last = 0 if kind == RECEIPT else 1
    return Facts("42", HEX, HEX, kind, last, last, 1, AT, runs, {"person": 1})


def _envelope() -> Data:
    facts = _facts(DELTA)
    shared = ("office", "replica", "epoch", "kind", "seq_from", "seq_to", "base_ack", "diary")
    return {name: getattr(facts, name) for name in shared} | {
        "format": "otg-bundle",
        "v": 2,
        "min_reader": 1,
        "name": facts.name,
        "bundle_no": 1,
        "created_at": AT,
        "content_id": REV,
        "payload_sha256": REV,
        "payload_size": 1,
        "sender_key_id": KEY.key_id,
        "recipient_key_ids": ["0" * 16],
    }


def _receipt() -> Data:
    """Return a receipt with one of each thing that a receipt can say."""
    remark = receipts.Remark("person", ID, REV, ID, "old", "ก", "person")
    made = receipts.Receipt(
        "42",
        1,
        AT,
        bundles=(receipts.BundleOutcome(REV, "OTG-42-ABCD-000001-D", receipts.Outcome.HELD),),
        acknowledged=(receipts.Acknowledged(HEX, HEX, 1, REV),),
        rejected=(remark,),
        flagged=(remark,),
        disputed=(receipts.Disputed("person", ID, (REV,), ("phone",)),),
        desk_keys=(keys.EnrolledKey(KEY.public, "42"),),
        statements=("-",),
        tables={"banks": {"version": 1, "rows": [5]}},
    )
    found: Data = json.loads(made.to_bytes())
    return found


def _take_receipt(raw: bytes, folder: Path) -> object:
    sealed = seal(folder, _facts(RECEIPT), [], signing_key=KEY, recipients=[RECIPIENT], receipt=raw)
    trusted = {KEY.key_id: keys.EnrolledKey(KEY.public, "")}
    with open_bundle(sealed.path, trusted=trusted, identities=[IDENTITY]) as opened:
        return receipts.read_receipt(opened)


def _signed(raw: bytes) -> str:
    """Sign a line that may hold anything, line feeds too."""
    signature = KEY.sign(raw.partition(b"\n")[0], sshsig.KEYS)
    return f"{raw.decode('utf-8', 'surrogateescape')}\n{signature.decode()}"


def _note(raw: bytes, folder: Path) -> Path:
    path = folder / "note.txt"
    path.write_bytes(_signed(raw).encode("utf-8", "surrogateescape"))
    return path


def _line() -> Data:
    pen = Pen()
    pen.write("person", 1, {"name": "ข้อมูลตัวอย่าง"})
    return {"h": pen.lines[0].header.as_data()}


def _take_keys(raw: bytes, folder: Path) -> None:
    """Give the file the digest that a reader would expect who saw nothing wrong in it."""
    not_an_object = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
    with contextlib.suppress(*not_an_object):
        raw = raw.replace(_digest(raw).encode(), _digest(written(whole(raw))).encode())
    (folder / key_file.FILE).write_bytes(raw)
    if key_file.read_each(folder)[key_file.FILE] is None:
        raise key_file.changed()


def _digest(raw: bytes) -> str:
    return str(json.loads(raw)["sha256"])


def _keys() -> Data:
    slot = {"tag": HEX, "salt": HEX, "memory": 64, "passes": 1, "nonce": HEX, "wrapped": "AA=="}
    recovery = {"nonce": HEX, "wrapped": "AA=="}
    known = {"format": "tambon-keys", "v": 1, "serial": 1, "seal": REV}
    raw = written(known | {"salt": HEX, "recovery": recovery, "users": [slot]})
    found: Data = json.loads(raw)
    return found


def _take_mark(raw: bytes, _folder: Path) -> None:
    path = paths.marks() / f"{HEX}-{HEX}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    if not machine.known(HEX):
        raise UserError("The mark is none.", code="no_mark")


def _header() -> Data:
    digest = hashlib.sha256(b"").hexdigest()
    return {
        "format": "tambon-backup",
        "v": 1,
        "made_at": "2025-10-01T02:03:04+00:00",
        "schema": "0001",
        "origin": {"office": "15", "replica": HEX, "epoch": HEX},
        "counts": {"line": 6, "line_body": 6, "head": 5},
        "sha256": {MAIN: digest, key_file.FILE: digest},
    }


def _take_backup(raw: bytes, folder: Path) -> object:
    path = folder / "desk.backup.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in (("header.json", raw), (MAIN, b""), (key_file.FILE, b"")):
            archive.writestr(name, content)
    return backup_proof.unpack(path, folder / "half")


def _take_table(raw: bytes, folder: Path) -> None:
    centre = new_centre(folder)
    path = folder / "table.json"
    path.write_bytes(raw)
    place = ["--db", str(centre.engine.url), "--keys", str(centre.keys)]
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        code = main(["central", "table", "banks", str(path), *place, "--json"])
    assert code in (0, 2), said.getvalue()
    if code:
        raise UserError(said.getvalue(), code="not_json")


def _take_part(raw: bytes, folder: Path) -> object:
    path = folder / "1.otgpart"
    path.write_bytes(raw + b"\nx")
    return parts.read_part(path)


def _shipped(*way: str) -> Data:
    found: Data = json.loads(paths.resource("programme", *way).read_text("utf-8"))
    return found


def _of_programme(read: Callable[[Path], object], name: str) -> Reader:
    def take(raw: bytes, folder: Path) -> None:
        (folder / f"{name}.json").write_bytes(raw)
        read(folder / f"{name}.json")

    return Reader("app.core.programme_data", _shipped(f"{name}.json"), take)


def _take_scheme(raw: bytes, folder: Path) -> None:
    (folder / "gi.json").write_bytes(raw)
    schemes.read_schemes(folder)


READERS = {
    "offices": _of_programme(programme.read_offices, "offices"),
    "rounds": _of_programme(programme.read_rounds, "rounds"),
    "loan documents": _of_programme(programme.read_loan_documents, "loan_documents"),
    "courses": _of_programme(courses.read_courses, "courses"),
    "training rule": _of_programme(courses.read_training_rule, "courses"),
    "machines": _of_programme(states.read_machines, "states"),
    "standard": Reader("app.core.programme_data", _shipped("schemes", "gi.json"), _take_scheme),
    "envelope": Reader(
        "app.sync.envelope", _envelope(), lambda raw, _folder: parse_envelope(raw), True
    ),
    "facts": Reader(
        "app.sync.envelope",
        json.loads(canonical(_facts(DELTA).as_data({"person": 1}))),
        lambda raw, _folder: parse_inside(raw, parse_envelope(canonical(_envelope()))),
        True,
    ),
    "receipt": Reader("app.sync.receipt", _receipt(), _take_receipt, True),
    "key request": Reader(
        "app.sync.trust",
        {
            "format": "otg-key-request",
            "v": 1,
            "office": "42",
            "replica": HEX,
            "public_key": sshsig.public_line(KEY.public),
            "fingerprint": keys.fingerprint(KEY.public),
            "recipient": RECIPIENT,
            "at": AT,
        },
        lambda raw, folder: trust.read_request(_note(raw, folder)),
        True,
    ),
    "statement": Reader(
        "app.sync.trust",
        {
            "format": "otg-trust",
            "v": 1,
            "number": 1,
            "previous": "",
            "public_key": sshsig.public_line(KEY.public),
            "recipients": [RECIPIENT],
            "escrow": [],
        },
        lambda raw, folder: trust.follow(None, trust.read_trust(_note(raw, folder))),
        True,
    ),
    "part": Reader(
        "app.sync.parts",
        {
            "format": "otg-part",
            "v": 1,
            "name": _facts(DELTA).name,
            "part": 1,
            "of": 1,
            "size": 1,
            "sha256": REV,
            "whole_size": 1,
            "whole_sha256": REV,
        },
        _take_part,
        True,
    ),
    "line": Reader("app.core.line", _line(), lambda raw, _folder: parse_line(raw), True),
    "key file": Reader("app.models.office.key_file", _keys(), _take_keys),
    "mark": Reader(
        "app.models.office.machine",
        {"replica": HEX, "epoch": HEX, "folder": "/", "sealed": 1, "number": 1, "prints": 1},
        _take_mark,
    ),
    "backup": Reader("app.services.safekeeping.backup_proof", _header(), _take_backup),
    "table": Reader("app.cli.deciding", {"version": 1, "rows": [{"code": "a"}]}, _take_table),
}
