"""What lies in a desk's folder, looked at before SQLite opens it.

Whoever opens a database writes what its write-ahead log holds into it, whatever database the log
belongs to, and throws the log away where the database is empty. So a log that is not the
database's own is put aside first, and an empty database is not opened at all.

SQLCipher 4 seals each page with an HMAC-SHA512 of its content and its number, under a key derived
from the database's key and the salt in its first 16 bytes: zetetic.net/sqlcipher/design. The log's
header has a checksum of its own: sqlite.org/fileformat2.html, "WAL File Format".
"""

import hashlib
import hmac
import struct
import time
from datetime import UTC, datetime
from pathlib import Path

from app.core.errors import UserError
from app.core.i18n import N_, _

_PAGE, _RESERVED, _IV, _TAG, _SALT = 4096, 80, 16, 64, 16
_WAL_HEADER, _FRAME_HEADER = 32, 24
_TRIES, _PAUSE = 3, 0.05  # seconds: another process may be writing the log's beginning just now


def fits(path: Path, key: bytes) -> bool:
    """Tell whether a key is that of a database, by its first page alone."""
    first = _begin_of(path, _PAGE)
    return len(first) == _PAGE and _is_sealed(first, 1, key, first[:_SALT])


def has_log(path: Path) -> bool:
    """Tell whether a database was not closed, or is open elsewhere: its log holds something."""
    return bool(_begin_of(_log_of(path), 1))


def look(path: Path, key: bytes) -> str:
    """Look at a database and its log before they are opened.

    A log that is not the database's own, or whose beginning is damaged, is put aside; returns the
    sentence for the clerk then, else "". Raises UserError "database_empty", and "damaged" where
    neither can be read: nothing is touched.
    """
    if not path.stat().st_size:
        raise UserError(_(_EMPTY).format(name=path.name), code="database_empty")
    log = _log_of(path)
    for _try in range(_TRIES):
        if _is_own(log, path, key):
            return ""
        time.sleep(_PAUSE)
    if not fits(path, key):
        raise UserError(_(DAMAGED), code="damaged")
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = log.replace(log.with_name(f"damaged-{stamp}-{log.name}"))
    return _(_PUT_ASIDE).format(name=log.name, aside=aside.name)


DAMAGED = N_(
    "The database cannot be read: the key does not fit or the file is damaged. "
    "Restore the last backup."
)
_EMPTY = N_(
    "The database file {name} is empty: its content is lost from the disk. Do not make a new desk "
    "here, restore the last backup."
)
_PUT_ASIDE = N_(
    "The file {name} beside the database was damaged or belonged to another database. It was put "
    "aside as {aside}. Look whether the last entries are here."
)


def _is_own(log: Path, path: Path, key: bytes) -> bool:
    """Tell whether SQLite may read a log: it is too short to hold anything, or whole in front."""
    raw = _begin_of(log, _WAL_HEADER + _FRAME_HEADER + _PAGE)
    if len(raw) < _WAL_HEADER + _FRAME_HEADER + _PAGE:
        return True
    page = raw[-_PAGE:]
    (number,) = struct.unpack(">I", raw[_WAL_HEADER : _WAL_HEADER + 4])
    return _has_its_sum(raw) and _is_sealed(page, number, key, _begin_of(path, _SALT))


def _has_its_sum(raw: bytes) -> bool:
    magic, *_rest, first, second = struct.unpack(">8I", raw[:_WAL_HEADER])
    order = ">" if magic & 1 else "<"
    words = struct.unpack(f"{order}6I", raw[: _WAL_HEADER - 8])
    one = two = 0
    for each, other in zip(words[::2], words[1::2], strict=True):
        one = (one + each + two) & 0xFFFFFFFF
        two = (two + other + one) & 0xFFFFFFFF
    return (one, two) == (first, second)


def _is_sealed(page: bytes, number: int, key: bytes, salt: bytes) -> bool:
    end = len(page) - _RESERVED + _IV
    content = page[_SALT if number == 1 else 0 : end] + struct.pack("<I", number)
    sealing = hashlib.pbkdf2_hmac("sha512", key, bytes(each ^ 0x3A for each in salt), 2, 32)
    return hmac.compare_digest(hmac.digest(sealing, content, "sha512"), page[end : end + _TAG])


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _begin_of(path: Path, size: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError:
        return b""
