"""Commands of the central office."""

from argparse import Namespace
from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from pathlib import Path

from app.cli import deciding, ingesting, keyring, paths
from app.cli.centre_words import standing
from app.cli.columns import aligned
from app.cli.output import Output
from app.cli.parser import Add, Parser, Run
from app.core.i18n import N_, _
from app.services import central

_ADDRESS = N_("a file, or postgresql+psycopg://USER@HOST/NAME")


def add_commands(add: Add) -> None:
    """Declare the commands of the central office with their arguments."""

    def of_centre(name: str, run: Run) -> Parser:
        parser = add(f"central {name}", partial(_closing, run))
        address = paths.new_centre if name in ("init", "rebuild") else paths.centre
        folder = paths.folder_to_write if name == "init" else paths.folder_there
        parser.add_argument("--db", type=address, required=True, help=_ADDRESS)
        parser.add_argument("--keys", type=folder, help=N_("folder of the centre's keys"))
        return parser

    of_centre("init", _init)
    enrol = of_centre("enrol", _enrol)
    enrol.add_argument("file", type=paths.to_read, help=N_("the key request of a desk"))
    enrol.add_argument(
        "--out", type=paths.folder_to_write, help=N_("where the answer goes; beside the request")
    )
    ingesting.add_arguments(of_centre("ingest", _ingest))
    of_centre("status", _status)
    receipts, export = of_centre("receipts", _receipts), of_centre("export", _export)
    for parser in (receipts, export):
        parser.add_argument(
            "--out", type=paths.folder_to_write, required=True, help=N_("where files are written")
        )
    export.add_argument("--office", required=True, metavar=N_("CODE"), help=N_("office, as 15"))
    of_centre("rebuild", _rebuild).add_argument(
        "--from",
        dest="source",
        type=paths.centre,
        required=True,
        help=N_("the old centre, as --db names it"),
    )
    of_centre("duplicates", _duplicates)
    deciding.add_commands(of_centre, _open)
    keyring.add_commands(of_centre, _open)


def _closing(run: Run, options: Namespace, output: Output) -> int | None:
    """Run a command, and let go of each centre that it opened."""
    with ExitStack() as options.opened:
        return run(options, output)


def _open(options: Namespace) -> central.Centre:
    folder = options.keys
    if folder is None:
        beside = options.db.removeprefix("sqlite:///")
        folder = (Path(beside).parent if beside != options.db else Path()) / "keys"
    return _opened(options, options.db, folder)


def _opened(options: Namespace, url: str, keys: Path) -> central.Centre:
    centre = central.open_centre(url, keys)
    options.opened.callback(centre.close)
    return centre


def _init(options: Namespace, output: Output) -> None:
    centre = _open(options)
    fingerprint = central.initialise(centre)
    output.say(
        _("The central office is made; its key is {fingerprint}. Lock {escrow} away.").format(
            fingerprint=fingerprint, escrow=centre.keys / "escrow.agekey"
        ),
        fingerprint=fingerprint,
        keys=str(centre.keys),
    )


def _enrol(options: Namespace, output: Output) -> None:
    out = options.out or options.file.parent
    fingerprint, answer = central.enrol(_open(options), options.file, out)
    output.say(
        _("Enrolled {fingerprint}: compare it by telephone, then send back {file}.").format(
            fingerprint=fingerprint, file=answer
        ),
        fingerprint=fingerprint,
        file=str(answer),
    )


def _ingest(options: Namespace, output: Output) -> int:
    return ingesting.run(_open(options), options, output)


def _status(options: Namespace, output: Output) -> None:
    centre = _open(options)
    status, figures = central.status(centre), central.figures(centre)
    text = "\n".join(aligned(standing(status, figures)))
    output.row(text, asdict(status) | asdict(figures))


def _rebuild(options: Namespace, output: Output) -> None:
    new = _open(options)
    done = central.rebuild(new, _opened(options, options.source, new.keys))
    output.say(
        _("{bundles} files were read again; the state is {digest}, as before.").format(
            bundles=done.bundles, digest=done.state_digest
        ),
        **asdict(done),
    )


def _duplicates(options: Namespace, output: Output) -> None:
    """List each person once, with a row for every office that has them; persons lie apart."""
    people = central.duplicates(_open(options))
    rows = [(each.name, each.masked_id, each.office, each.id) for one in people for each in one]
    lines = iter(aligned(rows))
    for number, one in enumerate(people):
        text = "\n".join(next(lines) for _each in one)
        before = "\n" if number else ""
        output.row(before + text, {"records": [asdict(each) for each in one]})


def _receipts(options: Namespace, output: Output) -> int:
    return ingesting.write_receipts(_open(options), options.out, output)


def _export(options: Namespace, output: Output) -> None:
    sealed = central.export_office(_open(options), options.office, options.out)
    output.say(
        _("{file}: {records} lines sealed.").format(
            file=sealed.path, records=sum(sealed.counts.values())
        ),
        file=str(sealed.path),
        content_id=sealed.content_id,
        records=sum(sealed.counts.values()),
    )
