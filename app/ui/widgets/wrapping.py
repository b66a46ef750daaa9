"""Make Thai wrap where words end; Qt alone knows no Thai word on Windows."""

import itertools

from PySide6.QtGui import QGuiApplication

from app.core import thai

BREAK = "\u200b"


def display(text: str) -> str:
    """Put a zero-width break between the words of a text that a label will wrap."""
    cuts = [0, *thai.word_breaks(text), len(text)]
    return BREAK.join(text[start:end] for start, end in itertools.pairwise(cuts))


def plain(text: str) -> str:
    """Take the breaks out again: searches, files and the clipboard never see them."""
    return text.replace(BREAK, "")


def keep_clipboard_plain() -> None:
    """Take the breaks out of whatever is copied from one of our own labels."""
    clipboard = QGuiApplication.clipboard()

    def clean() -> None:
        text = clipboard.text()
        # copied while our window is in front: ours, and safe to write anew
        if QGuiApplication.focusWindow() is not None and BREAK in text:
            clipboard.setText(plain(text))

    clipboard.dataChanged.connect(clean)
