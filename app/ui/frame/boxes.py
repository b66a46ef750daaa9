"""The boxes in which the clerk is told something or asked."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from app.core.errors import Invalid, UserError
from app.core.i18n import _
from app.ui.widgets import icons, theme
from app.ui.widgets.key_layouts import thai_letter_on
from app.ui.widgets.wrapping import display


def tell(sentence: str, parent: QWidget | None = None, *, icon: str = "good") -> None:
    """Tell the clerk what came of her errand."""
    new_box(parent, icon, sentence).open()


def ask(
    parent: QWidget,
    sentence: str,
    choices: dict[str, Callable[[], None]],
    *,
    default: int = 0,
    icon: str = "help",
) -> None:
    """Ask one question; each choice is a verb on a button, Esc takes the last one.

    The answer's function is called later: asking does not stop the caller.
    """
    box = new_box(parent, icon, sentence)
    buttons: list[QPushButton] = []
    for text, answer in choices.items():
        button = box.addButton(text, QMessageBox.ButtonRole.ActionRole)
        button.clicked.connect(answer)
        buttons.append(button)
        if text[:1] == "&" and text[1:2].isdigit():  # the box itself knows the key's Latin face
            letter = QKeySequence(thai_letter_on(text[1]))
            QShortcut(letter, box).activated.connect(button.click)
    box.setDefaultButton(buttons[default])
    box.setEscapeButton(buttons[-1])
    box.open()


def decide(parent: QWidget | None, sentence: str, yes: str, no: str) -> bool:
    """Ask before something goes on, and wait for the answer; Enter and Esc mean `no`.

    Only for what must be known at once, as after a dialog of Qt that waits as well.
    """
    box = new_box(parent, "help", sentence)
    agreed = box.addButton(yes, QMessageBox.ButtonRole.ActionRole)
    refused = box.addButton(no, QMessageBox.ButtonRole.ActionRole)
    box.setDefaultButton(refused)
    box.setEscapeButton(refused)
    answers: list[bool] = []
    agreed.clicked.connect(lambda: answers.append(True))
    box.exec()
    return bool(answers)


def refuse(error: UserError, parent: QWidget | None = None) -> None:
    """Tell the clerk what she cannot do, in the sentence of the error, or in its several ones."""
    problems = error.problems if isinstance(error, Invalid) else ()
    sentence = "\n".join(f"• {problem.message}" for problem in problems)
    new_box(parent, "caution", sentence if len(problems) > 1 else error.sentence).open()


def new_box(parent: QWidget | None, icon: str, sentence: str) -> QMessageBox:
    """Return a box with a picture and a sentence, to which buttons may be added."""
    box = QMessageBox(parent or QApplication.activeWindow())
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(_("TambonDesk"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(display(sentence))
    box.setIconPixmap(icons.picture(icon, box, lines=2))
    box.setAccessibleDescription(sentence)
    if box.parent() is None:
        # nobody else keeps a box without a window, or dresses it
        theme.style(box)
        _alone.append(box)
        box.destroyed.connect(lambda _gone: _alone.clear())
    return box


_alone: list[QMessageBox] = []
