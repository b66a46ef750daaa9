"""Files for a USB stick: written under a temporary name, read back, and only then given theirs."""

import contextlib
import errno
import hashlib
import io
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from app.core.errors import UserError
from app.core.i18n import _

CHUNK = 1 << 20
TEMPORARY = ".part"

# makes the reading back come from the drive and not from memory, where the system can
_forget = getattr(os, "posix_fadvise", lambda *_: None)
_DONT_NEED = getattr(os, "POSIX_FADV_DONTNEED", 0)


def write(path: Path, chunks: Iterable[bytes]) -> str:
    """Write a file so that it is there whole or not at all; return the SHA-256 of its bytes.

    The file is read back and hashed before it gets its name: on a FAT drive a rename is not
    durable, what was read back is. Raises UserError ("disk_full", "not_written"); whatever is
    raised, by the chunks too, nothing is left in the folder.
    """
    temporary = path.with_name(path.name + TEMPORARY)
    try:
        try:
            temporary.unlink(missing_ok=True)
            with temporary.open("xb") as file:  # never through a link that lies in wait
                written = _write(file, chunks)
            if _hash(temporary) != written:
                raise OSError(errno.EIO, "the drive did not keep what was written")
            temporary.replace(path)
            _sync_folder(path.parent)
        except OSError as error:
            raise _sentence(error, path) from error
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    return written


def open_file(path: Path) -> io.BufferedReader:
    """Open a file to be read. Raises UserError "not_read", and so does each read of a bad drive.

    A folder, a pipe or a device is refused, too: reading one could wait or go on for ever.
    """
    try:
        file = _Drive(path, opener=_open_without_waiting)
    except OSError as error:
        raise _not_read(path) from error
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise UserError(
            _("{name} is not a file that can be read. Choose the file itself.").format(
                name=path.name
            ),
            code="not_read",
        )
    return io.BufferedReader(file)


def no_room() -> UserError:
    """Say that this computer has no room for the temporary file of a job."""
    return UserError(
        _("This computer has no room for the job. Free some space and try again."),
        code="disk_full",
    )


class _Drive(io.FileIO):
    """A file on a drive that can be pulled out."""

    def readinto(self, buffer: Any, /) -> int | None:
        """Read as FileIO does. Raises UserError "not_read"."""
        try:
            return super().readinto(buffer)
        except OSError as error:
            raise _not_read(Path(os.fsdecode(self.name))) from error


def _open_without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _write(file: BinaryIO, chunks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
        file.write(chunk)
    file.flush()
    os.fsync(file.fileno())
    _forget(file.fileno(), 0, 0, _DONT_NEED)
    return digest.hexdigest()


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # Windows opens no folder, some drives sync none
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _not_read(path: Path) -> UserError:
    return UserError(
        _("{name} could not be opened. Check the drive and try again.").format(name=path.name),
        code="not_read",
    )


def _sentence(error: OSError, path: Path) -> UserError:
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
        return UserError(
            _("The drive of {folder} is full. Free some space and try again.").format(
                folder=path.parent
            ),
            code="disk_full",
        )
    return UserError(
        _("{name} could not be written to {folder}. Check the drive and try again.").format(
            name=path.name, folder=path.parent
        ),
        code="not_written",
    )
