"""The steps of sending to the centre but one: what, checks, writing, what came of it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.i18n import N_, _
from app.services.exchange import Finding, Preflight, Waiting, check_code
from app.services.records import records
from app.sync.bundle import Sealed
from app.ui.exchange import sending_words
from app.ui.widgets import icons, theme
from app.ui.widgets.state_label import Say, StateLabel
from app.ui.widgets.times import day_of
from app.ui.widgets.wrapping import display

TITLES = (N_("What"), N_("Checks"), N_("Where"), N_("Writing"), N_("Done"))


class WhatStep(QWidget):
    """How many records of each type go, since when, and who alone can read them."""

    def __init__(self) -> None:
        super().__init__()
        self._words = wrapped()
        self._counts = wrapped()
        self._counts.setProperty("tone", "heading")
        theme.enlarge(self._counts, 1.2)
        self._reader = wrapped()
        self._reader.setProperty("tone", "quiet")
        column = QVBoxLayout(self)
        column.setSpacing(14)
        for part in (self._words, self._counts, self._reader):
            column.addWidget(part)
        column.addStretch(1)

    def show_waiting(self, found: Waiting, fingerprint: str) -> None:
        """Say what the file will hold."""
        since = (
            _("Everything since the last file of {day}, and what is not confirmed yet:").format(
                day=day_of(found.since)
            )
            if found.since
            else _("Everything that was entered so far:")
        )
        whole = _("{count} entries in all").format(count=f"{found.lines:,}")
        reader = _("Only the central office can read the file. Its key: {key}").format(
            key=fingerprint
        )
        self.say(since)
        self._counts.setText(display(f"{sending_words.in_words(found.records)}\n{whole}"))
        self._reader.setText(display(reader))

    def say(self, words: str) -> None:
        """Say something else: why nothing can be sent."""
        self._words.setText(display(words))


class CheckStep(QWidget):
    """Second step: what the centre would return.

    Such lines do not stop the others from being sent.
    """

    record_asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._state = StateLabel()
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(_("Progress"))
        self.list = QListWidget()
        self.list.setObjectName("lineList")
        self.list.setWordWrap(True)
        self.list.setAccessibleName(_("What the centre will say"))
        self.list.itemActivated.connect(self._open)
        self._advice = wrapped()
        self._advice.setProperty("tone", "quiet")
        column = QVBoxLayout(self)
        for part in (self._state, self._bar, self.list, self._advice):
            column.addWidget(part)
        column.addStretch(1)
        self.list.hide()
        self._state.say(Say("busy", "", _("Asking the centre's own rules…")))

    def step(self, done: int, total: int) -> None:
        """Show how far the check is."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def show_verdict(self, found: Preflight) -> None:
        """List the findings, the lines to be returned first."""
        self._bar.hide()
        self._state.say(_verdict(found))
        for each in found.findings[:_MOST]:
            icon = "caution" if each.kind == "warning" else "returned"
            item = QListWidgetItem(icons.icon(icon), _sentence(each))
            item.setData(Qt.ItemDataRole.UserRole, (each.type, each.id))
            self.list.addItem(item)
        self.list.setVisible(bool(found.findings))
        if found.findings:
            words = _(
                "Enter on a line opens the record. Everything else goes all the same: one entry "
                "that is returned never holds up the others."
            )
            self._advice.setText(display(words))

    def say(self, words: str) -> None:
        """Say that the check itself failed; sending goes on without it."""
        self._bar.hide()
        self._state.say(Say("caution", "caution", words))

    def _open(self, item: QListWidgetItem) -> None:
        type_, record_id = item.data(Qt.ItemDataRole.UserRole)
        if record_id:
            self.record_asked.emit(type_, record_id)


