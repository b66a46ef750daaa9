"""The office's own copy of a checklist: the head edits it, and files begun later ask for it."""

from app.core.errors import UserError
from app.core.fields import Draft, today
from app.core.i18n import _
from app.models import shapes
from app.models.office.store import Store
from app.services.certification import templates
from app.services.records import records


def copy(store: Store, code: str) -> Draft:
    """Return the draft of a checklist's new copy for the head to edit: the items asked for today.

    It is stored like any record, by the head alone. Raises UserError "not_found" for an unknown
    standard.
    """
    with store.read() as connection:
        view = records.view_of(connection)
        found = templates.checklist(view, code, "")
        own = [
            data.get("version", 0) for _id, data in view.where(shapes.LOCAL_TEMPLATE, scheme=code)
        ]
    if found is None:
        raise UserError(_("This standard is not known. Choose one of the list."), code="not_found")
    return {
        "scheme": code,
        "version": max(own, default=0) + 1,
        "valid_from": today().isoformat(),
        "items": found.items,
    }
