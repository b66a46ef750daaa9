"""A debt that goes on under new terms: the former file ends, a new one begins with what is owed."""

from collections.abc import Mapping

from app.core.errors import UserError
from app.core.i18n import _
from app.models.store import Store
from app.services import records
from app.services.acts import Acting, act, current
from app.services.records import Saved
from app.services.repayment import account_of

_SAME = ("round", "borrower_kind", "group", "person", "bank", "account_no", "account_name")


def go_on(store: Store, file_id: str, *, months: int, reasons: Mapping[str, str]) -> Saved:
    """Begin the file that goes on from a restructured one, over so many months.

    It is of the same borrower and account, with what is owed today; what is paid from then on
    belongs to it. Raises UserError "not_found", "nothing_owed", and what records.save raises.
    """

    def work(acting: Acting) -> Saved:
        former = current(acting.connection, "loan_file", file_id)
        if former is None:
            raise UserError(_("This record is not here. Search for it again."), code="not_found")
        view = records.view_of(acting.connection)
        found = account_of(view, file_id)
        if found is None or not found.to_restructure:
            raise UserError(_("Nothing is owed any more."), code="nothing_owed")
        draft = {name: former.data[name] for name in _SAME if name in former.data}
        draft |= {
            "continues": file_id,
            "amount_requested": found.to_restructure,
            "months": months,
            "submitted_on": view.today.isoformat(),
        }
        return records.put(acting, "loan_file", draft, reasons=reasons)

    return act(store, work)
