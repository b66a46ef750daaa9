"""A database that is not the one that went on here never writes under the old chain."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.core import paths
from app.core.errors import UserError
from app.models.office import backup, machine
from app.services import central, exchange
from app.services.central import Centre
from app.services.office import epochs
from app.services.office.desk import Desk
from app.services.records import records
from app.services.records.verify import state_digest, verify
from app.services.safekeeping import restoring
from tests.makers.computers import RELEASED, at, closed, place
from tests.makers.lists import GROUP
from tests.makers.office import group, person
from tests.makers.pens import introduce
from tests.services.conftest import PASSWORD


def test_the_same_desk_on_the_same_computer_goes_on(
    computer: Callable[[str], None], desk: Desk
) -> None:
    before = place(desk)
    with at(closed(desk)) as opened:
        assert (opened.notice, place(opened)) == ("", before)


def test_a_desk_carried_to_another_computer_begins_anew_and_says_so_once(
    computer: Callable[[str], None], desk: Desk, tmp_path: Path
) -> None:
    person(desk)
    number = records.get(desk.store, "group", group(desk)).data["group_no"]
    replica, epoch, key = place(desk)
    carried = shutil.copytree(closed(desk), tmp_path / "carried")
    computer("second")

    with at(carried) as opened:
        assert "เครื่องอื่น" in opened.notice
        new = place(opened)
        assert new[0] == replica and new[1] != epoch and new[2] != key
        other = records.get(opened.store, "group", group(opened, name="กลุ่มข้าวมาลี"))
        assert other.data["group_no"].split("-")[2] != number.split("-")[2]
        assert verify(opened.store).ok
    with at(carried) as opened:
        assert (opened.notice, place(opened)) == ("", new)


def test_a_copy_beside_the_original_begins_anew_and_the_original_goes_on(
    computer: Callable[[str], None], desk: Desk, tmp_path: Path
) -> None:
    before = place(desk)
    original = closed(desk)
    copied = shutil.copytree(original, tmp_path / "copied")

    with at(copied) as opened:
        assert "สำเนา" in opened.notice and place(opened)[1] != before[1]
    with at(original) as opened:
        assert (opened.notice, place(opened)) == ("", before)


def test_a_desk_whose_folder_was_moved_goes_on(
    computer: Callable[[str], None], desk: Desk, tmp_path: Path
) -> None:
    before = place(desk)
    moved = closed(desk).rename(tmp_path / "moved")
    with at(moved) as opened:
        assert (opened.notice, place(opened)) == ("", before)
    shutil.copytree(moved, tmp_path / "copied")
    with at(tmp_path / "copied") as opened:
        assert "สำเนา" in opened.notice


def test_where_nothing_was_noted_an_old_database_is_found_by_what_was_sealed(
    computer: Callable[[str], None], desk: Desk, pilot: Centre, tmp_path: Path
) -> None:
    introduce(desk, pilot, tmp_path)
    epoch = place(desk)[1]
    folder = closed(desk)
    old = shutil.copytree(folder, tmp_path / "old")
    with at(folder) as opened:
        person(opened)
        exchange.export(opened.store, tmp_path)
    shutil.rmtree(folder)
    old.rename(folder)
    for note in paths.marks().glob("*.saved"):
        note.unlink()

    with at(folder) as opened:
        assert "เก่ากว่า" in opened.notice and place(opened)[1] != epoch
    with at(folder) as opened:
        assert opened.notice == ""


def test_a_computer_without_a_number_or_a_memory_keeps_nobody_out(
    computer: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    new_desk: Callable[..., Desk],
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(machine, "ID_FILES", (tmp_path / "nothing", tmp_path))
    in_the_way = tmp_path / "in-the-way"
    in_the_way.write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(in_the_way))
    with at(closed(new_desk())) as opened:
        assert "ตรวจไม่ได้" in opened.notice and str(in_the_way) in opened.notice
    assert machine.identity() == ""


def test_marks_that_cannot_be_read_are_none_and_those_of_a_folder_are_forgotten(
    computer: Callable[[str], None], desk: Desk
) -> None:
    replica = place(desk)[0]
    (paths.marks() / f"{replica}-x.json").write_text("{")
    (mark,) = machine.known(replica)
    assert mark.folder == str(desk.store.folder.resolve())
    machine.forget_below(desk.store.folder.parent)
    assert machine.known(replica) == []
    machine.remember(mark)
    machine.forget_below(desk.store.folder / "elsewhere")
    assert machine.known(replica) == [mark]


def test_a_folder_whose_name_is_no_text_is_remembered_by_its_bytes(
    computer: Callable[[str], None], desk: Desk, tmp_path: Path
) -> None:
    (mark,) = machine.known(place(desk)[0])
    of_bytes = replace(mark, folder=os.fsdecode(os.fsencode(tmp_path) + b"/\xb9\xd3"))

    machine.remember(of_bytes)

    assert machine.known(mark.replica) == [of_bytes]


def test_after_a_new_epoch_all_that_was_not_handed_over_goes_with_the_next_file(
    computer: Callable[[str], None], desk: Desk, pilot: Centre, tmp_path: Path
) -> None:
    introduce(desk, pilot, tmp_path)
    first = person(desk, 1)
    epochs.start_anew(desk.store)
    person(desk, 2)
    assert exchange.waiting(desk.store) == exchange.waiting_by_type(desk.store).lines == 4

    for name in ("stick", "later"):
        (tmp_path / name).mkdir()
    sealed = exchange.export(desk.store, tmp_path / "stick")
    assert sealed.envelope.kind == "full"
    (request,) = (tmp_path / "stick").glob("*-key-request.txt")
    assert central.ingest(pilot, sealed.path).code == "unknown_key"
    central.enrol(pilot, request, tmp_path)
    assert central.ingest(pilot, sealed.path).status == "accepted"
    (receipt,) = central.write_receipts(pilot, tmp_path)
    exchange.apply_receipt(desk.store, receipt.path)

    assert exchange.waiting(desk.store) == 0
    assert central.status(pilot, office="15").state_digest == state_digest(desk.store)
    person(desk, 3)
    assert exchange.export(desk.store, tmp_path / "later").envelope.kind == "delta"
    assert not list((tmp_path / "later").glob("*-key-request.txt"))
    assert records.get(desk.store, "person", first).data


class Kept:
    """A desk with a backup of yesterday, and what was entered and sent since."""

    def __init__(self, desk: Desk, centre: Centre, folder: Path) -> None:
        introduce(desk, centre, folder)
        self.before = person(desk, 1)
        self.backup = backup.write(desk.store.main, folder / "backups")
        self.after = person(desk, 2)
        central.ingest(centre, exchange.export(desk.store, folder).path)
        self.place = place(desk)
        self.folder = closed(desk)

    def restore(self, path: Path | None = None, password: str = PASSWORD) -> Desk:
        return restoring.restore(self.folder, path or self.backup, user="กานดา", password=password)


@pytest.fixture
def kept(computer: Callable[[str], None], desk: Desk, pilot: Centre, tmp_path: Path) -> Kept:
    return Kept(desk, pilot, tmp_path)


def test_a_restored_desk_begins_anew_and_keeps_what_stood_there(kept: Kept) -> None:
    restored = kept.restore()
    try:
        assert restored.notice == ""  # the clerk restored it herself: nothing is a surprise
        assert place(restored)[1] != kept.place[1]
        assert records.get(restored.store, "person", kept.before).data
        with pytest.raises(UserError):
            records.get(restored.store, "person", kept.after)
        assert verify(restored.store).ok
    finally:
        restored.close()
    (old,) = kept.folder.parent.glob(f"{kept.folder.name}.before-*")
    with at(old) as opened:
        assert records.get(opened.store, "person", kept.after).data


def test_what_a_restore_lost_comes_back_from_the_centre(
    kept: Kept, pilot: Centre, tmp_path: Path
) -> None:
    restored = kept.restore()
    try:
        (tmp_path / "stick").mkdir()
        sealed = exchange.export(restored.store, tmp_path / "stick")
        assert sealed.envelope.bundle_no == 2  # the first was handed over before the restore
        (request,) = (tmp_path / "stick").glob("*-key-request.txt")
        central.enrol(pilot, request, tmp_path)
        central.ingest(pilot, sealed.path)
        (receipt,) = central.write_receipts(pilot, tmp_path)
        exchange.apply_receipt(restored.store, receipt.path)
        assert exchange.lost(restored.store) == 1

        whole = central.export_office(pilot, "15", tmp_path / "whole")
        taken = exchange.import_bundle(restored.store, whole.path)

        assert (taken.new, taken.left_out) == (1, 0)
        assert exchange.lost(restored.store) == 0
        assert records.get(restored.store, "person", kept.after).data
        assert central.status(pilot, office="15").state_digest == state_digest(restored.store)
        assert verify(restored.store).ok
    finally:
        restored.close()


def test_scans_come_back_with_the_backup(
    computer: Callable[[str], None], desk: Desk, tmp_path: Path
) -> None:
    from app.services.office import attachments
    from app.services.safekeeping import backups
    from tests.makers.attachments import JPEG, PDF, scan

    first = attachments.attach(desk.store, scan(tmp_path))
    made = backups.back_up(desk.store, tmp_path / "backups").path
    second = attachments.attach(desk.store, scan(tmp_path, PDF))
    backups.back_up(desk.store, tmp_path / "backups")
    assert len(list((tmp_path / "backups" / "files").iterdir())) == 2
    closed(desk)

    restored = restoring.restore(desk.store.folder, made, user="กานดา", password=PASSWORD)
    try:
        assert attachments.content(restored.store, first) == JPEG
        assert attachments.content(restored.store, second) == PDF
    finally:
        restored.close()


def refusal(kept: Kept, path: Path, password: str = PASSWORD) -> str:
    """Give the code with which a restore is refused; the desk must stand there as before."""
    with pytest.raises(UserError) as refused:
        kept.restore(path, password)
    assert refused.value.sentence
    assert not list(kept.folder.parent.glob(f"{kept.folder.name}.*"))
    with at(kept.folder) as opened:
        assert place(opened) == kept.place and opened.notice == ""
    return refused.value.code


def repacked(kept: Kept, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    import zipfile

    with zipfile.ZipFile(kept.backup) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target


def test_a_bad_backup_is_refused_and_nothing_is_touched(kept: Kept, tmp_path: Path) -> None:
    import orjson

    def header(parts: dict[str, bytes], **changed: object) -> None:
        parts["header.json"] = orjson.dumps(orjson.loads(parts["header.json"]) | changed)

    letter = tmp_path / "letter.zip"
    letter.write_text("จดหมาย", encoding="utf-8")
    ruin = tmp_path / "tambon-20250301.backup.zip"
    ruin.write_bytes(b"\0" * 5000)
    bad = tmp_path / "bad.zip"
    whole = bytearray(kept.backup.read_bytes())
    assert refusal(kept, letter) == "not_a_backup"
    assert refusal(kept, ruin) == "backup_damaged"
    assert refusal(kept, tmp_path / "nothing.zip") == "not_read"
    assert refusal(kept, kept.backup, password="ผิดแน่นอน") == "wrong_password"
    for change, code in (
        (lambda parts: header(parts, format="other"), "not_a_backup"),
        (lambda parts: header(parts, sha256={"../evil": "0"}), "not_a_backup"),
        (lambda parts: header(parts, sha256={}), "not_a_backup"),
        (lambda parts: parts.pop("header.json"), "not_a_backup"),
        (lambda parts: parts.pop("tambon.db"), "backup_damaged"),
        (lambda parts: parts.update({"header.json": b"{"}), "backup_damaged"),
        (lambda parts: header(parts, counts={"line": 1}), "backup_damaged"),
        (lambda parts: parts.update({"tambon.db": parts["tambon.db"][:-1]}), "backup_damaged"),
    ):
        assert refusal(kept, repacked(kept, bad, change)) == code
    bad.write_bytes(whole[: len(whole) // 2])
    assert refusal(kept, bad) == "backup_damaged"


@pytest.mark.parametrize("held", [".restoring", ""])
def test_a_desk_stays_when_another_program_has_a_file_of_it_open(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, held: str
) -> None:
    really = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self.name == kept.folder.name + held:
            raise PermissionError(13, "in use")  # what Windows says of an open file
        return really(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(UserError) as refused:
        kept.restore()
    assert refused.value.code == "not_moved"
    monkeypatch.undo()
    assert (kept.folder / "tambon.db").exists()
    assert not list(kept.folder.parent.glob(f"{kept.folder.name}.before-*"))


def test_the_backup_of_the_first_release_is_restored_and_upgraded(
    computer: Callable[[str], None], tmp_path: Path
) -> None:
    desk = restoring.restore(tmp_path / "desk", RELEASED, user="kanda", password="kanda-2568")
    try:
        assert verify(desk.store).ok
        new = records.save(
            desk.store, "group", GROUP, reasons={"like_group": "ตัวอย่าง", "second_group": "ตัวอย่าง"}
        )
        assert records.get(desk.store, "group", new.id).data["name"]
    finally:
        desk.close()
