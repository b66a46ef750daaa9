"""Power cuts, damaged files, strangers: the centre ends in one state or refuses in words."""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.cli import main
from app.models import central as tables
from app.services import central
from app.services.central import Centre
from tests.services.pens import Pen, contents, new_centre

ROOT = Path(__file__).parents[2]
SECRET = "นางสาวตัวอย่างผู้ไม่มีใครควรเห็น"


@pytest.fixture
def centre(tmp_path: Path, centre_url: str) -> Centre:
    return new_centre(tmp_path, centre_url)


@pytest.fixture
def pen(centre: Centre, tmp_path: Path) -> Pen:
    made = Pen()
    made.enrol(centre, tmp_path)
    return made


@pytest.fixture
def db(tmp_path: Path, centre_url: str) -> list[str]:
    return ["--db", centre_url, "--keys", str(tmp_path / "centre-keys"), "--json"]


def run(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> tuple[int, list[dict[str, object]]]:
    capsys.readouterr()
    code = main(["central", *words])
    return code, [json.loads(row) for row in capsys.readouterr().out.splitlines()]


def test_an_ingest_killed_at_any_moment_and_run_again_ends_as_an_undisturbed_one(
    tmp_path: Path, centre: Centre, pen: Pen, db: list[str]
) -> None:
    for record in range(1500):
        pen.person(record, SECRET)
    path = pen.seal(tmp_path)
    expected = central.ingest(centre, path, dry_run=True)
    command = [sys.executable, "-m", "app", "central", "ingest", str(path), *db]
    chance = random.Random(20250311)
    killed = 0
    for _time in range(4):
        child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        try:
            child.communicate(timeout=chance.uniform(0.2, 1.6))
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            killed += 1
        with tables.reading(centre.engine) as connection:
            counted = connection.scalar(select(func.count()).select_from(tables.revisions))
        assert counted in (0, 1500)

    last = central.ingest(centre, path)

    assert last.status in ("accepted", "duplicate") and killed
    assert expected.accepted == 1500 and central.status(centre).records == {"person": 1500}
    assert len(contents(centre)["head"]) == 1500


def test_a_flipped_bit_anywhere_is_refused_and_leaves_no_plain_text(
    tmp_path: Path,
    centre: Centre,
    pen: Pen,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pen.person(1, SECRET)
    path = pen.seal(tmp_path)
    whole = path.read_bytes()
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    header = whole.index(b"payload.zip.age")
    flipped = tmp_path / "flipped.zip"
    for place in [*range(header), *range(header, len(whole), 97)]:
        raw = bytearray(whole)
        raw[place] ^= 1
        flipped.write_bytes(raw)
        taken = central.ingest(centre, flipped, dry_run=True)
        assert (taken.status, taken.accepted) == ("quarantined", 0), place
        assert taken.code and taken.reason
    assert not list(scratch.iterdir())
    assert central.status(centre).lines == 0


def test_no_plain_text_of_a_damaged_bundle_reaches_the_disk(
    tmp_path: Path, centre: Centre, pen: Pen
) -> None:
    pen.person(1, SECRET)
    path = pen.seal(tmp_path)
    path.write_bytes(path.read_bytes()[:-1] + b"!")

    central.ingest(centre, path)

    centre.engine.dispose()
    assert not [
        each
        for each in tmp_path.rglob("*")
        if each.is_file() and SECRET.encode() in each.read_bytes()
    ]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [(lambda raw: raw[:-9] + b"x" + raw[-8:], 2), (lambda raw: raw[:-200], 2)],
    ids=["changed", "cut"],
)
def test_a_damaged_file_exits_with_2_and_a_reason(
    tmp_path: Path,
    pen: Pen,
    db: list[str],
    capsys: pytest.CaptureFixture[str],
    spoil: object,
    code: int,
) -> None:
    pen.person(1, "ก")
    path = pen.seal(tmp_path)
    path.write_bytes(spoil(path.read_bytes()))  # type: ignore[operator]

    exit_code, (row,) = run(["ingest", str(path), *db], capsys)

    assert exit_code == code
    assert row["status"] == "quarantined" and row["code"] and row["reason"]


def test_the_exit_code_is_that_of_the_worst_file(
    tmp_path: Path, pen: Pen, db: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    pen.person(1, "ก")
    good = pen.seal(tmp_path)
    pen.write("drone_licence", 2, {})
    held = pen.seal(tmp_path, 2)
    copy = pen.clone()
    pen.person(3, "ข")
    copy.person(3, "ค")
    rest, fork = pen.seal(tmp_path, 3), copy.seal(tmp_path, 3)
    strange = tmp_path / "strange.zip"
    strange.write_bytes(b"PK")

    codes = [
        run(["ingest", str(path), *db], capsys)[0]
        for path in (good, good, held, rest, fork, strange)
    ]

    assert codes == [0, 0, 1, 0, 1, 2]
    everything = [str(path) for path in (good, strange, held)]
    assert run(["ingest", *everything, *db], capsys)[0] == 2


def test_a_whole_folder_is_taken_in_and_counts_add_up(
    tmp_path: Path, pen: Pen, db: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for record in range(1, 4):
        pen.person(record, "ก")
    pen.write("fund_round", 9, {})
    pen.seal(inbox, 1, 2)
    pen.seal(inbox)

    code, rows = run(["ingest", str(inbox), *db], capsys)

    parts = ("accepted", "duplicate", "held", "rejected")
    assert code == 1
    assert [[row[name] for name in parts] for row in rows] == [[2, 0, 0, 0], [1, 2, 0, 1]]


def test_a_stranger_is_quarantined_once_and_nothing_of_it_is_stored(
    tmp_path: Path, centre: Centre, pen: Pen
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    stranger = Pen()
    stranger.enrol(new_centre(elsewhere), elsewhere)
    stranger.person(1, "ก")
    path = stranger.seal(tmp_path)

    taken = [central.ingest(centre, path) for _time in range(2)]

    assert {each.code for each in taken} == {"unknown_key"}
    assert central.status(centre).quarantined == 1
    assert not contents(centre)["revision"] and not contents(centre)["archive"]


def test_two_ingests_at_once_wait_for_each_other(
    tmp_path: Path, centre: Centre, pen: Pen, db: list[str]
) -> None:
    for record in range(300):
        pen.person(record, "ก")
    files = [pen.seal(tmp_path, 1, 200), pen.seal(tmp_path, 101, 300)]
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "app", "central", "ingest", str(path), *db],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        for path in files
    ]
    outputs = [child.communicate(timeout=60)[0] for child in children]

    rows = [json.loads(output) for output in outputs]
    assert sum(row["accepted"] for row in rows) == 300
    assert sum(row["duplicate"] for row in rows) == 100
    assert central.status(centre).records == {"person": 300}
