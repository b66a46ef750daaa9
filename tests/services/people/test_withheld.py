"""What a person did not agree to pass on stays at the desk; the chain around it still holds."""

from pathlib import Path
from typing import Any

from app.services import central, exchange
from app.services.central import Centre
from app.services.office.desk import Desk
from app.services.records import history, records
from app.services.records.verify import state_digest, verify
from tests.makers.office import change, from_elsewhere, person
from tests.makers.sent import bodies, disability, sent_lines


def answer(desk: Desk, who: str, agrees: bool, day: str = "2025-03-10", **more: Any) -> str:
    draft = {"person": who, "purpose": "disability", "agrees": agrees, "given_on": day}
    return records.save(desk.store, "consent", draft | more).id


def test_without_an_answer_disability_leaves_without_its_content(
    introduced: Desk, pilot: Centre, tmp_path: Path
) -> None:
    who = person(introduced)
    disability(introduced, who)
    sealed = exchange.export(introduced.store, tmp_path)

    taken = central.ingest(pilot, sealed.path)

    assert bodies(introduced, sealed.path) == [False]
    assert (taken.status, taken.held, taken.rejected) == ("accepted", 0, 0)
    assert central.status(pilot, office="15").state_digest == state_digest(introduced.store)
    assert verify(introduced.store).ok


def test_no_is_an_answer_and_registration_goes_on(introduced: Desk, tmp_path: Path) -> None:
    who = person(introduced)
    answer(introduced, who, agrees=False)
    disability(introduced, who)
    lines = sent_lines(introduced, exchange.export(introduced.store, tmp_path).path)
    assert {each.header.type for each in lines if each.body} >= {"person", "consent"}
    assert not any(each.body for each in lines if each.header.type == "disability")


def test_with_consent_it_goes_along_and_only_that_persons(introduced: Desk, tmp_path: Path) -> None:
    one, other = person(introduced, 1), person(introduced, 2)
    answer(introduced, one, agrees=True)
    disability(introduced, one)
    disability(introduced, other)
    assert bodies(introduced, exchange.export(introduced.store, tmp_path).path) == [True, False]


def test_consent_given_later_sends_what_was_withheld(
    introduced: Desk, pilot: Centre, tmp_path: Path
) -> None:
    who = person(introduced)
    kept = disability(introduced, who)
    central.ingest(pilot, exchange.export(introduced.store, tmp_path).path)
    (receipt,) = central.write_receipts(pilot, tmp_path)
    exchange.apply_receipt(introduced.store, receipt.path)

    answer(introduced, who, agrees=True)

    assert bodies(introduced, exchange.export(introduced.store, tmp_path).path) == [True]
    assert len(history.history(introduced.store, "disability", kept)) == 2


def test_what_two_hands_wrote_is_settled_by_a_person_before_it_goes(
    introduced: Desk, tmp_path: Path
) -> None:
    who = person(introduced)
    kept = disability(introduced, who)
    other = {"person": who, "kinds": [{"kind": "hearing"}]}
    from_elsewhere(introduced, "disability", other, kept)
    answer(introduced, who, agrees=True)
    assert len(history.history(introduced.store, "disability", kept)) == 2


def test_taken_back_the_next_bundle_says_so_and_holds_nothing_more(
    introduced: Desk, tmp_path: Path
) -> None:
    who = person(introduced)
    given = answer(introduced, who, agrees=True)
    kept = disability(introduced, who)
    change(introduced, "consent", given, withdrawn_on="2025-04-01")
    change(introduced, "disability", kept, kinds=[{"kind": "hearing"}])

    lines = sent_lines(introduced, exchange.export(introduced.store, tmp_path).path)

    last = [each for each in lines if each.header.type == "consent"][-1]
    assert last.body and last.body.data["withdrawn_on"] == "2025-04-01"
    assert not any(each.body for each in lines if each.header.type == "disability")


def test_the_last_answer_counts(introduced: Desk, tmp_path: Path) -> None:
    who = person(introduced)
    answer(introduced, who, agrees=True, day="2025-05-01")
    answer(introduced, who, agrees=False, day="2025-03-01")
    disability(introduced, who)
    assert bodies(introduced, exchange.export(introduced.store, tmp_path).path) == [True]


def test_an_answer_to_another_purpose_lets_nothing_out(introduced: Desk, tmp_path: Path) -> None:
    who = person(introduced)
    disability(introduced, who)
    answer(introduced, who, agrees=True, purpose="publicity")
    assert bodies(introduced, exchange.export(introduced.store, tmp_path).path) == [False]
