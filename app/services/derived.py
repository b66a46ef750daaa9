"""What the program fills in by itself: file numbers, former names and instalment tables."""

from collections.abc import Callable
from datetime import date

from app.core import thai
from app.core.line import Data
from app.models.store import setting
from app.services import former_names
from app.services.instalments import Terms, table
from app.services.rounds import round_of
from app.services.view import View


def complete(view: View, type_: str, record_id: str, data: Data) -> Data:
    """Give the data with its derived fields; the same data gives the same fields."""
    fill = _FILL.get(type_)
    return fill(view, record_id, data) if fill else data


def _complete_group(view: View, record_id: str, data: Data) -> Data:
    data = former_names.kept(view, "group", record_id, data)
    return data if data.get("group_no") else data | {"group_no": _next(view, "group", "group_no")}


def _complete_person(view: View, record_id: str, data: Data) -> Data:
    return former_names.kept(view, "person", record_id, data)


def _complete_loan_file(view: View, _record_id: str, data: Data) -> Data:
    numbered = (
        data if data.get("file_no") else data | {"file_no": _next(view, "loan_file", "file_no")}
    )
    return _with_schedule(view, numbered)


def _with_schedule(view: View, data: Data) -> Data:
    """Keep the instalment table beside the terms it comes from, as it was printed.

    A signed contract keeps its table, whatever the round says later, until its terms change.
    """
    if data.get("contract_on") and _has_table(data):
        return data
    data = {name: value for name, value in data.items() if name != "schedule"}
    fund_round = round_of(view, data.get("round"))
    amount, months = data.get("amount_requested"), data.get("months")
    if fund_round is None or not amount or not months or not 0 < months <= 120:
        return data
    first = data.get("first_due_on")
    terms = Terms(
        amount=amount,
        months=months,
        free_instalments=fund_round.free_instalments,
        base_rate=fund_round.base_rate,
        first_due_on=date.fromisoformat(first) if first else None,
    )
    return data | {"schedule": table(terms)}


def _has_table(data: Data) -> bool:
    """Tell whether the table in the data is of the very terms beside it."""
    rows = data.get("schedule") or [{}]
    sums = sum(row.get("principal", 0) for row in rows)
    of_table = (len(rows), sums, rows[0].get("due_on"))
    return of_table == (data.get("months"), data.get("amount_requested"), data.get("first_due_on"))


def _next(view: View, type_: str, column: str) -> str:
    """Number without a gap within office, fiscal year and desk; a new series on 1 October."""
    year = thai.fiscal_year_be(view.today)
    desk = setting(view.connection, "desk_letter", "A")
    prefix = f"{view.office}-{year}-{desk}-"
    highest = view.highest(type_, column, prefix)
    return f"{prefix}{int(highest.removeprefix(prefix)) + 1 if highest else 1:04d}"


_FILL: dict[str, Callable[[View, str, Data], Data]] = {
    "group": _complete_group,
    "loan_file": _complete_loan_file,
    "person": _complete_person,
}
