"""Both sides of every border of the rules and steps of certification: what refuses, what warns."""

from typing import Any

import pytest

from app.core.codes.certification import CERTIFICATION_STATUSES, PRODUCT_KINDS, TEST_RESULTS
from app.services.office.desk import Desk
from tests.makers.office import asked, from_elsewhere, group, weighed

DAY = "2026-05-01"
ENDED = {"expired", "failed", "revoked", "withdrawn"}
ONCE_CERTIFIED = {"certified", "marked", "renewed", "expired", "revoked"}
ITEMS = [
    {"code": "a", "text": "ก", "need": "must"},
    {"code": "b", "text": "ข", "need": "choice"},
    {"code": "c", "text": "ค", "need": "choice"},
    {"code": "d", "text": "ง", "need": "if_any"},
    {"code": "e", "text": "จ", "need": "must"},
]


def answers(**given: str) -> list[dict[str, str]]:
    return [{"code": code, "answer": answer} for code, answer in given.items()]


@pytest.mark.parametrize(
    ("draft", "code", "weight"),
    [
        ({"scheme": "unheard"}, "unknown_scheme", "refuses"),
        ({"scheme": "tcps"}, "unknown_scheme", None),
        ({}, "unknown_scheme", None),
        ({"scheme": "tcps"}, "not_in_force", None),
        ({"scheme": "tcps", "standard_no": "มผช. 744/2562"}, "standard_form", None),
        ({"scheme": "tcps", "standard_no": "744"}, "standard_form", "refuses"),
        ({"scheme": "unheard", "standard_no": "744"}, "standard_form", None),
        ({"scheme": "tcps"}, "standard_form", None),
        ({"submitted_on": DAY}, "future", None),
        ({"submitted_on": "2026-05-02"}, "future", "refuses"),
        ({"inspected_on": "2026-05-02"}, "future", "refuses"),
        ({"sampled_on": "2026-05-02"}, "future", "refuses"),
        ({"result_on": "2026-05-02"}, "future", "refuses"),
        ({"issued_on": "2026-05-02"}, "future", "refuses"),
        ({"issued_on": "2026-04-01", "expires_on": "2026-04-02"}, "order", None),
        ({"issued_on": "2026-04-01", "expires_on": "2026-04-01"}, "order", "refuses"),
        ({"expires_on": "2026-04-01"}, "order", None),
        ({"issued_on": "2026-04-01"}, "order", None),
        ({"scheme": "tcps", "issued_on": "2025-04-01"}, "years", None),
        (
            {"scheme": "tcps", "issued_on": "2025-04-01", "expires_on": "2028-04-01"},
            "years",
            None,
        ),
        (
            {"scheme": "tcps", "issued_on": "2025-04-01", "expires_on": "2028-03-31"},
            "years",
            "warns",
        ),
        ({"scheme": "gap", "issued_on": "2025-04-01", "expires_on": "2028-03-31"}, "years", None),
        ({"status": "certified", "mark_used_on": DAY}, "future", None),
        ({"status": "certified", "mark_used_on": "2026-05-02"}, "future", "refuses"),
        ({"place_no": "12345678", "serial_no": "1234567800001"}, "place_of_serial", None),
        ({"place_no": "12345678", "serial_no": "1234567900001"}, "place_of_serial", "refuses"),
        ({"serial_no": "1234567900001"}, "place_of_serial", None),
        ({"place_no": "12345678"}, "place_of_serial", None),
        ({"items": ITEMS, "answers": answers(a="present", b="absent")}, "other_checklist", None),
        ({"items": ITEMS, "answers": answers(z="present")}, "other_checklist", "refuses"),
        ({"items": ITEMS, "answers": answers(a="present") * 2}, "other_checklist", "refuses"),
        ({"items": ITEMS, "answers": [{"answer": "present"}]}, "other_checklist", "refuses"),
        ({"items": ITEMS}, "other_checklist", None),
    ],
)
def test_a_rule_of_a_file_speaks_on_one_side_of_its_border(
    desk: Desk, draft: dict[str, Any], code: str, weight: str | None
) -> None:
    assert weighed(desk, "certification", draft, DAY).get(code) == weight


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("submitted_on", "inspected_on"),
        ("submitted_on", "sampled_on"),
        ("submitted_on", "result_on"),
        ("sampled_on", "result_on"),
        ("submitted_on", "issued_on"),
        ("inspected_on", "issued_on"),
        ("result_on", "issued_on"),
    ],
)
def test_a_step_is_not_before_an_earlier_one(desk: Desk, earlier: str, later: str) -> None:
    same = {earlier: "2026-04-02", later: "2026-04-02"}

    assert "order" not in weighed(desk, "certification", same, DAY)
    before = weighed(desk, "certification", same | {later: "2026-04-01"}, DAY)
    assert before["order"] == "refuses"
    only = {later: "2026-04-01"}
    assert "order" not in weighed(desk, "certification", only, DAY)
    assert "order" not in weighed(desk, "certification", {earlier: "2026-04-02"}, DAY)


