"""An address in its parts; the picked subdistrict brings its postcode."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core import places
from app.core.fields import ADDRESS_PARTS, Field
from app.core.i18n import _
from app.ui.fields.field_box import Editor, FieldBox
from app.ui.fields.field_grid import FieldGrid
from app.ui.fields.pick_edit import PickEdit


class AddressEdit(QWidget):
    """The parts of an address in the order of the form."""

    changed = Signal()
    left = Signal()
    remark = Signal(str, str)

    def __init__(
        self, field: Field, make: Callable[[Field], Editor], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        self.setObjectName(field.name)
        self.setAccessibleName(_(field.label))
        self._kept: dict[str, Any] = {}
        self._boxes: dict[str, FieldBox] = {}
        grid = FieldGrid(characters_a_column=18, most=4)
        for part in _TYPED_PARTS:
            box = FieldBox(make(part))
            box.widget.setObjectName(f"{field.name}.{part.name}")
            box.editor.changed.connect(self.changed)
            self._boxes[part.name] = box
            grid.add(box, _SPANS.get(part.name, 1))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(grid)
        self.setFocusProxy(self._boxes[_TYPED_PARTS[0].name].widget)
        place = self._boxes["subdistrict"].widget
        assert isinstance(place, PickEdit)  # noqa: S101 (the editor of Kind.SUBDISTRICT)
        place.picked.connect(self._bring_postcode)
        place.left.connect(self._bring_postcode)

    def value(self) -> dict[str, Any] | None:
        """Return the parts that are filled in; parts not shown here stay as they came."""
        typed = {name: box.editor.value() for name, box in self._boxes.items()}
        parts = self._kept | {name: part for name, part in typed.items() if part is not None}
        return parts or None

    def set_value(self, value: Any) -> None:
        """Show an address."""
        parts = value if isinstance(value, dict) else {}
        self._kept = {name: part for name, part in parts.items() if name not in self._boxes}
        for name, box in self._boxes.items():
            box.editor.set_value(parts.get(name))
            box.clear_problem()

    def problem(self) -> str:
        """Return "": each part reports its own problem."""
        return ""

    def box_at(self, path: str) -> FieldBox | None:
        """Return the box of a part, to put a problem under it."""
        return self._boxes.get(path)

    def _bring_postcode(self) -> None:
        place = places.subdistrict(str(self._boxes["subdistrict"].editor.value() or ""))
        postcode = self._boxes["postcode"].editor
        if place is None or postcode.value() in place.postcodes:
            return
        if len(place.postcodes) == 1:
            postcode.set_value(place.postcodes[0])
            self._boxes["postcode"].clear_problem()
            postcode.remark.emit("", "")
        elif place.postcodes:
            postcode.set_value(None)
            choices = ", ".join(place.postcodes)
            postcode.remark.emit(_("One of these: {postcodes}").format(postcodes=choices), "quiet")


# the card's own text comes from the card reader and is kept, not typed
_TYPED_PARTS = tuple(part for part in ADDRESS_PARTS if part.name != "card_text")
_SPANS = {"subdistrict": 2}
