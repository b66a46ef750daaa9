"""One file or one office at a time: where the program fails over one, the others go on.

A failure is noted in the log under its number, without a word of the data. What an operator can
mend (the database, a disk, the keys) and what the computer cannot do stops everything, as it
would stop the next one, too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection

from app.core import log
from app.core.errors import Cancelled, UserError
from app.models.central.faults import in_words

T = TypeVar("T")

_STOPS = (UserError, Cancelled, OSError, MemoryError)


@dataclass(frozen=True, slots=True)
class Fault:
    """A failure of our own by its number in the log, the same for the same place in the code."""

    number: str


def apart(work: Callable[[], T]) -> T | Fault:
    """Run work that is its own transaction; return its result, or the fault written to the log."""
    try:
        return work()
    except _STOPS:
        raise
    except Exception as error:
        return Fault(log.fault(error))


def apart_within(connection: Connection, work: Callable[[], T]) -> T | Fault:
    """Do a part of a transaction; where the program fails, this part alone is undone."""

    def nested() -> T:
        with in_words(), connection.begin_nested():
            return work()

    return apart(nested)
