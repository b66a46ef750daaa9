"""The printed forms by name. A form module registers itself with @form."""

import dataclasses
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from app.core.errors import UserError
from app.core.i18n import _
from app.reports.layout.blocks import paragraph
from app.reports.layout.faces import faces, refusal
from app.reports.layout.page import Heading, Sheet
from app.reports.layout.page_frame import frame

BUNDLE = "bundle"  # what a document of a file in the outbox prints, instead of a record
REPORT = "report"  # what a document of figures prints, instead of a record


class Form(NamedTuple):
    """A printed document: its title, the record type it prints, and the function drawing it.

    `number` is the document's place in the list of printable documents, `code` the code and
    version in its foot; `sample` gives invented data that is marked as such.
    """

    name: str
    number: str
    title: str
    code: str
    entity: str
    sample: Callable[[], Any]
    layout: Callable[[Sheet, Any], None]


FORMS: dict[str, Form] = {}


def form(
    *, name: str, number: str, title: str, code: str, entity: str, sample: Callable[[], Any]
) -> Callable[[Callable[[Sheet, Any], None]], Callable[[Sheet, Any], None]]:
    """Register the function that lays a document out."""

    def register(layout: Callable[[Sheet, Any], None]) -> Callable[[Sheet, Any], None]:
        FORMS[name] = Form(name, number, title, code, entity, sample, layout)
        return layout

    return register


def in_order() -> list[Form]:
    """Return the printed documents in the order of their numbers."""
    return sorted(FORMS.values(), key=lambda form: int(form.number.removeprefix("P")))


def draw(name: str, data: Any, *, blank: bool = False, thai_digits: bool = False) -> bytes:
    """Print a form as PDF; the same data gives the same bytes.

    A blank form takes only the office and the print from `data`. Raises UserError
    ("unknown_form"), and Invalid ("no_glyph") that names every character no font of ours has.
    """
    if name not in FORMS:
        raise UserError(
            _("There is no form named {name}. The command forms lists them.").format(name=name),
            code="unknown_form",
        )
    found = FORMS[name]
    missing = faces().regular.lacks("".join(_texts(data)))
    if missing:
        raise refusal(missing)
    heading = Heading(found.title, found.code)
    sheet = Sheet(heading, data.stamp, blank=blank, thai_digits=thai_digits)
    found.layout(sheet, data)
    _continuation(sheet)
    return sheet.save(frame)


def _texts(data: Any) -> Iterator[str]:
    """Yield every text in a form's data, however deep."""
    if isinstance(data, str):
        yield data.replace("\n", " ")
    elif dataclasses.is_dataclass(data):
        for each in dataclasses.fields(data):
            yield from _texts(getattr(data, each.name))
    elif isinstance(data, tuple):
        for each in data:
            yield from _texts(each)


def _continuation(sheet: Sheet) -> None:
    if not sheet.notes:
        return
    sheet.new_page()
    sheet.text(
        (sheet.left + sheet.right) / 2, sheet.y + 16, "แผ่นต่อ", size=15, bold=True, align="center"
    )
    sheet.y += 34
    for number, (label, text) in enumerate(sheet.notes, 1):
        sheet.need(34)
        sheet.text(
            sheet.left,
            sheet.y + 12,
            f"ข้อ {number} (*{number})  {' '.join(label.split())}",
            bold=True,
        )
        sheet.y += 18
        paragraph(sheet, text, indent=18)


_ABOVE = "app.reports.forms"  # whose modules know this one
for _module in pkgutil.iter_modules(importlib.import_module(_ABOVE).__path__):
    importlib.import_module(f"{_ABOVE}.{_module.name}")
