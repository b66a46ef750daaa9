"""What the clerk is told when something went wrong."""

import datetime
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from shiboken6 import isValid

from app.core import log, named
from app.core.errors import Cancelled, UserError
from app.core.i18n import _
from app.ui.frame import asking, boxes


def show(error: BaseException, parent: QWidget | None = None) -> None:
    """Tell the clerk: our own sentence, or for a fault the offer to save a report.

    A fault is noted in the log first. The message does not stop the caller.
    """
    if isinstance(error, Cancelled):
        return
    if isinstance(error, UserError):
        boxes.refuse(error, parent)
        return
    _show_fault(log.fault(error), parent)


def save_report(parent: QWidget | None) -> None:
    """Let the clerk save the log and the versions for the help desk."""
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


def _show_fault(number: str, parent: QWidget | None) -> None:
    if any(isValid(each) for each in _fault_shown):  # one may have gone with its window
        return  # a fault in painting would bury the clerk in boxes
    sentence = _(
        "The program met a fault of its own (number {number}). Look whether what you did last is "
        "there. Save a report file and hand it to your help desk; it holds no personal data."
    )
    box = boxes.new_box(parent, "bad", sentence.format(number=number))
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
