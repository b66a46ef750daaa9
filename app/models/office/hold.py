"""The lock of a desk: many may have it open at once, one alone may replace its files.

The system lets it go when the process ends, however it ends. It is a lock of SQLite on an empty
file of its own, for SQLite locks shared and alone on every system. The file lies beside the desk's
folder, where no swap of the folder takes it along (docs/decisions/0028).
"""

import contextlib
from pathlib import Path
from types import TracebackType
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from app.core.errors import UserError
from app.core.i18n import N_, _
from app.models.office.database import in_words

_PATIENCE = 1.0  # seconds: a command that is about to end is waited for


class Hold:
    """A desk that is held; without a lock it stands for files that nobody else can find."""

    def __init__(self, lock: Any = None) -> None:
        self._lock = lock

    def share(self) -> None:
        """Let the others in: what needed the desk alone is done.

        Raises UserError "in_use" where another took it in between.
        """
        if self._lock is not None:
            self._lock.execute("ROLLBACK")
            _hold(self._lock, _SHARED)

    def release(self) -> None:
        """Let the desk go; once more does nothing."""
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.close()

    def __enter__(self) -> "Hold":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def share(folder: Path) -> Hold:
    """Hold a desk beside others who have it open.

    Raises UserError "in_use" while another process replaces its files. A medium that cannot be
    written needs no lock: nobody can swap anything there.
    """
    for place in _places(folder):
        with contextlib.suppress(_NotThere):
            return Hold(_locked(place, _SHARED))
    return Hold()


def alone(folder: Path) -> Hold:
    """Hold a desk so that nobody else has it open, before its files are replaced or discarded.

    The folder need not be there, its parent must. Raises UserError "in_use" where a window or a
    command has it open, and "read_only".
    """
    for place in _places(folder):
        with contextlib.suppress(_NotThere):
            return Hold(_locked(place, _ALONE))
    raise UserError(
        _("Nothing can be written beside the folder {folder}. Choose another folder.").format(
            folder=folder
        ),
        code="read_only",
    )


class _NotThere(Exception):
    """The lock's file is not there and cannot be made, or is something else."""


_OPEN = N_(
    "This desk is open in a window or a command. Close it and do this again; nothing was changed."
)
_BEING_REPLACED = N_(
    "The files of this desk are being replaced just now. Wait until that is done, then open it."
)
_SHARED = ("BEGIN", "SELECT count(*) FROM sqlite_master")
_ALONE = ("BEGIN EXCLUSIVE",)


def _places(folder: Path) -> list[Path]:
    """Name the lock's file: beside the folder; inside one whose parent may not be written.

    Such a folder, the root of a drive for one, cannot be swapped either.
    """
    whole = folder.resolve()
    beside = [whole.with_name(f".{whole.name}.lock")] if whole.name else []
    return [*beside, whole / "desk.lock"]


def _locked(place: Path, statements: tuple[str, ...]) -> Any:
    try:
        lock = sqlcipher.connect(
            str(place), isolation_level=None, timeout=_PATIENCE, check_same_thread=False
        )
    except sqlcipher.OperationalError as error:
        raise _NotThere from error
    try:
        _hold(lock, statements)
    except BaseException:
        lock.close()
        raise
    return lock


def _hold(lock: Any, statements: tuple[str, ...]) -> None:
    try:
        lock.execute("PRAGMA journal_mode=OFF")  # nothing is ever written: no journal either
        for statement in statements:
            lock.execute(statement)
    except sqlcipher.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_CANTOPEN", "SQLITE_NOTADB")):
            raise _NotThere from error
        if not name.startswith("SQLITE_BUSY"):
            with in_words():
                raise
        sentence = _(_BEING_REPLACED if statements is _SHARED else _OPEN)
        raise UserError(sentence, code="in_use") from error