class WritingStep(QWidget):
    """How far the writing is."""

    def __init__(self) -> None:
        super().__init__()
        self._words = wrapped()
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_("Progress"))
        self.begin()
        column = QVBoxLayout(self)
        column.addWidget(self._words)
        column.addWidget(self.bar)
        column.addStretch(1)

    def begin(self) -> None:
        """Say what is done, before anything is."""
        self._words.setText(display(_("The file is sealed, written, read back and compared.")))
        self.bar.setRange(0, 0)

    def say_stopping(self) -> None:
        """Say that the writing ends as soon as it can."""
        words = _("Stopping… One moment, until it is certain what was written.")
        self._words.setText(display(words))

    def step(self, done: int, total: int) -> None:
        """Show how many lines are written."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.bar.setFormat(
            _("{done} of {total} lines").format(done=f"{done:,}", total=f"{total:,}")
        )


class DoneStep(QWidget):
    """The file, its counts and the code for the telephone; paper and hand-over are a key away."""

    def __init__(self, print_cover: Callable[[], None], hand_over: Callable[[], None]) -> None:
        super().__init__()
        self._state = StateLabel()
        self._words = wrapped()
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._code = QLabel()
        self._code.setProperty("tone", "heading")
        theme.enlarge(self._code, 1.6)
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons = QWidget()
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        for icon, words, do in (
            ("print", _("Cover sheet (Ctrl+P)"), print_cover),
            ("handed_over", _("Handed over (Ctrl+H)"), hand_over),
        ):
            button = QPushButton(icons.icon(icon), words)
            button.clicked.connect(do)
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        for part in (self._state, self._words, self._code, self.buttons):
            column.addWidget(part)
        column.addStretch(1)

    def show_sealed(self, sealed: Sealed, files: Sequence[Path], *, too_late: bool) -> None:
        """Show the records written, the names of the files, and whether stopping came too late."""
        late = [_("It was sealed already and could not be stopped.")] if too_late else []
        ask = _("Read this check code to the centre by telephone:")
        self._state.say(Say("good", "good", _("The file was written, read back and compared.")))
        said = (*late, *_what_was_written(sealed, files), "", ask)
        self._words.setText(display("\n".join(said)))
        code = check_code(sealed.content_id)
        self._code.setText(code)
        self._code.setAccessibleName(_("Check code: {code}").format(code=code))

    def say_handed_over(self, to: str) -> None:
        """Say that it was noted who took the file; the outbox can take that back."""
        words = _("Noted: handed over to {name}.").format(name=to)
        self._state.say(Say("handed_over", "", words))

    def show_failure(self, words: str) -> None:
        """Say that nothing was written, and why."""
        self._state.say(Say("bad", "bad", _("Nothing was sent.")))
        theme.mark(self._words, "tone", "bad")
        self._words.setText(display(words))
        self.buttons.hide()


_MOST = 500  # findings that are listed
_MOST_PARTS = 4  # parts that are listed


def wrapped() -> QLabel:
    """Return a label for a text of several lines."""
    label = QLabel()
    label.setWordWrap(True)
    return label


def _what_was_written(sealed: Sealed, files: Sequence[Path]) -> list[str]:
    count = f"{sum(sealed.counts.values()):,}"
    what_and_where = [sending_words.in_words(sealed.counts), str(sealed.path.parent)]
    if len(files) == 1:
        words = _("{count} lines are in the file {name}.")
        return [words.format(count=count, name=files[0].name), *what_and_where]
    words = _("{count} lines are in {parts} parts. Send every part, each in a mail of its own:")
    names = [file.name for file in files[:_MOST_PARTS]]
    if len(files) > _MOST_PARTS:
        names.append(_("and {count} more parts").format(count=f"{len(files) - _MOST_PARTS:,}"))
    return [*what_and_where, words.format(count=count, parts=f"{len(files):,}"), *names]


def _verdict(found: Preflight) -> Say:
    back = len(found.of("returned")) + len(found.of("held"))
    warned = len(found.of("warning"))
    if back:
        words = _("The centre would not take {count} of {total} entries")
        words = words.format(count=f"{back:,}", total=f"{found.lines:,}")
        return Say("returned", "bad", words)
    if warned:
        words = _("The centre takes all entries; {count} things to look at")
        return Say("caution", "caution", words.format(count=f"{warned:,}"))
    words = _("The centre will take all {count} entries")
    return Say("good", "good", words.format(count=f"{found.lines:,}"))


def _sentence(found: Finding) -> str:
    label = records.label(found.type)
    return f"{' '.join(filter(None, (label, found.title)))}: {found.reason}"
