"""Lists of a class: its trainees, and who was there, from the spreadsheets that offices keep."""

import datetime
from pathlib import Path

import pytest
import xlsxwriter

from app.core.errors import Changed, Invalid, UserError
from app.services.office.desk import Desk
from app.services.records import history, records
from app.services.spreadsheets import imports, sheets
from app.services.spreadsheets.imports.attendance_lists import read_mark
from app.services.training.attendance import grid, mark
from tests.makers.lists import KANDA, SOMCHAI, WEERA, counts, reasons
from tests.makers.office import change, from_elsewhere, group, id_number, join, person
from tests.makers.training import enrol, trainee, training_class

TRAINEES = ("ที่", "เลขประจำตัวประชาชน", "ชื่อ - สกุล", "วันเกิด", "วันที่สมัคร", "ยินยอมเชื่อมโยงข้อมูล")
DAYS = ("ที่", "เลขบัตรประชาชน", "ชื่อ - สกุล", "17 มี.ค. 68", "18/3/2568", "19", "หมายเหตุ")
MON, TUE, WED = "2025-03-17", "2025-03-18", "2025-03-19"


def applications(path: Path) -> Path:
    rows = [
        (str(number), one[0], one[1], one[2], on, answer)
        for number, (one, on, answer) in enumerate(
            (
                (SOMCHAI, "3 มี.ค. 68", "ยินยอม"),
                (KANDA, "4/3/2568", "ไม่ยินยอม"),
                (WEERA, "4/3/2568", ""),
            ),
            1,
        )
    ]
    sheets.write_rows(path, TRAINEES, rows)
    return path


def test_a_list_of_applications_becomes_people_and_trainees_in_one_act(
    desk: Desk, tmp_path: Path
) -> None:
    class_id = training_class(desk)
    path = applications(tmp_path / "a.xlsx")

    plan = imports.plan(desk.store, path, "trainees", owner=class_id)
    assert plan.counts == counts(new=2, refused=1)
    assert reasons(plan) == [(4, "link_consent", "missing")]
    done = imports.commit(desk.store, plan)

    found = grid(desk.store, class_id).trainees
    assert [(each.name, each.applied_on, each.status) for each in found] == [
        ("นายสมชาย ใจดี", "2025-03-03", "applied"),
        ("นางสาวกานดา คำแสน", "2025-03-04", "applied"),
    ]
    data = records.get(desk.store, "enrolment", found[1].id).data
    assert data["link_consent"] == "refuses"
    again = imports.plan(desk.store, path, "trainees", owner=class_id)
    assert again.counts == counts(same=2, refused=1)

    history.undo(desk.store, done.act)
    assert grid(desk.store, class_id).trainees == ()


def test_an_application_without_a_day_is_of_today_and_names_the_only_group(
    desk: Desk, tmp_path: Path
) -> None:
    class_id, made = training_class(desk), group(desk)
    join(desk, made, person(desk, 1))
    path = tmp_path / "a.csv"
    path.write_text(f"เลขบัตร,ชื่อ,สกุล,ยินยอม\n{id_number(1)},สมาชิก1,ตัวอย่าง,ยินยอม\n", encoding="utf-8")

    plan = imports.plan(desk.store, path, "trainees", owner=class_id)
    assert plan.counts == counts(new=1)
    imports.commit(desk.store, plan, reason="ตรวจแล้ว")

    (row,) = grid(desk.store, class_id).trainees
    data = records.get(desk.store, "enrolment", row.id).data
    assert data["group"] == made and data["applied_on"]


def test_a_list_of_no_class_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = applications(tmp_path / "a.xlsx")
    for kind in ("trainees", "attendance"):
        with pytest.raises(UserError) as refused:
            imports.plan(desk.store, path, kind, owner="x")
        assert refused.value.code == "not_found"


def test_a_class_changed_since_the_dry_run_stops_the_import(desk: Desk, tmp_path: Path) -> None:
    class_id = training_class(desk)
    plan = imports.plan(desk.store, applications(tmp_path / "a.xlsx"), "trainees", owner=class_id)
    enrol(desk, class_id, person(desk, 9))
    with pytest.raises(Changed):
        imports.commit(desk.store, plan)


def day_list(path: Path, *rows: tuple[object, ...], headings: tuple[object, ...] = DAYS) -> Path:
    sheets.write_rows(path, headings, rows)
    return path


def test_a_list_of_attendance_marks_its_trainees_in_one_act(desk: Desk, tmp_path: Path) -> None:
    class_id = training_class(desk)
    made = [trainee(desk, class_id, number) for number in (1, 2, 3)]
    path = day_list(
        tmp_path / "a.xlsx",
        ("1", id_number(1), "สมาชิก1 ตัวอย่าง", "/", "มา", "3:30", ""),
        ("2", "", "สมาชิก2 ตัวอย่าง", "ขาด", "90", "", ""),
        ("", "รวม 2 คน", "", "", "", "", ""),
    )

    plan = imports.plan(desk.store, path, "attendance", owner=class_id)
    assert plan.counts == counts(new=2)
    assert [(each.label, each.old, each.new) for each in plan.rows[1].differences] == [
        ("17 มี.ค. 2568", "", "0"), ("18 มี.ค. 2568", "", "90"),
    ]  # fmt: skip
    done = imports.commit(desk.store, plan)

    found = {each.id: each.attended for each in grid(desk.store, class_id).trainees}
    assert [found[each] for each in made] == [
        {MON: 360, TUE: 360, WED: 210}, {MON: 0, TUE: 90}, {},
    ]  # fmt: skip
    assert imports.plan(desk.store, path, "attendance", owner=class_id).counts == counts(same=2)
    mark(desk.store, class_id, {made[1]: {TUE: 60}})
    assert imports.plan(desk.store, path, "attendance", owner=class_id).counts == counts(
        same=1, changed=1
    )
    mark(desk.store, class_id, {made[1]: {TUE: 90}})
    with pytest.raises(Invalid):
        history.undo(desk.store, done.act)


