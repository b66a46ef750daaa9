"""A folder under watch: whole files are taken, half ones wait, wrong ones are put aside."""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from threading import Event

import pytest

from app.cli import main
from app.core.errors import UserError
from app.services import central
from app.services.central import Centre, Inbox, Ingested
from app.sync.bundle import Limits
from tests.makers.inbox import ends, names
from tests.makers.pens import Pen, where

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("ending", [".otg", ".OTG", ".zip"])
def test_whole_files_are_taken_at_the_first_look_and_answered(
    inbox: Inbox, pen: Pen, folder: Path, tmp_path: Path, ending: str
) -> None:
    pen.person(1, "ก")
    path = pen.seal(folder)
    path = path.rename(path.with_suffix(ending))

    assert ends(inbox.look()) == {path.name: "accepted"}
    assert names(folder) == [] and names(folder / "taken") == [path.name]
    assert len(names(tmp_path / "receipts")) == 1
    assert inbox.look() == []


def test_a_file_that_is_still_copied_is_left_alone_and_said_once(
    inbox: Inbox, pen: Pen, folder: Path, tmp_path: Path
) -> None:
    pen.person(1, "ก")
    whole = pen.seal(tmp_path).read_bytes()
    path = folder / "OTG-15.zip"
    for size in (100, 900, len(whole) - 1):
        path.write_bytes(whole[:size])
        found = inbox.look()
        assert ends(found) == ({path.name: "copying"} if size == 100 else {})
        assert names(folder) == [path.name]
    path.write_bytes(whole)

    assert ends(inbox.look()) == {path.name: "accepted"}
    assert central.status(inbox.centre).quarantined == 0


def test_a_file_under_a_temporary_name_is_left_alone_for_ever(
    inbox: Inbox, pen: Pen, folder: Path
) -> None:
    pen.person(1, "ก")
    path = pen.seal(folder)
    half = path.rename(path.with_name(f"{path.name}.part"))
    (folder / "อ่านก่อน.txt").write_text("ข้อความ", encoding="utf-8")
    (folder / ".hidden.zip").write_bytes(b"")

    assert [ends(inbox.look()) for _time in range(3)] == [{half.name: "copying"}, {}, {}]
    half.rename(path)
    assert ends(inbox.look()) == {path.name: "accepted"}
    assert "อ่านก่อน.txt" in names(folder)


def test_what_stands_still_and_is_wrong_is_put_aside_with_the_reason_in_thai(
    inbox: Inbox, pen: Pen, folder: Path, tmp_path: Path
) -> None:
    pen.person(1, "ก")
    path = pen.seal(folder)
    path.write_bytes(path.read_bytes()[:-50])

    assert ends(inbox.look()) == {path.name: "copying"}
    assert central.status(inbox.centre).quarantined == 0
    assert ends(inbox.look()) == {path.name: "quarantined"}

    assert names(folder) == []
    assert names(tmp_path / "aside") == [path.name, f"{path.name}.txt"]
    text = (tmp_path / "aside" / f"{path.name}.txt").read_text(encoding="utf-8")
    assert "incomplete" in text and "เหตุผล" in text
    assert central.status(inbox.centre).quarantined == 1


def test_another_file_of_the_same_name_stays_beside_the_first(
    inbox: Inbox, pen: Pen, folder: Path
) -> None:
    pen.person(1, "ก")
    path = pen.seal(folder)
    first = path.read_bytes()
    inbox.look()
    pen.sealed -= 1
    pen.person(2, "ข")
    assert pen.seal(folder).name == path.name
    inbox.look()
    path.write_bytes(first)

    assert ends(inbox.look()) == {path.name: "duplicate"}
    assert len(names(folder / "taken")) == 2


def test_a_file_that_is_too_large_is_put_aside(
    centre: Centre, pen: Pen, folder: Path, tmp_path: Path
) -> None:
    pen.person(1, "ก")
    path = pen.seal(folder)
    small = Inbox(centre, folder, tmp_path / "aside", limits=Limits(sealed_bytes=100))
    small.look()
    (found,) = small.look()
    assert (found.status, found.code) == ("quarantined", "too_big")
    assert names(tmp_path / "aside")[0] == path.name


def test_a_centre_at_fault_leaves_the_files_where_they_are(
    inbox: Inbox, pen: Pen, folder: Path
) -> None:
    pen.person(1, "ก")
    path = pen.seal(folder)
    (inbox.centre.keys / "centre.agekey").unlink()
    with pytest.raises(UserError) as refused:
        inbox.look()
    assert refused.value.code == "no_keys"
    assert names(folder) == [path.name]


