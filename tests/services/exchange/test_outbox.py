"""The clerk follows each file and each record until the centre has it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.models.exchange import outbox
from app.services import central, exchange
from app.services.central import Centre
from app.services.office.desk import Desk
from app.services.records import acts, records
from app.services.records.search import page, rows
from app.sync.receipt import Acknowledged, Remark
from devtools.pen import uuid
from tests.makers.answers import Voice, answer, write_what_only_the_centre_may
from tests.makers.office import from_elsewhere
from tests.makers.people import enter


@pytest.fixture
def known(introduced: Desk, pilot: Centre, tmp_path: Path) -> Desk:
    """A desk that the centre knows, with nothing waiting."""
    central.ingest(pilot, exchange.export(introduced.store, tmp_path).path)
    answer(introduced, pilot, tmp_path)
    return introduced


def state(desk: Desk, record_id: str, type_: str = "person") -> tuple[str, int]:
    found = exchange.state_of(desk.store, type_, record_id)
    return found.state, found.bundle


def test_a_record_is_followed_from_the_save_to_the_receipt(
    known: Desk, pilot: Centre, out: Path
) -> None:
    entered = enter(known)
    assert state(known, entered) == ("saved", 0)

    sealed = exchange.export(known.store, out)
    assert state(known, entered) == ("sealed", 2)

    exchange.hand_over(known.store, sealed.path.stem, to="นางสาวอรทัย", at="2025-10-02T03:00:00Z")
    assert state(known, entered) == ("handed_over", 2)
    assert exchange.state_of(known.store, "person", entered).handed_over_to == "นางสาวอรทัย"

    central.ingest(pilot, sealed.path)
    number = answer(known, pilot, out)
    found = exchange.state_of(known.store, "person", entered)
    assert (found.state, found.bundle, found.receipt_no) == ("received", 2, number)
    assert found.receipt_at

    opened = records.get(known.store, "person", entered)
    records.save(
        known.store,
        "person",
        opened.data | {"note": "แก้ไข"},
        record_id=entered,
        base=opened.opened_from,
    )
    assert state(known, entered) == ("saved", 0)


def test_what_the_centre_returned_is_named_with_its_reason_until_it_is_saved_again(
    known: Desk, pilot: Centre, out: Path
) -> None:
    person = write_what_only_the_centre_may(known)
    central.ingest(pilot, exchange.export(known.store, out).path)
    answer(known, pilot, out)

    found = exchange.state_of(known.store, "person", person)
    assert (found.state, found.bundle) == ("returned", 2)
    assert found.reason
    assert exchange.records_returned(known.store, "person") == [person]
    lines = {each.type: each for each in exchange.returned_lines(known.store)}
    assert lines["person"].title == "เกษม คำแสน"
    assert lines["person"].bundle == exchange.sent(known.store)[0].name
    assert lines["person"].is_open

    opened = records.get(known.store, "person", person)
    draft = opened.data | {
        "id_kind": "unknown",
        "no_id_reason": "ไม่มีบัตร",
        "nationality": "ไทย",
        "birth_date": "1977",
    }
    _save_whatever(known, "person", draft, person, opened.opened_from)
    assert state(known, person) == ("saved", 0)
    assert exchange.records_returned(known.store, "person") == []
    assert [each.is_open for each in exchange.returned_lines(known.store)] == [True, False]


def _save_whatever(
    desk: Desk, type_: str, draft: dict[str, object], record_id: str, base: tuple[str, ...]
) -> None:
    acts.act(desk.store, lambda acting: acting.put(type_, record_id, draft, base))


def test_a_line_without_a_name_is_listed_by_its_sentence_and_a_strange_type_without_title(
    known: Desk, pilot: Centre, tmp_path: Path
) -> None:
    unread = Remark("person", uuid(0), "0" * 64, uuid(0), "line_form", "บรรทัดที่ 3", "person")
    strange = Remark("spaceship", uuid(9), "1" * 64, uuid(9), "newer", "เหตุผล", "")
    voice = Voice(known, pilot, tmp_path)
    exchange.apply_receipt(known.store, voice.say(number=9, rejected=(unread, strange)))

    listed = exchange.returned_lines(known.store)

    assert [(each.id, each.title, each.bundle, each.is_open) for each in listed] == [
        ("", "", "", True)
    ] * 2


def test_what_another_desk_entered_is_there_or_only_here(
    known: Desk, pilot: Centre, tmp_path: Path
) -> None:
    made = from_elsewhere(known, "person", {"first_th": "อรทัย"}, epoch="e" * 32)
    assert state(known, made) == ("elsewhere", 0)

    voice = Voice(known, pilot, tmp_path)
    chain = Acknowledged("c" * 32, "e" * 32, 1, "")
    exchange.apply_receipt(known.store, voice.say(number=9, acknowledged=(chain,)))
    assert state(known, made) == ("received", 0)
    assert state(known, uuid(77)) == ("saved", 0)


def test_what_was_acknowledged_before_a_lost_outbox_is_received_without_a_file(
    known: Desk,
) -> None:
    known.store.write(lambda connection: connection.execute(outbox.delete()))

    assert state(known, known.store.user, "user") == ("received", 0)


def test_a_file_whose_lines_all_came_with_a_later_one_counts_as_received(
    known: Desk, pilot: Centre, out: Path
) -> None:
    first = enter(known)
    exchange.export(known.store, out)
    enter(known, id_no=None, id_kind="passport", passport_no="A1")
    central.ingest(pilot, exchange.export(known.store, out).path)
    answer(known, pilot, out)

    newest, lost, _first = exchange.sent(known.store)

    assert [(each.state, bool(each.receipt_no)) for each in (newest, lost)] == [
        ("received", True),
        ("received", False),
    ]
    found = exchange.state_of(known.store, "person", first)
    assert (found.state, found.bundle) == ("received", newest.number)


def test_what_waits_is_counted_by_type_and_found_in_the_list(known: Desk, out: Path) -> None:
    entered = enter(known)
    records.save(
        known.store,
        "person",
        records.get(known.store, "person", entered).data | {"note": "ก"},
        record_id=entered,
        base=records.get(known.store, "person", entered).opened_from,
    )

    found = exchange.waiting_by_type(known.store)

    assert (found.lines, dict(found.records)) == (2, {"person": 1})
    assert exchange.waiting(known.store) == 2
    (first,) = exchange.sent(known.store)
    assert (found.since, first.records) == (first.made_at, 2)
    waiting = exchange.records_waiting(known.store, "person")
    assert waiting == [entered]
    listed = page(known.store, "person", rows(known.store, "person", equal={"id": waiting}))
    assert [row.id for row in listed] == [entered]
    assert not rows(known.store, "person", equal={"id": []})


def test_handing_over_is_noted_for_someone_and_taken_back(known: Desk, out: Path) -> None:
    (first,) = exchange.sent(known.store)
    with pytest.raises(UserError) as refused:
        exchange.hand_over(known.store, first.name, to=" ")
    assert refused.value.code == "missing"

    enter(known)
    exchange.export(known.store, out)
    name = exchange.sent(known.store)[0].name
    exchange.hand_over(known.store, name, to="นายเกษม")
    exchange.hand_over(known.store, first.name, to="นางอรทัย", at="2025-01-01T00:00:00Z")
    assert exchange.sent(known.store)[0].state == "handed_over"
    assert exchange.receivers(known.store) == ["นายเกษม", "นางอรทัย"]

    exchange.take_back_hand_over(known.store, name)
    assert exchange.sent(known.store)[0].state == "sealed"
    assert exchange.receivers(known.store) == ["นางอรทัย"]


def test_sent_again_are_the_very_bytes_and_damaged_ones_never(known: Desk, out: Path) -> None:
    enter(known)
    sealed = exchange.export(known.store, out)
    before = sealed.path.read_bytes()
    sealed.path.unlink()

    again = exchange.copy_again(known.store, sealed.path.stem, out)
    assert again.path.read_bytes() == before
    assert again.content_id == sealed.content_id

    kept = known.store.folder / "outbox" / sealed.path.name
    kept.write_bytes(before[:-1] + b"x")
    again.path.unlink()
    with pytest.raises(UserError) as refused:
        exchange.copy_again(known.store, sealed.path.stem, out)
    assert refused.value.code == "not_kept"
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    "ask",
    [
        lambda store, out: exchange.copy_again(store, "nothing", out),
        lambda store, _out: exchange.hand_over(store, "nothing", to="นายเกษม"),
        lambda store, _out: exchange.take_back_hand_over(store, "nothing"),
    ],
)
def test_a_file_that_is_not_in_the_outbox_is_refused(
    known: Desk, out: Path, ask: Callable[..., object]
) -> None:
    with pytest.raises(UserError) as refused:
        ask(known.store, out)
    assert refused.value.code == "not_found"


def test_the_check_code_is_what_stock_tools_show() -> None:
    assert exchange.check_code("0123456789abcdef" + "0" * 48) == "0123 4567 89AB CDEF"
