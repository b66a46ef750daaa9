"""The ministry's questions are answered from the records alone."""

import json
from pathlib import Path

import pytest

from app.cli import main
from app.models.central import tables
from app.services import central
from tests.makers.announcements import MILLION, ROUND, apply, decision
from tests.makers.office import id_number
from tests.makers.pens import Pen, new_centre


def test_the_nation_in_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    centre = new_centre(tmp_path)
    here, there, silent = Pen(office="15"), Pen(office="93"), Pen(office="10A")
    for pen in (here, there, silent):
        pen.enrol(centre, tmp_path)
        pen.write("person", 1, {"id_kind": "thai13", "id_no": id_number(5)})
    statuses = ("developed", "model", "model", "registered")
    kinds = ("developed", "waiting", "waiting", "outside")
    for number, (status, kind) in enumerate(zip(statuses, kinds, strict=True), 10):
        here.write("group", number, {"status": status, "cohort": "2567", "cohort_kind": kind})
    there.write("group", 20, {"status": "developed", "cohort": "2567", "cohort_kind": "developed"})
    there.write("group", 21, {"status": "developed", "void_reason": "ซ้ำ"})
    there.write("group", 22, {"status": "registered", "cohort": "2566", "cohort_kind": "waiting"})
    apply(here, 30, MILLION)
    for pen in (here, there):
        central.ingest(centre, pen.seal(tmp_path))
    central.allot(centre, "15", ROUND, 2 * MILLION)
    central.decide(centre, "15", "15-2568-A-0030", decision())
    with tables.acting(centre.engine) as connection:
        table = tables.bundles
        old = (
            table.update().where(table.c.office == "93").values(received_at="2025-01-01T00:00:00Z")
        )
        connection.execute(old)

    words = ["central", "status", "--db", f"sqlite:///{tmp_path / 'centre.db'}", "--json"]
    assert main([*words, "--keys", str(centre.keys)]) == 0
    found = json.loads(capsys.readouterr().out)

    assert found["cohort"] == {
        "cohort": "2567",
        "announced": 401,
        "announced_developed": 77,
        "announced_waiting": 324,
        "recorded": 4,
        "developed": 2,
        "waiting": 2,
    }
    assert found["groups"] == {
        "15": {"developed": 1, "model": 2, "registered": 1},
        "93": {"developed": 1, "registered": 1},
    }
    assert found["rounds"][ROUND] == {
        "appropriated": 5 * MILLION,
        "allotted": 2 * MILLION,
        "reserved": 0,
        "committed": MILLION,
        "disbursed": 0,
        "returned": 0,
        "left": MILLION,
    }
    assert found["duplicate_persons"] == 1
    assert found["silent_days"]["15"] == 0 and found["silent_days"]["10A"] is None
    assert found["silent_days"]["93"] > 300
    assert len(found["state_digest"]) == 64