@pytest.mark.parametrize(("first", "second"), [("inspected_on", "sampled_on")])
def test_a_place_is_inspected_and_sampled_in_either_order(
    desk: Desk, first: str, second: str
) -> None:
    for one, other in ((first, second), (second, first)):
        draft = {one: "2026-04-01", other: "2026-04-02"}
        assert "order" not in weighed(desk, "certification", draft, DAY)


@pytest.mark.parametrize("status", [code for code, _word in CERTIFICATION_STATUSES])
def test_what_a_status_lets_a_file_say(desk: Desk, status: str) -> None:
    again = {"status": status, "sampled_on": "2026-04-02", "result_on": "2026-04-01"}
    marked = {"status": status, "mark_used_on": "2026-03-31", "issued_on": "2026-04-01"}

    order = weighed(desk, "certification", again, DAY).get("order")
    issued = weighed(desk, "certification", again | {"issued_on": "2026-03-31"}, DAY).get("order")
    said = weighed(desk, "certification", marked, DAY)
    without = weighed(desk, "certification", {"status": status}, DAY)

    assert order == (None if status == "sampled" else "refuses") and issued == "refuses"
    assert said.get("mark_first") == (None if status in ONCE_CERTIFIED else "refuses")
    assert said.get("mark_older") == ("warns" if status == "marked" else None)
    assert not {"mark_first", "mark_older"} & without.keys()
    same_day = weighed(desk, "certification", marked | {"mark_used_on": "2026-04-01"}, DAY)
    assert "mark_older" not in same_day


@pytest.mark.parametrize("status", [code for code, _word in CERTIFICATION_STATUSES])
def test_a_second_file_is_doubted_until_one_of_the_two_has_ended(desk: Desk, status: str) -> None:
    product = from_elsewhere(desk, "product", {"name": "ข้าวแต๋น", "kind": "food"})
    first = {"product": product, "scheme": "tcps", "status": status}
    kept = from_elsewhere(desk, "certification", first)
    draft = {"product": product, "scheme": "tcps"}
    weight = None if status in ENDED else "warns"

    assert weighed(desk, "certification", draft, DAY).get("second_file") == weight
    for other in ({"scheme": "otop"}, {"product": "x"}, {"scheme": None}, {"product": None}):
        assert "second_file" not in weighed(desk, "certification", draft | other, DAY)
    assert "second_file" not in weighed(desk, "certification", first, DAY, kept)
    from_elsewhere(desk, "certification", draft)
    own = weighed(desk, "certification", draft | {"status": status}, DAY)
    assert own.get("second_file") == weight


@pytest.mark.parametrize("kind", [code for code, _word in PRODUCT_KINDS])
@pytest.mark.parametrize("scheme", ["tcps", "fda_product", "otop", "gap"])
def test_a_standard_is_for_some_kinds_of_product(desk: Desk, kind: str, scheme: str) -> None:
    product = from_elsewhere(desk, "product", {"name": "ก", "kind": kind})
    file = {"product": product, "scheme": scheme}
    kinds = {
        "tcps": {"food", "goods"}, "fda_product": {"food"}, "gap": {"food", "goods"},
        "otop": {"food", "goods"},
    }  # fmt: skip
    published = scheme in ("tcps", "fda_product")
    weight = None if kind in kinds[scheme] else "refuses" if published else "warns"

    assert weighed(desk, "certification", file, DAY).get("not_for_kind") == weight
    from_elsewhere(desk, "certification", file)
    said = weighed(desk, "product", {"name": "ก", "kind": kind}, DAY, product)
    assert said.get("kind_of_files") == ("warns" if weight else None)
    assert "kind_of_files" not in weighed(desk, "product", {"name": "ก"}, DAY, product)


