"""The pages of the window by record type; a page module registers itself with page()."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtWidgets import QWidget

from app.core.codes import Choices
from app.models.office.store import Store
from app.services.office.desk import Desk
from app.services.records.facts import Fact
from app.services.records.record_view import View
from app.services.records.records import Saved
from app.ui.fields.editors import Around, MakeEditor
from app.ui.records.form_sections import Section
from app.ui.records.record_form import RecordForm

if TYPE_CHECKING:
    from app.ui.records.record_page import RecordPage

Only = Callable[[Desk, str], list[str]]  # a type -> ids of its records to keep


class Action(NamedTuple):
    """What a page does beyond its list and form: a button of the form, and its key."""

    title: str
    keys: str
    run: Callable[["RecordPage"], None]


class RowAction(NamedTuple):
    """What is done to the selected record of a related list: a button, its key, a service."""

    title: str
    keys: str
    run: Callable[[Store, str], Saved]


@dataclass(frozen=True, slots=True)
class Related:
    """Records of another type that belong to the one in the form: a group's members.

    `link` is the field of theirs that names it; `prints` tells that they have documents of
    their own; what only the centre writes is not added here.
    """

    type: str
    link: str
    title: str
    columns: tuple[str, ...]
    prints: bool = False
    can_add: bool = True
    actions: tuple[RowAction, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A list and a form for one type of record; titles are English msgids.

    `place` orders the pages; a page has the key Alt+`place` unless `letter` gives it another.

    `filters` are (title, column values) shown as a row of chips beside "all", `finders` are chips
    whose records a service finds; `choices` gives the choices of a text field that the programme's
    data knows, and a new record begins with the first unless the field is one of `unchosen`.
    `editors` are those of fields that have one of their own. `glance` finds the facts of a record
    that stand above its form, `on_top` makes what else stands between its heading and its sections.
    `make` makes the page itself where it is more than list and form.
    """

    type: str
    title: str
    new: str
    icon: str
    place: int
    columns: tuple[str, ...]
    sections: tuple[Section, ...]
    related: tuple[Related, ...] = ()
    filters: tuple[tuple[str, dict[str, Any]], ...] = ()
    finders: tuple[tuple[str, Only], ...] = ()
    choices: Mapping[str, Callable[[View], Choices]] = field(default_factory=dict)
    unchosen: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    glance: Callable[[Store, str], list[Fact]] | None = None
    on_top: Callable[[RecordForm], QWidget] | None = None
    editors: Mapping[str, MakeEditor] = field(default_factory=dict)
    letter: str = ""
    make: Callable[["Page", Desk, Around], "RecordPage"] | None = None

    @property
    def keys(self) -> str:
        """Return the keys that go to the page, "" for one beyond the digits."""
        if self.letter:
            return f"Alt+{self.letter}"
        return f"Alt+{self.place}" if self.place < _DIGITS else ""


def page(described: Page) -> Page:
    """Register a page."""
    _pages[described.type] = described
    return described


_MODULES = (
    "budgets",
    "certification",
    "checklists",
    "courses",
    "groups",
    "loans",
    "people",
    "products",
    "signers",
    "training",
    "visits",
)


@cache
def pages() -> dict[str, Page]:
    """Return the pages in their order; their modules are named one by one."""
    for name in _MODULES:
        import_module(f"{__name__}.{name}")
    return dict(sorted(_pages.items(), key=lambda item: item[1].place))


class Link(NamedTuple):
    """The type that other records belong to, and the field of theirs that names it."""

    type: str
    field: str


def owner_of(type_: str) -> Link | None:
    """Tell where records without a page of their own are found: a membership with its group."""
    return next(
        (
            Link(owner.type, each.link)
            for owner in pages().values()
            for each in owner.related
            if each.type == type_
        ),
        None,
    )


_DIGITS = 10

_pages: dict[str, Page] = {}
