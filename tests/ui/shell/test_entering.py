"""A record is entered, found and opened by keys alone."""

from PySide6.QtWidgets import (
    QAbstractButton,
    QLineEdit,
    QListWidget,
    QMessageBox,
)

from tests.ui.clerk import Clerk
from tests.ui.office import Office, citizen


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
