"""The main window: the pages, the menus, one box that finds everything, and what is going on."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from operator import methodcaller
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QWidget

from app.core import places
from app.core.errors import UserError
from app.core.i18n import _
from app.core.line import Data
from app.services.office.desk import Desk, office_name
from app.services.records import records
from app.ui.exchange import centre_files
from app.ui.frame import messages
from app.ui.frame.front import CONFLICTS, OUTBOX, Front
from app.ui.frame.jobs import Jobs
from app.ui.records.editor_context import around_of
from app.ui.records.page import owner_of, pages
from app.ui.records.record_page import RecordPage
from app.ui.shell import help_dialogs, tasks
from app.ui.shell.drafts_dialog import DraftsDialog
from app.ui.shell.find_box import FindBox, Found
from app.ui.shell.navigation import Navigation, entries
from app.ui.shell.status_bar import Foot
from app.ui.shell.views import Views
from app.ui.widgets import icons, theme
from app.ui.widgets.menu import Menu, in_bar

LARGE_TEXT = "large_text"


class Window(QMainWindow):
    """One desk, open."""

    locked = Signal()
    leaving = Signal(object)  # the QCloseEvent: who has something left to do ignores it
    outgrown = Signal()  # the text has another size: the window is to be built anew

    def __init__(self, desk: Desk, jobs: Jobs, settings: QSettings) -> None:
        super().__init__()
        theme.style(self)
        self.desk = desk
        self._jobs = jobs
        self._settings = settings
        self._recent: list[tuple[str, str, str]] = []
        self._has_seals = False
        self._around = around_of(desk, jobs, self._added)
        self._views = Views(self, self._around, settings)
        self._views.worked_on.connect(self._remember)
        self._navigation = Navigation()
        self._navigation.asked.connect(lambda name: self._guarded(partial(self.bring, name)))
        self.setWindowTitle(_("{office} · TambonDesk").format(office=office_name(desk.office)))
        self.setWindowIcon(icons.icon("tambondesk"))
        drops = centre_files.Drops(self)
        drops.dropped.connect(lambda paths: self._guarded(partial(self.take_file, *paths)))
        self._lay_out()
        self._make_menus()
        self._foot = Foot(self.statusBar(), desk, jobs)
        self._foot.counted.connect(self._say_counts)
        self._views.written.connect(self._foot.count_waiting)
        self.resize(1280, 720)
        self.restoreGeometry(settings.value("window") or QByteArray())
        self.show_page(next(iter(pages())))
        self.count_drafts()
        QTimer.singleShot(_IDLE, self, self._read_places)
        QTimer.singleShot(_IDLE, self, self._foot.count_waiting)

    @property
    def front(self) -> Front:
        """Return the page in front."""
        return self._views.front

    @property
    def page(self) -> RecordPage:
        """Return the page of records in front."""
        assert isinstance(self.front, RecordPage)  # noqa: S101 (whoever asks is on one)
        return self.front

    def bring(self, name: str) -> None:
        """Bring a page to the front; it is made when it is first wanted."""
        if name in (OUTBOX, CONFLICTS) and not self._has_seals:
            self._read_seals(partial(self.bring, name))
            return
        self._views.bring(name)
        self._navigation.select(name)
        self.front.come_forward()

    def show_page(self, type_: str) -> RecordPage:
        """Bring the page of a type of record to the front."""
        self.bring(type_)
        return self.page

    def open_record(self, type_: str, record_id: str) -> None:
        """Open a record on its page."""
        front = self.front
        if isinstance(front, RecordPage) and type_ == front.page.type:
            front.open(record_id)  # what is not saved is asked about before the list is shown
        elif type_ in pages():
            self.show_page(type_).open(record_id)
        else:
            self._open_owner(type_, record_id)

    def _open_owner(self, type_: str, record_id: str) -> None:
        """Open what a record without a page of its own belongs to: a membership's group."""
        link = owner_of(type_)
        if link is None:
            messages.show(UserError(_("Records of this kind have no page of their own yet.")), self)
            return
        self._jobs.read(
            self,
            lambda _job: records.get(self.desk.store, type_, record_id).data[link.field],
            lambda owner: self.open_record(link.type, owner),
        )

    def find_anything(self) -> None:
        """Open the box that finds everything."""
        recent = [
            Found(records.label(type_), title, partial(self.open_record, type_, record_id))
            for type_, record_id, title in self._recent
        ]
        actions = [each for each in self.findChildren(QAction) if each.menu() is None]
        named = [each for each in actions if each.text()]
        FindBox(self.desk, self._jobs, named, recent, self.open_record, self).open()

    def export(self) -> None:
        """Open the dialog that sends to the centre."""
        if not self._has_seals:
            self._read_seals(self.export)
            return
        from app.ui.exchange.export_dialog import ExportDialog

        dialog = ExportDialog(self.desk, self._jobs, self._settings, self)
        dialog.exported.connect(self._sent_or_answered)
        dialog.record_asked.connect(self.open_record)
        self._guarded(dialog.open)

    def take_file(self, *paths: Path) -> None:
        """Take in a file of the centre or of another desk, perhaps as parts."""
        centre_files.take(self, self.desk, self._jobs, paths, taken=self._sent_or_answered)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about forms that are not saved; remember where the window stood."""
        if (dirty := self._views.dirty()) is not None:
            event.ignore()
            dirty.guard(self.close)
            return
        self._settings.setValue("window", self.saveGeometry())
        super().closeEvent(event)
        self.leaving.emit(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the names out of the navigation where the room is needed."""
        super().resizeEvent(event)
        wide = event.size().width() >= theme.characters(self, _NAMES_FROM)
        self._navigation.show_names(wide)

    def count_drafts(self) -> None:
        """Say how many drafts wait."""
        self._foot.count_drafts()

    def _read_seals(self, then: Callable[[], object]) -> None:
        """Read what seals and opens files, then go on: it takes longer than a key may."""

        def read(_module: object) -> None:
            self._has_seals = True
            then()

        self._jobs.read(self, lambda _job: import_module("app.services.exchange"), read)

    def _lay_out(self) -> None:
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._navigation)
        row.addWidget(self._views, 1)
        self.setCentralWidget(middle)

    def _make_menus(self) -> None:
        menu = partial(in_bar, self.menuBar())
        file = menu(_("&File"))
        self._act(file, _("&New record"), "Ctrl+N", self._on_page(lambda page: page.new()))
        self._act(file, _("&Print…"), "Ctrl+P", self._in_front("print_menu"))
        self._act(
            file, _("Print &all of the list…"), "Ctrl+Shift+P", self._on_page(RecordPage.print_all)
        )
        self._act(file, _("&Send to the centre…"), "Ctrl+E", self.export)
        self._act(file, _("&Open a file of the centre…"), "Ctrl+O", self.choose_file)
        request = partial(tasks.request_key, self, self.desk, self._jobs)
        self._act(file, _("Make a &key request…"), "", request)
        file.addSeparator()
        self._act(file, _("&Back up…"), "", partial(tasks.back_up, self, self.desk, self._jobs))
        self._act(file, _("&Lock"), "Ctrl+L", partial(self._guarded, self.locked.emit))
        self._act(file, _("E&xit"), "Ctrl+Q", self.close)
        edit = menu(_("&Edit"))
        self._act(edit, _("&Undo the last change"), "Ctrl+Z", self._in_front("undo_last"))
        self._act(edit, _("&Take the record out of use…"), "", self._on_page(RecordPage.void))
        self._act(edit, _("&History of the record"), "", self._on_page(RecordPage.show_history))
        self._act(edit, _("&Drafts…"), "", self.show_draft_list)
        view = menu(_("&View"))
        large = self._act(view, _("&Large text"), "", partial(self._guarded, self._turn_large_text))
        large.setCheckable(True)
        large.setChecked(QApplication.font().pointSize() > theme.BODY_POINTS)
        self._act(view, _("&Read the list anew"), "F5", self._in_front("refresh"))
        go = menu(_("&Go"))
        for entry in entries():
            show = partial(self._guarded, partial(self.bring, entry.name))
            self._act(go, _(entry.title), entry.keys, show)
        self._act(go, _("&Filter of the list"), "Ctrl+F", self._in_front("come_forward"))
        self._act(go, _("Find &anything…"), "Ctrl+K", self.find_anything)
        help_ = menu(_("&Help"))
        self._act(help_, _("&Keys"), "Ctrl+/", partial(help_dialogs.show_keys, self))
        self._act(help_, _("&Save a report…"), "", partial(help_dialogs.save_report, self))
        self._act(help_, _("&About"), "", partial(help_dialogs.show_about, self))

    def _act(self, menu: Menu, words: str, keys: str, do: Callable[[], Any]) -> QAction:
        action = QAction(words, self)
        action.setShortcut(keys)
        action.triggered.connect(lambda _on=False: do())
        menu.addAction(action)
        return action

    def _on_page(self, do: Callable[[RecordPage], None]) -> Callable[[], None]:
        """Return a callback that runs `do` on the record page in front, if there is one by then."""
        return lambda: do(self.page) if isinstance(self.front, RecordPage) else None

    def _in_front(self, do: str) -> Callable[[], object]:
        """Return a callback that calls a method of the page in front at that moment."""
        call = methodcaller(do)
        return lambda: call(self.front)

    def choose_file(self) -> None:
        """Take in a file of the centre or of another desk that the clerk chooses."""
        path = centre_files.choose(self)
        if path:
            self._guarded(partial(self.take_file, path))

    def _sent_or_answered(self) -> None:
        """Say everywhere how far things have come now."""
        self._foot.count_waiting()
        self.front.refresh()

    def _say_counts(self, returned: int, to_settle: int) -> None:
        self._navigation.say_count(OUTBOX, returned)
        self._navigation.say_count(CONFLICTS, to_settle)

    def show_draft_list(self) -> None:
        """Show the drafts that wait."""
        self._guarded(self._open_draft_list)

    def _open_draft_list(self) -> None:
        dialog = DraftsDialog(self.desk.store.drafts, self)
        dialog.resume_asked.connect(self._resume)
        dialog.dropped.connect(self.count_drafts)
        dialog.open()

    def _resume(self, draft: Data) -> None:
        self.show_page(draft["type"]).resume(draft["key"], draft["id"], draft["data"])

    def _guarded(self, then: Callable[[], object]) -> None:
        """Ask about what is not saved before the page is left."""
        self.front.guard(then)

    def _turn_large_text(self) -> None:
        self._settings.setValue(LARGE_TEXT, theme.turn_size())
        self.outgrown.emit()

    def _read_places(self) -> None:
        """Read the places before the first address is typed: it takes longer than a key may."""
        self._jobs.read(self, lambda _job: places.search("ก", limit=1), lambda _nothing: None)

    def _remember(self, type_: str, record_id: str, title: str) -> None:
        """Keep the ten records that were worked on last."""
        this = (type_, record_id, title)
        self._recent = [this, *(each for each in self._recent if each[1] != record_id)][:10]

    def _added(self, type_: str) -> None:
        """Show a record that was added from a field where it is listed and counted."""
        self._foot.count_waiting()
        self._views.refresh(type_)


_NAMES_FROM = 135  # characters of width; rule 29 of the desk
_IDLE = 2500  # milliseconds after the window is up
