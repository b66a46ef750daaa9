"""Commands of a desk: making it, finding, importing, undoing, sending, backing up."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.cli.output import Output, password, progress, sign_in
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
    where = out.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=Path)
    where.add_argument("--check", action="store_true", help="say what the centre would return")
    out.add_argument("--full", action="store_true")
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


def _export(options: Namespace, output: Output) -> int:
    if options.check:
        return _foretell(options, output)
    desk = sign_in(options)
    try:
        sealed = bundles.export(desk.store, options.out, full=options.full, step=progress)
    finally:
        desk.close()
    envelope = sealed.envelope
    output.say(
        _("{file}: {records} lines sealed.").format(
            file=sealed.path, records=sum(sealed.counts.values())
        ),
        file=str(sealed.path),
        content_id=sealed.content_id,
        seq_from=envelope.seq_from,
        seq_to=envelope.seq_to,
        records=sum(sealed.counts.values()),
    )
    return 0


def _foretell(options: Namespace, output: Output) -> int:
    desk = sign_in(options)
    try:
        found = bundles.preflight(desk.store, step=progress)
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


def _receipt(options: Namespace, output: Output) -> None:
    desk = sign_in(options)
    try:
        receipt = bundles.apply_receipt(desk.store, Path(options.file))
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
    recovery = options.recovery_file.read_text(encoding="utf-8")
    desk = rebuilding.rebuild(
        options.data,
        Path(options.file),
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
