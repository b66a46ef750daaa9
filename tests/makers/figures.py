"""Groups and loans, written straight into a desk, to be counted."""

from datetime import date

from app.core import period
from app.core.ids import new_id
from app.services.loans.instalments import Terms, table
from app.services.office.desk import Desk
from app.services.records import acts
from tests.makers import older
from tests.makers.office import YANSUE

YEAR = period.fiscal_year(2568)


QUARTER = period.fiscal_quarter(2568, 2)


DAY = date(2025, 3, 31)


def put(desk: Desk, type_: str, **data: object) -> str:
    """Enter a record as it stands, without its rules."""
    record_id = new_id()
    acts.act(desk.store, lambda acting: older.put(acting, type_, record_id, data, ()))
    return record_id


def group(desk: Desk, **changed: object) -> str:
    data = {
        "name": "กลุ่มทดลอง",
        "address": {"subdistrict": YANSUE},
        "status": "registered",
        "registered_on": "2025-01-15",
    }
    return put(desk, "group", **(data | changed))


def loan(desk: Desk, amount: int = 2_400_000, **changed: object) -> str:
    """Enter a loan of twelve instalments from 5 January 2568."""
    rows = table(Terms(amount, 12, 24, 300, date(2025, 1, 5)))
    data = {
        "file_no": "15-2568-A-0001",
        "round": "2568-1",
        "borrower_kind": "group",
        "amount_requested": amount,
        "status": "disbursed",
        "submitted_on": "2024-12-10",
        "disbursed_on": "2024-12-28",
        "schedule": rows,
    }
    return put(desk, "loan_file", **(data | changed))
