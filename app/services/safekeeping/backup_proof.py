"""Can this backup be put back? One proof for the day it is made and the day it is needed."""

import contextlib
import errno
import hashlib
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core import schema
from app.core.errors import UserError
from app.core.i18n import _
from app.models.office import backup, vault
from app.models.office import store as stores
from app.models.office.hold import Hold
from app.models.office.store import MAIN, Store
from app.services.office import desk as desks
from app.services.office import key_slots
from app.services.records import projection
from app.services.records.verify import verify
from app.sync.bundle import Step, no_step

_CHUNK = 1 << 20
_ENCRYPTED = 1  # the flag of a zip's entry

Header = dict[str, Any]


def unpack(path: Path, half: Path) -> Header:
    """Write the parts of a backup to a new folder, checking each hash; return the header.

    Raises UserError "not_a_backup", "backup_damaged" and "not_read".
    """
    half.mkdir()
    try:
        with zipfile.ZipFile(path) as archive:
            header = _header(archive)
            for name, expected in header["sha256"].items():
                if _write(archive, name, half / name) != expected:
                    raise damaged()
    except OSError as error:
        if error.errno in (errno.EINVAL, None):  # a place that is not in the file
            raise _damaged_or_other(path) from error
        raise UserError(
            _("The backup cannot be read, or there is no room for it. Check both disks."),
            code="not_read",
        ) from error
    except _BROKEN_ZIP as error:
        raise _damaged_or_other(path) from error
    return header


@contextlib.contextmanager
def opened(half: Path, key: bytes) -> Iterator[Store]:
    """Open an unpacked backup with its own key; one of an older program is upgraded first.

    Raises UserError "keys_changed" where its key file is not one that belongs to it, and TooNew.
    """
    store = stores.open_store(half, key, Hold())
    try:
        key_slots.settle(store)  # a backup has one copy of the key file, a desk has two
        desks.bring_rows_up_to_date(store)
        yield store
    finally:
        store.close()


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof found: the one thing that is broken, "" for nothing.

    `rows_anew`: the lines hold and a row did not say the same, which is named; in the unpacked
    backup the rows were computed anew, and hold now.
    """

    broken: str
    rows_anew: str = ""


def prove(store: Store, header: Header, *, step: Step = no_step) -> Proof:
    """Verify every line of an opened backup, and its rows, which can be computed from the lines."""
    verdict = verify(store, step=step)
    rows_anew = verdict.reason if verdict.rows_astray else ""
    if rows_anew:
        projection.rebuild_all(store)
        verdict = verify(store, step=step)
    if verdict.ok and verdict.lines != header.get("counts", {}).get("line"):
        return Proof(_("It does not hold as many lines as it says."))
    return Proof(verdict.reason, rows_anew)


def damaged() -> UserError:
    """Return the error for a file that is a backup, but damaged."""
    return UserError(
        _("This backup is damaged and was not put back. Choose another one."),
        code="backup_damaged",
    )


# What zipfile raises of a file in which anything may have changed, and we of its header.
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    AttributeError,
    EOFError,
    KeyError,
    NotImplementedError,
    OverflowError,
    TypeError,
    ValueError,
    struct.error,
)


def _header(archive: zipfile.ZipFile) -> Header:
    """Read the header, which lists the other entries; only those of a backup are allowed."""
    if any(
        entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & _ENCRYPTED
        for entry in archive.infolist()
    ):
        raise zipfile.BadZipFile
    with archive.open("header.json") as file:
        header: Header = schema.read_written(file.read(_CHUNK), _HEADER)
    if not _OURS.fits(header):
        raise _not_a_backup()
    return header


_HEADER = schema.record(
    {
        "format": schema.anything,
        "v": schema.number(1),
        "sha256": schema.mapping(schema.anything, schema.anything),
    },
    {"counts": schema.mapping(schema.type_name, schema.number(0))},
    others=True,
)
_OURS = schema.record(
    {
        "format": schema.one_of(backup.FORMAT),
        "v": schema.one_of(1),
        "sha256": schema.record({MAIN: schema.hex64, vault.FILE: schema.hex64}),
    },
    others=True,
)


def _write(archive: zipfile.ZipFile, name: str, target: Path) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as source, target.open("wb") as file:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


def _damaged_or_other(path: Path) -> UserError:
    """Tell a backup that went bad from a file that never was one."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        beginning = file.read(1000)
        if b"header.json" in beginning or backup.FORMAT.encode() in beginning:
            return damaged()
    return damaged() if path.name.endswith(backup.ENDING) else _not_a_backup()


def _not_a_backup() -> UserError:
    return UserError(
        _("This file is not a backup of TambonDesk. Choose a file named *.backup.zip."),
        code="not_a_backup",
    )
