"""A clerk has a list checked before it is taken in."""

from pathlib import Path

import pytest

from app.core import thai
from app.core.errors import Cancelled, Invalid, UserError
from app.models.records import journal
from app.models.records.lines import line
from app.services.office.desk import Desk
from app.services.records import records
from app.services.records.verify import verify
from app.services.spreadsheets import imports, sheets
from app.services.spreadsheets.imports import Choices
from tests.makers.lists import (
    EVERYONE,
    GROUP,
    HEADINGS,
    KANDA,
    SOMCHAI,
    WEERA,
    brought_in,
    by_number,
    citizen_id,
    counts,
    csv,
    enter_group,
    reasons,
    xlsx,
)

SHEETS = Path(__file__).parent / "sheets"


def test_a_dry_run_tells_what_would_happen_and_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    group = enter_group(desk)
    before = verify(desk.store)

    plan = imports.plan(desk.store, xlsx(tmp_path / "a.xlsx", EVERYONE), "members", owner=group)

    assert plan.counts == counts(new=3)
    assert [row.title for row in plan.rows] == ["นายสมชาย ใจดี", "นางสาวกานดา คำแสน", "นายวีระ สุขใจ"]
    assert not plan.refusals and not plan.needs_reason
    assert verify(desk.store) == before


@pytest.mark.parametrize("name", ["nasty-libreoffice.xlsx", "nasty.ods", "nasty.xls"])
def test_the_nasty_list_of_another_program_is_refused_row_by_row(desk: Desk, name: str) -> None:
    group = enter_group(desk)

    plan = imports.plan(desk.store, SHEETS / name, "members", owner=group)

    assert plan.counts == counts(new=2, refused=5)
    assert reasons(plan) == [
        (7, "id_no", "cell_digits_lost"),
        (9, "address.house_no", "cell_date"),
        (10, "address.subdistrict", "place_several"),
        (12, "role", "choice"),
        (12, "address.subdistrict", "place_unknown"),
        (14, "birth_date", "leap_day"),
    ]
    assert [(row.row_number, row.reason) for row in plan.skipped][-2:] == [
        (16, "blank"),
        (17, "closing"),
    ]


def test_people_called_total_are_people(desk: Desk, tmp_path: Path) -> None:
    headings = ("เลขบัตรประชาชน", "คำนำหน้า", "ชื่อ", "สกุล", "หมายเหตุ")
    rows = [
        (citizen_id(1), "นาย", "รวม", "ตัวอย่าง", ""),
        (citizen_id(2), "นาย", "นายรวม", "ตัวอย่าง", ""),
        (citizen_id(3), "นาย", "สมชาย", "รวม", ""),
        (citizen_id(4), "นาง", "กานดา", "ตัวอย่าง", "รวม 2 คน"),
        ("", "รวม 4 คน", "", "", ""),
    ]

    plan = imports.plan(desk.store, xlsx(tmp_path / "a.xlsx", rows, headings), "people")

    assert [row.title for row in plan.rows] == [
        "นายรวม ตัวอย่าง", "นายรวม ตัวอย่าง", "นายสมชาย รวม", "นางกานดา ตัวอย่าง",
    ]  # fmt: skip
    assert [(row.row_number, row.reason) for row in plan.skipped] == [(6, "total")]


@pytest.mark.parametrize("encoding", ["cp874", "utf-8", "utf-8-sig"])
def test_thai_digits_dashes_and_buddhist_dates_are_read_from_csv(
    desk: Desk, tmp_path: Path, encoding: str
) -> None:
    number = citizen_id(77)
    typed = thai.to_thai_digits(thai.format_citizen_id(number))
    path = csv(
        tmp_path / "a.csv", [(typed, "นายมานพ ดีงาม", "๑๕ มี.ค. ๒๕๒๐", "๐๘๑-๒๓๔-๕๖๗๘", "")], encoding
    )

    brought_in(desk, path)

    found = by_number(desk)[number]
    assert found["birth_date"] == "1977-03-15"
    assert found["phone"] == "0812345678"
    assert (found["title_th"], found["first_th"], found["last_th"]) == ("นาย", "มานพ", "ดีงาม")
    assert (found["id_kind"], found["nationality"], found["life_status"]) == (
        "thai13",
        "ไทย",
        "living",
    )


