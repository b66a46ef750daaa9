"""Shortcuts: one within a part of a window, and which one a chord means where the focus is."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget


def within(widget: QWidget, keys: str, do: Callable[[], object]) -> None:
    """Do something on these keys while a widget, or one in it, has the focus."""
    shortcut = QShortcut(QKeySequence(keys), widget)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(do)


def meant(widget: QWidget, chord: QKeySequence) -> Callable[[], object] | None:
    """Return the action that a chord starts while `widget` has the focus, None for none."""
    window = widget.window()
    for action in window.findChildren(QAction):
        if chord in action.shortcuts() and action.isEnabled():
            return action.trigger
    for shortcut in window.findChildren(QShortcut):
        if chord in list(shortcut.keys()) and shortcut.isEnabled() and _reaches(shortcut, widget):
            return shortcut.activated.emit
    for button in window.findChildren(QAbstractButton):
        if button.shortcut() == chord and button.isEnabled() and button.isVisible():
            return button.click
    return None


def _reaches(shortcut: QShortcut, widget: QWidget) -> bool:
    owner = shortcut.parent()
    if not isinstance(owner, QWidget) or not owner.isVisible():
        return False
    inside = shortcut.context() == Qt.ShortcutContext.WidgetWithChildrenShortcut
    return owner is widget or owner.isAncestorOf(widget) if inside else True
