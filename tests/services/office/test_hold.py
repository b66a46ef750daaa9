"""The lock of a desk: many may have it open, one alone may replace its files."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from app.cli import main
from app.core.errors import UserError
from app.models.office import backup, hold
from app.models.office.store import MAIN
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records import records
from tests.services.conftest import PASSWORD, WEAK

COMMAND_AT_WORK = """
import sys
from pathlib import Path
from app.services.office import desk
from app.services.records import records
from tests.makers.lists import GROUP
opened = desk.open_desk(Path(sys.argv[1]), user="", password=sys.argv[2])
print("open", flush=True)
name = sys.stdin.readline().strip()
print(records.save(opened.store, "group", GROUP | {"name": name}).id, flush=True)
opened.close()
print("closed", flush=True)
sys.stdin.readline()
"""
WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from app.services.office import desk
from app.services.records import records
from tests.makers.lists import GROUP
from app.ui.shell import start

folder = Path(sys.argv[1])
opened = []

class Program(start.Program):
    def begin(self):
        super().begin()
        if sys.argv[3] == "signed-in":
            opened.append(desk.open_desk(folder, user="", password=sys.argv[2]))
            self._open(opened[0])
        QTimer.singleShot(0, heard)

def heard():
    print("open", flush=True)
    name = sys.stdin.readline().strip()
    for each in opened:
        print(records.save(each.store, "group", GROUP | {"name": name}).id, flush=True)
    start.QApplication.instance().exit()

start.Program = Program
start.run(folder)
print("closed", flush=True)
sys.stdin.readline()
"""