def test_an_id_whose_digits_the_spreadsheet_dropped_is_refused_by_row(
    desk: Desk, tmp_path: Path
) -> None:
    rows = [SOMCHAI, ("1.1E+12", *KANDA[1:])]

    plan = imports.plan(desk.store, csv(tmp_path / "a.csv", rows, "cp874"), "people")

    assert plan.counts == counts(new=1, refused=1)
    (refusal,) = plan.refusals
    assert (refusal.row, refusal.field) == (3, "id_no")
    assert "พิมพ์ใหม่" in refusal.reason


def test_a_row_says_every_error_once(desk: Desk, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [("1.1E+12", "", "31/2/2520", "12", "ยาม")])

    plan = imports.plan(desk.store, path, "members", owner=enter_group(desk))

    assert sorted(field for _row, field, _code in reasons(plan)) == [
        "birth_date",
        "first_th",
        "id_no",
        "phone",
        "role",
    ]


def test_an_id_that_stands_twice_in_the_file_is_refused_the_second_time(
    desk: Desk, tmp_path: Path
) -> None:
    wrong = (KANDA[0], KANDA[1], "31/2/2530", "", "")
    path = xlsx(tmp_path / "a.xlsx", [SOMCHAI, wrong, WEERA, SOMCHAI, KANDA])

    plan = imports.plan(desk.store, path, "people")

    assert reasons(plan) == [
        (3, "birth_date", "no_such_day"),
        (5, "id_no", "twice_in_file"),
        (6, "id_no", "twice_in_file"),
    ]
    assert "2" in plan.refusals[1].reason


def test_a_row_is_checked_against_the_rows_before_it(desk: Desk, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [SOMCHAI, (*KANDA[:4], "ประธาน"), WEERA])

    plan = imports.plan(desk.store, path, "members", owner=enter_group(desk))

    assert reasons(plan) == [(3, "role", "second_leader")]
    assert "นายสมชาย ใจดี" in plan.refusals[0].reason


def test_a_row_that_is_refused_stands_in_no_other_rows_way(desk: Desk, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [("1.1E+12", *SOMCHAI[1:]), (*KANDA[:4], "ประธาน")])

    plan = imports.plan(desk.store, path, "members", owner=enter_group(desk))

    assert plan.counts == counts(new=1, refused=1)


def test_what_could_be_put_right_in_one_way_only_is_a_note_and_no_warning(desk: Desk) -> None:
    plan = imports.plan(
        desk.store, SHEETS / "nasty-libreoffice.xlsx", "members", owner=enter_group(desk)
    )

    first = plan.rows[0]

    assert first.verdict == "new"
    assert [(problem.field, problem.code) for problem in first.problems] == [("phone", "cell_zero")]


def test_a_person_who_is_here_is_shown_before_and_after(desk: Desk, tmp_path: Path) -> None:
    brought_in(desk, xlsx(tmp_path / "a.xlsx", [(*WEERA[:2], "2515", "", ""), SOMCHAI]))
    path = xlsx(
        tmp_path / "b.xlsx",
        [(*WEERA[:2], "3/5/2515", "0898765432", ""), (*SOMCHAI[:3], "", "")],
    )

    plan = imports.plan(desk.store, path, "people")

    assert plan.counts == counts(changed=1, same=1)
    assert [(each.field, each.label, each.old, each.new) for each in plan.rows[0].differences] == [
        ("birth_date", "วันเกิด", "พ.ศ. 2515", "3 พ.ค. 2515"),
        ("phone", "โทรศัพท์", "", "0898765432"),
    ]


