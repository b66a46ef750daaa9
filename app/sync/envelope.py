"""What a bundle says of itself: outside in clear (the envelope) and inside, sealed (the facts)."""

import base64
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.i18n import _
from app.core.line import canonical
from app.sync import form
from app.sync.refused import Refused

VERSION = 2  # of the envelope; 1 had no `diary`, and the centre's lines might hold null
INSIDE_VERSION = 1
DELTA, FULL, RECEIPT = "delta", "full", "receipt"
MOST_RUNS = 20_000

_LETTER = {DELTA: "D", FULL: "F", RECEIPT: "R"}


@dataclass(frozen=True, slots=True)
class Run:
    """Lines of one replica and epoch that follow one another without a gap.

    `before` is the rev of the line before the first, "" when `seq_from` is 1; `head` is the rev
    of the last.
    """

    replica: str
    epoch: str
    seq_from: int
    seq_to: int
    before: str
    head: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a bundle holds, and the number under which it leaves.

    `seq_from` and `seq_to` are the sender's own range, 0 when it has none. `runs` are all the
    lines of a delta or a full bundle; a receipt's lines are an extract and need no runs. `schemas`
    gives the version of each type, but for types that the sender only passes on. `number` counts
    the sender's bundles from 1, `base_ack` is the highest seq the centre had acknowledged,
    `created_at` is UTC to the second, `diary` the last digest of the desk's audit diary, "" for the
    centre; these four stay out of the sealed part, so that the same range has the same content.
    """

    office: str
    replica: str
    epoch: str
    kind: str
    seq_from: int
    seq_to: int
    number: int
    created_at: str
    runs: tuple[Run, ...] = ()
    schemas: Mapping[str, int] = field(default_factory=dict)
    base_ack: int = 0
    diary: str = ""

    @property
    def name(self) -> str:
        """The name of the bundle's file without its ending, ASCII: OTG-42-ABCD-000123-D."""
        code = short_code(self.replica)
        return f"OTG-{self.office}-{code}-{self.number:06d}-{_LETTER[self.kind]}"

    def as_data(self, counts: Mapping[str, int]) -> dict[str, Any]:
        """Return bundle.json: nothing of it changes when the same range is sealed again."""
        return {
            "format": "otg-bag",
            "v": INSIDE_VERSION,
            **{name: getattr(self, name) for name in _SHARED},
            "runs": [{name: getattr(run, name) for name in _RUN} for run in self.runs],
            "schemas": {type: self.schemas[type] for type in counts if type in self.schemas},
            "counts": dict(counts),
        }


@dataclass(frozen=True, slots=True)
class Envelope:
    """The signed outside of a bundle; holds no personal data and is not encrypted."""

    format: str
    v: int
    min_reader: int
    name: str
    bundle_no: int
    office: str
    replica: str
    epoch: str
    kind: str
    seq_from: int
    seq_to: int
    base_ack: int
    created_at: str
    content_id: str
    payload_sha256: str
    payload_size: int
    sender_key_id: str
    recipient_key_ids: tuple[str, ...]
    diary: str = ""

    def to_bytes(self) -> bytes:
        """Return the exact bytes of envelope.json, of VERSION; the signature is over them."""
        data = {name: getattr(self, name) for name in _ENVELOPE}
        return canonical(data | {"recipient_key_ids": list(self.recipient_key_ids)})


@dataclass(frozen=True, slots=True)
class Inside:
    """bundle.json as it was read: the sealed facts and the count of lines of each type."""

    runs: tuple[Run, ...]
    schemas: Mapping[str, int]
    counts: Mapping[str, int]


def short_code(replica: str) -> str:
    """Name a replica by four letters that can be read over the phone."""
    return base64.b32encode(bytes.fromhex(replica[:6])).decode()[:4]


