"""The parts of a record's form: numbered cards, and how wide a field is in them."""

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.core.fields import Field, Kind
from app.ui.fields.field_grid import ALL


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form, named as on paper; the number comes from its place."""

    title: str
    fields: tuple[str, ...]


_WIDE_TEXT = 100


def span(field: Field) -> int:
    """Return the columns that a field takes in its row."""
    if field.kind in (Kind.NOTE, Kind.ADDRESS, Kind.ROWS):
        return ALL
    wide = field.kind is Kind.SUBDISTRICT or (
        field.kind is Kind.TEXT and (field.most or 0) > _WIDE_TEXT
    )
    return 2 if wide else 1


def card(title: str, content: QWidget) -> QFrame:
    """Frame a part of the form under its title; "" has none."""
    frame = QFrame()
    frame.setObjectName("cardFrame")
    column = QVBoxLayout(frame)
    column.setContentsMargins(12, 8, 12, 10)
    if title:
        heading = QLabel(title)
        heading.setProperty("tone", "heading")
        column.addWidget(heading)
    column.addWidget(content)
    return frame
