"""The place picker: any word of subdistrict, district, province or postcode finds it."""

from typing import Any

from PySide6.QtWidgets import QWidget

from app.core import fields, places
from app.core.errors import Invalid
from app.core.fields import Field
from app.core.i18n import _
from app.ui.fields.pick_edit import PickEdit


class PlaceEdit(PickEdit):
    """A subdistrict with all it lies in; never its bare name, many share one."""

    def __init__(self, field: Field, home: str, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._home = home  # the office's province comes first

    def words_to_type(self, value: Any) -> str:
        """Write the place with district and province."""
        return fields.show(self.field, value)

    def parse(self, text: str) -> Any:
        """Take typed words that can mean one place only."""
        found = places.search(text, home=self._home, limit=2)
        if not text.strip():
            return None
        if len(found) == 1:
            return found[0].code
        raise Invalid(_("Choose the subdistrict from the list, for example type: ไชยสถาน น่าน"))

    def ask_for(self, text: str) -> None:
        """Offer the places the words fit; without a word those of the home province."""
        text = text or (places.province_name(self._home) if self._home else "")
        self.offer(
            [
                (place.code, f"{place.text}  {' '.join(place.postcodes)}".rstrip())
                for place in places.search(text, home=self._home, limit=_OFFERS)
            ]
        )


_OFFERS = 50
