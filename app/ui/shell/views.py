"""What the window has in front: each view is made when it is first wanted, and kept."""

from functools import partial

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QStackedWidget

from app.ui.fields.around import Around
from app.ui.frame.front import CENTRE, CONFLICTS, DUPLICATES, OUTBOX, OVERVIEW, Front
from app.ui.records.page import pages
from app.ui.records.record_page import RecordPage
from app.ui.shell import drill_down
from app.ui.shell.host import Host


class Views(QStackedWidget):
    """The views of the window, by their names in the navigation."""

    written = Signal()  # something was stored
    worked_on = Signal(str, str, str)  # type, id, title: for the ten last ones

    def __init__(self, host: Host, around: Around, settings: QSettings) -> None:
        super().__init__()
        self._host = host
        self._around = around
        self._settings = settings
        self._made: dict[str, Front] = {}

    @property
    def front(self) -> Front:
        """Return the view in front."""
        view = self.currentWidget()
        assert isinstance(view, Front)  # noqa: S101 (nothing else is put there)
        return view

    def bring(self, name: str) -> None:
        """Put a view in front; one that is no list of records reads anew what it shows."""
        if name not in self._made:
            view = self._other(name) or self._of_records(name)
            view.record_asked.connect(self._host.open_record)
            view.written.connect(self.written)
            self._made[name] = view
            self.addWidget(view)
        elif self._made[name] is not self.front and name not in pages():
            self._made[name].refresh()  # a record may have been put right meanwhile
        self.setCurrentWidget(self._made[name])

    def refresh(self, name: str) -> None:
        """Read anew what a view shows, if it was made."""
        if name in self._made:
            self._made[name].refresh()

    def dirty(self) -> Front | None:
        """Return a view in which something is not saved, and put it in front; None for none."""
        found = next((each for each in self._made.values() if each.is_dirty()), None)
        if found is not None:
            self.setCurrentWidget(found)
        return found

    def _of_records(self, type_: str) -> RecordPage:
        made = RecordPage
        if type_ == "training_class":
            from app.ui.pages.class_page import ClassPage

            made = ClassPage
        page = made(pages()[type_], self._host.desk, self._around)
        page.worked_on.connect(self.worked_on)
        page.new_asked.connect(lambda type_, draft: self._host.show_page(type_).new(draft))
        return page

    def _other(self, name: str) -> Front | None:
        """Make a view by its name, None for a page of records."""
        host, jobs = self._host, self._around.jobs
        if name == OVERVIEW:
            return self._overview()
        if name == OUTBOX:
            from app.ui.exchange.outbox_page import OutboxPage

            outbox = OutboxPage(host.desk, jobs, self._settings)
            outbox.export_asked.connect(host.export)
            outbox.file_asked.connect(host.choose_file)
            return outbox
        if name == CONFLICTS:
            from app.ui.exchange.conflicts_page import ConflictsPage

            return ConflictsPage(host.desk, self._around)
        if name == CENTRE:
            from app.ui.exchange.centre_page import CentrePage

            return CentrePage(host.desk, jobs)
        if name == DUPLICATES:
            from app.ui.pages.duplicates_page import DuplicatesPage

            return DuplicatesPage(host.desk, jobs)
        return None

    def _overview(self) -> Front:
        """Make the overview; its figures open lists, pages and drafts of the window."""
        from app.ui.pages.overview_page import OverviewPage

        host = self._host
        page = OverviewPage(host.desk, self._around.jobs)
        page.list_asked.connect(partial(drill_down.open_list, host, self._around.jobs, page))
        page.page_asked.connect(host.bring)
        page.drafts_asked.connect(host.show_draft_list)
        return page
