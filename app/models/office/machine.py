"""Which machine this is, and what was sealed on it: kept outside the database, so a copy shows.

A database that is restored, copied or carried to another machine looks the same from inside. What
must not be inside it is here: the system's own number, and for each epoch of a desk a mark with
its folder and the last seq that left in a bundle. Both are compared at every start. Beside the mark
lies the note of what was saved last (saved.py).
"""

import hashlib
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from app.core import log, schema
from app.core.json_text import canonical
from app.core.paths import marks

ID_FILES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


@dataclass(frozen=True, slots=True)
class Mark:
    """What this machine remembers of one epoch of a desk.

    `folder` is where its database lay, `sealed` the last seq that a bundle took along, `number`
    that bundle's, `prints` the place of the last paper in the diary of prints.
    """

    replica: str
    epoch: str
    folder: str
    sealed: int = 0
    number: int = 0
    prints: int = 0


def identity() -> str:
    """Name this machine by a hash of the system's own number; "" where it has none."""
    number = _windows_number() if sys.platform == "win32" else _first_line_of(ID_FILES)
    return hashlib.sha256(b"tambon-desk machine " + number.encode()).hexdigest() if number else ""


def known(replica: str) -> list[Mark]:
    """List the marks of a desk on this machine; one that cannot be read is none."""
    return [mark for mark in all_known() if mark.replica == replica]


def all_known() -> list[Mark]:
    """List the marks of all desks on this machine; a profile that cannot be read has none."""
    found = []
    for path in _files_of_marks():
        try:
            data = schema.read_file(path, _MARK, most=_MOST_BYTES)
            found.append(Mark(**data | {"folder": _folder_in(data["folder"])}))
        except (OSError, ValueError):
            continue
    return found


_MOST_BYTES = 100_000
_COUNT = schema.number(0)
_MARK = schema.record(
    {"replica": schema.hex32, "epoch": schema.hex32, "folder": schema.anything},
    {"sealed": _COUNT, "number": _COUNT, "prints": _COUNT},
)


def _files_of_marks() -> list[Path]:
    try:
        return sorted(marks().glob("*.json"))
    except OSError:
        return []


def remember(mark: Mark) -> None:
    """Write a mark; where the profile may not be written to, the number of the machine must do."""
    path = marks() / f"{mark.replica}-{mark.epoch}.json"
    half = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        data = asdict(mark) | {"folder": _as_text(mark.folder)}
        half.write_bytes(canonical(data))
        half.replace(path)
    except OSError as error:
        log.note(f"the mark of this machine was not written: {type(error).__name__}")


def _as_text(folder: str) -> str:
    """Return a folder as text of JSON: its name may be bytes that are no text on this system."""
    try:
        folder.encode()
    except UnicodeEncodeError:
        return _BYTES + os.fsencode(folder).hex()
    return folder


def _folder_in(text: str) -> str:
    if text.startswith(_BYTES):
        return os.fsdecode(bytes.fromhex(text.removeprefix(_BYTES)))
    return text


_BYTES = "bytes:"  # no path of a folder from the root begins so


def note_of(replica: str, epoch: str, what: str) -> Path:
    """Name the file that notes what was saved last in an epoch: "saved" or "drafts"."""
    return marks() / f"{replica}-{epoch}.{what}"


def forget_below(folder: Path) -> None:
    """Forget the desks that lay in a folder which is made anew."""
    for mark in all_known():
        if Path(mark.folder).is_relative_to(folder.resolve()):
            for each in marks().glob(f"{mark.replica}-{mark.epoch}.*"):
                each.unlink(missing_ok=True)


def _first_line_of(paths: tuple[Path, ...]) -> str:
    for path in paths:
        try:
            return path.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            continue
    return ""


def _windows_number() -> str:
    if sys.platform != "win32":
        return ""
    import winreg  # there is no such module elsewhere

    try:
        place = winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography")
        return str(winreg.QueryValueEx(place, "MachineGuid")[0])
    except OSError:
        return ""
