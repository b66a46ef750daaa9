"""How a page of records is described, and the pages by their type; a page registers itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple, Protocol

from PySide6.QtWidgets import QMenu, QWidget

from app.core.codes import Choices
from app.core.fields import Draft
from app.models.office.store import Store
from app.services.office.desk import Desk
from app.services.records.facts import Fact
from app.services.records.record_view import View
from app.services.records.records import Record, Saved
from app.ui.fields.around import Around
from app.ui.fields.editors import MakeEditor
from app.ui.records.form_sections import Section
from app.ui.records.record_form import RecordForm

Only = Callable[[Desk, str], list[str]]  # a type -> ids of its records to keep


class OnRecord(Protocol):
    """What an action may ask of the page of records that it is done on."""

    @property
    def desk(self) -> Desk:
        """Return the desk whose records the page shows."""

    @property
    def around(self) -> Around:
        """Return what the editors of a dialog ask the program for."""

    @property
    def record(self) -> Record | None:
        """Return the record in the form as it is saved; None for a new one."""

    def begin_with(self, type_: str, drafted: Callable[[Store], Draft]) -> None:
        """Begin a record on the page of its type from a draft that a service reads."""

    def add_related(self, type_: str) -> None:
        """Save what stands in the form, then enter a record that belongs to it."""

    def act_on_record(self, work: Callable[[Store, str], str]) -> None:
        """Do what a service does to the saved record: it gives its act, which can be undone."""

    def acted(self, saved: Saved) -> None:
        """Show what an act of several records left, and offer to undo it."""

    def pop_up(self, menu: QMenu) -> None:
        """Open a menu over the form."""

    def window(self) -> QWidget:
        """Return the window, over which a dialog or menu opens."""


class Action(NamedTuple):
    """What a page does beyond its list and form: a button of the form, and its key."""

    title: str
    keys: str
    run: Callable[[OnRecord], None]


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


@cache
def pages() -> dict[str, Page]:
    """Return the pages in their order; the package that is read here names each of them."""
    import_module(_ABOVE)
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


_ABOVE = "app.ui.pages"  # whose modules know this one
_DIGITS = 10

_pages: dict[str, Page] = {}
