"""Who signs for the office changes by date, and a budget and a target are watched."""

from datetime import date
from typing import Any

from app.services.office.desk import Desk
from app.services.office.signers import SigningOfficer, signer_on
from app.services.records import records
from tests.makers.office import change, group, looking, said, stopped, told

SOMCHAI = {"name": "นายสมชาย ตัวอย่าง", "position": "จัดหางานจังหวัดอ่างทอง", "from_on": "2024-10-01"}


def signs(desk: Desk, day: str) -> SigningOfficer:
    with looking(desk, day) as view:
        return signer_on(view, date.fromisoformat(day))


def enter(desk: Desk, **changed: Any) -> str:
    reasons = {"two_signers": "ช่วงส่งมอบงาน"}
    return records.save(desk.store, "signer", SOMCHAI | changed, reasons=reasons).id


def test_until_a_signer_is_entered_the_offices_own_signs(desk: Desk) -> None:
    (office,) = _offices(desk)
    assert signs(desk, "2025-01-01") == SigningOfficer()
    change(desk, "office", office, signer="นางอรทัย ตัวอย่าง", position="จัดหางานจังหวัด")
    assert signs(desk, "2025-01-01").lines == ("จัดหางานจังหวัด",)


def test_who_acts_for_the_head_signs_for_those_days_alone(desk: Desk) -> None:
    enter(desk)
    enter(
        desk, name="นางกานดา ตัวอย่าง", position="นักวิชาการแรงงานชำนาญการ",
        acting_for="จัดหางานจังหวัดอ่างทอง", from_on="2025-03-10", until_on="2025-03-14",
    )  # fmt: skip

    assert signs(desk, "2024-09-30") == SigningOfficer()
    assert signs(desk, "2025-03-09").name == signs(desk, "2025-03-15").name == SOMCHAI["name"]
    acting = signs(desk, "2025-03-14")
    assert acting.name == "นางกานดา ตัวอย่าง"
    assert acting.lines == ("นักวิชาการแรงงานชำนาญการ", "รักษาราชการแทนจัดหางานจังหวัดอ่างทอง")


def test_of_two_signers_of_one_day_the_one_entered_later_signs(desk: Desk) -> None:
    enter(desk)
    enter(desk, name="นายใหม่ ตัวอย่าง")
    assert signs(desk, "2025-03-09").name == "นายใหม่ ตัวอย่าง"


def test_days_of_signers_follow_each_other(desk: Desk) -> None:
    assert stopped(desk, "signer", SOMCHAI | {"until_on": "2024-09-01"}) == {"order"}
    first = enter(desk, until_on="2025-09-30")
    assert stopped(desk, "signer", SOMCHAI) == {"two_signers"}
    assert stopped(desk, "signer", SOMCHAI | {"acting_for": "จัดหางานจังหวัด"}) == set()
    assert stopped(desk, "signer", SOMCHAI | {"from_on": "2025-10-01"}) == set()
    assert said(desk, "signer", SOMCHAI | {"until_on": "2025-09-30"}, first) == {}


def test_a_budget_that_is_overspent_warns(desk: Desk) -> None:
    budget = {"name": "งบตลาด", "agency": "กรมการจัดหางาน", "fiscal_year": "2568"}
    source = records.save(desk.store, "budget_source", budget | {"amount": 1_000_000}).id
    fair = {"group": group(desk), "held_on": "2025-03-01", "kind": "fair", "spent": 600_000}
    held = records.save(desk.store, "marketing_activity", fair | {"budget": source}).id
    again = fair | {"budget": source}

    problem = said(desk, "marketing_activity", again)["overspent"]
    assert problem.warning and "2,000.00" in problem.message
    assert said(desk, "marketing_activity", again, held) == {}
    assert said(desk, "marketing_activity", fair) == {}
    assert told(desk, "marketing_activity", fair, "2025-02-28") == {"future"}


def test_sums_and_targets_below_zero_are_refused(desk: Desk) -> None:
    fair = {"group": group(desk), "held_on": "2025-03-01", "kind": "fair", "sales": -1}
    assert stopped(desk, "marketing_activity", fair) == {"least"}
    target = {"fiscal_year": "2568", "measure": "visits", "count": -1}
    assert stopped(desk, "target", target) == {"least"}


def test_a_second_target_for_one_measure_warns(desk: Desk) -> None:
    target = {"fiscal_year": "2568", "measure": "visits", "count": 12}
    first = records.save(desk.store, "target", target).id
    assert stopped(desk, "target", target) == {"target_twice"}
    assert said(desk, "target", target, first) == {}
    assert stopped(desk, "target", target | {"quarter": 2}) == set()


def _offices(desk: Desk) -> list[str]:
    with looking(desk, "2025-01-01") as view:
        return [record_id for record_id, _data in view.where("office")]
