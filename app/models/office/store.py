"""The store of a desk: its encrypted database, its drafts and the facts of this computer."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Column, Connection, Table, Text, delete, text
from sqlalchemy.dialects.sqlite import insert as upsert

from app.core import json_text
from app.core.errors import TooNew, UserError
from app.core.i18n import _
from app.models.office import backup, desk_folder, drafts, hold, remains, schema_upgrade
from app.models.office.database import BALLAST, Database
from app.models.office.hold import Hold
from app.models.office.schema import SCHEMA
from app.models.records.base import Base
from app.models.records.journal import Origin

MIGRATIONS = "app:migrations"
MAIN, DRAFTS = remains.MAIN, remains.DRAFTS

settings = Table(
    "setting",
    Base.metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)


class Store:
    """An open desk. Reads run on any thread, writes one after the other on the writer's.

    `held` is the desk's lock; whoever gives it is rid of it, closing lets it go.
    """

    def __init__(self, folder: Path, key: bytes, held: Hold | None = None) -> None:
        self.folder = folder
        self.held = held or Hold()
        self.key = key
        self.main = Database(folder / MAIN, key)
        try:
            self.main.look()  # a key that does not fit must not touch the drafts
            self.drafts = drafts.open_drafts(folder / DRAFTS, key)
        except BaseException:
            self.main.close()
            raise
        self.read = self.main.read
        self.write = self.main.write
        self.user = ""  # id of the user who is signed in; every act names it

    def close(self) -> None:
        """Finish what is queued and let go of the files."""
        self.main.close()
        self.drafts.close()
        self.held.release()


def create(folder: Path, key: bytes, facts: Mapping[str, Any]) -> Store:
    """Make the files of a new desk with the first facts of its computer.

    The caller has the folder alone, and has asked remains.refuse_to_make.
    """
    store = Store(folder, key)

    def work(connection: Connection) -> None:
        _upgrade(connection)
        for name, value in facts.items():
            set_setting(connection, name, value)
        set_setting(connection, "rebuild_rows", None)  # there are none yet

    try:
        store.write(work)
    except BaseException:
        store.close()
        raise
    store.main.lay_ballast()
    return store


def open_store(folder: Path, key: bytes, held: Hold | None = None) -> Store:
    """Open a desk; an older database is backed up, verified and then upgraded.

    The store takes a share of the desk's lock, or `held` for its own where the caller has one.
    Raises TooNew for a database of a newer program, UserError "no_database", "database_gone",
    "damaged", "read_only" and "in_use".
    """
    held = held or hold.share(folder)
    try:
        remains.refuse_without_database(folder)
        had_log = desk_folder.has_log(folder / MAIN)
        store = _in_words(folder, key, held)
    except BaseException:
        held.release()
        raise
    try:
        if had_log:
            _refuse_a_mixture(store)
        _bring_up_to_date(store)
    except BaseException:
        store.close()
        raise
    store.main.lay_ballast()
    return store


def _in_words(folder: Path, key: bytes, held: Hold) -> Store:
    """Open the files; explain a failure by the folder's rights or its free space.

    On a full disk not even a reader gets in: then the ballast is given back.
    """
    try:
        return Store(folder, key, held)
    except UserError as error:
        if error.code not in ("cannot_open", "read_only", "disk_fault", "disk_full"):
            raise
        if shutil.disk_usage(folder).free < _LEAST_FREE:
            if (folder / BALLAST).exists():
                (folder / BALLAST).unlink()
                return _in_words(folder, key, held)
            raise _full() from error
        sentence = _(
            "The database cannot be opened for writing: its folder or its disk may not be written "
            "to, or does not answer. Ask whoever looks after this computer."
        )
        raise UserError(sentence, code="read_only") from error


def _full() -> UserError:
    sentence = _(
        "The disk is full, so the desk cannot be opened. Nothing was written. Free at "
        "least 10 MB on this disk and sign in again."
    )
    return UserError(sentence, code="disk_full")


_LEAST_FREE = 1_000_000  # bytes: less than opening and one save ask for


def _refuse_a_mixture(store: Store) -> None:
    """Look whether a database and its log are of one time: each page by itself may be whole.

    Of a large one the daily verify tells it: a clerk waits here.
    """
    if store.main.path.stat().st_size > _LOOKED_THROUGH:
        return
    with store.read() as connection:
        if connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok":
            raise UserError(
                _(
                    "The database and the log beside it are not of one time, or a part of them is "
                    "damaged. Restore the last backup."
                ),
                code="damaged",
            )


_LOOKED_THROUGH = 64_000_000  # bytes: some tenths of a second


def _bring_up_to_date(store: Store) -> None:
    with store.read() as connection:
        _has_its_tables(connection)
        stamp = connection.scalar(text("SELECT version_num FROM alembic_version"))
        left = connection.scalar(text("SELECT count(*) FROM dirty"))
    if left:
        raise UserError(
            _("The journal of this database is not complete. Restore the last backup."),
            code="damaged",
        )
    if stamp > SCHEMA:
        raise TooNew(
            _("This database was made by a newer version of the program. Install that version."),
            code="too_new",
        )
    if stamp < SCHEMA:
        backup.write(store.main, store.folder / "backups", reason=f"before-{SCHEMA}")
        store.write(_upgrade)


def _has_its_tables(connection: Connection) -> None:
    if connection.exec_driver_sql(_TABLES).scalar() != _FIRST_TABLES:
        raise UserError(
            _(
                "The database opens, but its tables are missing: what was entered is not in "
                "it. Restore the last backup."
            ),
            code="damaged",
        )


_FIRST_TABLES = 5
_TABLES = (
    "SELECT count(*) FROM sqlite_master WHERE type = 'table' "
    "AND name IN ('alembic_version', 'dirty', 'head', 'line', 'setting')"
)


def _upgrade(connection: Connection) -> None:
    """Bring tables and triggers to this program's schema in the caller's transaction."""
    from app.models.records import guard

    schema_upgrade.to_newest(connection, MIGRATIONS)
    guard.guard(connection)
    set_setting(connection, "rebuild_rows", True)


def setting(connection: Connection, name: str, default: Any = None) -> Any:
    """Return a fact of this computer; facts are not journalled and never leave it."""
    # Asked for at every turn: to build the statement would cost ten times the answer.
    value = connection.exec_driver_sql(_VALUE, (name,)).scalar()
    return default if value is None else json_text.kept(value)


_VALUE = "SELECT value FROM setting WHERE name = ?"


def set_setting(connection: Connection, name: str, value: Any) -> None:
    """Keep a fact of this computer; None forgets it."""
    if value is None:
        connection.execute(delete(settings).where(settings.c.name == name))
        return
    row = {"name": name, "value": orjson.dumps(value).decode()}
    statement = upsert(settings).values(row)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": row["value"]})
    )


def origin(connection: Connection) -> Origin:
    """Return the office, replica and epoch that this desk writes under."""
    return Origin(**setting(connection, "origin"))
