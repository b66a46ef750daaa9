"""The centre can be made anew from its archive, and then holds the very same."""

import json
from pathlib import Path

import pytest

from app.cli import main
from app.core.errors import UserError
from app.models.central import tables
from app.services import central
from app.services.central import Centre
from app.services.central.money import ledger
from devtools.pen import uuid
from tests.makers.announcements import ROUND, decision
from tests.makers.central import SAME, SAME_TOO, fill, rebuilt
from tests.makers.pens import Pen, contents, open_centre, where


def balances(centre: Centre) -> list[ledger.Balance]:
    with tables.reading(centre.engine) as connection:
        return [ledger.balance(connection, ROUND, office) for office in ("15", "93", None)]


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
