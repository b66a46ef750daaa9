"""The whole window over a real desk, used by keys alone."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QTableWidget,
)
from pytestqt.qtbot import QtBot

from app.services.records import records
from app.ui.shell.window import Window
from tests.ui.clerk import Clerk
from tests.ui.office import PASSWORD, Office, citizen

# --- the door


def test_the_first_day_makes_a_desk_and_puts_the_recovery_text_away_first(
    open_office: Callable[[Path], Office], clerk: Clerk, qtbot: QtBot, tmp_path: Path
) -> None:
    office = open_office(tmp_path / "new")
    for typed in ("อ่างทอง", "กานดา ตัวอย่าง", "kanda", PASSWORD, PASSWORD):
        clerk.type(typed)
        clerk.press("Enter")
    door = office.program.window
    assert door is not None
    qtbot.waitUntil(lambda: "เพียงครั้งนี้ครั้งเดียว" in clerk.words(door))
    assert len(re.findall(r"^[A-Z2-7]{5}$", clerk.words(door), re.MULTILINE)) == 8
    clerk.press("Tab", "Space", "Tab", "Enter")
    qtbot.waitUntil(lambda: isinstance(office.program.window, Window))
    assert "จังหวัดอ่างทอง" in office.window.windowTitle()


def test_the_first_day_names_what_is_missing(
    open_office: Callable[[Path], Office], clerk: Clerk, qtbot: QtBot, tmp_path: Path
) -> None:
    office = open_office(tmp_path / "new")
    door = office.program.window
    assert door is not None
    clerk.press("Enter", "Enter", "Enter")
    clerk.type("1")
    clerk.press("Enter", "Enter")
    assert "ไม่ตรงกัน" in clerk.words(door)
    clerk.press("Backspace", "Shift+Enter", "Backspace", "Enter", "Enter")
    office.rest()
    assert "เลือกสำนักงาน" in clerk.words(door) or "สำนักงาน" in clerk.words(door)
    assert clerk.where() == "office"


def test_a_wrong_password_is_said_under_the_field_and_the_next_try_can_follow_at_once(
    open_office: Callable[[Path], Office], clerk: Clerk, folder: Path
) -> None:
    office = open_office(folder)
    door = office.program.window
    assert door is not None
    clerk.type("kanda")
    clerk.press("Enter")
    clerk.type("ผิดแน่นอน")
    clerk.press("Enter")
    office.rest()
    assert "รหัสผ่านไม่ถูกต้อง" in clerk.words(door)
    office.sign_in()
    assert office.rows() == ["กลุ่มดอกไม้จันทน์ย่านซื่อ"]


def test_signing_in_again_asks_for_the_password_alone(
    open_office: Callable[[Path], Office], clerk: Clerk, office: Office, folder: Path
) -> None:
    clerk.press("Ctrl+L")
    office.rest()
    assert not isinstance(office.program.window, Window)
    before = clerk.presses
    assert clerk.where() == "password"
    office.sign_in()
    assert clerk.presses - before == len(PASSWORD) + 1


# --- entering and finding


def test_a_new_person_is_entered_from_paper_within_the_budget_and_is_in_the_list(
    office: Office, clerk: Clerk
) -> None:
    clerk.press("Alt+3")
    office.rest()
    before = clerk.presses
    clerk.press("Ctrl+N")
    for typed in (citizen(77), "นาง", "มานี", "ใจดี", "150320", "0812345678"):
        clerk.type(typed)
        clerk.press("Enter")
    clerk.type("2")
    clerk.press("Enter", "Enter")
    clerk.type("1")
    clerk.press("Ctrl+Enter")
    office.rest()
    assert clerk.presses - before <= 65
    assert "มานี" in office.rows()
    assert clerk.where() == "id_no"
    assert clerk.reads(office.window.page, "first_th") == ""


def test_what_is_missing_is_named_and_nothing_is_stored(office: Office, clerk: Clerk) -> None:
    clerk.press("Alt+3", "Ctrl+N")
    clerk.type(citizen(78))
    clerk.press("Ctrl+S")
    office.rest()
    assert "ยังบันทึกไม่ได้" in clerk.words(office.window.page)
    assert clerk.where() == "first_th"
    assert len(office.rows()) == 3


def enter_from_a_copy(office: Office, clerk: Clerk, number: str) -> None:
    """Enter a person whose number was typed from a copy, and save."""
    clerk.press("Alt+3")
    office.rest()
    clerk.press("Ctrl+N")
    for typed in (number, "นาง", "มานี", "ใจดี"):
        clerk.type(typed)
        clerk.press("Enter")
    office.window.page.form.go_to("id_verified")
    clerk.type("3")
    clerk.press("Enter", "Ctrl+S")
    office.rest()


def test_a_number_typed_from_a_copy_is_asked_for_again_in_so_many_words(
    office: Office, clerk: Clerk
) -> None:
    enter_from_a_copy(office, clerk, citizen(77))
    answer = clerk.at()
    assert isinstance(answer, QLineEdit)
    assert answer.placeholderText() == "พิมพ์เลขประจำตัวอีกครั้ง"
    assert answer.accessibleName() == "พิมพ์เลขประจำตัวอีกครั้ง"
    assert len(office.rows()) == 3


def test_a_second_typing_that_differs_is_refused_by_its_digit_and_the_same_number_saves(
    office: Office, clerk: Clerk
) -> None:
    enter_from_a_copy(office, clerk, citizen(77))
    clerk.type(citizen(77)[:2] + "5" + citizen(77)[3:])
    clerk.press("Ctrl+S")
    office.rest()
    assert "ต่างกันตั้งแต่หลักที่ 3" in clerk.words(office.window.page)
    assert len(office.rows()) == 3
    keys = dict(zip("14567890", "ๅภถุึคตจ", strict=True))
    clerk.type("".join(keys.get(digit, digit) for digit in citizen(77)))
    clerk.press("Ctrl+S")
    office.rest()
    assert "มานี" in office.rows()


def test_a_number_corrected_later_is_confirmed_anew(office: Office, clerk: Clerk) -> None:
    enter_from_a_copy(office, clerk, citizen(77))
    clerk.type(citizen(77))
    clerk.press("Ctrl+S")
    office.rest()
    office.window.page.form.go_to("id_no")
    clerk.type(citizen(78))
    clerk.press("Ctrl+S")
    office.rest()
    clerk.type(citizen(78))
    clerk.press("Ctrl+S")
    office.rest()
    record = office.window.page.editing.record
    assert record is not None
    assert record.data["id_no"] == citizen(78)


def test_the_person_who_has_the_number_already_is_one_press_away(
    office: Office, clerk: Clerk
) -> None:
    clerk.press("Alt+3")
    office.rest()
    clerk.press("Ctrl+N")
    for typed in (citizen(1), "นาง", "มานี", "ใจดี"):
        clerk.type(typed)
        clerk.press("Enter")
    clerk.press("Ctrl+S")
    office.rest()
    assert "อรทัย" in clerk.words(office.window.page)
    opener = next(
        button
        for button in office.window.page.findChildren(QAbstractButton)
        if button.text() == "เปิดบุคคลนั้น"
    )
    opener.setFocus()
    clerk.press("Enter")
    assert "ยังไม่ได้บันทึก" in clerk.words(office.dialog(QMessageBox))
    clerk.press("Tab", "Enter")
    office.rest()
    assert clerk.reads(office.window.page, "first_th") == "อรทัย"
    assert clerk.where() == "id_no"


def test_the_list_narrows_while_typing_and_enter_opens(office: Office, clerk: Clerk) -> None:
    clerk.press("Alt+3")
    office.rest()
    assert office.rows() == ["เกษม", "สมชาย", "อรทัย"]
    clerk.type("สมช")
    office.rest()
    assert office.rows() == ["สมชาย"]
    clerk.press("Enter")
    office.rest()
    assert clerk.reads(office.window.page, "first_th") == "สมชาย"
    assert clerk.where() == "id_no"


def test_a_filter_without_a_match_says_so_and_esc_shows_all_again(
    office: Office, clerk: Clerk
) -> None:
    clerk.press("Alt+3")
    clerk.type("ไม่มีใคร")
    office.rest()
    assert "ไม่พบรายการที่ตรง" in clerk.words(office.window.page)
    clerk.press("Esc")
    office.rest()
    assert len(office.rows()) == 3


def test_anything_is_found_and_opened_in_six_presses(office: Office, clerk: Clerk) -> None:
    before = clerk.presses
    clerk.press("Ctrl+K")
    clerk.type("อรทั")
    office.rest()
    clerk.press("Enter")
    office.rest()
    assert clerk.presses - before == 6
    assert clerk.reads(office.window.page, "first_th") == "อรทัย"


def test_the_empty_box_offers_what_was_worked_on_last_and_commands_are_found_by_name(
    office: Office, clerk: Clerk
) -> None:
    clerk.press("Down")
    office.rest()
    clerk.press("Ctrl+K")
    lines = office.dialog().findChild(QListWidget)
    assert lines.item(0).text() == "กลุ่ม · กลุ่มดอกไม้จันทน์ย่านซื่อ"
    clerk.type("ปุ่มลัด")
    office.rest()
    clerk.press("Enter")
    assert "ช่องถัดไป" in clerk.words(office.dialog())


def test_a_scanner_under_the_thai_layout_still_finds_its_number(
    office: Office, clerk: Clerk
) -> None:
    keys = dict(zip("1234567890", "ๅ/-ภถุึคตจ", strict=True))
    clerk.press("Alt+3")
    clerk.type("".join(keys[digit] for digit in citizen(1)))
    office.rest()
    assert office.rows() == ["อรทัย"]


def test_next_and_previous_record_stay_in_the_same_field(office: Office, clerk: Clerk) -> None:
    clerk.press("Alt+3")
    office.rest()
    clerk.press("Down", "Enter")
    office.rest()
    office.window.page.form.go_to("phone")
    clerk.press("Ctrl+PgDown")
    office.rest()
    assert clerk.reads(office.window.page, "first_th") == "สมชาย"
    assert clerk.where() == "phone"
    clerk.press("Ctrl+PgUp")
    office.rest()
    assert clerk.reads(office.window.page, "first_th") == "เกษม"


# --- safety


def open_first_person(office: Office, clerk: Clerk) -> None:
    clerk.press("Alt+3")
    office.rest()
    clerk.press("Down", "Enter")
    office.rest()


def test_a_saved_change_is_undone_by_one_key(office: Office, clerk: Clerk) -> None:
    open_first_person(office, clerk)
    office.window.page.form.go_to("last_th")
    clerk.type("เปลี่ยนแล้ว")
    clerk.press("Ctrl+S")
    office.rest()
    record = office.window.page.editing.record
    assert record is not None
    assert record.data["last_th"] == "เปลี่ยนแล้ว"
    clerk.press("Ctrl+Z")
    office.rest()
    assert clerk.reads(office.window.page, "last_th") == "คำแสน"
    assert records.get(office.desk.store, "person", record.id).data["last_th"] == "คำแสน"


def test_leaving_a_changed_form_asks_and_saves_by_default(office: Office, clerk: Clerk) -> None:
    open_first_person(office, clerk)
    office.window.page.form.go_to("last_th")
    clerk.type("เปลี่ยนแล้ว")
    clerk.press("Esc")
    assert "ยังไม่ได้บันทึก" in clerk.words(office.dialog(QMessageBox))
    clerk.press("Enter")
    office.rest()
    assert clerk.where() == "filter.person"
    clerk.press("Down", "Enter")
    office.rest()
    assert clerk.reads(office.window.page, "last_th") == "เปลี่ยนแล้ว"


def test_discarding_returns_to_what_was_saved(office: Office, clerk: Clerk) -> None:
    open_first_person(office, clerk)
    office.window.page.form.go_to("last_th")
    clerk.type("ผิด")
    clerk.press("Esc", "Tab", "Enter")
    office.rest()
    assert clerk.reads(office.window.page, "last_th") == "คำแสน"


def test_what_was_thrown_away_of_a_new_record_is_gone_from_the_form(
    office: Office, clerk: Clerk, qtbot: QtBot
) -> None:
    office.window.show_page("person")
    clerk.press("Ctrl+N")
    office.window.page.form.go_to("first_th")
    clerk.type("ทิ้งแล้ว")
    qtbot.waitUntil(lambda: "เก็บเป็นร่างแล้ว" in clerk.words(office.window.page))
    clerk.press("Esc", "Tab", "Enter")
    office.rest()
    assert clerk.where() == "filter.person"
    assert clerk.reads(office.window.page, "first_th") == ""
    assert "เก็บเป็นร่างแล้ว" not in clerk.words(office.window.page)
    assert not office.window.page.is_dirty()


def test_what_was_thrown_away_of_a_record_is_not_called_kept(
    office: Office, clerk: Clerk, qtbot: QtBot
) -> None:
    open_first_person(office, clerk)
    office.window.page.form.go_to("last_th")
    clerk.type("ผิด")
    qtbot.waitUntil(lambda: "เก็บเป็นร่างแล้ว" in clerk.words(office.window.page))
    clerk.press("Esc", "Tab", "Enter")
    office.rest()
    assert "เก็บเป็นร่างแล้ว" not in clerk.words(office.window.page)


def test_a_clean_form_is_left_without_a_question(office: Office, clerk: Clerk) -> None:
    open_first_person(office, clerk)
    clerk.press("Esc")
    assert clerk.where() == "filter.person"


def test_what_was_typed_before_a_crash_can_be_gone_on_with(
    open_office: Callable[[Path], Office], office: Office, clerk: Clerk, folder: Path, qtbot: QtBot
) -> None:
    open_first_person(office, clerk)
    office.window.page.form.go_to("last_th")
    clerk.type("พิมพ์ค้าง")
    qtbot.waitUntil(lambda: "เก็บเป็นร่างแล้ว" in clerk.words(office.window.page))
    office.program.window.hide()
    office.close()
    again = open_office(folder)
    again.sign_in()
    assert "ร่างค้าง 1 รายการ" in clerk.words(again.window)
    draft_list = next(a for a in again.window.findChildren(QAction) if "ร่าง" in a.text())
    draft_list.trigger()
    clerk.press("Enter")
    again.rest()
    assert clerk.reads(again.window.page, "last_th") == "พิมพ์ค้าง"
    assert clerk.reads(again.window.page, "first_th") == "เกษม"
    clerk.press("Ctrl+S")
    again.rest()
    assert not again.window.page.form.is_dirty()


@pytest.mark.parametrize(("choice", "kept"), [("Enter", "ของเขา"), ("Tab", "ของฉัน")])
def test_a_record_that_someone_saved_first_is_loaded_or_kept(
    office: Office, clerk: Clerk, choice: str, kept: str
) -> None:
    open_first_person(office, clerk)
    office.window.page.form.go_to("last_th")
    clerk.type("ของฉัน")
    mine = office.window.page.editing.record
    assert mine is not None
    theirs = dict(mine.data) | {"last_th": "ของเขา"}
    records.save(office.desk.store, "person", theirs, record_id=mine.id, base=mine.heads)
    clerk.press("Ctrl+S")
    office.rest()
    clerk.press(*(["Enter"] if choice == "Enter" else ["Tab", "Enter"]))
    office.rest()
    assert clerk.reads(office.window.page, "last_th") == kept
    assert records.get(office.desk.store, "person", mine.id).data["last_th"] == kept


def test_the_history_of_a_record_is_one_key_away(office: Office, clerk: Clerk) -> None:
    open_first_person(office, clerk)
    office.window.page.form.go_to("last_th")
    clerk.type("เปลี่ยนแล้ว")
    clerk.press("Ctrl+S")
    office.rest()
    clerk.press("F9")
    office.rest()
    table = office.dialog().findChild(QTableWidget)
    assert [table.item(row, 2).text() for row in range(2)] == ["นามสกุล, ชื่อเดิม", "บันทึกครั้งแรก"]


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_a_record_is_taken_out_of_use_with_a_reason_and_brought_back(
    office: Office, clerk: Clerk
) -> None:
    open_first_person(office, clerk)
    clerk.press("Alt+E", "T")
    clerk.type("บันทึกซ้ำ")
    clerk.press("Enter", "Enter")
    office.rest()
    assert len(office.rows()) == 2
    clerk.press("Ctrl+Z")
    office.rest()
    assert len(office.rows()) == 3


def waiting(office: Office) -> int:
    """Read how many lines wait to be sent from the foot of the window, 0 where it is silent."""
    found = re.search("รอส่ง ([0-9,]+) รายการ", office.clerk.words(office.window))
    return int(found[1].replace(",", "")) if found else 0


def test_the_foot_of_the_window_counts_what_waits_to_be_sent(
    office: Office, clerk: Clerk, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: waiting(office) > 0)
    before = waiting(office)
    open_first_person(office, clerk)
    office.window.page.form.go_to("last_th")
    clerk.type("เปลี่ยนแล้ว")
    clerk.press("Ctrl+S")
    office.rest()
    assert waiting(office) == before + 1
    clerk.press("Ctrl+Z")
    office.rest()
    assert waiting(office) == before + 2


# --- members, papers, sending


def test_a_member_is_added_to_a_group_by_name(office: Office, clerk: Clerk) -> None:
    clerk.press("Down", "Enter")
    office.rest()
    related = office.window.page._related[0]
    related._add.setFocus()
    clerk.press("Enter")
    clerk.type("อรทัย")
    office.rest()
    clerk.press("Enter")
    clerk.type("1")
    clerk.press("Ctrl+S")
    office.rest()
    assert "สมาชิก: 1" in clerk.words(office.window.page)


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_a_document_of_the_record_is_shown_before_it_is_printed(
    office: Office, clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "paper.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    clerk.press("Down")
    office.rest()
    clerk.press("Ctrl+P")
    clerk.press("1")
    office.rest()
    preview = office.dialog()
    assert "แบบขึ้นทะเบียน" in preview.windowTitle()
    clerk.press("Ctrl+S")
    office.qtbot.waitUntil(target.exists)
    office.rest()  # there is the file's name, its bytes may still be on their way
    assert target.read_bytes().startswith(b"%PDF")


# --- looks and language

LATIN_BY_RIGHT = re.compile(
    r"\(?(Ctrl|Shift|Alt|Enter|Esc|Tab|Ins|Del|PageDown|PageUp|F\d|PDF|OTOP|LINE|kanda|[A-Z])\b"
)


def test_every_word_on_every_page_is_thai(office: Office, clerk: Clerk) -> None:
    for chord in ("Alt+2", "Alt+3", "Alt+6", "Alt+8", "Alt+9", "Alt+0"):
        clerk.press(chord)
        office.rest()
    texts = [label.text() for label in office.window.findChildren(QLabel)]
    texts += [button.text() for button in office.window.findChildren(QAbstractButton)]
    texts += [action.text() for action in office.window.findChildren(QAction)]
    texts += [edit.placeholderText() for edit in office.window.findChildren(QLineEdit)]
    foreign = {text for text in texts if re.search("[A-Za-z]{2}", LATIN_BY_RIGHT.sub("", text))}
    assert foreign == set()


@pytest.mark.parametrize("scale", [1, 1.5, 2])
def test_the_window_fits_a_small_screen_at_every_scale(office: Office, scale: float) -> None:
    for chord in ("Alt+8", "Alt+9", "Alt+0", "Alt+2"):
        office.clerk.press(chord)
        office.rest()
    wanted = (round(1366 / scale), round((768 - 40) / scale))
    office.window.resize(*wanted)
    office.clerk.waits()
    assert (office.window.width(), office.window.height()) == wanted


def test_large_text_builds_the_window_anew_with_larger_letters(
    office: Office, clerk: Clerk
) -> None:
    large = next(a for a in office.window.findChildren(QAction) if "ตัวใหญ่" in a.text())
    before = office.window
    try:
        large.trigger()
        assert office.window is not before
        assert QApplication.font().pointSize() == 14
    finally:
        from app.ui.widgets import theme

        theme.apply(QApplication.instance())


HEAVY = "reportlab geothai xlsxwriter python_calamine alembic smartcard uharfbuzz"
SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from app.services.office import desk
from app.ui.shell import premises, start, window
app = QApplication([])
start.dress(app)
folder = Path(sys.argv[1])
settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
program = start.Program(folder, settings, premises.Premises(folder))
program._open(desk.open_desk(folder, user="kanda", password=sys.argv[2]))
app.processEvents()
program.close()
print(" ".join(name for name in sys.argv[3].split() if name in sys.modules))
"""


def test_the_window_is_up_before_the_heavy_libraries_are_read(folder: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder), PASSWORD, HEAVY],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == []
