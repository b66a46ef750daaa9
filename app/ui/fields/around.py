"""What editors ask the rest of the program for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtWidgets import QWidget

from app.ui.fields.file_edit import Attach
from app.ui.fields.file_view import Content
from app.ui.fields.pick_edit import Offer
from app.ui.frame.jobs import Jobs


class Wanting(Protocol):
    """A field that wants a record which is not there yet."""

    @property
    def around(self) -> "Around":
        """Return what the field itself asks the program for."""

    def window(self) -> QWidget:
        """Return the window or dialog of the field."""


Find = Callable[[str, str], list[Offer]]  # record type, words -> (id, title)
TitleOf = Callable[[str, str], str]  # record type, id -> title
# the field that wants a record, the words in it, and what is to be done with the id of the new one
Add = Callable[[Wanting, str, Callable[[str], None]], None]


@dataclass(frozen=True, slots=True)
class Around:
    """What editors ask the rest of the program for.

    `home` is the office's province (two digits); places in it are offered first. `adds` gives how
    a record of a type is added from the field that wants it.
    """

    jobs: Jobs
    find: Find
    title_of: TitleOf
    attach: Attach
    content: Content
    home: str = ""
    adds: Mapping[str, Add] = field(default_factory=dict)
