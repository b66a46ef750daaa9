"""Which key was pressed, whatever the layout makes of it: the Thai layout loses no key.

Under the Thai layout (Kedmanee) a press carries a Thai letter, and on some keys a sign that is
ASCII: 2 is "/" and 3 is "-". So a key is told by its place on the keyboard.
"""

from PySide6.QtGui import QGuiApplication, QKeyEvent

KEDMANEE_DIGITS = dict(zip("ๅ/-ภถุึคตจ", "1234567890", strict=True))
KEDMANEE_SIGNS = {"ฝ": "/", "ข": "-"}  # no month is written with these letters


def digits_from_thai_keys(text: str) -> str:
    """Return the digits that the same keys have on a Latin layout, or "" if there are others.

    A scanner types like a keyboard: under the Thai layout its digits arrive as letters.
    """
    digits = [KEDMANEE_DIGITS.get(letter, letter) for letter in text]
    return "".join(digits) if all(digit in "0123456789" for digit in digits) else ""


def thai_letter_on(digit: str) -> str:
    """Return the letter that the key of a digit types under the Thai layout."""
    return next(letter for letter, same in KEDMANEE_DIGITS.items() if same == digit)


def physical(event: QKeyEvent) -> str:
    """Name the key by its Latin letter, digit or sign; "" when the platform does not say."""
    if QGuiApplication.platformName() == "windows":
        code = event.nativeVirtualKey()  # the virtual key of a letter or digit is its ASCII
        return chr(code) if chr(code).isalnum() and code < 0x5B else _WINDOWS.get(code, "")
    code = event.nativeScanCode()
    for first, row in _X11_ROWS.items():
        if first <= code < first + len(row):
            return row[code - first]
    return ""


def is_foreign(event: QKeyEvent) -> bool:
    """Tell whether a press carries another sign than its key has on a Latin keyboard.

    Latin keyboards whose letters stand elsewhere (AZERTY) are Latin all the same.
    """
    latin = physical(event)
    if not latin or event.key() > _LAST_LETTER:
        return False  # a key like F1 has no layout
    typed = chr(event.key())
    if typed.isascii() and typed.isalpha():
        return False
    return typed not in (latin, _SHIFTED.get(latin, ""))


_LAST_LETTER = 0x10FFFF
# X11: the hardware's key numbers, whatever the layout
_X11_ROWS = {
    49: "`",
    10: "1234567890-=",
    24: "QWERTYUIOP[]",
    38: "ASDFGHJKL;'",
    51: "\\",
    52: "ZXCVBNM,./",
}
_WINDOWS = {
    0xBA: ";", 0xBB: "=", 0xBC: ",", 0xBD: "-", 0xBE: ".", 0xBF: "/",
    0xC0: "`", 0xDB: "[", 0xDC: "\\", 0xDD: "]", 0xDE: "'",
}  # fmt: skip
_SHIFTED = dict(zip("`1234567890-=[]\\;',./", '~!@#$%^&*()_+{}|:"<>?', strict=True))
