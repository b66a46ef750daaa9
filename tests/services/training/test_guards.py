"""What stands before each step of a class and of a trainee."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.services.office.desk import Desk
from app.services.records import guards, history, moves, records
from app.services.records.acts import act
from app.services.training.counting import attended_enough, share_attended
from tests.makers.office import person, set_status
from tests.makers.training import enrol, seats, status, step, trainee, training_class


def refused(desk: Desk, record_id: str, name: str, **fields: object) -> set[str]:
    """Give the codes by which a step is refused."""
    with pytest.raises(Invalid) as found:
        step(desk, "enrolment", record_id, name, **fields)
    return {each.code for each in found.value.problems}


def attend(desk: Desk, record_id: str, *minutes: int) -> None:
    """Write attendance as a line of another desk would bring it."""
    opened = records.get(desk.store, "enrolment", record_id)
    rows = [{"day": f"2025-03-{17 + n}", "minutes": each} for n, each in enumerate(minutes)]
    data = opened.data | {"attended": rows}
    act(desk.store, lambda acting: acting.put("enrolment", record_id, data, opened.heads))


@pytest.mark.parametrize(
    ("born", "outcome"),
    [
        ("2007-03-17", set()),
        ("2007-03-18", {"under_age"}),
        ("2007", {"age_unknown"}),
        (None, {"age_unknown"}),
    ],
)
def test_a_trainee_is_18_on_the_first_day_or_the_documents_say(
    desk: Desk, born: str | None, outcome: set[str]
) -> None:
    made = enrol(desk, training_class(desk), person(desk, birth_date=born))
    if not outcome:
        step(desk, "enrolment", made, "check")
        assert status(desk, made) == "checked"
        return
    assert refused(desk, made, "check") == outcome
    offer = moves.offered(desk.store, "enrolment", made)[0]
    assert {each.code for each in offer.problems} == outcome
    assert all(each.source.startswith("S15") for each in offer.problems)


def test_a_foreigner_without_a_thai_number_may_be_trained(desk: Desk) -> None:
    who = person(desk, id_kind="foreigner13", id_no="0123456789016", nationality="เมียนมา")
    made = enrol(desk, training_class(desk), who)
    step(desk, "enrolment", made, "check", "select")
    assert status(desk, made) == "selected"


def test_a_full_class_sends_the_next_one_to_the_waiting_list(desk: Desk) -> None:
    class_id = training_class(desk, seats=1)
    first, second = (enrol(desk, class_id, person(desk, number)) for number in (1, 2))
    step(desk, "enrolment", first, "check", "select")
    step(desk, "enrolment", second, "check")

    assert refused(desk, second, "select") == {"no_seat"}
    step(desk, "enrolment", second, "reserve")
    assert refused(desk, second, "select") == {"no_seat"}

    step(desk, "enrolment", first, "resign")
    step(desk, "enrolment", second, "select")
    assert status(desk, second) == "selected"


def test_who_waits_and_applied_earlier_goes_first(desk: Desk) -> None:
    class_id = training_class(desk, seats=1)
    first, late, early = (
        enrol(desk, class_id, person(desk, number), applied_on=day)
        for number, day in ((1, "2025-03-03"), (2, "2025-03-05"), (3, "2025-03-04"))
    )
    step(desk, "enrolment", first, "check", "select")
    for each in (late, early):
        step(desk, "enrolment", each, "check", "reserve")
    seats(desk, class_id, 2)

    assert refused(desk, late, "select") == {"waiting_before"}
    step(desk, "enrolment", early, "select")
    seats(desk, class_id, 3)
    step(desk, "enrolment", late, "select")


def test_a_trainee_begins_once_the_class_is_running(desk: Desk) -> None:
    class_id = training_class(desk)
    made = enrol(desk, class_id, person(desk))
    step(desk, "enrolment", made, "check", "select")
    offers = {each.name: each for each in moves.offered(desk.store, "enrolment", made)}
    assert [each.code for each in offers["train"].problems] == ["not_running"]

    step(desk, "training_class", class_id, "open", "begin")
    offers = {each.name: each for each in moves.offered(desk.store, "enrolment", made)}
    assert offers["train"].problems == ()


def test_a_class_begins_with_someone_and_is_summed_up_when_all_have_a_result(desk: Desk) -> None:
    class_id = training_class(desk)

    def doubted(name: str) -> list[str]:
        offers = moves.offered(desk.store, "training_class", class_id)
        found = next(each for each in offers if each.name == name)
        return [each.code for each in found.problems]

    step(desk, "training_class", class_id, "open")
    assert doubted("begin") == ["nobody"]
    made = trainee(desk, class_id)
    assert doubted("begin") == []
    step(desk, "training_class", class_id, "begin")
    assert doubted("conclude") == ["no_result"]
    step(desk, "enrolment", made, "resign")
    assert doubted("conclude") == []
    step(desk, "training_class", class_id, "conclude", "end")
    assert status(desk, class_id, "training_class") == "ended"


def test_eighty_percent_is_exact_in_minutes(desk: Desk) -> None:
    made = trainee(desk, training_class(desk))
    attend(desk, made, 360, 360, 360, 359)
    assert refused(desk, made, "admit_to_assessment") == {"short_of_time"}
    attend(desk, made, 360, 360, 360, 360)
    assert refused(desk, made, "too_little_time") == {"enough_time"}
    step(desk, "enrolment", made, "admit_to_assessment")


@given(st.integers(0, 200_000), st.integers(1, 2_000))
def test_the_share_is_never_rounded_up(minutes: int, hours: int) -> None:
    whole, hundredths = share_attended(minutes, hours).split(".")
    shown = int(whole) * 100 + int(hundredths)
    assert shown * hours * 60 <= minutes * 10_000 < (shown + 1) * hours * 60
    assert attended_enough(minutes, hours) == (shown >= 8_000)


def test_a_class_without_hours_shares_nothing() -> None:
    assert share_attended(60, 0) == "0.00"


def test_sixty_points_are_exact_and_a_fail_may_be_assessed_again(desk: Desk) -> None:
    made = trainee(desk, training_class(desk))
    set_status(desk, "enrolment", made, "assessable")
    assert refused(desk, made, "pass") == {"missing"}
    assert refused(desk, made, "pass", score=5_999) == {"low_score"}
    assert refused(desk, made, "fail", score=6_000) == {"enough_score"}
    step(desk, "enrolment", made, "fail", score=5_950)
    step(desk, "enrolment", made, "reassess")
    step(desk, "enrolment", made, "fail", score=5_999)
    step(desk, "enrolment", made, "pass", score=6_000)

    assert status(desk, made) == "passed"
    told = history.history(desk.store, "enrolment", made)
    scores = [each.data.get("score") for each in reversed(told) if each.data]
    assert list(dict.fromkeys(scores)) == [None, 5_950, 5_999, 6_000]


def test_a_certificate_follows_the_training_and_has_a_number_of_its_own(desk: Desk) -> None:
    class_id = training_class(desk)
    one, two = trainee(desk, class_id, 1), trainee(desk, class_id, 2)
    for each in (one, two):
        set_status(desk, "enrolment", each, "assessable")
    with pytest.raises(Invalid) as no_step:
        step(desk, "enrolment", one, "certificate", certificate_no="1", certificate_on="2025-03-31")
    assert no_step.value.code == "move"
    for each in (one, two):
        step(desk, "enrolment", each, "pass", score=7_500)

    assert refused(desk, one, "certificate", certificate_no="อท 1/2568") == {"missing"}
    early = {"certificate_no": "อท 1/2568", "certificate_on": "2025-03-20"}
    assert refused(desk, one, "certificate", **early) == {"order"}
    future = {"certificate_no": "อท 1/2568", "certificate_on": "2199-01-01"}
    assert refused(desk, one, "certificate", **future) == {"future"}
    good = {"certificate_no": "อท 1/2568", "certificate_on": "2025-03-31"}
    step(desk, "enrolment", one, "certificate", **good)
    assert refused(desk, two, "certificate", **good) == {"number_twice"}
    assert status(desk, one) == "certificated"


def test_a_step_of_a_class_that_is_not_here_is_only_doubted(desk: Desk) -> None:
    class_id = training_class(desk)
    made = enrol(desk, class_id, person(desk))
    records.void(desk.store, "training_class", class_id, "ไม่ได้จัด")
    offers = moves.offered(desk.store, "enrolment", made)
    assert [each.problems for each in offers if each.name == "check"] == [()]
    assert refused(desk, made, "check") == {"not_here"}
    with desk.store.read() as connection:
        view = records.view_of(connection)
        data = records.get(desk.store, "enrolment", made).data
        for name in ("a_seat_is_free", "the_certificate_follows_the_training"):
            assert list(guards.of("enrolment")[name](view, made, data)) == []
