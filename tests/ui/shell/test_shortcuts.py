"""Every shortcut works under both layouts, from a field and from a list."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut, QShortcutEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.ui.fields.line_editor import LineEditor
from app.ui.shell.navigation import entries
from app.ui.widgets import key_layouts, shortcuts
from tests.ui.clerk import Clerk
from tests.ui.keys import KEYS, Key, press
from tests.ui.office import Office


def editing() -> set[str]:
    """List the chords that edit a field: the platform knows them once it is there."""
    standard = QKeySequence.StandardKey
    kinds = (
        standard.Undo, standard.Redo, standard.Cut, standard.Copy, standard.Paste,
        standard.SelectAll,
    )  # fmt: skip
    return {key.toString() for kind in kinds for key in QKeySequence.keyBindings(kind)}


def brought(key: Key, sign: str, held: Qt.KeyboardModifier) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, ord(sign), held, key.number, 0, 0, sign)


def test_the_layout_has_47_keys() -> None:
    assert len(KEYS) == 47 and len({key.number for key in KEYS}) == 47


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.latin)
def test_each_key_is_told_by_its_place_and_only_the_thai_layout_is_foreign(key: Key) -> None:
    plain, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier

    for sign, held, foreign in (
        (key.latin, plain, False),
        (key.latin_shifted, shift, False),
        (key.thai, plain, True),
        (key.thai_shifted, shift, True),
    ):
        event = brought(key, sign, held)
        assert (key_layouts.physical(event), key_layouts.is_foreign(event)) == (key.latin, foreign)


def test_a_latin_keyboard_whose_letters_stand_elsewhere_is_not_foreign() -> None:
    q = next(key for key in KEYS if key.latin == "Q")

    assert not key_layouts.is_foreign(brought(q, "A", Qt.KeyboardModifier.ControlModifier))


class Desk(QWidget):
    """A window with a field that edits with every chord, as X11 does with some, and a list."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.list = Greedy(), QListWidget()
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.done: list[str] = []
        for held in ("Ctrl", "Alt", "Ctrl+Shift"):
            for key in KEYS:
                chord = f"{held}+{key.latin}"
                if QKeySequence(chord).toString() not in editing():
                    action = QAction(self)
                    action.setShortcut(QKeySequence(chord))
                    action.triggered.connect(lambda _on=False, chord=chord: self.done.append(chord))
                    self.addAction(action)


class Greedy(QLineEdit):
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


@pytest.mark.parametrize("thai", [False, True], ids=["latin", "thai"])
@pytest.mark.parametrize("held", ["Ctrl", "Alt", "Ctrl+Shift"])
def test_a_chord_with_any_key_is_the_windows_and_types_nothing(
    clerk: Clerk, thai: bool, held: str
) -> None:
    desk = Desk()
    clerk.sees(desk)
    for widget in (desk.field, desk.list):
        widget.setFocus()
        for key in KEYS:
            chord = f"{held}+{key.latin}"
            if QKeySequence(chord).toString() in editing():
                continue
            desk.done.clear()
            press(widget, QKeySequence(chord), thai=thai)
            assert desk.done == [chord], type(widget)
    assert desk.field.text() == ""


@pytest.mark.parametrize("thai", [False, True], ids=["latin", "thai"])
def test_a_letter_with_alt_that_means_nothing_types_nothing(clerk: Clerk, thai: bool) -> None:
    field = QLineEdit()
    clerk.sees(field)
    field.setFocus()

    for key in KEYS:
        sign = key.thai if thai else key.latin
        event = brought(key, sign, Qt.KeyboardModifier.AltModifier)
        QApplication.sendEvent(field, event)

    assert field.text() == ""


def test_alt_gr_of_windows_still_types(clerk: Clerk) -> None:
    field = QLineEdit()
    clerk.sees(field)
    field.setFocus()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier

    QApplication.sendEvent(field, brought(KEYS[3], "€", both))

    assert field.text() == "€"


@pytest.mark.parametrize("thai", [False, True], ids=["latin", "thai"])
def test_what_was_typed_is_undone_in_the_field_and_else_in_the_window(
    office: Office, clerk: Clerk, monkeypatch: pytest.MonkeyPatch, thai: bool
) -> None:
    clerk.press("Ctrl+N")
    ear = Ear(monkeypatch)
    ear.listen(office)
    field = clerk.at()
    press(field, QKeySequence("Ctrl+Z"), thai=thai)
    assert ear.fired == ["Ctrl+Z"]
    clerk.type("ก")
    press(field, QKeySequence("Ctrl+Z"), thai=thai)
    assert ear.fired == ["Ctrl+Z"] and clerk.reads(office.window, "name") == ""


