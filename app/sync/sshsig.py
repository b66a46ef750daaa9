"""OpenSSH signatures (SSHSIG) with Ed25519, so that `ssh-keygen -Y verify` can check our files.

Format: OpenSSH's PROTOCOL.sshsig; the key and signature blobs are RFC 8709's.
"""

import base64
import hashlib
import struct

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.core.i18n import _
from app.sync.refused import Refused

BUNDLE = "otg-bundle-1"
KEYS = "otg-keys-1"

_ALGORITHM = b"ssh-ed25519"
_HASHES = {b"sha512": hashlib.sha512, b"sha256": hashlib.sha256}
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_MAGIC = b"SSHSIG"
_WIDTH = 70


def public_line(public: bytes, comment: str = "") -> str:
    """Write a 32-byte public key as OpenSSH does: "ssh-ed25519 AAAA... comment"."""
    blob = base64.b64encode(wire_key(public)).decode()
    return f"{_ALGORITHM.decode()} {blob} {comment}".strip()


def parse_public_line(text: str) -> bytes:
    """Read the 32 bytes of an Ed25519 key from an OpenSSH line. Raises Refused "public_key"."""
    parts = text.split()
    try:
        blob = base64.b64decode(parts[1], validate=True)
    except (IndexError, ValueError):
        blob = b""
    if len(blob) != len(wire_key(bytes(32))) or blob != wire_key(blob[-32:]):
        raise Refused(_("This is not the public key of a desk."), code="public_key")
    return blob[-32:]


def wire_key(public: bytes) -> bytes:
    """Return the public key as SSH sends it; its SHA-256 is what `ssh-keygen -l` shows."""
    return _string(_ALGORITHM) + _string(public)


def sign(seed: bytes, message: bytes, namespace: str) -> bytes:
    """Sign with a 32-byte Ed25519 seed; the armoured text is that of `ssh-keygen -Y sign`."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    raw = key.sign(_signed(message, namespace.encode(), b"sha512"))
    blob = (
        _MAGIC
        + struct.pack(">I", 1)
        + _string(wire_key(key.public_key().public_bytes_raw()))
        + _string(namespace.encode())
        + _string(b"")
        + _string(b"sha512")
        + _string(_string(_ALGORITHM) + _string(raw))
    )
    text = base64.b64encode(blob).decode()
    rows = [text[start : start + _WIDTH] for start in range(0, len(text), _WIDTH)]
    return "\n".join([_BEGIN, *rows, _END, ""]).encode()


def holds(signature: bytes, message: bytes, *, public: bytes, namespace: str) -> bool:
    """Tell whether an armoured signature is this key's, over this message, for this use.

    Anything that is not such a signature is False, never an error.
    """
    try:
        algorithm, raw = _parse(signature, wire_key(public), namespace.encode())
        Ed25519PublicKey.from_public_bytes(public).verify(
            raw, _signed(message, namespace.encode(), algorithm)
        )
    except (ValueError, InvalidSignature):
        return False
    return True


def _parse(signature: bytes, key: bytes, namespace: bytes) -> tuple[bytes, bytes]:
    """Return the hash's name and the 64 bytes of the signature; ValueError for another form."""
    rows = signature.decode("ascii").split()
    if rows[:3] != _BEGIN.split() or rows[-3:] != _END.split():
        raise ValueError("no armour")
    text = "".join(rows[3:-3])
    blob = base64.b64decode(text, validate=True)
    if base64.b64encode(blob).decode() != text:
        raise ValueError("another text of the same signature")
    head = _MAGIC + struct.pack(">I", 1) + _string(key) + _string(namespace) + _string(b"")
    for algorithm in _HASHES:
        begin = head + _string(algorithm)
        raw = blob[-64:]
        if blob == begin + _string(_string(_ALGORITHM) + _string(raw)):
            return algorithm, raw
    raise ValueError("another key, use or form")


def _signed(message: bytes, namespace: bytes, algorithm: bytes) -> bytes:
    digest = _HASHES[algorithm](message).digest()
    return _MAGIC + _string(namespace) + _string(b"") + _string(algorithm) + _string(digest)


def _string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data
