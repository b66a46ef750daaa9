"""What the clerk is told, in whose language, and what the help desk may read."""

import gc
import os
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.core import i18n, log
from app.core.errors import Cancelled, Invalid, Problem, UserError
from app.ui.frame import boxes, messages
from app.ui.widgets.qt_texts import QT_TEXTS
from app.ui.widgets.wrapping import BREAK, display, plain
from tests.ui.clerk import Clerk


@pytest.fixture
def window(clerk: Clerk) -> QWidget:
    window = QWidget()
    clerk.sees(window)
    return window


def open_boxes(window: QWidget) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def test_our_own_sentence_is_shown_as_it_is(clerk: Clerk, window: QWidget) -> None:
    messages.show(UserError("แฟลชไดรฟ์เต็ม โปรดลบไฟล์แล้วส่งออกใหม่"), window)
    assert "แฟลชไดรฟ์เต็ม" in clerk.words(open_boxes(window)[0])


def test_a_box_without_a_window_has_the_looks_of_one(clerk: Clerk) -> None:
    messages.show(UserError("แฟลชไดรฟ์เต็ม โปรดลบไฟล์แล้วส่งออกใหม่"))
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox)]
    (box,) = (each for each in shown if each.isVisible())
    assert box.parent() is None
    assert box.styleSheet()
    box.close()


def test_every_problem_of_a_record_is_listed(clerk: Clerk, window: QWidget) -> None:
    messages.show(Invalid([Problem("a", "กรอกชื่อ"), Problem("b", "กรอกสกุล")]), window)
    assert "• กรอกชื่อ\n• กรอกสกุล" in clerk.words(open_boxes(window)[0])


def test_cancelling_is_no_news(window: QWidget) -> None:
    messages.show(Cancelled(), window)
    assert open_boxes(window) == []


def test_a_fault_shows_a_number_and_no_word_of_the_record_and_offers_a_report(
    clerk: Clerk, window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.start(tmp_path)
    target = tmp_path / "report.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    try:
        raise ValueError("นายสมชาย ใจดี 9101700230708")
    except ValueError as error:
        messages.show(error, window)
    box = open_boxes(window)[0]
    assert "สมชาย" not in clerk.words(box)
    box.setFocus()
    report = next(button for button in box.buttons() if "รายงาน" in button.text())
    report.setFocus()
    clerk.press("Space")
    log.stop()
    with zipfile.ZipFile(target) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "ValueError" in text
    assert "test_messages.py" in text
    assert "สมชาย" not in text
    assert "9101700230708" not in text


def test_faults_do_not_bury_the_clerk(window: QWidget) -> None:
    for _again in range(3):
        messages.show(ValueError("x"), window)
    assert len(open_boxes(window)) == 1
    open_boxes(window)[0].close()
    messages.show(ValueError("x"), window)
    assert len(open_boxes(window)) == 1
    open_boxes(window)[0].close()


def test_a_fault_is_told_again_after_the_window_of_the_last_one_went(
    window: QWidget,
) -> None:
    other = QWidget()
    messages.show(ValueError("x"), other)
    assert len(open_boxes(other)) == 1
    delete(other)
    messages.show(ValueError("x"), window)
    assert len(open_boxes(window)) == 1


def test_a_question_is_answered_by_its_verb_and_esc_is_the_last_choice(
    clerk: Clerk, window: QWidget
) -> None:
    answers: list[str] = []
    choices = {
        "บันทึก": lambda: answers.append("save"),
        "กลับไปแก้ไข": lambda: answers.append("back"),
    }
    boxes.ask(window, "ยังไม่ได้บันทึก", choices)
    clerk.press("Enter")
    boxes.ask(window, "ยังไม่ได้บันทึก", choices)
    clerk.press("Esc")
    assert answers == ["save", "back"]


def test_uncaught_errors_of_the_window_and_of_threads_end_in_the_same_place(
    clerk: Clerk, window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(messages, "qInstallMessageHandler", lambda handler: None)
    log.start(tmp_path)
    messages.install()
    sys.excepthook(ValueError, ValueError("x"), None)
    threading.excepthook(threading.ExceptHookArgs((KeyError, KeyError("y"), None, None)))
    log.stop()
    assert len(open_boxes(window)) == 1
    open_boxes(window)[0].close()
    assert "KeyError" in (tmp_path / "tambondesk.log").read_text()


# --- Qt's own words


class Recorder(QTranslator):
    """Hears what Qt asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def translate(self, context: str, text: str, note: str | None = None, n: int = -1) -> None:
        if context not in {"QShortcut", "QGuiApplication", "QProgressBar"}:
            self.asked.add(text)

    def isEmpty(self) -> bool:  # noqa: N802 (Qt's name)
        return False


def build_what_we_use() -> QWidget:
    window = QWidget()
    for field in (QLineEdit(window), QPlainTextEdit(window)):
        menu = field.createStandardContextMenu()
        menu.setParent(window)
    every_button = QDialogButtonBox(window)
    for button in QDialogButtonBox.StandardButton:
        if button is not QDialogButtonBox.StandardButton.NoButton:
            every_button.addButton(button)
    box = QMessageBox(window)
    box.setDetailedText("x")
    bar = QTabBar(window)
    bar.addTab("x")
    for mode in (QFileDialog.FileMode.AnyFile, QFileDialog.FileMode.Directory):
        for way in (QFileDialog.AcceptMode.AcceptOpen, QFileDialog.AcceptMode.AcceptSave):
            dialog = QFileDialog(window)
            dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
            dialog.setFileMode(mode)
            dialog.setAcceptMode(way)
            dialog.setViewMode(QFileDialog.ViewMode.Detail)
    return window


def test_every_text_qt_asks_for_has_thai_words(qapp: QApplication) -> None:
    recorder = Recorder()
    qapp.installTranslator(recorder)
    delete(build_what_we_use())
    qapp.removeTranslator(recorder)
    Path(os.environ["XDG_CONFIG_HOME"], "QtProject.conf").unlink()  # the folder last looked at
    shortcuts = {text for text in recorder.asked if text.startswith("Alt+")}
    assert recorder.asked - shortcuts - QT_TEXTS == set()
    assert [text for text in QT_TEXTS if i18n._(text) == text] == []


def test_qt_speaks_thai_and_keeps_its_own_words_where_we_have_none() -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "ยกเลิก"
    assert QCoreApplication.translate("QShortcut", "Ctrl") == "Ctrl"


# --- Thai that wraps


def test_a_label_of_thai_wraps_at_the_words(qtbot: QtBot) -> None:
    sentence = "โปรดตรวจสอบเลขประจำตัวประชาชนของผู้กู้และผู้ค้ำประกันทุกคนอีกครั้งหนึ่ง"
    label = QLabel(display(sentence))
    label.setWordWrap(True)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < label.fontMetrics().horizontalAdvance(sentence) / 3
    assert plain(label.text()) == sentence


def test_what_is_copied_from_a_label_has_no_breaks_in_it(
    window: QWidget, clipboard: QClipboard
) -> None:
    clipboard.setText(f"ตำบล{BREAK}เดสก์")
    assert clipboard.text() == "ตำบลเดสก์"


# --- the toolkit does not leak


def test_the_toolkit_keeps_no_references_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    gc.collect()
    before = sys.getrefcount(None)
    for number in range(500):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) < 100
