"""Which bodies the centre keeps: one that was withheld may come later, an erased one never again.

So the order of arrival changes nothing: the header is the line, and its body is there or not.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select

from app.core.line import ERASE, Line
from app.models.central import bulk_rows, tables
from app.services.central.intake.office_records import MANY
from app.services.records.verdicts import REJECTED

_BODY = b'{"b":'  # how a canonical line with a body begins

Row = Mapping[str, Any]


class Bodies:
    """The bodies of one office while a bundle is taken in."""

    def __init__(self, connection: Connection, office: str, number: int) -> None:
        """Look up what was erased; `number` is the bundle's."""
        self._connection = connection
        self._office = office
        self._number = number
        self._erased = erased(connection, office)

    def kept(self, line: Line, raw: bytes) -> bytes:
        """Return a line as it may be stored: of an erased record the header alone."""
        header = line.header
        if (header.type, header.id) in self._erased and header.op != ERASE:
            return Line(header, None).to_bytes()
        return raw

    def note_withheld(self, rows: Iterable[Row]) -> None:
        """Note the lines that were taken without a body."""
        bare = [
            {name: row[name] for name in ("office", "rev", "type", "id")} | {"filled": 0}
            for row in rows
            if row["state"] != REJECTED
            and not row["line"].startswith(_BODY)
            and (row["type"], row["id"]) not in self._erased
        ]
        # one that was returned with its act comes a second time
        bulk_rows.add_missing(self._connection, tables.withheld, bare)

    def fill(self, known: Iterable[Row]) -> None:
        """Put in the bodies of lines that came without; `known` are the rows that came again."""
        with_body = {
            row["rev"]: row["line"]
            for row in known
            if row["state"] != REJECTED and row["line"].startswith(_BODY)
        }
        waiting = self._waiting(sorted(with_body))
        if not waiting:
            return
        lines, noted = tables.revisions, tables.withheld
        filled = [{"this": rev, "body": with_body[rev]} for rev in waiting]
        self._connection.execute(
            lines.update()
            .where(lines.c.office == self._office, lines.c.rev == bindparam("this"))
            .values(line=bindparam("body")),
            filled,
        )
        self._connection.execute(
            noted.update()
            .where(noted.c.office == self._office, noted.c.rev == bindparam("this"))
            .values(filled=self._number),
            [{"this": rev} for rev in waiting],
        )

    def _waiting(self, revs: list[str]) -> list[str]:
        table = tables.withheld
        found: list[str] = []
        for start in range(0, len(revs), MANY):
            found += self._connection.scalars(
                select(table.c.rev).where(
                    table.c.office == self._office,
                    table.c.filled == 0,
                    table.c.rev.in_(revs[start : start + MANY]),
                )
            )
        return found


def erased(connection: Connection, office: str) -> set[tuple[str, str]]:
    """List the (type, id) of an office that were erased."""
    table = tables.erased
    rows = connection.execute(select(table.c.type, table.c.id).where(table.c.office == office))
    return {(row.type, row.id) for row in rows}
