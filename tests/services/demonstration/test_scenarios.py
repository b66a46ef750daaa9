"""What a clerk meets at the counter, from the id card to the closing day of a round."""

import pytest

from app.core.errors import Invalid
from app.core.fields import Field, Kind, parse, show, today
from app.services.office.desk import Desk
from app.services.records import history, records, search
from app.services.records.verify import verify
from tests.makers.office import (
    announce,
    borrowing_group,
    change,
    group,
    id_number,
    join,
    loan,
    looking,
    person,
    said,
    set_status,
    stopped,
    told,
)
from tests.makers.people import SOMCHAI

ID_NO = Field("id_no", "Id number", Kind.CITIZEN_ID)
BIRTH = Field("birth_date", "Date of birth", Kind.PARTIAL_DATE)


def typed(field: Field, text: str) -> str:
    return str(parse(field, text, on=today()))


def test_scenario_02_a_wrong_check_digit_is_named_and_kept_only_with_a_reason(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        person(desk, id_no="3100600445636")
    assert "ควรเป็น 5 ไม่ใช่ 6" in refused.value.sentence
    assert "รอตรวจเอกสาร" in refused.value.sentence

    entered = person(desk, id_no="3100600445636", reasons={"citizen_id_check": "รอบัตรตัวจริง"})

    kept = records.get(desk.store, "person", entered).data
    assert kept["reasons"] == {"citizen_id_check": "รอบัตรตัวจริง"}


def test_scenario_03_a_wrong_third_digit_passes_the_check_digit_and_is_caught_by_typing_it_twice(
    desk: Desk,
) -> None:
    right, wrong = "9100600445634", "9150600445634"
    typed_from_a_copy = SOMCHAI | {"id_no": wrong, "id_verified": "typed"}
    assert "citizen_id_check" not in said(desk, "person", typed_from_a_copy)

    with pytest.raises(Invalid) as asked:
        records.save(desk.store, "person", typed_from_a_copy)
    assert [problem.code for problem in asked.value.problems] == ["typed_twice"]

    with pytest.raises(Invalid) as caught:
        records.save(
            desk.store, "person", typed_from_a_copy, reasons={"typed_twice": "9-1006-00445-63-4"}
        )
    apart = caught.value.problems[0]
    assert (apart.code, apart.warning, bool(apart.question)) == ("typed_twice", False, True)
    assert "3" in caught.value.sentence

    corrected = typed_from_a_copy | {"id_no": right}
    saved = records.save(
        desk.store, "person", corrected, reasons={"typed_twice": "๙-๑๐๐๖-๐๐๔๔๕-๖๓-๔"}
    )
    assert records.get(desk.store, "person", saved.id).data["id_no"] == right


def test_scenario_04_a_number_pasted_with_thai_digits_and_dashes_is_stored_plain(
    desk: Desk,
) -> None:
    entered = person(desk, id_no=typed(ID_NO, "๓-๑๐๐๖-๐๐๔๔๕-๖๓-๕"))

    assert records.get(desk.store, "person", entered).data["id_no"] == "3100600445635"


def test_scenario_05_a_member_of_another_group_is_shown_with_the_group_and_the_role(
    desk: Desk,
) -> None:
    first, second = group(desk), group(desk, "กลุ่มนวดสปาสมุนไพร")
    member = person(desk)
    join(desk, first, member, role="treasurer")

    warning = said(desk, "membership", {"group": second, "person": member, "role": "member"})

    assert "กลุ่มดอกไม้จันทน์ย่านซื่อ" in warning["other_group"].message
    assert "เหรัญญิก" in warning["other_group"].message
    assert warning["other_group"].warning
    join(desk, second, member, reasons={"other_group": "ทำสองอาชีพ"})


def test_scenario_05_a_loan_of_home_workers_stops_at_a_member_of_two_groups(
    desk: Desk,
) -> None:
    first = borrowing_group(desk)
    second = group(desk, "กลุ่มนวดสปาสมุนไพร")
    shared = search.find(desk.store, "สมาชิก3")[0].id
    join(desk, second, shared, reasons={"other_group": "ทำสองอาชีพ"})

    stop = said(desk, "loan_file", loan(first))["other_group"]
    assert not stop.warning
    assert "ข้อ 2(ข)" in stop.message and "ข้อ 2(ข)" in stop.source
    assert "กลุ่มนวดสปาสมุนไพร" in stop.message and "สมาชิก3" in stop.message
    assert "other_group" in stopped(desk, "loan_file", loan(first))

    announce(desk, needs_homeworker_registration=False)
    assert stopped(desk, "loan_file", loan(first)) == set()


def test_a_group_that_was_dissolved_no_longer_holds_its_members(desk: Desk) -> None:
    first = borrowing_group(desk)
    second = group(desk, "กลุ่มนวดสปาสมุนไพร")
    shared = search.find(desk.store, "สมาชิก3")[0].id
    join(desk, second, shared, reasons={"other_group": "ทำสองอาชีพ"})

    set_status(desk, "group", second, "dissolved")

    assert "other_group" not in said(desk, "loan_file", loan(first))


def test_scenario_07_a_person_without_a_phone_is_reached_through_the_village_head(
    desk: Desk,
) -> None:
    entered = person(desk, no_phone=True, contact_via="ผู้ใหญ่บ้าน หมู่ 4")

    data = records.get(desk.store, "person", entered).data

    assert "phone" not in data
    assert data["no_phone"] is True and data["contact_via"] == "ผู้ใหญ่บ้าน หมู่ 4"


def test_scenario_09_names_without_a_surname_or_with_a_middle_name_have_no_stray_spaces(
    desk: Desk,
) -> None:
    alone = person(desk, 1, title_th="นาย", first_th="ก้อน", last_th="")
    three = person(
        desk, 2, title_th="ว่าที่ร้อยตรีหญิง", first_th="มาเรีย", middle_th=" คลารา ", last_th="ใจดี"
    )

    assert records.get(desk.store, "person", alone).title == "นายก้อน"
    assert records.get(desk.store, "person", three).title == "ว่าที่ร้อยตรีหญิงมาเรีย คลารา ใจดี"


def test_scenario_11_numbers_of_foreigners_are_taken_without_a_word(desk: Desk) -> None:
    for number in ("6000000000018", "7123456789013", "0123456789016"):
        assert (
            stopped(
                desk,
                "person",
                {
                    "id_kind": "foreigner13",
                    "id_no": number,
                    "first_th": "อู",
                    "nationality": "เมียนมา",
                    "birth_date": "1990",
                },
            )
            == set()
        )


def test_scenario_10_a_foreigner_is_a_member_but_neither_counted_nor_a_co_borrower(
    desk: Desk,
) -> None:
    made = borrowing_group(desk, members=4)
    foreigner = person(desk, 9, id_kind="foreigner13", id_no="0123456789016", nationality="เมียนมา")
    joined = join(desk, made, foreigner)

    assert "few_members" in said(desk, "loan_file", loan(made))
    membership = records.get(desk.store, "membership", joined).data
    assert "not_thai" in said(desk, "membership", membership | {"co_borrower": True}, joined)


def test_scenario_12_the_nationality_decides_who_borrows_not_the_first_digit(desk: Desk) -> None:
    naturalised = person(desk, 1, id_no="8123456789011", nationality="ไทย")
    alien = person(desk, 2, id_no="3100600445635", nationality="จีน")

    assert stopped(desk, "loan_file", loan(naturalised, "individual")) == set()
    assert "not_thai" in stopped(desk, "loan_file", loan(alien, "individual"))


def test_scenario_13_a_year_of_birth_alone_stays_a_year(desk: Desk) -> None:
    entered = person(desk, birth_date=typed(BIRTH, "2490"))

    data = records.get(desk.store, "person", entered).data

    assert data["birth_date"] == "1947"
    assert show(BIRTH, data["birth_date"]) == "พ.ศ. 2490"
    assert "under_age" not in told(desk, "loan_file", loan(entered, "individual"), "2025-03-10")


def test_scenario_14_an_age_that_the_year_leaves_open_asks_for_the_documents(desk: Desk) -> None:
    entered = person(desk, birth_date="2005")

    found = said(desk, "loan_file", loan(entered, "individual"))

    assert found["age_unknown"].warning and "ต้องตรวจเอกสาร" in found["age_unknown"].message
    assert "under_age" not in found


@pytest.mark.parametrize(
    ("submitted", "refused"), [("2024-02-28", True), ("2024-02-29", False), ("2025-02-28", False)]
)
def test_scenario_15_who_was_born_on_29_february_is_twenty_on_that_day(
    desk: Desk, submitted: str, refused: bool
) -> None:
    entered = person(desk, birth_date="2004-02-29")

    found = said(desk, "loan_file", loan(entered, "individual", submitted_on=submitted))

    assert ("under_age" in found) is refused


def test_scenario_16_a_29_february_that_never_was_and_a_gregorian_year_are_sent_back() -> None:
    with pytest.raises(Invalid, match="29"):
        typed(BIRTH, "29/2/2500")
    with pytest.raises(Invalid, match=r"ค\.ศ\."):
        typed(BIRTH, "15/3/1985")


def test_scenario_17_a_group_of_four_is_stopped_and_goes_on_with_the_fifth(desk: Desk) -> None:
    made = borrowing_group(desk, members=4)

    stop = said(desk, "loan_file", loan(made))["few_members"]
    assert not stop.warning and "ต้องมีสมาชิกไม่น้อยกว่า 5 คน" in stop.message

    join(desk, made, person(desk, 50))
    assert stopped(desk, "loan_file", loan(made)) == set()


def test_scenario_18_each_kind_of_borrower_has_its_own_ceiling(desk: Desk) -> None:
    made, alone = borrowing_group(desk), person(desk, 70)

    individual = said(desk, "loan_file", loan(alone, "individual", amount_requested=8_000_000))[
        "ceiling"
    ]
    assert not individual.warning and "50,000.00" in individual.message
    assert "ceiling" in stopped(desk, "loan_file", loan(made, amount_requested=30_000_100))

    small = loan(made, amount_requested=4_000_000)
    warning = said(desk, "loan_file", small)["announced_least"]
    assert warning.warning and "50,000.00" in warning.message
    saved = records.save(desk.store, "loan_file", small, reasons={"announced_least": "หัวหน้าอนุญาต"})
    assert saved.act


def test_scenario_19_more_than_the_allotment_warns_with_its_date_and_is_kept_for_a_check(
    desk: Desk,
) -> None:
    made = borrowing_group(desk)
    letter = {"round": "2568-1", "letter_no": "รง 0309/1"}
    for as_of, amount in (("2025-01-15", 50_000_000), ("2025-02-15", 12_000_000)):
        records.save(desk.store, "allotment_letter", letter | {"as_of": as_of, "amount": amount})

    warning = said(desk, "loan_file", loan(made))["allotment"]
    assert warning.warning
    assert "15 ก.พ. 2568" in warning.message and "120,000.00" in warning.message
    assert "รอตรวจสอบวงเงิน" in warning.message

    saved = records.save(
        desk.store, "loan_file", loan(made), reasons={"allotment": "รอตรวจสอบวงเงิน"}
    )
    kept = records.get(desk.store, "loan_file", saved.id).data
    assert kept["reasons"] == {"allotment": "รอตรวจสอบวงเงิน"}


def test_scenario_20_papers_complete_too_late_are_flagged_until_a_letter_extends_the_round(
    desk: Desk,
) -> None:
    made = borrowing_group(desk)
    late = loan(made, submitted_on="2025-03-31", docs_complete_on="2025-04-02")
    saved = records.save(desk.store, "loan_file", late, reasons={"late": "เอกสารขาด 2 ฉบับ"})

    flag = said(desk, "loan_file", late, saved.id)["late"]
    assert flag.warning and "พ้นกำหนด" in flag.message and "31 มี.ค. 2568" in flag.message
    assert search.rows(desk.store, "loan_file")

    records.save(
        desk.store,
        "round_extension",
        {"round": "2568-1", "apply_to": "2025-04-30", "letter_no": "รง 0309/ว 12"},
    )

    assert "late" not in said(desk, "loan_file", late, saved.id)


def test_scenario_20_papers_still_missing_on_the_closing_day_make_the_file_late(desk: Desk) -> None:
    made = borrowing_group(desk)
    draft = loan(made, submitted_on="2025-03-31")
    saved = records.save(desk.store, "loan_file", draft)
    for kind in ("bank_book", "member_list"):
        records.save(
            desk.store, "document", {"loan_file": saved.id, "kind": kind, "status": "missing"}
        )

    assert "late" not in told(desk, "loan_file", draft, "2025-03-31", saved.id)
    assert "late" in told(desk, "loan_file", draft, "2025-04-01", saved.id)
    complete = draft | {"docs_complete_on": "2025-03-31"}
    assert "documents_missing" in told(desk, "loan_file", complete, "2025-04-01", saved.id)


def test_scenario_22_lines_of_249_500_do_not_make_250_000(desk: Desk) -> None:
    made = borrowing_group(desk)
    lines = [{"item": "จักรเย็บผ้า", "quantity": 499, "unit_price": 50_000}]
    short = loan(made, amount_requested=25_000_000, purpose_lines=lines)

    warning = said(desk, "loan_file", short)["purpose_sum"]
    assert "249,500.00" in warning.message and "250,000.00" in warning.message

    lines[0]["quantity"] = 500
    assert "purpose_sum" not in said(desk, "loan_file", short)


def test_scenario_25_the_leader_who_died_is_flagged_until_another_leads(desk: Desk) -> None:
    made = borrowing_group(desk, members=6)
    leader = search.find(desk.store, id_number(1))[0].id
    saved = records.save(desk.store, "loan_file", loan(made))

    change(desk, "person", leader, life_status="dead", died_on="2025-03-20")

    membership = next(
        row
        for row in search.page(desk.store, "membership", search.rows(desk.store, "membership"))
        if row.data["person"] == leader
    )
    assert "dead" in said(desk, "membership", membership.data, membership.id)
    with pytest.raises(Invalid, match="สมาชิก1"):
        other = search.find(desk.store, id_number(2))[0].id
        join(desk, made, other, role="leader", reasons={"member_twice": "-"})
    change(desk, "membership", membership.id, left_on="2025-03-20")
    join(desk, made, person(desk, 60), role="leader")
    assert said(desk, "loan_file", loan(made), saved.id) == {}


def test_everything_that_was_entered_verifies(desk: Desk) -> None:
    made = borrowing_group(desk)
    saved = records.save(desk.store, "loan_file", loan(made))
    history.undo(desk.store, saved.act)

    assert verify(desk.store).ok
    with looking(desk, "2025-03-10") as view:
        assert view.where("loan_file") == []
