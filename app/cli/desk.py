"""Commands of a desk: making it, finding, importing, undoing, verifying."""

from argparse import Namespace
from dataclasses import asdict

from app.cli import console, paths
from app.cli.columns import aligned
from app.cli.output import Output, password, progress, sign_in
from app.cli.parser import Add
from app.core.i18n import N_, _
from app.services.office import desk as desks
from app.services.office import scans
from app.services.records import history, naming, records, search
from app.services.records import verify as verifying
from app.services.spreadsheets import imports


def add_commands(add: Add) -> None:
    """Declare the commands of this module with their arguments."""
    first = add("init", _init)
    first.add_argument("--office", required=True, metavar=N_("CODE"), help=N_("office, as 15"))
    sheet = add("import", _import)
    sheet.add_argument("file", type=paths.to_read, help=N_("the spreadsheet: xlsx, xls, ods, csv"))
    sheet.add_argument(
        "--as", dest="kind", required=True, choices=imports.kinds(), help=N_("kind of the list")
    )
    sheet.add_argument("--group", default="", metavar="ID", help=N_("group of a list of members"))
    sheet.add_argument(
        "--class",
        dest="training_class",
        default="",
        metavar="ID",
        help=N_("class of a list of trainees or of attendance"),
    )
    sheet.add_argument(
        "--dry-run", action="store_true", help=N_("say what would be done, and store nothing")
    )
    sheet.add_argument(
        "--reason", default="", metavar=N_("REASON"), help=N_("why rows with warnings are right")
    )
    sheet.add_argument("--refused-to", type=paths.to_write, help=N_("xlsx for the refused rows"))
    add("find", _find).add_argument("words", metavar=N_("WORDS"), help=N_("any part of a name"))
    showing = add("show", _show)
    showing.add_argument("type", metavar=N_("TYPE"), help=N_("type of record, as find gives it"))
    showing.add_argument("id", metavar="ID", help=N_("the record's number, as find gives it"))
    undoing = add("undo", _undo)
    undoing.add_argument("act", metavar="ID", help=N_("number of the entry, as import gives it"))
    add("verify", _verify)


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
        owner = options.training_class or options.group
        plan = imports.plan(desk.store, options.file, options.kind, owner=owner, step=progress)
        _tell_rows(plan, output)
        act = ""
        if options.refused_to:  # first: a disk that is full leaves nothing half done
            imports.export_refused(plan, options.refused_to)
        if not options.dry_run:
            act = imports.commit(desk.store, plan, reason=options.reason, step=progress).act
        counts = plan.counts | {"left_out": sum(each.to - each.row + 1 for each in plan.left_out)}
        output.row(
            _(
                "New {new}, same {same}, changed {changed}, with warnings {warned}, "
                "refused {refused}; {left_out} rows that are no records were left out"
            ).format(**counts),
            counts | ({"act": act} if act else {}),
        )
        return 1 if counts["refused"] else 0
    finally:
        desk.close()


def _tell_rows(plan: imports.Plan, output: Output) -> None:
    """Print each row that is not taken in, and each that is to be looked at."""
    for left_out in plan.left_out:
        facts = asdict(left_out)
        sentence = (
            _("Row {row}, left out: {reason}")
            if left_out.row == left_out.to
            else _("Rows {row} to {to}, left out: {reason}")
        )
        output.row(sentence.format(**facts), facts)
    labels = _labels(plan.kind)
    for refusal in plan.refusals:
        label, facts = labels.get(refusal.field, ""), asdict(refusal)
        is_named = refusal.reason.startswith(label)  # by the reason itself
        sentence = _("Row {row}: {reason}") if is_named else _("Row {row}, {field}: {reason}")
        output.row(sentence.format(**facts | {"field": label}), facts)
    for row in plan.rows:
        for problem in row.problems if row.verdict != "refused" else ():
            output.row(
                _("Row {row}, to look at: {reason}").format(row=row.number, reason=problem.message),
                {"row": row.number, "field": problem.field, "to_look_at": problem.message},
            )


def _labels(kind: str) -> dict[str, str]:
    """Return the labels of the fields that a list of this kind can be wrong in."""
    described = (each for type_ in imports.kinds()[kind].types for each in records.fields(type_))
    return {each.name: _(each.label) for each in (*described, *imports.fields(kind))}


def _find(options: Namespace, output: Output) -> None:
    desk = sign_in(options)
    try:
        output.rows(
            (
                (records.label(hit.type), hit.title, hit.detail, hit.type, hit.id),
                {"type": hit.type, "id": hit.id, "title": hit.title},
            )
            for hit in search.find(desk.store, options.words)
        )
    finally:
        desk.close()


def _show(options: Namespace, output: Output) -> None:
    desk = sign_in(options)
    try:
        record = records.get(desk.store, options.type, options.id)
        shown = naming.described(desk.store, record)
        text = "\n".join(aligned((f"{label}:", value) for label, value in shown))
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
        verdict = verifying.verify(desk.store, step=progress)
        lost = scans.check(desk.store, step=progress)
    finally:
        desk.close()
    for each in lost:
        console.tell(each.sentence)
    reason = verdict.reason or (lost[0].sentence if lost else "")
    output.say(
        verdict.reason or _("All {lines} lines hold.").format(lines=f"{verdict.lines:,}"),
        ok=verdict.ok and not lost,
        lines=verdict.lines,
        reason=reason,
        lost_scans=[each.name for each in lost],
    )
    return 0 if verdict.ok and not lost else 2
