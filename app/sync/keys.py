"""The keys of a desk and of its office: signing, decrypting, and the recovery sheet's text."""

import base64
import hashlib
import itertools
import secrets
from dataclasses import dataclass, field
from enum import StrEnum

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.core.errors import Invalid
from app.core.i18n import _
from app.sync import sshsig

SECRET_BYTES = 20


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The Ed25519 key with which one desk signs; never shown, never sent."""

    seed: bytes = field(repr=False)

    @property
    def public(self) -> bytes:
        """The 32 bytes that others check signatures with."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        """The short name of the key: see key_id()."""
        return key_id(self.public)

    def sign(self, message: bytes, namespace: str = sshsig.BUNDLE) -> bytes:
        """Sign as `ssh-keygen -Y sign` does; the same message gives the same signature."""
        return sshsig.sign(self.seed, message, namespace)


class Status(StrEnum):
    """Where a desk's key is in its life; a superseded key still opens what it signed."""

    ACTIVE = "active"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class EnrolledKey:
    """A public key that somebody vouched for, and what it may speak for.

    `office` is the code of the only office whose bundles it may sign; "" is the centre's own key.
    """

    public: bytes
    office: str
    status: Status = Status.ACTIVE

    @property
    def key_id(self) -> str:
        """The short name of the key: see key_id()."""
        return key_id(self.public)


def new_signing_key() -> SigningKey:
    """Make a desk's key; a clone or a restored desk makes a new one."""
    return SigningKey(secrets.token_bytes(32))


def fingerprint(public: bytes) -> str:
    """Return "SHA256:...", what `ssh-keygen -l` shows and two people compare over the phone."""
    digest = hashlib.sha256(sshsig.wire_key(public)).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


def key_id(public: bytes) -> str:
    """Name a public key by the first 16 hex digits of its fingerprint's SHA-256."""
    return hashlib.sha256(sshsig.wire_key(public)).hexdigest()[:16]


def new_secret() -> bytes:
    """Make the office's recovery secret: 20 random bytes, printed once on the recovery sheet."""
    return secrets.token_bytes(SECRET_BYTES)


def office_identity(secret: bytes) -> str:
    """Derive the office's age identity ("AGE-SECRET-KEY-1...") from its recovery secret.

    HKDF-SHA256 without salt, under a label of its own: the database key derives under another.
    """
    raw = HKDF(SHA256(), 32, salt=None, info=b"otg office age identity 1").derive(secret)
    return _bech32("age-secret-key-", raw).upper()


def recipient_of(identity: str) -> str:
    """Return the recipient ("age1...") to which a bundle is sealed for an age identity."""
    return str(pyrage.x25519.Identity.from_str(identity).to_public())


def recipient_is_valid(recipient: str) -> bool:
    """Tell whether a text names somebody to whom age can encrypt.

    It reads a point of low order as a recipient and then dies of it.
    """
    try:
        pyrage.x25519.Recipient.from_str(recipient)
        point = X25519PublicKey.from_public_bytes(_unbech32(recipient))
        X25519PrivateKey.generate().exchange(point)
    except (pyrage.RecipientError, ValueError):
        return False
    return True


def recipient_id(recipient: str) -> str:
    """Name a recipient in an envelope by the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(recipient.encode()).hexdigest()[:16]


def recovery_text(secret: bytes) -> str:
    """Write the recovery secret to be typed from paper: 8 groups of 4 letters and a check letter.

    The alphabet is RFC 4648's base32. The check is linear over GF(32) with a weight for each
    place and for the group's number, so one wrong letter, two exchanged letters and two exchanged
    groups are always found.
    """
    text = base64.b32encode(secret).decode()
    groups = [text[start : start + 4] for start in range(0, len(text), 4)]
    return "-".join(group + _check_letter(group, place) for place, group in enumerate(groups))


def parse_recovery(text: str) -> bytes:
    """Read what was typed from a recovery sheet, in either case and any grouping.

    0, 1 and 8, which the sheet never has, are read as O, I or L, and B where the check letter then
    holds. Raises Invalid: "recovery_length", or "recovery_group" naming the group.
    """
    typed = "".join(letter for letter in text.upper() if letter.isalnum())
    if len(typed) != _GROUPS * 5:
        raise Invalid(
            _("The recovery text has {need} letters; {count} were typed.").format(
                need=_GROUPS * 5, count=len(typed)
            ),
            code="recovery_length",
        )
    groups = [typed[start : start + 5] for start in range(0, len(typed), 5)]
    return base64.b32decode("".join(_read_group(group, i) for i, group in enumerate(groups)))


_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GROUPS = 8
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_MISREAD = {"0": "O", "1": "IL", "8": "B"}


def _read_group(typed: str, place: int) -> str:
    readings = {
        "".join(letters)
        for letters in itertools.product(*(_MISREAD.get(letter, letter) for letter in typed))
    }
    right = [
        group[:4]
        for group in readings
        if set(group) <= set(_LETTERS) and _check_letter(group[:4], place) == group[4]
    ]
    if len(right) != 1:
        raise Invalid(
            _(
                "Group {number} of the recovery text ({typed}) is mistyped. "
                "Compare it with the sheet."
            ).format(number=place + 1, typed=typed),
            code="recovery_group",
        )
    return right[0]


def _check_letter(group: str, place: int) -> str:
    total = _times(_WEIGHTS[4], place)
    for weight, letter in zip(_WEIGHTS, group, strict=False):
        total ^= _times(weight, _LETTERS.index(letter))
    return _LETTERS[total]


_WEIGHTS = (2, 4, 8, 16, 5)  # powers of x in GF(32), all different and none 1, the check's own


def _times(left: int, right: int) -> int:
    """Multiply in GF(32), the remainders modulo x^5 + x^2 + 1."""
    product = 0
    for bit in range(5):
        if right >> bit & 1:
            product ^= left << bit
    for bit in range(8, 4, -1):
        if product >> bit & 1:
            product ^= 0b100101 << (bit - 5)
    return product


def _unbech32(text: str) -> bytes:
    """Return the 32 bytes of a key that age has read: its letters without prefix and checksum."""
    bits = 0
    for letter in text.lower().rpartition("1")[2][:-6]:
        bits = bits << 5 | _BECH32.index(letter)
    return (bits >> 4).to_bytes(32, "big")


def _bech32(prefix: str, data: bytes) -> str:
    """Write bytes in bech32 (BIP 173), the form of age's keys."""
    bits = int.from_bytes(data, "big") << (-len(data) * 8 % 5)
    count = -(-len(data) * 8 // 5)
    values = [bits >> 5 * place & 31 for place in reversed(range(count))]
    spread = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = _bech32_polymod([*spread, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [check >> 5 * place & 31 for place in reversed(range(6))]
    return prefix + "1" + "".join(_BECH32[value] for value in values)


def _bech32_polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(
            (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
        ):
            if top >> bit & 1:
                check ^= generator
    return check
