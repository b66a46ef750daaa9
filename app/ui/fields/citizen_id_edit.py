"""The field of a 13-digit number: grouped and checked at every key."""

from typing import Any

from PySide6.QtWidgets import QWidget

from app.core import thai
from app.core.fields import Field
from app.core.i18n import _
from app.ui.fields.line_editor import LineEditor


class CitizenIdEdit(LineEditor):
    """A citizen's number as on the card; the words under it say whether it can be right."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        if not field.hint:
            self.setPlaceholderText("x-xxxx-xxxxx-xx-x")
        self.textEdited.connect(self._group)

    def words_to_type(self, value: Any) -> str:
        """Write 1-2345-67890-12-3."""
        return thai.format_citizen_id(value)

    def say(self, value: Any) -> None:
        """Judge the check digit in words; a number still being typed is only counted."""
        digits = value if isinstance(value, str) else ""
        if not digits:
            self.remark.emit("", "")
        elif not digits.isdigit() or len(digits) > 13:
            self.remark.emit(_("13 digits are needed"), "bad")
        elif len(digits) < 13:
            self.remark.emit(_("{count} of 13 digits").format(count=len(digits)), "quiet")
        elif thai.citizen_id_is_valid(digits):
            self.remark.emit(_("The number is right"), "good")
        else:
            self.remark.emit(_("The check digit is wrong: compare with the card"), "bad")

    def _group(self, text: str) -> None:
        digits_before = sum(letter.isdigit() for letter in text[: self.cursorPosition()])
        digits = thai.to_arabic_digits(text)
        grouped = thai.format_citizen_id("".join(digit for digit in digits if digit != "-"))
        if grouped != text:
            self.setText(grouped)
            self.setCursorPosition(_place_after(grouped, digits_before))
        self.say(self.value())


def _place_after(grouped: str, digits: int) -> int:
    """Return the cursor's place after so many digits, behind a dash that follows at the end."""
    for place, letter in enumerate(grouped):
        if digits == 0:
            return place
        digits -= letter.isdigit()
    return len(grouped)
