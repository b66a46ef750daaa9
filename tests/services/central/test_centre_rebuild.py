"""The centre can be made anew from its archive, and then holds the very same."""

import json
from pathlib import Path

import pytest

from app.cli import main
from app.core.errors import UserError
from app.core.line import Line
from app.models.central import tables
from app.services import central
from app.services.central import Centre
from app.services.central.money import ledger
from devtools.pen import uuid
from tests.makers.pens import Pen, contents, open_centre, where
from tests.services.central.test_announcements import MILLION, ROUND, apply, decision

SAME = ("revision", "head", "overtaken", "unread", "withheld", "file", "person_key", "erased")
SAME_TOO = ("application", "office_key", "receipt", "archive", "bundle", "run")


def fill(centre: Centre, pen: Pen, folder: Path) -> None:
    """Let everything happen that can: forks, rejects, held lines, decisions, a withdrawn key."""
    other = Pen(office="93")
    other.enrol(centre, folder)
    frame = {"code": ROUND, "name": "รอบ", "apply_from": "2024-12-01", "apply_to": "2025-04-30"}
    central.announce_round(centre, frame | {"pot": 6 * MILLION})
    central.allot(centre, "15", ROUND, 3 * MILLION)
    first = apply(pen, 1, MILLION)
    apply(pen, 2, 2 * MILLION)
    copy = pen.clone()
    pen.write("person", 3, {"first_th": ["not", "text"]})
    pen.write("drone_licence", 4, {"name": "ข"})
    copy.person(3, "ค")
    withheld = other.person(1, "ง")
    bare = {1: Line(withheld.header, None).to_bytes()}
    central.ingest(centre, other.seal(folder, raw=bare))
    for each in (pen, copy, other):
        assert central.ingest(centre, each.seal(folder)).content_id
    central.decide(centre, "15", uuid(1), decision("partly", MILLION // 2))
    central.allot(centre, "93", ROUND, MILLION)
    central.allot(centre, "15", ROUND, 4 * MILLION)
    apply(pen, 1, MILLION, first, status="disbursed")
    other.write("person", 1, {}, raw_line(other), op="del")
    broken = pen.person(9, "จ")
    central.ingest(centre, pen.seal(folder, 5, raw={broken.header.seq: b"{"}))
    central.roll(centre, signing=True, recipient=True)
    last = other.seal(folder, 2)
    central.revoke(centre, "93", other.key.key_id, "หาย")
    assert central.ingest(centre, last).code == "revoked_key"
    central.release(centre, str(last), "ตรวจแล้ว")
    assert central.ingest(centre, last).status == "accepted"
    central.write_receipts(centre, folder / "receipts", office="15")


def raw_line(pen: Pen) -> Line:
    return pen.lines[0]


def balances(centre: Centre) -> list[ledger.Balance]:
    with tables.reading(centre.engine) as connection:
        return [ledger.balance(connection, ROUND, office) for office in ("15", "93", None)]


def rebuilt(centre: Centre, folder: Path) -> Centre:
    new = open_centre(f"sqlite:///{folder / 'new.db'}", centre.keys)
    central.rebuild(new, centre)
    return new


def test_a_rebuilt_centre_holds_the_very_same_and_the_same_ledger(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    fill(centre, pen, tmp_path)
    new = rebuilt(centre, tmp_path)

    old_rows, new_rows = contents(centre), contents(new)
    for name in (*SAME, *SAME_TOO):
        assert new_rows[name] == old_rows[name], name
    assert old_rows["revision"] and old_rows["unread"] and old_rows["overtaken"]
    assert central.status(new) == central.status(centre)
    assert balances(new) == balances(centre)
    assert [each.committed + each.disbursed for each in balances(new)] == [
        50_000_000,
        0,
        50_000_000,
    ]


def test_a_rebuilt_centre_goes_on_without_writing_in_the_old_ones_place(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    fill(centre, pen, tmp_path)
    new = rebuilt(centre, tmp_path)

    central.decide(new, "15", uuid(2), decision("refused", 0))
    central.decide(centre, "15", uuid(2), decision("returned", 0))

    table = tables.revisions
    places = []
    for each in (centre, new):
        with tables.reading(each.engine) as connection:
            rows = connection.execute(table.select().where(table.c.type == "loan_decision"))
            places += [(row.epoch, row.seq, row.rev) for row in rows]
    assert len(set(places)) == 3  # one that both have, and one of each in a chain of its own
    assert len({place[:2] for place in set(places)}) == 3
    path = pen.seal(tmp_path)
    assert central.ingest(new, path).status == central.ingest(centre, path).status


def test_an_archive_that_lost_a_file_is_not_taken_for_the_whole(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    for record in (1, 2):
        pen.person(record, "ก")
        central.ingest(centre, pen.seal(tmp_path, record, record))
    with tables.acting(centre.engine) as connection:
        connection.execute(tables.bundles.delete().where(tables.bundles.c.no == 2))

    with pytest.raises(UserError) as refused:
        rebuilt(centre, tmp_path)
    assert refused.value.code == "another_state"
    rebuilding = open_centre(f"sqlite:///{tmp_path / 'new.db'}", centre.keys)
    with pytest.raises(UserError) as nothing:
        central.status(rebuilding)
    assert nothing.value.code == "no_centre"


def test_the_command_rebuilds_once(
    centre: Centre, pen: Pen, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pen.person(1, "ก")
    central.ingest(centre, pen.seal(tmp_path))
    words = ["central", "rebuild", "--db", f"sqlite:///{tmp_path / 'new.db'}", "--json"]
    words += ["--keys", str(centre.keys), "--from", where(centre)[1]]
    assert main(words) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["state_digest"] == central.status(centre).state_digest
    assert (found["bundles"], found["lines"]) == (1, 1)
    assert main(words) == 2
