"""The documents of a record or a list: choose, look and print; and what was printed before."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from app.core.i18n import _
from app.services.office.desk import Desk
from app.services.records.records import Record
from app.ui.frame import boxes
from app.ui.frame.jobs import Jobs
from app.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from app.services.printing.print_all import Batch, Choice
    from app.services.printing.printing import Preview

_Choice = tuple[str, Callable[[], None]]


class PrintMenu(Menu):
    """The documents that print one type of record; 1 to 9 choose, 0 lists what was printed.

    The forms and their fonts are read on first use.
    """

    def __init__(self, type_: str, desk: Desk, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self._type = type_
        self._desk = desk
        self._jobs = jobs

    def offer(self, record: Record, at: QPoint) -> None:
        """Offer the documents of a record."""
        from app.services.printing import printing

        self._offer(
            [
                (form.title, partial(self._draw, form.name, form.title, record))
                for form in printing.forms_of(self._type, record.data)
            ],
            at,
            last=(_("What was printed…"), partial(self._list_prints, record)),
        )

    def offer_all(self, numbers: Sequence[int], at: QPoint) -> None:
        """Offer to print all rows of a list in one go."""
        from app.services.printing import print_all

        def show(choices: "list[Choice]") -> None:
            self._offer(
                [(_titled(each), partial(self._draw_all, each, numbers)) for each in choices], at
            )

        self._jobs.read(
            self._page.window(),
            lambda _job: print_all.choices(self._desk.store, self._type, numbers),
            show,
        )

    def _offer(self, offered: list[_Choice], at: QPoint, last: _Choice | None = None) -> None:
        self.clear()
        for number, (title, do) in enumerate(offered, 1):
            self._add(number, title, do)
        if self.isEmpty():
            self.addAction(_("There is no document for this record yet")).setEnabled(False)
        if last:
            self.addSeparator()
            self._add(0, *last)
        self.popup(at)

    def _add(self, number: int, title: str, do: Callable[[], None]) -> None:
        self.addAction(f"&{number}  {title}").triggered.connect(lambda _on=False: do())

    def _list_prints(self, record: Record) -> None:
        from app.ui.paper.prints_dialog import show_prints

        show_prints(
            self._page.window(),
            self._desk.store,
            self._jobs,
            record=record.id,
            title=record.title,
        )

    def _draw(self, form: str, form_title: str, record: Record) -> None:
        from app.services.printing import printing

        self._jobs.run(
            self._page.window(),
            lambda _job: printing.draw(self._desk.store, form, record.id),
            lambda done: self._preview(
                done.pdf, f"{form_title} · {record.title}", f"{form_title} {record.title}", [done]
            ),
            title=_("Drawing the document"),
        )

    def _draw_all(self, choice: "Choice", numbers: Sequence[int]) -> None:
        from app.services.printing import print_all

        self._jobs.run(
            self._page.window(),
            lambda job: print_all.draw_all(
                self._desk.store, self._type, choice.forms, numbers, job.step
            ),
            lambda batch: self._show_batch(batch, _titled(choice)),
            title=_("Drawing the document"),
        )

    def _show_batch(self, batch: "Batch", title: str) -> None:
        """Show the whole list; what is left out is named first."""

        def show() -> None:
            self._preview(batch.pdf, title, title, batch.previews)

        if not batch.left_out:
            show()
            return
        heading = _("{count} records of the list are left out:").format(count=len(batch.left_out))
        named = [f"{name}: {why}" for name, why in batch.left_out[:_NAMED]]
        sentence = "\n".join([heading, *named])
        if batch.previews:
            choices = {_("Print the others"): show, _("Back to the list"): lambda: None}
            boxes.ask(self._page.window(), sentence, choices)
        else:
            boxes.tell(sentence, self._page.window(), icon="caution")

    def _preview(self, pdf: bytes, title: str, name: str, previews: "Sequence[Preview]") -> None:
        from app.ui.paper.outgoing_papers import Numbered
        from app.ui.paper.paper_preview import PaperPreview, Printout

        PaperPreview(
            Printout(pdf, title, f"{name}.pdf"),
            self._jobs,
            Numbered(self._desk.store, previews),
            parent=self._page.window(),
        ).open()


_NAMED = 8  # records left out that are named; more would not fit a screen


def _titled(choice: "Choice") -> str:
    title = choice.title or _("Each on its own form")
    return _("{title} ({count})").format(title=title, count=f"{choice.count:,}")