def test_without_overwriting_only_empty_fields_are_filled(desk: Desk, tmp_path: Path) -> None:
    brought_in(desk, xlsx(tmp_path / "a.xlsx", [WEERA]))
    path = xlsx(tmp_path / "b.xlsx", [(*WEERA[:2], "3/5/2515", "0898765432", "")])

    plan = imports.plan(desk.store, path, "people", choices=Choices(overwrite=False))

    assert [each.field for each in plan.rows[0].differences] == ["phone"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("99/1", "4", "ย่านซื่อ"), {"house_no": "99/1", "moo": "4", "subdistrict": "150114"}),
        (("99/1", "", ""), {"house_no": "99/1", "moo": "4", "village": "ดอกไม้จันทน์"}),
        (("5", "", "คลองวัว"), {"house_no": "5", "subdistrict": "150113"}),
    ],
)
def test_an_address_is_filled_up_or_replaced_and_never_mixed(
    desk: Desk, tmp_path: Path, typed: tuple[str, ...], expected: dict[str, str]
) -> None:
    kept = {"house_no": "99/1", "moo": "4", "village": "ดอกไม้จันทน์"}
    draft = {"id_no": SOMCHAI[0], "id_kind": "thai13", "first_th": "สมชาย", "nationality": "ไทย"}
    records.save(desk.store, "person", draft | {"address": kept})
    headings = ("เลขประจำตัวประชาชน", "บ้านเลขที่", "หมู่", "ตำบล")
    path = xlsx(tmp_path / "a.xlsx", [(SOMCHAI[0], *typed)], headings)

    brought_in(desk, path)

    address = by_number(desk)[SOMCHAI[0]]["address"]
    assert isinstance(address, dict)
    assert expected.items() <= address.items()
    assert ("village" in address) == (typed[0] == "99/1")


def test_a_number_in_two_records_names_nobody(desk: Desk, tmp_path: Path) -> None:
    draft = {"id_no": SOMCHAI[0], "id_kind": "thai13", "first_th": "สมชาย", "nationality": "ไทย"}
    for _time in range(2):
        records.save(desk.store, "person", draft, reasons={"duplicate_id": "รอรวม"})

    plan = imports.plan(desk.store, xlsx(tmp_path / "a.xlsx", [SOMCHAI]), "people")

    assert reasons(plan) == [(2, "id_no", "several_known")]


def test_a_record_that_two_desks_changed_is_left_to_a_person(desk: Desk, tmp_path: Path) -> None:
    brought_in(desk, xlsx(tmp_path / "a.xlsx", [SOMCHAI, KANDA]))
    with desk.store.read() as connection:
        view = records.view_of(connection)
        entered = view.where("person", id_no=SOMCHAI[0])[0][0]
        (head,) = records.get(desk.store, "person", entered).heads
        first = line(connection, head)
    assert first is not None and first.body is not None
    theirs = journal.Act(journal.Origin("15", "a" * 32, "b" * 32), desk.store.user)
    desk.store.write(
        lambda connection: theirs.write(
            connection, [journal.Change("person", entered, first.body.data, ())]
        )
    )

    path = xlsx(tmp_path / "b.xlsx", [(*SOMCHAI[:3], "0898765432", ""), KANDA])
    plan = imports.plan(desk.store, path, "people")

    assert reasons(plan) == [(2, "", "conflict")]


def test_a_foreigners_number_asks_for_the_nationality(desk: Desk, tmp_path: Path) -> None:
    headings = ("เลขประจำตัวประชาชน", "ชื่อ", "สัญชาติ")
    rows = [("0123456789016", "เมียวมิน", ""), ("6000000000018", "ซอวิน", "เมียนมา")]

    plan = brought_in(desk, xlsx(tmp_path / "a.xlsx", rows, headings))

    assert reasons(plan) == [(2, "nationality", "missing")]
    assert by_number(desk)["6000000000018"]["id_kind"] == "foreigner13"


