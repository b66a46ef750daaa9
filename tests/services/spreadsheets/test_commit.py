"""A clerk takes a checked list in, takes it back, and corrects what was refused."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from app.core.errors import Cancelled, Changed, Invalid, UserError
from app.services.office.desk import Desk
from app.services.records import history, records, search
from app.services.records.verify import verify
from app.services.spreadsheets import imports, sheets
from tests.makers.lists import (
    EVERYONE,
    KANDA,
    SOMCHAI,
    WEERA,
    brought_in,
    by_number,
    citizen_id,
    counts,
    enter_group,
    reasons,
    xlsx,
)

WRONG_DIGIT = ("3100600445636", "นางปราณี มีสุข", "2510", "", "")


def person_id(desk: Desk, number: str) -> str:
    (hit,) = search.find(desk.store, number, types=["person"])
    return hit.id


def change(desk: Desk, number: str, **changed: object) -> None:
    record = records.get(desk.store, "person", person_id(desk, number))
    draft = record.data | changed
    records.save(desk.store, "person", draft, record_id=record.id, base=record.heads)


def test_a_list_is_one_act_and_its_undo_takes_all_of_it_back(desk: Desk, tmp_path: Path) -> None:
    group = enter_group(desk)
    before = verify(desk.store)
    plan = imports.plan(desk.store, xlsx(tmp_path / "a.xlsx", EVERYONE), "members", owner=group)

    imported = imports.commit(desk.store, plan)

    assert imported.counts == counts(new=3)
    assert set(by_number(desk)) == {row[0] for row in EVERYONE}
    roles = [each["role"] for each in by_number(desk, "membership", "person").values()]
    assert sorted(map(str, roles)) == ["committee", "leader", "member"]
    somchai = person_id(desk, SOMCHAI[0])
    assert history.history(desk.store, "person", somchai)[0].act == imported.act
    assert verify(desk.store).lines == before.lines + 6

    history.undo(desk.store, imported.act)

    assert not by_number(desk) and not by_number(desk, "membership", "person")
    assert verify(desk.store).ok


def test_the_same_list_again_is_all_the_same_and_no_act(desk: Desk, tmp_path: Path) -> None:
    group = enter_group(desk)
    path = xlsx(tmp_path / "a.xlsx", [*EVERYONE, WRONG_DIGIT])
    brought_in(desk, path, "members", group)
    before = verify(desk.store)

    plan = imports.plan(desk.store, path, "members", owner=group)
    imported = imports.commit(desk.store, plan)

    assert imported == imports.Imported("", counts(same=4))
    assert verify(desk.store) == before


def test_the_undo_of_a_changed_person_restores_what_was_there(desk: Desk, tmp_path: Path) -> None:
    brought_in(desk, xlsx(tmp_path / "a.xlsx", [SOMCHAI]))
    before = by_number(desk)
    changed = (*SOMCHAI[:2], "16/3/2520", "0898765432", "")
    plan = imports.plan(desk.store, xlsx(tmp_path / "b.xlsx", [changed, KANDA]), "people")

    imported = imports.commit(desk.store, plan)
    assert imported.counts == counts(new=1, changed=1)
    assert by_number(desk)[SOMCHAI[0]]["phone"] == "0898765432"

    history.undo(desk.store, imported.act)
    assert by_number(desk) == before


def test_refused_rows_are_left_out_and_the_others_are_taken(desk: Desk, tmp_path: Path) -> None:
    plan = brought_in(desk, xlsx(tmp_path / "a.xlsx", [SOMCHAI, ("1.1E+12", *KANDA[1:]), WEERA]))

    assert plan.counts == counts(new=2, refused=1)
    assert set(by_number(desk)) == {SOMCHAI[0], WEERA[0]}


def test_one_reason_stands_for_every_warning_of_the_list(desk: Desk, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [SOMCHAI, WRONG_DIGIT])
    plan = imports.plan(desk.store, path, "people")
    assert plan.counts == counts(new=1, warned=1) and plan.needs_reason

    with pytest.raises(Invalid) as refused:
        imports.commit(desk.store, plan, reason=" ")
    assert refused.value.code == "no_reason" and not by_number(desk)

    imports.commit(desk.store, plan, reason=" รอตรวจบัตรตัวจริง ")
    found = by_number(desk)
    assert found[WRONG_DIGIT[0]]["reasons"] == {"citizen_id_check": "รอตรวจบัตรตัวจริง"}
    assert "reasons" not in found[SOMCHAI[0]]


def test_a_reason_once_given_is_not_asked_for_again(desk: Desk, tmp_path: Path) -> None:
    brought_in(desk, xlsx(tmp_path / "a.xlsx", [WRONG_DIGIT]))
    path = xlsx(tmp_path / "b.xlsx", [(*WRONG_DIGIT[:3], "0898765432", "")])
    plan = imports.plan(desk.store, path, "people")

    imports.commit(desk.store, plan)

    assert plan.counts == counts(changed=1)
    assert by_number(desk)[WRONG_DIGIT[0]]["reasons"] == {"citizen_id_check": "ตรวจกับบัตรแล้ว"}


def test_a_person_of_another_group_is_warned_of_and_joins(desk: Desk, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [KANDA])
    brought_in(desk, path, "members", enter_group(desk))
    second = enter_group(desk, name="กลุ่มทอผ้าย่านซื่อ")

    plan = brought_in(desk, path, "members", second)

    assert plan.counts == counts(warned=1)
    assert len(search.rows(desk.store, "membership")) == 2
    assert len(by_number(desk)) == 1


def test_a_role_changes_and_one_who_left_may_join_again(desk: Desk, tmp_path: Path) -> None:
    group = enter_group(desk)
    brought_in(desk, xlsx(tmp_path / "a.xlsx", [KANDA, WEERA]), "members", group)
    left = person_id(desk, WEERA[0])
    for row in search.page(desk.store, "membership", search.rows(desk.store, "membership")):
        if row.data["person"] == left:
            record = records.get(desk.store, "membership", row.id)
            draft = record.data | {"left_on": "2024"}
            records.save(desk.store, "membership", draft, record_id=record.id, base=record.heads)

    plan = brought_in(
        desk, xlsx(tmp_path / "b.xlsx", [(*KANDA[:4], "ประธาน"), WEERA]), "members", group
    )

    assert [str(row.verdict) for row in plan.rows] == ["changed", "new"]
    assert [(each.field, each.old) for each in plan.rows[0].differences] == [("role", "สมาชิก")]
    assert len(search.rows(desk.store, "membership")) == 3


def test_groups_are_numbered_without_a_gap_when_they_are_taken_in(
    desk: Desk, tmp_path: Path
) -> None:
    enter_group(desk)
    headings = ("ชื่อกลุ่ม", "ประเภทอาชีพ", "ตำบล", "อำเภอ", "จังหวัด")
    places = ("คลองวัว", "บ้านแห", "ตลาดกรวด")
    rows = [(f"กลุ่มเกษตร{place}", "เกษตร", place, "เมือง", "อ่างทอง") for place in places]
    path = xlsx(tmp_path / "a.xlsx", rows, headings)
    plan = imports.plan(desk.store, path, "groups")
    enter_group(desk, name="กลุ่มทอผ้าย่านซื่อ")

    imports.commit(desk.store, plan)

    numbers = sorted(
        str(group["group_no"])[-4:] for group in by_number(desk, "group", "name").values()
    )
    assert numbers == ["0001", "0002", "0003", "0004", "0005"]
    assert imports.plan(desk.store, path, "groups").counts == counts(same=3)


def test_a_plan_is_carried_out_once(desk: Desk, tmp_path: Path) -> None:
    plan = imports.plan(desk.store, xlsx(tmp_path / "a.xlsx", EVERYONE), "people")
    imports.commit(desk.store, plan)

    with pytest.raises(Changed):
        imports.commit(desk.store, plan)

    assert len(by_number(desk)) == 3


def test_a_plan_over_a_person_changed_since_is_refused(desk: Desk, tmp_path: Path) -> None:
    brought_in(desk, xlsx(tmp_path / "a.xlsx", [SOMCHAI]))
    path = xlsx(tmp_path / "b.xlsx", [(*SOMCHAI[:3], "0898765432", ""), KANDA])
    plan = imports.plan(desk.store, path, "people")
    change(desk, SOMCHAI[0], phone="0811111111")
    before = verify(desk.store)

    with pytest.raises(Changed):
        imports.commit(desk.store, plan)

    assert verify(desk.store) == before


def test_a_plan_is_refused_when_its_group_or_its_members_moved(desk: Desk, tmp_path: Path) -> None:
    group = enter_group(desk)
    first = imports.plan(desk.store, xlsx(tmp_path / "a.xlsx", [KANDA]), "members", owner=group)
    brought_in(desk, xlsx(tmp_path / "b.xlsx", [SOMCHAI]), "members", group)
    with pytest.raises(Changed):
        imports.commit(desk.store, first)

    second = imports.plan(desk.store, xlsx(tmp_path / "c.xlsx", [KANDA]), "members", owner=group)
    records.void(desk.store, "group", group, "กรอกซ้ำ")
    with pytest.raises(Changed):
        imports.commit(desk.store, second)


def test_work_on_other_records_does_not_disturb_a_plan(desk: Desk, tmp_path: Path) -> None:
    group = enter_group(desk)
    brought_in(desk, xlsx(tmp_path / "a.xlsx", [KANDA]))
    plan = imports.plan(desk.store, xlsx(tmp_path / "b.xlsx", [SOMCHAI]), "members", owner=group)
    change(desk, KANDA[0], phone="0811111111")
    voided = person_id(desk, KANDA[0])
    records.void(desk.store, "person", voided, "กรอกซ้ำ")
    enter_group(desk, name="กลุ่มทอผ้าย่านซื่อ")

    assert imports.commit(desk.store, plan).counts == counts(new=1)


def test_an_import_that_is_stopped_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    plan = imports.plan(desk.store, xlsx(tmp_path / "a.xlsx", EVERYONE), "people")
    before = verify(desk.store)

    def step(done: int, total: int) -> None:
        if done == total:
            raise Cancelled

    with pytest.raises(Cancelled):
        imports.commit(desk.store, plan, step=step)

    assert verify(desk.store) == before and not by_number(desk)


def test_a_list_longer_than_one_piece_is_still_one_act(desk: Desk, tmp_path: Path) -> None:
    rows = [(citizen_id(number), f"นายสมชาย ใจดี{number}", "", "", "") for number in range(700)]
    plan = imports.plan(desk.store, xlsx(tmp_path / "a.xlsx", rows), "people")
    steps: list[int] = []

    imported = imports.commit(desk.store, plan, step=lambda done, _total: steps.append(done))

    assert steps == [0, 500, 700]
    assert verify(desk.store).ok
    history.undo(desk.store, imported.act)
    assert not search.rows(desk.store, "person")


def test_refused_rows_come_back_with_reasons_and_can_be_read_again(
    desk: Desk, tmp_path: Path
) -> None:
    group = enter_group(desk)
    source = Path(__file__).parent / "sheets" / "nasty-libreoffice.xlsx"
    plan = imports.plan(desk.store, source, "members", owner=group)
    imports.commit(desk.store, plan)

    imports.export_refused(plan, tmp_path / "refused.xlsx")

    headings, *rows = sheets.open_sheets(tmp_path / "refused.xlsx")[0].rows
    assert len(rows) == plan.counts["refused"]
    assert headings[-1] == "เหตุผลที่ไม่รับ"
    assert all(row[-1] for row in rows)
    assert "2568" in str(rows[1][-1]) and "15/03/2511" in rows[1]
    again = imports.plan(desk.store, tmp_path / "refused.xlsx", "members", owner=group)
    assert again.columns.targets == (*plan.columns.targets, "")
    corrected = [list(map(str, row)) for row in rows]
    corrected[0][1] = citizen_id(10_170_023_001)
    xlsx(tmp_path / "corrected.xlsx", corrected[:1], list(map(str, headings)))
    assert brought_in(desk, tmp_path / "corrected.xlsx", "members", group).counts == counts(new=1)


def test_dates_of_refused_rows_come_back_with_their_buddhist_year(
    desk: Desk, tmp_path: Path
) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet, dates = book.add_worksheet(), book.add_format({"num_format": "d/m/yyyy"})
    sheet.write_row(0, 0, ["ชื่อ", "วันเกิด", "หมายเหตุ", "บ้านเลขที่"])
    sheet.write_row(1, 0, ["สมชาย"])
    for column, day in enumerate((date(1977, 3, 15), date(2026, 1, 2), date(2569, 3, 12)), 1):
        sheet.write_datetime(1, column, day, dates)
    book.close()
    plan = imports.plan(desk.store, tmp_path / "a.xlsx", "people")

    imports.export_refused(plan, tmp_path / "refused.xlsx")

    (row,) = sheets.open_sheets(tmp_path / "refused.xlsx")[0].rows[1:]
    assert row[:4] == ("สมชาย", "15/03/2520", "2/1/2569", "12/3/2569")
    assert ("id_no", "missing") in {(field, code) for _row, field, code in reasons(plan)}


def test_a_file_that_cannot_be_written_is_said(desk: Desk, tmp_path: Path) -> None:
    plan = imports.plan(
        desk.store, xlsx(tmp_path / "a.xlsx", [("1.1E+12", "ก", "", "", "")]), "people"
    )

    with pytest.raises(UserError) as refused:
        imports.export_refused(plan, tmp_path / "missing" / "refused.xlsx")

    assert refused.value.code == "not_written"
