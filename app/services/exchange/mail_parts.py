"""Bundles that travel by mail: sealed files go out in parts, and parts are read as the file."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.core import named, scratch
from app.core.errors import Invalid
from app.core.i18n import _
from app.models.office.store import Store
from app.services.exchange.sending import export
from app.sync import bundle, durable, parts, trust
from app.sync.bundle import Sealed, Step
from app.sync.file_name import sealed_in
from app.sync.refused import Refused

Whole = tuple[str, int, int, str]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files that are whole, and the names of what makes none, with the reason."""

    files: Sequence[Path]
    refused: Sequence[tuple[str, Refused]]


def export_parts(
    store: Store,
    folder: Path,
    *,
    megabytes: int = parts.MEGABYTES,
    full: bool = False,
    step: Step = bundle.no_step,
) -> tuple[Sealed, list[Path]]:
    """Export as export() does, but as files of at most so many megabytes (10^6 bytes).

    Gives what was sealed, its path the first of the files, and the files in `folder`; what is
    small enough stays the one file it is, and the same range gives the very files of the last
    time. Raises Invalid "part_size".
    """
    if not 1 <= megabytes <= 500:
        raise Invalid(_("A part has 1 to 500 megabytes."), code="part_size")
    named.make_folder(folder)
    most = megabytes * parts.MEGABYTE
    with scratch.folder() as place:
        sealed = export(store, place, full=full, step=step)
        if sealed.size > most:
            files = parts.split(sealed.path, folder, most_bytes=most)
        else:
            files = [folder / sealed.path.name]
            with durable.open_file(sealed.path) as file:
                durable.write(files[0], iter(lambda: file.read(durable.CHUNK), b""))
        for note in sorted(place.glob("*.txt")):  # whose key it is, whom it trusts
            durable.write(folder / note.name, [note.read_bytes()])
    return replace(sealed, path=files[0]), files


def join(paths: Sequence[Path], folder: Path) -> list[Path]:
    """Join parts, given as files or folders of them, into whole files in `folder`.

    Raises Refused for the first bundle whose parts do not make a file.
    """
    sets, refused = _sets(_listed(paths))
    if refused:
        raise refused[0][1]
    named.make_folder(folder)
    return [parts.join(files, folder) for files in sets.values() or [[]]]


@contextlib.contextmanager
def whole(path: Path, *others: Path) -> Iterator[Path]:
    """Yield the file to read for what a person chose: the file itself, or one made from parts.

    A folder stands for the parts of the one file in it, a part for those that lie beside it; the
    `others` are more parts, chosen together with the first. The file made from parts is gone when
    the block ends. Raises Refused as parts.join does.
    """
    if not path.is_dir() and not parts.is_part(path):
        yield path
        return
    folders = [path] if path.is_dir() else [file.parent for file in (path, *others)]
    files = _listed(list(dict.fromkeys(folders)))
    if not path.is_dir():
        wanted = {parts.read_part(file).header.whole for file in (path, *others)}
        files = [file for of, some in _sets(files)[0].items() if of in wanted for file in some]
    with scratch.folder() as place:
        joined = parts.join(files, place)
        for folder in folders:
            _take_statements_along(folder, joined)
        yield joined


@contextlib.contextmanager
def gathered(paths: Sequence[Path]) -> Iterator[Gathered]:
    """Yield the files to read for files and folders: the sealed ones, and those made from parts.

    Parts that make no file stop no other. The files made are gone when the block ends.
    """
    files = [file for path in paths for file in (sealed_in(path) if path.is_dir() else [path])]
    whole_files = [file for file in files if not parts.is_part(file)]
    sets, refused = _sets(_listed(paths))
    with scratch.folder() as place:
        for number, (of, found) in enumerate(sets.items()):
            folder = place / str(number)
            folder.mkdir()
            try:
                whole_files.append(parts.join(found, folder))
            except Refused as error:
                refused.append((of[0], error))
        yield Gathered(whole_files, refused)


def _listed(paths: Sequence[Path]) -> list[Path]:
    """List the parts among files and in folders."""
    return [
        file
        for path in paths
        for file in (sorted(path.iterdir()) if path.is_dir() else [path])
        if parts.is_part(file)
    ]


def _sets(files: Sequence[Path]) -> tuple[dict[Whole, list[Path]], list[tuple[str, Refused]]]:
    """Gather parts by the file they are of, whatever their own names; and what is no part."""
    sets: dict[Whole, list[Path]] = {}
    refused: list[tuple[str, Refused]] = []
    for file in files:
        try:
            sets.setdefault(parts.read_part(file).header.whole, []).append(file)
        except Refused as error:
            refused.append((named.in_words(file), error))
    return sets, refused


def _take_statements_along(folder: Path, joined: Path) -> None:
    """Put the centre's statements beside the joined file too: who rebuilds a desk needs them."""
    beside = folder / f"{joined.stem}-trust.txt"
    if beside.exists():
        trust.write_trust(joined.with_name(beside.name), trust.read_trust(beside))
