"""One encrypted SQLite file: key, pragmas, the one writer thread, errors in words."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from app.core.errors import UserError
from app.core.i18n import N_, _
from app.models.office.desk_folder import DAMAGED

T = TypeVar("T")

_PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA cache_size=-32000",
)
BALLAST = "ballast"
# The disk did not take or give something; of what is stored this says nothing.
OF_THE_DISK = ("disk_full", "disk_fault", "busy", "read_only", "cannot_open")
_BALLAST_BYTES = 4_000_000


class Database:
    """An encrypted file read from any thread and written by one.

    A read sees one moment; a write is one transaction, all or nothing. A `keeper` looks at the end
    of each write, and what it gives is called after the COMMIT, before the write is acknowledged.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self.key = key
        self._engine = create_engine(
            "sqlite://",
            module=sqlcipher,
            creator=self.connect,
            poolclass=QueuePool,
            pool_size=4,
            max_overflow=12,
            pool_use_lifo=True,  # the connection used last has the pages in its cache
        )
        event.listen(self._engine, "begin", _begin)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix=f"writer of {path.name}")
        self._writer_thread: int | None = None
        self.keeper: Callable[[Connection], Callable[[], None]] | None = None

    def connect(self, path: Path | None = None) -> Any:
        """Open a plain DB-API connection with the raw key: a passphrase would cost 0.14 s.

        `path` names another file under the same key: a copy.
        """
        connection = sqlcipher.connect(
            str(path or self.path), isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA cipher_log_level=NONE")
            connection.execute(f"PRAGMA key=\"x'{self.key.hex()}'\"")
            for pragma in _PRAGMAS:
                connection.execute(pragma)
        except BaseException:
            connection.close()
            raise
        return connection

    def look(self) -> None:
        """Read the first page. Raises UserError "damaged" where the key does not open it."""
        with self.read() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a read transaction on this thread. Raises UserError for a fault of the disk."""
        with in_words(), self._engine.connect() as connection, connection.begin():
            yield connection

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in one transaction on the writer thread and wait for it.

        Called from within a write it would wait for itself, so that is refused.
        """
        return self.submit(work).result()

    def submit(self, work: Callable[[Connection], T]) -> Future[T]:
        """Queue `work` for the writer thread without waiting."""
        if threading.get_ident() == self._writer_thread:
            raise RuntimeError("a write inside a write: pass the connection on instead")
        return self._writer.submit(self._write, work)

    def _write(self, work: Callable[[Connection], T]) -> T:
        self._writer_thread = threading.get_ident()
        try:
            with in_words(), self._engine.connect() as connection:
                writing = connection.execution_options(writes=True)
                with writing.begin():
                    result = work(writing)
                    note = self.keeper(writing) if self.keeper else _nothing
            note()
            return result
        except UserError as error:
            if error.code == "disk_full":
                self._ballast.unlink(missing_ok=True)
            raise

    def compact(self) -> None:
        """Write the file anew without what was deleted; writes wait for it.

        Raises UserError as a write does; the content is as before then.
        """
        self._writer.submit(self._compact).result()

    def _compact(self) -> None:
        with in_words(), contextlib.closing(self.connect()) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @property
    def _ballast(self) -> Path:
        return self.path.with_name(BALLAST)

    def lay_ballast(self) -> None:
        """Keep some megabytes to give back: on a full disk even a deletion needs room."""
        if not self._ballast.exists():
            try:
                self._ballast.write_bytes(b"\0" * _BALLAST_BYTES)
            except OSError:
                self._ballast.unlink(missing_ok=True)

    def close(self) -> None:
        """Finish the queued writes and let go of the file."""
        self._writer.shutdown(wait=True)
        self._engine.dispose()


def _nothing() -> None:
    """Note nothing: nobody keeps the file."""


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def in_words() -> Iterator[None]:
    """Turn the faults a clerk can meet into sentences; anything else stays a fault of ours."""
    try:
        yield
    except DBAPIError as error:
        _raise_in_words(error.orig, error)
    except sqlcipher.Error as error:
        _raise_in_words(error, error)


def _raise_in_words(original: Any, error: Exception) -> None:
    name = getattr(original, "sqlite_errorname", "") or _NAMES.get(str(original), "")
    for beginning, (code, sentence) in _FAULTS.items():
        if name.startswith(beginning):
            raise UserError(_(sentence), code=code) from error
    raise error


# what SQLite says of a copy: the driver gives such a fault no name
_NAMES = {"disk I/O error": "SQLITE_IOERR", "database or disk is full": "SQLITE_FULL"}
_FAULTS = {
    "SQLITE_FULL": (
        "disk_full",
        N_("The disk is full and the entry is not saved. Free some space and save again."),
    ),
    "SQLITE_NOTADB": ("damaged", DAMAGED),
    "SQLITE_CORRUPT": ("damaged", DAMAGED),
    "SQLITE_IOERR": (
        "disk_fault",
        N_("The disk did not answer and the entry is not saved. Check the disk and save again."),
    ),
    "SQLITE_BUSY": (
        "busy",
        N_("The database is in use by another window. Close it and save again."),
    ),
    "SQLITE_READONLY": (
        "read_only",
        N_("The database folder may not be written to. Ask whoever looks after this computer."),
    ),
    "SQLITE_CANTOPEN": (
        "cannot_open",
        N_("The database file cannot be opened. Check that its folder is there."),
    ),
}
