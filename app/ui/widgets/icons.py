"""The drawn icons by name; the font has no ticks, crosses or signs of its own."""

from functools import cache

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QWidget

from app.core import paths


@cache
def icon(name: str) -> QIcon:
    """Return the icon `name` of resources/icons; an unknown name is a fault."""
    path = paths.resource("icons", f"{name}.svg")
    if not path.is_file():
        raise FileNotFoundError(path.name)
    return QIcon(str(path))


def picture(name: str, widget: QWidget, *, lines: float = 1.0) -> QPixmap:
    """Return the icon as a picture that is `lines` text lines high on the widget's screen."""
    side = round(widget.fontMetrics().height() * 0.8 * lines)
    return icon(name).pixmap(QSize(side, side), widget.devicePixelRatio())
