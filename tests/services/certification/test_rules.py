"""Rules and guards of products and certification files, each as the clerk is told of it."""

from typing import Any

import pytest

from app.core.errors import Invalid
from app.services.office.desk import Desk
from app.services.records import guards, moves, records
from tests.makers.certification import (
    answer,
    begin,
    certified,
    certify,
    data_of,
    file_draft,
    lodge,
    product,
    step,
)
from tests.makers.office import change, from_elsewhere, group, looking, said, set_status, told

NOWHERE = "0190aaaa-0000-7000-8000-000000000000"
TODAY = "2026-11-20"


def codes(desk: Desk, draft: dict[str, Any], record_id: str = "") -> set[str]:
    return told(desk, "certification", draft, TODAY, record_id)


def test_a_file_that_says_nothing_yet_is_not_lectured(desk: Desk) -> None:
    assert codes(desk, {}) == set()
    assert told(desk, "product", {}, TODAY) == set()
    assert told(desk, "local_template", {}, TODAY) == set()


def test_an_unknown_standard_is_refused(desk: Desk) -> None:
    assert "unknown_scheme" in codes(desk, {"scheme": "unheard"})
    assert "unknown_scheme" in told(desk, "local_template", {"scheme": "unheard"}, TODAY)


def test_a_published_bound_of_a_standard_blocks_and_general_knowledge_warns(desk: Desk) -> None:
    massage = product(desk, "service", name="นวดสปาสมุนไพร")
    for scheme, blocks in (("tcps", True), ("fda_product", True), ("otop", False)):
        problem = said(desk, "certification", file_draft(massage, scheme))["not_for_kind"]
        assert (bool(problem.source), problem.warning) == (blocks, not blocks)


def test_a_product_that_has_not_arrived_may_be_of_any_kind(desk: Desk) -> None:
    draft = file_draft(NOWHERE)
    assert codes(desk, draft) == {"not_here"}
    file = records.save(desk.store, "certification", draft, reasons={"not_here": "รอชุดข้อมูล"}).id
    assert "fda_number" in {row["code"] for row in data_of(desk, file)["items"]}


def test_a_second_open_file_for_one_standard_warns(desk: Desk) -> None:
    made = product(desk)
    first = begin(desk, made)
    assert codes(desk, file_draft(made)) == {"second_file"}
    assert codes(desk, data_of(desk, first), first) == set()
    step(desk, first, "withdraw")
    assert codes(desk, file_draft(made)) == set()
    assert codes(desk, file_draft(made, status="withdrawn")) == set()


@pytest.mark.parametrize(
    ("numbers", "blocks"),
    [
        ({"place_no": "10100155", "serial_no": "1010015510001"}, False),
        ({"place_no": "10100156", "serial_no": "1010015510001"}, True),
        ({"serial_no": "1010015510001"}, False),
    ],
)
def test_a_serial_number_begins_with_the_number_of_its_place(
    desk: Desk, numbers: dict[str, str], blocks: bool
) -> None:
    assert ("place_of_serial" in codes(desk, file_draft(product(desk), **numbers))) is blocks


def test_the_place_of_a_serial_number_may_stand_in_another_file_of_the_group(desk: Desk) -> None:
    made = product(desk)
    begin(desk, made, "fda_place", place_no="10100155")
    other = product(desk, of=data_group(desk, made), name="ข้าวเกรียบ")

    right = file_draft(other, "fda_product", serial_no="1010015510001")
    wrong = file_draft(other, "fda_product", serial_no="1010015610001")

    assert "place_of_serial" not in codes(desk, right)
    assert "place_of_serial" in codes(desk, wrong)


