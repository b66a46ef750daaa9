"""Code tables of the ministry reach every desk by receipt, and no older one replaces a newer."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.core.errors import UserError
from app.services import central, exchange
from app.services.central import Centre
from app.services.office.desk import Desk
from app.sync.receipt import Receipt
from tests.makers.answers import Voice
from tests.makers.office import person
from tests.makers.pens import introduce, where


@pytest.fixture
def known(desk: Desk, centre: Centre, tmp_path: Path) -> Desk:
    introduce(desk, centre, tmp_path)
    person(desk)
    central.ingest(centre, exchange.export(desk.store, tmp_path).path)
    return desk


def told(desk: Desk, centre: Centre, folder: Path) -> Receipt:
    (receipt,) = central.write_receipts(centre, folder)
    return exchange.apply_receipt(desk.store, receipt.path)


def test_a_table_goes_out_with_every_receipt_and_the_newest_stays(
    known: Desk, centre: Centre, tmp_path: Path
) -> None:
    table = {"version": 1, "rows": ["ก"]}
    assert exchange.code_table(known.store, "occupation") is None
    assert central.put_table(centre, "occupation", table)
    assert not central.put_table(centre, "occupation", table)
    told(known, centre, tmp_path)
    assert exchange.code_table(known.store, "occupation") == table

    newer = {"version": 2, "rows": ["ก", "ข"]}
    central.put_table(centre, "occupation", newer)
    told(known, centre, tmp_path)
    assert exchange.code_table(known.store, "occupation") == newer


@pytest.mark.parametrize(
    ("name", "table", "code"),
    [
        ("Occupation", {"version": 1}, "table_form"),
        ("occupation", {}, "table_form"),
        ("occupation", {"version": True}, "table_form"),
        ("occupation", {"version": 1, "rate": 0.5}, "uncanonical"),
        ("kept", {"version": 1, "rows": []}, "older_table"),
    ],
)
def test_what_is_no_newer_table_is_refused(
    centre: Centre, name: str, table: dict[str, Any], code: str
) -> None:
    central.put_table(centre, "kept", {"version": 1, "rows": ["ก"]})
    with pytest.raises(UserError) as refused:
        central.put_table(centre, name, table)
    assert refused.value.code == code


def test_a_table_of_another_form_or_an_older_version_changes_nothing(
    known: Desk, centre: Centre, tmp_path: Path
) -> None:
    voice = Voice(known, centre, tmp_path)
    newest = {"version": 3, "rows": []}
    for number, table in enumerate((newest, {"version": 2}, {"version": "9"}, "no table"), 1):
        said = voice.say(number=number, tables={"occupation": table})
        exchange.apply_receipt(known.store, said)
    assert exchange.code_table(known.store, "occupation") == newest


def test_the_command_puts_a_table_in(
    centre: Centre, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "occupation.json"
    file.write_text(json.dumps({"version": 1, "rows": []}), encoding="utf-8")
    assert main(["central", "table", "occupation", str(file), "--json", *where(centre)]) == 0
    assert json.loads(capsys.readouterr().out) == {"name": "occupation", "new": True}
