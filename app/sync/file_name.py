"""What a sealed file is called on a drive: NAME.otg, and NAME.zip as programs before 0.1 wrote it.

Both are the same zip. The ending of our own is what a file manager opens with this program, and
what nobody unpacks and sends on in pieces.
"""

from pathlib import Path

ENDING = ".otg"
ENDINGS = (ENDING, ".zip")


def is_sealed(name: str) -> bool:
    """Tell whether a file name has the ending of a sealed file, in letters of any case."""
    return name.lower().endswith(ENDINGS)


def sealed_in(folder: Path) -> list[Path]:
    """Return what is named like a sealed file in a folder, by name; folders in it are not read."""
    return sorted(path for path in folder.glob("*") if is_sealed(path.name))


def path_of(folder: Path, name: str) -> Path:
    """Return the path of the file of a bundle's name: that of an older program where only it is."""
    new, old = (folder / f"{name}{ending}" for ending in ENDINGS)
    return old if old.exists() and not new.exists() else new