def data_group(desk: Desk, product_id: str) -> str:
    return str(records.get(desk.store, "product", product_id).data["group"])


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("serial_no", "101001551000", "least"),
        ("place_no", "1010015", "least"),
        ("standard_no", "744/2562", "standard_form"),
    ],
)
def test_a_number_of_the_wrong_form_is_refused(
    desk: Desk, field: str, value: str, code: str
) -> None:
    assert code in said(desk, "certification", file_draft(product(desk), **{field: value}))


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ({"submitted_on": "2027-01-01"}, "future"),
        ({"submitted_on": "2026-02-02", "inspected_on": "2026-02-01"}, "order"),
        ({"submitted_on": "2026-02-02", "sampled_on": "2026-02-01"}, "order"),
        ({"sampled_on": "2026-02-02", "result_on": "2026-02-01"}, "order"),
        ({"result_on": "2026-02-02", "issued_on": "2026-02-01"}, "order"),
        ({"issued_on": "2026-02-02", "expires_on": "2026-02-02"}, "order"),
        ({"issued_on": "2026-02-02", "expires_on": "2029-02-03"}, "years"),
        ({"mark_used_on": "2026-02-02"}, "mark_first"),
        ({"mark_used_on": "2027-02-02", "status": "certified"}, "future"),
        ({"mark_used_on": "2026-01-01", "issued_on": "2026-02-02", "status": "marked"},
         "mark_older"),
        ({"follow_ups": [{"year": 2, "on": "2026-02-02"}, {"year": 1, "on": "2026-03-02"}]},
         "follow_up_order"),
        ({"follow_ups": [{"year": 1, "on": "2026-02-02"}, {"year": 2, "on": "2026-01-02"}]},
         "follow_up_order"),
        ({"inspected_on": "2026-02-03", "follow_ups": [{"year": 1, "on": "2026-02-02"}]},
         "follow_up_order"),
        ({"follow_ups": [{"year": 1, "on": "2027-02-02"}]}, "future"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_is_named(desk: Desk, days: dict[str, Any], code: str) -> None:
    assert code in codes(desk, {"scheme": "tcps"} | days)


def test_days_in_their_order_say_nothing(desk: Desk) -> None:
    whole = {
        "scheme": "tcps", "submitted_on": "2024-01-10", "inspected_on": "2024-01-12",
        "sampled_on": "2024-01-12", "result_on": "2024-02-10", "issued_on": "2024-02-29",
        "expires_on": "2027-02-28", "mark_used_on": "2024-03-10", "status": "marked",
        "follow_ups": [{"year": 1, "on": "2025-02-10"}, {"year": 2}, {}],
    }  # fmt: skip
    assert codes(desk, whole) == set()
    assert codes(desk, whole | {"status": "renewed", "issued_on": "2026-02-20",
                                "expires_on": "2029-02-20"}) == set()  # fmt: skip


def test_samples_taken_again_are_newer_than_the_last_result(desk: Desk) -> None:
    again = {"sampled_on": "2026-03-02", "result_on": "2026-02-01"}
    assert codes(desk, again | {"status": "sampled"}) == set()
    assert codes(desk, again | {"status": "tested"}) == {"order"}


def test_an_answer_to_an_item_that_the_file_lacks_is_refused(desk: Desk) -> None:
    items = [{"code": "map", "text": "แผนที่", "need": "must"}]
    for answers in (["label"], ["map", "map"]):
        rows = [{"code": code, "answer": "present"} for code in answers]
        assert codes(desk, {"items": items, "answers": rows}) == {"other_checklist"}
    assert codes(desk, {"items": items, "answers": [{"code": "map"}]}) == set()


def test_a_second_product_of_one_name_in_a_group_warns(desk: Desk) -> None:
    made = product(desk)
    again = records.get(desk.store, "product", made).data
    assert "same_product" in said(desk, "product", again | {"name": "ข้าวแต๋น น้ำแตงโม"})
    assert "same_product" not in said(desk, "product", again, made)
    assert "same_product" not in said(desk, "product", again | {"name": "ข้าวเกรียบ"})


def test_a_product_that_becomes_a_service_names_the_file_it_has(desk: Desk) -> None:
    made = product(desk)
    begin(desk, made)
    from_elsewhere(desk, "certification", {"product": made, "scheme": "from_the_future"})
    data = records.get(desk.store, "product", made).data
    assert (
        "มผช." in said(desk, "product", data | {"kind": "service"}, made)["kind_of_files"].message
    )
    assert "kind_of_files" not in said(desk, "product", data | {"kind": "goods"}, made)


def test_a_copy_of_a_checklist_has_each_version_and_item_once(desk: Desk) -> None:
    item = {"code": "map", "text": "แผนที่", "need": "must"}
    draft = {"scheme": "tcps", "version": 1, "valid_from": "2025-01-01", "items": [item]}
    kept = records.save(desk.store, "local_template", draft).id
    assert told(desk, "local_template", draft, TODAY, kept) == set()
    assert told(desk, "local_template", draft, TODAY) == {"version"}
    twice = draft | {"version": 2, "items": [item, item, {"text": "ก"}, {"text": "ข"}]}
    assert told(desk, "local_template", twice, TODAY) == {"twice"}


def test_lodging_with_an_open_checklist_asks_for_a_reason(desk: Desk) -> None:
    file = begin(desk, product(desk, "goods"))
    answer(desk, file, application="present", map="absent")
    with pytest.raises(Invalid) as asked:
        step(desk, file, "apply", submitted_on="2024-01-10")
    (problem,) = asked.value.problems
    assert (problem.code, problem.warning) == ("checklist", True)
    assert "แผนที่สถานที่ผลิต" in problem.message and "คำขอรับ" not in problem.message

    answer(desk, file, all="present", power_of_attorney="not_applicable")
    step(desk, file, "apply", submitted_on="2024-01-10")
    assert data_of(desk, file)["status"] == "applied"


def test_of_choices_that_follow_one_another_one_is_enough(desk: Desk) -> None:
    file = begin(desk, product(desk), "fda_place")
    answer(desk, file, all="present", form_sb1="absent", form_o1="absent")
    with pytest.raises(Invalid) as asked:
        step(desk, file, "apply", submitted_on="2024-01-10")
    assert "สบ.1" in asked.value.sentence and "อ.1" in asked.value.sentence
    answer(desk, file, all="present", form_sb1="present", form_o1="absent")
    step(desk, file, "apply", submitted_on="2024-01-10")


def guard_codes(desk: Desk, name: str, data: dict[str, Any]) -> set[str]:
    with looking(desk, TODAY) as view:
        return {each.code for each in guards.of("certification")[name](view, "", data)}


@pytest.mark.parametrize("name", ["food_has_its_place_first", "the_scheme_numbers_are_there",
                                  "the_test_was_passed", "the_checklist_is_complete"])  # fmt: skip
def test_a_guard_says_nothing_of_a_standard_it_does_not_know(desk: Desk, name: str) -> None:
    assert guard_codes(desk, name, {"scheme": "unheard"}) == set()


def test_what_a_standard_asks_for_first_is_had_by_number_or_by_a_certified_file(desk: Desk) -> None:
    name, made = "food_has_its_place_first", product(desk)
    assert guard_codes(desk, name, file_draft(made)) == {"place_first"}
    assert guard_codes(desk, name, file_draft(made, place_no="10100155")) == set()
    assert guard_codes(desk, name, file_draft(made, "gap")) == set()
    goods = product(desk, "goods", of=group(desk, "กลุ่มจักสาน"))
    assert guard_codes(desk, name, file_draft(goods)) == set()

    place = begin(desk, made, "fda_place")
    assert guard_codes(desk, name, file_draft(made)) == {"place_first"}
    set_status(desk, "certification", place, "certified")
    assert guard_codes(desk, name, file_draft(made)) == set()


def test_a_certificate_has_the_numbers_of_its_standard(desk: Desk) -> None:
    name, made = "the_scheme_numbers_are_there", product(desk)
    for scheme, numbers, lacking in (
        ("fda_place", {}, {"missing"}),
        ("fda_product", {"serial_no": "1010015510001"}, {"missing"}),
        ("fda_product", {"serial_no": "1010015510001", "place_no": "10100155"}, set()),
        ("halal", {}, {"missing"}),
        ("halal", {"cert_no": "ฮล. 1/2567"}, set()),
    ):
        assert guard_codes(desk, name, file_draft(made, scheme, **numbers)) == lacking
    begin(desk, made, "fda_place", place_no="10100155")
    serial = file_draft(made, "fda_product", serial_no="1010015510001")
    assert guard_codes(desk, name, serial) == set()
    with looking(desk, TODAY) as view:
        (published,) = guards.of("certification")[name](view, "", file_draft(NOWHERE, "fda_place"))
        (known,) = guards.of("certification")[name](view, "", file_draft(made, "halal"))
    assert (published.warning, known.warning) == (False, True)


def test_a_certificate_without_a_passed_test_asks_for_a_reason(desk: Desk) -> None:
    file = begin(desk, product(desk, "goods"))
    answer(desk, file, all="present")
    lodge(desk, file)
    with pytest.raises(Invalid) as asked:
        step(desk, file, "certify", cert_no="1", issued_on="2024-02-29", standard_no="มผช. 1/2560")
    assert [problem.code for problem in asked.value.problems] == ["not_passed"]
    certify(desk, file)
    assert data_of(desk, file)["status"] == "certified"


def test_the_last_day_is_filled_in_and_another_one_asks_for_a_reason(desk: Desk) -> None:
    file = certified(desk, product(desk, "goods"), "2024-03-10")
    assert data_of(desk, file)["expires_on"] == "2027-03-10"

    with pytest.raises(Invalid) as asked:
        step(desk, file, "renew", issued_on="2026-11-01", expires_on="2027-03-10")
    assert [problem.code for problem in asked.value.problems] == ["years"]
    step(desk, file, "renew", issued_on="2026-11-01")
    assert data_of(desk, file)["expires_on"] == "2029-11-01"


def test_a_certificate_that_no_years_end_is_certified_without_a_last_day(desk: Desk) -> None:
    file = begin(desk, product(desk), "fda_place", place_no="10100155")
    answer(desk, file, all="present")
    lodge(desk, file)
    step(desk, file, "certify", issued_on="2024-02-29", place_no="10100155")
    assert "expires_on" not in data_of(desk, file)
    with pytest.raises(Invalid) as refused:
        step(desk, file, "expire")
    assert [problem.code for problem in refused.value.problems] == ["not_over"]


def test_a_certificate_is_not_over_on_its_last_day(desk: Desk) -> None:
    name = "the_certificate_has_run_out"
    assert guard_codes(desk, name, {"expires_on": TODAY}) == {"not_over"}
    assert guard_codes(desk, name, {"expires_on": "2026-11-19"}) == set()


def test_the_mark_is_shown_with_its_day(desk: Desk) -> None:
    file = certified(desk, product(desk, "goods"))
    step(desk, file, "mark", mark_used_on="2024-03-05")
    assert data_of(desk, file)["status"] == "marked"
    assert [each.to for each in moves.past(desk.store, "certification", file)][-1] == "marked"
    change(desk, "certification", file, follow_ups=[
        {"year": 1, "on": "2025-02-20", "result": "passed"}])  # fmt: skip
