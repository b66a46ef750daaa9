"""The Buddhist-era date field: what may be typed, what is shown, the keys and the calendar."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QComboBox, QSpinBox

from app.core import fields
from app.core.fields import Field, Kind
from app.ui.fields.date_edit import BEDateEdit
from app.ui.fields.date_popup import DatePopup
from tests.ui.clerk import Clerk

YEAR = fields.today().year
MakeDate = Callable[..., BEDateEdit]


@pytest.fixture
def date(clerk: Clerk) -> MakeDate:
    def make(kind: Kind = Kind.PARTIAL_DATE, value: str = "") -> BEDateEdit:
        from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

        sheet = QWidget()
        edit = BEDateEdit(Field("born", "Born", kind))
        column = QVBoxLayout(sheet)
        column.addWidget(edit)
        column.addWidget(QLineEdit(objectName="after"))
        column.addStretch(1)
        edit.set_value(value or None)
        kept.append(sheet)
        clerk.sees(sheet, width=420, height=420)
        edit.setFocus()
        edit.selectAll()
        return edit

    kept: list[object] = []
    return make


TAKEN = [
    ("15/3/2568", "2025-03-15"),
    ("15/3/68", "2025-03-15"),
    ("15-3-2568", "2025-03-15"),
    ("15.3.2568", "2025-03-15"),
    ("15 3 2568", "2025-03-15"),
    ("15032568", "2025-03-15"),
    ("150368", "2025-03-15"),
    ("15 มี.ค. 68", "2025-03-15"),
    ("15 มีนาคม 2568", "2025-03-15"),
    ("๑๕ มีนาคม ๒๕๖๘", "2025-03-15"),
    ("15มี.ค.68", "2025-03-15"),
    ("-/3/2520", "1977-03"),
    ("-/-/2520", "1977"),
    ("2520", "1977"),
    ("00/00/2520", "1977"),
    ("00/03/2520", "1977-03"),
    ("15/3", f"{YEAR}-03-15"),
    ("29/2/2567", "2024-02-29"),
    ("1/1/2484", "1941-01-01"),
    ("1/2/2480", "1938-02-01"),
    ("+7", (fields.today() + timedelta(days=7)).isoformat()),
    ("ว", fields.today().isoformat()),
]
REFUSED = [
    ("31/4/2568", "31 เมษายน 2568"),
    ("29/2/2568", "2568"),
    ("15/3/2025", "2568"),
    ("1/2/2483", "2483"),
    ("15/13/2568", "13"),
]


@pytest.mark.parametrize(("typed", "stored"), TAKEN)
def test_every_clear_form_is_taken(clerk: Clerk, date: MakeDate, typed: str, stored: str) -> None:
    edit = date()
    clerk.type(typed)
    clerk.press("Enter")
    assert edit.value() == stored
    assert edit.problem() == ""


@pytest.mark.parametrize(("typed", "named"), REFUSED)
def test_a_date_that_cannot_be_is_refused_by_name(
    clerk: Clerk, date: MakeDate, typed: str, named: str
) -> None:
    edit = date()
    clerk.type(typed)
    clerk.press("Enter")
    assert named in edit.problem()
    assert edit.text() == typed


def test_a_full_date_is_needed_where_the_form_needs_one(clerk: Clerk, date: MakeDate) -> None:
    edit = date(Kind.DATE)
    clerk.type("-/3/2568")
    clerk.press("Enter")
    assert edit.problem()


def test_the_field_shows_numbers_and_leaving_it_shows_words(clerk: Clerk, date: MakeDate) -> None:
    edit = date()
    clerk.type("150368")
    clerk.press("Enter")
    assert edit.text() == "15 มีนาคม 2568"
    clerk.press("Shift+Enter")
    assert edit.text() == "15/03/2568"


def test_an_unknown_day_is_shown_as_unknown(clerk: Clerk, date: MakeDate) -> None:
    edit = date(value="1977-03")
    clerk.press("Enter")
    assert edit.text() == "มีนาคม 2520"
    clerk.press("Shift+Enter")
    assert edit.text() == "-/03/2520"


@pytest.mark.parametrize("key", ["T", "t", "ว", "ะ"])
def test_one_key_is_today(clerk: Clerk, date: MakeDate, key: str) -> None:
    edit = date()
    clerk.type(key)
    assert edit.value() == fields.today().isoformat()


def test_plus_and_minus_step_a_day(clerk: Clerk, date: MakeDate) -> None:
    edit = date(value="2025-03-01")
    clerk.type("-")
    assert edit.text() == "28/02/2568"
    clerk.type("++")
    assert edit.text() == "02/03/2568"


def test_a_dash_in_a_half_typed_date_is_a_dash(clerk: Clerk, date: MakeDate) -> None:
    edit = date()
    clerk.type("15-3-68")
    assert edit.text() == "15-3-68"


def test_a_date_can_be_typed_while_the_thai_layout_is_on(clerk: Clerk, date: MakeDate) -> None:
    edit = date()
    for letter, scan_code in (
        ("ๅ", 10), ("ถ", 14), ("ฝ", 61), ("-", 12), ("ฝ", 61),
        ("/", 11), ("ถ", 14), ("ุ", 15), ("ค", 17),
    ):  # fmt: skip
        clerk.press_thai(letter, scan_code)
    clerk.press("Enter")
    assert edit.value() == "2025-03-15"


def test_a_month_can_be_named_after_the_day_under_the_thai_layout(
    clerk: Clerk, date: MakeDate
) -> None:
    edit = date()
    clerk.type("15 ตุลาคม 2568")
    clerk.press("Enter")
    assert edit.value() == "2025-10-15"


def test_the_calendar_has_buddhist_years_and_is_walked_by_keys(
    clerk: Clerk, date: MakeDate
) -> None:
    edit = date(value="2025-03-31")
    clerk.press("F4")
    popup = edit.window().findChild(DatePopup)
    assert popup is not None
    assert popup.isVisible()
    assert popup.findChild(QSpinBox).text() == "พ.ศ. 2568"
    assert popup.findChild(QComboBox).currentText() == "มีนาคม"
    clerk.press("Right")
    assert popup.findChild(QComboBox).currentText() == "เมษายน"
    clerk.press("Enter")
    assert not popup.isVisible()
    assert edit.value() == "2025-04-01"
    assert clerk.at() is edit


def test_the_weekday_row_tells_every_day_apart(clerk: Clerk, date: MakeDate) -> None:
    edit = date()
    clerk.press("F4")
    names = ["จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา."]
    assert clerk.words(edit.window()).split("\n") == names


def test_the_month_and_the_year_can_be_turned(clerk: Clerk, date: MakeDate) -> None:
    edit = date(value="2025-03-31")
    clerk.press("F4")
    popup = edit.window().findChild(DatePopup)
    assert popup is not None
    popup.findChild(QComboBox).setFocus()
    clerk.press("Up")
    popup.findChild(QSpinBox).setFocus()
    clerk.press("Up")
    popup.take_focus()
    clerk.press("Enter")
    assert edit.value() == "2026-02-28"


@pytest.mark.parametrize("key", ["Esc", "F4"])
def test_the_calendar_can_be_given_up(clerk: Clerk, date: MakeDate, key: str) -> None:
    edit = date(value="2025-03-31")
    clerk.press("F4", "Right", key)
    assert edit.value() == "2025-03-31"
    assert clerk.at() is edit


def test_the_calendar_goes_when_the_clerk_goes_elsewhere(clerk: Clerk, date: MakeDate) -> None:
    edit = date(value="2025-03-31")
    clerk.press("F4")
    after = edit.window().findChild(object, "after")
    after.setFocus()
    popup = edit.window().findChild(DatePopup)
    assert popup is not None
    assert not popup.isVisible()
    assert edit.text() == "31 มีนาคม 2568"
