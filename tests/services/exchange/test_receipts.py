"""What the centre answers is taken from the centre alone, and only ever adds up."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.line import Line
from app.models.office.store import setting
from app.services import central, exchange
from app.services.central import Centre
from app.services.exchange import acknowledged_through
from app.services.office.desk import Desk
from app.services.records import records
from app.services.records.verify import state_digest, verify
from app.sync import keys, trust
from app.sync.bundle import Refused
from app.sync.receipt import Acknowledged, BundleOutcome, Outcome, Remark
from app.sync.receipt import Centre as Sender
from devtools.pen import uuid
from tests.makers.answers import Voice
from tests.makers.pens import Pen, introduce, new_centre
from tests.makers.people import enter


@pytest.fixture
def known(known: Desk, pilot: Centre, tmp_path: Path) -> Desk:
    """A desk that the centre knows, with one person entered and sent."""
    central.ingest(pilot, exchange.export(known.store, tmp_path).path)
    return known


@pytest.fixture
def voice(known: Desk, pilot: Centre, tmp_path: Path) -> Voice:
    return Voice(known, pilot, tmp_path)


def through(desk: Desk) -> int:
    with desk.store.read() as connection:
        return acknowledged_through(connection)


def test_a_receipt_twice_changes_nothing_more(known: Desk, pilot: Centre, tmp_path: Path) -> None:
    (receipt,) = central.write_receipts(pilot, tmp_path)
    exchange.apply_receipt(known.store, receipt.path)
    before = exchange.sent(known.store), through(known), state_digest(known.store)

    exchange.apply_receipt(known.store, receipt.path)

    assert (exchange.sent(known.store), through(known), state_digest(known.store)) == before
    assert before[1] == 3


def test_an_older_receipt_after_a_newer_one_takes_nothing_back(
    known: Desk, pilot: Centre, tmp_path: Path
) -> None:
    (older,) = central.write_receipts(pilot, tmp_path)
    enter(known, id_no=None, id_kind="passport", passport_no="A1")
    central.ingest(pilot, exchange.export(known.store, tmp_path).path)
    (newer,) = central.write_receipts(pilot, tmp_path)
    exchange.apply_receipt(known.store, newer.path)
    before = [(each.name, each.state) for each in exchange.sent(known.store)]

    exchange.apply_receipt(known.store, older.path)

    assert [(each.name, each.state) for each in exchange.sent(known.store)] == before
    assert {state for _name, state in before} == {"received"}
    assert through(known) == 4


def test_before_the_centre_is_known_no_receipt_is_taken(
    new_desk: Callable[..., Desk], known: Desk, pilot: Centre, tmp_path: Path
) -> None:
    (receipt,) = central.write_receipts(pilot, tmp_path)
    other = new_desk("15", "other")
    with pytest.raises(Exception, match=r".") as refused:
        exchange.apply_receipt(other.store, receipt.path)
    assert refused.value.code == "no_trust"  # type: ignore[attr-defined]


def test_a_receipt_of_another_office_is_refused(
    new_desk: Callable[..., Desk], voice: Voice, known: Desk, pilot: Centre, tmp_path: Path
) -> None:
    other = new_desk("93", "other")
    introduce(other, pilot, tmp_path)
    enter(other)
    central.ingest(pilot, exchange.export(other.store, tmp_path).path)
    (theirs,) = central.write_receipts(pilot, tmp_path, office="93")

    assert voice.refusal(theirs.path) == "not_for_us"
    assert voice.refusal(voice.say(office="93")) == "not_for_us"


def test_a_receipt_that_a_stranger_signed_is_refused(voice: Voice) -> None:
    voice.sender = Sender("a" * 32, "b" * 32, keys.new_signing_key())
    assert voice.refusal(voice.say()) == "unknown_key"


def test_a_bundle_of_a_desk_is_no_receipt(voice: Voice, known: Desk, tmp_path: Path) -> None:
    enter(known, id_no=None, id_kind="passport", passport_no="A1")
    path = exchange.export(known.store, tmp_path).path
    assert voice.refusal(path) == "not_a_receipt"


@pytest.mark.parametrize(
    ("seq", "head"), [(9, ""), (9, "a" * 64), (2, "a" * 64)], ids=["later", "named", "another"]
)
def test_the_alarm_rings_when_the_centre_has_what_was_not_made_here(
    voice: Voice, seq: int, head: str
) -> None:
    own = Acknowledged(voice.own.replica, voice.own.epoch, seq, head)
    assert voice.refusal(voice.say(acknowledged=(own,))) == "not_made_here"


def test_the_alarm_rings_for_a_line_in_this_desks_name(voice: Voice) -> None:
    pen = Pen()
    pen.replica, pen.epoch = voice.own.replica, voice.own.epoch
    strange = pen.person(1, "ก")
    path = voice.say([("person", strange.to_bytes())])
    assert voice.refusal(path) == "not_made_here"


def test_a_receipt_with_a_line_that_cannot_be_read_is_refused_whole(voice: Voice) -> None:
    assert voice.refusal(voice.say([("person", b"{}")])) == "receipt_form"


def test_what_a_desk_wrote_in_the_centres_name_is_left_out(voice: Voice, known: Desk) -> None:
    pen = Pen()
    person = pen.person(1, "ก")
    decision = pen.write("loan_decision", 2, {"outcome": "approved"})
    erasure = pen.write("person", 1, {}, person, op="erase")
    lines = [(line.header.type, line.to_bytes()) for line in (decision, person, erasure)]

    exchange.apply_receipt(known.store, voice.say(lines))

    assert records.get(known.store, "person", uuid(1)).data["first_th"] == "ก"
    assert verify(known.store).ok and verify(known.store).lines == 3 + 1


def test_lines_of_another_desk_are_taken_with_their_gaps(voice: Voice, known: Desk) -> None:
    pen = Pen()
    for record in range(1, 7):
        pen.person(record, "ก")
    pen.write("drone_licence", 9, {"name": "ข"})
    later, earlier = [
        [(line.header.type, line.to_bytes()) for line in lines]
        for lines in ([pen.lines[6], *pen.lines[3:5]], pen.lines[1:3])
    ]

    exchange.apply_receipt(known.store, voice.say(later))
    exchange.apply_receipt(known.store, voice.say(earlier, number=2))

    assert verify(known.store).ok
    assert verify(known.store).lines == 3 + 5


def test_a_record_that_one_desk_took_back_and_another_changed_shows_the_change(
    voice: Voice, known: Desk
) -> None:
    pen = Pen()
    first = pen.person(1, "ก")
    lines = [first, pen.write("person", 1, {}, first, op="del"), pen.person(1, "ข", first)]

    exchange.apply_receipt(known.store, voice.say([("person", line.to_bytes()) for line in lines]))

    found = records.get(known.store, "person", uuid(1))
    assert found.data["first_th"] == "ข" and len(found.heads) == 2
    assert verify(known.store).ok


def test_a_line_that_another_desk_withheld_is_taken_without_its_content(
    voice: Voice, known: Desk
) -> None:
    line = Pen().person(1, "ก")
    exchange.apply_receipt(known.store, voice.say([("person", Line(line.header, None).to_bytes())]))
    assert verify(known.store).ok


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.ACCEPTED, "received"),
        (Outcome.DUPLICATE, "received"),
        (Outcome.HELD, "received"),
        (Outcome.FORK, "returned"),
        (Outcome.REJECTED, "returned"),
    ],
)
def test_the_clerk_sees_what_became_of_a_bundle(
    voice: Voice, known: Desk, outcome: Outcome, state: str
) -> None:
    (sent,) = exchange.sent(known.store)
    said = BundleOutcome(sent.content_id, sent.name, outcome)
    exchange.apply_receipt(known.store, voice.say(bundles=(said,)))
    assert [each.state for each in exchange.sent(known.store)] == [state]


def test_what_was_returned_is_listed_as_the_last_receipt_says(voice: Voice, known: Desk) -> None:
    remark = Remark("person", uuid(1), "a" * 64, uuid(2), "field_form", "เหตุผล", "person")

    assert exchange.returned(known.store) == []
    exchange.apply_receipt(known.store, voice.say(number=2, rejected=(remark,)))
    assert exchange.returned(known.store) == [remark]
    exchange.apply_receipt(known.store, voice.say(number=1))
    assert exchange.returned(known.store) == [remark]
    exchange.apply_receipt(known.store, voice.say(number=3))
    assert exchange.returned(known.store) == []


def test_a_new_key_of_the_centre_travels_in_a_receipt(
    voice: Voice, known: Desk, tmp_path: Path
) -> None:
    with known.store.read() as connection:
        notes = setting(connection, "statements")
    before, new = trust.follow(None, notes), keys.new_signing_key()
    note = trust.state(
        before,
        signer=voice.sender.signing_key,
        public=new.public,
        recipients=before.recipients,
        escrow=before.escrow,
    )

    exchange.apply_receipt(known.store, voice.say(statements=(*notes, note)))
    voice.sender = replace(voice.sender, signing_key=new)

    assert exchange.apply_receipt(known.store, voice.say(number=2)).number == 2


def test_the_centres_answer_twice_gives_the_same_fingerprint(
    desk: Desk, pilot: Centre, tmp_path: Path
) -> None:
    introduce(desk, pilot, tmp_path)
    answer = tmp_path / "OTG-15-trust.txt"
    first = exchange.apply_trust(desk.store, answer)
    assert exchange.apply_trust(desk.store, answer) == first


def test_the_answer_of_another_centre_is_refused(desk: Desk, pilot: Centre, tmp_path: Path) -> None:
    introduce(desk, pilot, tmp_path)
    other = new_centre(_folder(tmp_path / "elsewhere"))
    request = exchange.request_key(desk.store, tmp_path)
    _fingerprint, answer = central.enrol(other, request, _folder(tmp_path / "answers"))
    with pytest.raises(Refused) as refused:
        exchange.apply_trust(desk.store, answer)
    assert refused.value.code == "trust_fork"


def _folder(path: Path) -> Path:
    path.mkdir()
    return path
