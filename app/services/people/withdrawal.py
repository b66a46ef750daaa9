"""Taking an answer back: as easy as giving it (Personal Data Protection Act, section 19)."""

from app.core.fields import today
from app.models.office.store import Store
from app.services.records import records
from app.services.records.records import Saved


def withdraw(store: Store, consent: str) -> Saved:
    """Take a yes back as of today; what it let out is not sent again.

    Raises Invalid for an answer that was no, UserError "not_found".
    """
    found = records.get(store, "consent", consent)
    draft = found.data | {"withdrawn_on": found.data.get("withdrawn_on") or today().isoformat()}
    return records.save(store, "consent", draft, record_id=consent, base=found.opened_from)