def parse_envelope(raw: bytes) -> Envelope:
    """Check the form of envelope.json. Raises Refused "too_new" or "envelope"."""
    newer = form.read(raw, lambda data: data.get("format") == "otg-bundle" and _is_newer(data))
    if newer:
        raise too_new()
    data = form.read(raw, form.record(_ENVELOPE)) or form.read(raw, form.record(_FIRST_ENVELOPE))
    if data is None:
        raise _wrong("envelope")
    envelope = Envelope(**{**data, "recipient_key_ids": tuple(data["recipient_key_ids"])})
    if envelope.name != _facts(envelope).name or envelope.seq_from > envelope.seq_to:
        raise _wrong("envelope")
    return envelope


def parse_inside(raw: bytes, envelope: Envelope) -> Inside:
    """Check bundle.json and its agreement with the envelope. Raises Refused "facts"."""
    data = form.read(raw, form.record(_INSIDE))
    if (
        data is None
        or any(data[name] != getattr(envelope, name) for name in _SHARED)
        or not data["schemas"].keys() <= data["counts"].keys()
    ):
        raise _wrong("facts")
    runs = tuple(Run(**run) for run in data["runs"])
    if not _runs_hold(runs, envelope) or (
        (runs or envelope.kind != RECEIPT)
        and sum(run.seq_to - run.seq_from + 1 for run in runs) != sum(data["counts"].values())
    ):
        raise _wrong("facts")
    return Inside(runs, data["schemas"], data["counts"])


def too_new() -> Refused:
    """Refuse what a newer program made; the file is kept until this one is updated."""
    return Refused(
        _("The file was made by a newer program. Update this program and read it again."),
        code="too_new",
    )


def _is_newer(data: Mapping[str, Any]) -> bool:
    return type(data.get("v")) is int and data["v"] > VERSION


def _facts(envelope: Envelope) -> Facts:
    shared = {name: getattr(envelope, name) for name in _SHARED}
    return Facts(**shared, number=envelope.bundle_no, created_at=envelope.created_at)


def _runs_hold(runs: tuple[Run, ...], envelope: Envelope) -> bool:
    """Tell whether the runs are sorted and apart, and a delta's is the range it names."""
    places = [(run.replica, run.epoch, run.seq_from, run.seq_to) for run in runs]
    apart = all(
        earlier[:2] < later[:2] or (earlier[:2] == later[:2] and earlier[3] < later[2])
        for earlier, later in itertools.pairwise(places)
    )
    own = (envelope.replica, envelope.epoch, envelope.seq_from, envelope.seq_to)
    return (
        apart
        and all(run.seq_from <= run.seq_to for run in runs)
        and all((run.before == "") == (run.seq_from == 1) for run in runs)
        and (envelope.kind != DELTA or places == [own])
    )


def _wrong(code: str) -> Refused:
    return Refused(_("What the file says of itself is not in the known form."), code=code)


_SHARED = {
    "office": form.office,
    "replica": form.hex32,
    "epoch": form.hex32,
    "kind": form.one_of(DELTA, FULL, RECEIPT),
    "seq_from": form.number(0),
    "seq_to": form.number(0),
}
_FIRST_ENVELOPE = _SHARED | {
    "format": form.one_of("otg-bundle"),
    "v": form.one_of(1),
    "min_reader": form.number(1),
    "name": form.bundle_name,
    "bundle_no": form.number(1),
    "base_ack": form.number(0),
    "created_at": form.second,
    "content_id": form.hex64,
    "payload_sha256": form.hex64,
    "payload_size": form.number(1),
    "sender_key_id": form.hex16,
    "recipient_key_ids": form.many(form.hex16, most=20),
}
_ENVELOPE = _FIRST_ENVELOPE | {"v": form.one_of(VERSION), "diary": form.hex64_or_none}
_RUN = {
    "replica": form.hex32,
    "epoch": form.hex32,
    "seq_from": form.number(1),
    "seq_to": form.number(1),
    "before": form.hex64_or_none,
    "head": form.hex64,
}
_INSIDE = _SHARED | {
    "format": form.one_of("otg-bag"),
    "v": form.one_of(INSIDE_VERSION),
    "runs": form.many(form.record(_RUN), most=MOST_RUNS),
    "schemas": form.mapping(form.type_name, form.number(1)),
    "counts": form.mapping(form.type_name, form.number(1)),
}
