"""One way of moving for every screen: Enter goes on, and the Thai layout loses no key.

Rules 2, 3 and 10 of the desk. Under the Thai layout a press carries a Thai letter, so shortcuts
and the digits of digits-only fields are found by the physical key instead.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
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

DIGITS_ONLY = "digits_only"  # the property of a field that takes nothing but digits
OWN_ENTER = "own_enter"  # of a field where Enter opens what was found
DIGITS_FIRST = "digits_first"  # of a field where a word may follow: 15 มีนาคม


def digits_from_thai_keys(text: str) -> str:
    """Give the digits that the same keys have on a Latin layout, or "" if there are others.

    A scanner types like a keyboard: under the Thai layout its digits arrive as letters.
    """
    digits = [_KEDMANEE.get(letter, letter) for letter in text]
    return "".join(digits) if all(digit in "0123456789" for digit in digits) else ""


def thai_letter_on(digit: str) -> str:
    """Give the letter that the key of a digit types under the Thai layout."""
    return next(letter for letter, same in _KEDMANEE.items() if same == digit)


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
            event.type() != QEvent.Type.KeyPress
            or not isinstance(event, QKeyEvent)
            or watched is not QApplication.focusWidget()
            or not isinstance(watched, QWidget)
        ):
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if held not in (_NONE, _SHIFT) or (held == _NONE and watched.property(OWN_ENTER)):
                return False
            return _go_on(watched, back=held == _SHIFT)
        if held & (_CTRL | _ALT):
            return _latin_shortcut(watched, event, held)
        return held in (_NONE, _SHIFT) and _type_digit(watched, event)


_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_ONE_LINE = (QLineEdit, QComboBox, QAbstractSpinBox, QCheckBox, QRadioButton)

_KEDMANEE = dict(zip("ๅ/-ภถุึคตจ", "1234567890", strict=True))
_KEDMANEE_SIGNS = {"ฝ": "/", "ข": "-"}  # no month is written with these letters

# X11: the hardware's key numbers, whatever the layout
_X11_ROWS = {10: "1234567890", 24: "QWERTYUIOP", 38: "ASDFGHJKL", 52: "ZXCVBNM", 59: ",./"}


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


def _physical(event: QKeyEvent) -> str:
    """Name the key by its Latin letter, digit or sign; "" when the platform does not say."""
    if QGuiApplication.platformName() == "windows":
        code = event.nativeVirtualKey()  # the virtual key of a letter or digit is its ASCII
        return (
            chr(code) if 0x30 <= code <= 0x5A else {0xBC: ",", 0xBE: ".", 0xBF: "/"}.get(code, "")
        )
    code = event.nativeScanCode()
    for first, row in _X11_ROWS.items():
        if first <= code < first + len(row):
            return row[code - first]
    return ""


def _type_digit(widget: QWidget, event: QKeyEvent) -> bool:
    only = bool(widget.property(DIGITS_ONLY))
    first = bool(widget.property(DIGITS_FIRST)) and isinstance(widget, QLineEdit)
    typed = event.text()
    if not (only or first) or not typed or (typed.isascii() and typed not in "/-"):
        return False
    if first and not _only_digits_before(widget):
        return False
    physical = _physical(event)
    if typed in "/-" and physical not in ("2", "3"):
        return False
    if not (physical and physical in "0123456789.,/"):
        physical = _KEDMANEE.get(typed, "") or _KEDMANEE_SIGNS.get(typed, "")
    if not physical:
        return False
    _press(widget, 0, _NONE, physical)
    return True


def _only_digits_before(widget: QWidget) -> bool:
    assert isinstance(widget, QLineEdit)  # noqa: S101 (asked for by the caller)
    before = widget.text()[: widget.selectionStart() if widget.hasSelectedText() else None]
    return all(letter in "0123456789/-." for letter in before)


def _latin_shortcut(widget: QWidget, event: QKeyEvent, held: Qt.KeyboardModifier) -> bool:
    latin = _physical(event)
    if not latin or event.key() < 0x80 or event.key() >= 0x01000000:
        return False  # the layout is Latin, or it is a key like F1 that has no layout
    key = Qt.Key(ord(latin))
    sequence = QKeySequence(held.value | key.value)
    window = widget.window()
    if held == _ALT and _open_menu(window, latin):
        return True
    for action in window.findChildren(QAction):
        if sequence in action.shortcuts() and action.isEnabled():
            action.trigger()
            return True
    for shortcut in window.findChildren(QShortcut):
        if (
            sequence in list(shortcut.keys())
            and shortcut.isEnabled()
            and _reaches(shortcut, widget)
        ):
            shortcut.activated.emit()
            return True
    for button in window.findChildren(QAbstractButton):
        if button.shortcut() == sequence and button.isEnabled() and button.isVisible():
            button.click()
            return True
    _press(widget, key, held)  # copy, paste and their like belong to the field itself
    return True


def _reaches(shortcut: QShortcut, widget: QWidget) -> bool:
    owner = shortcut.parent()
    if not isinstance(owner, QWidget) or not owner.isVisible():
        return False
    inside = shortcut.context() == Qt.ShortcutContext.WidgetWithChildrenShortcut
    return owner is widget or owner.isAncestorOf(widget) if inside else True


def _open_menu(window: QWidget, latin: str) -> bool:
    for bar in window.findChildren(QMenuBar):
        for action in bar.actions():
            if f"&{latin}" in action.text().upper():
                bar.setActiveAction(action)
                return True
    return False
