"""The world of the fuzzer: a centre, an honest desk, and a desk whose key a hostile hand holds."""

import hashlib
import json
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from hypothesis import strategies as st

from app.core.errors import Invalid, UserError
from app.core.json_text import canonical
from app.models.central import tables
from app.models.office import vault
from app.models.office.store import setting
from app.services import central, exchange
from app.services.office import desk as desks
from app.sync import parts, trust
from app.sync.bundle import inspect, open_bundle
from app.sync.keys import EnrolledKey, recipient_of
from bench import _mutations as mutations
from devtools.pen import uuid
from tests.sync.conftest import Desk, Forger

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "bundle-format.md").read_text("utf-8")
CODES = {*re.findall(r"`([a-z_]+)`", PAGE), "not_read", "not_made_here", "no_trust"}
SLOW = 5.0  # seconds of the processor
BYTES = ("file", "age", "zip", "manifest", "tags", "rows", "trust", "request", "part")
JSON = ("envelope", "facts", "line", "data", "receipt", "statement")

cases = st.one_of(
    st.tuples(st.sampled_from(BYTES), mutations.byte_acts),
    st.tuples(st.sampled_from(JSON), mutations.json_acts),
    st.tuples(st.just("entries"), st.tuples(st.integers(0, 20), st.text(max_size=12), st.binary())),
)


class Broken(AssertionError):
    """A file that was neither refused with a known code nor read as it was sealed."""


