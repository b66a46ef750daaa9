"""Commands of paper: the list of forms, printing one, what was printed, checking one."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.cli import paths
from app.cli.output import Output, sign_in
from app.core.i18n import _
from app.services.office import print_diary
from app.services.printing import print_all, printing, prints
from app.sync import durable


def add_commands(commands: Any, common: ArgumentParser) -> None:
    """Register the commands with the parser."""
    listing = commands.add_parser("forms", parents=[common])
    listing.set_defaults(run=_forms)
    one = commands.add_parser("print", parents=[common])
    one.add_argument("form", type=printing.called, help="P1, or the name that forms lists")
    one.add_argument("id", help="a record's id, all for every record of the form, or sample")
    one.add_argument("--out", type=paths.to_write, required=True)
    one.add_argument("--blank", action="store_true")
    one.add_argument("--thai-digits", action="store_true")
    one.set_defaults(run=_print)
    diary = commands.add_parser("prints", parents=[common])
    diary.add_argument("id", help="a record's id, or the name of a file of the outbox")
    diary.set_defaults(run=_prints)
    copying = commands.add_parser("print-copy", parents=[common])
    copying.add_argument("no", type=int, help="the print's place in the diary: prints lists them")
    copying.add_argument("--out", type=paths.to_write, required=True)
    copying.set_defaults(run=_print_copy)
    checking = commands.add_parser("verify-paper", parents=[common])
    checking.add_argument("text", help="what the scanner read from the QR code")
    checking.set_defaults(run=_verify_paper)


def _forms(_options: Namespace, output: Output) -> None:
    for form in printing.forms():
        output.say(
            f"{form.number:4} {form.name:24} {form.title}",
            name=form.name,
            code=form.number,
            title=form.title,
            entity=form.entity,
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
        output.say(f"{record}: {reason}", record=record, reason=reason)
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
        for each in print_diary.of_record(desk.store, options.id):
            state = _(print_diary.STATES[each.state])
            output.row(
                f"{each.no:6} {each.form:24} {each.copy:4} {each.at} {each.by}  {state}",
                asdict(each),
            )
    finally:
        desk.close()


def _print_copy(options: Namespace, output: Output) -> None:
    """Give a kept print once more, marked as a copy; it takes no number."""
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
