"""What a bundle says of itself: outside in clear (the envelope) and inside, sealed (the facts)."""

import base64
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core import schema
from app.core.i18n import _
from app.core.json_text import canonical
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
    try:
        data = schema.load(raw)
        if _is_newer(data):
            raise too_new()
        is_first = type(data) is dict and data.get("v") == 1
        schema.checked(data, FIRST_ENVELOPE if is_first else ENVELOPE)
    except schema.Unfit as unfit:
        raise wrong("envelope", unfit.place) from unfit
    envelope = Envelope(**{**data, "recipient_key_ids": tuple(data["recipient_key_ids"])})
    if envelope.name != _facts(envelope).name:
        raise wrong("envelope", "name")
    if envelope.seq_from > envelope.seq_to:
        raise wrong("envelope", "seq_from")
    return envelope


def parse_inside(raw: bytes, envelope: Envelope) -> Inside:
    """Check bundle.json and its agreement with the envelope. Raises Refused "facts"."""
    try:
        data = schema.read(raw, INSIDE)
    except schema.Unfit as unfit:
        raise wrong("facts", unfit.place) from unfit
    for name in _SHARED:
        if data[name] != getattr(envelope, name):
            raise wrong("facts", name)
    if not data["schemas"].keys() <= data["counts"].keys():
        raise wrong("facts", "schemas")
    runs = tuple(Run(**run) for run in data["runs"])
    if not _runs_hold(runs, envelope):
        raise wrong("facts", "runs")
    if (runs or envelope.kind != RECEIPT) and (
        sum(run.seq_to - run.seq_from + 1 for run in runs) != sum(data["counts"].values())
    ):
        raise wrong("facts", "counts")
    return Inside(runs, data["schemas"], data["counts"])


def too_new() -> Refused:
    """Refuse what a newer program made; the file is kept until this one is updated."""
    return Refused(
        _("The file was made by a newer program. Update this program and read it again."),
        code="too_new",
    )


def wrong(code: str, place: str) -> Refused:
    """Refuse what a file says of itself, at the key that is wrong or `schema.WHOLE`."""
    return Refused(
        _("What the file says of itself is not in the known form (at {place}).").format(
            place=place
        ),
        code=code,
    )


def _is_newer(data: Any) -> bool:
    return (
        type(data) is dict
        and data.get("format") == "otg-bundle"
        and type(data.get("v")) is int
        and data["v"] > VERSION
    )


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


_SHARED = {
    "office": schema.office,
    "replica": schema.hex32,
    "epoch": schema.hex32,
    "kind": schema.one_of(DELTA, FULL, RECEIPT),
    "seq_from": schema.number(0),
    "seq_to": schema.number(0),
}
_FIRST_ENVELOPE = _SHARED | {
    "format": schema.one_of("otg-bundle"),
    "v": schema.one_of(1),
    "min_reader": schema.number(1),
    "name": schema.bundle_name,
    "bundle_no": schema.number(1),
    "base_ack": schema.number(0),
    "created_at": schema.second,
    "content_id": schema.hex64,
    "payload_sha256": schema.hex64,
    "payload_size": schema.number(1),
    "sender_key_id": schema.hex16,
    "recipient_key_ids": schema.many(schema.hex16, most=20),
}
_ENVELOPE = _FIRST_ENVELOPE | {"v": schema.one_of(VERSION), "diary": schema.hex64_or_none}
_RUN = {
    "replica": schema.hex32,
    "epoch": schema.hex32,
    "seq_from": schema.number(1),
    "seq_to": schema.number(1),
    "before": schema.hex64_or_none,
    "head": schema.hex64,
}
_INSIDE = _SHARED | {
    "format": schema.one_of("otg-bag"),
    "v": schema.one_of(INSIDE_VERSION),
    "runs": schema.many(schema.record(_RUN), most=MOST_RUNS),
    "schemas": schema.mapping(schema.type_name, schema.number(1)),
    "counts": schema.mapping(schema.type_name, schema.number(1)),
}

ENVELOPE, FIRST_ENVELOPE = schema.record(_ENVELOPE), schema.record(_FIRST_ENVELOPE)
INSIDE = schema.record(_INSIDE)
