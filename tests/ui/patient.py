"""A bot of pytest-qt that waits for what is to happen, however slow the machine is.

Each wait ends with its event. What never happens is ended by one bound for all: a bound of a wait's
own would only measure the machine and its neighbours.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


class Patient(QtBot):
    """The bot of every test of the window."""

    def waitUntil(self, callback: Callable[[], Any], *, timeout: int = 0) -> None:  # noqa: N802
        assert not timeout, "a wait has no bound of its own"
        super().waitUntil(callback, timeout=_AS_LONG_AS_IT_TAKES)

    def waitActive(self, widget: QWidget, *, timeout: int = 0) -> Any:  # noqa: N802 (Qt's name)
        assert not timeout, "a wait has no bound of its own"
        return super().waitActive(widget, timeout=_AS_LONG_AS_IT_TAKES)


# Milliseconds: the longest wait takes ten seconds at rest, and some machines are ten times slower.
_AS_LONG_AS_IT_TAKES = 300_000
