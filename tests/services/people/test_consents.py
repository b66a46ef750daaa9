"""Consent is answered and taken back as easily, and disability is kept by it alone."""

import re

import pytest

from app.core.codes.person import NOTICE_VERSION
from app.core.errors import Invalid
from app.core.fields import today
from app.services.office.desk import Desk
from app.services.people.withdrawal import withdraw
from app.services.printing import gathering, printing
from app.services.records import records, search
from tests.makers.office import person, said, stopped, told
from tests.makers.papers import text_of

YES = {"purpose": "disability", "agrees": True, "given_on": "2025-03-10"}


def test_an_answer_is_given_and_keeps_the_notice_that_was_read(desk: Desk) -> None:
    who = person(desk)
    blank = {name: value for name, value in YES.items() if name != "agrees"}
    assert stopped(desk, "consent", blank | {"person": who}) == {"missing"}
    made = records.save(desk.store, "consent", YES | {"person": who}).id
    assert records.get(desk.store, "consent", made).data["notice_version"] == NOTICE_VERSION
    old = records.save(desk.store, "consent", YES | {"person": who, "notice_version": "0"}).id
    assert records.get(desk.store, "consent", old).data["notice_version"] == "0"


def test_an_answers_days_are_possible(desk: Desk) -> None:
    draft = YES | {"person": person(desk)}
    assert told(desk, "consent", draft, "2025-03-09") == {"future"}
    assert stopped(desk, "consent", draft | {"withdrawn_on": "2025-03-01"}) == {"order"}
    no = draft | {"agrees": False, "withdrawn_on": "2025-03-11"}
    assert stopped(desk, "consent", no) == {"not_given"}


def test_a_yes_is_taken_back_as_of_today_and_a_no_is_not(desk: Desk) -> None:
    who = person(desk)
    given = records.save(desk.store, "consent", YES | {"person": who}).id
    withdraw(desk.store, given)
    again = withdraw(desk.store, given)
    assert again.act == ""
    assert records.get(desk.store, "consent", given).data["withdrawn_on"] == today().isoformat()
    no = records.save(desk.store, "consent", YES | {"person": who, "agrees": False}).id
    with pytest.raises(Invalid):
        withdraw(desk.store, no)


def test_disability_is_kept_once_its_person_agreed(desk: Desk) -> None:
    who = person(desk)
    draft = {"person": who, "kinds": [{"kind": "seeing"}]}
    problem = said(desk, "disability", draft)["no_consent"]
    assert problem.warning and problem.source.startswith("S27")
    records.save(desk.store, "consent", YES | {"person": who})
    assert stopped(desk, "disability", draft) == set()


def test_the_notice_ticks_what_was_answered_and_nothing_else(desk: Desk) -> None:
    who = person(desk)
    records.save(desk.store, "consent", YES | {"person": who})
    records.save(
        desk.store, "consent", YES | {"person": who, "purpose": "linking", "agrees": False}
    )
    shown = gathering.gather(desk.store, "privacy_notice", who)
    assert [each.given for each in shown.answers] == ["yes", "no", ""]

    given = records.save(desk.store, "consent", YES | {"person": who, "given_on": "2025-04-01"}).id
    withdraw(desk.store, given)
    assert gathering.gather(desk.store, "privacy_notice", who).answers[0].given == ""


def test_a_request_names_each_answer_that_stands_and_leaves_the_signer_open(desk: Desk) -> None:
    who = person(desk)
    given = records.save(desk.store, "consent", YES | {"person": who}).id
    no = {"person": who, "purpose": "linking", "agrees": False}
    records.save(desk.store, "consent", YES | no)

    assert standing(desk, who) == [
        "ยินยอมเมื่อ 10 มี.ค. 2568",
        "ไม่ยินยอมเมื่อ 10 มี.ค. 2568",
        "ไม่มีความยินยอม",
    ]
    withdraw(desk.store, given)
    assert standing(desk, who)[0] == "ไม่มีความยินยอม"
    assert standing(desk, who, blank=True) == []

    name = records.get(desk.store, "person", who).title
    assert text_of(printing.draw(desk.store, "data_request", who).pdf).count(name) == 1


def standing(desk: Desk, who: str, *, blank: bool = False) -> list[str]:
    """Give what the request says of the three purposes, in their order."""
    found = text_of(printing.draw(desk.store, "data_request", who, blank=blank).pdf)
    said = r"(?:ไม่)?ยินยอมเมื่อ \S+ \S+ \d{4}|ไม่มีความยินยอม"
    return re.findall(said, " ".join(found.split()))


def test_a_notice_without_an_office_prints_all_the_same(desk: Desk) -> None:
    who = person(desk, id_kind="passport", id_no=None, passport_no="AA1234567")
    (office,) = _office(desk)
    records.void(desk.store, "office", office, "ย้ายสำนักงาน")
    shown = gathering.gather(desk.store, "privacy_notice", who)
    assert (shown.number, shown.office_phone) == ("หนังสือเดินทาง AA1234567", "")


def _office(desk: Desk) -> list[str]:
    rows = search.rows(desk.store, "office")
    return [row.id for row in search.page(desk.store, "office", rows)]