@dataclass
class World:
    """A centre, a desk that it enrolled, a hostile desk that it enrolled too, and what they sent.

    `seen` counts the outcomes by layer and code, `slowest` is in seconds of the processor, `last`
    is the last case.
    """

    folder: Path
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    slowest: float = 0.0
    last: tuple[str, Any] = ("", ())

    def __post_init__(self) -> None:
        self.temporary = self.folder / "temporary"
        self.temporary.mkdir()
        self.centre = central.open_centre(f"sqlite:///{self.folder / 'centre.db'}", self.folder)
        central.initialise(self.centre)
        self.hostile = self._enrolled_desk()
        self.forger = Forger(self.hostile, self.folder)
        self.entries = self.forger.entries()
        self.parts = parts.split(self.forger.sealed.path, self.folder, most_bytes=3000)
        self.desk = desks.create(
            self.folder / "desk",
            office="42",
            user="fuzz",
            password="fuzzing-it",
            cost=vault.Cost(64, 1),
        )[0]
        self.request = exchange.request_key(self.desk.store, self.folder)
        self.trust = central.enrol(self.centre, self.request, self.folder)[1]
        exchange.apply_trust(self.desk.store, self.trust)
        central.ingest(self.centre, exchange.export(self.desk.store, self.folder).path)
        self.receipts = self._forger_of_receipts()

    def close(self) -> None:
        """Let go of both databases."""
        self.desk.close()
        self.centre.engine.dispose()

    def meet(self, case: tuple[str, Any]) -> str:
        """Give what becomes of a case: a code, or "" for what is read. Raises Broken, or a fault.

        The code is that of a refusal, or "lines" where some lines came with a problem.
        """
        layer, acts = case
        path, rows = self.made(layer, acts)
        begun = time.process_time()  # not the neighbours' time
        try:
            code = self._read(layer, path, rows)
        except UserError as error:
            code = error.code
            if not error.sentence or code not in CODES:
                raise Broken(f"no known code: {code!r} {error.sentence!r}") from error
        seconds = time.process_time() - begun
        self.slowest = max(self.slowest, seconds)
        if seconds > SLOW:
            raise Broken(f"took {seconds:.1f} seconds")
        if list(self.temporary.iterdir()):
            raise Broken(f"left {[left.name for left in self.temporary.iterdir()]}")
        self.seen[layer, code] += 1
        return code

    def _read(self, layer: str, path: Path, rows: set[bytes] | None) -> str:
        if layer == "request":
            trust.read_request(path)
            return ""
        if layer in ("trust", "statement"):
            trust.follow(None, trust.read_trust(path))
            return ""
        if layer == "part":
            return self._joined(path)
        if layer == "receipt":
            exchange.apply_receipt(self.desk.store, path)
            return ""
        code = self._opened(path, rows)
        taken = central.ingest(self.centre, path, dry_run=True)
        counted = taken.accepted + taken.duplicate + taken.held + taken.rejected
        if taken.status == "quarantined" or (not code and taken.rejected + counted == 0):
            raise Broken(f"read by a desk, and at the centre {taken}")
        return code

    def _joined(self, changed: Path) -> str:
        out = self.folder / "joined"
        out.mkdir(exist_ok=True)
        joined = parts.join([*self.parts[1:], changed], out)
        whole = joined.read_bytes()
        joined.unlink()
        if whole != self.forger.sealed.path.read_bytes():
            raise Broken("parts made another file than was split")
        return ""

    def _opened(self, path: Path, rows: set[bytes] | None) -> str:
        key = EnrolledKey(self.hostile.key.public, self.hostile.office)
        with open_bundle(
            path, trusted={key.key_id: key}, identities=[self.hostile.identity]
        ) as opened:
            found = list(opened.lines())
            list(opened.files())
        wrong = [entry.problem for entry in found if entry.problem]
        if any(problem.code not in CODES for problem in wrong):
            raise Broken(f"no known code in {wrong}")
        read = {entry.raw for entry in found if not entry.problem}
        if rows is not None and not (read <= rows and (wrong or read == rows)):
            raise Broken("other lines were read than were sealed")
        return "lines" if wrong else ""

    def made(self, layer: str, acts: Any) -> tuple[Path, set[bytes] | None]:
        """Make the file of a case; give it with the rows that are sealed in it, if it has rows."""
        if layer in ("trust", "request", "statement", "receipt", "part"):
            return self._note(layer, acts), None
        entries = dict(self.entries)
        if layer in ("line", "data"):
            entries = _rewritten(entries, layer, acts)
        elif layer == "rows":
            name = ("data/person.ndjson", "data/group.ndjson")[acts[0][1] % 2]
            entries[name] = mutations.change_bytes(entries[name], acts)
        elif layer == "facts":
            facts = json.loads(entries["bundle.json"])
            entries["bundle.json"] = mutations.change_json(facts, acts)
        rows = {
            row
            for name, content in entries.items()
            if name.endswith(".ndjson")
            for row in content.split(b"\n")
        } - {b""}
        return self._sealed(layer, acts, entries), rows

    def _sealed(self, layer: str, acts: Any, entries: dict[str, bytes]) -> Path:
        forger = self.forger
        if layer == "entries":
            _another_entry(entries, *acts)
        entries = forger.listed(entries)
        if layer in ("manifest", "tags"):
            name = "manifest-sha256.txt" if layer == "manifest" else "tagmanifest-sha256.txt"
            entries[name] = mutations.change_bytes(entries[name], acts)
            signed = entries["tagmanifest-sha256.txt"]
            entries["tagmanifest-sha256.txt.sig"] = self.hostile.key.sign(signed)
        plain = forger.zip(entries)
        if layer == "zip":
            plain = mutations.change_bytes(plain, _at_the_headers(plain, acts))
        payload = forger.encrypt(plain)
        if layer == "age":
            payload = mutations.change_bytes(payload, acts) or b"\n"
        content_id = hashlib.sha256(entries["tagmanifest-sha256.txt"]).hexdigest()
        path = forger.seal(payload, content_id=content_id)
        if layer == "envelope":
            whole = json.loads(inspect(path).to_bytes())
            path = forger.frame(mutations.change_json(whole, acts), payload)
        if layer == "file":
            path.write_bytes(mutations.change_bytes(path.read_bytes(), acts))
        return path

    def _note(self, layer: str, acts: Any) -> Path:
        if layer == "receipt":
            entries = self.receipts.entries()
            receipt = json.loads(entries["data/receipt.json"])
            entries["data/receipt.json"] = mutations.change_json(receipt, acts)
            return self.receipts.entries_sealed(entries)
        path = self.folder / "note.txt"
        if layer == "statement":
            line = mutations.change_json(json.loads(self.trust.read_bytes().split(b"\n")[0]), acts)
            signed = self.receipts.desk.key.sign(line, trust.sshsig.KEYS)
            path.write_bytes(line + b"\n" + signed)
        else:
            source = {"trust": self.trust, "request": self.request, "part": self.parts[0]}[layer]
            path.write_bytes(mutations.change_bytes(source.read_bytes(), acts))
        return path

    def _enrolled_desk(self) -> Desk:
        desk = Desk(7)
        for place in range(12):
            first = {"id_kind": "thai13", "id_no": f"9{place:012d}", "first_th": "ตัวอย่าง"}
            member = {"group": uuid(1), "person": uuid(2)}
            data = (first, {"name": "กลุ่มตัวอย่าง"}, member)[place % 3]
            desk.write(("person", "group", "membership")[place % 3], place, data)
        request = trust.KeyRequest(
            desk.office, desk.replica, desk.key.public, desk.recipient, "2025-10-01T02:03:04Z"
        )
        central.enrol(self.centre, trust.write_request(self.folder, request, desk.key), self.folder)
        desk.identity = self.centre.identities()[0]
        desk.recipient = recipient_of(desk.identity)
        return desk

    def _forger_of_receipts(self) -> Forger:
        out = self.folder / "receipts"
        out.mkdir()
        sealed = central.write_receipts(self.centre, out)[0]
        with tables.reading(self.centre.engine) as connection:
            key = self.centre.sender(connection).signing_key
        with self.desk.store.read() as connection:
            identity = setting(connection, "age_identity")
        forger = object.__new__(Forger)
        forger.desk = SimpleNamespace(key=key, identity=identity, recipient=recipient_of(identity))
        forger.sealed, forger.name = sealed, sealed.envelope.name
        forger.path = out / "forged.zip"
        return forger