@contextmanager
def running(script: str, *arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
    """Run a script that says "open" when it has the desk."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert process.stdin and process.stdout
    try:
        assert process.stdout.readline() == "open\n"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def save_in(process: subprocess.Popen[str], name: str) -> str:
    """Let the other process save a group and close its desk; gives the group's id."""
    assert process.stdin and process.stdout
    process.stdin.write(f"{name}\n")
    process.stdin.flush()
    saved = process.stdout.readline().strip()
    if saved != "closed":
        assert process.stdout.readline() == "closed\n"
    return saved


def content(folder: Path) -> dict[str, bytes]:
    """Give what must stay as it is; the log and the database's own side files go on."""
    names = ("keys.json", "keys.copy.json", MAIN)
    return {name: (folder / name).read_bytes() for name in names}


@pytest.fixture
def folder(desk: Desk) -> Path:
    desk.close()
    return desk.store.folder


@pytest.fixture
def word(tmp_path: Path) -> Path:
    path = tmp_path / "password.txt"
    path.write_text(PASSWORD, encoding="utf-8")
    return path


@pytest.fixture
def saved(folder: Path, tmp_path: Path) -> Path:
    with closing(desks.open_desk(folder, user="", password=PASSWORD)) as desk:
        return backup.write(desk.store.main, tmp_path / "stick")


def restore(folder: Path, saved: Path, word: Path) -> int:
    return main(["restore", str(saved), "--data", str(folder), "--password-file", str(word)])


@pytest.mark.parametrize(
    ("script", "more"),
    [(COMMAND_AT_WORK, ()), (WINDOW, ("signed-in",)), (WINDOW, ("at the door",))],
    ids=["command", "window", "door"],
)
def test_nothing_is_put_back_over_a_desk_that_is_open(
    folder: Path,
    saved: Path,
    word: Path,
    script: str,
    more: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = content(folder)
    with running(script, folder, PASSWORD, *more) as other:
        assert restore(folder, saved, word) == 2
        said = capsys.readouterr().err
        assert "โต๊ะนี้เปิดอยู่" in said and "ไม่มีสิ่งใดเปลี่ยนแปลง" in said
        assert content(folder) == before
        assert not list(folder.parent.glob(f"{folder.name}.*"))
        entered = save_in(other, "กลุ่มที่บันทึกขณะเปิด")
        if "at the door" not in more:
            with closing(desks.open_desk(folder, user="", password=PASSWORD)) as desk:
                kept = records.get(desk.store, "group", entered)
                assert kept.data["name"] == "กลุ่มที่บันทึกขณะเปิด"
        assert restore(folder, saved, word) == 0  # the other lives on, and has let the desk go


def test_a_process_that_is_killed_lets_the_desk_go_at_once(
    folder: Path, saved: Path, word: Path
) -> None:
    with running(COMMAND_AT_WORK, folder, PASSWORD) as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert restore(folder, saved, word) == 0


def test_a_desk_that_is_open_is_not_taken_out_of_its_chain(
    folder: Path, word: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begin_anew = ["begin-anew", "--data", str(folder), "--password-file", str(word)]
    with running(COMMAND_AT_WORK, folder, PASSWORD) as other:
        assert main(begin_anew) == 2
        assert "โต๊ะนี้เปิดอยู่" in capsys.readouterr().err
        entered = save_in(other, "กลุ่มที่บันทึกขณะเปิด")
    assert main(begin_anew) == 0
    with closing(desks.open_desk(folder, user="", password=PASSWORD)) as desk:
        assert records.get(desk.store, "group", entered)
        with running(COMMAND_AT_WORK, folder, PASSWORD):
            pass  # who has gone on lets the others in again


def test_commands_work_beside_an_open_desk(folder: Path, word: Path, tmp_path: Path) -> None:
    with running(COMMAND_AT_WORK, folder, PASSWORD):
        common = ["--data", str(folder), "--password-file", str(word)]
        assert main(["verify", *common]) == 0
        assert main(["backup", "--out", str(tmp_path / "stick"), *common]) == 0


@pytest.fixture
def alone(folder: Path) -> Iterator[Path]:
    """A desk whose files somebody else replaces just now."""
    with hold.alone(folder):
        yield folder


def test_a_desk_whose_files_are_being_replaced_cannot_be_opened(alone: Path) -> None:
    with pytest.raises(UserError) as refused:
        desks.open_desk(alone, user="", password=PASSWORD)
    assert refused.value.code == "in_use"


def test_the_window_says_that_the_files_are_being_replaced(alone: Path) -> None:
    script = (
        "import sys, pathlib\nfrom app.ui.frame import messages\nfrom app.ui.shell import start\n"
        "from PySide6.QtWidgets import QApplication\n"
        "messages.show = lambda error: (print(error.code, flush=True), sys.exit(7))\n"
        "start.run(pathlib.Path(sys.argv[1]))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(alone)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (7, "in_use\n")
    assert not (alone / "log").exists()


def test_two_cannot_replace_the_files_of_a_desk_at_once(
    alone: Path, tmp_path: Path, word: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    common = ["--data", str(alone), "--password-file", str(word)]
    empty = tmp_path / "nothing.zip"
    empty.write_bytes(b"")
    assert main(["restore", str(empty), *common]) == 2
    assert main(["init", "--office", "15", "--user", "กานดา", *common]) == 2
    assert capsys.readouterr().err.count("โต๊ะนี้เปิดอยู่") == 2


def test_a_second_desk_is_not_made_where_one_is_being_made(tmp_path: Path) -> None:
    with hold.alone(tmp_path / "new"), pytest.raises(UserError) as refused:
        desks.create(tmp_path / "new", office="15", user="กานดา", password=PASSWORD, cost=WEAK)
    assert refused.value.code == "in_use" and not (tmp_path / "new").exists()


def test_a_new_desk_is_held_from_its_first_moment(new_desk: Callable[..., Desk]) -> None:
    made = new_desk()
    with pytest.raises(UserError) as refused:
        hold.alone(made.store.folder)
    assert refused.value.code == "in_use"
    made.close()
    hold.alone(made.store.folder).release()


def test_a_desk_that_could_not_be_made_or_opened_is_not_held(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        desks.open_desk(folder, user="", password="ผิด")
    with pytest.raises(UserError):
        desks.create(folder, office="15", user="กานดา", password=PASSWORD, cost=WEAK)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError):
        desks.open_desk(tmp_path / "empty", user="", password=PASSWORD)
    for each in (folder, tmp_path / "empty"):
        hold.alone(each).release()


def test_the_lock_is_one_by_whatever_name_the_folder_is_called(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with hold.share(folder), pytest.raises(UserError):
        hold.alone(Path(folder.name))


def test_a_folder_that_cannot_be_swapped_has_its_lock_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "resolve", lambda _self: tmp_path / "gone" / "desk")
    assert hold.share(tmp_path) is not None  # nothing can be written: nobody swaps anything
    with pytest.raises(UserError) as refused:
        hold.alone(tmp_path)
    assert refused.value.code == "read_only"
    (tmp_path / "gone").mkdir()
    (tmp_path / "gone" / ".desk.lock").mkdir()  # a lock's file that cannot be opened
    (tmp_path / "gone" / "desk").mkdir()
    with hold.share(tmp_path), pytest.raises(UserError) as refused:
        hold.alone(tmp_path)
    assert refused.value.code == "in_use"


def test_the_demonstration_throws_away_only_an_earlier_one_that_is_closed(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "letter.txt").write_text("จดหมาย", encoding="utf-8")
    assert main(["demo", "--out", str(papers)]) == 2
    assert str(papers) in capsys.readouterr().err
    assert (papers / "letter.txt").read_text("utf-8") == "จดหมาย"
    demo = tmp_path / "demo"
    (demo / "keys").mkdir(parents=True)
    (demo / "keys" / "password.txt").write_text(PASSWORD, encoding="utf-8")
    shutil.copytree(folder, demo / "office")
    with running(COMMAND_AT_WORK, demo / "office", PASSWORD):
        assert main(["demo", "--out", str(demo)]) == 2
        assert "โต๊ะนี้เปิดอยู่" in capsys.readouterr().err
        assert (demo / "office" / MAIN).exists()
