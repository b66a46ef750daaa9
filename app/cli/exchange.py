"""Commands of a desk's dealings with others: keys, bundles, receipts, backups, a desk again."""

from argparse import Namespace
from dataclasses import asdict

from app.cli import console, paths
from app.cli.output import Output, password, progress, recovery_text, sign_in
from app.cli.parser import Add, Parser
from app.cli.values import whole_number
from app.core.i18n import N_, _
from app.services import exchange
from app.services.records import verify as verifying
from app.services.safekeeping import backups, rebuilding, restoring


def add_commands(add: Add) -> None:
    """Declare the commands of this module with their arguments."""
    _add_out(add("key request", _key))
    add("trust", _trust).add_argument("file", type=paths.to_read, help=N_("the centre's answer"))
    _add_export(add("export", _export))
    joining = add("join-parts", _join_parts)
    joining.add_argument(
        "paths", type=paths.to_read_or_folder, nargs="+", help=N_("the parts, or folders of them")
    )
    _add_out(joining)
    for name, run in (("receipt", _receipt), ("import-bundle", _import_bundle)):
        _add_file(add(name, run))
    _add_out(add("backup", _backup))
    add("begin-anew", _begin_anew)
    add("restore", _restore).add_argument("file", type=paths.to_read, help=N_("the backup"))
    for name, run in (("rebuild", _rebuild), ("join", _join)):
        making = add(name, run)
        _add_file(making)
        making.add_argument(
            "--recovery-file",
            type=paths.to_read,
            required=True,
            help=N_("file with the text of the recovery sheet"),
        )


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
        output.say(
            _("The central office's key is {fingerprint}. Compare it by telephone.").format(
                fingerprint=fingerprint
            ),
            fingerprint=fingerprint,
        )
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
    for each in found.findings:
        output.row(f"{each.kind}  {each.type} {each.title}: {each.reason}", asdict(each))
    counts = {kind: len(found.of(kind)) for kind in ("returned", "held", "warning")}
    output.say(
        _(
            "{lines} lines would be sent: {returned} returned, {held} held, {warning} to look at."
        ).format(lines=found.lines, **counts),
        lines=found.lines,
        **counts,
    )
    return 1 if counts["returned"] or counts["held"] else 0


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
    return _name(left_out, output)


def _name(left_out: list[exchange.LeftOut], output: Output) -> int:
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
    _name(left_out, output)
    return 1 if taken.left_out else 0


def _backup(options: Namespace, output: Output) -> int:
    desk = sign_in(options)
    try:
        made = backups.back_up(desk.store, options.out, step=progress)
    finally:
        desk.close()
    if made.notice:
        console.tell(made.notice)
    output.say(
        _("Backed up and verified: {file}").format(file=made.path),
        file=str(made.path),
        lost_scans=[each.name for each in made.lost],
    )
    return 1 if made.lost else 0


def _begin_anew(options: Namespace, output: Output) -> None:
    """Take this desk out of a chain that a copy goes on writing in, or that has lost its end."""
    sign_in(options, go_on=True).close()
    output.say(
        _(
            "This desk goes on under a new key: send a key request to the central office with the "
            "next file."
        ),
        ok=True,
    )


def _restore(options: Namespace, output: Output) -> None:
    desk = restoring.restore(
        options.data, options.file, user=options.user, password=password(options)
    )
    if desk.notice:
        console.tell(desk.notice)
    try:
        verdict = verifying.verify(desk.store)
        sentence = _(
            "The backup is in its place with {lines} lines. The desk goes on under a new key: send "
            "a key request to the central office with the next file."
        )
        output.say(sentence.format(lines=verdict.lines), ok=verdict.ok, lines=verdict.lines)
    finally:
        desk.close()


def _rebuild(options: Namespace, output: Output) -> int:
    recovery = recovery_text(options)
    with exchange.whole(options.file) as file:
        desk = rebuilding.rebuild(
            options.data,
            file,
            recovery=recovery,
            user=options.user,
            password=password(options),
        )
    try:
        verdict = verifying.verify(desk.store)
        fingerprint = exchange.centre_fingerprint(desk.store)
        output.say(
            _(
                "The desk is rebuilt with {lines} lines from the centre {fingerprint}: compare it "
                "by telephone, then send a key request before the next bundle."
            ).format(lines=verdict.lines, fingerprint=fingerprint),
            ok=verdict.ok,
            lines=verdict.lines,
            fingerprint=fingerprint,
        )
        return _name(exchange.lines_left_out(desk.store), output)
    finally:
        desk.close()


def _join(options: Namespace, output: Output) -> int:
    recovery = recovery_text(options)
    with exchange.whole(options.file) as file:
        desk, fingerprint = rebuilding.join(
            options.data,
            file,
            recovery=recovery,
            user=options.user,
            password=password(options),
        )
    left_out = exchange.lines_left_out(desk.store)
    desk.close()
    output.say(
        _(
            "This desk has joined the office. Compare {fingerprint} with the other desk, and send "
            "a key request to the central office."
        ).format(fingerprint=fingerprint),
        fingerprint=fingerprint,
    )
    return _name(left_out, output)
