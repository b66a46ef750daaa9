"""The form of a record: entry by keys alone, problems, pins, drafts, and room on small screens."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from PySide6.QtGui import QClipboard, QFontMetrics
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget

from app.core import fields
from app.core.errors import Problem
from app.core.fields import Draft, Field, Kind
from app.ui.fields.around import Around
from app.ui.records.form_sections import Section
from app.ui.records.record_form import RecordForm
from tests.ui.clerk import Clerk
from tests.ui.office import GROUPS

SEX = (("male", "ชาย"), ("female", "หญิง"))
BOUGHT = (Field("item", "Item", Kind.TEXT), Field("amount", "Amount (baht)", Kind.BAHT))
FIELDS = (
    Field("id_no", "เลขประจำตัวประชาชน", Kind.CITIZEN_ID),
    Field("first", "ชื่อ", Kind.TEXT, required=True),
    Field("last", "สกุล", Kind.TEXT),
    Field("sex", "เพศ", Kind.CHOICE, choices=SEX),
    Field("born", "วันเกิด", Kind.PARTIAL_DATE),
    Field("phone", "โทรศัพท์", Kind.DIGITS, least=9, most=10),
    Field("group", "กลุ่มอาชีพ", Kind.RECORD, target="group"),
    Field("alive", "มีชีวิตอยู่", Kind.FLAG, default=True),
    Field("address", "ที่อยู่", Kind.ADDRESS),
    Field("income", "รายได้ (บาท)", Kind.BAHT),
    Field("years", "อายุงาน (ปี)", Kind.WHOLE),
    Field("lines", "รายการซื้อ", Kind.ROWS, rows=BOUGHT),
    Field("note", "หมายเหตุ", Kind.NOTE),
    Field("number", "เลขที่ออกให้", Kind.TEXT, derived=True),
)
SECTIONS = (
    Section("บุคคล", ("id_no", "first", "last", "sex", "born", "phone", "group", "alive")),
    Section("ที่อยู่", ("address",)),
    Section("อาชีพ", ("income", "years", "lines", "note")),
)


@pytest.fixture
def form(clerk: Clerk, around: Around) -> RecordForm:
    form = RecordForm(FIELDS, SECTIONS, around)
    clerk.sees(form)
    form.begin()
    form.go_to("")
    return form


def test_a_record_is_entered_by_keys_alone_within_the_budget(
    clerk: Clerk, form: RecordForm
) -> None:
    for typed in ("9101700230708", "สมชาย", "ใจดี", "1", "150320", "0812345678"):
        clerk.type(typed)
        clerk.press("Enter")
    assert clerk.where() == "group"
    assert form.draft() == {
        "id_no": "9101700230708",
        "first": "สมชาย",
        "last": "ใจดี",
        "sex": "male",
        "born": "1977-03-15",
        "phone": "0812345678",
        "alive": True,
    }
    assert clerk.presses <= 65


def test_tab_goes_through_every_field_in_the_order_of_the_paper_and_ends_at_save(
    clerk: Clerk, form: RecordForm
) -> None:
    order = []
    while clerk.where():
        order.append(clerk.where())
        clerk.press("Tab")
    address = ["house_no", "moo", "village", "soi", "road", "subdistrict", "postcode", "house_code"]
    assert order == [
        *SECTIONS[0].fields,
        *(f"address.{part}" for part in address),
        *("income", "years", "lines.0.item", "note"),
    ]
    assert isinstance(clerk.at(), QPushButton)


def test_enter_on_the_last_field_moves_to_save_and_does_not_save(
    clerk: Clerk, form: RecordForm
) -> None:
    asked: list[bool] = []
    form.save_asked.connect(asked.append)
    form.go_to("years")
    clerk.press("Enter", "Enter", "Tab")
    assert asked == []
    clerk.press("Enter")
    assert asked == [False]


@pytest.mark.parametrize(("chord", "and_new"), [("Ctrl+S", False), ("Ctrl+Enter", True)])
@pytest.mark.parametrize("name", ["first", "note", "lines", "address"])
def test_the_save_keys_work_from_every_kind_of_field(
    clerk: Clerk, form: RecordForm, chord: str, and_new: bool, name: str
) -> None:
    asked: list[bool] = []
    form.save_asked.connect(asked.append)
    form.go_to(name)
    clerk.press(chord)
    assert asked == [and_new]


def test_the_save_key_works_under_the_thai_layout(clerk: Clerk, form: RecordForm) -> None:
    asked: list[bool] = []
    form.save_asked.connect(asked.append)
    clerk.press_thai("ห", 39, held="Ctrl")
    assert asked == [False]


def test_copy_and_paste_work_under_the_thai_layout(
    clerk: Clerk, form: RecordForm, clipboard: QClipboard
) -> None:
    form.go_to("first")
    clerk.type("สมชาย")
    clerk.press_thai("ฟ", 38, held="Ctrl")  # A
    clerk.press_thai("แ", 54, held="Ctrl")  # C
    clerk.press("Enter")
    clerk.press_thai("อ", 55, held="Ctrl")  # V
    assert clerk.reads(form, "last") == "สมชาย"


def test_esc_asks_to_leave_but_first_closes_an_open_list(clerk: Clerk, form: RecordForm) -> None:
    asked: list[int] = []
    form.leave_asked.connect(lambda: asked.append(1))
    form.go_to("sex")
    clerk.press("F4", "Esc")
    assert asked == []
    clerk.press("Esc")
    assert asked == [1]


def test_a_form_is_clean_until_something_is_typed_and_clean_again_when_it_is_taken_back(
    clerk: Clerk, form: RecordForm
) -> None:
    form.go_to("first")
    assert not form.is_dirty()
    clerk.type("ก")
    assert form.is_dirty()
    clerk.press("Ctrl+Z")
    assert not form.is_dirty()


def test_every_change_is_told(clerk: Clerk, form: RecordForm) -> None:
    told: list[int] = []
    form.changed.connect(lambda: told.append(1))
    form.load({"first": "อรทัย"})
    assert told == []
    clerk.type("9")
    assert told == [1]


def test_what_the_form_does_not_show_stays_in_the_draft(clerk: Clerk, form: RecordForm) -> None:
    form.load({"first": "อรทัย", "number": "15-001", "from_newer_program": [1]})
    form.go_to("last")
    clerk.type("ใจดี")
    assert form.draft() == {
        "first": "อรทัย",
        "last": "ใจดี",
        "number": "15-001",
        "from_newer_program": [1],
    }


# --- problems


def test_problems_stand_under_their_fields_and_on_top_with_a_count(
    clerk: Clerk, form: RecordForm
) -> None:
    form.show_problems(
        [Problem("first", "กรอกชื่อ"), Problem("address.postcode", "รหัสไปรษณีย์ไม่ตรงกับตำบล")]
    )
    assert "ต้องแก้ไข 2 จุด" in clerk.words(form)
    assert clerk.words(form).count("กรอกชื่อ") == 2
    assert "รหัสไปรษณีย์ไม่ตรงกับตำบล" in clerk.words(form)
    assert clerk.where() == "first"


def test_each_line_of_the_summary_jumps_to_its_field(clerk: Clerk, form: RecordForm) -> None:
    form.show_problems([Problem("first", "กรอกชื่อ"), Problem("address.postcode", "ไม่ตรง")])
    form.go_to("")
    clerk.press("Shift+Tab")
    assert clerk.at().accessibleName() == "ไม่ตรง"
    clerk.press("Enter")
    assert clerk.where() == "address.postcode"


def test_a_problem_of_a_line_is_found_by_its_path(clerk: Clerk, form: RecordForm) -> None:
    form.load({"lines": [{"item": "ผ้า"}, {"item": "ด้าย"}]})
    form.show_problems([Problem("lines.1.amount", "กรอกราคา")])
    assert clerk.where() == "lines.1.amount"
    assert "กรอกราคา" in clerk.words(form)


def test_the_count_falls_as_fields_are_put_right(clerk: Clerk, form: RecordForm) -> None:
    form.show_problems([Problem("first", "กรอกชื่อ"), Problem("address.postcode", "ไม่ตรง")])
    clerk.type("สมชาย")
    assert "ต้องแก้ไข 1 จุด" in clerk.words(form)
    form.go_to("address.postcode")
    clerk.type("14000")
    assert "ต้องแก้ไข" not in clerk.words(form)


def test_errors_come_before_warnings_and_a_warning_takes_a_reason(
    clerk: Clerk, form: RecordForm
) -> None:
    form.show_problems(
        [
            Problem("phone", "เบอร์นี้ซ้ำ", code="same_phone", warning=True),
            Problem("first", "กรอกชื่อ"),
        ]
    )
    assert clerk.where() == "first"
    form.show_problems([Problem("phone", "เบอร์นี้ซ้ำ", code="same_phone", warning=True)])
    assert "ระบุเหตุผล" in clerk.words(form)
    assert form.reasons() == {}
    form.go_to("")
    clerk.press("Shift+Tab")
    assert clerk.at().accessibleName() == "เหตุผล: เบอร์นี้ซ้ำ"
    clerk.type("ใช้ร่วมกับมารดา")
    assert form.reasons() == {"same_phone": "ใช้ร่วมกับมารดา"}


def test_a_reason_given_is_kept_while_another_problem_is_put_right(
    clerk: Clerk, form: RecordForm
) -> None:
    same_phone = Problem("phone", "เบอร์นี้ซ้ำ", code="same_phone", warning=True)
    form.show_problems([same_phone])
    form.go_to("")
    clerk.press("Shift+Tab")
    clerk.type("ใช้ร่วมกับมารดา")
    form.show_problems([Problem("first", "กรอกชื่อ")])
    assert form.reasons() == {"same_phone": "ใช้ร่วมกับมารดา"}
    form.load({})
    assert form.reasons() == {}


def test_a_problem_that_asks_a_question_takes_the_clerk_to_its_answer(
    clerk: Clerk, form: RecordForm
) -> None:
    asked = Problem("id_no", "ไม่ตรงกัน", code="typed_twice", question="พิมพ์อีกครั้ง")
    form.show_problems([asked])
    assert clerk.at().accessibleName() == "พิมพ์อีกครั้ง"
    clerk.type("91")
    form.show_problems([asked])
    assert form.reasons() == {"typed_twice": "91"}
    clerk.type("92")
    assert form.reasons() == {"typed_twice": "92"}


def test_a_problem_of_the_whole_record_is_only_on_top(clerk: Clerk, form: RecordForm) -> None:
    form.show_problems([Problem("", "กลุ่มนี้มีแฟ้มเงินกู้ที่ยังไม่ปิด")])
    assert "กลุ่มนี้มีแฟ้มเงินกู้ที่ยังไม่ปิด" in clerk.words(form)


# --- pins


def test_a_pinned_value_is_kept_for_the_next_record(clerk: Clerk, form: RecordForm) -> None:
    form.go_to("last")
    clerk.type("ใจดี")
    clerk.press("F7", "Enter")
    clerk.type("1")
    form.begin()
    assert clerk.reads(form, "last") == "ใจดี"
    assert clerk.reads(form, "sex") == ""


def test_a_pinned_value_is_kept_against_the_default_of_its_field(
    clerk: Clerk, form: RecordForm
) -> None:
    form.go_to("alive")
    clerk.press("Space", "F7")  # taken off, and pinned as it stands
    assert form.draft().get("alive") is False
    form.begin()
    assert form.draft().get("alive") is False
    form.begin({"alive": True})
    assert form.draft().get("alive") is False


def test_a_record_that_is_opened_is_shown_as_it_is_in_spite_of_pins(
    clerk: Clerk, form: RecordForm
) -> None:
    form.go_to("last")
    clerk.type("ใจดี")
    clerk.press("F7")
    form.load({"last": "รักไทย"})
    assert clerk.reads(form, "last") == "รักไทย"


def test_a_number_of_a_citizen_can_not_be_pinned(clerk: Clerk, form: RecordForm) -> None:
    clerk.type("9101700230708")
    clerk.press("F7")
    form.begin()
    assert clerk.reads(form, "id_no") == ""


# --- what goes in comes out


LETTERS = some.text("กขคงจชดตนบปมยรลวสหอาิีุูเแโ่้ ", min_size=1, max_size=20).filter(str.strip)
DRAFTS = some.fixed_dictionaries(
    {},
    optional={
        "id_no": some.text("0123456789", min_size=13, max_size=13),
        "first": LETTERS,
        "sex": some.sampled_from(["male", "female"]),
        "born": some.dates().map(str) | some.sampled_from(["1977", "1977-03"]),
        "phone": some.text("0123456789", min_size=9, max_size=10),
        "group": some.sampled_from(GROUPS),
        "alive": some.booleans(),
        "income": some.integers(0, 10**12),
        "years": some.integers(0, 10**6),
        "note": LETTERS,
        "address": some.fixed_dictionaries(
            {"moo": some.text("0123456789", min_size=1, max_size=3)},
            optional={"subdistrict": some.just("150114"), "road": LETTERS},
        ),
        "lines": some.lists(
            some.fixed_dictionaries(
                {"item": LETTERS}, optional={"amount": some.integers(0, 10**9)}
            ),
            min_size=1,
            max_size=4,
        ),
    },
)


@given(draft=DRAFTS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_draft_that_is_loaded_comes_out_as_it_went_in(form: RecordForm, draft: Draft) -> None:
    draft = fields.clean(FIELDS, draft)
    form.load(draft)
    assert fields.clean(FIELDS, form.draft()) == draft
    assert not form.is_dirty()


# --- room


@pytest.mark.parametrize("width", [330, 420, 560, 780, 1000])
def test_no_field_is_cut_at_any_width(clerk: Clerk, form: RecordForm, width: int) -> None:
    form.resize(width, 560)
    clerk.waits()
    page = form.findChild(QScrollArea).widget()
    room = form.findChild(QScrollArea).viewport().width()
    assert page.width() <= room
    for child in page.findChildren(QWidget):
        if child.isVisible():
            right = child.mapTo(page, child.rect().topRight()).x()
            assert right <= room, child.objectName()


def test_the_buttons_stay_in_view_while_the_fields_scroll(clerk: Clerk, form: RecordForm) -> None:
    form.resize(560, 340)
    form.go_to("note")
    clerk.waits()
    for button in form.findChildren(QPushButton):
        if button.text().startswith("บันทึก"):
            assert form.rect().contains(button.geometry())


@pytest.mark.parametrize("points", [10, 14])
def test_no_label_cuts_a_tone_mark(clerk: Clerk, form: RecordForm, points: int) -> None:
    form.show_problems([Problem("first", "กรอกชื่อ ญี่ปุ่น ฐู้ ปี๋")])
    for label in form.findChildren(QLabel):
        font = label.font()
        font.setPointSize(points)
        metrics = QFontMetrics(font)
        ink = metrics.tightBoundingRect(label.text())
        assert -ink.top() <= metrics.ascent() + 1, label.text()
        assert ink.bottom() <= metrics.descent() + 1, label.text()