def test_an_office_without_a_desk_that_reads_gets_no_receipt(
    inbox: Inbox, pen: Pen, folder: Path, tmp_path: Path
) -> None:
    pen.person(1, "ก")
    path = pen.seal(folder)
    central.revoke(inbox.centre, "15", pen.key.key_id, "หาย")
    for _time in range(2):
        inbox.look()
    central.release(inbox.centre, str(tmp_path / "aside" / path.name), "ตรวจแล้ว")
    (tmp_path / "aside" / path.name).rename(path)

    assert ends(inbox.look()) == {path.name: "accepted"}
    assert names(tmp_path / "receipts") == []


def test_a_drive_that_cannot_rename_gets_a_copy(
    inbox: Inbox, pen: Pen, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pen.person(1, "ก")
    path = pen.seal(folder)
    rename = Path.replace

    def refuse(this: Path, target: Path) -> Path:
        if this == path:
            raise OSError(18, "another drive")
        return rename(this, target)

    monkeypatch.setattr(Path, "replace", refuse)
    inbox.look()
    assert names(folder) == [] and names(folder / "taken") == [path.name]


def test_a_file_that_vanishes_between_two_steps_stops_no_other(
    inbox: Inbox, pen: Pen, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pen.person(1, "ก")
    path = pen.seal(folder)
    (folder / "gone.otg").symlink_to(folder / "nowhere")
    monkeypatch.setattr(
        "app.services.central.intake.inbox._is_one", lambda each: each.suffix == ".otg"
    )
    assert ends(inbox.look()) == {path.name: "accepted"}


def test_a_watch_looks_until_it_is_stopped_and_says_each_file_once(
    inbox: Inbox, pen: Pen, folder: Path
) -> None:
    pen.person(1, "ก")
    path = pen.seal(folder)
    stop, looks = Event(), list[list[Ingested]]()

    def say(found: Iterable[Ingested]) -> None:
        looks.append(list(found))
        if len(looks) == 2:
            stop.set()

    central.watch(inbox, stop=stop, every=0.01, say=say)
    assert [ends(look) for look in looks] == [{path.name: "accepted"}, {}]


def test_the_command_takes_an_inbox_once_and_refuses_to_guess(
    centre: Centre,
    pen: Pen,
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.cli.ingesting._PAUSE", 0.0)
    db = where(centre)
    pen.person(1, "ก")
    good = pen.seal(folder)
    (folder / "bad.zip").write_bytes(b"no bundle")
    (folder / "half.zip.part").write_bytes(b"PK")

    assert main(["central", "ingest", "--inbox", str(folder), *db, "--json"]) == 2
    rows = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    assert {row["file"]: row["status"] for row in rows} == {
        good.name: "accepted",
        "bad.zip": "quarantined",
        "half.zip.part": "copying",
    }
    assert names(folder / "quarantine") == ["bad.zip", "bad.zip.txt"]
    assert main(["central", "ingest", *db]) == 2
    again = ["central", "ingest", str(folder / "taken"), "--receipts", str(tmp_path / "out")]
    assert main([*again, "--limit-mb", "1", *db, "--json"]) == 0
    assert len(names(tmp_path / "out")) == 1


@pytest.mark.long
def test_a_watch_killed_at_any_moment_and_begun_again_ends_with_everything_taken(
    centre: Centre, pen: Pen, folder: Path, tmp_path: Path
) -> None:
    for record in range(1, 21):
        pen.person(record, "ก")
    for place in range(1, 21, 2):
        pen.seal(folder, place, place + 1)
    (folder / "bad.zip").write_bytes(b"no bundle")
    command = [sys.executable, "-m", "app", "central", "ingest", "--inbox", str(folder)]
    command += ["--receipts", str(tmp_path / "receipts"), "--watch", "--every", "0.05", "--json"]
    command += where(centre)
    (tmp_path / "temporary").mkdir()  # what the killed ones leave there goes with the test
    apart = os.environ | {"TMPDIR": str(tmp_path / "temporary")}
    chance = random.Random(20250311)
    for _time in range(3):
        child = subprocess.Popen(command, cwd=ROOT, env=apart, stdout=subprocess.PIPE)
        with pytest.raises(subprocess.TimeoutExpired):
            child.communicate(timeout=chance.uniform(0.8, 2.2))
        child.kill()
        child.communicate()
    pen.person(21, "ก")
    pen.seal(folder, 21)  # the last one has something to do, whatever the others had time for
    child = subprocess.Popen(command, cwd=ROOT, env=apart, stdout=subprocess.PIPE)
    while names(folder):
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(0.1)
    os.kill(child.pid, signal.SIGTERM)
    child.communicate()

    assert child.returncode in (0, 1, 2)
    assert central.status(centre).records == {"person": 21}
    assert len(names(folder / "taken")) == 11
    assert names(folder / "quarantine") == ["bad.zip", "bad.zip.txt"]
    assert names(tmp_path / "receipts")
