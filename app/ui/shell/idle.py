"""The rest between two keys, when the program tidies its memory and nobody waits for it."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication

from app.core import latency

AFTER = 10_000  # milliseconds without a key or a click


class Rest(QObject):
    """Collects once after each stretch of typing or clicking, in the window's own thread.

    It looks at what comes to the window in front from outside, not at every event of every widget.
    """

    def __init__(self, app: QApplication, *, after: int = AFTER) -> None:
        super().__init__(app)
        self._timer = QTimer(self, singleShot=True, interval=after)
        self._timer.timeout.connect(latency.tidy)
        app.focusWindowChanged.connect(self._follow)
        self._follow(app.focusWindow())

    def _follow(self, now: QWindow | None) -> None:
        if now is not None:
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to wait anew at each key and click; nothing is kept from anyone."""
        if event.type() in _ACTIVITY:
            self._timer.start()
        return False


_ACTIVITY = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.InputMethod)
