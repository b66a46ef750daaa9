"""Scenarios of the counter about certification: food before its mark, and a group of services."""

from datetime import date

import pytest

from app.core.errors import Invalid
from app.services.certification import expiry
from app.services.office.desk import Desk
from tests.makers.certification import answer, begin, certified, data_of, file_draft, product, step
from tests.makers.office import group, looking, said, stopped


def test_scenario_28_food_asks_for_its_place_before_the_community_standard(desk: Desk) -> None:
    file = begin(desk, product(desk))
    answer(desk, file, all="present")

    with pytest.raises(Invalid) as warned:
        step(desk, file, "apply", submitted_on="2024-01-10")

    (problem,) = warned.value.problems
    assert (problem.code, problem.warning) == ("place_first", True)
    assert "อย. สถานที่ผลิตอาหาร" in problem.message
    step(desk, file, "apply", submitted_on="2024-01-10", reasons={"place_first": "ยื่น อย. พร้อมกัน"})
    assert data_of(desk, file)["status"] == "applied"


def test_scenario_28_a_serial_number_of_another_place_is_refused(desk: Desk) -> None:
    draft = file_draft(product(desk), "fda_product", place_no="10100155", serial_no="1010015610001")
    assert stopped(desk, "certification", draft) == {"place_of_serial"}
    problem = said(desk, "certification", draft)["place_of_serial"]
    assert problem.source.startswith("S18") and "10100156" in problem.message
    assert stopped(desk, "certification", draft | {"serial_no": "1010015510001"}) == set()


def test_scenario_28_a_certificate_of_a_leap_day_ends_on_28_february_and_is_listed(
    desk: Desk,
) -> None:
    file = certified(desk, product(desk, "goods"), "2024-02-29")
    assert data_of(desk, file)["expires_on"] == "2027-02-28"

    with looking(desk, "2026-08-31") as view:
        assert expiry.endings(view, view.today) == []
    with looking(desk, "2026-09-01") as view:
        (ending,) = expiry.endings(view, view.today)
    assert (ending.id, ending.days) == (file, 180)
    with looking(desk, "2027-03-01") as view:
        (over,) = expiry.endings(view, view.today)
    assert (over.days, expiry.has_run_out(over.data, view.today)) == (-1, True)


def test_scenario_31_a_massage_group_has_no_product_to_certify(desk: Desk) -> None:
    spa = group(desk, "กลุ่มนวดสปาสมุนไพร", occupation_type="service")
    massage = product(desk, "service", of=spa, name="นวดแผนไทย")

    for scheme in ("fda_place", "fda_product", "tcps"):
        assert stopped(desk, "certification", file_draft(massage, scheme)) == {"not_for_kind"}
    with looking(desk, "2026-11-20") as view:
        assert view.where("certification") == []


def test_what_ends_within_some_days_is_listed_the_soonest_first(desk: Desk) -> None:
    first = certified(desk, product(desk, "goods", name="ตะกร้าหวาย"), "2024-03-01")
    spa = group(desk, "กลุ่มจักสาน")
    second = certified(desk, product(desk, "goods", of=spa, name="เสื่อกก"), "2024-02-20")
    begin(desk, product(desk, "goods", of=spa, name="ตะกร้าไม้ไผ่"))

    found = expiry.running_out(desk.store, on=date(2026, 12, 1))
    assert [each.id for each in found] == [second, first]
    assert expiry.running_out(desk.store, within=0) == []
