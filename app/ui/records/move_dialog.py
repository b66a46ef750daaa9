"""One step of a record: day, further questions, reason, and the findings of its guards."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.core.fields import Draft, Field, Kind, today
from app.core.i18n import N_
from app.services.office.desk import Desk
from app.services.records import moves
from app.services.records.moves import Offer, Wanted
from app.services.records.records import Record, Saved
from app.ui.fields.around import Around
from app.ui.records.act_dialog import ActDialog

_ON = Field("status_on", N_("Day of this step"), Kind.DATE, required=True)
_REASON = Field("status_reason", N_("Reason"), Kind.NOTE, most=500)


def ask(record: Record, offer: Offer, desk: Desk, around: Around, parent: QWidget) -> ActDialog:
    """Open the form of a step, with what the record holds already and what its guards say."""
    asked = [replace(field, derived=False) for field in offer.fields]
    reason = replace(_REASON, required=offer.needs_reason)

    def move(draft: Draft, reasons: Mapping[str, str]) -> Saved:
        wanted = Wanted(
            offer.name,
            draft,
            on=str(draft.get("status_on") or ""),
            reason=str(draft.get("status_reason") or ""),
            reasons=reasons,
        )
        return moves.move(desk.store, record.type, record.id, wanted, base=record.heads)

    dialog = ActDialog(offer.text, [_ON, *asked, reason], move, around, parent)
    here = {field.name: record.data[field.name] for field in asked if field.name in record.data}
    dialog.begin(record.title, {"status_on": today().isoformat()} | here, offer.problems)
    dialog.form.go_to(asked[0].name if asked else "")
    return dialog
