"""Before a file is sealed the clerk knows what the centre will say of it."""

from pathlib import Path

import pytest

from app.core.errors import Cancelled, UserError
from app.models.records.base import entities
from app.services import central, exchange
from app.services.exchange import outgoing
from app.services.office.desk import Desk
from app.services.records import acts, records
from app.services.records.verify import state_digest
from tests.makers.answers import answer, write_what_only_the_centre_may
from tests.makers.office import person
from tests.makers.pens import introduce, new_centre
from tests.makers.people import enter


def said(desk: Desk) -> list[tuple[str, str, str]]:
    found = exchange.preflight(desk.store)
    return sorted((each.kind, each.type, each.id) for each in found.findings)


def test_the_preflight_says_what_the_real_centre_then_says(desk: Desk, tmp_path: Path) -> None:
    centre = new_centre(tmp_path)
    introduce(desk, centre, tmp_path)
    enter(desk)
    write_what_only_the_centre_may(desk)

    found = exchange.preflight(desk.store)
    central.ingest(centre, exchange.export(desk.store, tmp_path).path)
    answer(desk, centre, tmp_path)

    foretold = sorted((each.type, each.id, each.reason) for each in found.of("returned"))
    came = sorted((each.type, each.id, each.reason) for each in exchange.returned_lines(desk.store))
    assert foretold == came
    assert len(foretold) == 2
    assert found.lines == 5


def test_nothing_of_it_is_kept_and_no_number_is_used_up(desk: Desk) -> None:
    enter(desk)
    before = state_digest(desk.store), sorted(desk.store.folder.rglob("*"))

    exchange.preflight(desk.store)

    assert (state_digest(desk.store), sorted(desk.store.folder.rglob("*"))) == before
    assert exchange.sent(desk.store) == []


def test_what_a_newer_program_wrote_is_held(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entities()["person"], "schema", 2)
    entered = enter(desk)
    monkeypatch.setattr(entities()["person"], "schema", 1)

    assert said(desk) == [("held", "person", entered)]


def test_a_line_that_cannot_be_read_is_named_by_its_place(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = outgoing.lines
    monkeypatch.setattr(
        outgoing,
        "lines",
        lambda *given: ((type_, b"{}" if type_ == "user" else raw) for type_, raw in whole(*given)),
    )

    (finding,) = exchange.preflight(desk.store).findings

    assert (finding.kind, finding.type, finding.id, finding.title) == ("returned", "user", "", "")
    assert finding.reason


def test_what_a_rule_still_says_is_a_warning_and_a_given_reason_settles_it(desk: Desk) -> None:
    entered = enter(desk)
    assert said(desk) == []

    opened = records.get(desk.store, "person", entered)
    without_birth = {name: value for name, value in opened.data.items() if name != "id_no"}
    acts.act(
        desk.store,
        lambda acting: acting.put("person", entered, without_birth, opened.opened_from),
    )

    assert {(kind, id_) for kind, _type, id_ in said(desk)} == {("warning", entered)}
    (finding, *_more) = exchange.preflight(desk.store).of("warning")
    assert finding.title == "นายสมชาย ใจดี"
    assert finding.reason


def test_a_reason_that_was_given_is_not_asked_for_again(desk: Desk) -> None:
    made = person(desk, id_kind="none", id_no=None, reasons={"no_id": "บัตรหาย"})

    assert said(desk) == []
    found = records.get(desk.store, "person", made)
    without = {name: value for name, value in found.data.items() if name != "reasons"}
    acts.act(desk.store, lambda acting: acting.put("person", made, without, found.heads))
    assert said(desk) == [("warning", "person", made)]


def test_a_voided_or_undone_record_is_not_warned_of(desk: Desk) -> None:
    entered = enter(desk)
    opened = records.get(desk.store, "person", entered)
    broken = {name: value for name, value in opened.data.items() if name != "id_no"}
    acts.act(desk.store, lambda acting: acting.put("person", entered, broken, opened.opened_from))
    assert said(desk)

    records.void(desk.store, "person", entered, "ซ้ำ")
    assert said(desk) == []
    heads = records.get(desk.store, "person", entered).heads
    acts.act(desk.store, lambda acting: acting.remove_many("person", [(entered, heads)]))
    assert said(desk) == []


def test_it_can_be_stopped_and_counts_its_steps(desk: Desk) -> None:
    enter(desk)
    steps: list[tuple[int, int]] = []
    exchange.preflight(desk.store, step=lambda done, total: steps.append((done, total)))
    assert steps
    assert all(done <= total for done, total in steps)

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        exchange.preflight(desk.store, step=stop)


def test_without_anything_new_there_is_nothing_to_judge(desk: Desk, tmp_path: Path) -> None:
    centre = new_centre(tmp_path)
    introduce(desk, centre, tmp_path)
    central.ingest(centre, exchange.export(desk.store, tmp_path).path)
    answer(desk, centre, tmp_path)
    with pytest.raises(UserError) as refused:
        exchange.preflight(desk.store)
    assert refused.value.code == "nothing_new"
