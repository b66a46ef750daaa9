"""Lists of loan files and of payments; rows name the group, the borrower or the file in words."""

from app.models import shapes
from app.services.loans import rounds
from app.services.records.lists import Listed, ListKind, register


def _begun(defaults: shapes.LoanFile, row: shapes.LoanFile) -> shapes.LoanFile:
    """Begin a file in the newest round, of a group where the row names one."""
    kind = "group" if row.get("group") else "individual"
    return defaults | {"round": rounds.choices()[0][0], "borrower_kind": kind}


register(
    listed=[
        # known by nothing: a borrower may have had several
        Listed(
            type="loan_file",
            named_by=("file_no", "contract_no"),
            begun=_begun,
            never=("continues",),
        ),
        Listed(type="payment", known_by=("receipt_no",)),
    ],
    kinds=[
        ListKind(name="loans", type="loan_file"),
        ListKind(name="payments", type="payment"),
    ],
)
