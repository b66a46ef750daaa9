"""A clerk keeps the attendance of a class at the keyboard, within the budget of the desk."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QMessageBox

from app.core.ids import new_id
from app.services.records import records
from app.services.records.acts import Acting, act
from app.services.training import attendance
from app.ui.pages.attendance_grid import AttendanceGrid
from app.ui.pages.class_page import ClassPage
from app.ui.records.record_form import RecordForm
from app.ui.records.related_list import RecordDialog
from tests.ui.clerk import Clerk
from tests.ui.office import PERSON, Office, citizen

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard")

REASONS = {"few_seats": "ห้องเล็ก"}
CLASS = {
    "course": "SCB", "mode": "on_site", "hours": 18, "place": "หอประชุม", "seats": 60,
    "start_on": "2025-03-17", "end_on": "2025-03-19",
}  # fmt: skip
DAY = "2025-03-17"


def training_class(office: Office, **changed: Any) -> str:
    return records.save(office.desk.store, "training_class", CLASS | changed, reasons=REASONS).id


def trainees(office: Office, class_id: str, count: int, status: str = "training") -> list[str]:
    """Enter people and their applications at once."""
    people = [(new_id(), PERSON | {"first_th": f"คน{n:02}", "id_no": citizen(100 + n)}, ())
              for n in range(count)]  # fmt: skip
    made = [
        (
            new_id(),
            {
                "training_class": class_id,
                "person": person,
                "applied_on": "2025-03-03",
                "link_consent": "agrees",
                "status": status,
            },
            (),
        )
        for person, _data, _parents in people
    ]

    def work(acting: Acting) -> None:
        acting.put_many("person", people)
        acting.put_many("enrolment", made)

    act(office.desk.store, work)
    return [each for each, _data, _parents in made]


@pytest.fixture
def class_id(office: Office) -> str:
    return training_class(office)


def open_grid(office: Office, clerk: Clerk) -> AttendanceGrid:
    clerk.press("Alt+4")
    office.rest()
    clerk.press("Down", "Ctrl+G")
    office.rest()
    page = office.window.page
    assert isinstance(page, ClassPage) and page.grid.isVisible()
    return page.grid


def stored(office: Office, class_id: str) -> list[dict[str, int]]:
    return [each.attended for each in attendance.grid(office.desk.store, class_id).trainees]


def test_attendance_of_thirty_with_three_absent_takes_few_presses_and_no_dialog(
    office: Office, clerk: Clerk, class_id: str
) -> None:
    trainees(office, class_id, 30)
    before = clerk.presses
    grid = open_grid(office, clerk)
    moves = 0

    clerk.press("Ctrl+A")
    for steps in (4, 7, 11):
        clerk.press(*["Down"] * steps)
        clerk.press("Space")
        moves += steps
    assert "มา 27 ขาด 3" in clerk.words(grid)
    clerk.press("Ctrl+S")
    office.rest()

    assert QApplication.activeModalWidget() is None
    assert clerk.presses - before - moves <= 14
    found = [each[DAY] for each in stored(office, class_id)]
    assert (found.count(360), found.count(0)) == (27, 3)
    assert not grid.is_dirty()


def test_digits_are_minutes_and_what_is_too_much_is_told(
    office: Office, clerk: Clerk, class_id: str
) -> None:
    trainees(office, class_id, 2)
    grid = open_grid(office, clerk)

    clerk.type("90")
    clerk.press("Enter", "Down")
    clerk.type("361")
    clerk.press("Enter")
    clerk.waits()
    assert "360" in clerk.words(grid)
    shares = grid.table.columnCount() - 3
    assert grid.table.index(0, shares).data() == "8.33"  # 90 of 18 hours, before it is saved
    clerk.press("Right", "Space", "Space", "Delete", "Ctrl+S")
    office.rest()

    assert stored(office, class_id) == [{DAY: 90}, {}]


def test_digits_of_the_thai_layout_are_digits_in_the_grid(
    office: Office, clerk: Clerk, class_id: str
) -> None:
    trainees(office, class_id, 1)
    grid = open_grid(office, clerk)
    clerk.press_thai("ต", 17)
    clerk.type("0")
    clerk.press("Enter")
    clerk.waits()
    assert grid.table.minutes(0, DAY) == 80


def test_who_is_not_in_training_is_not_marked_and_the_foot_says_why(
    office: Office, clerk: Clerk, class_id: str
) -> None:
    trainees(office, class_id, 1, "checked")
    grid = open_grid(office, clerk)
    for keys in ("Space", "5", "Ctrl+A"):
        clerk.press(keys)
        assert not grid.is_dirty()
    clerk.press("Space")
    assert "คน00" in clerk.words(grid)


def test_undo_takes_the_marks_back(office: Office, clerk: Clerk, class_id: str) -> None:
    trainees(office, class_id, 3)
    grid = open_grid(office, clerk)
    clerk.press("Ctrl+A", "Ctrl+S")
    office.rest()
    assert len(stored(office, class_id)[0]) == 1
    clerk.press("Ctrl+Z")
    office.rest()
    assert stored(office, class_id) == [{}, {}, {}]
    assert grid.table.minutes(0, DAY) is None


def test_marks_that_are_not_saved_are_asked_about_and_kept_as_a_draft(
    office: Office, clerk: Clerk, class_id: str
) -> None:
    trainees(office, class_id, 1)
    grid = open_grid(office, clerk)
    clerk.press("Space")
    office.qtbot.waitUntil(lambda: bool(office.desk.store.drafts.all()))
    office.rest()
    clerk.press("Esc")
    box = office.dialog(QMessageBox)
    assert "ยังไม่ได้บันทึก" in clerk.words(box)
    clerk.press("Esc")
    assert grid.is_dirty()

    (draft,) = office.desk.store.drafts.all()
    grid.table.show(grid.table.grid)
    page = office.window.page
    page.resume(draft["key"], draft["id"], draft["data"])
    office.rest()
    assert grid.table.minutes(0, DAY) == 360
    clerk.press("Ctrl+S")
    office.rest()
    assert stored(office, class_id) == [{DAY: 360}]
    assert office.desk.store.drafts.all() == []
    clerk.press("Esc")
    office.rest()
    assert grid.isHidden() and page.form.isVisible()


def test_discarded_marks_are_gone(office: Office, clerk: Clerk, class_id: str) -> None:
    trainees(office, class_id, 1)
    grid = open_grid(office, clerk)
    clerk.press("Space", "Alt+3")
    box = office.dialog(QMessageBox)
    box.buttons()[1].click()
    office.rest()
    assert not grid.is_dirty() and office.window.page.page.type == "person"
    assert stored(office, class_id) == [{}]


def chosen(office: Office, clerk: Clerk, number: str) -> None:
    clerk.press("F6")
    office.rest()
    assert isinstance(QApplication.activePopupWidget(), QMenu)
    clerk.press(number)
    office.rest()


def test_the_whole_class_goes_from_applied_to_its_results(office: Office, clerk: Clerk) -> None:
    class_id = training_class(office, seats=2)
    made = trainees(office, class_id, 3, "applied")
    grid = open_grid(office, clerk)

    def statuses() -> list[str]:
        found = {each.id: each.status for each in grid.table.grid.trainees}
        return [found[each] for each in made]

    chosen(office, clerk, "1")
    chosen(office, clerk, "2")
    assert statuses() == ["selected", "selected", "reserve"]
    records_of = records.get(office.desk.store, "training_class", class_id)
    assert records_of.data["status"] == "planned"
    chosen(office, clerk, "3")
    assert statuses()[0] == "selected"  # the class does not run yet: each is named with the reason
    box = office.dialog(QMessageBox)
    assert "คน00" in clerk.words(box)
    clerk.press("Esc")
    chosen(office, clerk, "4")
    office.rest()


def test_scores_are_typed_in_the_grid(office: Office, clerk: Clerk, class_id: str) -> None:
    made = trainees(office, class_id, 2, "assessable")
    grid = open_grid(office, clerk)
    grid.view.go_to(0, grid.table.columnCount() - 2)
    clerk.type("59.5")
    clerk.press("Enter", "Down")
    clerk.type("60")
    clerk.press("Enter", "Ctrl+S")
    office.rest()

    found = {each.id: each for each in attendance.grid(office.desk.store, class_id).trainees}
    assert [(found[each].status, found[each].score) for each in made] == [
        ("failed", 5_950), ("passed", 6_000),
    ]  # fmt: skip


def test_a_person_is_added_in_the_grid_and_steps_are_taken_in_the_dialog(
    office: Office, clerk: Clerk, class_id: str
) -> None:
    grid = open_grid(office, clerk)
    clerk.press("Ctrl+N")
    clerk.type("อรทัย")
    office.rest()
    clerk.press("Tab")
    office.rest()
    dialog = office.dialog(RecordDialog)
    assert clerk.where() == "link_consent"
    clerk.type("1")
    clerk.press("Enter", "Ctrl+S")
    office.rest()
    assert [each.name for each in grid.table.grid.trainees] == ["นายอรทัย คำแสน"]

    grid.view.setFocus()
    grid.view.go_to(0, 0)
    clerk.press("Enter")
    office.rest()
    dialog = office.dialog(RecordDialog)
    assert "สมัคร" in clerk.words(dialog)
    chosen(office, clerk, "1")
    clerk.press("Ctrl+S")
    office.rest()
    assert grid.table.grid.trainees[0].status == "checked"
    dialog.reject()


def test_a_trainee_who_is_nowhere_yet_is_added_from_the_grid(
    office: Office, clerk: Clerk, class_id: str
) -> None:
    grid = open_grid(office, clerk)
    clerk.press("Ctrl+N")
    clerk.type("นายสมหมาย ใจดี")
    office.rest()
    clerk.press("Down", "Enter")
    office.rest()
    person = office.dialog(RecordDialog)
    clerk.type(citizen(77))
    for name, typed in (("birth_date", "15/3/2520"), ("nationality", "ไทย")):
        person.form.go_to(name)  # type: ignore[attr-defined]
        clerk.type(typed)
    clerk.press("Ctrl+S")
    office.rest()

    assert clerk.where() == "link_consent"
    clerk.type("1")
    clerk.press("Enter", "Ctrl+S")
    office.rest()
    assert [each.name for each in grid.table.grid.trainees] == ["นายสมหมาย ใจดี"]
    office.rest()


def test_a_trainee_of_the_class_page_is_moved_and_printed_in_its_dialog(
    office: Office, clerk: Clerk, class_id: str
) -> None:
    trainees(office, class_id, 1, "applied")
    clerk.press("Alt+4")
    office.rest()
    clerk.press("Down", "Enter")
    office.rest()
    (related,) = office.window.page._related
    related._list.opened.emit(related._list._table.id_at(0))
    office.rest()
    dialog = office.dialog(RecordDialog)
    assert dialog.findChild(RecordForm) is dialog.form
    clerk.press("Ctrl+P")
    office.rest()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert any("ใบสมัครเข้ารับการฝึก" in action.text() for action in menu.actions())
    clerk.press("Esc")
    dialog.reject()


def test_a_class_opened_from_elsewhere_leaves_the_grid(
    office: Office, clerk: Clerk, class_id: str
) -> None:
    trainees(office, class_id, 1)
    grid = open_grid(office, clerk)
    clerk.press("F5")
    office.rest()
    office.window.open_record("training_class", class_id)
    office.rest()
    assert grid.isHidden()
    clerk.press("Ctrl+G")
    office.rest()
    clerk.press("Alt+4")
    office.rest()
    assert grid.isHidden() and clerk.where() == "filter.training_class"


def test_a_mark_over_another_hands_change_is_told_and_stays(
    office: Office, clerk: Clerk, class_id: str
) -> None:
    (made,) = trainees(office, class_id, 1)
    grid = open_grid(office, clerk)
    opened = records.get(office.desk.store, "enrolment", made)
    draft = opened.data | {"note": "ย้ายที่นั่ง"}
    records.save(office.desk.store, "enrolment", draft, record_id=made, base=opened.heads)
    clerk.press("Space", "Ctrl+S")
    office.rest()
    office.dialog(QMessageBox)
    clerk.press("Enter")
    office.rest()
    assert grid.is_dirty()
    grid.view.setFocus()
    clerk.press("Ctrl+S")
    office.rest()
    assert stored(office, class_id) == [{DAY: 360}]


@pytest.fixture(autouse=True)
def _no_editor_left() -> Iterator[None]:
    yield
    widget = QApplication.focusWidget()
    if isinstance(widget, QLineEdit):
        widget.clearFocus()
