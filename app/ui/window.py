"""The main window: the pages, the menus, one box that finds everything, and what is going on."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QWidget,
)

from app.core import fields, places
from app.core.i18n import _
from app.services import attachments, records, search
from app.services.desk import Desk, office_name
from app.ui import drafts_dialog, help_dialogs, icons, tasks, theme
from app.ui.busy import BusyBar
from app.ui.editors import Around
from app.ui.export_dialog import ExportDialog
from app.ui.find_box import FindBox, Found
from app.ui.jobs import Job, Jobs
from app.ui.pages import pages
from app.ui.record_page import RecordPage

LARGE_TEXT = "large_text"


class Window(QMainWindow):
    """One desk, open."""

    locked = Signal()
    outgrown = Signal()  # the text has another size: the window is to be built anew

    def __init__(self, desk: Desk, jobs: Jobs, settings: QSettings) -> None:
        super().__init__()
        self.desk = desk
        self._jobs = jobs
        self._settings = settings
        self._recent: list[tuple[str, str, str]] = []
        attach = partial(attachments.attach, desk.store)
        self._around = Around(jobs, self._find, self._title_of, attach, desk.office[:2])
        self._stack = QStackedWidget()
        self._navigation = self._make_navigation()
        self._pages: dict[str, RecordPage] = {}
        self._exported = QLabel()
        self._drafts = QLabel()
        self._waiting = QLabel()
        self.setWindowTitle(_("{office} · TambonDesk").format(office=office_name(desk.office)))
        self.setWindowIcon(icons.icon("tambondesk"))
        self._lay_out()
        self._make_menus()
        self._make_status_bar()
        self.resize(1280, 720)
        geometry = settings.value("window")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self.show_page(next(iter(pages())))
        self.count_drafts()
        QTimer.singleShot(_IDLE, self, self._read_places)
        QTimer.singleShot(_IDLE, self, self._count_waiting)

    @property
    def page(self) -> RecordPage:
        """Give the page in front."""
        page = self._stack.currentWidget()
        assert isinstance(page, RecordPage)  # noqa: S101 (nothing else is put there)
        return page

    def show_page(self, type_: str) -> RecordPage:
        """Bring a page to the front; it is made when it is first wanted."""
        if type_ not in self._pages:
            page = RecordPage(pages()[type_], self.desk, self._around)
            page.worked_on.connect(self._remember)
            page.record_asked.connect(self.open_record)
            page.written.connect(self._count_waiting)
            self._pages[type_] = page
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(self._pages[type_])
        self._navigation.setCurrentRow(list(pages()).index(type_))
        self._pages[type_].go_to_filter()
        return self._pages[type_]

    def open_record(self, type_: str, record_id: str) -> None:
        """Open a record on its page."""
        if type_ == self.page.page.type:
            self.page.open(record_id)  # what is not saved is asked about before the list is shown
        elif type_ in pages():
            self.show_page(type_).open(record_id)

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
        dialog = ExportDialog(self.desk, self._jobs, self._settings, self)
        dialog.exported.connect(self._count_waiting)
        self._guarded(dialog.open)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about forms that are not saved; remember where the window stood."""
        dirty = [page for page in self._pages.values() if page.form.is_dirty()]
        if dirty:
            event.ignore()
            self._stack.setCurrentWidget(dirty[0])
            dirty[0].editing.guard(self.close)
            return
        self._settings.setValue("window", self.saveGeometry())
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the names out of the navigation where the room is needed."""
        super().resizeEvent(event)
        wide = event.size().width() >= theme.characters(self, _NAMES_FROM)
        width = theme.characters(self, 20) if wide else theme.line_height(self) + 16
        self._navigation.setFixedWidth(width)
        for row, page in enumerate(pages().values()):
            self._navigation.item(row).setText(_(page.title) if wide else "")

    def count_drafts(self) -> None:
        """Say how many drafts wait."""
        self._jobs.read(
            self,
            lambda _job: len(self.desk.store.drafts.all()),
            self._show_drafts,
            replace="drafts",
        )

    def _make_navigation(self) -> QListWidget:
        bar = QListWidget()
        bar.setObjectName("navigationList")
        bar.setIconSize(QSize(22, 22))
        bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bar.setAccessibleName(_("Pages of the desk"))
        for number, page in enumerate(pages().values(), 1):
            item = QListWidgetItem(icons.icon(page.icon), _(page.title))
            item.setToolTip(f"{_(page.title)} (Alt+{number})")
            item.setData(Qt.ItemDataRole.UserRole, page.type)
            item.setSizeHint(QSize(0, theme.line_height(bar) + 12))
            bar.addItem(item)
        bar.itemClicked.connect(
            lambda item: self._guarded(partial(self.show_page, item.data(Qt.ItemDataRole.UserRole)))
        )
        return bar

    def _lay_out(self) -> None:
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._navigation)
        row.addWidget(self._stack, 1)
        self.setCentralWidget(middle)

    def _make_menus(self) -> None:
        file = self._menu(_("&File"))
        self._act(file, _("&New record"), "Ctrl+N", self._on_page(RecordPage.new))
        self._act(file, _("&Print…"), "Ctrl+P", self._on_page(RecordPage.print_menu))
        self._act(file, _("&Send to the centre…"), "Ctrl+E", self.export)
        errands = tasks.of_the_centre(
            self, self.desk, self._jobs, receipt_taken=self._count_waiting
        )
        for words, errand in errands:
            self._act(file, words, "", errand)
        file.addSeparator()
        self._act(file, _("&Back up…"), "", partial(tasks.back_up, self, self.desk, self._jobs))
        self._act(file, _("&Lock"), "Ctrl+L", self._lock)
        self._act(file, _("E&xit"), "Ctrl+Q", self.close)
        edit = self._menu(_("&Edit"))
        self._act(edit, _("&Undo the last change"), "Ctrl+Z", self._on_page(RecordPage.undo_last))
        self._act(edit, _("&Take the record out of use…"), "", self._on_page(RecordPage.void))
        self._act(edit, _("&History of the record"), "", self._on_page(RecordPage.show_history))
        self._act(edit, _("&Drafts…"), "", self._show_draft_list)
        view = self._menu(_("&View"))
        large = self._act(view, _("&Large text"), "", partial(self._guarded, self._turn_large_text))
        large.setCheckable(True)
        large.setChecked(QApplication.font().pointSize() > theme.BODY_POINTS)
        self._act(view, _("&Read the list anew"), "F5", self._on_page(RecordPage.refresh))
        go = self._menu(_("&Go"))
        for number, page in enumerate(pages().values(), 1):
            show = partial(self._guarded, partial(self.show_page, page.type))
            self._act(go, _(page.title), f"Alt+{number}", show)
        self._act(go, _("&Filter of the list"), "Ctrl+F", self._on_page(RecordPage.go_to_filter))
        self._act(go, _("Find &anything…"), "Ctrl+K", self.find_anything)
        self._make_help_menu()

    def _make_help_menu(self) -> None:
        menu = self._menu(_("&Help"))
        self._act(menu, _("&Keys"), "Ctrl+/", lambda: help_dialogs.show_keys(self))
        self._act(menu, _("&Save a report…"), "", lambda: help_dialogs.save_report(self))
        self._act(menu, _("&About"), "", lambda: help_dialogs.show_about(self))

    def _menu(self, title: str) -> QMenu:
        return self.menuBar().addMenu(title)

    def _act(self, menu: QMenu, words: str, keys: str, do: Callable[[], Any]) -> QAction:
        action = QAction(words, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _on=False: do())
        menu.addAction(action)
        return action

    def _on_page(self, do: Callable[[RecordPage], None]) -> Callable[[], None]:
        """Give what does `do` to the page that is in front by then."""
        return lambda: do(self.page)

    def _make_status_bar(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(8, 0, 10, 0)
        bar.addWidget(BusyBar(self._jobs))
        user = QLabel(_("User: {name}").format(name=self.desk.user))
        for part in (self._drafts, self._waiting, self._exported, user):
            bar.addPermanentWidget(part)

    def _show_drafts(self, count: int) -> None:
        self._drafts.setText(_("{count} drafts wait").format(count=count) if count else "")

    def _count_waiting(self) -> None:
        self._jobs.read(self, self._read_waiting, self._show_waiting, replace="waiting")

    def _read_waiting(self, _job: Job) -> tuple[int, str]:
        from app.services import bundles  # the seals and keys are read behind the window's back

        files = bundles.sent(self.desk.store)
        return bundles.waiting(self.desk.store), files[0].made_at if files else ""

    def _show_waiting(self, found: tuple[int, str]) -> None:
        count, last = found
        self._exported.setText(self._spoken_age(last))
        words = _("{count} lines wait to be sent").format(count=f"{count:,}") if count else ""
        self._waiting.setText(words)

    def _spoken_age(self, made_at: str) -> str:
        """Say how long ago the last file was sealed, as the outbox has it."""
        if not made_at:
            return _("Nothing sent yet")
        sent_on = datetime.fromisoformat(made_at).astimezone(fields.THAILAND).date()
        days = (fields.today() - sent_on).days
        theme.mark(self._exported, "tone", "caution" if days > _LATE else "")
        return _("Sent today") if not days else _("Last sent {count} days ago").format(count=days)

    def _show_draft_list(self) -> None:
        self._guarded(lambda: drafts_dialog.show(self))

    def _guarded(self, then: Callable[[], object]) -> None:
        """Ask about what is not saved before the page is left."""
        self.page.editing.guard(then)

    def _lock(self) -> None:
        self._guarded(self.locked.emit)

    def _turn_large_text(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 (there is no window without one)
        large = QApplication.font().pointSize() == theme.BODY_POINTS
        self._settings.setValue(LARGE_TEXT, large)
        theme.apply(app, points=theme.LARGE_POINTS if large else theme.BODY_POINTS)
        self.outgrown.emit()

    def _read_places(self) -> None:
        """Read the places before the first address is typed: it takes longer than a key may."""
        self._jobs.read(self, lambda _job: places.search("ก", limit=1), lambda _nothing: None)

    def _remember(self, type_: str, record_id: str, title: str) -> None:
        """Keep the ten records that were worked on last."""
        this = (type_, record_id, title)
        self._recent = [this, *(each for each in self._recent if each[1] != record_id)][:10]

    def _find(self, type_: str, words: str) -> list[tuple[Any, str]]:
        hits = search.find(self.desk.store, words, types=(type_,), limit=20)
        return [(hit.id, "   ".join(filter(None, (hit.title, hit.detail)))) for hit in hits]

    def _title_of(self, type_: str, record_id: str) -> str:
        return records.title_of(self.desk.store, type_, record_id)


_NAMES_FROM = 135  # characters of width; rule 29 of the desk
_IDLE = 2500  # milliseconds after the window is up
_LATE = 7  # days without sending
