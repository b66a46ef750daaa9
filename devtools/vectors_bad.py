"""The bad bundles among the vectors: for each code of docs/bundle-format.md one that earns it."""

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

import pyrage

from app.core.json_text import canonical
from app.core.line import MOST_BYTES
from app.sync import bag
from app.sync.bundle import RECEIPT, Sealed, seal
from app.sync.file_name import ENDING
from app.sync.keys import SigningKey, recipient_id, recipient_of
from app.sync.outer_zip import PAYLOAD, frame
from devtools import vectors
from devtools.pen import OFFICE
from devtools.vectors import Pen, office_lines

Entries = dict[str, bytes]
PEOPLE = "data/person.ndjson"


class Forger:
    """Whoever holds a desk's key and means harm: changes anything and signs it again."""

    def __init__(
        self, folder: Path, pen: Pen | None = None, signer: SigningKey | None = None
    ) -> None:
        """Seal a good delta of `pen` and take it apart; `signer` is another key that signs."""
        self.pen = pen or office_lines(Pen(1))
        self.key = signer or self.pen.key
        self.sealed = _seal(folder, self.pen)
        self.whole = self.sealed.path.read_bytes()
        self.envelope = replace(self.sealed.envelope, sender_key_id=self.key.key_id)
        with zipfile.ZipFile(self.sealed.path) as outer:
            self.payload = outer.read(PAYLOAD)
        self.sealed.path.unlink()
        identity = pyrage.x25519.Identity.from_str(vectors.CENTRE_IDENTITY)
        with zipfile.ZipFile(io.BytesIO(pyrage.decrypt(self.payload, [identity]))) as inner:
            self.entries = {n.split("/", 1)[1]: inner.read(n) for n in inner.namelist()}

    def framed(self, envelope: bytes, payload: bytes, signature: bytes = b"") -> bytes:
        """Write the outer zip around any envelope and payload."""
        signature = signature or self.key.sign(envelope)
        pieces = frame(
            b"test", envelope, signature, [payload], crc=zlib.crc32(payload), size=len(payload)
        )
        return b"".join(pieces)

    def enveloped(self, payload: bytes, **changes: Any) -> bytes:
        """Put a payload under an envelope that is signed and says what is there."""
        true: dict[str, Any] = {"payload_sha256": _sha256(payload), "payload_size": len(payload)}
        return self.framed(replace(self.envelope, **true | changes).to_bytes(), payload)

    def listed(self, changes: Entries) -> Entries:
        """Give the entries with changes, both manifests and the inner signature made anew."""
        entries = self.entries | changes
        data = [name for name in entries if name.startswith("data/")]
        entries[bag.MANIFEST] = _manifest(entries, data)
        tags = ("bagit.txt", "bag-info.txt", "bundle.json", bag.MANIFEST)
        entries[bag.TAG_MANIFEST] = _manifest(entries, tags)
        entries[bag.TAG_SIGNATURE] = self.key.sign(entries[bag.TAG_MANIFEST])
        return entries

    def bagged(self, entries: Entries, **changes: Any) -> bytes:
        """Seal entries as they are under an envelope that agrees."""
        true = {"content_id": _sha256(entries[bag.TAG_MANIFEST])}
        return self.enveloped(_encrypt(self.zip(entries.items())), **true | changes)

    def zip(self, entries: Iterable[tuple[str, bytes]], folder: str = "") -> bytes:
        """Zip entries; a name may come twice."""
        stream = io.BytesIO()
        with catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            simplefilter("ignore", UserWarning)
            for name, content in entries:
                info = zipfile.ZipInfo(
                    f"{folder or self.envelope.name}/{name}", (1980, 1, 1, 0, 0, 0)
                )
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, content)
        return stream.getvalue()

    def with_facts(self, **changes: Any) -> bytes:
        """Seal other facts than the envelope's."""
        facts = json.loads(self.entries["bundle.json"]) | changes
        return self.bagged(self.listed({"bundle.json": canonical(facts)}))

    def with_line(self, change: Callable[[bytes], bytes]) -> bytes:
        """Seal a bag in which the first line of a person is another."""
        first, rest = self.entries[PEOPLE].split(b"\n", 1)
        return self.bagged(self.listed({PEOPLE: change(first) + b"\n" + rest}))

    def with_data(self, text: str) -> bytes:
        """Seal a line whose data holds a piece of JSON text, with the digest of what it says."""

        def change(raw: bytes) -> bytes:
            line = json.loads(raw)
            body = f'{{"data":{{"x":{text}}},"salt":"{line["b"]["salt"]}"}}'.encode()
            line["h"]["digest"] = _sha256(body)
            return b'{"b":' + body + b',"h":' + canonical(line["h"]) + b"}"

        return self.with_line(change)


def bad(folder: Path) -> None:
    """Write every bad bundle as `folder`/<code>--<how>.otg."""
    made = _outside(folder) | _signed(folder) | _inside(folder) | _lines(folder) | _receipts(folder)
    for name, content in made.items():
        (folder / f"{name}{ENDING}").write_bytes(content)


