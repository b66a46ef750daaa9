"""The key file on the disk: kept twice, and sealed under the database's own key.

Before a password has given that key, a digest tells a whole copy from a damaged one. From then on
the seal decides, an HMAC-SHA256 over all the file says: only who has the key can have written it.
The serial counts the writings, so that of two sealed copies the newer one is known.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.core import schema
from app.core.errors import UserError
from app.core.i18n import _

FILE, COPY = "keys.json", "keys.copy.json"

Keys = dict[str, Any]


def read_each(folder: Path) -> dict[str, Keys | None]:
    """Return both copies by name: None where one is missing or not as it was written."""
    return {name: _read(folder / name) for name in (FILE, COPY)}


def whole_copies(folder: Path) -> list[Keys]:
    """List the copies that are whole, each once.

    Raises UserError "no_keys" where none is, and "keys_not_read" where one is there and this user
    may not read it, or the disk does not answer: nobody knows then that it is damaged.
    """
    found: list[Keys] = []
    for whole in read_each(folder).values():
        if whole is not None and whole not in found:
            found.append(whole)
    if not found:
        _refuse_unread(folder)
        raise UserError(
            _("The key file of this database is missing or damaged. Restore it from a backup."),
            code="no_keys",
        )
    return found


def _refuse_unread(folder: Path) -> None:
    for name in (FILE, COPY):
        try:
            (folder / name).read_bytes()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise UserError(
                _(
                    "The key file {name} is there, but cannot be read: its rights do not let this "
                    "user, or the disk does not answer. Ask whoever looks after this computer. Do "
                    "not restore a backup for that."
                ).format(name=name),
                code="keys_not_read",
            ) from error


def proven(copies: Iterable[Keys | None], key: bytes) -> Keys | None:
    """Return the newest copy that is sealed under the database's key.

    Where none is, a copy of the first release has no seal yet and is given; None where every
    copy was changed, or is another desk's.
    """
    whole = [each for each in copies if each is not None]
    sealed = [each for each in whole if _holds(each, key)]
    if sealed:
        return max(sealed, key=serial)
    return next((each for each in whole if "seal" not in each), None)


def serial(whole: Keys) -> int:
    """Return how often the file was written under a seal: 0 for one of the first release."""
    found = whole.get("serial", 0)
    return found if type(found) is int else 0


def write(folder: Path, whole: Keys, key: bytes) -> None:
    """Seal the file and write both copies, each whole or not at all.

    Raises UserError "keys_not_written".
    """
    sealed = whole | {"seal": _seal(whole, key)}
    raw = json.dumps(sealed | {"sha256": _digest(sealed)}, indent=1).encode()
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


def changed() -> UserError:
    """Say that no copy is one this program wrote for this database."""
    return UserError(
        _(
            "The key file of this database was changed, and not by this program: nobody can sign "
            "in with it. Tell the head of the office, and restore the last backup."
        ),
        code="keys_changed",
    )


def _read(path: Path) -> Keys | None:
    try:
        whole: Keys = schema.read_file(path, _RULE, most=_MOST_BYTES)
    except (OSError, schema.Unfit):
        return None
    return whole if whole.pop("sha256") == _digest(whole) else None


# That there are slots to try: whoever can write the file can write a right digest. What a slot
# holds is asked where it is opened, and of a newer program's file there may be more.
_MOST_BYTES = 1_000_000
_SLOT = schema.record({}, others=True)
_RULE = schema.record(
    {
        "salt": schema.text("(?:[0-9a-f]{2})+"),
        "recovery": _SLOT,
        "users": schema.many(_SLOT, most=1000),
        "sha256": schema.hex64,
    },
    others=True,
)


def _holds(whole: Keys, key: bytes) -> bool:
    given = whole.get("seal")
    return isinstance(given, str) and hmac.compare_digest(
        given.encode(), _seal(whole, key).encode()
    )


def _seal(whole: Keys, key: bytes) -> str:
    derive = HKDF(SHA256(), 32, salt=None, info=b"tambon-desk key file")
    inside = {name: value for name, value in whole.items() if name != "seal"}
    return hmac.new(derive.derive(key), _canonical(inside), hashlib.sha256).hexdigest()


def _digest(whole: Keys) -> str:
    return hashlib.sha256(_canonical(whole)).hexdigest()


def _canonical(whole: Keys) -> bytes:
    """Return the one form that is hashed: keys in order, everything beyond ASCII escaped."""
    return json.dumps(whole, sort_keys=True).encode()
