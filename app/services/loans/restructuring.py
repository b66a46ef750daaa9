"""A debt that goes on under new terms: the former file ends, a new one begins with what is owed."""

from app.core.errors import UserError
from app.core.fields import Draft
from app.core.i18n import _
from app.models import shapes
from app.models.office.store import Store
from app.services.loans.loan_account import account_of
from app.services.records.records import view_of

_SAME = ("round", "borrower_kind", "group", "person", "bank", "account_no", "account_name")


def begun_from(store: Store, file_id: str) -> Draft:
    """Draft the file that goes on from a restructured one; its months are still to be agreed.

    It is of the same borrower and account, with what is owed today. Raises UserError
    "not_restructured".
    """
    with store.read() as connection:
        view = view_of(connection)
        former, found = view.get(shapes.LOAN_FILE, file_id) or {}, account_of(view, file_id)
        if former.get("status") != "restructured" or found is None:
            raise UserError(
                _("Only a file whose debt was restructured is gone on from."),
                code="not_restructured",
            )
        return {name: value for name, value in former.items() if name in _SAME} | {
            "continues": file_id,
            "amount_requested": found.to_restructure,
            "submitted_on": view.today.isoformat(),
        }
