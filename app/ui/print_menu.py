"""The documents of a record: choose one, look at it, print it, and have the print noted."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from app.core.i18n import _
from app.services.desk import Desk
from app.ui.jobs import Jobs


class PrintMenu(QMenu):
    """The documents that print one type of record."""

    def __init__(self, type_: str, desk: Desk, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self._type = type_
        self._desk = desk
        self._jobs = jobs

    def offer(self, record_id: str, title: str, at: QPoint) -> None:
        """Offer the documents of a record; 1 to 9 choose."""
        from app.services import printing  # the forms and their fonts are read on first use

        self.clear()
        for number, form in enumerate(printing.forms_of(self._type), 1):
            action = self.addAction(f"&{number}  {form.title}")
            action.triggered.connect(
                lambda _on=False, form=form: self._draw(form.name, form.title, record_id, title)
            )
        if self.isEmpty():
            self.addAction(_("There is no document for this record yet")).setEnabled(False)
        self.popup(at)

    def _draw(self, form: str, form_title: str, record_id: str, title: str) -> None:
        from app.services import printing
        from app.ui.paper_preview import PaperPreview, Printout

        window = self._page.window()

        def show(done: printing.Print) -> None:
            PaperPreview(
                Printout(done.pdf, f"{form_title} · {title}", f"{form_title} {title}.pdf"),
                self._jobs,
                lambda: self._note(done),
                parent=window,
            ).open()

        self._jobs.run(
            window,
            lambda _job: printing.draw(self._desk.store, form, record_id),
            show,
            title=_("Drawing the document"),
        )

    def _note(self, done: object) -> None:
        from app.services import printing

        assert isinstance(done, printing.Print)  # noqa: S101 (for the type checker)
        self._jobs.run(
            self, lambda _job: printing.confirm(self._desk.store, done), lambda _nothing: None
        )
