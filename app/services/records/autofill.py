"""What the program fills in by itself: numbers, names that were, tables and checklists."""

from collections.abc import Callable
from datetime import date

from app.core import thai
from app.core.codes.person import NOTICE_VERSION
from app.core.line import Data
from app.models.office.store import setting
from app.services.certification import expiry, templates
from app.services.loans.decisions import lent
from app.services.loans.instalments import Terms, table
from app.services.loans.rounds import round_of
from app.services.people import former_names
from app.services.records.record_view import View
from app.services.training.days import training_days


def complete(view: View, type_: str, record_id: str, data: Data) -> Data:
    """Give the data with its derived fields; the same data gives the same fields."""
    fill = _FILL.get(type_)
    return fill(view, record_id, data) if fill else data


def _complete_group(view: View, record_id: str, data: Data) -> Data:
    data = former_names.kept(view, "group", record_id, data)
    return _numbered(view, "group", "group_no", data)


def _complete_person(view: View, record_id: str, data: Data) -> Data:
    return former_names.kept(view, "person", record_id, data)


def _complete_consent(_view: View, _record_id: str, data: Data) -> Data:
    return {"notice_version": NOTICE_VERSION} | data


def _complete_loan_file(view: View, record_id: str, data: Data) -> Data:
    return _with_schedule(view, record_id, _numbered(view, "loan_file", "file_no", data))


def _with_schedule(view: View, record_id: str, data: Data) -> Data:
    """Keep the instalment table beside the terms it comes from, as it was printed.

    It is of the sum approved, once there is a decision, else of the sum asked for. A signed
    contract keeps its sum and its table, whatever the round or a decision says later; only other
    months or another first day make its table anew.
    """
    before = view.get("loan_file", record_id) or {}
    is_signed = bool(data.get("contract_on") and before.get("contract_on"))
    if is_signed and _has_table(data):
        return data
    signed_for = _sum_of(data) if is_signed else 0
    data = {name: value for name, value in data.items() if name != "schedule"}
    fund_round = round_of(view, data.get("round"))
    amount, months = signed_for or lent(view, record_id, data), data.get("months")
    if fund_round is None or not amount or not months or not 0 < months <= 120:
        return data
    first = data.get("first_due_on")
    terms = Terms(
        amount=amount,
        months=months,
        free_instalments=max(0, fund_round.free_instalments - _run_before(view, data)),
        base_rate=fund_round.base_rate,
        first_due_on=date.fromisoformat(first) if first else None,
        principal_grace=fund_round.principal_grace or 0,
        principal_unit=fund_round.principal_unit,
        day_count=fund_round.day_count,
    )
    return data | {"schedule": table(terms)}


def _run_before(view: View, data: Data) -> int:
    """Count the instalments that a restructured file had run when this one goes on from it.

    Free of interest are the first instalments of a loan, and it stays one loan.
    """
    former = view.get("loan_file", data.get("continues")) or {}
    begins = data.get("submitted_on") or view.today.isoformat()
    due = [row.get("due_on", "") for row in former.get("schedule", ())]
    return len([day for day in due if day and day < begins])


def _has_table(data: Data) -> bool:
    """Tell whether the table in the data has the months and the first day beside it."""
    rows = data.get("schedule") or [{}]
    return (len(rows), rows[0].get("due_on")) == (data.get("months"), data.get("first_due_on"))


def _sum_of(data: Data) -> int:
    return sum(row.get("principal", 0) for row in data.get("schedule") or ())


def _complete_class(view: View, _record_id: str, data: Data) -> Data:
    """Number a class, and spread its hours over its days where none are entered."""
    data = _numbered(view, "training_class", "class_no", data)
    days = data.get("days") or training_days(data)
    return data | {"days": days} if days else data


def _complete_certification(view: View, _record_id: str, data: Data) -> Data:
    """Number the file, and give it the checklist of its standard and the end of its certificate.

    A file keeps the items it was begun with; those of another standard only while nothing is
    answered.
    """
    data = _numbered(view, "certification", "file_no", data)
    scheme, version = data.get("scheme", ""), data.get("template_version", "")
    if version.partition("/")[0] != scheme and not data.get("answers"):
        product = view.get("product", data.get("product")) or {}
        found = templates.checklist(view, scheme, product.get("kind", ""))
        if found is not None:
            data = data | {"template_version": found.version, "items": found.items}
    end = expiry.end_of(data)
    return data | {"expires_on": end} if end and not data.get("expires_on") else data


def _numbered(view: View, type_: str, column: str, data: Data) -> Data:
    return data if data.get(column) else data | {column: _next(view, type_, column)}


def _next(view: View, type_: str, column: str) -> str:
    """Number without a gap within office, fiscal year and desk; a new series on 1 October."""
    year = thai.fiscal_year_be(view.today)
    desk = setting(view.connection, "desk_letter", "A")
    prefix = f"{view.office}-{year}-{desk}-"
    highest = view.highest(type_, column, prefix)
    return f"{prefix}{int(highest.removeprefix(prefix)) + 1 if highest else 1:04d}"


_FILL: dict[str, Callable[[View, str, Data], Data]] = {
    "certification": _complete_certification,
    "consent": _complete_consent,
    "group": _complete_group,
    "loan_file": _complete_loan_file,
    "person": _complete_person,
    "training_class": _complete_class,
}
