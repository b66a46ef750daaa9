"""What a person did not agree to pass on stays at the desk; the chain around it still holds."""

from pathlib import Path
from typing import Any

import pytest

from app.core.line import Line
from app.models.store import setting
from app.services import bundles, central, history, records
from app.services.bundles.introduction import signing_key
from app.services.central import Centre
from app.services.desk import Desk
from app.services.verify import state_digest, verify
from app.sync.bundle import open_bundle
from app.sync.keys import EnrolledKey
from tests.services.office import change, from_elsewhere, person
from tests.services.pens import introduce, new_centre


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    return new_centre(tmp_path)


@pytest.fixture
def known(desk: Desk, centre: Centre, tmp_path: Path) -> Desk:
    introduce(desk, centre, tmp_path)
    return desk


def answer(desk: Desk, who: str, agrees: bool, day: str = "2025-03-10", **more: Any) -> str:
    draft = {"person": who, "purpose": "disability", "agrees": agrees, "given_on": day}
    return records.save(desk.store, "consent", draft | more).id


def disability(desk: Desk, who: str) -> str:
    draft = {"person": who, "kinds": [{"kind": "seeing"}]}
    return records.save(desk.store, "disability", draft).id


def sent_lines(desk: Desk, path: Path) -> list[Line]:
    with desk.store.read() as connection:
        key, identity = signing_key(connection), setting(connection, "age_identity")
    trusted = {key.key_id: EnrolledKey(key.public, desk.office)}
    with open_bundle(path, trusted=trusted, identities=[identity]) as opened:
        return [entry.line for entry in opened.lines() if entry.line]


def bodies(desk: Desk, path: Path) -> list[bool]:
    """Tell of each disability line in a bundle whether its content went along."""
    found = [each for each in sent_lines(desk, path) if each.header.type == "disability"]
    return [each.body is not None for each in sorted(found, key=lambda each: each.header.seq)]


def test_without_an_answer_disability_leaves_without_its_content(
    known: Desk, centre: Centre, tmp_path: Path
) -> None:
    who = person(known)
    disability(known, who)
    sealed = bundles.export(known.store, tmp_path)

    taken = central.ingest(centre, sealed.path)

    assert bodies(known, sealed.path) == [False]
    assert (taken.status, taken.held, taken.rejected) == ("accepted", 0, 0)
    assert central.status(centre, office="15").state_digest == state_digest(known.store)
    assert verify(known.store).ok


def test_no_is_an_answer_and_registration_goes_on(known: Desk, tmp_path: Path) -> None:
    who = person(known)
    answer(known, who, agrees=False)
    disability(known, who)
    lines = sent_lines(known, bundles.export(known.store, tmp_path).path)
    assert {each.header.type for each in lines if each.body} >= {"person", "consent"}
    assert not any(each.body for each in lines if each.header.type == "disability")


def test_with_consent_it_goes_along_and_only_that_persons(known: Desk, tmp_path: Path) -> None:
    one, other = person(known, 1), person(known, 2)
    answer(known, one, agrees=True)
    disability(known, one)
    disability(known, other)
    assert bodies(known, bundles.export(known.store, tmp_path).path) == [True, False]


def test_consent_given_later_sends_what_was_withheld(
    known: Desk, centre: Centre, tmp_path: Path
) -> None:
    who = person(known)
    kept = disability(known, who)
    central.ingest(centre, bundles.export(known.store, tmp_path).path)
    (receipt,) = central.write_receipts(centre, tmp_path)
    bundles.apply_receipt(known.store, receipt.path)

    answer(known, who, agrees=True)

    assert bodies(known, bundles.export(known.store, tmp_path).path) == [True]
    assert len(history.history(known.store, "disability", kept)) == 2


def test_what_two_hands_wrote_is_settled_by_a_person_before_it_goes(
    known: Desk, tmp_path: Path
) -> None:
    who = person(known)
    kept = disability(known, who)
    other = {"person": who, "kinds": [{"kind": "hearing"}]}
    from_elsewhere(known, "disability", other, kept)
    answer(known, who, agrees=True)
    assert len(history.history(known.store, "disability", kept)) == 2


def test_taken_back_the_next_bundle_says_so_and_holds_nothing_more(
    known: Desk, tmp_path: Path
) -> None:
    who = person(known)
    given = answer(known, who, agrees=True)
    kept = disability(known, who)
    change(known, "consent", given, withdrawn_on="2025-04-01")
    change(known, "disability", kept, kinds=[{"kind": "hearing"}])

    lines = sent_lines(known, bundles.export(known.store, tmp_path).path)

    last = [each for each in lines if each.header.type == "consent"][-1]
    assert last.body and last.body.data["withdrawn_on"] == "2025-04-01"
    assert not any(each.body for each in lines if each.header.type == "disability")


def test_the_last_answer_counts(known: Desk, tmp_path: Path) -> None:
    who = person(known)
    answer(known, who, agrees=True, day="2025-05-01")
    answer(known, who, agrees=False, day="2025-03-01")
    disability(known, who)
    assert bodies(known, bundles.export(known.store, tmp_path).path) == [True]


def test_an_answer_to_another_purpose_lets_nothing_out(known: Desk, tmp_path: Path) -> None:
    who = person(known)
    disability(known, who)
    answer(known, who, agrees=True, purpose="publicity")
    assert bodies(known, bundles.export(known.store, tmp_path).path) == [False]
