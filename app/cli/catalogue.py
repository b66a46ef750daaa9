"""The command that lists the printed forms: no desk is opened, so nothing of one is read."""

from argparse import Namespace

from app.cli.output import Output
from app.cli.parser import Add
from app.reports import registry


def add_commands(add: Add) -> None:
    """Declare the command of this module."""
    add("forms", _forms)


def _forms(_options: Namespace, output: Output) -> None:
    output.rows(
        (
            (form.number, form.name, form.title),
            {"name": form.name, "code": form.number, "title": form.title, "type": form.entity},
        )
        for form in registry.in_order()
    )
