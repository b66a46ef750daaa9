"""What is missing of a desk is told before it opens, and the ways back are taken in the window."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton

from app.models.office import backup, vault
from app.services import central, exchange
from app.services.central import Centre
from app.services.office import desk as desks
from app.services.office import exchanged_files
from app.services.records import records
from app.ui.shell.single_instance import Doorbell
from app.ui.shell.ways_back_page import WaysBack
from app.ui.shell.window import Window
from app.ui.widgets.wrapping import plain
from tests.ui.office import PASSWORD, PERSON, REASONS, Office, citizen

Open = Callable[[Path], Office]


@pytest.fixture(autouse=True)
def _weak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "STRONG", vault.Cost(8, 1))


@pytest.fixture
def safe(folder: Path, tmp_path: Path) -> Path:
    """A backup of a desk whose last two entries are lost: an old folder was put in its place."""
    old = shutil.copytree(folder, tmp_path / "old")
    desk = desks.open_desk(folder, user="kanda", password=PASSWORD)
    for number, first in enumerate(("มาลี", "ปรีชา")):
        draft = PERSON | {"first_th": first, "id_no": citizen(20 + number)}
        records.save(desk.store, "person", draft, reasons=REASONS)
    made = backup.write(desk.store.main, tmp_path / "usb")
    desk.close()
    shutil.rmtree(folder)
    old.rename(folder)
    return made


def try_to_sign_in(office: Office, password: str = PASSWORD) -> WaysBack:
    """Give the password; the ways back are shown instead of the window."""
    if office.clerk.where() == "user":
        office.clerk.type("kanda")
        office.clerk.press("Enter")
    office.clerk.type(password)
    office.clerk.press("Enter")  # a second one might already press the first of the ways
    office.qtbot.waitUntil(lambda: ways(office) is not None)
    shown = ways(office)
    assert shown is not None
    return shown


def ways(office: Office) -> WaysBack | None:
    window = office.program.window
    return window.findChild(WaysBack) if window is not None else None


def words(widget: WaysBack) -> str:
    return " ".join(plain(each.text()) for each in widget.findChildren(QLabel))


def press(widget: WaysBack, beginning: str) -> None:
    (button,) = (
        each
        for each in widget.findChildren(QPushButton)
        if each.text().startswith(beginning) and each.isVisibleTo(widget)
    )
    button.click()


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_all: (str(path), ""))


def opens(office: Office) -> str:
    """Wait for the window; give the words of the box in front of it."""
    office.qtbot.waitUntil(lambda: isinstance(office.program.window, Window))
    office.rest()
    (box,) = (each for each in office.window.findChildren(QMessageBox) if each.isVisible())
    said = plain(box.text())
    box.close()
    return said


def names(office: Office) -> set[str]:
    office.window.show_page("person")
    office.rest()
    return set(office.rows())


def test_what_is_missing_is_told_and_a_backup_brings_it_back(
    folder: Path, safe: Path, open_office: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = open_office(folder)
    shown = try_to_sign_in(office)
    assert "อย่างน้อย 2 รายการ" in words(shown) and "begin-anew" not in words(shown)
    assert office.clerk.at().text().startswith("กู้คืนจากข้อมูลสำรอง")

    choose(monkeypatch, safe)
    office.clerk.press("Space")

    assert "นำข้อมูลสำรองกลับมาแล้ว" in opens(office)
    assert {"มาลี", "ปรีชา"} <= {name.split()[0].removeprefix("นาย") for name in names(office)}


def test_the_window_lets_go_of_the_folder_while_it_is_replaced(
    folder: Path, safe: Path, open_office: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = open_office(folder)
    shown = try_to_sign_in(office)
    choose(monkeypatch, safe)
    press(shown, "กู้คืนจากข้อมูลสำรอง")
    opens(office)
    assert (folder / "log").exists() and not Doorbell(folder).take()


def test_a_backup_of_another_password_is_asked_for_it(
    folder: Path, safe: Path, open_office: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desks.open_desk(folder, user="kanda", password=PASSWORD, go_on=True)
    vault.add_user(folder, desk.store.key, "kanda", "อีกรหัสหนึ่ง", cost=vault.Cost(8, 1))
    desk.close()
    (folder / "tambon.db").write_bytes(b"")
    office = open_office(folder)
    shown = try_to_sign_in(office, "อีกรหัสหนึ่ง")
    assert "ว่างเปล่า" in words(shown) and "ทำงานต่อโดยไม่มี" not in words(shown)
    choose(monkeypatch, safe)
    press(shown, "กู้คืนจากข้อมูลสำรอง")
    office.qtbot.waitUntil(lambda: office.clerk.where() == "of_then")

    office.clerk.type(PASSWORD)
    press(shown, "กู้คืนจากข้อมูลสำรอง")

    assert "นำข้อมูลสำรองกลับมาแล้ว" in opens(office)


def test_the_clerk_goes_on_without_only_after_she_said_so_twice(
    folder: Path, safe: Path, open_office: Open
) -> None:
    office = open_office(folder)
    shown = try_to_sign_in(office)
    press(shown, "ทำงานต่อโดยไม่มี")
    (box,) = (each for each in shown.findChildren(QMessageBox) if each.isVisible())
    assert "จะไม่กลับมา" in plain(box.text())
    assert box.defaultButton().text() == "ยกเลิก"
    (button,) = (each for each in box.buttons() if each.text() == "ทำงานต่อ")
    button.click()

    assert "กุญแจใหม่" in opens(office)
    assert len(names(office)) == 3
    office.window.locked.emit()
    office.sign_in()


def test_the_centres_file_makes_the_desk_anew_in_its_place(
    trusted: Office,
    centre: Centre,
    open_office: Open,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    central.ingest(centre, exchange.export(trusted.desk.store, tmp_path).path)
    whole = central.export_office(centre, "15", tmp_path / "whole")
    trusted.close()
    trusted.window.hide()
    (folder / "tambon.db").write_bytes(b"x" * 9000)
    office = open_office(folder)
    shown = try_to_sign_in(office)
    assert "เปิดฐานข้อมูลไม่ได้" in words(shown)

    choose(monkeypatch, whole.path)
    press(shown, "สร้างฐานข้อมูลใหม่")
    assert office.clerk.where() == "recovery"
    press(shown, "เลือกไฟล์ของส่วนกลาง")
    office.rest()
    assert "ใบกู้คืน" in words(shown)  # none was typed: said, and nothing happened
    office.clerk.type((tmp_path / "recovery.txt").read_text(encoding="ascii"))
    press(shown, "เลือกไฟล์ของส่วนกลาง")

    assert "โทรศัพท์เทียบ" in opens(office)
    assert len(names(office)) == 3
    assert list(tmp_path.glob("desk.before-*"))


def test_a_restore_that_the_computer_died_over_is_said_in_front_of_the_door(
    folder: Path, open_office: Open
) -> None:
    shutil.copytree(folder, folder.with_name("desk.restoring"))
    folder.rename(folder.with_name("desk.before-20261201-070000-000000"))
    office = open_office(folder)
    (box,) = office.program.window.findChildren(QMessageBox)
    said = plain(box.text())
    assert box.isVisible() and "ย้ายกลับ" in said and "desk.before-20261201" in said
    box.close()
    office.sign_in()
    assert not [each for each in office.window.findChildren(QMessageBox) if each.isVisible()]


def test_a_restore_that_the_computer_died_after_is_said_in_front_of_the_window(
    folder: Path, open_office: Open
) -> None:
    desk = desks.open_desk(folder, user="kanda", password=PASSWORD)
    exchanged_files.note(desk.store, exchanged_files.BACKUP, Path("desk.before-1"))
    desk.close()
    office = open_office(folder)
    office.sign_in()
    said = opens(office)
    assert "นำข้อมูลสำรองเข้าแทน" in said and "desk.before-1" in said


def test_escape_goes_back_to_the_door(folder: Path, safe: Path, open_office: Open) -> None:
    office = open_office(folder)
    try_to_sign_in(office)
    office.clerk.press("Esc")
    office.clerk.waits()
    assert ways(office) is None and office.clerk.where() == "password"
