"""Paths that a person names: the kind each must have, who makes it, the sentence for a bad path."""

import errno
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.errors import UserError
from app.core.i18n import N_, _
from app.core.paths import default_data


def file_to_read(path: Path) -> None:
    """Raise UserError with the path where it is not a file that can be read."""
    _refuse_what_is_not(path, stat.S_ISREG, _NO_FILE)
    _try_to_read(path)


def in_words(path: Path) -> str:
    """Write the name of a file so that it can be printed and stored, whatever bytes it has.

    A stick from an old computer has names that are no UTF-8: such a byte is shown as \\udcff.
    """
    return path.name.encode(errors="backslashreplace").decode()


def file_or_folder(path: Path) -> None:
    """Raise UserError with the path where it is neither a file nor a folder that can be read."""
    if not _is(path, stat.S_ISDIR):
        file_to_read(path)


def folder_there(path: Path) -> None:
    """Raise UserError with the path where no folder is there."""
    _refuse_what_is_not(path, stat.S_ISDIR, _NO_FOLDER)


def folder_to_fill(path: Path) -> None:
    """Raise UserError with the path where no folder is there into which a file can be written."""
    folder_there(path)
    _try_to_write(path, path)


def folder_to_write(path: Path) -> None:
    """Raise UserError with the path where no file can be written into it; it may be made."""
    if _mode(path) is None:
        _try_to_write(path.parent, path)
        return
    folder_to_fill(path)


def file_to_write(path: Path) -> None:
    """Raise UserError with the path where no file of this name can be written."""
    if _mode(path) is not None:
        _refuse_what_is_not(path, stat.S_ISREG, _NO_FILE)
    _try_to_write(path.parent, path)


def folder_of_a_desk(path: Path) -> None:
    """Raise UserError with the path where a desk's folder can neither be nor be made."""
    if path == default_data():
        return
    if _mode(path) is None:
        make_parent(path)
    else:
        folder_there(path)


def is_there(path: Path) -> bool:
    """Tell whether anything lies at a path. Raises UserError where nothing ever can."""
    return _mode(path) is not None


def make_folder(folder: Path) -> None:
    """Make a folder that was named; its parent never, the profile's default folder excepted.

    A stick that was pulled out must not become a folder of the disk behind it. Raises UserError
    with the path.
    """
    make_parent(folder)
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError as error:
        raise _refusal(_NO_FOLDER, folder) from error
    except OSError as error:
        raise _said(error, folder) from error


def make_parent(folder: Path) -> None:
    """Make sure that something can lie where it was named; makes what make_folder may make.

    Raises UserError "no_folder" with the path.
    """
    try:
        if folder == default_data():
            folder.parent.mkdir(parents=True, exist_ok=True)
        is_there = folder.parent.is_dir()
    except (OSError, ValueError):
        is_there = False
    if not is_there:
        raise UserError(
            _(
                "The folder {parent} is not there, so {folder} cannot be made. Check the drive, or "
                "make that folder first."
            ).format(parent=shown(folder.parent), folder=shown(folder)),
            code="no_folder",
        )


def blame(error: OSError, paths: Iterable[Path]) -> UserError | None:
    """Return the sentence for a fault of the disk where somebody named the path; None where nobody.

    A path below one that was named counts, and so does the temporary file beside it. A full disk
    does not say where it is full.
    """
    known = sorted(paths)
    if error.filename is None:
        return _said(error, known[0]) if known and error.errno in _FULL else None
    where = Path(os.fsdecode(error.filename))
    for path in known:
        if where == path or path in where.parents or where.name.startswith(path.name):
            return _said(error, path)
    return None


@contextmanager
def blaming(*paths: Path) -> Iterator[None]:
    """Turn a fault of the disk over paths that somebody named into a sentence; see blame."""
    try:
        yield
    except OSError as error:
        said = blame(error, paths)
        if said is None:
            raise
        raise said from error


def shown(path: Path) -> str:
    """Return a path as a screen can show it."""
    return str(path).replace("\0", "\\0").encode("utf-8", "backslashreplace").decode()


_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_NO_NAME = N_("{path} cannot be the name of a file or folder here. Choose another name.")
_NOT_THERE = N_("{path} is not there. Check the name and the drive.")
_NO_FILE = N_("{path} is not a file. Name the file itself.")
_NO_FOLDER = N_("{path} is not a folder. Name a folder.")
_NO_AIM = N_("{path} is a link to something that is not there. Name the file or folder itself.")
_DISK_FULL = N_("The disk of {path} is full. Free some space and try again.")
_CLOSED = N_("{path} may not be read or written here. Check its rights, or name another place.")
_BY_ERROR = {
    errno.ENOENT: _NOT_THERE,
    errno.ENOTDIR: _NOT_THERE,
    errno.ENAMETOOLONG: _NO_NAME,
    errno.EINVAL: _NO_NAME,
    errno.ELOOP: _NO_AIM,
    errno.EISDIR: _NO_FILE,
    **dict.fromkeys(_FULL, _DISK_FULL),
}


def _refusal(sentence: str, path: Path) -> UserError:
    return UserError(_(sentence).format(path=shown(path)), code="bad_path")


def _said(error: OSError, path: Path) -> UserError:
    return _refusal(_BY_ERROR.get(error.errno or 0, _CLOSED), path)


def _mode(path: Path) -> int | None:
    """Return what lies at a path, None for nothing. Raises UserError where nothing ever can."""
    try:
        str(path).encode()  # a name that no screen can show is no name
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        if path.is_symlink():
            raise _refusal(_NO_AIM, path) from None
        return None
    except OSError as error:
        raise _said(error, path) from error
    except ValueError as error:  # NUL, and letters that are none
        raise _refusal(_NO_NAME, path) from error


def _is(path: Path, kind: Callable[[int], bool]) -> bool:
    mode = _mode(path)
    if mode is None:
        raise _refusal(_NOT_THERE, path)
    return kind(mode)


def _refuse_what_is_not(path: Path, kind: Callable[[int], bool], sentence: str) -> None:
    if not _is(path, kind):
        raise _refusal(sentence, path)


def _try_to_read(path: Path) -> None:
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        raise _said(error, path) from error


def _try_to_write(folder: Path, named: Path) -> None:
    """Raise UserError with the path that was named where nothing can be written into a folder."""
    make_parent(folder / named.name)
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _said(error, named) from error
