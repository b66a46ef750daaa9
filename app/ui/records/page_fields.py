"""The fields of a page: those of its records, and choices that only the store knows."""

from dataclasses import replace

from app.core.codes import Choices
from app.core.fields import Field, Kind
from app.services.office.desk import Desk
from app.services.records import records
from app.ui.records.page import Page


def page_fields(page: Page, desk: Desk) -> list[Field]:
    """Return the fields of the page; a text whose choices the programme knows becomes a choice."""
    with desk.store.read() as connection:
        view = records.view_of(connection)
        choices = {name: of(view) for name, of in page.choices.items()}
    return [
        _chosen(field, choices[field.name], begins=field.name not in page.unchosen)
        if field.name in choices
        else field
        for field in records.fields(page.type)
    ]


def _chosen(field: Field, choices: Choices, *, begins: bool) -> Field:
    """Make a text a choice; a new record may begin with the first, the newest."""
    default = choices[0][0] if begins else None
    return replace(field, kind=Kind.CHOICE, choices=choices, default=default)
