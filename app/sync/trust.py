"""Who trusts whom: a desk's request to be enrolled, and the centre's chain of signed statements.

Both are notes: one line of canonical JSON and below it the OpenSSH signature of that line.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core import schema
from app.core.i18n import _
from app.core.json_text import canonical
from app.sync import durable, sshsig
from app.sync.keys import EnrolledKey, SigningKey, Status, fingerprint, recipient_is_valid
from app.sync.refused import Refused

MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class KeyRequest:
    """What a desk asks the centre to enrol: its signing key and its office's recipient.

    `at` is the desk's clock in UTC, shown and never believed.
    """

    office: str
    replica: str
    public: bytes
    recipient: str
    at: str


@dataclass(frozen=True, slots=True)
class Trust:
    """What a desk holds of the centre after following its statements.

    `number` and `digest` are those of the last statement; `former` are keys that it has replaced,
    which still open what they signed.
    """

    number: int
    digest: str
    public: bytes
    recipients: tuple[str, ...]
    escrow: tuple[str, ...]
    former: tuple[bytes, ...] = ()

    @property
    def keys(self) -> tuple[EnrolledKey, ...]:
        """The centre's keys, the one in force first."""
        former = (EnrolledKey(public, "", Status.SUPERSEDED) for public in self.former)
        return (EnrolledKey(self.public, ""), *former)


def write_request(folder: Path, request: KeyRequest, key: SigningKey) -> Path:
    """Write the key request file of a desk, signed with the very key it asks for."""
    note = _note(
        key,
        {
            "format": "otg-key-request",
            "v": 1,
            "office": request.office,
            "replica": request.replica,
            "public_key": sshsig.public_line(request.public),
            "fingerprint": fingerprint(request.public),
            "recipient": request.recipient,
            "at": request.at,
        },
    )
    path = folder / f"OTG-{request.office}-{request.replica[:8]}-key-request.txt"
    durable.write(path, [note.encode()])
    return path


def read_request(path: Path) -> KeyRequest:
    """Read a key request. Raises Refused: "note_form", "note_signature" or "public_key".

    Whoever enrols it compares fingerprint() with the desk by another way first.
    """
    facts, line, signature = _parse(_read(path), REQUEST)
    public = sshsig.parse_public_line(facts["public_key"])
    _check_signature(signature, line, public)
    request = KeyRequest(facts["office"], facts["replica"], public, facts["recipient"], facts["at"])
    if facts["fingerprint"] != fingerprint(public):
        raise _wrong_form()
    return request


def is_request(path: Path) -> bool:
    """Tell whether a file calls itself a key request; it may still be none."""
    return '"format":"otg-key-request"' in _read(path).partition("\n")[0]


def state(
    before: Trust | None,
    *,
    signer: SigningKey,
    public: bytes,
    recipients: Iterable[str],
    escrow: Iterable[str],
) -> str:
    """Write the centre's next statement: the key and the recipients in force from now on.

    `signer` is the key in force before (for the first statement: the key itself).
    """
    return _note(
        signer,
        {
            "format": "otg-trust",
            "v": 1,
            "number": before.number + 1 if before else 1,
            "previous": before.digest if before else "",
            "public_key": sshsig.public_line(public),
            "recipients": list(recipients),
            "escrow": list(escrow),
        },
    )


def follow(trust: Trust | None, notes: Iterable[str]) -> Trust:
    """Take the centre's statements, in order, from where this desk stands; known ones are skipped.

    Without a trust the first statement is believed for its own signature alone: the person who
    applies it compares the fingerprint. Raises Refused: "trust_gap" when one is missing,
    "trust_fork" when it contradicts one already followed, "note_form", "note_signature".
    """
    for note in notes:
        trust = _follow(trust, note)
    if trust is None:
        raise Refused(_("The file holds no statement of the centre."), code="note_form")
    return trust


def write_trust(path: Path, notes: Iterable[str]) -> None:
    """Write the centre's answer: all of its statements from the first."""
    durable.write(path, [note.encode() for note in notes])


def read_trust(path: Path) -> tuple[str, ...]:
    """Return the statements of a trust file, for follow(). Raises Refused "note_form"."""
    parts = _read(path).split(_LAST_ROW)
    if parts.pop() != "":
        raise _wrong_form()
    return tuple(part + _LAST_ROW for part in parts)


_LAST_ROW = "-----END SSH SIGNATURE-----\n"


# A schema has no word for what age can seal for.
_RECIPIENT = schema.Rule(
    lambda value: None if isinstance(value, str) and recipient_is_valid(value) else ()
)
REQUEST = schema.record(
    {
        "format": schema.one_of("otg-key-request"),
        "v": schema.one_of(1),
        "office": schema.office,
        "replica": schema.hex32,
        "public_key": schema.anything,
        "fingerprint": schema.anything,
        "recipient": _RECIPIENT,
        "at": schema.second,
    }
)
STATEMENT = schema.record(
    {
        "format": schema.one_of("otg-trust"),
        "v": schema.one_of(1),
        "number": schema.number(1),
        "previous": schema.hex64_or_none,
        "public_key": schema.anything,
        "recipients": schema.many(_RECIPIENT, most=10),
        "escrow": schema.many(_RECIPIENT, most=10),
    }
)


def _follow(trust: Trust | None, note: str) -> Trust:
    facts, line, signature = _parse(note, STATEMENT)
    digest, number = hashlib.sha256(line).hexdigest(), facts["number"]
    public = sshsig.parse_public_line(facts["public_key"])
    if trust and number == trust.number and digest != trust.digest:
        raise Refused(
            _("The centre has made two statements numbered {number}. Call the centre.").format(
                number=number
            ),
            code="trust_fork",
        )
    if trust and number <= trust.number:
        return trust
    if (number, facts["previous"]) != ((trust.number + 1, trust.digest) if trust else (1, "")):
        raise Refused(
            _(
                "A statement of the centre before number {number} is missing. Ask for all of them."
            ).format(number=number),
            code="trust_gap",
        )
    _check_signature(signature, line, trust.public if trust else public)
    former = trust.former if trust else ()
    if trust and trust.public != public:
        former = (trust.public, *former)
    recipients, escrow = tuple(facts["recipients"]), tuple(facts["escrow"])
    return Trust(number, digest, public, recipients, escrow, former)


def _note(key: SigningKey, facts: Mapping[str, Any]) -> str:
    line = canonical(facts)
    return f"{line.decode()}\n{key.sign(line, sshsig.KEYS).decode()}"


def _parse(note: str, rule: schema.Rule) -> tuple[dict[str, Any], bytes, bytes]:
    line, _newline, signature = note.encode().partition(b"\n")
    try:
        return schema.read(line, rule), line, signature
    except schema.Unfit as unfit:
        raise _wrong_form() from unfit


def _read(path: Path) -> str:
    with durable.open_file(path) as file:
        raw = file.read(MOST_BYTES + 1)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _wrong_form() from error
    if len(raw) > MOST_BYTES:
        raise _wrong_form()
    return text.replace("\r\n", "\n")  # mail programs change the line ends


def _check_signature(signature: bytes, line: bytes, public: bytes) -> None:
    if not sshsig.holds(signature, line, public=public, namespace=sshsig.KEYS):
        raise Refused(
            _("The signature under the keys does not hold. Ask for the file again."),
            code="note_signature",
        )


def _wrong_form() -> Refused:
    return Refused(
        _("This is not a file of keys, or it was changed. Ask for it again."), code="note_form"
    )
