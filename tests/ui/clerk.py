"""A clerk at the desk: types into whatever has the focus and reads what is shown."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.ui.widgets.wrapping import plain


class Clerk:
    """Types, presses and reads; `presses` counts every press, a chord as one."""

    def __init__(self, qtbot: QtBot) -> None:
        self.presses = 0
        self._qtbot = qtbot

    def sees(self, widget: QWidget, *, width: int = 900, height: int = 640) -> None:
        """Open a widget in front of the clerk."""
        self._qtbot.addWidget(widget)
        widget.resize(width, height)
        with self._qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()

    def type(self, text: str) -> None:
        """Type letters one by one; QTest itself cannot type Thai."""
        for letter in text:
            self._key(0, Qt.KeyboardModifier.NoModifier, letter)
            self.presses += 1

    def press(self, *chords: str) -> None:
        """Press keys or chords by name: Enter, Shift+Tab, Ctrl+S."""
        for chord in chords:
            key = QKeySequence(_NAMES.get(chord, chord))[0]
            QTest.keyClick(self.at(), key.key(), key.keyboardModifiers())
            self.presses += 1

    def press_thai(self, letter: str, scan_code: int, held: str = "") -> None:
        """Press a key while the Thai layout is on: it carries a letter and the key's own number."""
        modifiers = {
            "": Qt.KeyboardModifier.NoModifier,
            "Ctrl": Qt.KeyboardModifier.ControlModifier,
            "Alt": Qt.KeyboardModifier.AltModifier,
        }[held]
        self._key(ord(letter), modifiers, letter, scan_code)
        self.presses += 1

    def waits(self) -> None:
        """Let the window finish what it has queued."""
        QApplication.processEvents()

    def at(self) -> QWidget:
        """Give the widget that has the focus."""
        self.waits()  # between two presses of a person the window does all it has queued
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup  # an open menu takes every key
        if QApplication.focusWidget() is None:
            self._looks_at_what_is_in_front()
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        return widget

    def where(self) -> str:
        """Name the field in focus."""
        return self.at().objectName()

    def reads(self, inside: QWidget, name: str) -> str:
        """Read what a field shows."""
        field = inside.findChild(QWidget, name)
        if isinstance(field, QPlainTextEdit):
            return field.toPlainText()
        assert isinstance(field, QLineEdit)
        return field.text()

    def words(self, inside: QWidget) -> str:
        """Read every visible label, one a line."""
        return "\n".join(
            plain(label.text()) for label in inside.findChildren(QLabel) if label.isVisible()
        )

    def misses(self, inside: QWidget) -> list[str]:
        """List the visible labels of which she cannot see every line."""
        self.waits()
        return [
            plain(label.text())
            for label in inside.findChildren(QLabel)
            if label.isVisible()
            and label.wordWrap()
            and label.height() < label.heightForWidth(label.width())
        ]

    def _looks_at_what_is_in_front(self) -> None:
        """Do what a window manager does when a dialog closes: the window behind is active again."""
        shown = [
            each
            for each in QApplication.topLevelWidgets()
            if each.isVisible() and each.windowType() in _WINDOWS
        ]
        front = QApplication.activeModalWidget() or (shown[-1] if shown else None)
        if front is not None:
            front.activateWindow()
            self._qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    def _key(
        self, key: int, modifiers: Qt.KeyboardModifier, letter: str, scan_code: int = 0
    ) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifiers, scan_code, 0, 0, letter)
            QApplication.sendEvent(self.at(), event)


_NAMES = {"Enter": "Return"}
_WINDOWS = (Qt.WindowType.Window, Qt.WindowType.Dialog)
