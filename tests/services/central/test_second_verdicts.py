"""What a centre held and judged again ends as if its newer program had taken it in at once."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.core.line import Line
from app.models.central import tables
from app.models.loans.file import LoanFile
from app.models.people.person import Person
from app.services import central
from app.services.central import Centre
from app.services.central.money import ledger
from devtools.pen import uuid
from tests.makers.announcements import MILLION, ROUND, apply, decision, figures
from tests.makers.central import SAME, SAME_TOO
from tests.makers.office import id_number
from tests.makers.pens import Pen, contents, new_centre, open_centre
from tests.makers.postgres import drop_database


@pytest.fixture
def centre(tmp_path: Path, centre_url: str) -> Centre:
    return new_centre(tmp_path, centre_url)


@pytest.fixture
def pen(centre: Centre, tmp_path: Path) -> Pen:
    made = Pen()
    made.enrol(centre, tmp_path)
    return made


@pytest.fixture
def updated(
    centre: Centre, centre_url: str, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Centre]:
    """Open the centre with a program that reads persons and loan files of version 9."""

    def update() -> Centre:
        for entity in (Person, LoanFile):
            monkeypatch.setattr(entity, "schema", 9)
            same = {step: lambda data: data for step in range(1, 9)}
            monkeypatch.setattr(entity, "upcasters", same)
        return open_centre(centre_url, centre.keys)

    return update


@pytest.fixture
def second_url(centre_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of one more empty database of the same kind."""
    if centre_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'second.db'}"
        return
    server = request.getfixturevalue("server")
    url = server.new_database()
    yield url
    drop_database(url)


def take(centre: Centre, pen: Pen, folder: Path, first: int = 1, **more: Any) -> None:
    assert central.ingest(centre, pen.seal(folder, first, **more)).content_id


def number(of: int) -> dict[str, str]:
    return {"first_th": "ก", "id_kind": "thai13", "id_no": id_number(of)}


def assert_as_if_it_came_now(centre: Centre, url: str) -> None:
    """Read the same files with the same program into an empty database, and compare."""
    fresh = open_centre(url, centre.keys)
    central.rebuild(fresh, centre)
    old, new = contents(centre), contents(fresh)
    for name in (*SAME, *SAME_TOO, "shown"):
        assert old[name] == new[name], name
    assert central.status(fresh) == central.status(centre)
    assert central.duplicates(fresh) == central.duplicates(centre)
    assert central.figures(fresh) == central.figures(centre)
    for office in ("15", "93", None):
        balances = []
        for each in (centre, fresh):
            with tables.reading(each.engine) as connection:
                balances.append(ledger.balance(connection, ROUND, office))
        assert balances[0] == balances[1], office


def test_a_held_loan_file_has_its_place_from_the_day_it_arrived(
    centre: Centre, pen: Pen, tmp_path: Path, updated: Callable[[], Centre], second_url: str
) -> None:
    central.allot(centre, "15", ROUND, 3 * MILLION)
    pen.write("loan_file", 1, _data(2 * MILLION, 1), v=9)
    take(centre, pen, tmp_path)
    apply(pen, 2, 2 * MILLION)
    take(centre, pen, tmp_path, 2)
    assert _reserved(centre) == {uuid(2)}

    again = updated()

    assert _reserved(again) == {uuid(1)}
    assert figures(again) == (3 * MILLION, 2 * MILLION, 0, 0, MILLION)
    assert_as_if_it_came_now(again, second_url)


def test_a_decided_loan_file_follows_the_lines_that_were_held(
    centre: Centre, pen: Pen, tmp_path: Path, updated: Callable[[], Centre], second_url: str
) -> None:
    central.allot(centre, "15", ROUND, 3 * MILLION)
    first = apply(pen, 1, MILLION)
    gone = apply(pen, 2, MILLION)
    take(centre, pen, tmp_path)
    central.decide(centre, "15", uuid(1), decision())
    central.decide(centre, "15", uuid(2), decision())
    central.erase(centre, "15", "loan_file", uuid(2), reason="คำสั่ง", decided_by="นายทะเบียน")
    pen.write("loan_file", 1, _data(MILLION, 1) | {"status": "disbursed"}, first, v=9)
    pen.write("loan_file", 2, _data(MILLION, 2), gone, v=9)
    take(centre, pen, tmp_path, 3)
    assert figures(centre)[2:4] == (2 * MILLION, 0)

    again = updated()

    assert figures(again)[2:4] == (MILLION, MILLION)
    assert_as_if_it_came_now(again, second_url)


