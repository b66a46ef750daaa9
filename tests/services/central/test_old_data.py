"""The read tables show data of an older version as the centre's program reads it."""

from pathlib import Path
from typing import Any

import pytest

from app.core.line import Line
from app.models.people.person import Person
from app.services import central
from app.services.central import Centre
from devtools.pen import uuid
from tests.makers.central import rows_of
from tests.makers.pens import Pen, contents, new_centre, open_centre

COLUMNS = "id, disputed, first_th"


@pytest.fixture
def centre(tmp_path: Path, centre_url: str) -> Centre:
    return new_centre(tmp_path, centre_url)


@pytest.fixture
def pen(centre: Centre, tmp_path: Path) -> Pen:
    made = Pen()
    made.enrol(centre, tmp_path)
    return made


def _renamed(data: dict[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in data.items() if name != "first"}
    return rest | ({"first_th": data["first"]} if "first" in data else {})


def updated(centre: Centre, url: str, monkeypatch: pytest.MonkeyPatch) -> Centre:
    """Open the centre with a program in which a person's `first` has become `first_th`."""
    monkeypatch.setattr(Person, "schema", 2)
    monkeypatch.setattr(Person, "upcasters", {1: _renamed})
    return open_centre(url, centre.keys)


def test_what_was_taken_before_an_update_is_read_anew_by_it(
    centre: Centre, pen: Pen, tmp_path: Path, centre_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pen.write("person", 1, {"first": "หนึ่ง"})
    pen.write("group", 2, {"name": "สอง"})
    first = pen.write("person", 3, {"first": "สาม"})
    pen.write("person", 3, {}, first, op="del")
    central.ingest(centre, pen.seal(tmp_path))
    assert rows_of(centre, "person", COLUMNS) == [(uuid(1), False, None)]

    again = updated(centre, centre_url, monkeypatch)

    assert rows_of(again, "person", COLUMNS) == [(uuid(1), False, "หนึ่ง")]
    assert rows_of(again, "group", "name") == [("สอง",)]


def test_an_old_line_that_comes_after_the_update_is_read_until_a_newer_stands_on_it(
    centre: Centre, pen: Pen, tmp_path: Path, centre_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = updated(centre, centre_url, monkeypatch)
    old = pen.write("person", 1, {"first": "เก่า"})
    pen.write("person", 2, {"first_th": "ใหม่"}, v=2)
    central.ingest(again, pen.seal(tmp_path))
    before = rows_of(again, "person", COLUMNS)
    assert len(contents(again)["shown"]) == 1

    newer = pen.write("person", 1, {"first_th": "ล่าสุด"}, old, v=2)
    pen.write("person", 1, {"first": "อีกมือ"}, old)
    central.ingest(again, pen.seal(tmp_path, 3, 3))

    assert before == [(uuid(1), False, "เก่า"), (uuid(2), False, "ใหม่")]
    assert rows_of(again, "person", COLUMNS)[0] == (uuid(1), False, "ล่าสุด")
    assert contents(again)["shown"] == []
    central.ingest(again, pen.seal(tmp_path, 4))
    assert rows_of(again, "person", "disputed")[0] == (True,)
    pen.write("person", 1, {"first_th": "ตกลง"}, newer, pen.lines[3], v=2)
    central.ingest(again, pen.seal(tmp_path, 5))
    assert rows_of(again, "person", COLUMNS)[0] == (uuid(1), False, "ตกลง")


def test_a_body_that_comes_late_is_shown(
    centre: Centre, pen: Pen, tmp_path: Path, centre_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = updated(centre, centre_url, monkeypatch)
    old = pen.write("person", 1, {"first": "เก่า"})
    bare = {1: Line(old.header, None).to_bytes()}
    central.ingest(again, pen.seal(tmp_path, raw=bare))
    assert rows_of(again, "person", COLUMNS) == []

    central.ingest(again, pen.seal(tmp_path))

    assert rows_of(again, "person", COLUMNS) == [(uuid(1), False, "เก่า")]


def test_a_body_that_comes_late_is_shown_in_a_disputed_record_too(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    first = pen.write("person", 1, {"first_th": "ก"})
    second = pen.write("person", 1, {"first_th": "ก", "note": "มาช้า"}, first)
    pen.write("person", 1, {"first_th": "ข"}, first)
    bare = {2: Line(second.header, None).to_bytes()}
    central.ingest(centre, pen.seal(tmp_path, raw=bare))
    assert rows_of(centre, "person", "disputed, first_th, note") == [(True, "ข", None)]

    central.ingest(centre, pen.seal(tmp_path))

    assert rows_of(centre, "person", "disputed, first_th, note") == [(True, "ข", "มาช้า")]


def test_an_erased_record_of_an_old_version_is_not_shown(
    centre: Centre, pen: Pen, tmp_path: Path, centre_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = updated(centre, centre_url, monkeypatch)
    pen.write("person", 1, {"first": "เก่า"})
    central.ingest(again, pen.seal(tmp_path))

    central.erase(again, "15", "person", uuid(1), reason="คำสั่ง", decided_by="นายทะเบียน")

    assert rows_of(again, "person") == [] and contents(again)["shown"] == []
