"""The drafts of a desk: what is typed and not saved yet, in a small file of its own."""

from pathlib import Path

import orjson
from sqlalchemy import Connection

from app.core import json_text
from app.core.errors import UserError
from app.core.line import Data
from app.models.office.database import Database
from app.models.office.last_save import Keeper, Saved
from app.models.records.journal import utc_now


def open_drafts(path: Path, key: bytes) -> "Drafts":
    """Open the drafts; a damaged file is put aside, for the records do not depend on it."""
    try:
        return Drafts(path, key)
    except UserError as error:
        if error.code != "damaged":
            raise
    for part in path.parent.glob(f"{path.name}*"):
        part.replace(part.with_name(f"damaged-{part.name}"))
    return Drafts(path, key)


class Drafts:
    """What is typed but not saved, in a small file of its own: an import never makes it wait."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._database = Database(path, key)
        try:
            self._database.write(lambda connection: connection.exec_driver_sql(_DRAFT_TABLE))
            self.all()  # damage on any page is to show now, while it can be put aside
        except BaseException:
            self._database.close()
            raise

    def keep(self, key: str, type_: str, record_id: str, data: Data) -> None:
        """Keep a draft under its key; "" as record_id is a record not saved yet."""
        row = (key, type_, record_id, orjson.dumps(data).decode(), utc_now())
        self._write("INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?)", row)

    def drop(self, key: str) -> None:
        """Forget a draft: it was saved or thrown away."""
        self._write("DELETE FROM draft WHERE key = ?", (key,))

    def all(self) -> list[Data]:
        """List the drafts, the newest first: key, type, id, data and saved_at (UTC)."""
        with self._database.read() as connection:
            rows = connection.exec_driver_sql("SELECT * FROM draft ORDER BY saved_at DESC")
            return [
                {**row, "data": json_text.kept(row["data"])} for row in rows.mappings().fetchall()
            ]

    def state(self) -> Saved:
        """Tell how often the drafts were written (`seq`) and how many there are (`lines`)."""
        with self._database.read() as connection:
            return _state_of_drafts(connection)

    def keep_noted(self, path: Path) -> None:
        """Note in a file, from now on, each time that the drafts are written."""
        self._database.keeper = Keeper(lambda connection: (path, _state_of_drafts(connection)))

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _write(self, statement: str, values: tuple[str, ...]) -> None:
        def work(connection: Connection) -> None:
            connection.exec_driver_sql(statement, values)
            written = _state_of_drafts(connection).seq + 1
            connection.exec_driver_sql(f"PRAGMA user_version = {written}")

        self._database.write(work)


def _state_of_drafts(connection: Connection) -> Saved:
    written = connection.exec_driver_sql("PRAGMA user_version").scalar() or 0
    count = connection.exec_driver_sql("SELECT count(*) FROM draft").scalar() or 0
    return Saved(written, count)


_DRAFT_TABLE = (
    "CREATE TABLE IF NOT EXISTS draft (key TEXT PRIMARY KEY, type TEXT NOT NULL, "
    "id TEXT NOT NULL, data TEXT NOT NULL, saved_at TEXT NOT NULL) WITHOUT ROWID"
)
