"""Every kind of field, typed into as a clerk does."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.core import fields
from app.core.fields import Field, Kind
from app.ui.fields.around import Around
from app.ui.fields.editors import make_editor
from app.ui.fields.field_box import FieldBox
from app.ui.frame.jobs import Jobs
from tests.ui.clerk import Clerk
from tests.ui.office import GROUPS

STATUS = (("draft", "ร่าง"), ("doing", "กำลังดำเนินการ"), ("done", "แล้วเสร็จ"), ("void", "กำจัดทิ้ง"))
BOUGHT = (
    Field("item", "Item", Kind.TEXT, required=True),
    Field("quantity", "Quantity", Kind.WHOLE),
    Field("unit_price", "Price each (baht)", Kind.BAHT),
)


class Sheet(QWidget):
    """One field with another after it, so that it can be left."""

    def __init__(self, field: Field, around: Around) -> None:
        super().__init__()
        self.box = FieldBox(make_editor(field, around))
        self.after = FieldBox(make_editor(Field("after", "After", Kind.TEXT), around))
        column = QVBoxLayout(self)
        column.addWidget(self.box)
        column.addWidget(self.after)
        column.addStretch(1)

    def value(self) -> object:
        return self.box.editor.value()


MakeSheet = Callable[..., Sheet]


@pytest.fixture
def answering() -> Iterator[threading.Event]:
    """Set while the office answers what is looked up; cleared, it keeps everybody waiting."""
    event = threading.Event()
    event.set()
    yield event
    event.set()


@pytest.fixture
def around(around: Around, answering: threading.Event) -> Around:
    def find(type_: str, words: str) -> list[tuple[str, str]]:
        answering.wait()
        return around.find(type_, words)

    return replace(around, find=find)


@pytest.fixture
def sheet(clerk: Clerk, around: Around) -> MakeSheet:
    def make(kind: Kind, **more: object) -> Sheet:
        made = Sheet(Field("it", "It", kind, **more), around)  # type: ignore[arg-type]
        kept.append(made)
        clerk.sees(made, height=420)
        made.setFocus()
        clerk.press("Tab")
        return made

    kept: list[Sheet] = []

    return make


def offers(sheet: QWidget) -> list[str]:
    """Read the list that hangs under a field; [] when none is showing."""
    return [
        lines.item(row).text()
        for lines in sheet.findChildren(QListWidget)
        if lines.isVisible()
        for row in range(lines.count())
    ]


# --- every one-line field


def test_entering_a_field_selects_it_so_that_typing_replaces_it(
    clerk: Clerk, sheet: MakeSheet
) -> None:
    made = sheet(Kind.TEXT)
    clerk.type("แรก")
    clerk.press("Enter", "Shift+Enter")
    clerk.type("หลัง")
    assert clerk.reads(made, "it") == "หลัง"


def test_ctrl_z_brings_back_what_stood_there_on_entry(clerk: Clerk, sheet: MakeSheet) -> None:
    made = sheet(Kind.TEXT)
    clerk.type("เดิม")
    clerk.press("Enter", "Shift+Enter")
    clerk.type("ใหม่")
    clerk.press("Ctrl+Z")
    assert clerk.reads(made, "it") == "เดิม"
    assert made.value() == "เดิม"


@pytest.mark.parametrize("onward", ["Enter", "Tab", "Down"])
def test_enter_tab_and_down_all_go_on(clerk: Clerk, sheet: MakeSheet, onward: str) -> None:
    sheet(Kind.TEXT)
    clerk.press(onward)
    assert clerk.where() == "after"


@pytest.mark.parametrize("back", ["Shift+Enter", "Shift+Tab", "Up"])
def test_shift_enter_shift_tab_and_up_all_go_back(
    clerk: Clerk, sheet: MakeSheet, back: str
) -> None:
    sheet(Kind.TEXT)
    clerk.press("Enter", back)
    assert clerk.where() == "it"


def test_a_field_has_its_label_as_its_name_for_a_screen_reader(sheet: MakeSheet) -> None:
    made = sheet(Kind.TEXT)
    assert made.box.widget.accessibleName() == "It"


def test_a_problem_appears_on_leaving_and_goes_the_moment_it_is_fixed(
    clerk: Clerk, sheet: MakeSheet
) -> None:
    made = sheet(Kind.DIGITS, least=9, most=10)
    clerk.type("0812")
    assert "อย่างน้อย" not in clerk.words(made)
    clerk.press("Enter")
    assert "อย่างน้อย 9" in clerk.words(made)
    assert "อย่างน้อย 9" in made.box.widget.accessibleDescription()
    clerk.press("Shift+Enter")
    clerk.type("081234567")
    assert "อย่างน้อย" not in clerk.words(made)
    assert made.box.widget.accessibleDescription() == ""


def test_what_cannot_be_read_stays_as_typed(clerk: Clerk, sheet: MakeSheet) -> None:
    made = sheet(Kind.BAHT)
    clerk.type("สามแสน")
    clerk.press("Enter")
    assert clerk.reads(made, "it") == "สามแสน"
    assert made.value() == "สามแสน"
    assert fields.check(made.box.editor.field, made.value())


@pytest.mark.parametrize(("kind", "typed"), [(Kind.DATE, "31/4/2568"), (Kind.BAHT, "1,00")])
def test_a_draft_that_could_not_be_read_is_still_refused_with_its_reason_when_it_comes_back(
    clerk: Clerk, sheet: MakeSheet, kind: Kind, typed: str
) -> None:
    first = sheet(kind)
    clerk.type(typed)
    clerk.press("Enter")
    reason = first.box.message()
    again = sheet(kind)
    again.box.editor.set_value(first.value())
    clerk.press("Enter")
    assert clerk.reads(again, "it") == typed
    assert again.box.message() == reason != ""


# --- numbers and money


@pytest.mark.parametrize("typed", ["0812345678", "๐๘๑๒๓๔๕๖๗๘", "081-234-5678", "08 1234 5678"])
def test_digits_are_taken_in_every_clear_form(clerk: Clerk, sheet: MakeSheet, typed: str) -> None:
    made = sheet(Kind.DIGITS)
    clerk.type(typed)
    clerk.press("Enter")
    assert made.value() == "0812345678"


def test_the_keys_of_the_top_row_are_digits_under_the_thai_layout(
    clerk: Clerk, sheet: MakeSheet
) -> None:
    made = sheet(Kind.CITIZEN_ID)
    for letter, scan_code in zip("ๅ/-ภถุึคตจ", range(10, 20), strict=True):
        clerk.press_thai(letter, scan_code)
    assert clerk.reads(made, "it") == "1-2345-67890"


def test_letters_of_the_thai_top_row_are_digits_even_without_a_key_number(
    clerk: Clerk, sheet: MakeSheet
) -> None:
    made = sheet(Kind.DIGITS)
    clerk.type("ๅภถุึคตจ")
    clerk.press("Enter")
    assert made.value() == "14567890"


def test_a_real_dash_stays_a_dash(clerk: Clerk, sheet: MakeSheet) -> None:
    made = sheet(Kind.DIGITS)
    clerk.type("02")
    clerk.press_thai("-", 20)
    assert clerk.reads(made, "it") == "02-"


def test_an_amount_is_bare_while_typing_and_grouped_and_spelt_after(
    clerk: Clerk, sheet: MakeSheet
) -> None:
    made = sheet(Kind.BAHT)
    clerk.type("๓๐๐๐๐๐")
    clerk.press("Enter")
    assert clerk.reads(made, "it") == "300,000.00"
    assert "(สามแสนบาทถ้วน)" in clerk.words(made)
    assert made.value() == 30_000_000
    clerk.press("Shift+Enter")
    assert clerk.reads(made, "it") == "300000"


def test_a_whole_number_is_read_as_a_number(clerk: Clerk, sheet: MakeSheet) -> None:
    made = sheet(Kind.WHOLE)
    clerk.type("๖๐")
    clerk.press("Enter")
    assert made.value() == 60


# --- the citizen's number


def test_a_number_is_grouped_while_it_is_typed_and_counted_in_words(
    clerk: Clerk, sheet: MakeSheet
) -> None:
    made = sheet(Kind.CITIZEN_ID)
    clerk.type("91017002")
    assert clerk.reads(made, "it") == "9-1017-002"
    assert "8 จาก 13" in clerk.words(made)
    clerk.type("30707")
    assert clerk.reads(made, "it") == "9-1017-00230-70-7"


def test_the_check_digit_decides_what_the_words_say(clerk: Clerk, sheet: MakeSheet) -> None:
    from app.core import thai

    twelve = "910170023070"
    right = thai.citizen_id_check_digit(twelve)
    made = sheet(Kind.CITIZEN_ID)
    clerk.type(twelve + right)
    assert "เลขถูกต้อง" in clerk.words(made)
    clerk.press("Backspace")
    clerk.type(str((int(right) + 1) % 10))
    assert "เลขไม่ถูกต้อง" in clerk.words(made)
    assert made.value() == twelve + str((int(right) + 1) % 10)


def test_a_digit_can_be_put_right_in_the_middle_of_a_number(clerk: Clerk, sheet: MakeSheet) -> None:
    made = sheet(Kind.CITIZEN_ID)
    clerk.type("9101")
    clerk.press("Home", "Right", "Right", "Delete")
    clerk.type("55")
    assert clerk.reads(made, "it") == "9-5501"
    clerk.type("7")
    assert clerk.reads(made, "it") == "9-5570-1"


# --- choices


@pytest.mark.parametrize("typed", ["2", "๒", "กำลัง", "doing"])
def test_a_choice_is_taken_by_number_code_or_beginning(
    clerk: Clerk, sheet: MakeSheet, typed: str
) -> None:
    made = sheet(Kind.CHOICE, choices=STATUS)
    clerk.type(typed)
    clerk.press("Enter")
    assert clerk.reads(made, "it") == "กำลังดำเนินการ"
    assert made.value() == "doing"
    assert clerk.where() == "after"


def test_the_list_of_a_choice_opens_with_f4_and_esc_closes_it_only(
    clerk: Clerk, sheet: MakeSheet
) -> None:
    made = sheet(Kind.CHOICE, choices=STATUS)
    clerk.press("F4")
    assert offers(made) == ["1  ร่าง", "2  กำลังดำเนินการ", "3  แล้วเสร็จ", "4  กำจัดทิ้ง"]
    clerk.press("Esc")
    assert offers(made) == []
    assert clerk.where() == "it"


def test_walking_the_list_leaves_the_typed_text_alone(clerk: Clerk, sheet: MakeSheet) -> None:
    made = sheet(Kind.CHOICE, choices=STATUS)
    clerk.type("กำ")
    clerk.press("Down")
    assert clerk.reads(made, "it") == "กำ"
    clerk.press("Up", "Down", "Enter")
    assert made.value() == "void"


def test_words_that_fit_no_choice_are_named(clerk: Clerk, sheet: MakeSheet) -> None:
    made = sheet(Kind.CHOICE, choices=STATUS)
    clerk.type("ไม่มี")
    clerk.press("Enter")
    assert "โปรดเลือกจากรายการ" in clerk.words(made)
    assert made.value() == "ไม่มี"


# --- ticks and notes


def test_a_tick_has_no_answer_until_the_clerk_gives_one(clerk: Clerk, sheet: MakeSheet) -> None:
    made = sheet(Kind.FLAG)
    assert made.value() is None
    clerk.press("Space")
    assert made.value() is True
    clerk.type("0")
    assert made.value() is False
    clerk.press("Enter")
    assert clerk.where() == "after"


def test_in_a_note_enter_is_a_new_line_and_tab_leaves(clerk: Clerk, sheet: MakeSheet) -> None:
    made = sheet(Kind.NOTE)
    clerk.type("บรรทัดแรก")
    clerk.press("Enter")
    clerk.type("บรรทัดสอง")
    clerk.press("Tab")
    assert made.value() == "บรรทัดแรก\nบรรทัดสอง"
    assert clerk.where() == "after"


def test_down_walks_a_note_and_leaves_it_on_the_last_line(clerk: Clerk, sheet: MakeSheet) -> None:
    sheet(Kind.NOTE)
    clerk.type("หนึ่ง")
    clerk.press("Enter", "Up", "Down")
    assert clerk.where() == "it"
    clerk.press("Down")
    assert clerk.where() == "after"


# --- places and addresses


def test_a_place_is_found_without_its_tone_marks_and_home_comes_first(
    clerk: Clerk, sheet: MakeSheet
) -> None:
    made = sheet(Kind.SUBDISTRICT)
    clerk.type("ยานซือ")
    assert offers(made)[0].startswith("ต.ย่านซื่อ อ.เมืองอ่างทอง จ.อ่างทอง")
    clerk.press("Enter")
    assert made.value() == "150114"
    assert clerk.where() == "after"


def test_a_name_that_many_places_share_is_never_taken_bare(clerk: Clerk, sheet: MakeSheet) -> None:
    made = sheet(Kind.SUBDISTRICT)
    clerk.type("หนองบัว")
    clerk.press("Esc", "Enter")
    assert "เลือกตำบลจากรายการ" in clerk.words(made)


def test_f4_offers_the_places_of_the_home_province(clerk: Clerk, sheet: MakeSheet) -> None:
    made = sheet(Kind.SUBDISTRICT)
    clerk.press("F4")
    assert offers(made)
    assert all("จ.อ่างทอง" in place for place in offers(made))


def test_the_picked_subdistrict_brings_its_postcode(clerk: Clerk, sheet: MakeSheet) -> None:
    made = sheet(Kind.ADDRESS)
    clerk.type("12/3")
    clerk.press("Enter")
    clerk.type("4")
    clerk.press("Enter", "Enter", "Enter", "Enter")
    clerk.type("ย่านซื่อ อ่างทอง")
    clerk.press("Enter")
    assert clerk.reads(made, "it.postcode") == "14000"
    assert made.value() == {
        "house_no": "12/3",
        "moo": "4",
        "subdistrict": "150114",
        "postcode": "14000",
    }


def test_the_text_from_the_card_stays_with_the_address(clerk: Clerk, sheet: MakeSheet) -> None:
    made = sheet(Kind.ADDRESS)
    made.box.editor.set_value({"card_text": "12 หมู่ 4", "moo": "4"})
    clerk.type("12")
    assert made.value() == {"card_text": "12 หมู่ 4", "moo": "4", "house_no": "12"}


# --- other records


def test_a_record_is_found_by_a_part_of_its_title(
    clerk: Clerk, sheet: MakeSheet, qtbot: QtBot, jobs: Jobs
) -> None:
    made = sheet(Kind.RECORD, target="group")
    clerk.type("มาลี")
    qtbot.waitUntil(lambda: offers(made) == ["กลุ่มข้าวมาลี"] and not jobs.is_busy())
    clerk.press("Enter")
    assert made.value() == GROUPS[1]
    assert clerk.reads(made, "it") == "กลุ่มข้าวมาลี"


def test_a_record_typed_faster_than_the_list_is_taken_when_it_is_the_only_one(
    clerk: Clerk, sheet: MakeSheet, qtbot: QtBot
) -> None:
    made = sheet(Kind.RECORD, target="group")
    clerk.type("หมู")
    clerk.press("Enter")
    qtbot.waitUntil(lambda: made.value() == GROUPS[2])
    assert clerk.reads(made, "it") == "กลุ่มหมูแดดเดียว"
    assert made.box.message() == ""


def test_words_alone_are_no_record(clerk: Clerk, sheet: MakeSheet, qtbot: QtBot) -> None:
    made = sheet(Kind.RECORD, target="group")
    clerk.type("กลุ่ม")
    qtbot.waitUntil(lambda: len(offers(made)) == 3)
    clerk.press("Esc", "Enter")
    assert "เลือกจากรายการ" in clerk.words(made)


@pytest.mark.parametrize("onward", ["Enter", "Tab"])
def test_a_row_that_fits_older_words_is_not_taken(
    clerk: Clerk, sheet: MakeSheet, answering: threading.Event, qtbot: QtBot, onward: str
) -> None:
    made = sheet(Kind.RECORD, target="group")
    clerk.type("กลุ่ม")
    qtbot.waitUntil(lambda: len(offers(made)) == 3)
    answering.clear()
    clerk.type("หมู")  # the list still begins with กลุ่มดอกไม้จันทน์ย่านซื่อ
    clerk.press(onward)
    assert (made.value(), clerk.where()) == ("กลุ่มหมู", "after")

    answering.set()
    qtbot.waitUntil(lambda: made.value() != "กลุ่มหมู")
    assert made.value() == GROUPS[2]


def test_a_list_that_was_put_away_does_not_come_back(
    clerk: Clerk, sheet: MakeSheet, answering: threading.Event, qtbot: QtBot, jobs: Jobs
) -> None:
    made = sheet(Kind.RECORD, target="group")
    clerk.type("กลุ่ม")
    qtbot.waitUntil(lambda: len(offers(made)) == 3)
    answering.clear()
    clerk.type("ข")
    clerk.press("Esc")

    answering.set()
    qtbot.waitUntil(lambda: not jobs.is_busy())
    assert offers(made) == []
    clerk.press("Enter")
    assert made.value() == "กลุ่มข"


# --- lines


def test_enter_goes_through_the_lines_and_out_of_an_empty_one(
    clerk: Clerk, sheet: MakeSheet
) -> None:
    made = sheet(Kind.ROWS, rows=BOUGHT)
    for item, quantity, price in (("ผ้าฝ้าย", "10", "1500"), ("ไม้ไผ่", "3", "250.50")):
        for typed in (item, quantity, price):
            clerk.type(typed)
            clerk.press("Enter")
    clerk.press("Enter")
    assert clerk.where() == "after"
    assert made.value() == [
        {"item": "ผ้าฝ้าย", "quantity": 10, "unit_price": 150000},
        {"item": "ไม้ไผ่", "quantity": 3, "unit_price": 25050},
    ]
    assert "รวม 15,751.50 บาท" in clerk.words(made)


def test_ctrl_delete_takes_a_line_out(clerk: Clerk, sheet: MakeSheet) -> None:
    made = sheet(Kind.ROWS, rows=BOUGHT)
    for item in ("หนึ่ง", "สอง", "สาม"):
        clerk.type(item)
        clerk.press("Enter", "Enter", "Enter")
    clerk.press("Up", "Up", "Up", "Up", "Up", "Up", "Ctrl+Del")
    assert made.value() == [{"item": "หนึ่ง"}, {"item": "สาม"}]
    assert clerk.where() == "it.1.item"


def test_a_problem_in_a_line_stands_under_that_line(clerk: Clerk, sheet: MakeSheet) -> None:
    made = sheet(Kind.ROWS, rows=BOUGHT)
    clerk.type("กาว")
    clerk.press("Enter")
    clerk.type("x")
    clerk.press("Enter")
    assert "กรอกเฉพาะตัวเลข" in clerk.words(made)


def test_what_a_newer_program_put_into_a_line_stays_in_it(clerk: Clerk, sheet: MakeSheet) -> None:
    made = sheet(Kind.ROWS, rows=BOUGHT)
    made.box.editor.set_value([{"item": "ผ้า", "colour": "แดง"}])
    clerk.press("Enter")
    clerk.type("2")
    assert made.value() == [{"item": "ผ้า", "colour": "แดง", "quantity": 2}]
