"""How the desk looks: one light palette, one font that does not clip Thai marks, Fusion."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app.core import paths

INK = "#1f4e79"
TEXT = "#1b1f24"
GOOD = "#1b6e3c"
CAUTION = "#8a5a00"
BAD = "#b3261e"
QUIET = "#5f6368"
DIM = "#a9afb6"  # what is about to be replaced: nobody is to read it
FRESH = "#fff4d6"  # the ground of what is not saved yet
LINE = "#c4c8cd"

BODY_POINTS = 10
LARGE_POINTS = 14


def apply(app: QApplication, *, points: int = BODY_POINTS) -> None:
    """Give the application its looks; `points` is the size of running text."""
    app.setStyle("Fusion")
    # a palette that follows a dark desktop leaves a style sheet half dark
    app.styleHints().setColorScheme(Qt.ColorScheme.Light)
    app.setPalette(_palette())
    app.setFont(_font(points))


def style(window: QWidget) -> None:
    """Give a window of its own the style sheet; the dialogs that it opens have it from it.

    Never the application: each widget would then be polished anew at each level it is laid into,
    before it is ever seen, which doubles the time that a page takes to be made.
    """
    window.setStyleSheet(_STYLE)


def turn_size() -> bool:
    """Change between the two sizes of text; tells whether it is the large one now."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # noqa: S101 (there is text to see)
    large = app.font().pointSize() == BODY_POINTS
    apply(app, points=LARGE_POINTS if large else BODY_POINTS)
    return large


def characters(widget: QWidget, count: float) -> int:
    """Return the width of `count` average characters in pixels, the measure of every layout."""
    return round(widget.fontMetrics().averageCharWidth() * count)


def line_height(widget: QWidget) -> int:
    """Return the height of a one-line field, for what stands beside one."""
    return widget.fontMetrics().height() + 10


def open_large(dialog: QWidget) -> None:
    """Give a dialog the size of a page of paper, but no more than the window behind it has."""
    size = QSize(characters(dialog, 110), line_height(dialog) * 26)
    parent = dialog.parentWidget()
    dialog.resize(size.boundedTo(parent.window().size()) if parent else size)


def enlarge(widget: QWidget, factor: float) -> None:
    """Make a heading's letters larger than running text."""
    font = widget.font()
    font.setPointSizeF(QApplication.font().pointSizeF() * factor)
    widget.setFont(font)


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and draw the widget anew."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _font(points: int) -> QFont:
    for weight in ("Regular", "Bold"):
        path = str(paths.built("fonts", f"NotoSansThai-{weight}.ttf"))
        if path not in _loaded and QFontDatabase.addApplicationFont(path) >= 0:
            _loaded.add(path)
    font = QFont()
    font.setFamilies(["Noto Sans Thai"])
    font.setPointSize(points)
    return font


_loaded: set[str] = set()


def _palette() -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, colour in {
        role.Window: "#f3f4f6",
        role.WindowText: TEXT,
        role.Base: "#ffffff",
        role.AlternateBase: "#f6f8fa",
        role.Text: TEXT,
        role.PlaceholderText: QUIET,
        role.Button: "#f8f9fa",
        role.ButtonText: TEXT,
        role.BrightText: BAD,
        role.Highlight: INK,
        role.HighlightedText: "#ffffff",
        role.ToolTipBase: "#ffffff",
        role.ToolTipText: TEXT,
        role.Link: INK,
        role.LinkVisited: INK,
        role.Mid: LINE,
    }.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(QUIET))
    return palette