@pytest.mark.parametrize(("day", "weight"), [("2021-03-31", "warns"), ("2021-04-01", None)])
def test_a_standard_is_in_force_from_its_first_day(
    desk: Desk, day: str, weight: str | None
) -> None:
    draft = {"scheme": "tcps"}
    kept = from_elsewhere(desk, "certification", draft)

    assert weighed(desk, "certification", draft, day).get("not_in_force") == weight
    assert "not_in_force" not in weighed(desk, "certification", draft, day, kept)


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([{"year": 1, "on": "2026-01-01"}, {"year": 2, "on": "2026-01-01"}], set()),
        ([{"year": 1, "on": "2026-01-02"}, {"year": 2, "on": "2026-01-01"}], {"follow_up_order"}),
        ([{"year": 1}, {"year": 1}], {"follow_up_order"}),
        ([{"year": 2}, {"year": 1}], {"follow_up_order"}),
        ([{"year": 0}], {"follow_up_order"}),
        ([{"year": 1}], set()),
        ([{"on": "2025-12-31"}], set()),
        ([{"on": "2025-12-30"}], {"follow_up_order"}),
        ([{}, {"year": 1}], set()),
        ([{"year": 3}, {}, {"year": 3}], {"follow_up_order"}),
        ([{"on": "2026-02-02"}, {}, {"on": "2026-02-01"}], {"follow_up_order"}),
        ([{"on": DAY}], set()),
        ([{"on": "2026-05-02"}], {"future"}),
    ],
)
def test_follow_ups_rise_by_year_and_day(
    desk: Desk, rows: list[dict[str, Any]], codes: set[str]
) -> None:
    draft = {"inspected_on": "2025-12-31", "follow_ups": rows}
    assert weighed(desk, "certification", draft, DAY) == dict.fromkeys(codes, "refuses")


def test_the_place_of_a_serial_is_of_any_file_of_the_group(desk: Desk) -> None:
    one, other = ({"name": name, "group": "g"} for name in ("ก", "ข"))
    first, second = (from_elsewhere(desk, "product", each) for each in (one, other))
    stranger = from_elsewhere(desk, "product", {"name": "ค", "group": "h"})
    from_elsewhere(desk, "certification", {"product": second, "place_no": "12345678"})
    draft = {"product": first, "serial_no": "9999999900001"}

    assert weighed(desk, "certification", draft, DAY)["place_of_serial"] == "refuses"
    right = draft | {"serial_no": "1234567800001"}
    own = draft | {"place_no": "99999999"}
    for fine in (right, own, draft | {"product": stranger}, draft | {"product": None}):
        assert "place_of_serial" not in weighed(desk, "certification", fine, DAY)


def test_a_product_has_its_name_alone_in_its_group(desk: Desk) -> None:
    first, other = group(desk), group(desk, "กลุ่มทอผ้า")
    draft = {"name": "ข้าวแต๋น", "group": first}
    kept = from_elsewhere(desk, "product", draft)

    assert weighed(desk, "product", draft, DAY) == {"same_product": "warns"}
    for fine in (draft | {"group": other}, draft | {"name": "ข้าวตัง"}, draft | {"name": ""}):
        assert weighed(desk, "product", fine, DAY) == {}
    assert weighed(desk, "product", draft, DAY, kept) == {}
    from_elsewhere(desk, "product", {"group": first})
    assert weighed(desk, "product", {"group": first}, DAY) == {}


def test_a_version_of_a_checklist_is_used_once_and_so_is_an_item(desk: Desk) -> None:
    draft = {"scheme": "tcps", "version": 2, "items": [{"code": "a"}, {"code": "b"}, {}, {}]}
    assert weighed(desk, "local_template", draft, DAY) == {}
    kept = from_elsewhere(desk, "local_template", draft)

    assert weighed(desk, "local_template", draft, DAY) == {"version": "refuses"}
    assert weighed(desk, "local_template", draft, DAY, kept) == {}
    assert weighed(desk, "local_template", draft | {"version": 3}, DAY) == {}
    twice = draft | {"version": 3, "items": [{"code": "a"}, {"code": "a"}]}
    assert weighed(desk, "local_template", twice, DAY) == {"twice": "refuses"}
    unknown = draft | {"scheme": "unheard"}
    assert weighed(desk, "local_template", unknown, DAY) == {"unknown_scheme": "refuses"}


