"""A computer that dies while a desk is made or put back: the next start says so and mends it."""

import json
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import UserError
from app.models.office import backup, hold
from app.services.office import desk as desks
from app.services.office import exchanged_files, unfinished_swaps
from app.services.office.desk import Desk
from app.services.records.verify import verify
from app.services.safekeeping import rebuilding, restoring, ways_back
from tests.makers.lost import Lost
from tests.makers.office import person
from tests.services.conftest import PASSWORD, WEAK

ROOT = Path(__file__).parents[3]


def kills(what: str, folder: Path) -> list[dict[str, Any]]:
    """Kill the work at each of its steps; give what the next start found after each."""
    command = [sys.executable, "-m", "tests.makers.killing_desk", what, str(folder)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def whole(desk: Desk, tmp_path: Path) -> Path:
    """A folder with a desk of four lines, and its backup from when it had three."""
    folder = tmp_path / "whole"
    folder.mkdir()
    person(desk)
    backup.write(desk.store.main, tmp_path / "usb").rename(folder / "made.backup.zip")
    person(desk, 2)
    desk.close()
    desk.store.folder.rename(folder / "desk")
    return folder


@pytest.mark.long
def test_a_restore_that_is_killed_at_any_step_leaves_the_desk_or_the_backup(whole: Path) -> None:
    found = kills("restore", whole)

    assert len(found) > 10
    assert {each["lines"] for each in found} == {3, 4}, found
    steps = [each["step"] for each in found]
    begun = steps.index("os.mkdir desk.restoring")  # up to here nothing was done
    for place, each in enumerate(found):
        assert not [name for name in each["left"] if ".restoring" in name], each
        renamed = each["step"] == "os.rename desk.restoring"
        if renamed:  # the one place where the desk's own name is nobody's
            assert each["lines"] == 4 and "ย้ายกลับ" in each["said"], each
        elif each["lines"] == 3:  # the exchange was over
            assert "นำข้อมูลสำรองเข้าแทน" in each["said"], each
            assert [name for name in each["left"] if name in each["said"]], each
        elif place > begun:
            assert "การกู้คืนยังไม่เสร็จ" in each["said"], each
    assert any(each["step"] == "os.rename desk.restoring" for each in found)


@pytest.mark.long
def test_a_first_day_that_is_killed_at_any_step_is_begun_again_or_opens(tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()

    found = kills("init", tmp_path / "whole")

    assert len(found) > 5
    for each in found:
        assert each["lines"] == 2 or each["code"] in ("no_database", "unfinished"), each
        assert each["lines"] == 2 or any(
            words in each["said"] for words in ("ยังไม่มีฐานข้อมูล", "สร้างฐานข้อมูลยังไม่เสร็จ")
        ), each
    assert "unfinished" in {each["code"] for each in found}


@pytest.fixture
def stopped(whole: Path) -> Path:
    """A desk between the two renames of a restore."""
    folder = whole / "desk"
    shutil.copytree(folder, whole / "desk.restoring")
    folder.rename(whole / "desk.before-20261201-070000-000000")
    return folder


def test_what_is_in_use_is_left_to_whoever_is_at_it(stopped: Path) -> None:
    with hold.alone(stopped):
        assert unfinished_swaps.mend(stopped) == ""
    assert not stopped.exists()
    assert unfinished_swaps.mend(stopped) and stopped.exists()
    assert unfinished_swaps.mend(stopped) == ""


def test_the_newest_of_the_former_folders_that_holds_a_desk_is_put_back(stopped: Path) -> None:
    for name in ("desk.before-20250101-070000-000000", "desk.before-20990101-070000-000000"):
        (stopped.parent / name).mkdir()
    shutil.copy(
        stopped.parent / "desk.before-20261201-070000-000000" / "keys.json",
        stopped.parent / "desk.before-20250101-070000-000000",
    )

    assert "desk.before-20261201-" in unfinished_swaps.mend(stopped)

    assert (stopped / "tambon.db").exists()


def test_no_first_day_begins_where_a_restore_did_not_end(stopped: Path) -> None:
    with pytest.raises(UserError) as refused:
        desks.create(stopped, office="15", user="ก", password=PASSWORD, cost=WEAK)
    assert refused.value.code == "exists" and "ย้ายกลับ" in refused.value.sentence
    desks.open_desk(stopped, user="กานดา", password=PASSWORD).close()


def test_a_wrong_password_does_not_hide_what_was_found(stopped: Path) -> None:
    with pytest.raises(UserError) as refused:
        desks.open_desk(stopped, user="กานดา", password="ผิดแน่นอน")
    assert refused.value.code == "wrong_password" and "ย้ายกลับ" in refused.value.sentence


def test_the_next_restore_takes_an_unfinished_one_back_first(stopped: Path) -> None:
    opened = restoring.restore(
        stopped, stopped.parent / "made.backup.zip", user="กานดา", password=PASSWORD
    )
    assert verify(opened.store).lines == 3
    opened.close()
    assert len(list(stopped.parent.glob("desk.before-*"))) == 1
    assert not (stopped.parent / "desk.restoring").exists()


def test_a_rebuild_takes_an_unfinished_restore_back_first(stopped: Path, tmp_path: Path) -> None:
    lost = Lost(tmp_path)
    with pytest.raises(UserError) as refused:
        rebuilding.rebuild(
            stopped, lost.file, recovery=lost.recovery, user="กานดา", password=PASSWORD, cost=WEAK
        )
    assert refused.value.code == "exists" and "ย้ายกลับ" in refused.value.sentence
    desks.open_desk(stopped, user="กานดา", password=PASSWORD).close()


def test_the_centres_file_takes_an_unfinished_restore_back_first(
    stopped: Path, tmp_path: Path
) -> None:
    lost = Lost(tmp_path)
    ways_back.from_centre(
        stopped, lost.file, recovery=lost.recovery, user="กานดา", password=PASSWORD, cost=WEAK
    ).close()
    (kept,) = stopped.parent.glob("desk.before-*")  # what stood here, and nothing between
    assert (kept / "tambon.db").exists() and not (stopped.parent / "desk.restoring").exists()
    with closing(desks.open_desk(stopped, user="กานดา", password=PASSWORD)) as opened:
        assert opened.notice == ""


def test_what_another_process_is_making_is_not_taken_away(whole: Path, tmp_path: Path) -> None:
    halves = [whole / "desk.rebuilt", whole / "desk.restoring", whole / "desk.rebuilding"]
    for half in halves:
        half.mkdir()
    lost = Lost(tmp_path)
    with hold.alone(whole / "desk"), pytest.raises(UserError) as refused:
        ways_back.from_centre(
            whole / "desk",
            lost.file,
            recovery=lost.recovery,
            user="กานดา",
            password=PASSWORD,
            cost=WEAK,
        )
    assert refused.value.code == "in_use"
    assert all(half.is_dir() for half in halves)


@pytest.mark.parametrize(
    ("whence", "kept", "words"),
    [
        (exchanged_files.BACKUP, Path("desk.before-1"), ["นำข้อมูลสำรองเข้าแทน", "desk.before-1"]),
        (exchanged_files.FILE, None, ["จากไฟล์ฉบับเต็ม"]),
    ],
)
def test_what_nobody_was_told_of_an_exchange_is_told_at_the_next_sign_in_once(
    desk: Desk, whence: str, kept: Path | None, words: list[str]
) -> None:
    exchanged_files.note(desk.store, whence, kept, ["ข้อมูลตัวอย่าง"])
    desk.close()
    with closing(desks.open_desk(desk.store.folder, user="กานดา", password=PASSWORD)) as opened:
        assert all(each in opened.notice for each in [*words, "ข้อมูลตัวอย่าง"])
        assert ("โฟลเดอร์" in opened.notice) is (kept is not None)
    with closing(desks.open_desk(desk.store.folder, user="กานดา", password=PASSWORD)) as opened:
        assert opened.notice == ""


def test_a_restore_into_an_empty_place_that_did_not_end_is_said(whole: Path) -> None:
    (whole / "desk").rename(whole / "desk.restoring")
    assert "โปรดกู้คืนจากไฟล์เดิม" in unfinished_swaps.mend(whole / "desk")
    assert not (whole / "desk.restoring").exists()


def test_what_may_not_be_moved_is_said_and_stays(
    stopped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_given: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", closed)
    assert "desk.before-20261201-" in unfinished_swaps.mend(stopped)
    assert (stopped.parent / "desk.restoring").exists()


def test_a_key_file_of_which_only_a_part_was_written_is_no_desk(tmp_path: Path) -> None:
    (tmp_path / "keys.json.part").write_bytes(b"{")
    assert "keys.json.part" in unfinished_swaps.mend(tmp_path)
    assert not desks.is_here(tmp_path)


def test_a_desk_one_of_whose_key_files_is_damaged_is_never_half_made(desk: Desk) -> None:
    desk.close()
    (desk.store.folder / "keys.json").write_bytes(b"{")
    assert unfinished_swaps.mend(desk.store.folder) == ""


def test_where_there_is_nothing_there_is_nothing_to_say(tmp_path: Path) -> None:
    assert unfinished_swaps.mend(tmp_path / "gone") == ""
    assert unfinished_swaps.mend(tmp_path / "gone" / "below") == ""
