"""Scans and pictures: attached by a clerk, looked at, sent once, dropped with what named them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert as upsert

from app.core.errors import UserError
from app.core.i18n import _
from app.core.line import Data
from app.models.office.store import Store
from app.models.records import attachments as files
from app.services.records import diary


def attach(store: Store, path: Path) -> str:
    """Keep a file of the clerk's; return the name by which a record holds it.

    The original stays where it is. Raises UserError "not_read", "file_kind", "file_size" and
    "file_not_written".
    """
    try:
        with path.open("rb") as file:
            content = file.read(files.MOST_BYTES + 1)
    except OSError as error:
        raise UserError(
            _("{file} cannot be read. Check that it is there and not open elsewhere.").format(
                file=path.name
            ),
            code="not_read",
        ) from error
    name = files.name_of(content)
    store.write(lambda connection: take(connection, store, name, content))
    return name


def content(store: Store, name: str) -> bytes:
    """Return a file's content, and note that it was looked at. Raises UserError "not_here"."""
    found = files.read(store.folder, store.key, name)
    if found is None:
        raise UserError(
            _("This file is not on this computer, or it was damaged. Attach it again."),
            code="not_here",
        )
    diary.note_soon(store, diary.LOOK, name)
    return found


def take(connection: Connection, store: Store, name: str, content: bytes) -> None:
    """Keep a file within a transaction: first the file, then the row that counts on it."""
    files.keep(store.folder, store.key, name, content)
    row = {"name": name, "size": len(content)}
    connection.execute(upsert(files.attachments).on_conflict_do_nothing(), [row])


def take_all(connection: Connection, store: Store, given: Iterable[tuple[str, bytes]]) -> None:
    """Keep the files of an open bundle, (name, content): their hashes held already."""
    for name, content in given:
        take(connection, store, name, content)


def to_send(connection: Connection, bodies: Iterable[tuple[str, Data]], after: int) -> list[str]:
    """List the files that some records name and that no acknowledged bundle holds.

    `bodies` are (type, data) of the lines in the bundle, `after` the seq that the centre has.
    """
    sent = files.known(connection)
    named = {name for type_, data in bodies for name in files.named_in(type_, data)}
    return sorted(name for name in named if name in sent and (sent[name] or after + 1) > after)


def contents(store: Store, names: Iterable[str], lost: list[str]) -> Iterator[tuple[str, bytes]]:
    """Yield (extension, content) of files for a bundle; a damaged file is noted in `lost`."""
    for name in names:
        found = files.read(store.folder, store.key, name)
        if found is None:
            lost.append(name)
        else:
            yield name.rpartition(".")[2], found


def note_sent(connection: Connection, names: Iterable[str], through: int) -> None:
    """Note the seq through which a sealed bundle brings these files, unless an earlier one does."""
    table = files.attachments
    for name in names:
        connection.execute(
            table.update()
            .where(table.c.name == name, table.c.sent_through.is_(None))
            .values(sent_through=through)
        )
