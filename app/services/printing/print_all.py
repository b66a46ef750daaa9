"""Printing a whole list at once: one document of all, each record on the form that prints it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from app.core.errors import Invalid, UserError
from app.core.i18n import _
from app.models.office.store import Store
from app.reports.layout.joined import joined
from app.services.printing import gathering, printing
from app.services.printing.printing import Preview
from app.services.records import records, search
from app.services.records.search import Row

MOST = 500  # records in one go: what a printer's tray and a clerk's patience hold


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to print a list: the forms, of which each record takes the first that prints it.

    `title` is "" where several forms share the records among them; `count` says how many records
    are printed.
    """

    forms: tuple[str, ...]
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Batch:
    """The papers of a list to look at, one PDF of all; `left_out` says (record, why not)."""

    previews: tuple[Preview, ...]
    pdf: bytes
    left_out: tuple[tuple[str, str], ...]


def choices(store: Store, type_: str, numbers: Sequence[int]) -> list[Choice]:
    """List how the rows of a list may be printed; first, where forms share them, all at once.

    Raises UserError "too_many".
    """
    listed = search.page(store, type_, _few(numbers))
    printed = {form.name: 0 for form in printing.forms_of(type_)}
    for row in listed:
        for form in printing.forms_of(type_, row.data):
            printed[form.name] += 1
    shared = tuple(name for name, count in printed.items() if 0 < count < len(listed))
    shares = [
        row
        for row in listed
        if {form.name for form in printing.forms_of(type_, row.data)} & set(shared)
    ]
    return [
        *([Choice(shared, "", len(shares))] if len(shared) > 1 else []),
        *(
            Choice((form.name,), form.title, printed[form.name])
            for form in printing.forms_of(type_)
            if printed[form.name]
        ),
    ]


def draw_form(store: Store, form: str, *, blank: bool = False, thai_digits: bool = False) -> Batch:
    """Draw a form for every record that it prints, or so many blanks.

    Raises UserError "not_found" and "too_many".
    """
    found = next((each for each in printing.forms() if each.name == form), None)
    if found is None or not gathering.is_of_record(found.name):
        raise UserError(_("There is no such form for this record."), code="not_found")
    rows = search.page(store, found.entity, _few(search.rows(store, found.entity)))
    fitting = [row.rowid for row in rows if found in printing.forms_of(found.entity, row.data)]
    draw = partial(printing.draw, store, blank=blank, thai_digits=thai_digits)
    return _drawn(draw, found.entity, [form], search.page(store, found.entity, fitting))


def draw_all(
    store: Store,
    type_: str,
    forms: Sequence[str],
    numbers: Sequence[int],
    step: Callable[[int, int], None] = lambda _done, _whole: None,
) -> Batch:
    """Draw each row of a list on the first of some forms that prints it.

    A record that is not ready for its paper, or that none of them prints, is left out and named.
    """
    return _drawn(
        partial(printing.draw, store), type_, forms, search.page(store, type_, numbers), step
    )


def _drawn(
    draw: Callable[[str, str], Preview],
    type_: str,
    forms: Sequence[str],
    listed: Sequence[Row],
    step: Callable[[int, int], None] = lambda _done, _whole: None,
) -> Batch:
    previews, left_out = [], []
    for number, row in enumerate(listed):
        step(number, len(listed))
        fitting = [form.name for form in printing.forms_of(type_, row.data) if form.name in forms]
        if not fitting:
            left_out.append((records.title(type_, row.data), _("This form does not print it.")))
            continue
        try:
            previews.append(draw(fitting[0], row.id))
        except Invalid as refused:
            left_out.append((records.title(type_, row.data), refused.sentence))
    pdf = joined(each.pdf for each in previews) if previews else b""
    return Batch(tuple(previews), pdf, tuple(left_out))


def _few(numbers: Sequence[int]) -> Sequence[int]:
    if len(numbers) > MOST:
        raise UserError(
            _("{count} records are listed. Narrow the list to {most} to print all at once.").format(
                count=f"{len(numbers):,}", most=MOST
            ),
            code="too_many",
        )
    return numbers
