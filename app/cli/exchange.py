"""Commands of a desk's dealings with the centre and the other desk: keys, bundles, receipts."""

from argparse import Namespace
from dataclasses import asdict

from app.cli import console, paths
from app.cli.output import Output, progress, sign_in
from app.cli.parser import Add, Parser
from app.cli.values import whole_number
from app.core.i18n import N_, _
from app.services import exchange
from app.services.exchange.preflight import Finding
from app.services.records import records
from app.sync import trust

_FINDINGS = {
    "returned": N_("comes back"),
    "held": N_("is held"),
    "warning": N_("to look at"),
}


def add_commands(add: Add) -> None:
    """Declare the commands of this module with their arguments."""
    _add_out(add("key request", _key))
    add("trust", _trust).add_argument(
        "file",
        type=paths.to_read,
        help=N_("the centre's answer, or the key request of another desk"),
    )
    _add_export(add("export", _export))
    joining = add("join-parts", _join_parts)
    joining.add_argument(
        "paths", type=paths.to_read_or_folder, nargs="+", help=N_("the parts, or folders of them")
    )
    _add_out(joining)
    for name, run in (("receipt", _receipt), ("import-bundle", _import_bundle)):
        _add_file(add(name, run))


def _add_export(parser: Parser) -> None:
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=paths.folder_to_write, help=N_("where the file is written"))
    where.add_argument(
        "--check", action="store_true", help=N_("only say what the centre would return")
    )
    parser.add_argument("--full", action="store_true", help=N_("everything, not only what is new"))
    parser.add_argument(
        "--parts",
        type=whole_number,
        nargs="?",
        const=exchange.MEGABYTES,
        metavar="MB",
        help=N_("in parts for mail, of so many megabytes"),
    )


def _add_out(parser: Parser) -> None:
    parser.add_argument(
        "--out", type=paths.folder_to_write, required=True, help=N_("where the file is written")
    )


def _add_file(parser: Parser) -> None:
    parser.add_argument(
        "file", type=paths.to_read_or_folder, help=N_("the file, or the folder of its parts")
    )


def _key(options: Namespace, output: Output) -> None:
    desk = sign_in(options)
    try:
        path = exchange.request_key(desk.store, options.out)
        output.say(
            _("Send {file} to the central office; its fingerprint is {fingerprint}.").format(
                file=path, fingerprint=exchange.own_fingerprint(desk.store)
            ),
            file=str(path),
            fingerprint=exchange.own_fingerprint(desk.store),
        )
    finally:
        desk.close()


def _trust(options: Namespace, output: Output) -> None:
    desk = sign_in(options)
    try:
        fingerprint = exchange.apply_trust(desk.store, options.file)
        if trust.is_request(options.file):
            sentence = _("Compare this with the screen of the other desk: {fingerprint}")
        else:
            sentence = _("The central office's key is {fingerprint}. Compare it by telephone.")
        output.say(sentence.format(fingerprint=fingerprint), fingerprint=fingerprint)
    finally:
        desk.close()


def _export(options: Namespace, output: Output) -> int:
    if options.check:
        return _foretell(options, output)
    desk = sign_in(options)
    try:
        if options.parts is None:
            sealed = exchange.export(desk.store, options.out, full=options.full, step=progress)
            files = [sealed.path]
        else:
            sealed, files = exchange.export_parts(
                desk.store,
                options.out,
                megabytes=options.parts,
                full=options.full,
                step=progress,
            )
        lost = exchange.left_out(desk.store, sealed)
    finally:
        desk.close()
    for each in lost:
        console.tell(each.sentence)
    records = sum(sealed.counts.values())
    envelope = sealed.envelope
    facts = {
        "content_id": sealed.content_id,
        "seq_from": envelope.seq_from,
        "seq_to": envelope.seq_to,
        "records": records,
        "lost_scans": [each.name for each in lost],
    }
    for file in files:
        sentence = _("{file}: {records} lines sealed.").format(file=file, records=records)
        output.say(sentence, file=str(file), **facts)
    return 1 if lost else 0


def _foretell(options: Namespace, output: Output) -> int:
    desk = sign_in(options)
    try:
        found = exchange.preflight(desk.store, step=progress)
    finally:
        desk.close()
    output.rows((_in_words(each), asdict(each)) for each in found.findings)
    counts = {kind: len(found.of(kind)) for kind in ("returned", "held", "warning")}
    output.say(
        _(
            "{lines} lines would be sent: {returned} returned, {held} held, {warning} to look at."
        ).format(lines=found.lines, **counts),
        lines=found.lines,
        **counts,
    )
    return 1 if counts["returned"] or counts["held"] else 0


def _in_words(found: Finding) -> tuple[str, ...]:
    return _(_FINDINGS[found.kind]), records.label(found.type), found.title, found.reason


def _join_parts(options: Namespace, output: Output) -> None:
    for path in exchange.join(options.paths, options.out):
        output.say(_("{file} is whole again.").format(file=path), file=str(path))


def _receipt(options: Namespace, output: Output) -> int:
    desk = sign_in(options)
    try:
        with exchange.whole(options.file) as file:
            receipt = exchange.apply_receipt(desk.store, file)
        left_out = exchange.lines_left_out(desk.store, f"-{receipt.number:06d}-R")
    finally:
        desk.close()
    through = max((each.through for each in receipt.acknowledged), default=0)
    output.say(
        _("Receipt {number} of {at}: the centre has {through} lines, {rejected} returned.").format(
            number=receipt.number, at=receipt.at, through=through, rejected=len(receipt.rejected)
        ),
        number=receipt.number,
        at=receipt.at,
        acknowledged_through=through,
        rejected=len(receipt.rejected),
        disputed=len(receipt.disputed),
        left_out=len(left_out),
    )
    return say_left_out(left_out, output)


def say_left_out(left_out: list[exchange.LeftOut], output: Output) -> int:
    """Print a row for each line that was left out; return the exit code."""
    for each in left_out:
        output.row(
            _("Left out of {file}: {type} {id}: {reason}").format(**asdict(each)), asdict(each)
        )
    return 1 if left_out else 0


def _import_bundle(options: Namespace, output: Output) -> int:
    desk = sign_in(options)
    try:
        with exchange.whole(options.file) as file:
            taken = exchange.import_bundle(desk.store, file, step=progress)
        left_out = exchange.lines_left_out(desk.store, taken.name) if taken.left_out else []
    finally:
        desk.close()
    facts = asdict(taken)
    sentence = _(
        "{name}: {new} new lines, {known} known, {left_out} left out; {disputed} records disputed."
    )
    output.say(sentence.format(**facts), **facts)
    say_left_out(left_out, output)
    return 1 if taken.left_out else 0
