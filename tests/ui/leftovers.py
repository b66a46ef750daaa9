"""What a test of the window must leave as it found it, beside what holds for every test.

No window stands, seen or hidden; the application listens to nobody new and looks as it did.
"""

from collections.abc import Callable

from PySide6.QtCore import SIGNAL, QEvent, QObject, QThreadPool
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from shiboken6 import getCppPointer, isValid

from tests.leftovers import Settings, Things

_filters: list[QObject] = []


def note_event_filters() -> None:
    """Note from now on who filters the events of the application: Qt itself does not tell."""
    install: Callable[[QApplication, QObject], None] = QApplication.installEventFilter
    remove: Callable[[QApplication, QObject], None] = QApplication.removeEventFilter

    def noted(app: QApplication, filtering: QObject) -> None:
        _filters.append(filtering)
        install(app, filtering)

    def forgotten(app: QApplication, filtering: QObject) -> None:
        _filters[:] = [each for each in _filters if each is not filtering]
        remove(app, filtering)

    QApplication.installEventFilter = noted
    QApplication.removeEventFilter = forgotten


def finish_what_was_asked_to_go() -> None:
    """Delete what is to be deleted later: closed is closed, though no loop runs between tests."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def windows() -> Things:
    """List the windows and dialogs that stand, hidden ones among them."""
    return {_place(each): f"window: {_said(each)}" for each in QApplication.topLevelWidgets()}


def listeners() -> Things:
    """List what hangs on the application: its children, its event filters."""
    app = QApplication.instance()
    filters = [each for each in _filters if isValid(each)]
    # what Qt itself makes when it first needs it, such as its mouse, is no test's doing
    ours = [each for each in app.children() if not type(each).__module__.startswith("PySide6.")]
    return {_place(each): f"child of the application: {_said(each)}" for each in ours} | {
        ("filter", _place(each)): f"event filter of the application: {_said(each)}"
        for each in filters
    }


def settings() -> Settings:
    """Give what holds for every window of the application."""
    app = QApplication.instance()
    clipboard = QGuiApplication.clipboard()
    cursor = QGuiApplication.overrideCursor()
    return {
        "style sheet": app.styleSheet(),
        "style": app.style().name(),
        "font": app.font().toString(),
        "palette": app.palette().cacheKey(),
        "name": (app.applicationName(), app.applicationDisplayName()),
        "cursor": cursor.shape() if cursor else None,
        "clipboard": clipboard.text(),
        "listeners to the clipboard": clipboard.receivers(SIGNAL("dataChanged()")),
        "pooled threads at work": QThreadPool.globalInstance().activeThreadCount(),
    } | {f"listeners to {name}": app.receivers(SIGNAL(name)) for name in _SIGNALS}


_SIGNALS = (
    "focusChanged(QWidget*,QWidget*)",
    "focusWindowChanged(QWindow*)",
    "applicationStateChanged(Qt::ApplicationState)",
    "lastWindowClosed()",
    "aboutToQuit()",
)


def _place(each: QObject) -> int:
    """Tell two objects apart without holding them."""
    return int(getCppPointer(each)[0])


def _said(each: QObject) -> str:
    shown = " (shown)" if each.isWidgetType() and each.isVisible() else ""
    return f"{type(each).__name__} {each.objectName()}".rstrip() + shown
