"""The command that takes files in: those named, or those that come into a folder."""

import signal
import threading
from argparse import Namespace
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType

from app.cli import paths
from app.cli.centre_words import FILE_STATES, worded
from app.cli.output import Output
from app.cli.parser import Parser
from app.cli.values import seconds, whole_number
from app.core.errors import UserError
from app.core.i18n import N_, _
from app.services import central, exchange
from app.services.central import Centre, Fault, Inbox, Ingested
from app.sync.bundle import Limits, Refused

_PAUSE = 1.0  # seconds between the two looks at a file that may still be copied
_WAITING = ("part_missing", "incomplete")
_STOPS = (signal.SIGINT, signal.SIGTERM)


def add_arguments(parser: Parser) -> None:
    """Say what `central ingest` takes."""
    add = parser.add_argument
    add("paths", type=paths.to_read_or_folder, nargs="*", help=N_("files, or folders of them"))
    add("--dry-run", action="store_true", help=N_("say what would be done, and store nothing"))
    add("--inbox", type=paths.folder_there, help=N_("folder whose files are taken in and put away"))
    add("--watch", action="store_true", help=N_("go on until stopped"))
    add("--every", type=seconds, default=5.0, help=N_("seconds between two looks"))
    add("--receipts", type=paths.folder_to_write, help=N_("where the receipts go"))
    add("--quarantine", type=paths.folder_to_write, help=N_("where wrong files go"))
    add("--limit-mb", type=whole_number, metavar="MB", help=N_("the largest file that is taken"))


def run(centre: Centre, options: Namespace, output: Output) -> int:
    """Take files in and print a row for each; return the exit code."""
    if bool(options.paths) == bool(options.inbox):
        raise UserError(_("Name the files, or a folder with --inbox."), code="nothing_named")
    given = options.limit_mb
    limits = Limits(sealed_bytes=given << 20) if given else Limits()
    printer = _Printer(output)
    if options.inbox:
        _inbox(centre, options, limits, printer)
    else:
        _files(centre, options, limits, printer)
    return printer.worst


def write_receipts(centre: Centre, folder: Path, output: Output) -> int:
    """Write the receipt of every office and print each; return the exit code."""
    printer = _Printer(output)
    for office, outcome in central.answer(centre, folder):
        if isinstance(outcome, Fault):
            printer.say([central.unanswered(office, outcome)])
        else:
            output.say(str(outcome.path), file=str(outcome.path), office=office)
    return printer.worst


def _files(centre: Centre, options: Namespace, limits: Limits, printer: "_Printer") -> None:
    with exchange.gathered(options.paths) as found:
        if not found.files and not found.refused:
            raise UserError(
                _("There is no file of an office here. Its name ends in .otg, .otgpart or .zip."),
                code="nothing_there",
            )
        for path in found.files:
            printer.say([central.take_in(centre, path, dry_run=options.dry_run, limits=limits)])
        printer.say(_left(name, refused) for name, refused in found.refused)
    if options.receipts and not options.dry_run:
        for office, outcome in central.answer(centre, options.receipts):
            if isinstance(outcome, Fault):
                printer.say([central.unanswered(office, outcome)])


@dataclass(slots=True)
class _Printer:
    output: Output
    worst: int = 0

    def say(self, results: Iterable[Ingested]) -> None:
        for done in results:
            self.output.row(
                _(
                    "{file}: {status}; {accepted} accepted, {duplicate} known, {held} held, "
                    "{rejected} rejected. {reason}"
                ).format(**asdict(done) | {"status": worded(FILE_STATES, done.status)}),
                asdict(done),
            )
            self.worst = max(self.worst, _code(done))


def _left(name: str, refused: Refused) -> Ingested:
    """Say of parts that make no file why: what only lacks a part is not wrong."""
    status = "incomplete" if refused.code in _WAITING else "refused"
    return Ingested(name, "", status, code=refused.code, reason=refused.sentence)


def _code(done: Ingested) -> int:
    if done.status == central.FAULT:
        return 3
    if done.status in ("quarantined", "refused"):
        return 2
    return int(bool(done.held or done.rejected or done.status in ("fork", "copying", "incomplete")))


def _inbox(centre: Centre, options: Namespace, limits: Limits, printer: _Printer) -> None:
    aside = options.quarantine or options.inbox / "quarantine"
    inbox = Inbox(centre, options.inbox, aside, options.receipts, limits)
    stop = threading.Event()
    if not options.watch:
        found = {done.file: done for done in inbox.look()}
        if any(done.status == "copying" for done in found.values()):
            stop.wait(_PAUSE)
            found |= {done.file: done for done in inbox.look()}
        printer.say(found.values())
        return
    with ExitStack() as handlers:

        def on_signal(_number: int, _frame: FrameType | None) -> None:
            stop.set()

        for number in _STOPS:
            handlers.callback(signal.signal, number, signal.signal(number, on_signal))
        central.watch(inbox, stop=stop, every=options.every, say=printer.say)
