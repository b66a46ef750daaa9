"""The pages that are no list of records, each made when it is first wanted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

from app.ui.fields.editors import Around
from app.ui.shell.navigation import CENTRE, CONFLICTS, DUPLICATES, OUTBOX, OVERVIEW
from app.ui.shell.view import Front

if TYPE_CHECKING:
    from app.ui.shell.window import Window


def front_of(name: str, window: "Window", around: Around, settings: QSettings) -> Front | None:
    """Make a page by its name in the navigation, None for a page of records."""
    if name == OVERVIEW:
        from app.ui.pages.overview_page import page_in

        return page_in(window, around.jobs)
    if name == OUTBOX:
        from app.ui.exchange.outbox_page import OutboxPage

        outbox = OutboxPage(window.desk, around.jobs, settings)
        outbox.export_asked.connect(window.export)
        outbox.file_asked.connect(window.choose_file)
        return outbox
    if name == CONFLICTS:
        from app.ui.exchange.conflicts_page import ConflictsPage

        return ConflictsPage(window.desk, around)
    if name == CENTRE:
        from app.ui.exchange.centre_page import CentrePage

        return CentrePage(window.desk, around.jobs)
    if name == DUPLICATES:
        from app.ui.pages.duplicates_page import DuplicatesPage

        return DuplicatesPage(window.desk, around.jobs)
    return None