def test_a_person_that_was_held_is_found_in_two_offices(
    centre: Centre, pen: Pen, tmp_path: Path, updated: Callable[[], Centre], second_url: str
) -> None:
    other = Pen(office="93")
    other.enrol(centre, tmp_path)
    pen.write("person", 1, number(7), v=9)
    other.write("person", 2, number(7))
    take(centre, pen, tmp_path)
    take(centre, other, tmp_path)
    assert central.duplicates(centre) == []

    again = updated()

    assert [each.id for each in central.duplicates(again)[0]] == [uuid(1), uuid(2)]
    assert_as_if_it_came_now(again, second_url)


def test_an_update_that_reads_persons_as_before_leaves_their_index_alone(
    centre: Centre,
    pen: Pen,
    tmp_path: Path,
    centre_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pen.write("person", 1, number(7))
    take(centre, pen, tmp_path)
    with tables.acting(centre.engine) as connection:
        connection.execute(tables.person_keys.update().values(mark="as it was"))
    monkeypatch.setattr(LoanFile, "schema", 9)

    again = open_centre(centre_url, centre.keys)

    assert [row[2] for row in contents(again)["person_key"]] == ["as it was"]


def test_an_act_that_turns_out_wrong_leaves_ledger_index_and_outcome(
    centre: Centre, pen: Pen, tmp_path: Path, updated: Callable[[], Centre], second_url: str
) -> None:
    central.allot(centre, "15", ROUND, 3 * MILLION)
    act = uuid(77)
    pen.write("loan_file", 1, _data(MILLION, 1), act=act)
    pen.write("person", 2, number(7), act=act)
    pen.write("person", 3, {"first_th": 7}, act=act, v=9)
    take(centre, pen, tmp_path)
    assert _reserved(centre) == {uuid(1)}

    again = updated()

    assert _reserved(again) == set() and contents(again)["person_key"] == []
    (bundle,) = contents(again)["bundle"]
    assert "rejected" in bundle
    assert_as_if_it_came_now(again, second_url)


def test_a_line_without_a_body_that_is_rejected_now_waits_for_none(
    centre: Centre,
    pen: Pen,
    tmp_path: Path,
    updated: Callable[[], Centre],
    second_url: str,
) -> None:
    erasing = pen.write("person", 1, {}, op="erase", v=9)
    take(centre, pen, tmp_path, raw={1: Line(erasing.header, None).to_bytes()})
    assert len(contents(centre)["withheld"]) == 1

    again = updated()

    assert contents(again)["withheld"] == []
    assert_as_if_it_came_now(again, second_url)


def test_a_bundle_with_a_fork_is_called_a_fork_after_the_update(
    centre: Centre, pen: Pen, tmp_path: Path, updated: Callable[[], Centre], second_url: str
) -> None:
    copy = pen.clone()
    pen.person(1, "ก")
    copy.person(1, "ข", v=9)
    take(centre, pen, tmp_path)
    take(centre, copy, tmp_path)

    again = updated()

    assert sorted(row[7] for row in contents(again)["bundle"]) == ["accepted", "fork"]
    assert_as_if_it_came_now(again, second_url)


def test_an_act_with_a_bodiless_line_that_was_rejected_is_taken_whole_when_it_comes_again(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    act = uuid(77)
    withheld = pen.person(1, "ก", act=act)
    whole = pen.person(2, "ข", act=act)
    bare = Line(withheld.header, None).to_bytes()
    broken = whole.to_bytes().replace("ข".encode(), "ค".encode())
    assert central.ingest(centre, pen.seal(tmp_path, raw={1: bare, 2: broken})).rejected == 2

    assert central.ingest(centre, pen.seal(tmp_path, raw={1: bare})).accepted == 2


def _data(amount: int, of: int) -> dict[str, Any]:
    return {
        "file_no": f"15-2568-A-{of:04d}",
        "round": ROUND,
        "amount_requested": amount,
        "status": "documents_complete",
        "docs_complete_on": "2025-03-01",
    }


def _reserved(centre: Centre) -> set[str]:
    with tables.reading(centre.engine) as connection:
        found = connection.execute(tables.postings.select().order_by(tables.postings.c.no))
        held: dict[str, int] = {}
        for row in found:
            for account, amount in ((row.source, -row.amount), (row.target, row.amount)):
                if account == "reserved":
                    held[row.loan] = held.get(row.loan, 0) + amount
    return {loan for loan, amount in held.items() if amount}
