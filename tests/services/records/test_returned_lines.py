"""What came back only because of another line of its act goes again by itself."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.services import central
from app.services import exchange as bundles
from app.services.central import Centre
from app.services.office.desk import Desk
from app.services.records import acts, history, records
from app.services.records.acts import Acting
from app.services.records.verify import state_digest, verify
from app.services.spreadsheets import imports
from app.services.spreadsheets.imports import Plan
from devtools.pen import uuid
from tests.makers import older
from tests.makers.lists import EVERYONE, KANDA, SOMCHAI, WEERA, by_number, enter_group, xlsx
from tests.makers.office import change
from tests.makers.pens import introduce, new_centre


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    return new_centre(tmp_path)


@pytest.fixture
def known(desk: Desk, centre: Centre, tmp_path: Path) -> Desk:
    introduce(desk, centre, tmp_path)
    return desk


def exchange(desk: Desk, centre: Centre, folder: Path) -> int:
    """Send what waits, take the answer; give how many lines are still to be put right."""
    central.ingest(centre, bundles.export(desk.store, folder).path)
    (receipt,) = central.write_receipts(centre, folder)
    bundles.apply_receipt(desk.store, receipt.path)
    return len(still_open(desk))


def still_open(desk: Desk) -> list[bundles.Returned]:
    return [each for each in bundles.returned_lines(desk.store) if each.is_open]


def spoilt(plan: Plan, number: str) -> Plan:
    """Give the plan of a program that does not see one value without a form."""

    def entry(each: Any) -> Any:
        if each.data.get("id_no") != number:
            return each
        return replace(each, data=each.data | {"income": "มาก"})

    rows = [replace(row, entries=tuple(map(entry, row.entries))) for row in plan.rows]
    return replace(plan, rows=tuple(rows))


def import_members(desk: Desk, folder: Path) -> str:
    group = enter_group(desk)
    plan = imports.plan(desk.store, xlsx(folder / "a.xlsx", EVERYONE), "members", owner=group)
    entries = [entry for row in spoilt(plan, KANDA[0]).rows for entry in row.entries]

    def work(acting: Acting) -> str:
        for each in entries:
            older.put(acting, each.type, each.id, each.data, each.parents)
        return acting.act.id

    return acts.act(desk.store, work)


def ids(desk: Desk) -> dict[str, str]:
    """Give the persons of the list by their number."""
    return {str(data["id_no"]): record_id for record_id, data in _people(desk)}


def _people(desk: Desk) -> list[tuple[str, Mapping[str, Any]]]:
    with desk.store.read() as connection:
        return records.view_of(connection).where("person")


def state(desk: Desk, record_id: str, type_: str = "person") -> str:
    return bundles.state_of(desk.store, type_, record_id).state


def write_an_act(desk: Desk) -> None:
    """Write one act of which the centre cannot take one line."""

    def work(acting: Acting) -> None:
        older.put(acting, "person", uuid(1), {"first_th": "ก", "income": "มาก"}, ())
        acting.put("person", uuid(2), {"first_th": "ข", "last_th": "คำแสน"}, ())
        acting.put("person", uuid(3), {"first_th": "ค", "last_th": "ใจดี"}, ())

    acts.act(desk.store, work)


def put(desk: Desk, record_id: str, **changed: Any) -> None:
    """Save over a record whatever its rules say."""
    before = records.get(desk.store, "person", record_id)
    data = dict(before.data) | changed
    acts.act(desk.store, lambda acting: older.put(acting, "person", record_id, data, before.heads))


def test_an_import_with_one_broken_line_is_received_whole_once_that_is_put_right(
    known: Desk, centre: Centre, tmp_path: Path
) -> None:
    import_members(known, tmp_path)
    assert exchange(known, centre, tmp_path) == 6  # three persons, three memberships
    wrong, *others = still_open(known)
    assert (wrong.type, wrong.id) == ("person", ids(known)[KANDA[0]])
    assert "แก้" in others[0].reason and {each.reason for each in others} == {others[0].reason}

    kanda = records.get(known.store, "person", wrong.id)
    saved = records.save(
        known.store,
        "person",
        dict(kanda.data) | {"income": 0},
        record_id=kanda.id,
        base=kanda.opened_from,
    )

    assert saved.again == 5
    assert still_open(known) == [] and verify(known.store).ok
    assert len({line.act for line in history.history(known.store, "person", kanda.id)}) == 2
    assert exchange(known, centre, tmp_path) == 0
    for number in (SOMCHAI[0], KANDA[0], WEERA[0]):
        assert state(known, ids(known)[number]) == "received"
    found = central.status(centre)
    assert (found.records["person"], found.records["membership"]) == (3, 3)
    assert found.state_digest == state_digest(known.store)


def test_once_more_broken_the_whole_entry_comes_back_and_goes_again(
    known: Desk, centre: Centre, tmp_path: Path
) -> None:
    write_an_act(known)
    assert exchange(known, centre, tmp_path) == 3
    put(known, uuid(1), income="น้อย")
    assert exchange(known, centre, tmp_path) == 3
    put(known, uuid(1), income=0)

    assert exchange(known, centre, tmp_path) == 0
    assert {state(known, uuid(number)) for number in (1, 2, 3)} == {"received"}


def test_what_was_changed_or_is_in_the_same_act_is_written_once(
    known: Desk, centre: Centre, tmp_path: Path
) -> None:
    write_an_act(known)
    exchange(known, centre, tmp_path)

    def work(acting: Acting) -> None:
        for number, name in ((2, "ข๒"), (3, "ค๓")):
            before = acts.current(acting.connection, "person", uuid(number))
            assert before
            acting.put("person", uuid(number), before.data | {"first_th": name}, before.heads)
            acting.write()

    acts.act(known.store, work)

    for number in (2, 3):
        assert len(history.history(known.store, "person", uuid(number))) == 2
    assert [each.id for each in still_open(known)] == [uuid(1)]
    assert exchange(known, centre, tmp_path) == 1


def test_a_record_that_came_back_is_sent_again_by_saving_it_unchanged(
    known: Desk, centre: Centre, tmp_path: Path
) -> None:
    import_members(known, tmp_path)
    exchange(known, centre, tmp_path)
    weera = records.get(known.store, "person", ids(known)[WEERA[0]])
    options = {"record_id": weera.id, "base": weera.opened_from}

    saved = records.save(known.store, "person", weera.data, **options)  # type: ignore[arg-type]

    assert saved.act and saved.again == 4
    assert [each.id for each in still_open(known)] == [ids(known)[KANDA[0]]]
    weera = records.get(known.store, "person", weera.id)
    options = {"record_id": weera.id, "base": weera.opened_from}
    assert not records.save(known.store, "person", weera.data, **options).act  # type: ignore[arg-type]
    assert exchange(known, centre, tmp_path) == 1


def test_what_was_undone_before_it_came_back_stays_undone_at_the_centre(
    known: Desk, centre: Centre, tmp_path: Path
) -> None:
    write_an_act(known)
    exchange(known, centre, tmp_path)

    def undo_one(acting: Acting) -> None:
        for number in (2, 3):
            heads = acts.current(acting.connection, "person", uuid(number)).heads  # type: ignore[union-attr]
            acting.remove_many("person", [(uuid(number), heads)])
        before = acts.current(acting.connection, "person", uuid(1))
        assert before
        wrong = before.data | {"income": "ปานกลาง"}
        older.put(acting, "person", uuid(1), wrong, before.heads)

    acts.act(known.store, undo_one)
    assert exchange(known, centre, tmp_path) == 3
    put(known, uuid(1), income=0)

    assert exchange(known, centre, tmp_path) == 0
    assert central.status(centre).state_digest == state_digest(known.store)
    assert set(by_number(known)) == {""}


def test_undoing_the_whole_entry_writes_nothing_again(
    known: Desk, centre: Centre, tmp_path: Path
) -> None:
    act = import_members(known, tmp_path)
    exchange(known, centre, tmp_path)

    history.undo(known.store, act)

    assert not by_number(known) and still_open(known) == []
    assert exchange(known, centre, tmp_path) == 0


def test_a_record_in_conflict_and_one_of_another_desk_are_left_to_their_people(
    known: Desk, centre: Centre, tmp_path: Path
) -> None:
    write_an_act(known)
    first = records.get(known.store, "person", uuid(2)).heads
    exchange(known, centre, tmp_path)
    acts.act(known.store, lambda acting: acting.put("person", uuid(2), {"first_th": "อีกมือ"}, ()))
    assert len(records.get(known.store, "person", uuid(2)).heads) == 2

    put(known, uuid(1), income=0)

    assert set(first) <= set(records.get(known.store, "person", uuid(2)).heads)
    assert [each.id for each in still_open(known)] == [uuid(2)]


def test_a_record_of_no_returned_entry_brings_nothing_along(
    known: Desk, centre: Centre, tmp_path: Path
) -> None:
    group = enter_group(known)
    write_an_act(known)
    exchange(known, centre, tmp_path)

    change(known, "group", group, founded_on="2021")

    assert len(still_open(known)) == 3
