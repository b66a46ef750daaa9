"""The three streams of a command: UTF-8 whatever the console is, and silent when nobody reads."""

import io
import os
import sys
from contextlib import suppress

from app.core.errors import UserError
from app.core.i18n import _


class Unread(Exception):
    """Whoever read what the command prints has gone."""


def begin() -> None:
    """Make the streams UTF-8; a program that reads gets each line when it is written.

    A console of another code page shows other letters then, but nothing ends in a fault, and what
    is written into a file or read by a program is the same everywhere.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)


def write(text: str) -> None:
    """Print a line on standard output.

    Raises Unread where the other end of the pipe is closed, UserError "output" for a full disk.
    """
    try:
        print(text)
    except BrokenPipeError as error:
        _give_up(sys.stdout)
        raise Unread from error
    except OSError as error:
        _give_up(sys.stdout)
        raise UserError(
            _("What the command prints cannot be written: its disk is full, or it was closed."),
            code="output",
        ) from error


def tell(text: str) -> None:
    """Print a line on standard error; where nobody reads that, nothing more can be said."""
    try:
        print(text, file=sys.stderr)
    except OSError:
        _give_up(sys.stderr)


def _give_up(stream: object) -> None:
    """Send what still waits to nowhere: Python would fail on it once more at its end."""
    if isinstance(stream, io.TextIOWrapper):
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