def test_a_passport_is_known_again(desk: Desk, tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "a.xlsx",
        [("MB123456", "ซอวิน", "เมียนมา")],
        ("passport_no", "ชื่อ", "สัญชาติ"),
    )
    brought_in(desk, path)

    assert imports.plan(desk.store, path, "people").counts == counts(same=1)
    assert by_number(desk, key="passport_no")["MB123456"]["id_kind"] == "passport"


def test_the_groups_of_a_province_are_known_by_name_and_subdistrict(
    desk: Desk, tmp_path: Path
) -> None:
    enter_group(desk)
    headings = ("ชื่อกลุ่ม", "ประเภทอาชีพ", "ตำบล", "อำเภอ", "จังหวัด", "โทรศัพท์")
    rows = [
        ("ดอกไม้จันทน์ ย่านซื่อ", "หัตถกรรม", "ย่านซื่อ", "เมือง", "อ่างทอง", "0812345678"),
        ("กลุ่มแปรรูปกล้วยบ้านหนองบัว", "แปรรูปอาหาร", "คลองวัว", "เมือง", "อ่างทอง", ""),
        ("กลุ่มแปรรูปกล้วย บ้านหนองบัว", "แปรรูปอาหาร", "คลองวัว", "เมือง", "อ่างทอง", ""),
        ("กลุ่มทอผ้า", "สิ่งทอ", "", "", "", ""),
    ]

    plan = imports.plan(desk.store, xlsx(tmp_path / "a.xlsx", rows, headings), "groups")

    assert [str(row.verdict) for row in plan.rows] == ["changed", "new", "refused", "refused"]
    assert reasons(plan) == [(4, "name", "twice_in_file"), (5, "address", "missing")]
    assert GROUP["name"] == plan.rows[0].differences[0].old


def test_the_clerk_chooses_sheet_columns_and_short_years(desk: Desk, tmp_path: Path) -> None:
    path = SHEETS / "nasty-libreoffice.xlsx"
    columns = sheets.find_columns(sheets.open_sheets(path)[0], imports.fields("people"))
    choices = Choices("รายชื่อ", columns, short_years=frozenset({"birth_date"}))

    plan = imports.plan(desk.store, path, "people", choices=choices)

    doubts = {problem.code for row in plan.rows for problem in row.problems}
    assert plan.columns == columns
    assert "cell_short_year" not in doubts
    with pytest.raises(Invalid) as unknown:
        imports.plan(desk.store, path, "people", choices=Choices("กลุ่มอื่น"))
    assert unknown.value.code == "sheet_unknown"
    assert "รายชื่อ" in unknown.value.sentence


def test_members_need_a_group_that_is_here(desk: Desk, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", EVERYONE)

    for group in ("", "0198c0de-0000-7000-8000-000000000000"):
        with pytest.raises(UserError) as refused:
            imports.plan(desk.store, path, "members", owner=group)
        assert refused.value.code == "not_found"


def test_a_check_that_is_stopped_stops(desk: Desk, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    def step(done: int, total: int) -> None:
        seen.append((done, total))
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        imports.plan(desk.store, xlsx(tmp_path / "a.xlsx", EVERYONE), "people", step=step)

    assert seen == [(0, 3), (3, 3)]


@pytest.mark.parametrize("kind", imports.kinds())
def test_every_field_is_found_again_by_its_own_name(kind: str, tmp_path: Path) -> None:
    targets = sheets.targets(imports.fields(kind))
    path = xlsx(tmp_path / "a.xlsx", [], [target.label for target in targets])

    columns = sheets.find_columns(sheets.open_sheets(path)[0], imports.fields(kind))

    assert columns.targets == tuple(target.name for target in targets)


def test_the_position_of_a_member_is_the_one_in_the_group(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", EVERYONE, (*HEADINGS[:4], "ตำแหน่ง"))

    columns = sheets.find_columns(sheets.open_sheets(path)[0], imports.fields("members"))

    assert columns.targets[-1] == "role"
