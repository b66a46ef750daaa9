"""What a command prints: for people in lines, for machines one JSON object a line."""

import getpass
import json
import sys
import warnings
from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.cli import console
from app.cli.columns import aligned
from app.core.errors import UserError
from app.core.i18n import _

if TYPE_CHECKING:
    from app.services.office.desk import Desk


@dataclass(frozen=True, slots=True)
class Output:
    """Standard output in the form that was asked for."""

    as_json: bool

    def say(self, sentence: str, **facts: Any) -> None:
        """Print a sentence, or the facts behind it as JSON."""
        self.row(sentence, facts)

    def row(self, sentence: str, facts: Mapping[str, Any]) -> None:
        """Print one object, or its sentence."""
        console.write(json.dumps(facts, ensure_ascii=False) if self.as_json else sentence)

    def rows(self, rows: Iterable[tuple[Sequence[str], Mapping[str, Any]]]) -> None:
        """Print objects, for people in columns that stand under each other."""
        found = list(rows)
        for line, (_texts, facts) in zip(aligned(row[0] for row in found), found, strict=True):
            self.row(line, facts)


def password(options: Namespace) -> str:
    """Read the password from --password-file or ask for it; never from the command line.

    Raises UserError where the file cannot be read, and where nobody is there to be asked.
    """
    if options.password_file is None:
        return _asked()
    try:
        text = options.password_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(_("The password file cannot be read."), code="password_file") from error
    return str(text.rstrip("\r\n"))


def _asked() -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)  # it would show the password
            return getpass.getpass(_("Password: "))
    except (getpass.GetPassWarning, EOFError) as error:
        raise UserError(
            _("There is no terminal to ask for the password. Name a file: --password-file FILE."),
            code="no_terminal",
        ) from error


def recovery_text(options: Namespace) -> str:
    """Read the text of the recovery sheet. Raises UserError where the file cannot be read."""
    try:
        return str(options.recovery_file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            _("The file with the text of the recovery sheet cannot be read."), code="recovery_file"
        ) from error


def sign_in(options: Namespace, *, go_on: bool = False) -> "Desk":
    """Open the desk of --data; what the clerk must know first goes to standard error.

    Raises Missing as open_desk does; with `go_on` the desk goes on under a new epoch.
    """
    from app.services.office import desk as desks  # a command without a desk reads none of it

    word = password(options)
    desk = desks.open_desk(options.data, user=options.user, password=word, go_on=go_on)
    if desk.notice:
        console.tell(desk.notice)
    return desk


def progress(done: int, total: int) -> None:
    """Show how far a long job is, on a terminal only."""
    if total and sys.stderr.isatty():
        print(f"\r{done:,} / {total:,} ", end="", file=sys.stderr)
