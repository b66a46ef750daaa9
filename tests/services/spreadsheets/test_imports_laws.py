"""Whatever stands in a list: taking it in twice is taking it in once, and an undo is an undo."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.services.office.desk import Desk
from app.services.records import history, search
from app.services.spreadsheets import imports
from app.services.spreadsheets.imports import Verdict
from tests.makers.lists import citizen_id, enter_group, xlsx

numbers = st.sampled_from(
    [*(citizen_id(number) for number in range(6)), "3100600445636", "6000000000018", "1.1E+12", ""]
)
names = st.sampled_from(["นายสมชาย ใจดี", "น.ส. กานดา คำแสน", "วีระ", "มานพ ณ อยุธยา", "-", ""])
births = st.sampled_from(["15/3/2520", "๒๕๑๕", "2 ม.ค. 30", "29/2/2520", "1985", "1/1/2599", ""])
phones = st.sampled_from(["081-234-5678", "812345678", "ไม่มี", "12", ""])
roles = st.sampled_from(["ประธาน", "สมาชิก", "เลขา", "ยาม", ""])
lists = st.lists(st.tuples(numbers, names, births, phones, roles), min_size=1, max_size=8)


def refused(plan: imports.Plan) -> set[int]:
    return {refusal.row for refusal in plan.refusals}


@pytest.mark.long
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=lists)
def test_a_list_taken_in_twice_changes_nothing_and_undone_leaves_nothing(
    desk: Desk, tmp_path: Path, rows: list[tuple[str, ...]]
) -> None:
    path = xlsx(tmp_path / "list.xlsx", rows)
    groups = search.page(desk.store, "group", search.rows(desk.store, "group"))
    group = groups[0].id if groups else enter_group(desk)

    first = imports.plan(desk.store, path, "members", owner=group)
    imported = imports.commit(desk.store, first, reason="ตรวจกับบัตรแล้ว")
    second = imports.plan(desk.store, path, "members", owner=group)
    if imported.act:
        history.undo(desk.store, imported.act)

    assert sum(first.counts.values()) + len(first.skipped) == len(rows)
    assert refused(second) == refused(first)
    assert {row.verdict for row in second.rows} <= {Verdict.SAME, Verdict.REFUSED}
    assert not search.rows(desk.store, "person") and not search.rows(desk.store, "membership")
