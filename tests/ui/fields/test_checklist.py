"""The checklist at the keyboard: one key an answer, every item in the order of the paper."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QLineEdit, QTableWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.services.records import records
from app.ui.fields.around import Around
from app.ui.fields.checklist_edit import ChecklistEdit
from app.ui.fields.file_view import FileView
from app.ui.frame.jobs import Jobs
from app.ui.widgets.wrapping import plain
from tests.ui.clerk import Clerk

FIELD = next(each for each in records.fields("certification") if each.name == "answers")
ITEMS = [
    {"code": "application", "text": "คำขอ", "need": "must"},
    {"code": "map", "text": "แผนที่สถานที่ผลิต", "need": "must"},
    {"code": "attorney", "text": "หนังสือมอบอำนาจ", "need": "if_any"},
]


def a_picture(_name: str) -> bytes:
    content = QBuffer()
    content.open(QBuffer.OpenModeFlag.WriteOnly)
    QImage(40, 30, QImage.Format.Format_RGB32).save(content, "PNG")
    return bytes(content.data().data())


@pytest.fixture
def edit(clerk: Clerk, around: Around) -> ChecklistEdit:
    edit = ChecklistEdit(FIELD, replace(around, content=a_picture))
    edit.look_at({"items": ITEMS})
    edit.set_value([])
    clerk.sees(edit)
    table(edit).setFocus()
    return edit


def table(edit: QWidget) -> QTableWidget:
    found = edit.findChild(QTableWidget)
    assert found is not None
    return found


def shown(edit: QWidget, column: int) -> list[str]:
    rows = table(edit)
    return [plain(rows.model().index(row, column).data()) for row in range(rows.rowCount())]


def answers(edit: ChecklistEdit) -> dict[str, Any]:
    return {row["code"]: row.get("answer") for row in edit.value() or []}


@pytest.mark.parametrize("keys", ["123", "๑๒๓", "มไ-", "ๅ/-"])
def test_one_key_answers_an_item_and_down_goes_on(
    edit: ChecklistEdit, clerk: Clerk, keys: str
) -> None:
    for key in keys:
        clerk.type(key)
        clerk.press("Down")

    assert answers(edit) == {
        "application": "present", "map": "absent", "attorney": "not_applicable",
    }  # fmt: skip
    assert shown(edit, 1) == ["มี", "ไม่มี", "ไม่เกี่ยวข้อง"]
    assert "มี 1   ไม่มี 1   ไม่เกี่ยวข้อง 1   ยังไม่ตอบ 0" in clerk.words(edit)


def test_an_item_says_how_far_it_is_needed(edit: ChecklistEdit) -> None:
    assert shown(edit, 0) == ["คำขอ", "แผนที่สถานที่ผลิต", "หนังสือมอบอำนาจ (ถ้ามี)"]


def test_an_answer_is_taken_back_and_other_letters_do_nothing(
    edit: ChecklistEdit, clerk: Clerk
) -> None:
    clerk.type("1xก4")
    assert answers(edit) == {"application": "present"}
    clerk.press("Del")
    assert edit.value() is None and "ยังไม่ตอบ 3" in clerk.words(edit)


def test_a_note_is_written_in_its_row_and_esc_leaves_it(edit: ChecklistEdit, clerk: Clerk) -> None:
    clerk.press("Down", "F2")
    clerk.type("ตัวจริง 1 ฉบับ")
    clerk.press("Enter")
    clerk.waits()
    assert edit.value() == [{"code": "map", "note": "ตัวจริง 1 ฉบับ"}]
    clerk.press("Up")  # Enter went on to the next item
    clerk.type("2")
    clerk.press("F2")
    clerk.type("อื่น")
    clerk.press("Esc")
    assert edit.value() == [{"code": "map", "answer": "absent", "note": "ตัวจริง 1 ฉบับ"}]
    assert shown(edit, 2)[1] == "ตัวจริง 1 ฉบับ"


def test_a_scan_is_attached_looked_at_and_taken_off(
    edit: ChecklistEdit, clerk: Clerk, qtbot: QtBot, jobs: Jobs, tmp_path: Path, monkeypatch: Any
) -> None:
    chosen = tmp_path / "aaaa.jpg"
    chosen.touch()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(chosen), ""))
    clerk.press("F4")
    qtbot.waitUntil(lambda: edit.value() is not None)
    assert edit.value() == [{"code": "application", "file": f"{'aaaa':0<64}.jpg"}]
    assert shown(edit, 3)[0] == "JPG aaaa0000"

    clerk.press("F3")
    (view,) = edit.findChildren(FileView)
    qtbot.waitUntil(lambda: not jobs.is_busy() and view.isVisible())
    clerk.press("Esc")
    clerk.waits()
    table(edit).setFocus()
    clerk.press("Ctrl+Del")
    assert edit.value() is None
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: ("", ""))
    clerk.press("F4", "F3")
    assert edit.value() is None


def test_enter_goes_through_the_items_and_out_of_the_list(clerk: Clerk, around: Around) -> None:
    whole, before, after = QWidget(), QLineEdit(), QLineEdit()
    before.setObjectName("before")
    after.setObjectName("after")
    edit = ChecklistEdit(FIELD, around)
    edit.look_at({"items": ITEMS})
    column = QVBoxLayout(whole)
    for widget in (before, edit, after):
        column.addWidget(widget)
    clerk.sees(whole)
    before.setFocus()

    clerk.press("Tab", "Enter", "Enter", "Enter")
    assert clerk.where() == "after"
    clerk.press("Shift+Tab", "Up", "Up", "Up")
    assert clerk.where() == "before"


def test_what_this_list_does_not_ask_for_stays_as_it_was(edit: ChecklistEdit) -> None:
    kept = [
        {"code": "map", "answer": "present", "from_the_future": 1},
        {"code": "unheard", "answer": "present"},
        "no row",
    ]
    edit.set_value(kept)
    assert edit.value() == kept
    edit.set_value(None)
    assert edit.value() is None


def test_without_a_checklist_the_editor_says_where_it_comes_from(
    edit: ChecklistEdit, clerk: Clerk
) -> None:
    edit.look_at({})
    edit.set_value([{"code": "map", "answer": "present"}])
    assert "บันทึกแฟ้มก่อน" in clerk.words(edit)
    assert not table(edit).isVisible()
    assert edit.value() == [{"code": "map", "answer": "present"}]
    assert edit.problem() == ""


def test_the_mouse_does_what_the_keys_do(
    edit: ChecklistEdit, clerk: Clerk, monkeypatch: Any
) -> None:
    rows = table(edit)
    for _time in range(4):
        rows.cellDoubleClicked.emit(0, 1)
    assert answers(edit) == {"application": "present"}
    rows.cellDoubleClicked.emit(1, 2)
    assert clerk.where() == "answers.note"
    clerk.press("Esc")
    asked = []
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *args: asked.append(args) or ("", "")
    )
    rows.cellDoubleClicked.emit(1, 3)
    assert asked
