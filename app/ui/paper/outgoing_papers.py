"""How papers leave the window: with a number each, or without one; to a printer or a file."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtPrintSupport import QPrinter

from app.core.i18n import N_
from app.models.office.store import Store
from app.services.office import print_diary
from app.services.office.print_diary import UNSURE
from app.services.printing import prints
from app.services.printing.printing import Preview
from app.services.records import diary
from app.sync import durable
from app.ui.frame.jobs import Job
from app.ui.paper.pages_of_pdf import Paper, print_pages

Step = Callable[[int, int], None]


class Outgoing(Protocol):
    """What the preview asks of papers; all but `hint` is called on a worker."""

    hint: str  # a sentence above the pages, not yet translated; "" for none

    def request(self, copies: int, step: Step) -> list[bytes]:
        """Return the papers that go to a printer now; raises UserError where they may not."""

    def save(self, target: Path, step: Step) -> None:
        """Write the papers into a file. Raises UserError where that cannot be."""

    def answer(self, said: str) -> None:
        """Note what the clerk says of the papers that were requested last."""


class Numbered:
    """Papers of records: each gets its number when it goes out."""

    hint = N_(
        "A preview: the number and the QR code are given when you print or save. "
        "The rest is the very page."
    )

    def __init__(self, store: Store, previews: Sequence[Preview]) -> None:
        self._store = store
        self._previews = previews
        self._given: list[int] = []

    def request(self, copies: int, step: Step) -> list[bytes]:
        """Number every copy and return the papers."""
        gone = prints.request(self._store, self._previews, copies=copies, step=step)
        self._given = [each.no for each in gone.prints]
        return [each.pdf for each in gone.prints]

    def save(self, target: Path, step: Step) -> None:
        """Write the papers, each with its number."""
        prints.save(self._store, self._previews, target, step=step)

    def answer(self, said: str) -> None:
        """Note it in the diary of prints."""
        print_diary.answer(self._store, self._given, said)


class Unnumbered:
    """A paper that bears no number: these very bytes go out.

    `note` is told each action of the diary of access and what belongs to it.
    """

    hint = ""

    def __init__(
        self, pdf: bytes, note: Callable[[str, str], None] = lambda _action, _said: None
    ) -> None:
        self._pdf = pdf
        self._note = note

    def request(self, copies: int, step: Step) -> list[bytes]:
        """Return the paper once for each copy."""
        step(0, copies)
        self._note(diary.PRINT, "")
        return [self._pdf] * copies

    def save(self, target: Path, step: Step) -> None:
        """Write the very bytes."""
        step(0, 1)
        durable.write(target, [self._pdf])
        self._note(diary.EXPORT, target.name)

    def answer(self, said: str) -> None:
        """Note the answer."""
        self._note(diary.ANSWER, said)


def send(outgoing: Outgoing, printer: QPrinter, copies: int, job: Job) -> None:
    """Request papers and print them; where that ends early nobody knows what came out.

    Raises UserError as Outgoing.request does, and for a printer that does not answer.
    """
    pdfs = outgoing.request(copies, job.step)
    papers: list[Paper] = []
    try:
        papers += [Paper(pdf) for pdf in pdfs]
        print_pages(papers, printer, job)
    except BaseException:
        outgoing.answer(UNSURE)
        raise
    finally:
        for paper in papers:
            paper.close()
