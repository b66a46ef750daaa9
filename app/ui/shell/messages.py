"""What the clerk is told in a box of its own, above all when something went wrong."""

import datetime
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from shiboken6 import isValid

from app.core import log, named
from app.core.errors import Cancelled, Invalid, UserError
from app.core.i18n import _
from app.ui.widgets import icons, theme
from app.ui.widgets.key_layouts import thai_letter_on
from app.ui.widgets.wrapping import display


def show(error: BaseException, parent: QWidget | None = None) -> None:
    """Tell the clerk: our own sentence, or for a fault the offer to save a report.

    A fault is noted in the log first. The message does not stop the caller.
    """
    if isinstance(error, Cancelled):
        return
    if isinstance(error, UserError):
        problems = error.problems if isinstance(error, Invalid) else ()
        sentence = "\n".join(f"• {problem.message}" for problem in problems)
        _box(parent, "caution", sentence if len(problems) > 1 else error.sentence).open()
        return
    _show_fault(log.fault(error), parent)


def tell(sentence: str, parent: QWidget | None = None, *, icon: str = "good") -> None:
    """Tell the clerk what came of her errand."""
    _box(parent, icon, sentence).open()


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
    box = _box(parent, icon, sentence)
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
    box = _box(parent, "help", sentence)
    agreed = box.addButton(yes, QMessageBox.ButtonRole.ActionRole)
    refused = box.addButton(no, QMessageBox.ButtonRole.ActionRole)
    box.setDefaultButton(refused)
    box.setEscapeButton(refused)
    answers: list[bool] = []
    agreed.clicked.connect(lambda: answers.append(True))
    box.exec()
    return bool(answers)


def save_report(parent: QWidget | None) -> None:
    """Let the clerk save the log and the versions for the help desk."""
    from app.ui.shell import asking  # which says in a box from here what is no good

    today = datetime.datetime.now().astimezone().strftime("%Y%m%d")
    target = asking.ask(asking.LOG, parent, f"tambondesk-{today}.zip")
    if target:
        try:
            with named.blaming(target):
                log.report(target)
        except (OSError, UserError) as error:
            show(error, parent)


def install() -> None:
    """Make uncaught errors of the window, of threads and of Qt end here."""
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    qInstallMessageHandler(_qt_says)


_WIDTH = 60


def _box(parent: QWidget | None, icon: str, sentence: str) -> QMessageBox:
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


def _show_fault(number: str, parent: QWidget | None) -> None:
    if any(isValid(each) for each in _fault_shown):  # one may have gone with its window
        return  # a fault in painting would bury the clerk in boxes
    sentence = _(
        "The program met a fault of its own (number {number}). Look whether what you did last is "
        "there. Save a report file and hand it to your help desk; it holds no personal data."
    )
    box = _box(parent, "bad", sentence.format(number=number))
    save = box.addButton(_("Save the report…"), QMessageBox.ButtonRole.ActionRole)
    save.clicked.connect(lambda: save_report(parent))
    box.addButton(QMessageBox.StandardButton.Close)
    _fault_shown[:] = [box]
    box.finished.connect(lambda _result: _fault_shown.clear())
    box.open()


_fault_shown: list[QMessageBox] = []


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    elif QApplication.instance() is None:
        log.fault(error)
        sys.__excepthook__(kind, error, trace)
    else:
        show(error)


def _uncaught_in_thread(caught: threading.ExceptHookArgs) -> None:
    if caught.exc_value is not None:
        log.fault(caught.exc_value)


def _qt_says(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    log.note(f"Qt {kind.name} {context.category or ''} {text}")
