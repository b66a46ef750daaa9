"""A centre that was updated judges again what it held, and shows what each record shows."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from app.core.errors import TooNew
from app.core.line import Line
from app.models.central import tables
from app.models.people.person import Person
from app.models.records.base import entities, fields_of
from app.services import central
from app.services.central import Centre
from app.sync.bundle import open_bundle
from app.sync.receipt import read_receipt
from devtools.pen import uuid
from tests.makers.central import _reading, rows_of
from tests.makers.histories import Office, acts
from tests.makers.laws import share
from tests.makers.pens import Pen, contents, empty, new_centre, open_centre
from tests.makers.postgres import drop_database


def updated(centre: Centre, url: str, monkeypatch: pytest.MonkeyPatch) -> Centre:
    """Open the centre with a program whose person is of version 9."""
    monkeypatch.setattr(Person, "schema", 9)
    same = {step: lambda data: data for step in range(1, 9)}
    monkeypatch.setattr(Person, "upcasters", same)
    return open_centre(url, centre.keys)


def test_held_lines_are_taken_when_the_centre_is_updated(
    centre: Centre, pen: Pen, tmp_path: Path, centre_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = pen.person(1, "ก")
    pen.person(1, "ข", first, v=9)
    pen.write("drone_licence", 2, {})
    central.ingest(centre, pen.seal(tmp_path))
    before = central.status(centre)

    after = central.status(updated(centre, centre_url, monkeypatch))

    assert (before.held, after.held, after.lines) == (2, 1, 2)
    assert after.records == {"person": 1} and after.conflicts == 0
    assert after.state_digest != before.state_digest


def test_an_act_whose_held_line_turns_out_wrong_is_rejected_whole(
    centre: Centre, pen: Pen, tmp_path: Path, centre_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = pen.person(1, "ก")
    pen.person(1, "ข", first, act=uuid(77))
    pen.write("person", 2, {"first_th": 7}, act=uuid(77), v=9)
    central.ingest(centre, pen.seal(tmp_path))

    again = updated(centre, centre_url, monkeypatch)

    after = central.status(again)
    assert (after.lines, after.held, after.rejected) == (1, 0, 2)
    with tables.reading(again.engine) as connection:
        (head,) = connection.execute(tables.heads.select()).all()
        (bundle,) = connection.execute(tables.bundles.select()).all()
    assert head.rev == first.header.rev
    assert (bundle.accepted, bundle.held, bundle.rejected) == (1, 0, 2)


@pytest.mark.parametrize(
    ("name", "outcome"), [("ก", "accepted"), (7, "rejected")], ids=["sound", "wrong"]
)
def test_the_office_hears_what_became_of_a_bundle_that_was_held(  # noqa: PLR0917
    centre: Centre,
    pen: Pen,
    tmp_path: Path,
    centre_url: str,
    monkeypatch: pytest.MonkeyPatch,
    name: object,
    outcome: str,
) -> None:
    pen.write("person", 1, {"first_th": name}, v=9)
    central.ingest(centre, pen.seal(tmp_path))

    again = updated(centre, centre_url, monkeypatch)
    (sealed,) = central.write_receipts(again, tmp_path)

    trusted = {key.key_id: key for key in pen.centre.keys}
    with open_bundle(sealed.path, trusted=trusted, identities=[pen.identity]) as opened:
        (found,) = read_receipt(opened).bundles
    assert found.outcome == outcome


def test_what_an_update_knows_no_better_stays_as_it_was(
    centre: Centre, pen: Pen, tmp_path: Path, centre_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pen.write("drone_licence", 1, {})
    central.ingest(centre, pen.seal(tmp_path))
    before = contents(centre)

    again = contents(updated(centre, centre_url, monkeypatch))

    assert {name for name in before if before[name] != again[name]} == {"centre"}


def test_an_older_program_is_refused_by_a_centre_that_was_updated(
    centre: Centre, centre_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        updated(centre, centre_url, newer)
    with pytest.raises(TooNew) as refused:
        open_centre(centre_url, centre.keys)
    assert refused.value.code == "too_new"


# A newer program reads values of an old version by an upcaster and does not judge their form.
sound = acts.map(lambda history: [act for act in history if act[1] != "wrong"])


@pytest.mark.long
@settings(
    max_examples=share(1 / 8),
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=sound, chance=st.randoms(use_true_random=False))
def test_an_update_before_and_an_update_after_end_in_one_state(
    centre: Centre,
    centre_url: str,
    tmp_path: Path,
    history: list[tuple[int, str, int, int]],
    chance: random.Random,
) -> None:
    office = Office(history)
    for pen in office.pens:
        pen.enrol(centre, tmp_path)
    files = [pen.seal(tmp_path, *piece) for pen, *piece in office.pieces(chance)]
    with pytest.MonkeyPatch.context() as patch:
        _forget_what_was_known(centre)
        empty(centre)
        for path in files:
            central.ingest(centre, path)
        after = updated(centre, centre_url, patch)
        one = state(after)
        empty(after)
        for path in files:
            central.ingest(after, path)
        assert state(after) == one


def state(centre: Centre) -> tuple[object, ...]:
    """Give what does not depend on when the program was updated."""
    rows = contents(centre)
    return (
        central.status(centre),
        *(rows[name] for name in ("head", "overtaken", "revision", "shown")),
        [row[:2] + row[7:13] for row in rows["bundle"]],
    )


def _forget_what_was_known(centre: Centre) -> None:
    with tables.acting(centre.engine) as connection:
        connection.execute(tables.facts.delete().where(tables.facts.c.name == "types"))


def test_the_read_tables_show_each_record_as_it_is_now_with_typed_columns(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    data = {
        "first_th": "มาลี",
        "income": 950_000,
        "no_phone": True,
        "address": {"moo": "4", "road": "สุขุมวิท\\\\"},
        "note": "หนึ่ง\\u0000สอง",
        "strange": "หนึ่ง\u0000\\u0000สอง\u0000\u0000",
    }
    first = pen.write("person", 1, {"first_th": "ก"})
    pen.write("person", 1, data, first)
    pen.write("person", 2, {"first_th": "ข"})
    pen.write("person", 3, {}, pen.person(3, "ค"), op="del")
    pen.write("person", 4, {"first_th": "ง", "void_reason": "ซ้ำ"})
    pen.write("group", 5, {"name": "กลุ่ม 'หนึ่ง'"})
    central.ingest(centre, pen.seal(tmp_path))

    columns = "office, id, disputed, first_th, income, no_phone, void_reason"
    assert rows_of(centre, "person", columns) == [
        ("15", uuid(1), False, "มาลี", 950_000, True, None),
        ("15", uuid(2), False, "ข", None, None, None),
        ("15", uuid(4), False, "ง", None, None, "ซ้ำ"),
    ]
    assert rows_of(centre, "group", "name") == [("กลุ่ม 'หนึ่ง'",)]
    # No text of PostgreSQL has U+0000, and a field that nobody described may: the others are read.
    assert rows_of(centre, "person", "note")[0] == ("หนึ่ง\\u0000สอง",)
    for type_, entity in entities().items():
        with tables.reading(centre.engine) as connection:
            found = connection.execute(text(f"SELECT * FROM {_reading(connection, type_)}"))
            names = ["office", "id", "disputed", "void_reason"]
            assert list(found.keys()) == names + [field.name for field in fields_of(entity)]


def test_a_disputed_record_shows_what_the_merge_shows_until_it_is_settled(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    first = pen.write("person", 1, {"first_th": "ก", "note": "เดิม"})
    one = pen.write("person", 1, {"first_th": "ก", "note": "ใหม่", "income": 5}, first)
    two = pen.write("person", 1, {"first_th": "ข", "note": "เดิม"}, first)
    central.ingest(centre, pen.seal(tmp_path, 1, 3))
    disputed = rows_of(centre, "person", "disputed, first_th, note, income")
    pen.write("person", 1, {"first_th": "ค"}, one, two)

    central.ingest(centre, pen.seal(tmp_path, 4))

    assert disputed == [(True, "ข", "ใหม่", 5)]
    assert rows_of(centre, "person", "disputed, first_th, note") == [(False, "ค", None)]


def test_a_disputed_record_of_which_nothing_is_shown_is_not_there(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    first = pen.person(1, "ก")
    pen.write("person", 1, {}, first, op="del")
    pen.person(1, "ข", first, op="del")
    pen.lines[-1] = Line(pen.lines[-1].header, pen.lines[-1].body)
    central.ingest(centre, pen.seal(tmp_path))

    assert rows_of(centre, "person") == []


def test_a_value_of_an_old_line_that_no_column_can_hold_stops_no_query(
    centre: Centre, pen: Pen, tmp_path: Path, centre_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = updated(centre, centre_url, monkeypatch)
    pen.write("person", 1, {"income": "มาก", "no_phone": 7, "first_th": {"a": 1}})
    assert central.ingest(again, pen.seal(tmp_path)).accepted == 1
    assert len(rows_of(again, "person")) == 1


def test_the_reader_sees_the_read_tables_and_nothing_else(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server = request.getfixturevalue("server")
    url = server.new_database()
    centre, pen = new_centre(tmp_path, url), Pen()
    pen.enrol(centre, tmp_path)
    pen.person(1, "ก")
    central.ingest(centre, pen.seal(tmp_path))

    with tables.reading(centre.engine) as connection:
        connection.execute(text("SET LOCAL ROLE otg_reader"))
        assert connection.execute(text("SELECT first_th FROM reading.person")).all() == [("ก",)]
    for table in [*tables.metadata.tables, "alembic_version"]:
        with centre.engine.connect() as connection:
            connection.execute(text("SET ROLE otg_reader"))
            with pytest.raises(ProgrammingError, match="permission denied"):
                connection.execute(text(f'SELECT * FROM "{table}"'))
    drop_database(url)


def test_an_owner_who_may_make_no_roles_can_make_a_centre(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server = request.getfixturevalue("server")
    name = server.new_database().rsplit("/", 1)[1]
    first = tmp_path / "first"
    first.mkdir()
    new_centre(first, server.new_database())  # from now on the role is there
    server.execute("ALTER ROLE otg_reader RENAME TO aside")
    server.execute("CREATE ROLE plain LOGIN PASSWORD 'plain'")
    server.execute(f"ALTER DATABASE {name} OWNER TO plain")
    url = server.url(name, user="plain", password="plain")

    centre, pen = new_centre(tmp_path, url), Pen()
    pen.enrol(centre, tmp_path)
    pen.person(1, "ก")
    central.ingest(centre, pen.seal(tmp_path))

    assert rows_of(centre, "person", "first_th") == [("ก",)]
    drop_database(url)
    server.execute("DROP ROLE plain")
    server.execute("ALTER ROLE aside RENAME TO otg_reader")
