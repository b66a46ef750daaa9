"""The key slots of a desk: a password or the recovery sheet unlocks the one database key.

`keys.json` holds, for each user, the database key wrapped with AES-256-GCM under an Argon2id key
of the password (RFC 9106), and one slot more under a key of the recovery secret (HKDF-SHA256). It
names no user in clear: a slot is found by an HMAC of the user's name. models.key_file says how it
is kept.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable, Iterator
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
from app.models.office import key_file
from app.models.office.key_file import Keys

FILE, COPY = key_file.FILE, key_file.COPY
SERIAL = "key_file"  # the setting with the serial of the key file that a database knows
DAMAGED, OTHER, OLDER = "damaged", "other", "older"

Slot = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a password costs: memory in KiB and passes over it."""

    memory: int
    passes: int


STRONG = Cost(256 * 1024, 3)
_MOST = Cost(1024 * 1024, 10)  # a slot that asks for more was made to stop the computer


def create(folder: Path, secret: bytes) -> bytes:
    """Make a new database key and the recovery slot that opens it; return the key.

    `secret` is the 20 bytes printed on the recovery sheet.
    """
    key = secrets.token_bytes(32)
    nonce = secrets.token_bytes(12)
    whole = {
        "format": "tambon-keys",
        "v": 1,
        "serial": 1,
        "salt": secrets.token_hex(16),
        "recovery": {"nonce": nonce.hex(), "wrapped": _wrap(_recovery_key(secret), nonce, key)},
        "users": [],
    }
    key_file.write(folder, whole, key)
    return key


def add_user(folder: Path, key: bytes, user: str, password: str, *, cost: Cost = STRONG) -> None:
    """Let a user in by a password; replaces the slot of the same user. `key` is unwrapped.

    Raises UserError "no_keys" and "keys_changed" where no copy of the file can be built upon.
    """
    whole = _proven(folder, key)
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
    more = {"users": [*others, slot], "serial": key_file.serial(whole) + 1}
    key_file.write(folder, whole | more, key)


def unlock(
    folder: Path,
    user: str,
    password: str,
    *,
    fits: Callable[[bytes], bool] = lambda _key: True,
) -> tuple[bytes, str]:
    """Return the database key and the tag of the user whose password this is.

    Without a user every slot is tried: a command may leave the name out. Where the two copies
    differ, both are tried, and only a slot of the proven one opens; `fits` tells then whether a
    key is this database's. Raises UserError "wrong_password" for either word being wrong,
    "no_keys" and "keys_changed".
    """
    copies = key_file.whole_copies(folder)
    is_changed = False
    found: list[tuple[bytes, str]] = []
    for key, slot in _opened(copies, user, password):
        true = key_file.proven(_unsealed_with(slot, copies), key)
        is_changed |= true is None
        tag = _tag_in(true, slot) if true else None
        if tag is not None:
            found.append((key, tag))
            if len(copies) == 1 or fits(key):
                return key, tag
    if found:
        return found[0]  # the database is damaged: its opening says so
    if is_changed:
        raise key_file.changed()
    raise UserError(
        _("The user name or the password is not right. Check the keyboard's language."),
        code="wrong_password",
    )


def settle(folder: Path, key: bytes, *, known: int = 0) -> tuple[int, str]:
    """Make both copies of the key file the proven one; return its serial and what was wrong.

    `known` is the serial that the database remembers. What was wrong is "", DAMAGED (or missing),
    OTHER (older, changed or another desk's) or OLDER: both stand as before the database's last
    change of them. Raises UserError "no_keys", "keys_changed" and "keys_not_written".
    """
    each = key_file.read_each(folder)
    true = _proven(folder, key)
    is_new = "seal" not in true
    if is_new and known:
        raise key_file.changed()  # the seal was taken off, or the file was never this one
    is_older = not is_new and key_file.serial(true) < known
    wrong = _wrong_with(each.values(), true)
    if is_new or is_older:
        true = true | {"serial": known + 1}
    if is_new or is_older or wrong:
        key_file.write(folder, true, key)
    return key_file.serial(true), OLDER if is_older else wrong


def proven_bytes(folder: Path, key: bytes, *, known: int = 0) -> bytes:
    """Return the copy of the key file that is as it was written, for a backup.

    Raises UserError "no_keys" and "keys_changed".
    """
    true = _proven(folder, key)
    if "seal" not in true and known:
        raise key_file.changed()
    each = key_file.read_each(folder)
    name = next(name for name, whole in each.items() if whole == true)
    return (folder / name).read_bytes()


def tag_of(folder: Path, key: bytes, user: str) -> str:
    """Return the tag under which a user's slot is kept."""
    return _tag(_proven(folder, key), user)


def salt_of(folder: Path) -> str:
    """Return what tells the key file of one desk from another's; "" where none can be read."""
    each = key_file.read_each(folder).values()
    return next((whole["salt"] for whole in each if whole is not None), "")


def recover(folder: Path, secret: bytes) -> bytes:
    """Return the database key from the recovery sheet. Raises UserError "wrong_recovery"."""
    for whole in key_file.whole_copies(folder):
        key = _unwrap(_recovery_key(secret), whole["recovery"])
        if key is not None:
            return key
    raise UserError(_("This recovery sheet belongs to another database."), code="wrong_recovery")


def _proven(folder: Path, key: bytes) -> Keys:
    true = key_file.proven(key_file.whole_copies(folder), key)
    if true is None:
        raise key_file.changed()
    return true


def _unsealed_with(slot: Slot, copies: list[Keys]) -> list[Keys]:
    """Put the copy that holds a slot first: of two without a seal it is the one believed."""
    return sorted(copies, key=lambda whole: slot not in whole["users"])


def _opened(copies: list[Keys], user: str, password: str) -> Iterator[tuple[bytes, Slot]]:
    """Try the slots of each copy; yield the keys that they open with, and the slots."""
    for whole in copies:
        for slot in whole["users"]:
            if not user or slot.get("tag") == _tag(whole, user):
                key = _key_in(slot, password)
                if key is not None:
                    yield key, slot


def _key_in(slot: Slot, password: str) -> bytes | None:
    """Open one slot; one that no program of ours wrote opens nothing, whatever it asks for."""
    try:
        cost = Cost(slot["memory"], slot["passes"])
        if cost.memory > _MOST.memory or cost.passes > _MOST.passes:
            return None
        wrapping = _password_key(password, bytes.fromhex(slot["salt"]), cost)
    except (KeyError, TypeError, ValueError):
        return None
    return _unwrap(wrapping, slot)


def _tag_in(whole: Keys, slot: Slot) -> str | None:
    """Return the tag of a slot in the proven file; it names the owner."""
    return next(
        (
            str(each["tag"])
            for each in whole["users"]
            if all(each.get(name) == slot[name] for name in ("salt", "nonce", "wrapped"))
        ),
        None,
    )


def _wrong_with(copies: Iterable[Keys | None], true: Keys) -> str:
    if any(each is None for each in copies):
        return DAMAGED
    return OTHER if any(each != true for each in copies) else ""


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
    except (InvalidTag, KeyError, TypeError, ValueError):
        return None


def _tag(whole: dict[str, Any], user: str) -> str:
    name = thai.search_key(user).encode()
    return hmac.new(bytes.fromhex(whole["salt"]), name, hashlib.sha256).hexdigest()[:32]
