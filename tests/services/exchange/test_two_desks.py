"""Two desks of one office pass the same file to each other: no server, any order, one state."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.models.central import tables
from app.models.office import machine
from app.services import central, exchange
from app.services.exchange.introduction import desk_keys, keep_desk_keys, own_recipient, signing_key
from app.services.office import attachments
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records import records
from app.services.records.verify import state_digest, verify
from app.sync import keys
from app.sync.bundle import FULL, Facts, Refused, seal
from app.sync.keys import EnrolledKey, Status
from tests.makers.attachments import a_document, scan
from tests.makers.office import change, person
from tests.makers.pens import Pen, introduce
from tests.makers.two_desks import Two
from tests.services.conftest import PASSWORD, WEAK


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    (tmp_path / "stick").mkdir()
    made = Two(tmp_path)
    yield made
    made.first.close()
    made.second.close()


def test_the_second_desk_has_everything_and_a_place_of_its_own(two: Two) -> None:
    assert records.get(two.second.store, "person", two.person).data["first_th"]
    assert two.fingerprint.startswith("SHA256:")
    assert verify(two.second.store).ok
    two.give(two.second, two.first)
    assert two.agree()


def test_work_on_both_desks_meets_whoever_gives_first(two: Two) -> None:
    mine, theirs = person(two.first, 2), person(two.second, 3)
    assert two.give(two.second, two.first).new == 2
    assert two.give(two.first, two.second).left_out == 0
    assert two.agree()
    assert records.get(two.first.store, "person", theirs).data
    assert records.get(two.second.store, "person", mine).data


def test_the_same_file_twice_changes_nothing_more(two: Two) -> None:
    person(two.second, 2)
    first = two.give(two.second, two.first)
    again = two.give(two.second, two.first)
    assert (again.new, again.known) == (0, first.new + first.known)


def test_one_field_changed_on_both_is_kept_twice_and_settled_by_a_person(two: Two) -> None:
    change(two.first, "person", two.person, phone="0811111111")
    change(two.second, "person", two.person, phone="0822222222")
    assert two.give(two.second, two.first).disputed == 1
    assert two.give(two.first, two.second).disputed == 1
    assert two.agree()

    opened = records.get(two.first.store, "person", two.person)
    assert len(opened.heads) == 2
    settled = opened.data | {"phone": "0822222222"}
    records.save(two.first.store, "person", settled, record_id=two.person, base=opened.heads)
    assert two.give(two.first, two.second).disputed == 0
    assert two.agree()
    assert len(records.get(two.second.store, "person", two.person).heads) == 1


def test_a_file_that_was_lost_leaves_a_gap_that_a_later_one_fills(two: Two) -> None:
    introduce(two.second, two.centre, two.folder)
    person(two.second, 2)
    lost = exchange.export(two.second.store, two.folder / "stick")
    central.ingest(two.centre, lost.path)
    for receipt in central.write_receipts(two.centre, two.folder):
        exchange.apply_receipt(two.second.store, receipt.path)
    person(two.second, 3)
    assert two.give(two.second, two.first).new == 1
    assert verify(two.first.store).ok
    exchange.import_bundle(two.first.store, lost.path)
    two.give(two.first, two.second)
    assert two.agree()


def test_scans_travel_along(two: Two) -> None:

    name = attachments.attach(two.second.store, scan(two.folder))
    a_document(two.second, name)
    two.give(two.second, two.first)
    assert attachments.content(two.first.store, name) == attachments.content(two.second.store, name)


def test_a_desk_that_does_not_know_the_centre_takes_the_file_of_the_other(two: Two) -> None:
    for statements in two.folder.glob("*-F-trust.txt"):
        statements.unlink()
    third, _fingerprint = two.join("third")
    try:
        person(two.first, 2)
        assert two.give(two.first, third).new == 1
    finally:
        third.close()


def test_a_desk_that_nobody_vouched_for_is_refused(two: Two) -> None:
    stranger, _fingerprint = two.join("third")
    try:
        person(stranger, 2)
        sealed = exchange.export(stranger.store, two.folder / "stick")
    finally:
        stranger.close()
    with pytest.raises(Refused) as refused:
        exchange.import_bundle(two.first.store, sealed.path)
    assert refused.value.code == "unknown_key"
    assert f"{sealed.path.stem}-trust.txt" in refused.value.sentence


def test_the_centres_full_file_is_taken_under_a_key_that_its_statements_name(two: Two) -> None:
    central.ingest(two.centre, two.whole)
    central.roll(two.centre, signing=True, recipient=False)
    sealed = central.export_office(two.centre, "15", two.folder / "stick")

    assert exchange.import_bundle(two.second.store, sealed.path).left_out == 0


def test_a_key_that_the_centre_withdrew_is_not_believed_again(two: Two) -> None:

    with two.first.store.read() as connection:
        (key,) = desk_keys(connection)
    withdrawn = EnrolledKey(key.public, key.office, Status.REVOKED)
    two.first.store.write(lambda connection: keep_desk_keys(connection, [withdrawn]))
    two.greet()
    person(two.second, 2)
    with pytest.raises(Refused) as refused:
        two.give(two.second, two.first)
    assert refused.value.code == "revoked_key"


def test_the_request_of_another_office_is_refused(two: Two, new_desk: Callable[..., Desk]) -> None:
    other = new_desk("62", "other")
    with pytest.raises(UserError) as refused:
        exchange.apply_trust(two.first.store, exchange.request_key(other.store, two.folder))
    assert refused.value.code == "foreign_request"


def test_a_receipt_or_a_file_of_another_office_is_no_file_of_a_desk(
    two: Two, tmp_path: Path
) -> None:
    central.ingest(two.centre, two.whole)
    (receipt,) = central.write_receipts(two.centre, two.folder)
    with pytest.raises(Refused) as refused:
        exchange.import_bundle(two.first.store, receipt.path)
    assert refused.value.code == "is_receipt"

    with tables.reading(two.centre.engine) as connection:
        sender = two.centre.sender(connection)
    with two.first.store.read() as connection:
        recipient = own_recipient(connection)
    facts = Facts(
        office="62",
        replica=sender.replica,
        epoch=sender.epoch,
        kind=FULL,
        seq_from=0,
        seq_to=0,
        number=1,
        created_at="2025-10-02T03:04:05Z",
    )
    strayed = seal(two.folder, facts, (), signing_key=sender.signing_key, recipients=[recipient])
    with pytest.raises(Refused) as refused:
        exchange.import_bundle(two.first.store, strayed.path)
    assert refused.value.code == "not_for_us"


def test_only_a_sound_line_that_a_desk_may_write_is_taken(two: Two) -> None:
    """A desk of this office with a key that was vouched for, whose program is not ours."""
    pen = Pen()
    pen.write("person", 1, {"first_th": "ก", "nationality": "ไทย"})
    pen.write("allotment", 2, {"round": "2568-1", "amount": 1, "left": 1, "as_of": "2025-01-01"})
    with two.first.store.read() as connection:
        recipient = own_recipient(connection)

    key = EnrolledKey(pen.key.public, "15")
    two.first.store.write(lambda connection: keep_desk_keys(connection, [key]))
    pen.person(3, "ข")
    path = pen.seal(two.folder, recipient=recipient, raw={3: b"{}"})

    taken = exchange.import_bundle(two.first.store, path)

    assert (taken.new, taken.left_out) == (1, 2)
    assert verify(two.first.store).ok


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"recovery": keys.recovery_text(b"x" * 20)}, "no_request"), ({"user": "กานดา"}, "")],
)
def test_a_desk_joins_only_with_the_sheet_of_its_office(
    two: Two, changes: dict[str, str], code: str
) -> None:
    try:
        desk, _fingerprint = two.join("third", **changes)
        desk.close()
        said = ""
    except UserError as refused:
        said = refused.code
    assert said == code


def test_without_the_request_beside_it_a_full_file_is_of_nobody(two: Two) -> None:
    for request in two.folder.glob("*-key-request.txt"):
        request.unlink()
    with pytest.raises(UserError) as refused:
        two.join("third")
    assert refused.value.code == "no_request"
    assert not list(two.folder.glob("third*"))


def test_a_line_in_this_desks_own_chain_that_was_not_made_here_rings_the_alarm(
    two: Two, tmp_path: Path
) -> None:

    two.first.close()
    copied = shutil.copytree(two.folder / "first", two.folder / "clone")
    two.first = desks.open_desk(two.folder / "first", user="กานดา", password=PASSWORD)
    machine.forget_below(two.folder)  # a whole disk was cloned
    clone = desks.open_desk(copied, user="กานดา", password=PASSWORD)
    person(clone, 2)
    person(two.first, 3)
    sealed = exchange.export(clone.store, two.folder / "stick", full=True)
    clone.close()

    with two.first.store.read() as connection:
        key = EnrolledKey(signing_key(connection).public, "15")
    two.first.store.write(lambda connection: keep_desk_keys(connection, [key]))
    before = state_digest(two.first.store)
    with pytest.raises(Refused) as refused:
        exchange.import_bundle(two.first.store, sealed.path)
    assert refused.value.code == "not_made_here"
    assert state_digest(two.first.store) == before


def test_a_file_of_another_office_is_called_so_before_its_key(two: Two, tmp_path: Path) -> None:
    made, _recovery = desks.create(
        tmp_path / "other", office="48", user="กานดา", password=PASSWORD, cost=WEAK
    )
    introduce(made, two.centre, tmp_path)
    strange = exchange.export(made.store, tmp_path)
    made.close()

    with pytest.raises(Refused) as refused:
        exchange.import_bundle(two.first.store, strange.path)

    assert refused.value.code == "not_for_us"