class Platform(QObject):
    """Lets fields edit with the chords with which X11 does, and this platform does not."""

    def of(self, widget: QWidget) -> None:
        widget.clearFocus()  # who asks first has been put there last: the keyboard, on the way in
        widget.removeEventFilter(self)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        plain = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if (
            isinstance(watched, QLineEdit)
            and plain
            and chr(event.key() % 0x110000) in "ABDEFHKNPTUW"
        ):
            event.accept()
            return True
        return False


@pytest.mark.long
@pytest.mark.parametrize("thai", [False, True], ids=["latin", "thai"])
def test_every_shortcut_of_every_page_works_from_a_field_and_from_a_list(
    office: Office, clerk: Clerk, monkeypatch: pytest.MonkeyPatch, thai: bool
) -> None:
    wrong: list[tuple[str, str, str, list[str]]] = []
    tried, ear, platform = 0, Ear(monkeypatch), Platform()
    for entry in entries():
        office.window.bring(entry.name)
        office.rest()
        for widget in places(office):
            platform.of(widget)
            widget.setFocus()
            if clerk.at() is not widget:
                continue
            ear.listen(office)
            for chord in sorted(reachable(office, widget) - editing()):  # those are the field's
                ear.fired.clear()
                press(widget, QKeySequence(chord), thai=thai)
                tried += 1
                if ear.fired != [chord]:
                    wrong.append((entry.name, widget.objectName(), chord, ear.fired[:]))
    assert wrong == []
    assert tried > 600


def places(office: Office) -> list[QWidget]:
    """Give the filter, the first field of the form and the list of the page in front."""
    front = office.window.front
    kinds = (LineEditor, QPlainTextEdit, QAbstractItemView)
    found = [
        next((each for each in front.findChildren(kind) if each.isVisible()), None)
        for kind in kinds
    ]
    edits = [
        each for each in front.findChildren(QLineEdit) if each.objectName().startswith("filter.")
    ]
    return [each for each in (*edits, *found) if each is not None]


def reachable(office: Office, widget: QWidget) -> set[str]:
    """List the chords that mean something while a widget has the focus; plain keys are its own."""
    return {
        chord.toString()
        for owner, chords in sources(office)
        if reaches(owner, widget)
        for chord in chords
        if chord.count() and (chord[0].keyboardModifiers() or chord[0].key() >= Qt.Key.Key_F1)
    }


def reaches(owner: Any, widget: QWidget) -> bool:
    if not owner.isEnabled():
        return False
    if isinstance(owner, QShortcut):
        above = owner.parent()
        inside = owner.context() == Qt.ShortcutContext.WidgetWithChildrenShortcut
        return bool(above.isVisible()) and (
            not inside or above.isAncestorOf(widget) or above is widget
        )
    return isinstance(owner, QAction) or bool(owner.isVisible())


def sources(office: Office) -> Iterator[tuple[Any, list[QKeySequence]]]:
    window = office.window
    for action in window.findChildren(QAction):
        yield action, list(action.shortcuts())
    for shortcut in window.findChildren(QShortcut):
        yield shortcut, list(shortcut.keys())
    for button in window.findChildren(QAbstractButton):
        yield button, [button.shortcut()]


class Ear(QObject):
    """Hears the shortcuts that fire, and keeps them from doing what they are for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self.fired: list[str] = []
        meant = shortcuts.meant

        def heard(widget: QWidget, chord: QKeySequence) -> Callable[[], object] | None:
            does = meant(widget, chord)
            return (lambda: self.fired.append(chord.toString())) if does else None

        monkeypatch.setattr(shortcuts, "meant", heard)

    def listen(self, office: Office) -> None:
        for owner, chords in sources(office):
            if any(not chord.isEmpty() for chord in chords):
                owner.installEventFilter(self)

    def eventFilter(self, _owner: QObject, event: QEvent) -> bool:  # noqa: N802
        if not isinstance(event, QShortcutEvent):
            return False
        doubt = "twice " if event.isAmbiguous() else ""
        self.fired.append(doubt + event.key().toString())
        return True
