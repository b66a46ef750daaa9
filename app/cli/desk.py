"""Commands of a desk: making it, finding, importing, undoing, sending, backing up."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.cli.output import Output, password, progress, sign_in
from app.core.errors import UserError
from app.core.i18n import _
from app.models import backup
from app.services import bundles, history, imports, rebuilding, records, search
from app.services import desk as desks
from app.services import verify as verifying


def add_commands(commands: Any, common: ArgumentParser) -> None:
    """Register the commands with the parser."""

    def add(name: str, run: Any, *arguments: str) -> ArgumentParser:
        parser: ArgumentParser = commands.add_parser(name, parents=[common])
        for argument in arguments:
            parser.add_argument(argument)
        parser.set_defaults(run=run)
        return parser

    first = add("init", _init)
    first.add_argument("--office", required=True)
    sheet = add("import", _import, "file")
    sheet.add_argument("--as", dest="kind", required=True, choices=imports.KINDS)
    sheet.add_argument("--group", default="")
    sheet.add_argument("--dry-run", action="store_true")
    sheet.add_argument("--reason", default="")
    sheet.add_argument("--refused-to", type=Path, help="xlsx for the refused rows")
    add("find", _find, "words")
    add("show", _show, "type", "id")
    add("undo", _undo, "act")
    add("verify", _verify)
    key = add("key", _key)
    key.add_argument("what", choices=["request"])
    key.add_argument("--out", type=Path, required=True)
    add("trust", _trust, "file")
    out = add("export", _export)
    out.add_argument("--out", type=Path, required=True)
    out.add_argument("--full", action="store_true")
    out.add_argument(
        "--parts", type=int, nargs="?", const=bundles.MEGABYTES, metavar="MB", help="files for mail"
    )
    joining = add("join-parts", _join_parts)
    joining.add_argument("paths", type=Path, nargs="+", help="the parts, or folders of them")
    joining.add_argument("--out", type=Path, required=True)
    add("receipt", _receipt, "file")
    add("backup", _backup).add_argument("--out", type=Path, required=True)
    again = add("rebuild", _rebuild, "file")
    again.add_argument("--recovery-file", type=Path, required=True)


def _init(options: Namespace, output: Output) -> None:
    desk, recovery = desks.create(
        options.data, office=options.office, user=options.user, password=password(options)
    )
    desk.close()
    output.say(
        _(
            "The desk of {office} is made. Write this down and lock it away, it is shown once:\n"
            "{recovery}"
        ).format(office=desks.office_name(options.office), recovery=recovery),
        office=options.office,
        recovery=recovery,
    )


def _import(options: Namespace, output: Output) -> int:
    desk = sign_in(options)
    try:
        plan = imports.plan(
            desk.store, Path(options.file), options.kind, group=options.group, step=progress
        )
        for refusal in plan.refusals:
            facts = asdict(refusal)
            output.row(_("Row {row}, {field}: {reason}").format(**facts), facts)
        if not output.as_json:  # the contract's lines are refusals and counts alone
            for row in plan.rows:
                for problem in row.problems if row.verdict != "refused" else ():
                    print(
                        _("Row {row}, to look at: {reason}").format(
                            row=row.number, reason=problem.message
                        )
                    )
        act = ""
        if not options.dry_run:
            act = imports.commit(desk.store, plan, reason=options.reason, step=progress).act
        if options.refused_to:
            imports.export_refused(plan, options.refused_to)
        counts = plan.counts
        output.row(
            _(
                "New {new}, same {same}, changed {changed}, with warnings {warned}, "
                "refused {refused}"
            ).format(**counts),
            counts | ({"act": act} if act else {}),
        )
        return 1 if counts["refused"] else 0
    finally:
        desk.close()


def _find(options: Namespace, output: Output) -> None:
    desk = sign_in(options)
    try:
        for hit in search.find(desk.store, options.words):
            output.say(
                f"{records.label(hit.type)}  {hit.title}  {hit.detail}  {hit.id}",
                type=hit.type,
                id=hit.id,
                title=hit.title,
            )
    finally:
        desk.close()


def _show(options: Namespace, output: Output) -> None:
    desk = sign_in(options)
    try:
        record = records.get(desk.store, options.type, options.id)
        shown = records.described(desk.store, record)
        text = "\n".join(f"{label}: {value}" for label, value in shown)
        output.say(text, type=record.type, id=record.id, title=record.title, data=record.data)
    finally:
        desk.close()


def _undo(options: Namespace, output: Output) -> None:
    desk = sign_in(options)
    try:
        act = history.undo(desk.store, options.act)
        output.say(_("Undone."), act=act)
    finally:
        desk.close()


def _verify(options: Namespace, output: Output) -> int:
    desk = sign_in(options)
    try:
        verdict = verifying.verify(desk.store)
    finally:
        desk.close()
    sentence = _("All {lines} lines hold.").format(lines=f"{verdict.lines:,}")
    output.say(
        verdict.reason or sentence, ok=verdict.ok, lines=verdict.lines, reason=verdict.reason
    )
    return 0 if verdict.ok else 2


def _key(options: Namespace, output: Output) -> None:
    desk = sign_in(options)
    try:
        path = bundles.request_key(desk.store, options.out)
        output.say(_("Send {file} to the central office.").format(file=path), file=str(path))
    finally:
        desk.close()


def _trust(options: Namespace, output: Output) -> None:
    desk = sign_in(options)
    try:
        fingerprint = bundles.apply_trust(desk.store, Path(options.file))
        output.say(
            _("The central office's key is {fingerprint}. Compare it by telephone.").format(
                fingerprint=fingerprint
            ),
            fingerprint=fingerprint,
        )
    finally:
        desk.close()


def _export(options: Namespace, output: Output) -> None:
    desk = sign_in(options)
    try:
        if options.parts is None:
            sealed = bundles.export(desk.store, options.out, full=options.full, step=progress)
            files = [sealed.path]
        else:
            sealed, files = bundles.export_parts(
                desk.store,
                options.out,
                megabytes=options.parts,
                full=options.full,
                step=progress,
            )
    finally:
        desk.close()
    records = sum(sealed.counts.values())
    envelope = sealed.envelope
    facts = {
        "content_id": sealed.content_id,
        "seq_from": envelope.seq_from,
        "seq_to": envelope.seq_to,
        "records": records,
    }
    for file in files:
        sentence = _("{file}: {records} lines sealed.").format(file=file, records=records)
        output.say(sentence, file=str(file), **facts)


def _join_parts(options: Namespace, output: Output) -> None:
    for path in bundles.join(options.paths, options.out):
        output.say(_("{file} is whole again.").format(file=path), file=str(path))


def _receipt(options: Namespace, output: Output) -> None:
    desk = sign_in(options)
    try:
        with bundles.whole(Path(options.file)) as file:
            receipt = bundles.apply_receipt(desk.store, file)
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
    )


def _backup(options: Namespace, output: Output) -> None:
    desk = sign_in(options)
    try:
        path = backup.write(desk.store.main, options.out)
        output.say(_("Backed up and verified: {file}").format(file=path), file=str(path))
    finally:
        desk.close()


def _rebuild(options: Namespace, output: Output) -> None:
    recovery = _recovery(options)
    with bundles.whole(Path(options.file)) as file:
        desk = rebuilding.rebuild(
            options.data,
            file,
            recovery=recovery,
            user=options.user,
            password=password(options),
        )
    try:
        verdict = verifying.verify(desk.store)
        fingerprint = bundles.centre_fingerprint(desk.store)
        output.say(
            _(
                "The desk is rebuilt with {lines} lines from the centre {fingerprint}: compare it "
                "by telephone, then send a key request before the next bundle."
            ).format(lines=verdict.lines, fingerprint=fingerprint),
            ok=verdict.ok,
            lines=verdict.lines,
            fingerprint=fingerprint,
        )
    finally:
        desk.close()


def _recovery(options: Namespace) -> str:
    """Read the recovery sheet's text. Raises UserError "recovery_file"."""
    try:
        return str(options.recovery_file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            _("The file with the recovery text cannot be read."), code="recovery_file"
        ) from error
