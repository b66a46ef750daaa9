"""A save that was acknowledged and vanished is missed at the next start, never in silence."""

import os
import shutil
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.core import paths
from app.core.errors import UserError
from app.models.office import backup, last_save
from app.models.office.last_save import Saved
from app.models.office.store import DRAFTS, MAIN
from app.services import exchange
from app.services.central import Centre
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.office.missing_saves import Missing
from app.services.records import history
from app.services.records.verify import state_digest, verify
from app.services.safekeeping import restoring
from tests.makers.computers import at, closed, place
from tests.makers.lines import last_act
from tests.makers.office import from_elsewhere, person
from tests.makers.pens import introduce
from tests.services.conftest import PASSWORD, WEAK

WAL = f"{MAIN}-wal"


class Noted:
    """A desk of which the profile has a note: five entries are safe, six are in the log."""

    def __init__(self, desk: Desk, folder: Path, *, sealed_by: Centre | None = None) -> None:
        self.folder = desk.store.folder
        if sealed_by:
            introduce(desk, sealed_by, folder)
        for number in range(5):
            person(desk, number)
        if sealed_by:
            exchange.export(desk.store, folder)
        desk.close()
        self.before = shutil.copytree(self.folder, folder / "before")
        desk = desks.open_desk(self.folder, user="กานดา", password=PASSWORD)
        for number in range(6):
            person(desk, 10 + number)
        self.lines = verify(desk.store).lines
        self.digest = state_digest(desk.store)
        self.live = shutil.copytree(self.folder, folder / "live")
        desk.close()
        self.lay(self.live)

    def lay(self, folder: Path) -> None:
        """Put a copy in the desk's place: what stands on the disk after a power cut."""
        shutil.rmtree(self.folder)
        shutil.copytree(folder, self.folder)

    def missing(self) -> int:
        """Open the desk; give how many entries are said to be missing, 0 where all is here."""
        try:
            desk = desks.open_desk(self.folder, user="กานดา", password=PASSWORD)
        except Missing as error:
            assert "ไม่อยู่" in error.sentence and error.since in error.sentence
            return error.count
        try:
            assert (desk.notice, state_digest(desk.store)) == ("", self.digest)
        finally:
            desk.close()
        return 0


@pytest.fixture(params=[False, True], ids=["never sealed", "sealed before"])
def noted(
    request: pytest.FixtureRequest,
    computer: Callable[[str], None],
    new_desk: Callable[..., Desk],
    pilot: Centre,
    tmp_path: Path,
) -> Noted:
    return Noted(new_desk(), tmp_path, sealed_by=pilot if request.param else None)


def flip(path: Path, place: float) -> None:
    raw = bytearray(path.read_bytes())
    raw[int(len(raw) * place)] ^= 1
    path.write_bytes(raw)


def cut(path: Path, to: int) -> None:
    path.write_bytes(path.read_bytes()[:to])


def test_a_power_cut_alone_loses_nothing_and_says_nothing(noted: Noted) -> None:
    assert noted.missing() == 0
    assert noted.missing() == 0


@pytest.mark.parametrize("place", [0.0, 0.1, 0.33, 0.5, 0.9])
def test_one_flipped_bit_of_the_log_is_told(noted: Noted, place: float) -> None:
    flip(noted.folder / WAL, place)
    assert 1 <= noted.missing() <= 6
    assert 1 <= noted.missing() <= 6  # not only once


