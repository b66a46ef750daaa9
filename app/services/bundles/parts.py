"""Bundles that travel by mail: sealed files go out in parts, and parts are read as the file."""

import contextlib
import itertools
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import Invalid
from app.core.i18n import _
from app.models.store import Store
from app.services.bundles.sending import export
from app.sync import bundle, parts, trust
from app.sync.bundle import Sealed, Step
from app.sync.refused import Refused


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files that are whole, and what is wrong with the parts that make none, by bundle."""

    files: Sequence[Path]
    incomplete: Sequence[tuple[str, Refused]]


def export_parts(
    store: Store,
    folder: Path,
    *,
    megabytes: int = parts.MEGABYTES,
    full: bool = False,
    step: Step = bundle.no_step,
) -> tuple[Sealed, list[Path]]:
    """Export as export() does, but as files of at most so many megabytes (10^6 bytes).

    Gives what was sealed and the files in `folder`; what is small enough stays the one file it
    is, and the same range gives the very files of the last time. Raises Invalid "part_size".
    """
    if not 1 <= megabytes <= 500:
        raise Invalid(_("A part has 1 to 500 megabytes."), code="part_size")
    most = megabytes * parts.MEGABYTE
    with tempfile.TemporaryDirectory(prefix="otg-") as scratch:
        sealed = export(store, Path(scratch), full=full, step=step)
        if sealed.size > most:
            return sealed, parts.split(sealed.path, folder, most_bytes=most)
    sealed = export(store, folder, full=full)
    return sealed, [sealed.path]


def join(paths: Sequence[Path], folder: Path) -> list[Path]:
    """Join parts, given as files or folders of them, into whole files in `folder`.

    Raises Refused for the first bundle whose parts do not make a file.
    """
    return [parts.join(files, folder) for files in _sets(_listed(paths)).values() or [[]]]


@contextlib.contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give the file to read for what a person chose: the file itself, or one made from parts.

    A folder stands for the parts of the one file in it, a part for those that lie beside it. The
    file made from parts is gone when the block ends. Raises Refused as parts.join does.
    """
    if not path.is_dir() and path.suffix != parts.SUFFIX:
        yield path
        return
    folder = path if path.is_dir() else path.parent
    files = [file for file in _listed([folder]) if path.is_dir() or _name(file) == _name(path)]
    with tempfile.TemporaryDirectory(prefix="otg-") as scratch:
        joined = parts.join(files, Path(scratch))
        _take_statements_along(folder, joined)
        yield joined


@contextlib.contextmanager
def gathered(paths: Sequence[Path]) -> Iterator[Gathered]:
    """Give the files to read for files and folders: *.zip, and those made from parts.

    Parts that make no file stop no other. The files made are gone when the block ends.
    """
    files = [
        file for path in paths for file in (sorted(path.glob("*.zip")) if path.is_dir() else [path])
    ]
    whole_files = [file for file in files if file.suffix != parts.SUFFIX]
    incomplete: list[tuple[str, Refused]] = []
    with tempfile.TemporaryDirectory(prefix="otg-") as scratch:
        for number, (name, found) in enumerate(_sets(_listed(paths)).items()):
            folder = Path(scratch, str(number))
            folder.mkdir()
            try:
                whole_files.append(parts.join(found, folder))
            except Refused as refused:
                incomplete.append((name, refused))
        yield Gathered(whole_files, incomplete)


def _listed(paths: Sequence[Path]) -> list[Path]:
    """List the parts among files and in folders."""
    return [
        file
        for path in paths
        for file in (sorted(path.glob(f"*{parts.SUFFIX}")) if path.is_dir() else [path])
        if file.suffix == parts.SUFFIX
    ]


def _sets(files: Sequence[Path]) -> dict[str, list[Path]]:
    """Gather parts by the name of their bundle, which is how their own names begin."""
    by_name = sorted(files, key=lambda file: (_name(file), str(file)))
    return {name: list(found) for name, found in itertools.groupby(by_name, key=_name)}


def _name(file: Path) -> str:
    return file.name.partition(".")[0]


def _take_statements_along(folder: Path, joined: Path) -> None:
    """Put the centre's statements beside the joined file too: who rebuilds a desk needs them."""
    beside = folder / f"{joined.stem}-trust.txt"
    if beside.exists():
        trust.write_trust(joined.with_name(beside.name), trust.read_trust(beside))
