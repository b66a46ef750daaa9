"""Power cuts, damaged files, strangers: the centre ends in one state or refuses in words."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import event

from app.cli import main
from app.core.errors import UserError
from app.services import central
from app.services.central import Centre
from devtools.pen import uuid
from tests.makers.pens import Pen, contents, empty, new_centre
from tests.makers.postgres import Server, drop_database

ROOT = Path(__file__).parents[3]
SECRET = "นางสาวตัวอย่างผู้ไม่มีใครควรเห็น"


@pytest.fixture
def db(tmp_path: Path, centre_url: str) -> list[str]:
    return ["--db", centre_url, "--keys", str(tmp_path / "centre-keys"), "--json"]


def run(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> tuple[int, list[dict[str, object]]]:
    capsys.readouterr()
    code = main(["central", *words])
    return code, [json.loads(row) for row in capsys.readouterr().out.splitlines()]


def full_bundle(pen: Pen, folder: Path, records: int = 40) -> Path:
    """Seal lines of every fate: taken, changed, disputed, held, rejected with their act, forked."""
    for record in range(records):
        first = pen.person(record, SECRET)
        pen.person(record, "ข", first)
        if record % 7 == 0:
            pen.person(record, "ค", first)
    pen.write("drone_licence", 900, {})
    pen.person(901, "ง", act=uuid(77))
    pen.write("fund_round", 902, {}, act=uuid(77))
    return pen.seal(folder)


@pytest.mark.long
def test_an_ingest_killed_at_every_step_and_run_again_ends_as_an_undisturbed_one(
    tmp_path: Path, centre: Centre, pen: Pen, centre_url: str
) -> None:
    path = full_bundle(pen, tmp_path)
    expected = central.ingest(centre, path)
    undisturbed = central.status(centre), without_times(centre)
    empty(centre)

    words = [centre_url, str(centre.keys), str(path)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.makers.killing", *words],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},  # who is killed leaves what was opened
        stdout=subprocess.PIPE,
        check=True,
    )
    killed = json.loads(done.stdout)

    # The last kill comes after the commit: what was done then stays done.
    whole = expected.accepted + expected.held + expected.rejected
    assert len(killed["steps"]) > 20 and "before the commit" in killed["steps"]
    assert killed["seen"] == [0, whole] and expected.held and expected.rejected
    assert central.ingest(centre, path).status == "duplicate"
    assert (central.status(centre), without_times(centre)) == undisturbed


def without_times(centre: Centre) -> dict[str, list[tuple[object, ...]]]:
    rows = contents(centre)
    return rows | {"bundle": [row[:-1] for row in rows["bundle"]]}


def test_a_server_that_stops_in_the_middle_leaves_nothing_and_the_next_ingest_takes_all(
    tmp_path: Path, server: Server
) -> None:
    url = server.new_database()
    centre, pen = new_centre(tmp_path, url), Pen()
    pen.enrol(centre, tmp_path)
    path = full_bundle(pen, tmp_path)
    expected = central.ingest(centre, path, dry_run=True)
    left = [0]

    def stop(*_statement: object) -> None:
        left[0] -= 1
        if not left[0]:
            server.stop("immediate")

    event.listen(centre.engine, "before_cursor_execute", stop)
    for steps in (3, 9, 15, 21):
        left[0] = steps
        with pytest.raises(UserError) as refused:
            central.ingest(centre, path)
        assert refused.value.code in ("database_stopped", "database_away")
        server.start()
        assert central.status(centre).lines == 0
    event.remove(centre.engine, "before_cursor_execute", stop)

    assert central.ingest(centre, path) == expected
    drop_database(url)


def test_a_disk_that_is_full_leaves_nothing_and_the_next_ingest_takes_all(
    tmp_path: Path, server: Server
) -> None:
    url = server.new_database()
    centre, pen = new_centre(tmp_path, url), Pen()
    pen.enrol(centre, tmp_path)
    for record in range(1200):
        pen.person(record, SECRET * 5)
    path = pen.seal(tmp_path)

    # Beyond a whole segment of the log, and not a whole number of pages: a write ends short.
    server.stop()
    server.start(most_bytes=(1 << 20) + 4096)
    with pytest.raises(UserError) as refused:
        central.ingest(centre, path)
    server.stop()
    server.start()

    assert refused.value.code == "disk_full"
    assert central.status(centre).lines == 0
    assert central.ingest(centre, path).accepted == 1200
    drop_database(url)


def test_a_file_that_may_not_grow_leaves_nothing_and_the_next_ingest_takes_all(
    tmp_path: Path,
) -> None:
    centre, pen = new_centre(tmp_path), Pen()
    pen.enrol(centre, tmp_path)
    for record in range(1200):
        pen.person(record, SECRET)
    path = pen.seal(tmp_path)
    url = f"sqlite:///{tmp_path / 'centre.db'}"
    words = ["central", "ingest", str(path), "--db", url, "--keys", str(centre.keys)]

    done = subprocess.run(
        ["prlimit", "--fsize=500000", sys.executable, "-m", "app", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2 and "ดิสก์" in done.stderr and "Traceback" not in done.stderr
    assert central.status(centre).lines == 0
    assert central.ingest(centre, path).accepted == 1200


def test_a_disk_that_fills_up_at_the_second_file_does_not_deny_the_first(tmp_path: Path) -> None:
    centre, pen = new_centre(tmp_path), Pen()
    pen.enrol(centre, tmp_path)
    pen.person(1, SECRET)
    first = pen.seal(tmp_path)
    for record in range(2, 1200):
        pen.person(record, SECRET)
    second = pen.seal(tmp_path)
    url = f"sqlite:///{tmp_path / 'centre.db'}"
    words = ["central", "ingest", str(first), str(second), "--db", url, "--keys", str(centre.keys)]

    done = subprocess.run(
        ["prlimit", "--fsize=500000", sys.executable, "-m", "app", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2, done.stderr
    assert central.status(centre).lines == 1
    assert "ที่ทำเสร็จก่อนหน้านั้นยังคงอยู่" in done.stderr
    assert "ไม่มีข้อมูลใดถูกบันทึก" not in done.stderr


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
    outputs = [child.communicate()[0] for child in children]

    rows = [json.loads(output) for output in outputs]
    assert sum(row["accepted"] for row in rows) == 300
    assert sum(row["duplicate"] for row in rows) == 100
    assert central.status(centre).records == {"person": 300}
