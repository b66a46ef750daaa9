"""A file or an office over which the program itself fails never stops the others."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

import app
from app.cli import main
from app.core import paths
from app.core.errors import UserError
from app.models.central import tables
from app.models.loans.file import LoanFile
from app.services import central
from app.services.central import Centre, Inbox
from app.services.central.money import ledger
from tests.makers.announcements import MILLION, ROUND, apply
from tests.makers.pens import Pen, open_centre, where

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    return made


@pytest.fixture
def inbox(centre: Centre, folder: Path, tmp_path: Path) -> Inbox:
    return Inbox(centre, folder, tmp_path / "aside", tmp_path / "receipts")


@pytest.fixture
def other(centre: Centre, tmp_path: Path) -> Pen:
    """The desk of another office."""
    made = Pen(office="93")
    made.enrol(centre, tmp_path)
    return made


def break_table(centre: Centre, table: str, office: str = "15") -> None:
    """Let the database raise for every row of one office: no fault that the program foresees."""
    condition = f"NEW.office = '{office}'"
    if centre.engine.dialect.name == "sqlite":
        statements = [
            f"CREATE TRIGGER broken_{table} BEFORE INSERT ON {table} WHEN {condition} "
            "BEGIN SELECT RAISE(ABORT, 'broken on purpose'); END"
        ]
    else:
        statements = [
            "CREATE OR REPLACE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'broken on purpose'; END $$",
            f"CREATE TRIGGER broken_{table} BEFORE INSERT ON {table} FOR EACH ROW "
            f"WHEN ({condition}) EXECUTE FUNCTION broken()",
        ]
    with tables.acting(centre.engine) as connection:
        for statement in statements:
            connection.execute(text(statement))


def mend_table(centre: Centre, table: str) -> None:
    on = "" if centre.engine.dialect.name == "sqlite" else f" ON {table}"
    with tables.acting(centre.engine) as connection:
        connection.execute(text(f"DROP TRIGGER broken_{table}{on}"))


def two_files(pen: Pen, other: Pen, folder: Path) -> tuple[str, str]:
    pen.person(1, "นางสาวตัวอย่างผู้ไม่มีใครควรเห็น")
    other.person(2, "ข")
    return pen.seal(folder).name, other.seal(folder).name


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def faults(folder: Path) -> Path:
    return folder / "faults" / app.__version__


def test_the_inbox_puts_the_file_by_and_takes_the_others(
    inbox: Inbox, pen: Pen, other: Pen, folder: Path
) -> None:
    broken, sound = two_files(pen, other, folder)
    break_table(inbox.centre, "revision")

    first = {each.file: each.status for each in inbox.look()}
    second = {each.file: each for each in inbox.look()}

    assert first == {broken: "copying", sound: "accepted"}
    assert (second[broken].status, second[broken].code) == ("fault", "fault")
    assert names(folder) == [] and names(folder / "taken") == [sound]
    assert names(faults(folder)) == [broken, f"{broken}.txt"]
    said = (faults(folder) / f"{broken}.txt").read_text(encoding="utf-8")
    number = second[broken].reason.split("(")[1].split(")")[0].split()[-1]
    assert number in said and "สำนักงานที่ส่งไม่ได้ทำผิด" in said
    assert central.status(inbox.centre).records == {"person": 1}
    assert inbox.look() == []


def test_another_version_of_the_program_tries_again_what_was_put_by(
    inbox: Inbox, pen: Pen, other: Pen, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, _sound = two_files(pen, other, folder)
    break_table(inbox.centre, "revision")
    for _time in range(2):
        inbox.look()
    mend_table(inbox.centre, "revision")
    assert inbox.look() == []  # the same program would fail again

    monkeypatch.setattr(app, "__version__", "99.0.0")

    assert {each.file: each.status for each in inbox.look()} == {broken: "accepted"}
    assert list((folder / "faults").iterdir()) == []
    assert names(folder / "taken") and central.status(inbox.centre).records == {"person": 2}


def test_a_file_that_somebody_keeps_beside_those_put_by_is_left_there(
    inbox: Inbox, folder: Path
) -> None:
    older = folder / "faults" / "0.0.1"
    older.mkdir(parents=True)
    (older / "บันทึก.txt").write_text("ส่งให้ผู้ดูแลแล้ว", encoding="utf-8")

    assert inbox.look() == []
    assert names(older) == ["บันทึก.txt"]


def test_an_office_whose_receipt_fails_is_owed_it_and_the_others_get_theirs(
    inbox: Inbox, pen: Pen, other: Pen, folder: Path, tmp_path: Path
) -> None:
    two_files(pen, other, folder)
    break_table(inbox.centre, "receipt")

    found = {each.file: each.status for each in inbox.look()}

    assert sorted(found.values()) == ["accepted", "accepted", "fault"]
    assert found["ใบตอบรับของสำนักงาน 15"] == "fault"
    assert len(names(folder / "taken")) == 2
    assert [name[:6] for name in names(tmp_path / "receipts") if name.endswith("-R.otg")] == [
        "OTG-93"
    ]
    assert inbox.look() == []  # said once
    mend_table(inbox.centre, "receipt")
    inbox.look()
    assert len([name for name in names(tmp_path / "receipts") if "OTG-15" in name]) == 1


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of this test's own, in which the log is written."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return paths.default_data()


def test_the_command_goes_on_over_named_files_and_exits_with_3(
    centre: Centre,
    pen: Pen,
    other: Pen,
    folder: Path,
    home: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    broken, sound = two_files(pen, other, folder)
    break_table(centre, "revision")
    files = [str(folder / name) for name in (broken, sound)]

    code = main(["central", "ingest", *files, *where(centre), "--json"])

    rows = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    assert code == 3
    assert {row["file"]: row["status"] for row in rows} == {broken: "fault", sound: "accepted"}
    number = next(row["reason"] for row in rows if row["file"] == broken)
    written = (home / "log" / "tambondesk.log").read_text(encoding="utf-8")
    assert any(word in written for word in number.replace(")", " ").split() if len(word) == 6)
    assert "ตัวอย่าง" not in written
    assert sorted(each.name for each in folder.iterdir()) == sorted([broken, sound])


@pytest.mark.parametrize("word", ["receipts", "ingest"])
@pytest.mark.usefixtures("home")
def test_the_commands_write_the_receipts_that_can_be_written_and_exit_with_3(
    centre: Centre,
    pen: Pen,
    other: Pen,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    word: str,
) -> None:
    files = [str(folder / name) for name in two_files(pen, other, folder)]
    for file in files:
        central.ingest(centre, Path(file))
    break_table(centre, "receipt")
    out = folder / "out"
    more = ["receipts", "--out", str(out)]
    more = more if word == "receipts" else ["ingest", *files, "--receipts", str(out)]

    code = main(["central", *more, *where(centre), "--json"])

    assert code == 3 and "ใบตอบรับของสำนักงาน 15" in capsys.readouterr().out
    assert [name[:6] for name in names(out) if name.endswith("-R.otg")] == ["OTG-93"]


def test_a_watch_lives_on_and_takes_what_comes_after(
    centre: Centre, pen: Pen, other: Pen, folder: Path, tmp_path: Path
) -> None:
    pen.person(1, "ก")
    broken = pen.seal(folder)
    break_table(centre, "revision")
    words = ["central", "ingest", "--inbox", str(folder), "--watch", "--every", "0.1", "--json"]
    child = subprocess.Popen(
        [sys.executable, "-m", "app", *words, *where(centre)], cwd=ROOT, stdout=subprocess.PIPE
    )
    try:
        _wait_for(faults(folder) / broken.name)
        other.person(2, "ข")
        late = other.seal(folder)
        _wait_for(folder / "taken" / late.name)
        assert child.poll() is None
    finally:
        child.terminate()
        child.communicate(timeout=60)
    assert child.returncode == 3


def _wait_for(path: Path) -> None:
    until = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < until, f"{path.name} never came"
        time.sleep(0.05)


def test_a_disk_or_database_at_fault_stops_before_the_next_file_and_leaves_all(
    inbox: Inbox, pen: Pen, other: Pen, folder: Path
) -> None:
    both = sorted(two_files(pen, other, folder))
    (inbox.centre.keys / "centre.agekey").unlink()

    for _time in range(2):
        with pytest.raises(UserError):
            inbox.look()

    assert names(folder) == both and not (folder / "faults").exists()


def test_an_office_over_which_an_update_fails_waits_for_the_next_and_the_others_go_along(
    centre: Centre,
    pen: Pen,
    other: Pen,
    tmp_path: Path,
    centre_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for desk in (pen, other):
        central.allot(centre, desk.office, ROUND, 2 * MILLION)
        apply(desk, 1, MILLION)
        central.ingest(centre, desk.seal(tmp_path))
    break_table(centre, "application")
    monkeypatch.setattr(LoanFile, "schema", 2)
    monkeypatch.setattr(LoanFile, "upcasters", {1: lambda data: data})

    again = open_centre(centre_url, centre.keys)

    assert central.status(again).owed == ("15",)
    assert central.status(again, office="93").owed == ()
    with tables.reading(again.engine) as connection:
        balances = [ledger.balance(connection, ROUND, office) for office in ("15", "93")]
    assert balances[0] == balances[1]  # as it was before, and as it is computed anew
    mend_table(again, "application")
    assert central.status(open_centre(centre_url, centre.keys)).owed == ("15",)
    monkeypatch.setattr(app, "__version__", "99.0.0")
    assert central.status(open_centre(centre_url, centre.keys)).owed == ()


def test_an_office_whose_held_lines_cannot_be_judged_keeps_them_held(
    centre: Centre,
    pen: Pen,
    other: Pen,
    tmp_path: Path,
    centre_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for desk in (pen, other):
        desk.write("loan_file", 1, {"round": ROUND}, v=2)
        central.ingest(centre, desk.seal(tmp_path))
    assert central.status(centre).held == 2
    break_table(centre, "head")
    monkeypatch.setattr(LoanFile, "schema", 2)
    monkeypatch.setattr(LoanFile, "upcasters", {1: lambda data: data})

    again = open_centre(centre_url, centre.keys)

    assert (central.status(again).held, central.status(again).owed) == (1, ("15",))
    mend_table(again, "head")
    monkeypatch.setattr(app, "__version__", "99.0.0")
    assert central.status(open_centre(centre_url, centre.keys)).held == 0
