"""A file keeps the checklist it was begun with; the head edits a copy for files to come."""

import pytest

from app.core.errors import Invalid, UserError
from app.core.fields import today
from app.services.certification import own_checklists, templates
from app.services.office.desk import Desk
from app.services.records import history, records
from app.services.records.record_view import View
from tests.makers.certification import answer, begin, data_of, product, step
from tests.makers.office import change, looking, said, told


def codes_of(desk: Desk, file: str) -> list[str]:
    return [row["code"] for row in data_of(desk, file)["items"]]


def test_a_file_begins_with_the_items_of_its_standard_and_kind_of_product(desk: Desk) -> None:
    of_food = begin(desk, product(desk))
    of_goods = begin(desk, product(desk, "goods", name="ตะกร้าหวาย", of=some_group(desk)))

    assert data_of(desk, of_food)["template_version"] == "tcps/1"
    assert set(codes_of(desk, of_food)) - set(codes_of(desk, of_goods)) == {"fda_number"}
    assert codes_of(desk, of_goods)[0] == "application"


def some_group(desk: Desk) -> str:
    with looking(desk, "2026-11-20") as view:
        return str(view.where("group")[0][0])


def test_files_are_numbered_without_a_gap(desk: Desk) -> None:
    made = product(desk)
    first, second = begin(desk, made), begin(desk, made, "halal")
    numbers = [data_of(desk, file)["file_no"] for file in (first, second)]
    assert [number[-4:] for number in numbers] == ["0001", "0002"]


def test_another_standard_brings_its_items_until_something_is_answered(desk: Desk) -> None:
    file = begin(desk, product(desk))
    change(desk, "certification", file, scheme="halal")
    assert data_of(desk, file)["template_version"] == "halal/1"
    assert "ingredients" in codes_of(desk, file)

    answer(desk, file, ingredients="present")
    with pytest.raises(Invalid) as refused:
        change(desk, "certification", file, scheme="tcps", answers=[{"code": "standard"}])
    assert "other_checklist" in {problem.code for problem in refused.value.problems}


def test_the_standards_offered_are_all_and_those_in_force_come_first(desk: Desk) -> None:
    with looking(desk, "2026-11-20") as view:
        assert templates.choices(view)[0] == ("fda_place", "อย. สถานที่ผลิตอาหาร")
    with looking(desk, "2020-06-01") as view:
        assert templates.choices(view)[0][0] == "halal"
        assert templates.checklist(view, "unheard", "food") is None
    assert templates.name_of("unheard") == "unheard"


def test_a_standard_that_is_not_in_force_warns_where_a_file_is_begun(desk: Desk) -> None:
    assert "not_in_force" in told(desk, "certification", {"scheme": "tcps"}, "2021-03-31")
    file = begin(desk, product(desk))
    assert told(desk, "certification", data_of(desk, file), "2021-03-31", file) == set()


def test_the_head_edits_a_copy_and_files_begun_before_keep_theirs(desk: Desk) -> None:
    made = product(desk)
    before = begin(desk, made)
    draft = own_checklists.copy(desk.store, "tcps")
    assert (draft["version"], draft["valid_from"]) == (1, today().isoformat())
    assert [row["code"] for row in draft["items"]] == codes_of(desk, before)

    own = {"code": "letter", "text": "หนังสือนำส่งของอำเภอ", "need": "must"}
    records.save(desk.store, "local_template", draft | {"items": [*draft["items"], own]})
    step(desk, before, "withdraw")
    after = begin(desk, made)

    assert data_of(desk, after)["template_version"] == "tcps/office-1"
    assert codes_of(desk, after)[-1] == "letter"
    assert "letter" not in codes_of(desk, before)
    assert own_checklists.copy(desk.store, "tcps")["version"] == 2


def test_a_copy_of_a_later_day_waits_for_it_and_the_newest_goes_first(desk: Desk) -> None:
    item = {"code": "map", "text": "แผนที่", "need": "must"}
    for version, day in ((1, "2025-01-01"), (2, "2025-02-01"), (3, "2999-01-01")):
        draft = {"scheme": "gap", "version": version, "valid_from": day, "items": [item]}
        records.save(desk.store, "local_template", draft)
    with looking(desk, "2025-01-15") as view:
        assert found(view, "gap") == "gap/office-1"
    with looking(desk, "2026-01-15") as view:
        assert found(view, "gap") == "gap/office-2"
    with looking(desk, "2024-12-31") as view:
        assert found(view, "gap") == "gap/1"


def found(view: View, code: str) -> str:
    got = templates.checklist(view, code, "food")
    assert got is not None
    return got.version


def test_only_the_head_edits_a_checklist_and_only_of_a_known_standard(desk: Desk) -> None:
    draft = own_checklists.copy(desk.store, "gap")
    made = records.save(desk.store, "local_template", draft)
    kept = made.id
    draft = own_checklists.copy(desk.store, "gap")
    records.save(desk.store, "user", {"name": "วิชัย", "role": "head"})
    user = records.get(desk.store, "user", desk.store.user)
    records.save(
        desk.store, "user", user.data | {"role": "clerk"}, record_id=user.id, base=user.heads
    )
    with pytest.raises(UserError) as refused:
        records.save(desk.store, "local_template", draft)
    assert refused.value.code == "not_head"
    with pytest.raises(UserError) as not_voided:
        records.void(desk.store, "local_template", kept, "ไม่ใช้แล้ว")
    assert not_voided.value.code == "not_head"
    with pytest.raises(UserError) as not_undone:
        history.undo(desk.store, made.act)
    assert not_undone.value.code == "not_head"
    with pytest.raises(UserError) as unknown:
        own_checklists.copy(desk.store, "unheard")
    assert unknown.value.code == "not_found"
    assert "unknown_scheme" in said(desk, "local_template", draft | {"scheme": "unheard"})
