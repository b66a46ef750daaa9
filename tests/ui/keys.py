"""The keys of the Thai layout (Kedmanee) as X11 brings them, and a hand that presses them."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.widgets.keyboard import Keyboard

_ROWS = (
    (49, "`", "~", "_", "%"),
    (10, "1234567890-=", "!@#$%^&*()_+", "ๅ/-ภถุึคตจขช", "+๑๒๓๔ู฿๕๖๗๘๙"),
    (24, "QWERTYUIOP[]", "QWERTYUIOP{}", "ๆไำพะัีรนยบล", '๐"ฎฑธํ๊ณฯญฐ,'),
    (38, "ASDFGHJKL;'", 'ASDFGHJKL:"', "ฟหกดเ้่าสวง", "ฤฆฏโฌ็๋ษศซ."),
    (51, "\\", "|", "ฃ", "ฅ"),
    (52, "ZXCVBNM,./", "ZXCVBNM<>?", "ผปแอิืทมใฝ", "()ฉฮฺ์?ฒฬฦ"),
)


@dataclass(frozen=True)
class Key:
    """A key: its number on X11, what a Latin layout has on it and what the Thai one has."""

    number: int
    latin: str
    latin_shifted: str
    thai: str
    thai_shifted: str


KEYS = tuple(
    Key(first + place, *signs)
    for first, *rows in _ROWS
    for place, signs in enumerate(zip(*rows, strict=True))
)
BY_LATIN = {key.latin: key for key in KEYS}


def press(widget: QWidget, chord: QKeySequence, *, thai: bool) -> None:
    """Press a chord on a keyboard of either layout, as the platform and Qt pass it on.

    Qt asks the field first, then looks among its shortcuts for the sign that came, and only then
    brings the press; the key's own number is in what is asked and in what is brought.
    """
    pressed = chord[0]
    name = pressed.key()
    known = BY_LATIN.get(chr(name) if name < 0x110000 else "")
    if not thai or known is None:
        QTest.keyClick(widget, name, pressed.keyboardModifiers())
        return
    held = pressed.keyboardModifiers()
    sign = known.thai_shifted if held & Qt.KeyboardModifier.ShiftModifier else known.thai
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, ord(sign), held, known.number, 0, 0, sign)
    asked.ignore()
    QApplication.sendEvent(widget, asked)
    if not asked.isAccepted() and sign.isascii():
        QTest.keyClick(widget, Qt.Key(ord(sign)), held)
        return
    brought = QKeyEvent(QEvent.Type.KeyPress, ord(sign), held, known.number, 0, 0, sign)
    # an event that is sent and not from the platform would ask anew, without the key's number
    keyboard = QApplication.instance().findChild(Keyboard)
    if not keyboard.eventFilter(widget, brought):
        widget.event(brought)
