"""One way of moving for every screen: Enter goes on, and the Thai layout loses no key.

Rules 2, 3 and 10 of the desk. Under the Thai layout a press carries a Thai letter, so shortcuts
and the digits of digits-only fields are found by the physical key instead. A chord that the window
knows is the window's, also where the platform edits with it (Ctrl+E on X11 goes to the line's end).
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMenuBar,
    QRadioButton,
    QWidget,
)

from app.ui.widgets import shortcuts
from app.ui.widgets.key_layouts import KEDMANEE_DIGITS, KEDMANEE_SIGNS, is_foreign, physical

DIGITS_ONLY = "digits_only"  # the property of a field that takes nothing but digits
OWN_ENTER = "own_enter"  # of a field where Enter opens what was found
DIGITS_FIRST = "digits_first"  # of a field where a word may follow: 15 มีนาคม


class Keyboard(QObject):
    """The event filter of the widget in focus, first of all its filters; it looks at presses.

    It follows the focus: a filter of the application is asked of every event of every widget,
    thousands for a page that is shown.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None:
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the presses this program gives its own meaning."""
        if (
            event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
            or not isinstance(event, QKeyEvent)
            or watched is not QApplication.focusWidget()
            or not isinstance(watched, QWidget)
        ):
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.type() == QEvent.Type.ShortcutOverride:
            return _claim(watched, event, held)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if held not in (_NONE, _SHIFT) or (held == _NONE and _has_own_enter(watched)):
                return False
            return _go_on(watched, back=held == _SHIFT)
        if _is_chord(held):
            return _latin_shortcut(watched, event, held) or _types_with_alt(event, held)
        return held in (_NONE, _SHIFT) and _type_digit(watched, event)


_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_ONE_LINE = (QLineEdit, QComboBox, QAbstractSpinBox, QCheckBox, QRadioButton)

_EDITING = (
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.SelectAll,
)


def _has_own_enter(widget: QWidget) -> bool:
    """Tell where Enter does what stands there: Qt's own dialog for files saves or opens by it."""
    return bool(widget.property(OWN_ENTER)) or widget.window().inherits("QFileDialog")


def _go_on(widget: QWidget, *, back: bool) -> bool:
    if isinstance(widget, QAbstractButton) and not isinstance(widget, QCheckBox | QRadioButton):
        widget.click()
        return True
    if not isinstance(widget, _ONE_LINE):
        return False
    key = Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab
    _press(widget, key, _SHIFT if back else _NONE)
    return True


def _press(widget: QWidget, key: int, held: Qt.KeyboardModifier, text: str = "") -> None:
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, held, text))


def _type_digit(widget: QWidget, event: QKeyEvent) -> bool:
    only = bool(widget.property(DIGITS_ONLY))
    first = bool(widget.property(DIGITS_FIRST)) and isinstance(widget, QLineEdit)
    typed = event.text()
    if not (only or first) or not typed or (typed.isascii() and typed not in "/-"):
        return False
    if first and not _only_digits_before(widget):
        return False
    latin = physical(event)
    if typed in "/-" and latin not in ("2", "3"):
        return False
    if not (latin and latin in "0123456789.,/"):
        latin = KEDMANEE_DIGITS.get(typed, "") or KEDMANEE_SIGNS.get(typed, "")
    if not latin:
        return False
    _press(widget, 0, _NONE, latin)
    return True


def _only_digits_before(widget: QWidget) -> bool:
    assert isinstance(widget, QLineEdit)  # noqa: S101 (asked for by the caller)
    before = widget.text()[: widget.selectionStart() if widget.hasSelectedText() else None]
    return all(letter in "0123456789/-." for letter in before)


def _is_chord(held: Qt.KeyboardModifier) -> bool:
    """Tell Ctrl or Alt from both at once, which is AltGr on Windows and types letters."""
    return bool(held & _CTRL) != bool(held & _ALT)


def _claim(widget: QWidget, event: QKeyEvent, held: Qt.KeyboardModifier) -> bool:
    """Decide, before Qt does, whose a press is: this filter's, the window's or the field's."""
    is_function = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
    if not _is_chord(held) and not (is_function and held in (_NONE, _SHIFT)):
        return False
    if is_foreign(event):
        event.accept()  # else "/" of the key 2 would open what Ctrl+/ does
        return True
    if any(event.matches(key) for key in _EDITING):
        return False  # a field with something to undo or copy takes it
    if shortcuts.meant(widget, QKeySequence(held.value | event.key())) is None:
        return False
    event.ignore()
    return True


def _latin_shortcut(widget: QWidget, event: QKeyEvent, held: Qt.KeyboardModifier) -> bool:
    """Do what the physical key means where the layout is foreign."""
    if not is_foreign(event):
        return False
    latin = physical(event)
    key = Qt.Key(ord(latin))
    if held == _ALT and _open_menu(widget.window(), latin):
        return True
    do = shortcuts.meant(widget, QKeySequence(held.value | key.value))
    if do is None or _is_the_fields(widget, key, held):
        _press(widget, key, held)  # copy, paste and their like belong to the field itself
    else:
        do()
    return True


def _is_the_fields(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
    """Ask a field, as Qt does, whether it takes a chord before the window."""
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, key, held)
    asked.ignore()
    QApplication.sendEvent(widget, asked)
    return asked.isAccepted()


def _types_with_alt(event: QKeyEvent, held: Qt.KeyboardModifier) -> bool:
    """Tell a letter typed with Alt: it means a shortcut that is not here, and never a letter."""
    return bool(held & _ALT) and event.text().isprintable() and event.text() != ""


def _open_menu(window: QWidget, latin: str) -> bool:
    for bar in window.findChildren(QMenuBar):
        for action in bar.actions():
            if f"&{latin}" in action.text().upper():
                bar.setActiveAction(action)
                return True
    return False
