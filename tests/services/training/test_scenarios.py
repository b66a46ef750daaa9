"""The clerk's scenarios of training, from the application to the certificate."""

import pytest
from pypdfium2 import PdfDocument

from app.core.errors import Invalid
from app.core.ids import new_id
from app.services.office.desk import Desk
from app.services.printing import printing
from app.services.records import history, moves, records
from app.services.records.acts import Acting, act
from app.services.training import classes
from app.services.training.attendance import grid, mark
from tests.makers.office import group as new_group
from tests.makers.office import join, person, said
from tests.makers.training import enrol, status, step, trainee, training_class
from tests.reports.layout import texts_of

DAYS = [f"2025-03-{day}" for day in range(17, 22)]


def application_of(desk: Desk, enrolment: str) -> bytes:
    return printing.draw(desk.store, "training_application", enrolment).pdf


def is_ticked(pdf: bytes, word: str) -> bool:
    """Look at the box before a word: a tick leaves ink inside it."""
    (place,) = [box for text, box in texts_of(pdf)[0] if text == word]
    document = PdfDocument(pdf)
    picture = document[0].render(scale=4, grayscale=True).to_pil()
    document.close()
    left, right = place.left - 11.4, place.left - 5.6
    middle = picture.height - 4 * (place.bottom + place.top) / 2
    inside = picture.crop((int(4 * left), int(middle - 10), int(4 * right), int(middle + 10)))
    return min(inside.tobytes()) < 100


def test_scenario_08_the_longest_name_stands_whole_on_the_application(desk: Desk) -> None:
    who = person(
        desk, title_th="ว่าที่ร้อยตรีหญิง", first_th="พรรณทิพย์วรรณลักษมี",
        last_th="ศรีสุวรรณภูมิวัฒนานนท์",
    )  # fmt: skip
    pdf = application_of(desk, enrol(desk, training_class(desk), who))

    name = "ว่าที่ร้อยตรีหญิงพรรณทิพย์วรรณลักษมี ศรีสุวรรณภูมิวัฒนานนท์"
    assert len(texts_of(pdf)) == 1
    assert [text for text, _box in texts_of(pdf)[0]].count(name) == 2  # as written, and to sign


def test_scenario_10_a_foreigner_is_trained_but_counts_for_no_home_worker_group(
    desk: Desk,
) -> None:
    who = person(desk, id_kind="foreigner13", id_no="0123456789016", nationality="เมียนมา")
    group = new_group(desk)
    join(desk, group, who)
    registration = {"group": group, "kind": "home_worker", "number": "อท 1/2568"}
    assert "0" in said(desk, "group_registration", registration)["few_members"].message

    made = enrol(desk, training_class(desk), who, group=group)
    step(desk, "enrolment", made, "check", "select", "train")

    assert status(desk, made) == "training"
    words = [text for text, _box in texts_of(application_of(desk, made))[0]]
    assert "เมียนมา" in words


def test_scenario_14_an_age_that_may_be_17_or_18_neither_passes_nor_fails(desk: Desk) -> None:
    made = enrol(desk, training_class(desk), person(desk, birth_date="2007"))

    (offer,) = [o for o in moves.offered(desk.store, "enrolment", made) if o.name == "check"]
    (problem,) = offer.problems

    assert (problem.code, problem.warning) == ("age_unknown", True)
    assert "ตรวจเอกสาร" in problem.message
    with pytest.raises(Invalid):
        step(desk, "enrolment", made, "check")
    base = records.get(desk.store, "enrolment", made).heads
    seen = moves.Wanted("check", reasons={"age_unknown": "เห็นสูติบัตรแล้ว เกิด 2 ม.ค. 2550"})
    moves.move(desk.store, "enrolment", made, seen, base=base)
    kept = records.get(desk.store, "enrolment", made).data
    assert (kept["status"], kept["reasons"]["age_unknown"][:4]) == ("checked", "เห็น")


def test_scenario_27_time_score_age_and_the_last_seat_are_exact(desk: Desk) -> None:
    class_id = training_class(desk)
    short, failing = trainee(desk, class_id, 1), trainee(desk, class_id, 2)
    full = dict.fromkeys(DAYS[:4], 360)
    mark(desk.store, class_id, {short: full | {DAYS[3]: 330}, failing: full})
    shares = {each.id: each.share for each in grid(desk.store, class_id).trainees}
    assert (shares[short], shares[failing]) == ("78.33", "80.00")
    with pytest.raises(Invalid) as refused:
        step(desk, "enrolment", short, "admit_to_assessment")
    (problem,) = refused.value.problems
    assert "78.33" in problem.message and problem.source.startswith("S15")
    classes.judge_time(desk.store, class_id)
    assert (status(desk, short), status(desk, failing)) == ("short_of_time", "assessable")

    step(desk, "enrolment", failing, "fail", score=5_950)
    assert status(desk, failing) == "failed"
    step(desk, "enrolment", failing, "pass", score=6_100)
    assert status(desk, failing) == "passed"
    told = history.history(desk.store, "enrolment", failing)
    assert [each.data.get("score") for each in told if each.data][:2] == [6_100, 5_950]

    young = enrol(desk, class_id, person(desk, 3, birth_date="2007-04-17"))  # 17 y 11 m
    with pytest.raises(Invalid) as refused:
        step(desk, "enrolment", young, "check")
    assert {each.code for each in refused.value.problems} == {"under_age"}


def test_scenario_27_the_501st_goes_to_the_waiting_list(desk: Desk) -> None:
    class_id = training_class(desk, seats=500)
    seated = {
        "training_class": class_id, "applied_on": "2025-03-01", "link_consent": "agrees",
        "status": "selected",
    }  # fmt: skip

    def fill(acting: Acting) -> None:
        rows = [(new_id(), seated | {"person": new_id()}, ()) for _seat in range(500)]
        acting.put_many("enrolment", rows)

    act(desk.store, fill)
    last = enrol(desk, class_id, person(desk))
    step(desk, "enrolment", last, "check")

    with pytest.raises(Invalid) as refused:
        step(desk, "enrolment", last, "select")
    (problem,) = refused.value.problems
    assert problem.code == "no_seat" and "สำรอง" in problem.message
    assert classes.select_by_order(desk.store, class_id).moved == {"reserve": 1}
    assert status(desk, last) == "reserve"


def test_scenario_29_who_does_not_agree_has_that_box_ticked_and_is_served(desk: Desk) -> None:
    class_id = training_class(desk)
    refusing = enrol(desk, class_id, person(desk, 1), link_consent="refuses")
    agreeing = enrol(desk, class_id, person(desk, 2), link_consent="agrees")

    pdf = application_of(desk, refusing)
    assert is_ticked(pdf, "ไม่ยินยอม") and not is_ticked(pdf, "ยินยอม")
    assert not is_ticked(pdf, "ปกติ") and not is_ticked(pdf, "การเห็น")
    other = application_of(desk, agreeing)
    assert is_ticked(other, "ยินยอม") and not is_ticked(other, "ไม่ยินยอม")

    step(desk, "enrolment", refusing, "check", "select", "train")
    assert status(desk, refusing) == "training"
