"""Field visits: what a visit must say, the next one from the last, and what falls due."""

from datetime import date
from typing import Any

import pytest

from app.core.fields import today
from app.core.ids import new_id
from app.services.office.desk import Desk
from app.services.printing import printing
from app.services.records import records, search
from app.services.visits import falling_due, next_visit
from tests.makers.office import (
    borrowing_group,
    from_elsewhere,
    group,
    loan,
    person,
    said,
    stopped,
    told,
)
from tests.makers.papers import text_of

VISIT: dict[str, Any] = {
    "visited_on": "2025-02-10",
    "kind": "follow_up",
    "team": "คณะทำงานขับเคลื่อนฯ",
    "obstacles": [{"kind": "none"}],
}


def visit(desk: Desk, **changed: Any) -> str:
    return records.save(desk.store, "field_visit", VISIT | changed).id


def test_a_visit_to_nobody_is_refused(desk: Desk) -> None:
    assert stopped(desk, "field_visit", VISIT) == {"missing"}
    assert stopped(desk, "field_visit", VISIT | {"group": group(desk)}) == set()


def test_visits_are_listed_by_day_and_found_by_their_visitors(desk: Desk) -> None:
    made = group(desk)
    days = {"2025-02-10": "คณะกรรมการ", "2024-12-30": "นางอรทัย ตัวอย่าง", "2025-01-09": "นายกิตติ"}
    for day, team in days.items():
        visit(desk, group=made, visited_on=day, team=team)

    def listed(words: str = "") -> list[str]:
        numbers = search.rows(desk.store, "field_visit", words=words)
        return [row.data["visited_on"] for row in search.page(desk.store, "field_visit", numbers)]

    assert listed() == sorted(days)
    assert listed("อรทัย") == ["2024-12-30"]


def test_a_visit_in_the_future_is_refused(desk: Desk) -> None:
    draft = VISIT | {"group": group(desk), "visited_on": "2025-02-11"}
    assert told(desk, "field_visit", draft, "2025-02-10") == {"future"}
    assert told(desk, "field_visit", draft, "2025-02-11") == set()


def test_no_obstacle_is_chosen_and_stands_alone(desk: Desk) -> None:
    draft = VISIT | {"group": group(desk)}
    blank = {name: value for name, value in draft.items() if name != "obstacles"}
    assert stopped(desk, "field_visit", blank) == {"missing"}
    both = draft | {"obstacles": [{"kind": "none"}, {"kind": "market"}]}
    assert stopped(desk, "field_visit", both) == {"obstacles"}
    assert stopped(desk, "field_visit", draft | {"obstacles": [{"kind": "market"}]}) == set()


@pytest.mark.parametrize(
    ("step", "code", "is_warning"),
    [
        ({"next_step": "นัดอบรม"}, "no_due_day", True),
        ({"due_on": "2025-03-01"}, "no_next_step", True),
        ({"next_step": "นัดอบรม", "due_on": "2025-02-09"}, "order", False),
    ],
)
def test_a_next_step_and_its_day_go_together(
    desk: Desk, step: dict[str, str], code: str, is_warning: bool
) -> None:
    found = said(desk, "field_visit", VISIT | {"group": group(desk)} | step)
    assert {each.code: each.warning for each in found.values()} == {code: is_warning}


def test_the_next_visit_begins_with_who_went_and_what_stood_in_the_way(desk: Desk) -> None:
    made = group(desk)
    visit(desk, group=made, team="ผู้ไปครั้งก่อน", progress="เดิม", income=100)
    visit(desk, group=made, visited_on="2025-01-10", team="คนแรก")

    draft = next_visit.begun_from_last(desk.store, group=made)

    assert draft == {
        "visited_on": today().isoformat(),
        "group": made,
        "kind": "follow_up",
        "team": "ผู้ไปครั้งก่อน",
        "obstacles": [{"kind": "none"}],
    }
    assert stopped(desk, "field_visit", draft) == set()


def test_the_first_visit_begins_with_the_day_and_the_place_alone(desk: Desk) -> None:
    draft = next_visit.begun_from_last(desk.store, loan_file="f")
    assert draft == {"visited_on": today().isoformat(), "loan_file": "f"}