def _outside(folder: Path) -> dict[str, bytes]:
    forger = Forger(folder)
    whole, payload = forger.whole, forger.payload
    at = whole.index(b"age-encryption.org") + len(payload) // 2
    flipped = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    envelope = forger.sealed.envelope.to_bytes()
    at = whole.index(envelope) + 20
    big = b"PK\3\4" + struct.pack("<5H3L2H", 20, 0, 0, 0, 0x21, 0, 70_000, 70_000, 10, 0)
    zipped = forger.zip([("README.txt", b"any zip")])
    newer = canonical({"format": "otg-bundle", "v": 3})
    twice = envelope.replace(b'"v":2', b'"v":2,"v":2')
    return {
        "not_a_bundle--any-zip": zipped,
        "not_a_bundle--bytes-before": b"x" + whole,
        "incomplete--truncated": whole[:-100],
        "outer_form--bytes-behind": whole + b"x",
        "outer_form--concatenated": whole + whole,
        "outer_form--flipped-byte": whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :],
        "too_big--readme": big + b"README.txt",
        "payload_hash--flipped-byte": flipped,
        "payload_hash--another-payload": forger.framed(envelope, b"another"),
        "envelope--blanks": forger.framed(envelope.replace(b":", b": "), payload),
        "envelope--key-twice": forger.framed(twice, payload),
        "envelope--another-number": forger.enveloped(payload, bundle_no=2),
        "too_new--version": forger.framed(newer, payload),
        "too_new--min-reader": forger.enveloped(payload, min_reader=3),
    }


def _signed(folder: Path) -> dict[str, bytes]:
    forger = Forger(folder)
    envelope = forger.envelope.to_bytes()
    stranger = Forger(folder, signer=SigningKey(bytes([99]) * 32))
    foreign = Forger(folder, signer=Pen(12).key)
    revoked = Forger(folder, office_lines(Pen(vectors.REVOKED)))
    renamed = envelope.replace(b'"base_ack":0', b'"base_ack":1')
    as_receipt = {"kind": RECEIPT, "name": forger.envelope.name[:-1] + "R"}
    nobody = recipient_of(vectors.STRANGER_IDENTITY)
    plain = forger.zip(forger.entries.items())
    sealed = _encrypt(plain, nobody)
    return {
        "unknown_key--stranger": stranger.enveloped(stranger.payload),
        "foreign_key--another-office": foreign.enveloped(foreign.payload),
        "foreign_key--receipt-by-a-desk": forger.enveloped(forger.payload, **as_receipt),
        "signature--another-key": forger.framed(
            envelope, forger.payload, Pen(2).key.sign(envelope)
        ),
        "signature--changed-envelope": forger.framed(
            renamed, forger.payload, forger.key.sign(envelope)
        ),
        "revoked_key--withdrawn": revoked.whole,
        "not_for_us--another-recipient": forger.enveloped(
            sealed, recipient_key_ids=(recipient_id(nobody),)
        ),
        "payload--not-for-the-named": forger.enveloped(sealed),
        "payload--cut-before-signing": forger.enveloped(forger.payload[:-20]),
    }


def _inside(folder: Path) -> dict[str, bytes]:
    forger = Forger(folder)
    entries = forger.listed({})
    plain = forger.zip(entries.items())
    swapped = entries | {PEOPLE: entries[PEOPLE].replace(b"put", b"del", 1)}
    other_signature = entries | {bag.TAG_SIGNATURE: Pen(2).key.sign(entries[bag.TAG_MANIFEST])}
    pairs = list(entries.items())
    cased = [*pairs, (PEOPLE.replace("person", "Person"), entries[PEOPLE])]
    replayed = forger.zip(pairs, folder=forger.envelope.name.replace("000001", "000007"))
    last = {"seq_to": 2**52}
    runs = json.loads(entries["bundle.json"])["runs"]
    counts = json.loads(entries["bundle.json"])["counts"]
    many = counts | {"person": 2**52 - sum(counts.values()) + counts["person"]}
    facts = json.loads(entries["bundle.json"]) | last | {"counts": many, "runs": [runs[0] | last]}
    huge = forger.listed({"bundle.json": canonical(facts)})
    return {
        "inner_form--not-a-zip": forger.enveloped(_encrypt(b"x" * 100)),
        "inner_form--name-twice": _inner(forger, forger.zip([*pairs, (PEOPLE, b"other\n")])),
        "inner_form--name-in-another-case": _inner(forger, forger.zip(cased)),
        "inner_form--extra-entry": forger.bagged(forger.listed({"data/notes.txt": b"x"})),
        "inner_form--path-out-of-the-bag": forger.bagged(forger.listed({"../evil.txt": b"x"})),
        "inner_form--replayed-under-another-name": _inner(forger, replayed),
        "inner_form--zip64": _inner(forger, _zip64(plain)),
        "inner_form--comment": _inner(forger, plain[:-2] + b"\x05\x00hello"),
        "inner_form--no-inner-signature": forger.bagged(
            {name: text for name, text in entries.items() if name != bag.TAG_SIGNATURE}
        ),
        "too_big--bagit-txt": forger.bagged(forger.listed({"bagit.txt": b"x" * 201})),
        "too_big--lines-promised": forger.bagged(huge, seq_to=2**52),
        "bag_hash--changed-entry": forger.bagged(swapped),
        "bag_hash--scan-under-another-hash": forger.bagged(
            forger.listed({f"data/files/{'0' * 64}.png": b"scan"})
        ),
        "inner_signature--another-key": forger.bagged(other_signature),
        "facts--another-office": forger.with_facts(office="43"),
        "facts--no-runs": forger.with_facts(runs=[]),
        "facts--another-content-id": forger.bagged(entries, content_id="0" * 64),
        "count--a-line-is-missing": forger.bagged(
            forger.listed({PEOPLE: entries[PEOPLE].split(b"\n", 1)[1]})
        ),
        "chain--made-from-changed-data": _unchained(folder),
    }


