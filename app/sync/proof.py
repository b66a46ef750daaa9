"""The proof in a printed form's QR code: which revision of which record, which copy, signed.

121 bytes in base45 (RFC 9285), big-endian: version 1, key id 4, record 16, rev 32, copy 2, form 2,
and an Ed25519 signature of 64 over "otg-paper-1" and the 57 bytes before it. They fit a QR code of
version 8 at level M. Nobody needs a network to check one: docs/bundle-format.md, "Paper".
"""

import struct
import uuid
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.core.i18n import _
from app.sync.keys import SigningKey
from app.sync.refused import Refused

VERSION = 1
_PREVIEW = "OTG-PREVIEW"  # a scanner that types may lose the Thai word after it
PREVIEW = f"{_PREVIEW} ตัวอย่าง"  # what the QR code of a preview says: it proves nothing
_LABEL = b"otg-paper-1"
_FACTS = struct.Struct(">B4s16s32sHH")
_TEXT_LENGTH = 182
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


@dataclass(frozen=True, slots=True)
class Proof:
    """What a printed form says it is; `key` is the first 8 hex digits of the desk's key id."""

    key: str
    record: str
    rev: str
    copy: int
    form: int
    signature: bytes

    def holds(self, public: bytes) -> bool:
        """Tell whether the desk with this public key printed it."""
        message = _LABEL + _facts(self.key, self.record, self.rev, self.copy, self.form)
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(self.signature, message)
        except InvalidSignature:
            return False
        return True


def write(key: SigningKey, *, record: str, rev: str, copy: int, form: int) -> str:
    """Sign the proof of one copy: record id, rev (64 hex), copy from 1, number of the document."""
    facts = _facts(key.key_id[:8], record, rev, copy, form)
    signature = Ed25519PrivateKey.from_private_bytes(key.seed).sign(_LABEL + facts)
    return _base45(facts + signature)


def read(text: str) -> Proof:
    """Take a scanned text apart. Raises Refused "proof_form" or "preview"; nothing is believed yet.

    The text may begin with spaces, which are letters of base45, and lose them on its way through a
    scanner or a command: its length is known, so they are put back. It never ends with one.
    """
    if text.strip().startswith(
        PREVIEW.split(maxsplit=1)[0]
    ):  # a scanner that types may lose the Thai word
        raise Refused(
            _("This is a preview, not a paper: it has no number. Print it, and scan the print."),
            code="preview",
        )
    raw = _from_base45(text.strip().rjust(_TEXT_LENGTH))
    if len(raw) != _FACTS.size + 64 or raw[0] != VERSION:
        raise _wrong_form()
    _version, key, record, rev, copy, form = _FACTS.unpack(raw[: _FACTS.size])
    return Proof(key.hex(), str(uuid.UUID(bytes=record)), rev.hex(), copy, form, raw[_FACTS.size :])


def _facts(key: str, record: str, rev: str, copy: int, form: int) -> bytes:
    return _FACTS.pack(
        VERSION, bytes.fromhex(key), uuid.UUID(record).bytes, bytes.fromhex(rev), copy, form
    )


def _base45(raw: bytes) -> str:
    letters = []
    for place in range(0, len(raw), 2):
        pair = raw[place : place + 2]
        number = int.from_bytes(pair, "big")
        for _place in range(len(pair) + 1):
            number, letter = divmod(number, 45)
            letters.append(_LETTERS[letter])
    return "".join(letters)


def _from_base45(text: str) -> bytes:
    raw = bytearray()
    try:
        for place in range(0, len(text), 3):
            letters = text[place : place + 3]
            number = sum(_LETTERS.index(c) * 45**power for power, c in enumerate(letters))
            raw += number.to_bytes(len(letters) - 1, "big")
    except (ValueError, OverflowError) as error:
        raise _wrong_form() from error
    return bytes(raw)


def _wrong_form() -> Refused:
    return Refused(
        _("This is not the code of one of our printed forms. Scan it again."), code="proof_form"
    )