def test_what_falls_due_is_of_the_last_visit_to_each_place(desk: Desk) -> None:
    one, other = borrowing_group(desk), group(desk, "กลุ่มข้าวมาลี")
    reasons = {"purpose_sum": "แนบแผนภายหลัง"}
    file = records.save(desk.store, "loan_file", loan(one), reasons=reasons).id
    visit(desk, group=one, next_step="เก่า", due_on="2025-02-11")
    late = visit(desk, group=one, visited_on="2025-02-20", next_step="นัดอบรม", due_on="2025-03-01")
    visit(desk, group=one, visited_on="2025-01-20", next_step="ลงวันที่ย้อนหลัง", due_on="2025-02-21")
    far = visit(desk, group=other, next_step="ตรวจฉลาก", due_on="2025-04-10")
    soon = visit(desk, loan_file=file, next_step="ดูเครื่องจักร", due_on="2025-03-31")

    found = falling_due.due_steps(desk.store, within=30, on=date(2025, 3, 2))

    number = records.get(desk.store, "loan_file", file).data["file_no"]
    assert [(each.visit, each.place, each.is_late) for each in found] == [
        (late, "กลุ่มดอกไม้จันทน์ย่านซื่อ", True),
        (soon, number, False),
    ]
    later = falling_due.due_steps(desk.store, within=40, on=date(2025, 3, 2))
    assert [each.visit for each in later] == [late, soon, far]
    assert falling_due.due_steps(desk.store, within=0)[0].visit == late


def test_a_step_of_a_place_that_is_not_here_is_due_without_its_name(desk: Desk) -> None:
    draft = VISIT | {"loan_file": new_id(), "next_step": "ตรวจ", "due_on": "2025-02-20"}
    records.save(desk.store, "field_visit", draft, reasons={"not_here": "มากับชุดถัดไป"})
    assert [each.place for each in falling_due.due_steps(desk.store, within=1)] == [""]


def test_the_paper_of_a_visit_names_the_leader_and_what_the_visit_before_agreed(desk: Desk) -> None:
    made = borrowing_group(desk, track_training="done")
    visit(desk, group=made, next_step="ประสานวิทยากร", due_on="2025-03-01")
    second = visit(
        desk,
        group=made,
        visited_on="2025-03-05",
        progress="ผลิตเพิ่มขึ้น",
        obstacles=[{"kind": "market", "text": "ตลาดซบเซา"}],
        photos=[{"file": "a" * 64 + ".jpg", "title": "หน้าร้าน"}],
    )

    text = text_of(printing.draw(desk.store, "field_visit", second).pdf)

    for words in ("สมาชิก1 ตัวอย่าง", "ประสานวิทยากร", "ผลิตเพิ่มขึ้น", "ตลาดซบเซา", "หน้าร้าน", "แล้วเสร็จ"):
        assert words in text
    assert "2/2" in text


def test_the_paper_of_a_visit_to_a_borrower_names_the_borrower(desk: Desk) -> None:
    borrower = person(desk)
    reasons = {"purpose_sum": "แนบแผนภายหลัง"}
    draft = loan(borrower, "individual")
    file = records.save(desk.store, "loan_file", draft, reasons=reasons).id
    seen = visit(desk, loan_file=file, kind="before_approval")

    text = text_of(printing.draw(desk.store, "field_visit", seen).pdf)

    assert "สมาชิก1 ตัวอย่าง" in text and records.get(desk.store, "loan_file", file).title in text


def test_the_paper_of_a_visit_whose_group_was_taken_out_prints_all_the_same(desk: Desk) -> None:
    made = group(desk)
    seen = visit(desk, group=made)
    records.void(desk.store, "group", made, "บันทึกซ้ำ")
    assert "None" not in text_of(printing.draw(desk.store, "field_visit", seen).pdf)


def test_a_visit_to_nobody_that_came_by_file_prints_without_the_visit_before(desk: Desk) -> None:
    visit(desk, group=group(desk), next_step="นัดอบรม", due_on="2025-03-01")
    strange = from_elsewhere(desk, "field_visit", VISIT | {"visited_on": "2025-03-05"})
    text = text_of(printing.draw(desk.store, "field_visit", strange).pdf)
    assert "นัดอบรม" not in text and "None" not in text
    assert [
        each.visit for each in falling_due.due_steps(desk.store, within=30, on=date(2025, 3, 1))
    ] != []