_STYLE = f"""
QLineEdit, QPlainTextEdit {{
    background: white; border: 1px solid #8c939b; border-radius: 4px; padding: 3px 6px;
    selection-background-color: {INK}; selection-color: white;
}}
QLineEdit:focus, QPlainTextEdit:focus {{
    border: 2px solid {INK}; padding: 2px 5px;
}}
QLineEdit[problem="bad"], QPlainTextEdit[problem="bad"] {{ border-color: {BAD}; }}
QLineEdit[problem="caution"], QPlainTextEdit[problem="caution"] {{ border-color: {CAUTION}; }}
QLineEdit:read-only, QLineEdit:disabled {{ background: #f3f4f6; color: {QUIET}; }}
QPushButton {{
    border: 1px solid #8c939b; border-radius: 4px; padding: 5px 12px; background: #f8f9fa;
}}
QPushButton:hover {{ background: #e9eef4; }}
QPushButton:focus {{ border: 2px solid {INK}; padding: 4px 11px; }}
QPushButton:pressed {{ background: #d6e0ea; }}
QPushButton:disabled {{ border-color: {LINE}; }}
QPushButton[primary="true"] {{ background: {INK}; color: white; border-color: {INK}; }}
QPushButton[primary="true"]:hover {{ background: #28639a; }}
QPushButton[primary="true"]:focus {{ border: 2px solid #0b2a45; }}
QPushButton[primary="true"]:disabled {{ background: {LINE}; color: white; }}
QLabel[link="true"] {{
    border: 1px solid transparent; border-radius: 3px; padding: 0 3px; color: {INK};
    text-decoration: underline;
}}
QLabel[link="true"]:focus {{ border-color: {INK}; background: white; }}
QToolButton {{ border: 1px solid transparent; border-radius: 4px; padding: 1px; }}
QToolButton:hover {{ background: #e9eef4; }}
QToolButton:focus {{ border-color: {INK}; }}
QCheckBox:focus {{ color: {INK}; text-decoration: underline; }}
QLabel[tone="good"] {{ color: {GOOD}; }}
QLabel[tone="caution"] {{ color: {CAUTION}; }}
QLabel[tone="bad"] {{ color: {BAD}; }}
QLabel[tone="quiet"] {{ color: {QUIET}; }}
QLabel[tone="quiet"]:disabled {{ color: {DIM}; }}
QLabel[tone="heading"] {{ color: {INK}; font-weight: bold; }}
QFrame#cardFrame {{ background: white; border: 1px solid #d5d9de; border-radius: 6px; }}
QFrame#problemList {{ background: #fdf3f2; border: 2px solid {BAD}; border-radius: 6px; }}
QFrame#problemList[tone="caution"] {{ background: #fdf8ee; border-color: {CAUTION}; }}
QSpinBox QLineEdit, QComboBox QLineEdit {{ border: none; padding: 0; }}
QFrame#undoBar {{ background: {INK}; border-radius: 6px; }}
QFrame#undoBar QLabel {{ color: white; }}
QPushButton[chip="true"] {{ border-radius: 10px; padding: 2px 10px; }}
QPushButton[chip="true"]:checked {{ background: {INK}; color: white; border-color: {INK}; }}
QPushButton[version="true"] {{ text-align: left; background: white; padding: 6px 10px; }}
QPushButton[version="true"]:checked {{ background: #e4f2e9; border-color: {GOOD}; }}
QPushButton[version="true"]:focus {{ border: 2px solid {INK}; padding: 5px 9px; }}
QListWidget#lineList {{ outline: none; }}
QListWidget#lineList::item {{ padding: 4px 6px; }}
QListWidget#lineList::item:selected {{ background: #c9dcee; color: {TEXT}; }}
QListWidget#lineList:focus {{ border: 2px solid {INK}; }}
QListWidget#navigationList {{ border: none; background: #e3e8ee; outline: none; }}
QListWidget#navigationList::item {{ padding-left: 8px; border-left: 4px solid transparent; }}
QListWidget#navigationList::item:selected {{
    background: white; color: {INK}; border-left: 4px solid {INK};
}}
QFrame#overlayFrame {{ background: white; border: 1px solid {INK}; border-radius: 4px; }}
QListWidget#offerList {{ border: none; outline: none; }}
QListWidget#offerList::item {{ padding: 4px 8px; }}
QListWidget#offerList::item:selected {{ background: {INK}; color: white; }}
QHeaderView::section {{
    background: #e9edf1; color: {TEXT}; border: none; border-right: 1px solid #d5d9de;
    border-bottom: 1px solid {LINE}; padding: 4px 3px; font-weight: bold;
}}
QTableView {{
    border: 1px solid {LINE}; selection-background-color: #c9dcee; selection-color: {TEXT};
}}
QTableView[old="true"] {{
    color: {DIM}; selection-color: {DIM}; selection-background-color: white;
}}
QTableView:focus {{ border: 2px solid {INK}; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollArea > QWidget > QWidget#formPage {{ background: transparent; }}
QToolTip {{ border: 1px solid {INK}; padding: 3px; background: white; color: {TEXT}; }}
"""