@pytest.mark.parametrize(
    ("given", "is_whole"),
    [
        ({"a": "present", "b": "present", "e": "present"}, True),
        ({"a": "not_applicable", "c": "present", "e": "present"}, True),
        ({"a": "present", "b": "present", "c": "absent", "e": "present"}, True),
        ({"a": "present", "e": "present"}, False),
        ({"b": "present", "e": "present"}, False),
        ({"a": "absent", "b": "present", "e": "present"}, False),
        ({"a": "present", "b": "present"}, False),
    ],
)
def test_of_a_choice_one_is_enough_and_what_must_be_must(
    desk: Desk, given: dict[str, str], is_whole: bool
) -> None:
    draft = {"items": ITEMS, "answers": answers(**given)}
    said = asked(desk, "the_checklist_is_complete", draft, DAY)
    assert said == ({} if is_whole else {"checklist": "warns"})


@pytest.mark.parametrize("result", [*(code for code, _word in TEST_RESULTS), None])
def test_a_standard_with_samples_wants_a_passed_test(desk: Desk, result: str | None) -> None:
    draft = {"scheme": "tcps"} | ({"result": result} if result else {})
    said = asked(desk, "the_test_was_passed", draft, DAY)
    assert said == ({} if result == "passed" else {"not_passed": "warns"})
    for other in ("otop", "unheard"):
        assert asked(desk, "the_test_was_passed", draft | {"scheme": other}, DAY) == {}


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("2026-04-30", {}),
        (DAY, {"not_over": "refuses"}),
        (None, {"not_over": "refuses"}),
    ],
)
def test_a_certificate_runs_out_after_its_last_day(
    desk: Desk, end: str | None, expected: dict[str, str]
) -> None:
    draft = {"expires_on": end} if end else {}
    assert asked(desk, "the_certificate_has_run_out", draft, DAY) == expected


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ({"scheme": "tcps"}, "refuses"),
        ({"scheme": "tcps", "cert_no": "1"}, "refuses"),
        ({"scheme": "tcps", "cert_no": "1", "standard_no": "มผช. 744/2562"}, None),
        ({"scheme": "gap"}, "warns"),
        ({"scheme": "gap", "cert_no": "1"}, None),
        ({"scheme": "fda_place"}, "refuses"),
        ({"scheme": "fda_place", "place_no": "12345678"}, None),
        ({"scheme": "unheard"}, None),
        ({}, None),
    ],
)
def test_a_certificate_consists_of_its_numbers(
    desk: Desk, draft: dict[str, Any], expected: str | None
) -> None:
    assert asked(desk, "the_scheme_numbers_are_there", draft, DAY).get("missing") == expected


@pytest.mark.parametrize("status", [code for code, _word in CERTIFICATION_STATUSES])
def test_food_has_its_place_by_a_number_or_by_a_certified_file(desk: Desk, status: str) -> None:
    food = from_elsewhere(desk, "product", {"name": "ก", "group": "g", "kind": "food"})
    goods = from_elsewhere(desk, "product", {"name": "ข", "group": "h", "kind": "goods"})
    draft = {"scheme": "fda_product", "product": food}
    place = {"scheme": "fda_place", "product": food, "status": status}

    assert asked(desk, "food_has_its_place_first", draft, DAY) == {"place_first": "warns"}
    for fine in (draft | {"product": goods}, draft | {"scheme": "gap"}):
        assert asked(desk, "food_has_its_place_first", fine, DAY) == {}
    from_elsewhere(desk, "certification", place | {"scheme": "gap"})
    assert asked(desk, "food_has_its_place_first", draft, DAY) == {"place_first": "warns"}
    from_elsewhere(desk, "certification", place)
    is_had = status in ("certified", "marked", "renewed")
    said = asked(desk, "food_has_its_place_first", draft, DAY)
    assert said == ({} if is_had else {"place_first": "warns"})
