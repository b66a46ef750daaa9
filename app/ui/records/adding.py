"""A record that a field wants and that is not there yet: it is entered over the form at hand."""

from collections.abc import Callable
from functools import partial

from app.core.i18n import _
from app.models.records.base import Writer, entities
from app.services.office.desk import Desk
from app.ui.fields.around import Add, Wanting
from app.ui.records.page import Related
from app.ui.records.related_list import RecordDialog


def adds(desk: Desk, added: Callable[[str], object]) -> dict[str, Add]:
    """Map each type that a clerk may write to the call that adds one; `added` is told the type.

    What the centre alone writes, or the head of the office, is not added in passing.
    """
    return {
        type_: partial(_begin, desk, type_, added)
        for type_, entity in entities().items()
        if entity.writer is Writer.OFFICE and not entity.head_only
    }


def _begin(
    desk: Desk,
    type_: str,
    added: Callable[[str], object],
    wanting: Wanting,
    words: str,
    then: Callable[[str], None],
) -> None:
    from app.services.people.first_words import begun  # the titles of names are read on first use

    dialog = RecordDialog(Related(type_, "", "", ()), desk, wanting.around, wanting.window())
    dialog.form.save_once(_("Save"))

    def saved(record_id: str, _act: str, _and_new: bool) -> None:
        then(record_id)
        added(type_)

    dialog.editing.saved.connect(saved)
    dialog.editing.begin(begun(type_, words))
    dialog.open()