def test_rows_that_cannot_be_taken_are_refused_and_given_back(desk: Desk, tmp_path: Path) -> None:
    class_id = training_class(desk)
    for number in (1, 2, 3):
        trainee(desk, class_id, number)
    waiting = enrol(desk, class_id, person(desk, 4))
    change(desk, "person", records.get(desk.store, "enrolment", waiting).data["person"], note="ก")
    path = day_list(
        tmp_path / "a.xlsx",
        ("1", id_number(1), "", "6", "", "", ""),
        ("2", id_number(2), "", "361", "", "", ""),
        ("3", id_number(3), "", "/", "สาย", "", ""),
        ("4", id_number(3), "", "/", "", "", ""),
        ("5", id_number(4), "", "/", "", "", ""),
        ("6", id_number(5), "", "/", "", "", ""),
        ("7", "9.1E+12", "", "/", "", "", ""),
    )

    plan = imports.plan(desk.store, path, "attendance", owner=class_id)

    assert reasons(plan) == [
        (2, "attended", "mark"), (3, "attended", "mark"), (4, "attended", "mark"),
        (5, "person", "twice_in_file"), (6, "attended", "not_attending"),
        (7, "person", "not_in_class"), (8, "id_no", "cell_digits_lost"),
    ]  # fmt: skip
    imports.export_refused(plan, tmp_path / "refused.xlsx")
    (back,) = sheets.open_sheets(tmp_path / "refused.xlsx")
    assert "17 มี.ค. 2568" in back.rows[0] and "6" in back.rows[1]
    assert imports.commit(desk.store, plan).act == ""


def test_two_of_one_name_need_their_numbers(desk: Desk, tmp_path: Path) -> None:
    class_id = training_class(desk)
    for number in (1, 2):
        who = person(desk, number, title_th="นาย", first_th="สมชาย")
        made = enrol(desk, class_id, who)
        change(desk, "enrolment", made, note=str(number))
    path = day_list(tmp_path / "a.xlsx", ("1", "", "นายสมชาย ตัวอย่าง", "/", "", "", ""))
    plan = imports.plan(desk.store, path, "attendance", owner=class_id)
    assert reasons(plan) == [(2, "person", "several_known")]


def test_a_trainee_whom_two_desks_changed_is_settled_first(desk: Desk, tmp_path: Path) -> None:
    class_id = training_class(desk)
    made = trainee(desk, class_id)
    data = records.get(desk.store, "enrolment", made).data
    from_elsewhere(desk, "enrolment", data | {"note": "อีกเครื่อง"}, made)
    path = day_list(tmp_path / "a.xlsx", ("1", id_number(1), "", "/", "", "", ""))
    plan = imports.plan(desk.store, path, "attendance", owner=class_id)
    assert reasons(plan) == [(2, "", "conflict")]


def test_a_list_without_a_day_of_the_class_is_refused(desk: Desk, tmp_path: Path) -> None:
    class_id = training_class(desk)
    headings = ("ที่", "เลขบัตรประชาชน", "ชื่อ - สกุล", "1 เม.ย. 68", "วันที่ 31 ก.พ.", "5", "")
    path = day_list(tmp_path / "a.xlsx", ("1", "", "ก", "/", "", "", ""), headings=headings)
    with pytest.raises(Invalid) as refused:
        imports.plan(desk.store, path, "attendance", owner=class_id)
    assert refused.value.code == "sheet_days"


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("", None), ("-", None), ("มา", 360), ("✓", 360), (True, 360), (False, 0), ("ลา", 0),
        ("X", 0), (1.0, 360), (0.0, 0), (90.0, 90), ("๙๐", 90), ("90 นาที", 90), ("20นาที", 20),
        ("3.30", 210), (datetime.time(3, 30), 210),
    ],
)  # fmt: skip
def test_a_cell_says_present_absent_or_minutes(cell: object, minutes: int | None) -> None:
    assert read_mark(cell, 360) == minutes  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["6", "24", "สาย", "6:30", "-5", "99999", "1e9"])
def test_a_cell_that_may_mean_several_things_is_refused(cell: str) -> None:
    with pytest.raises(Invalid):
        read_mark(cell, 360)


def test_headings_may_be_dates_of_either_era(desk: Desk, tmp_path: Path) -> None:
    class_id = training_class(desk)
    made = trainee(desk, class_id)
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    page, day = book.add_worksheet(), book.add_format({"num_format": "d/m/yyyy"})
    page.write_row(0, 0, ["เลขบัตร", "ชื่อ - สกุล"])
    page.write_datetime(0, 2, datetime.datetime(2025, 3, 17), day)  # noqa: DTZ001
    page.write_datetime(0, 3, datetime.datetime(2568, 3, 18), day)  # noqa: DTZ001
    page.write_row(1, 0, [id_number(1), "", "/", 45])
    book.close()

    plan = imports.plan(desk.store, tmp_path / "a.xlsx", "attendance", owner=class_id)
    imports.commit(desk.store, plan)
    assert records.get(desk.store, "enrolment", made).data["attended"] == [
        {"day": MON, "minutes": 360}, {"day": TUE, "minutes": 45},
    ]  # fmt: skip
