"""Commands of paper: printing a form, what was printed, checking one."""

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from app.cli import paths
from app.cli.output import Output, sign_in
from app.cli.parser import Add
from app.cli.values import whole_number
from app.core.i18n import N_, _
from app.services.office import print_diary
from app.services.printing import print_all, printing, prints
from app.sync import durable


def add_commands(add: Add) -> None:
    """Declare the commands of this module with their arguments."""
    one = add("print", _print)
    one.add_argument(
        "form",
        type=printing.called,
        metavar=N_("FORM"),
        help=N_("number or name of the form, as forms gives them"),
    )
    one.add_argument(
        "id", metavar="ID", help=N_("a record's number, all for every record, or sample")
    )
    one.add_argument("--out", type=paths.to_write, required=True, help=N_("the PDF"))
    one.add_argument("--blank", action="store_true", help=N_("empty, to be filled in by hand"))
    one.add_argument("--thai-digits", action="store_true", help=N_("with Thai digits"))
    add("prints", _prints).add_argument(
        "id", metavar="ID", help=N_("a record's number, or the name of a file of the outbox")
    )
    copying = add("print-copy", _print_copy)
    copying.add_argument(
        "no",
        type=whole_number,
        metavar=N_("NO."),
        help=N_("the print's place in the diary, as prints gives it"),
    )
    copying.add_argument("--out", type=paths.to_write, required=True, help=N_("the PDF"))
    add("verify-paper", _verify_paper).add_argument(
        "text", help=N_("what the scanner read from the QR code")
    )


def _print(options: Namespace, output: Output) -> int:
    """Print into a file: a paper of a record has its number, a sample and a blank have none."""
    look = {"blank": options.blank, "thai_digits": options.thai_digits}
    if options.id == "sample":
        _write(options.out, printing.sample(options.form, **look), output)
        return 0
    if options.id == "all":
        return _print_all(options, output)
    desk = sign_in(options)
    try:
        preview = printing.draw(desk.store, options.form, options.id, **look)
        if options.blank:
            _write(options.out, preview.pdf, output)
            return 0
        gone = prints.save(desk.store, [preview], options.out)
    finally:
        desk.close()
    (paper,) = gone.prints
    facts = {"file": str(options.out), "copy": paper.copy, "bytes": len(paper.pdf)}
    output.row(str(options.out), facts)
    return 0


def _write(target: Path, pdf: bytes, output: Output) -> None:
    durable.write(target, [pdf])
    output.say(str(target), file=str(target), bytes=len(pdf))


def _print_all(options: Namespace, output: Output) -> int:
    """Print every record that the form prints into one file; each that is left out is named."""
    desk = sign_in(options)
    try:
        batch = print_all.draw_form(
            desk.store, options.form, blank=options.blank, thai_digits=options.thai_digits
        )
        if batch.previews and options.blank:
            durable.write(options.out, [batch.pdf])
        elif batch.previews:
            prints.save(desk.store, batch.previews, options.out)
    finally:
        desk.close()
    for record, reason in batch.left_out:
        output.say(f"{record}: {reason}", title=record, reason=reason)
    output.say(
        str(options.out) if batch.previews else _("No record was printed; no file was written."),
        file=str(options.out) if batch.previews else "",
        printed=len(batch.previews),
        left_out=len(batch.left_out),
    )
    return 1 if batch.left_out else 0


def _prints(options: Namespace, output: Output) -> None:
    """List the papers of a record, the newest first."""
    desk = sign_in(options)
    try:
        papers = print_diary.of_record(desk.store, options.id)
        output.rows((_in_words(each), asdict(each) | {"at": each.at + _THAI}) for each in papers)
    finally:
        desk.close()


_THAI = "+07:00"  # the diary has the time of the wall clock


def _in_words(paper: print_diary.Printed) -> tuple[str, ...]:
    state, copy = _(print_diary.STATES[paper.state]), _("copy {no}").format(no=paper.copy)
    return f"{paper.no:,}", paper.form, copy, paper.at, paper.by, state


def _print_copy(options: Namespace, output: Output) -> None:
    """Return a kept print once more, marked as a copy; it takes no number."""
    desk = sign_in(options)
    try:
        pdf = prints.copy_of(desk.store, options.no)
        prints.note_copy(desk.store, options.no)
    finally:
        desk.close()
    _write(options.out, pdf, output)


def _verify_paper(options: Namespace, output: Output) -> None:
    desk = sign_in(options)
    try:
        verdict = printing.check_paper(desk.store, options.text)
        output.say(verdict, verdict=verdict)
    finally:
        desk.close()
