"""The key slots of a desk: a password or the recovery sheet unlocks the one database key.

`keys.json` holds, for each user, the database key wrapped with AES-256-GCM under an Argon2id key
of the password (RFC 9106), and one slot more under a key of the recovery secret (HKDF-SHA256). It
names no user in clear: a slot is found by an HMAC of the user's name. It is kept twice.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.core import thai
from app.core.errors import UserError
from app.core.i18n import _

FILE, COPY = "keys.json", "keys.copy.json"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a password costs: memory in KiB and passes over it."""

    memory: int
    passes: int


STRONG = Cost(256 * 1024, 3)


def create(folder: Path, secret: bytes) -> bytes:
    """Make a new database key and the recovery slot that opens it; give the key.

    `secret` is the 20 bytes printed on the recovery sheet.
    """
    key = secrets.token_bytes(32)
    nonce = secrets.token_bytes(12)
    _write(
        folder,
        {
            "format": "tambon-keys",
            "v": 1,
            "salt": secrets.token_hex(16),
            "recovery": {"nonce": nonce.hex(), "wrapped": _wrap(_recovery_key(secret), nonce, key)},
            "users": [],
        },
    )
    return key


def add_user(folder: Path, key: bytes, user: str, password: str, *, cost: Cost = STRONG) -> None:
    """Let a user in by a password; replaces the slot of the same user. `key` is unwrapped."""
    whole = _read(folder)
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    slot = {
        "tag": _tag(whole, user),
        "salt": salt.hex(),
        "memory": cost.memory,
        "passes": cost.passes,
        "nonce": nonce.hex(),
        "wrapped": _wrap(_password_key(password, salt, cost), nonce, key),
    }
    others = [other for other in whole["users"] if other["tag"] != slot["tag"]]
    _write(folder, whole | {"users": [*others, slot]})


def unlock(folder: Path, user: str, password: str) -> tuple[bytes, str]:
    """Give the database key and the tag of the user whose password this is.

    Without a user every slot is tried: a command may leave the name out. Raises UserError
    "wrong_password" for either word being wrong.
    """
    whole = _read(folder)
    for slot in whole["users"]:
        if not user or hmac.compare_digest(slot["tag"], _tag(whole, user)):
            cost = Cost(slot["memory"], slot["passes"])
            wrapping = _password_key(password, bytes.fromhex(slot["salt"]), cost)
            key = _unwrap(wrapping, slot)
            if key:
                return key, slot["tag"]
    raise UserError(
        _("The user name or the password is not right. Check the keyboard's language."),
        code="wrong_password",
    )


def tag_of(folder: Path, user: str) -> str:
    """Give the tag under which a user's slot is kept."""
    return _tag(_read(folder), user)


def recover(folder: Path, secret: bytes) -> bytes:
    """Give the database key from the recovery sheet. Raises UserError "wrong_recovery"."""
    key = _unwrap(_recovery_key(secret), _read(folder)["recovery"])
    if key is None:
        raise UserError(
            _("This recovery sheet belongs to another database."), code="wrong_recovery"
        )
    return key


def _password_key(password: str, salt: bytes, cost: Cost) -> bytes:
    derive = Argon2id(
        salt=salt, length=32, iterations=cost.passes, lanes=1, memory_cost=cost.memory
    )
    return derive.derive(thai.normalise(password).encode())


def _recovery_key(secret: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"tambon-desk database key").derive(secret)


def _wrap(wrapping: bytes, nonce: bytes, key: bytes) -> str:
    return base64.b64encode(AESGCM(wrapping).encrypt(nonce, key, None)).decode()


def _unwrap(wrapping: bytes, slot: dict[str, Any]) -> bytes | None:
    try:
        return AESGCM(wrapping).decrypt(
            bytes.fromhex(slot["nonce"]), base64.b64decode(slot["wrapped"]), None
        )
    except InvalidTag:
        return None


def _tag(whole: dict[str, Any], user: str) -> str:
    name = thai.search_key(user).encode()
    return hmac.new(bytes.fromhex(whole["salt"]), name, hashlib.sha256).hexdigest()[:32]


def _read(folder: Path) -> dict[str, Any]:
    """Give the first of the two copies that is as it was written."""
    for name in (FILE, COPY):
        try:
            whole = json.loads((folder / name).read_bytes())
        except (OSError, ValueError):
            continue
        if isinstance(whole, dict) and whole.pop("sha256", "") == _digest(whole):
            return whole
    raise UserError(
        _("The key file of this database is missing or damaged. Restore it from a backup."),
        code="no_keys",
    )


def _write(folder: Path, whole: dict[str, Any]) -> None:
    """Write both copies, each whole or not at all. Raises UserError "keys_not_written"."""
    raw = json.dumps(whole | {"sha256": _digest(whole)}, indent=1).encode()
    try:
        for name in (FILE, COPY):
            part = folder / f"{name}.part"
            with part.open("wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            part.replace(folder / name)
    except OSError as error:
        raise UserError(
            _("The key file cannot be written. Check that the disk has room and may be written."),
            code="keys_not_written",
        ) from error


def _digest(whole: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()
