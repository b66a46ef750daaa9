"""The law of merging: the same lines end in one state, whatever their order, repeats and losses.

Three desks and a copy of the first write the same few records, hear of one another, and send their
lines in any pieces. Some lines are of a kind that the centre holds or rejects.
"""

import random
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.line import ERASE, Line
from app.models.records import journal
from app.models.records.lines import heads_of, lines_of
from app.services import central
from app.services.central import Centre
from app.services.office import desk as making
from app.services.office.desk import Desk
from app.sync import merge
from tests.makers.histories import Office, acts
from tests.makers.laws import share
from tests.makers.pens import Pen, empty, new_centre
from tests.services.conftest import PASSWORD, WEAK

law = settings(
    max_examples=share(1 / 4),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def taken_by(centre: Centre) -> str:
    return central.status(centre).state_digest


def expected(office: Office) -> str:
    """Say what the state must be, by another way: a head is no ancestor of an accepted line."""
    lines = office.lines()
    broken = {
        line.header.act
        for line in lines.values()
        if line.header.type == "fund_round" or (line.body and line.body.data["first_th"] == 7)
    }
    accepted = {
        rev for rev, line in lines.items() if line.header.v == 1 and line.header.act not in broken
    }
    behind: set[str] = set()
    path = [parent for rev in accepted for parent in lines[rev].header.parents]
    while path:
        rev = path.pop()
        if rev not in behind:
            behind.add(rev)
            path += lines[rev].header.parents
    records: dict[tuple[str, str], list[str]] = {}
    for rev in accepted - behind:
        header = lines[rev].header
        records.setdefault((header.type, header.id), []).append(rev)
    return merge.state_digest((type_, id_, revs) for (type_, id_), revs in records.items())


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def whole_file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    here = nullcontext("")
    if request.param == "postgresql":
        here = request.getfixturevalue("server").centre()
    with here as url:
        made = new_centre(tmp_path_factory.mktemp("centre"), url)
        yield made
        made.engine.dispose()


@pytest.fixture
def centre(whole_file: Centre) -> Iterator[Centre]:
    """Give the centre of all tests here; what a test opened more of it is closed with the test."""
    yield whole_file
    whole_file.engine.dispose()


@pytest.mark.long
@law
@given(acts, st.randoms(use_true_random=False))
def test_any_order_with_repeats_ends_in_one_state(
    centre: Centre, tmp_path: Path, history: list[tuple[int, str, int, int]], chance: random.Random
) -> None:
    office = Office(history)
    for pen in office.pens:
        pen.enrol(centre, tmp_path)
    files = [pen.seal(tmp_path, *piece) for pen, *piece in office.pieces(chance)]
    found = set()
    for _time in range(2):
        empty(centre)
        several = files + chance.choices(files, k=2) if files else []
        chance.shuffle(several)
        taken = [central.ingest(centre, path) for path in several]
        assert {each.code for each in taken} <= {""}
        found.add(taken_by(centre))
    assert found == {expected(office)}


@pytest.mark.long
@law
@given(acts, st.randoms(use_true_random=False))
def test_what_was_lost_and_arrives_late_heals_the_state(
    centre: Centre, tmp_path: Path, history: list[tuple[int, str, int, int]], chance: random.Random
) -> None:
    office = Office(history)
    for pen in office.pens:
        pen.enrol(centre, tmp_path)
    files = [pen.seal(tmp_path, *piece) for pen, *piece in office.pieces(chance)]
    lost = [path for path in files if chance.random() < 0.5]
    empty(centre)

    for path in [*(set(files) - set(lost)), *lost]:
        central.ingest(centre, path)

    assert taken_by(centre) == expected(office)


@law
@given(acts, st.randoms(use_true_random=False), st.integers(1, 5))
def test_a_desk_that_hears_the_same_lines_in_any_order_has_the_same_heads(
    desks: Desk, history: list[tuple[int, str, int, int]], chance: random.Random, size: int
) -> None:
    office = Office(history)
    shift = {f"{record:012x}": f"{record + (office.pens[0].number << 8):012x}" for record in (1, 2)}
    lines = _moved(office.lines(), shift)
    several = [*lines, *chance.choices(lines, k=2)] if lines else []
    chance.shuffle(several)

    def hear(start: int) -> None:
        desks.store.write(
            lambda connection: journal.append(connection, several[start : start + size])
        )

    for start in range(0, len(several), size):
        hear(start)

    records = {(line.header.type, line.header.id) for line in lines}
    with desks.store.read() as connection:
        for type_, id_ in records:
            headers = [each.header for each in lines if each.header.id == id_]
            of_type = [header for header in headers if header.type == type_]
            assert heads_of(connection, type_, id_) == merge.heads(of_type)


def _moved(lines: dict[str, Line], ids: dict[str, str]) -> list[Line]:
    """Give the same history to records of other ids: a journal is never emptied."""
    revs: dict[str, str] = {}
    moved = []
    for rev, line in sorted(lines.items(), key=lambda item: item[1].header.depth):
        header = line.header
        new = replace(
            header,
            id=header.id[:-12] + ids[header.id[-12:]],
            parents=tuple(sorted(revs[parent] for parent in header.parents)),
        )
        revs[rev] = new.rev
        moved.append(Line(new, line.body))
    return moved


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    made, _recovery = making.create(folder, office="15", user="กานดา", password=PASSWORD, cost=WEAK)
    yield made
    made.close()


@law
@given(st.permutations(range(5)), st.integers(0, 4))
def test_the_body_of_an_erased_record_is_gone_however_late_it_comes(
    desks: Desk, order: list[int], erased_at: int
) -> None:
    pen = Pen()
    record = pen.number << 8
    lines: list[Line] = []
    for place in range(5):
        op: dict[str, str] = {"op": ERASE} if place == erased_at else {}
        lines.append(pen.person(record, "ก", *lines[-1:], **op))

    for place in order:
        desks.store.write(
            lambda connection, place=place: journal.append(connection, [lines[place]])
        )

    with desks.store.read() as connection:
        kept = lines_of(connection, "person", lines[0].header.id)
    with_body = {line.header.op for line in kept if line.body}
    assert with_body == {ERASE} and len(kept) == 5