def _lines(folder: Path) -> dict[str, bytes]:
    forger = Forger(folder)
    rows = forger.entries[PEOPLE].split(b"\n")
    group = forger.entries["data/group.ndjson"].split(b"\n")[0]
    deep = "[" * 6 + "]" * 6
    return {
        "line_too_long--a-million": forger.with_line(lambda _raw: b"x" * (MOST_BYTES + 1)),
        "line_form--not-json": forger.with_line(lambda _raw: b"x"),
        "line_form--lone-surrogate": forger.with_data('"\\ud800"'),
        "line_form--key-twice": forger.with_line(lambda raw: raw.replace(b'"v":1', b'"v":1,"v":1')),
        "line_form--blank": forger.with_line(lambda raw: raw + b" "),
        "uncanonical--float": forger.with_data("1.5"),
        "uncanonical--huge-number": forger.with_data("9007199254740992"),
        "uncanonical--too-deep": forger.with_data(deep),
        "uncanonical--name-not-ascii": forger.with_data('{"ชื่อ":1}'),
        "line_header--unknown-op": forger.with_line(
            lambda raw: raw.replace(b'"op":"put"', b'"op":"pot"')
        ),
        "line_digest--changed-body": forger.with_line(
            lambda raw: raw.replace("ทดสอบ".encode(), "แก้แล้ว".encode())
        ),
        "line_foreign--another-office": forger.with_line(
            lambda raw: raw.replace(b'"office":"42"', b'"office":"43"')
        ),
        "line_foreign--another-type": forger.with_line(lambda _raw: group),
        "line_outside--after-the-range": forger.with_line(
            lambda raw: raw.replace(b'"seq":2,', b'"seq":9,')
        ),
        "line_twice--same-line": forger.with_line(lambda _raw: rows[1]),
    }


def _receipts(folder: Path) -> dict[str, bytes]:
    """Forge receipts by the centre's own key: one that is none, one in another form."""
    forger = Forger(folder, signer=vectors.CENTRE.signing_key)
    name = forger.envelope.name[:-1] + "R"
    facts = json.loads(forger.entries["bundle.json"]) | {"kind": RECEIPT}
    entries = {"bundle.json": canonical(facts)}
    forger.envelope = replace(forger.envelope, kind=RECEIPT, name=name)
    wrong = canonical({"format": "otg-receipt", "v": 1, "office": OFFICE, "number": 2})
    return {
        "not_a_receipt--no-receipt-inside": forger.bagged(forger.listed(entries)),
        "receipt_form--another-number": forger.bagged(
            forger.listed(entries | {"data/receipt.json": wrong})
        ),
    }


def _unchained(folder: Path) -> bytes:
    pen = office_lines(Pen(1))
    line = pen.lines[2]
    pen.lines[2] = replace(line, header=replace(line.header, by="99"))
    sealed = _seal(folder, pen)
    content = sealed.path.read_bytes()
    sealed.path.unlink()
    return content


def _seal(folder: Path, pen: Pen) -> Sealed:
    return seal(
        folder,
        pen.facts(),
        vectors.rows(pen),
        signing_key=pen.key,
        recipients=vectors.TO_CENTRE,
    )


def _inner(forger: Forger, plain: bytes) -> bytes:
    return forger.enveloped(_encrypt(plain))


def _zip64(plain: bytes) -> bytes:
    """Put the 64-bit end of a directory before the plain one, as large zips have it."""
    _magic, _disk, _first, _here, count, size, at, _comment = struct.unpack("<4s4H2LH", plain[-22:])
    fixed = (b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, at)
    end64 = struct.pack("<4sQ2H2L4Q", *fixed)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(plain) - 22, 1)
    return plain[:-22] + end64 + locator + plain[-22:]


def _encrypt(plain: bytes, *recipients: str) -> bytes:
    to = [pyrage.x25519.Recipient.from_str(each) for each in recipients or vectors.TO_CENTRE]
    return bytes(pyrage.encrypt(plain, to))


def _manifest(entries: Entries, names: Iterable[str]) -> bytes:
    return "".join(f"{_sha256(entries[name])}  {name}\n" for name in sorted(names)).encode()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
