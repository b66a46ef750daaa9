"""The scans that offices sent: each kept once for each office, and given back with its lines."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, insert, select

from app.core.line import parse_line
from app.models.central import tables
from app.models.records import attachments

_files = tables.files


def take(connection: Connection, office: str, given: Iterable[tuple[str, bytes]]) -> None:
    """Keep the files of an open bundle, (name, content): their hashes held already."""
    for name, content in given:
        here = select(_files.c.name).where(_files.c.office == office, _files.c.name == name)
        if connection.scalar(here) is None:
            row = {"office": office, "name": name, "size": len(content), "content": content}
            connection.execute(insert(_files), [row])


def names(connection: Connection, office: str) -> list[str]:
    """List every file of an office."""
    found = connection.scalars(
        select(_files.c.name).where(_files.c.office == office).order_by(_files.c.name)
    )
    return list(found)


def named_by(connection: Connection, office: str, lines: Iterable[tuple[str, bytes]]) -> list[str]:
    """List the files here that some lines, (type, line), name."""
    named: set[str] = set()
    for type_, raw in lines:
        body = parse_line(raw).body
        named |= attachments.named_in(type_, body.data) if body else set()
    return [name for name in names(connection, office) if name in named]


def contents(
    connection: Connection, office: str, wanted: Iterable[str]
) -> Iterator[tuple[str, bytes]]:
    """Yield (extension, content) of some files, one after the other."""
    for name in wanted:
        content = connection.execute(
            select(_files.c.content).where(_files.c.office == office, _files.c.name == name)
        )
        yield name.rpartition(".")[2], bytes(content.scalar_one())
