"""Scenarios of groups and people over time, as the clerk meets them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services import exchange
from app.services.central import Centre
from app.services.groups import changes
from app.services.office.desk import Desk
from app.services.people import duplicates
from app.services.people.duplicates import BY_NUMBER, SAME
from app.services.people.withdrawal import withdraw
from app.services.printing import printing, prints
from app.services.records import history, moves, records, search
from tests.makers.groups import TRACKS, take, told, visit
from tests.makers.office import (
    borrowing_group,
    change,
    group,
    id_number,
    join,
    loan,
    looking,
    person,
    said,
)
from tests.makers.papers import text_of
from tests.makers.sent import bodies, disability, sent_lines
from tests.makers.two_desks import Two


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    (tmp_path / "stick").mkdir()
    opened = Two(tmp_path)
    yield opened
    opened.first.close()
    opened.second.close()


def people(desk: Desk) -> list[str]:
    rows = search.rows(desk.store, "person")
    return [row.id for row in search.page(desk.store, "person", rows)]


def test_scenario_06_one_person_of_two_desks_is_one_pair_and_keeps_both_histories(
    two: Two,
) -> None:
    here = person(two.first, 7, first_th="อรทัย", phone="0811111111")
    there = person(two.second, 7, first_th="อรทัย", current_address={"house_no": "9"})
    made = group(two.second)
    join(two.second, made, there, role="leader")
    two.give(two.second, two.first)

    (pair,) = duplicates.candidates(two.first.store)
    assert ({pair.first, pair.second}, pair.why) == ({here, there}, BY_NUMBER)
    before = [history.history(two.first.store, "person", each) for each in (here, there)]

    saved = duplicates.answer(two.first.store, here, there, SAME)

    assert there not in people(two.first) and here in people(two.first)
    assert [history.history(two.first.store, "person", each) for each in (here, there)] == before
    two.give(two.first, two.second)
    assert there not in people(two.second)
    with looking(two.second, "2026-01-01") as view:
        assert view.get("person", there)["phone"] == "0811111111"
        assert [data["group"] for _id, data in view.where("membership", person=here)] == [made]

    duplicates.take_back(two.second.store, saved.id, "คนละคน")
    two.give(two.second, two.first)
    assert {here, there} <= set(people(two.first))


def test_scenario_07_who_has_no_phone_is_reached_through_the_village_head(desk: Desk) -> None:
    made = group(desk)
    lonely = person(desk, no_phone=True, contact_via="ผู้ใหญ่บ้าน หมู่ 4")
    join(desk, made, lonely, role="leader")
    join(desk, made, person(desk, 2))
    seen = visit(desk, group=made)

    for form, record in (
        ("member_list", made),
        ("privacy_notice", lonely),
        ("field_visit", seen),
        ("group_registration", made),
    ):
        text = text_of(printing.draw(desk.store, form, record).pdf)
        assert "None" not in text
        if form == "member_list":
            assert "ผู้ใหญ่บ้าน หมู่ 4" in text and "-" in text


def test_scenario_25_a_leader_who_dies_is_flagged_and_followed_and_old_prints_stay(
    desk: Desk,
) -> None:
    made = borrowing_group(desk, members=6)
    reasons = {"purpose_sum": "แนบแผนภายหลัง"}
    file = records.save(desk.store, "loan_file", loan(made), reasons=reasons).id
    number = records.get(desk.store, "loan_file", file).data["file_no"]
    with looking(desk, "2025-03-01") as view:
        first, second = [data["person"] for _id, data in view.where("membership", group=made)][:2]
        ((leads, _data),) = view.where("membership", group=made, role="leader")
    change(desk, "membership", leads, co_borrower=True)
    preview = printing.draw(desk.store, "member_list", made)
    (old,) = prints.request(desk.store, [preview]).prints

    died = records.get(desk.store, "person", first).data | {"life_status": "dead"}
    asked = said(desk, "person", died, first)
    assert number in asked["files_open"].message
    assert "ผู้นำ" in asked["still_member"].message
    change(desk, "person", first, life_status="dead", died_on="2025-04-01")
    assert "leader_died" in said(desk, "group", records.get(desk.store, "group", made).data, made)

    changes.choose_leader(desk.store, made, second, on="2025-04-10")

    new = text_of(printing.draw(desk.store, "member_list", made).pdf)
    assert "สมาชิก1 ตัวอย่าง" not in new
    assert "สมาชิก1 ตัวอย่าง" in text_of(prints.copy_of(desk.store, old.no))
    assert said(desk, "group", records.get(desk.store, "group", made).data, made) == {}


def test_scenario_29_no_consent_stops_nothing_and_a_later_change_travels(
    introduced: Desk, pilot: Centre, tmp_path: Path
) -> None:
    made = borrowing_group(introduced, members=5)
    with looking(introduced, "2025-03-01") as view:
        ((_id, data),) = view.where("membership", group=made, role="leader")
    who = data["person"]
    no = {"person": who, "purpose": "linking", "agrees": False, "given_on": "2025-03-10"}
    records.save(introduced.store, "consent", no)
    disability(introduced, who)
    take(introduced, made, "check")
    take(introduced, made, "register")
    assert records.get(introduced.store, "group", made).data["status"] == "registered"
    first = exchange.export(introduced.store, tmp_path)
    assert bodies(introduced, first.path) == [False]

    yes = {"person": who, "purpose": "disability", "agrees": True, "given_on": "2025-03-11"}
    given = records.save(introduced.store, "consent", yes).id
    withdraw(introduced.store, given)

    lines = sent_lines(introduced, exchange.export(introduced.store, tmp_path).path)
    last = [each for each in lines if each.header.type == "consent"][-1]
    assert last.body and last.body.data["withdrawn_on"]
    text = text_of(printing.draw(introduced.store, "privacy_notice", who).pdf)
    assert id_number(1)[:1] in text and "None" not in text


def test_scenario_31_a_massage_group_is_fully_developed_without_certification(desk: Desk) -> None:
    done = {f"track_{name}": "done" for name in TRACKS}
    made = borrowing_group(
        desk,
        name="กลุ่มนวดสปาสมุนไพร",
        occupation_type="service",
        **done | {"track_standard": "not_applicable", "track_mark": "not_applicable"},
    )
    visit(desk, group=made)
    for step in ("check", "register", "develop"):
        take(desk, made, step)
    assert set(told(desk, made, "complete")) == {"head_confirms"}

    take(desk, made, "complete", head_confirms="จัดหางานจังหวัดยืนยัน")

    assert moves.past(desk.store, "group", made)[-1].to == "developed"
