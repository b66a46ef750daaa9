"""What goes wrong between the centre and its database, as sentences for whoever runs it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError

from app.core.errors import UserError
from app.core.i18n import N_, _


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what an operator can mend into UserError; anything else stays a fault of ours.

    Nothing of the transaction was stored then: the same command can be run again.
    """
    try:
        yield
    except Exception as error:
        original = error.orig if isinstance(error, DBAPIError) else error
        code = _code(original)
        if not code:
            raise
        raise UserError(_(_SENTENCES[code]), code=code) from error


def too_old(version: int, oldest: int) -> UserError:
    """Refuse a server of an old release."""
    sentence = _("The database server is PostgreSQL {version}; {oldest} or newer is needed.")
    return UserError(sentence.format(version=version, oldest=oldest), code="database_too_old")


def _code(error: Any) -> str:
    """Return the code of what happened, "" for a fault of ours."""
    name = getattr(error, "sqlite_errorname", None)
    if name:
        return _beginning(_SQLITE, name)
    if not type(error).__module__.startswith("psycopg"):
        return ""
    state = getattr(error, "sqlstate", None)
    if state:
        return _beginning(_POSTGRESQL, state)
    return _without_state(error)


def _without_state(error: Any) -> str:
    """Name a fault of the connection itself: the server said nothing that has a number."""
    tried = getattr(error, "pgconn", None)
    if tried is not None and "FATAL" in str(error):
        return "database_starting" if "start" in str(error) else "database_login"
    if tried is not None and (tried.needs_password or tried.used_password):
        return "database_login"
    is_about_connection = type(error).__name__ in ("OperationalError", "ConnectionTimeout")
    return ("database_stopped" if tried is None else "database_away") if is_about_connection else ""


def _beginning(codes: dict[str, str], found: str) -> str:
    return next((code for start, code in codes.items() if found.startswith(start)), "")


_SQLITE = {
    "SQLITE_FULL": "disk_full",
    "SQLITE_NOTADB": "damaged",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_IOERR": "disk_fault",
    "SQLITE_BUSY": "busy",
    "SQLITE_READONLY": "database_rights",
    "SQLITE_CANTOPEN": "cannot_open",
}
_POSTGRESQL = {  # https://www.postgresql.org/docs/15/errcodes-appendix.html
    "08": "database_stopped",
    "25006": "database_rights",  # a standby
    "28": "database_login",
    "3D000": "database_login",
    "40": "busy",
    "42501": "database_rights",
    "53100": "disk_full",
    "53": "database_load",
    "55P03": "busy",
    "57P": "database_stopped",
    "58030": "disk_fault",
    "XX001": "damaged",
    "XX002": "damaged",
}
_SENTENCES = {
    "disk_full": N_(
        "The disk of the central office's database is full. What was being done "
        "is not stored, what was done before it stays. Free some space and run the command again."
    ),
    "disk_fault": N_(
        "The disk of the central office's database did not answer. What was being done is "
        "not stored, what was done before it stays. Check the disk and run the command again."
    ),
    "damaged": N_(
        "The central office's database is damaged or is no database. Restore its last backup."
    ),
    "busy": N_(
        "Another command is working on the central office's database. "
        "Wait until it is done and run this one again."
    ),
    "database_rights": N_(
        "The central office's database may not be written to by this user. "
        "Ask whoever looks after the server."
    ),
    "cannot_open": N_(
        "The file of the central office's database cannot be opened. "
        "Check that its folder is there."
    ),
    "database_away": N_(
        "The database server does not answer. Check its name and port and that it runs, "
        "then run the command again."
    ),
    "database_starting": N_(
        "The database server is starting or stopping. Wait a moment and run the command again."
    ),
    "database_login": N_(
        "The database server does not let this user in. "
        "Check the user, the password and the name of the database."
    ),
    "database_stopped": N_(
        "The database server stopped in the middle. Whether the last step was stored is not "
        "known; what was done before it stays. When it runs again, run the command again."
    ),
    "database_load": N_(
        "The database server has no room for another connection or no memory left. "
        "What was being done is not stored, what was done before it stays. "
        "Run the command again later."
    ),
}
