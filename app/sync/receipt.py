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

import orjson

from app.core.i18n import _
from app.core.line import canonical
from app.sync import form, sshsig
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
        return canonical(orjson.loads(orjson.dumps(data)))


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
    data = form.read(bundle.receipt(), _RECEIPT)
    envelope = bundle.envelope
    if data is None:
        raise _wrong_form()
    named = (data["office"], data["number"], data["at"])
    if named != (envelope.office, envelope.bundle_no, envelope.created_at):
        raise _wrong_form()
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


def _wrong_form() -> Refused:
    return Refused(
        _("The receipt is not in the known form. Update this program, or call the centre."),
        code="receipt_form",
    )


_REMARK = form.record(
    {
        "type": form.type_name,
        "id": form.record_id,
        "rev": form.hex64,
        "act": form.record_id,
        "code": form.anything,
        "text": form.anything,
        "screen": form.anything,
    }
)
_MOST = 1_000_000
_RECEIPT = form.record(
    {
        "format": form.one_of("otg-receipt"),
        "v": form.one_of(_VERSION),
        "office": form.office,
        "number": form.number(1),
        "at": form.second,
        "bundles": form.many(
            form.record(
                {
                    "content_id": form.hex64,
                    "name": form.anything,
                    "outcome": form.one_of(*Outcome),
                }
            ),
            most=_MOST,
        ),
        "acknowledged": form.many(
            form.record(
                {
                    "replica": form.hex32,
                    "epoch": form.hex32,
                    "through": form.number(0),
                    "head": form.hex64_or_none,
                }
            ),
            most=_MOST,
        ),
        "rejected": form.many(_REMARK, most=_MOST),
        "flagged": form.many(_REMARK, most=_MOST),
        "disputed": form.many(
            form.record(
                {
                    "type": form.type_name,
                    "id": form.record_id,
                    "heads": form.many(form.hex64, most=1000),
                    "fields": form.many(form.anything, most=1000),
                }
            ),
            most=_MOST,
        ),
        "desk_keys": form.many(
            form.record({"public_key": form.anything, "status": form.one_of(*Status)}), most=1000
        ),
        "statements": form.many(form.anything, most=1000),
        "tables": form.mapping(form.type_name, lambda _table: True),
    }
)
