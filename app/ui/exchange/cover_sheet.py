"""The cover sheet of a file, looked at and printed."""

from PySide6.QtWidgets import QWidget

from app.core.i18n import _
from app.services.exchange.cover import cover_sheet
from app.services.office.desk import Desk
from app.services.printing.printing import Preview
from app.ui.frame.jobs import Jobs
from app.ui.paper.outgoing_papers import Numbered
from app.ui.paper.paper_preview import PaperPreview, Printout
from app.ui.paper.prints_dialog import show_prints


def show_cover_sheet(page: QWidget, desk: Desk, jobs: Jobs, name: str, *, parts: int = 1) -> None:
    """Draw the cover sheet of a file off the window's thread, and show it.

    `parts` counts the files in which it goes by mail.
    """
    window = page.window()

    def show(preview: Preview) -> None:
        title = _("Cover sheet of {name}").format(name=name)
        shown = PaperPreview(
            Printout(preview.pdf, title, f"{title}.pdf"),
            jobs,
            Numbered(desk.store, [preview]),
            parent=window,
        )
        shown.offer(
            _("What was printed… (Ctrl+H)"),
            "Ctrl+H",
            lambda: show_prints(shown, desk.store, jobs, record=name, title=name),
        )
        shown.open()

    jobs.run(
        window,
        lambda _job: cover_sheet(desk.store, name, parts=parts),
        show,
        title=_("Drawing the document"),
    )
