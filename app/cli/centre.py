"""Commands of the central office."""

from argparse import ArgumentParser, Namespace
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.cli import deciding, ingesting, keyring, paths
from app.cli.output import Output
from app.core.i18n import _
from app.services import central

_ADDRESS = "sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME"


def add_commands(commands: Any, common: ArgumentParser) -> None:
    """Register `central` and what it can do."""
    top = commands.add_parser("central", parents=[common])
    actions = top.add_subparsers(dest="action", required=True)

    def add(name: str, run: Any) -> ArgumentParser:
        parser: ArgumentParser = actions.add_parser(name, parents=[common])
        address = paths.new_centre if name in ("init", "rebuild") else paths.centre
        folder = paths.folder_to_write if name == "init" else paths.folder_there
        parser.add_argument("--db", type=address, required=True, help=_ADDRESS)
        parser.add_argument("--keys", type=folder, help="folder of the centre's keys")
        parser.set_defaults(run=lambda *given: _closing(run, *given))
        return parser

    add("init", _init)
    enrol = add("enrol", _enrol)
    enrol.add_argument("file", type=paths.to_read)
    enrol.add_argument(
        "--out", type=paths.folder_to_write, help="where the answer goes; beside the request"
    )
    ingest = add("ingest", _ingest)
    ingesting.add_arguments(ingest)
    add("status", _status)
    add("receipts", _receipts).add_argument("--out", type=paths.folder_to_write, required=True)
    export = add("export", _export)
    export.add_argument("--office", required=True)
    export.add_argument("--out", type=paths.folder_to_write, required=True)
    rebuild = add("rebuild", _rebuild)
    rebuild.add_argument(
        "--from", dest="source", type=paths.centre, required=True, help="the old centre's --db"
    )
    add("duplicates", _duplicates)
    deciding.add_commands(add, _open)
    keyring.add_commands(add, _open)


def _closing(run: Any, options: Namespace, output: Output) -> Any:
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
    found = asdict(central.status(centre)) | asdict(central.figures(centre))
    output.row("\n".join(f"{name}: {value}" for name, value in found.items()), found)


def _rebuild(options: Namespace, output: Output) -> None:
    new = _open(options)
    is_address = "://" in options.source
    source = options.source if is_address else f"sqlite:///{options.source}"
    done = central.rebuild(new, _opened(options, source, new.keys))
    output.say(
        _("{bundles} files were read again; the state is {digest}, as before.").format(
            bundles=done.bundles, digest=done.state_digest
        ),
        **asdict(done),
    )


def _duplicates(options: Namespace, output: Output) -> None:
    for found in central.duplicates(_open(options)):
        text = " = ".join(f"{each.office} {each.id}" for each in found)
        output.row(text, {"records": [asdict(each) for each in found]})


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