def test_a_log_that_was_cut_is_told(noted: Noted) -> None:
    size = (noted.folder / WAL).stat().st_size
    cut(noted.folder / WAL, size - 2000)
    assert noted.missing() == 1 or noted.missing() == 2
    noted.lay(noted.live)
    cut(noted.folder / WAL, size // 2)
    assert 2 <= noted.missing() <= 5


def test_a_log_that_is_empty_or_gone_is_told(noted: Noted) -> None:
    cut(noted.folder / WAL, 0)
    assert noted.missing() == 6
    noted.lay(noted.live)
    (noted.folder / WAL).unlink()
    assert noted.missing() == 6


def test_an_old_folder_put_back_by_hand_is_told(noted: Noted) -> None:
    noted.lay(noted.before)
    assert noted.missing() == 6


def test_an_old_database_beside_the_newer_log_has_everything(noted: Noted) -> None:
    shutil.copy(noted.before / MAIN, noted.folder / MAIN)
    assert noted.missing() == 0


def test_a_damaged_index_of_the_log_loses_nothing(noted: Noted) -> None:
    shm = noted.folder / f"{MAIN}-shm"
    flip(shm, 0.01)
    assert noted.missing() == 0
    noted.lay(noted.live)
    shm.unlink()
    assert noted.missing() == 0


def test_the_clerk_goes_on_under_a_new_epoch_and_is_asked_no_more(noted: Noted) -> None:
    (noted.folder / WAL).unlink()
    assert noted.missing() == 6
    with pytest.raises(Missing):
        desks.open_desk(noted.folder, user="กานดา", password=PASSWORD)
    gone_on = desks.open_desk(noted.folder, user="กานดา", password=PASSWORD, go_on=True)
    try:
        person(gone_on, 20)
        new = place(gone_on)
        assert verify(gone_on.store).ok
    finally:
        gone_on.close()
    with at(noted.folder) as again:
        assert (again.notice, place(again)) == ("", new)
    noted.lay(noted.live)  # now what was given up is put back: the later epoch is missed
    assert noted.missing() == 1


def test_a_backup_brings_the_rest_and_is_not_asked_about(noted: Noted, tmp_path: Path) -> None:
    with at(noted.folder) as whole:
        made = backup.write(whole.store.main, tmp_path / "backups")
    noted.lay(noted.before)
    assert noted.missing() == 6
    restored = restoring.restore(noted.folder, made, user="กานดา", password=PASSWORD)
    try:
        assert (restored.notice, state_digest(restored.store)) == ("", noted.digest)
    finally:
        restored.close()
    with at(noted.folder) as again:
        assert again.notice == ""


def test_lines_of_others_that_vanish_are_told_too(
    computer: Callable[[str], None], desk: Desk, tmp_path: Path
) -> None:
    folder = closed(desk)
    before = shutil.copytree(folder, tmp_path / "before")
    with at(folder) as opened:
        from_elsewhere(opened, "hologram", {"name": "ก"})
    shutil.rmtree(folder)
    before.rename(folder)
    with pytest.raises(Missing) as told:
        desks.open_desk(folder, user="กานดา", password=PASSWORD)
    assert told.value.count == 1


def test_a_database_that_is_ahead_of_its_note_is_fine(noted: Noted) -> None:
    (note,) = paths.marks().glob("*.saved")
    last = last_save.read(note).last
    assert last and last.lines == noted.lines
    note.unlink()
    last_save.write(note, replace(last, seq=last.seq - 3, lines=last.lines - 3, rev=""))
    assert noted.missing() == 0
    again = last_save.read(note).last
    assert again and again.reach == last.reach and again.rev == last.rev


def test_where_nothing_was_noted_yet_it_is_said_once(noted: Noted) -> None:
    for note in paths.marks().glob("*.saved"):
        note.unlink()
    with at(noted.folder) as opened:
        assert "ยังไม่เคยจดไว้" in opened.notice
    assert noted.missing() == 0


@pytest.mark.parametrize("damage", [b"", b"\0" * 512, b"x" * 9000])
def test_a_torn_note_is_said_and_made_anew(noted: Noted, damage: bytes) -> None:
    (note,) = paths.marks().glob("*.saved")
    note.write_bytes(damage)
    with at(noted.folder) as opened:
        assert "ที่เครื่องนี้จดไว้เสียหาย" in opened.notice
    assert noted.missing() == 0


def test_of_a_note_that_is_torn_the_one_before_is_left(noted: Noted) -> None:
    (note,) = paths.marks().glob("*.saved")
    whole = last_save.read(note).last
    assert whole
    raw = bytearray(note.read_bytes())
    torn = raw.index(struct.pack("<QQ", whole.seq, whole.lines))
    raw[torn] ^= 64
    note.write_bytes(raw)
    found = last_save.read(note)
    assert found.is_torn and found.last and found.last.seq == whole.seq - 1
    noted.lay(noted.before)
    assert noted.missing() == 5
    noted.lay(noted.live)
    with at(noted.folder) as opened:
        assert "ที่เครื่องนี้จดไว้เสียหาย" in opened.notice
    assert noted.missing() == 0


def test_a_note_that_cannot_be_read_is_no_note(noted: Noted) -> None:
    (note,) = paths.marks().glob("*.saved")
    note.unlink()
    note.mkdir()
    with at(noted.folder) as opened:
        assert "ตรวจไม่ได้" in opened.notice
        person(opened, 30)


def test_a_profile_that_cannot_be_looked_into_is_said(
    noted: Noted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(noted.folder.parent / ("x" * 256)))
    with at(noted.folder) as opened:
        assert "ตรวจไม่ได้" in opened.notice
        person(opened, 30)


def test_two_programs_at_one_desk_never_put_the_note_back(
    computer: Callable[[str], None], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window and a command: each notes in a place of its own, the furthest counts."""
    folder = closed(desk)
    with at(folder) as window:
        person(window, 1)
        with monkeypatch.context() as other, at(folder) as command:
            other.setattr(os, "getpid", lambda: 7)
            person(command, 2)
            (note,) = paths.marks().glob("*.saved")
            far = last_save.read(note).last
        last_save.write(note, Saved(2, 2))  # the window was slow
        assert last_save.read(note).last == far
        person(window, 3)
        now = last_save.read(note).last
        assert far and now and now.seq == far.seq + 1


def test_two_users_of_one_folder_keep_notes_of_their_own(
    computer: Callable[[str], None],
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    folder = closed(desk)
    mine, hers = str(tmp_path / "computer-first"), str(tmp_path / "hers")
    with at(folder) as opened:
        person(opened, 1)
    monkeypatch.setenv("XDG_STATE_HOME", hers)
    with at(folder) as opened:
        assert "ยังไม่เคยจดไว้" in opened.notice
        person(opened, 2)
        made = backup.write(opened.store.main, tmp_path / "backups")
        person(opened, 3)
    restoring.restore(folder, made, user="กานดา", password=PASSWORD).close()
    monkeypatch.setenv("XDG_STATE_HOME", mine)
    with at(folder) as opened:  # what she restored is no loss to me
        assert "ยังไม่เคยจดไว้" in opened.notice
        person(opened, 4)
    monkeypatch.setenv("XDG_STATE_HOME", hers)
    with at(folder) as opened:
        assert opened.notice == ""


def test_undo_erasure_and_compacting_are_no_loss(
    computer: Callable[[str], None], desk: Desk
) -> None:
    history.undo(desk.store, last_act(desk, "person", person(desk, 2)))
    desk.store.main.compact()
    with at(closed(desk)) as opened:
        assert opened.notice == "" and verify(opened.store).ok


def draft(desk: Desk, key: str) -> None:
    desk.store.drafts.keep(key, "person", "", {"first_th": "ก"})


def test_drafts_that_vanish_are_told_once(
    computer: Callable[[str], None], desk: Desk, tmp_path: Path
) -> None:
    with at(closed(desk)) as opened:
        draft(opened, "one")
        live = tmp_path / "live"
        for key in ("two", "three"):
            draft(opened, key)
        shutil.copytree(desk.store.folder, live)
    (live / f"{DRAFTS}-wal").write_bytes(b"")
    shutil.rmtree(desk.store.folder)
    live.rename(desk.store.folder)
    with at(desk.store.folder) as opened:
        assert "จดไว้ 3 ฉบับ พบ 0 ฉบับ" in opened.notice
    with at(desk.store.folder) as opened:
        assert opened.notice == ""
        draft(opened, "four")
    (desk.store.folder / DRAFTS).write_bytes(b"not a database" * 1000)
    with at(desk.store.folder) as opened:
        assert "จดไว้ 1 ฉบับ พบ 0 ฉบับ" in opened.notice


def test_drafts_of_which_none_waited_are_not_missed(
    computer: Callable[[str], None], desk: Desk
) -> None:
    draft(desk, "one")
    desk.store.drafts.drop("one")
    closed(desk)
    (desk.store.folder / DRAFTS).unlink()
    with at(desk.store.folder) as opened:
        assert opened.notice == ""


def test_every_command_that_signs_in_stops_until_the_clerk_has_chosen(
    noted: Noted, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from app.cli import main

    password = tmp_path / "password.txt"
    password.write_text(PASSWORD, encoding="utf-8")
    noted.lay(noted.before)

    def run(*words: str) -> tuple[int, str]:
        code = main([*words, "--data", str(noted.folder), "--password-file", str(password)])
        return code, capsys.readouterr().err

    for words in (["verify"], ["find", "ก"], ["backup", "--out", str(tmp_path / "b")]):
        code, said = run(*words)
        assert code == 2 and "อย่างน้อย 6 รายการ" in said and "begin-anew" in said
    assert not (tmp_path / "b").exists()
    assert run("begin-anew") == (0, "")
    assert run("verify")[0] == 0


def test_a_user_whose_own_entry_is_missing_is_told_that(
    computer: Callable[[str], None], desk: Desk
) -> None:
    folder = closed(desk)
    before = (folder / MAIN).read_bytes()
    with at(folder) as opened:
        desks.let_in(opened, user="มาลี", password=PASSWORD + "2", role="clerk", cost=WEAK)
    (folder / MAIN).write_bytes(before)
    with pytest.raises(Missing):
        desks.open_desk(folder, user="มาลี", password=PASSWORD + "2")
    with pytest.raises(UserError) as refused:
        desks.open_desk(folder, user="มาลี", password=PASSWORD + "2", go_on=True)
    assert refused.value.code == "missing"
