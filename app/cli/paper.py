"""Commands of paper: the list of forms, printing one, checking one."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from app.cli.output import Output, sign_in
from app.services import print_all, printing


def add_commands(commands: Any, common: ArgumentParser) -> None:
    """Register the commands with the parser."""
    listing = commands.add_parser("forms", parents=[common])
    listing.set_defaults(run=_forms)
    one = commands.add_parser("print", parents=[common])
    one.add_argument("form")
    one.add_argument("id", help="a record's id, all for every record of the form, or sample")
    one.add_argument("--out", type=Path, required=True)
    one.add_argument("--blank", action="store_true")
    one.add_argument("--thai-digits", action="store_true")
    one.set_defaults(run=_print)
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


def _print(options: Namespace, output: Output) -> None:
    look = {"blank": options.blank, "thai_digits": options.thai_digits}
    if options.id == "sample":
        pdf = printing.sample(options.form, **look)
    elif options.id == "all":
        _print_all(options, output)
        return
    else:
        desk = sign_in(options)
        try:
            pdf = printing.draw(desk.store, options.form, options.id, **look).pdf
        finally:
            desk.close()
    options.out.write_bytes(pdf)
    output.say(str(options.out), file=str(options.out), bytes=len(pdf))


def _print_all(options: Namespace, output: Output) -> None:
    """Print every record that the form prints into one file; what is left out is said."""
    desk = sign_in(options)
    try:
        batch = print_all.draw_form(desk.store, options.form)
    finally:
        desk.close()
    if batch.prints:
        options.out.write_bytes(batch.pdf)
    output.say(
        str(options.out) if batch.prints else "",
        file=str(options.out) if batch.prints else "",
        printed=len(batch.prints),
        left_out=len(batch.left_out),
    )


def _verify_paper(options: Namespace, output: Output) -> None:
    desk = sign_in(options)
    try:
        verdict = printing.check_paper(desk.store, options.text)
        output.say(verdict, verdict=verdict)
    finally:
        desk.close()
