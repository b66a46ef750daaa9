"""What the gate says of headings, of lines of older programs, and of an entry half good."""

from pathlib import Path
from typing import Any

import pytest

from app.core.errors import UserError
from app.core.line import MOST_DATA_BYTES, MOST_GENERATIONS
from app.models.central import tables
from app.models.people.person import Person
from app.services import central, exchange
from app.services.central import Centre
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records import verdicts
from tests.makers.pens import Pen, open_centre
from tests.makers.senders import befriend, seal_for


def of_no_form(_data: Any) -> Any:
    raise KeyError("first_th")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"at": "2026-02-30T08:00:00Z"}, "line_header"),
        ({"depth": MOST_GENERATIONS + 1}, "line_header"),
        ({"depth": MOST_GENERATIONS}, ""),
    ],
)
def test_a_heading_that_no_desk_writes_is_refused(
    pen: Pen, changes: dict[str, Any], code: str
) -> None:
    assert verdicts.judge(pen.write("person", 1, {"first_th": "ก"}, **changes)).code == code


def test_a_record_that_could_not_be_written_again_is_refused(pen: Pen) -> None:
    of_a_newer_program = "ก" * MOST_DATA_BYTES
    line = pen.write("person", 1, {"first_th": "ก", "novel": of_a_newer_program})
    assert verdicts.judge(line).code == "field_form"


def test_an_older_line_is_judged_as_it_is_read_today(
    pen: Pen, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = pen.write("person", 1, {"first_th": "ก"})
    monkeypatch.setattr(Person, "schema", 2)
    monkeypatch.setattr(Person, "upcasters", {1: lambda data: data | {"last_th": 5}})
    assert verdicts.judge(line).code == ""
    monkeypatch.setattr(Person, "upcasters", {1: of_no_form})
    assert verdicts.judge(line).code == "field_form"


def test_a_desk_leaves_an_entry_out_as_a_whole(desk: Desk, tmp_path: Path) -> None:
    sender = befriend(desk, Pen())
    bad = sender.write("person", 1, {"first_th": None})
    sender.write("person", 2, {"first_th": "ข"}, act=bad.header.act)

    taken = exchange.import_bundle(desk.store, seal_for(desk, sender, tmp_path))

    assert (taken.new, taken.left_out) == (0, 2)
    assert [each.code for each in exchange.lines_left_out(desk.store)] == ["field_form", "act"]


def test_what_an_older_centre_accepted_stays_accepted_when_it_is_made_anew(
    centre: Centre, pen: Pen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pen.write("person", 1, {"first_th": "ก", "id_no": None})
    with monkeypatch.context() as older:  # a program that asked no value for its form
        older.setattr(verdicts, "rules_of", lambda _entity: {})
        older.setattr(verdicts, "_has_null", lambda _value: False)
        assert central.ingest(centre, pen.seal(tmp_path)).accepted == 1

    new = open_centre(f"sqlite:///{tmp_path / 'new.db'}", centre.keys)
    central.rebuild(new, centre)

    with tables.reading(new.engine) as connection:
        assert list(
            connection.scalars(
                tables.revisions.select().with_only_columns(tables.revisions.c.state)
            )
        ) == ["accepted"]


def test_a_desk_whose_making_did_not_end_is_said_at_the_sign_in(tmp_path: Path) -> None:
    (tmp_path / "keys.json.part").write_bytes(b"{")
    with pytest.raises(UserError) as refused:
        desks.open_desk(tmp_path, user="", password="12345678")
    assert refused.value.code == "unfinished" and "keys.json.part" in refused.value.sentence


@pytest.mark.parametrize("null", [{"id_no": None}, {"address": {"road": None}}])
def test_null_is_passed_by_only_where_the_centre_signed_it_under_the_first_envelope(
    null: dict[str, object],
) -> None:
    line = Pen().write("person", 1, {"first_th": "ก"} | null)

    assert verdicts.flaw(line, null_is_absent=True) is None
    found = verdicts.flaw(line)
    assert found is not None and found.code == "field_form"


@pytest.mark.parametrize("null", [None, [None], {"inner": [{"deep": None}]}])
def test_null_stands_in_no_field_that_nobody_described_either(null: object) -> None:
    found = verdicts.flaw(Pen().write("person", 1, {"first_th": "ก", "shoe_size": null}))

    assert found is not None and found.code == "field_form"
    assert (
        verdicts.flaw(Pen().write("person", 1, {"first_th": "ก", "shoe_size": [{"a": 1}]})) is None
    )