def _rewritten(entries: dict[str, bytes], layer: str, acts: Any) -> dict[str, bytes]:
    """Change one line, or its data alone; then digest, chain and facts are made to agree again."""
    lines = {
        (name, place): json.loads(row)
        for name, content in entries.items()
        if name.endswith(".ndjson")
        for place, row in enumerate(content.split(b"\n")[:-1])
    }
    chosen = sorted(lines)[acts[0][1] % len(lines)]
    written: dict[tuple[str, int], bytes] = {}
    prev = ""
    for where, line in sorted(lines.items(), key=lambda item: item[1]["h"]["seq"]):
        line["h"]["prev"] = prev
        if where == chosen and layer == "line":
            written[where] = mutations.change_json(line, acts).replace(b"\n", b" ")
        elif where == chosen:
            data = mutations.change_json(line["b"]["data"], acts).replace(b"\n", b" ")
            body = b'{"data":' + data + b',"salt":"' + line["b"]["salt"].encode() + b'"}'
            line["h"]["digest"] = hashlib.sha256(body).hexdigest()
            written[where] = b'{"b":' + body + b',"h":' + canonical(line["h"]) + b"}"
        else:
            written[where] = canonical(line)
        prev = _rev(written[where], line)
    facts = json.loads(entries["bundle.json"])
    facts["runs"][0]["head"] = prev
    entries["bundle.json"] = canonical(facts)
    for name in {name for name, _place in lines}:
        rows = [written[where] for where in sorted(written) if where[0] == name]
        entries[name] = b"\n".join(rows) + b"\n"
    return entries


def _rev(raw: bytes, line: dict[str, Any]) -> str:
    try:
        return hashlib.sha256(canonical(json.loads(raw)["h"])).hexdigest()
    except (ValueError, KeyError, TypeError, RecursionError, Invalid):
        return hashlib.sha256(canonical(line["h"])).hexdigest()


def _another_entry(entries: dict[str, bytes], place: int, name: str, content: bytes) -> None:
    """Add, rename, empty or leave out an entry before the manifests are written."""
    names = sorted(entries)
    chosen = names[place % len(names)]
    if place % 4 == 0:
        entries.pop(chosen)
    elif place % 4 == 1:
        entries[chosen] = content
    elif place % 4 == 2:
        entries[f"data/files/{hashlib.sha256(content).hexdigest()}.png"] = content
    else:
        entries["data/" + name.replace("\0", "~") + ".ndjson"] = content


def _at_the_headers(plain: bytes, acts: Any) -> Any:
    """Move half of the places into the directory, of which a zip has little beside its data."""
    at = plain.index(b"PK\1\2")
    size = len(plain) - at
    return [
        (act, at + where // 2 % size if where % 2 else where, piece) for act, where, piece in acts
    ]
