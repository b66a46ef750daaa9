"""The paths on a command line: what each must be, looked at before the command begins.

The functions stand for argparse's `type`; a bare Path says nothing, so no command takes one.
"""

import re
from argparse import Action, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from app.core import named
from app.core.errors import UserError
from app.core.i18n import N_, _

_SQLITE = "sqlite:///"
_SHA256 = re.compile(r"[0-9a-f]{64}")


def _path(text: str) -> Path:
    """Take a path; an empty one would be the current folder, which nobody named."""
    return Path(_named(text))


def _named(text: str) -> str:
    if not text.strip():
        raise ArgumentTypeError(_("nothing is named here"))
    return text


def _address(text: str) -> str:
    return text if "://" in _named(text) else f"{_SQLITE}{text}"


def to_read(text: str) -> Path:
    """Take a file that is read."""
    return _path(text)


def to_read_or_folder(text: str) -> Path:
    """Take a file that is read, or a folder of parts of it."""
    return _path(text)


def to_write(text: str) -> Path:
    """Take a file that is written; a former one of this name is replaced."""
    return _path(text)


def folder_to_write(text: str) -> Path:
    """Take a folder for files to write; it is made if its parent exists."""
    return _path(text)


def folder_there(text: str) -> Path:
    """Take a folder that is there."""
    return _path(text)


def desk(text: str) -> Path:
    """Take the folder of a desk."""
    return _path(text)


def file_or_digest(text: str) -> str:
    """Take a file, or the SHA-256 of one."""
    return _named(text)


def centre(text: str) -> str:
    """Take the address of a centre's database that is there; a bare path is one, too."""
    return _address(text)


def new_centre(text: str) -> str:
    """Take the address of a centre's database that may be made."""
    return _address(text)


def check(arguments: Iterable[Action], options: Namespace) -> list[Path]:
    """Look at each path that the options name; return them.

    Raises UserError with the path for the first that is no good: nothing has been done then.
    """
    found = []
    for action in arguments:
        look = _LOOKS.get(action.type)  # type: ignore[arg-type]
        value = getattr(options, action.dest, None)
        if look is None or value is None or value == action.default:
            continue
        for each in value if isinstance(value, list) else [value]:
            path = look(each)
            found += [path] if path else []
    return found


def _look(kind: Callable[[Path], None]) -> Callable[[Any], Path]:
    def look(path: Path) -> Path:
        kind(path)
        return path

    return look


def _look_at_file_or_digest(text: str) -> Path | None:
    return None if _SHA256.fullmatch(text) else _look(named.file_to_read)(Path(text))


def _look_at_centre(address: str) -> Path | None:
    path = _file_of(address)
    if path and not named.is_there(path):
        named.file_to_write(path)
        raise UserError(
            _("There is no central office in {path} yet. Make it with central init.").format(
                path=named.shown(path)
            ),
            code="no_centre",
        )
    if path:
        named.file_to_read(path)
    return path


def _look_at_new_centre(address: str) -> Path | None:
    path = _file_of(address)
    if path:
        named.file_to_write(path)
    return path


def _file_of(address: str) -> Path | None:
    """Return the file of an address, None for a server or a database in memory."""
    if "://" in address and not address.startswith(_SQLITE):
        return None
    name = address.removeprefix(_SQLITE)
    return Path(name) if name else None


_LOOKS: dict[Callable[[str], Any], Callable[[Any], Path | None]] = {
    to_read: _look(named.file_to_read),
    to_read_or_folder: _look(named.file_or_folder),
    to_write: _look(named.file_to_write),
    folder_to_write: _look(named.folder_to_write),
    folder_there: _look(named.folder_there),
    desk: _look(named.folder_of_a_desk),
    file_or_digest: _look_at_file_or_digest,
    centre: _look_at_centre,
    new_centre: _look_at_new_centre,
}

_FILE, _FOLDER, _ADDRESS = N_("FILE"), N_("FOLDER"), N_("ADDRESS")
METAVARS: dict[object, str] = {
    to_read: _FILE,
    to_read_or_folder: _FILE,
    to_write: _FILE,
    folder_to_write: _FOLDER,
    folder_there: _FOLDER,
    desk: _FOLDER,
    file_or_digest: _FILE,
    centre: _ADDRESS,
    new_centre: _ADDRESS,
}
