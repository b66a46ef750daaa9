"""The sealed files as they came, kept in pieces."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, delete, select

from app.core import scratch
from app.models.central import bulk_rows, tables
from app.sync import durable

_archive = tables.archive


def keep(connection: Connection, office: str, number: int, path: Path) -> None:
    """Keep a sealed file under the number of its arrival, in the place of one that is there."""
    connection.execute(delete(_archive).where(_archive.c.bundle == number))
    with path.open("rb") as file:
        for part, piece in enumerate(iter(lambda: file.read(durable.CHUNK), b"")):
            row = {"office": office, "bundle": number, "part": part, "bytes": piece}
            bulk_rows.add(connection, _archive, [row])


@contextlib.contextmanager
def archived(connection: Connection, number: int) -> Iterator[Path]:
    """Yield an archived file, sealed as it is, for as long as the block lasts."""
    pieces = select(_archive.c.bytes).where(_archive.c.bundle == number).order_by(_archive.c.part)
    found = connection.scalars(pieces.execution_options(yield_per=4))
    with scratch.folder() as folder:
        path = folder / "archived.zip"
        with path.open("wb") as file:
            for piece in found:
                file.write(piece)
        yield path
