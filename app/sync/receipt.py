"""The centre's answer to bundles: what it took, what it could not, and what it wants known.

A receipt is a bundle of kind "receipt": the same envelope, signed by the centre and sealed for the
office. What it says only ever grows (acknowledged further, one more outcome), so applying receipts
twice or in any order ends the same. Format: docs/bundle-format.md, "Receipts".
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.core import schema
from app.core.i18n import _
from app.core.json_text import canonical
from app.sync import sshsig
from app.sync.bag import Files, Lines
from app.sync.envelope import RECEIPT, Facts
from app.sync.keys import EnrolledKey, SigningKey, Status
from app.sync.refused import Refused
from app.sync.seal import Sealed, seal
from app.sync.unseal import Bundle

_VERSION = 1


class Outcome(StrEnum):
    """What became of one bundle at the centre."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    HELD = "held"
    REJECTED = "rejected"
    FORK = "fork"


@dataclass(frozen=True, slots=True)
class BundleOutcome:
    """One bundle that the centre has, by its content; `name` is the file's, to show."""

    content_id: str
    name: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """How far the centre has the lines of one chain, and the rev of the last of them.

    Every line up to `through` is stored, or rejected with a reason.
    """

    replica: str
    epoch: str
    through: int
    head: str


@dataclass(frozen=True, slots=True)
class Remark:
    """One line that was rejected (for its form) or flagged (for a rule of the programme).

    `code` is for machines, `text` is the Thai sentence, `screen` is the page where it is put right.
    """

    type: str
    id: str
    rev: str
    act: str
    code: str
    text: str
    screen: str = ""


@dataclass(frozen=True, slots=True)
class Disputed:
    """A record with several heads; the lines of all its heads travel in the receipt."""

    type: str
    id: str
    heads: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the centre says to one office.

    `number` counts the receipts to this office from 1. `at` is the centre's clock in UTC to the
    second. `desk_keys` are the keys of the office's desks as the centre knows them; `statements`
    continue the centre's chain (trust.follow). `tables` are code tables by name, as plain data.
    """

    office: str
    number: int
    at: str
    bundles: tuple[BundleOutcome, ...] = ()
    acknowledged: tuple[Acknowledged, ...] = ()
    rejected: tuple[Remark, ...] = ()
    flagged: tuple[Remark, ...] = ()
    disputed: tuple[Disputed, ...] = ()
    desk_keys: tuple[EnrolledKey, ...] = ()
    statements: tuple[str, ...] = ()
    tables: Mapping[str, Any] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Return receipt.json: the same receipt has the same bytes."""
        keys = [
            {"public_key": sshsig.public_line(key.public), "status": key.status.value}
            for key in self.desk_keys
        ]
        data = {"format": "otg-receipt", "v": _VERSION, **asdict(self), "desk_keys": keys}
        return canonical(data)


@dataclass(frozen=True, slots=True)
class Centre:
    """As whom the centre writes: the origin of its own lines, and its signing key."""

    replica: str
    epoch: str
    signing_key: SigningKey


def write_receipt(  # noqa: PLR0913 (what is said, by whom, for whom; all but three by name)
    folder: Path,
    receipt: Receipt,
    lines: Lines = (),
    *,
    centre: Centre,
    recipients: tuple[str, ...],
    schemas: Mapping[str, int] | None = None,
    files: Files = (),
) -> Sealed:
    """Seal a receipt into `folder`, with the lines that the office lacks, sorted as seal() says.

    These are decisions, allotments, erasures and the other hand's versions of disputed records,
    with the scans that they name.
    Raises as seal() does.
    """
    facts = Facts(
        office=receipt.office,
        replica=centre.replica,
        epoch=centre.epoch,
        kind=RECEIPT,
        seq_from=0,
        seq_to=0,
        number=receipt.number,
        created_at=receipt.at,
        schemas=schemas or {},
    )
    return seal(
        folder,
        facts,
        lines,
        signing_key=centre.signing_key,
        recipients=recipients,
        receipt=receipt.to_bytes(),
        files=files,
    )


def read_receipt(bundle: Bundle) -> Receipt:
    """Read the receipt of an open bundle; its lines come from bundle.lines().

    Raises Refused: "not_a_receipt", "receipt_form", "public_key".
    """
    try:
        data = schema.read(bundle.receipt(), RECEIPT_RULE)
    except schema.Unfit as unfit:
        raise _wrong_form(unfit.place) from unfit
    envelope = bundle.envelope
    named = (data["office"], data["number"], data["at"])
    if named != (envelope.office, envelope.bundle_no, envelope.created_at):
        raise _wrong_form(schema.WHOLE)
    keys = (
        EnrolledKey(
            sshsig.parse_public_line(key["public_key"]), envelope.office, Status(key["status"])
        )
        for key in data["desk_keys"]
    )
    return Receipt(
        *named,
        bundles=tuple(
            BundleOutcome(found["content_id"], found["name"], Outcome(found["outcome"]))
            for found in data["bundles"]
        ),
        acknowledged=tuple(Acknowledged(**found) for found in data["acknowledged"]),
        rejected=tuple(Remark(**found) for found in data["rejected"]),
        flagged=tuple(Remark(**found) for found in data["flagged"]),
        disputed=tuple(
            Disputed(found["type"], found["id"], tuple(found["heads"]), tuple(found["fields"]))
            for found in data["disputed"]
        ),
        desk_keys=tuple(keys),
        statements=tuple(data["statements"]),
        tables=data["tables"],
    )


def _wrong_form(place: str) -> Refused:
    return Refused(
        _(
            "The receipt is not in the known form (at {place}). Update this program, or call the "
            "centre."
        ).format(place=place),
        code="receipt_form",
    )


_REMARK = schema.record(
    {
        "type": schema.type_name,
        "id": schema.record_id,
        "rev": schema.hex64,
        "act": schema.record_id,
        "code": schema.anything,
        "text": schema.anything,
        "screen": schema.anything,
    }
)
_MOST = 1_000_000
RECEIPT_RULE = schema.record(
    {
        "format": schema.one_of("otg-receipt"),
        "v": schema.one_of(_VERSION),
        "office": schema.office,
        "number": schema.number(1),
        "at": schema.second,
        "bundles": schema.many(
            schema.record(
                {
                    "content_id": schema.hex64,
                    "name": schema.anything,
                    "outcome": schema.one_of(*Outcome),
                }
            ),
            most=_MOST,
        ),
        "acknowledged": schema.many(
            schema.record(
                {
                    "replica": schema.hex32,
                    "epoch": schema.hex32,
                    "through": schema.number(0),
                    "head": schema.hex64_or_none,
                }
            ),
            most=_MOST,
        ),
        "rejected": schema.many(_REMARK, most=_MOST),
        "flagged": schema.many(_REMARK, most=_MOST),
        "disputed": schema.many(
            schema.record(
                {
                    "type": schema.type_name,
                    "id": schema.record_id,
                    "heads": schema.many(schema.hex64, most=1000),
                    "fields": schema.many(schema.anything, most=1000),
                }
            ),
            most=_MOST,
        ),
        "desk_keys": schema.many(
            schema.record({"public_key": schema.anything, "status": schema.one_of(*Status)}),
            most=1000,
        ),
        "statements": schema.many(schema.anything, most=1000),
        "tables": schema.mapping(schema.type_name, schema.something),
    }
)
