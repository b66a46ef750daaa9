"""A document being laid out: its pages and the pen that draws on them."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, NamedTuple

from app.core import thai
from app.reports.layout.faces import Face, faces
from app.reports.layout.text import Typesetter
from app.reports.stamp import Stamp

# points, from the upper left corner
WIDTH, HEIGHT = 595.28, 841.89
LEFT, RIGHT = 51.0, WIDTH - 51.0  # 18 mm
TOP, BOTTOM = 50.0, 782.0
BODY, SMALL = 10.5, 8.5  # Sarabun at 10.5 pt is as wide as TH Sarabun at 16 pt
PITCH = 21.0  # from one line of a form to the next: room for the hand
GREY = 0.55  # of the lines that only guide the eye

Align = Literal["left", "center", "right"]


class Heading(NamedTuple):
    """How a document is called: its title, and code and version of the form."""

    title: str
    code: str


class Sheet:
    """The document: text and lines go at (x, y) from the upper left; `y` is where to go on."""

    def __init__(
        self, heading: Heading, stamp: Stamp, *, blank: bool = False, thai_digits: bool = False
    ) -> None:
        self.heading, self.stamp, self.blank = heading, stamp, blank
        self.left, self.right, self.y = LEFT, RIGHT, TOP
        self.sections = 0  # how many numbered headings there are
        self.pitch, self.body = PITCH, BODY  # of the rows of a form
        self._thai_digits = thai_digits
        self._notes: list[tuple[str, str]] = []
        self._pages: list[list[str]] = [[]]
        self._drawing = self._pages[0]
        self._file = io.BytesIO()
        from reportlab import rl_config  # the list of forms needs no pen
        from reportlab.pdfgen.canvas import Canvas

        # Base85 makes every stream a quarter longer and takes longer than the compression
        rl_config.useA85 = 0
        self._canvas = Canvas(
            self._file, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1, lang="th"
        )
        document = self._canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001
        # a canvas opens with Helvetica, which no file of ours holds
        self._canvas._preamble = ""  # type: ignore[attr-defined]  # noqa: SLF001
        document.fontMapping.clear()
        document.idToObject["BasicFonts"].dict.clear()
        self._setters = [Typesetter(face, document) for face in faces()]

    @property
    def width(self) -> float:
        """Return the width between the margins in use."""
        return self.right - self.left

    def face(self, *, bold: bool = False) -> Face:
        """Return the face to measure with."""
        return self._setters[bold].face

    @property
    def pages(self) -> int:
        """Count the pages begun so far."""
        return len(self._pages)

    def digits(self, text: str) -> str:
        """Write digits as this document wants them; codes with Latin letters keep theirs."""
        return (
            _NO_LATIN.sub(lambda word: thai.to_thai_digits(word[0]), text)
            if (self._thai_digits)
            else text
        )

    def shown(self, text: str) -> str:
        """Bring a value onto paper: nothing on a blank form, else "-" where there is none."""
        if self.blank:
            return ""
        return self.digits("\n".join(" ".join(row.split()) for row in text.split("\n"))) or "-"

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = BODY,
        bold: bool = False,
        align: Align = "left",
    ) -> float:
        """Write one line with its baseline at y and return its width."""
        text = self.digits(text)
        width = self.face(bold=bold).width(text, size)
        x -= {"left": 0.0, "center": width / 2, "right": width}[align]
        self._drawing.append(self._setters[bold].show(x, HEIGHT - y, text, size))
        return width

    def code(self, x: float, y: float, text: str, *, size: float) -> None:
        """Write what a scanner types, centred at x: its digits stay Arabic."""
        x -= self.face().width(text, size) / 2
        self._drawing.append(self._setters[0].show(x, HEIGHT - y, text, size))

    def spread(
        self, x: float, y: float, text: str, gaps: dict[int, float], *, size: float = BODY
    ) -> None:
        """Write one line with the gaps before some offsets widened; `text` is in its digits."""
        self._drawing.append(self._setters[0].show_spread(x, HEIGHT - y, text, size, gaps))

    def line(
        self, x0: float, y0: float, x1: float, y1: float, *, weight: float = 0.5, grey: float = 0
    ) -> None:
        """Draw a straight line."""
        self.draw(
            f"{weight:g} w {grey:g} G {x0:.2f} {HEIGHT - y0:.2f} m {x1:.2f} {HEIGHT - y1:.2f} l S"
        )

    def dots(self, x0: float, x1: float, y: float) -> None:
        """Draw a dotted line to write on."""
        self.draw(
            f"q 1 J 0.65 w 0.25 G [0 2.1] 0 d "
            f"{x0:.2f} {HEIGHT - y:.2f} m {x1:.2f} {HEIGHT - y:.2f} l S Q"
        )

    def strike(self, x0: float, x1: float, y: float) -> None:
        """Draw a bar through a text that counts no more."""
        self.draw(f"0 g {x0:.2f} {HEIGHT - y:.2f} {x1 - x0:.2f} 0.70 re f")

    def cut(self, y: float) -> None:
        """Draw a dashed line to cut or tear along."""
        self.draw(
            f"q 0.6 w 0.35 G [5 3] 0 d {self.left:.2f} {HEIGHT - y:.2f} m "
            f"{self.right:.2f} {HEIGHT - y:.2f} l S Q"
        )

    def box(self, x: float, y: float, width: float, height: float, *, weight: float = 0.5) -> None:
        """Draw a frame; (x, y) is its upper left corner."""
        self.draw(
            f"{weight:g} w 0 G {x:.2f} {HEIGHT - y - height:.2f} {width:.2f} {height:.2f} re S"
        )

    def shade(self, x: float, y: float, width: float, height: float) -> None:
        """Lay a light grey ground."""
        self.draw(f"0.93 g {x:.2f} {HEIGHT - y - height:.2f} {width:.2f} {height:.2f} re f 0 g")

    def tick_box(self, x: float, y: float, *, ticked: bool) -> None:
        """Draw a box to tick, 8.5 points wide, that stands on the baseline y."""
        x += 0.4
        self.box(x, y - 7.9, 8.5, 8.5, weight=0.7)
        if ticked:
            self.draw(
                f"q 1.5 w 1 J 1 j 0 G {x + 1.9:.2f} {HEIGHT - y + 3.4:.2f} m "
                f"{x + 3.6:.2f} {HEIGHT - y + 1.4:.2f} l {x + 6.9:.2f} {HEIGHT - y + 6.2:.2f} l S Q"
            )

    def draw(self, operators: str) -> None:
        """Add the operators of a drawing; its origin is the page's lower left corner."""
        self._drawing.append(operators)

    def need(self, height: float) -> None:
        """Go on to a new page unless so much room is left on this one."""
        if self.y + height > BOTTOM:
            self.new_page()

    def new_page(self) -> None:
        """Begin the next page."""
        self._drawing = []
        self._pages.append(self._drawing)
        self.y = TOP

    @contextmanager
    def inset(self, by: float) -> Iterator[None]:
        """Move both margins in, for what stands inside a frame."""
        self.left, self.right = self.left + by, self.right - by
        yield
        self.left, self.right = self.left - by, self.right + by

    @contextmanager
    def dense(self, *, pitch: float, body: float) -> Iterator[None]:
        """Set rows closer and smaller, for a form that must stay on one page."""
        kept = self.pitch, self.body
        self.pitch, self.body = pitch, body
        yield
        self.pitch, self.body = kept

    def continued(self, label: str, text: str, *, size: float, width: float) -> str:
        """Keep a text that has no room for the continuation sheet; return what to print instead.

        Where even the reference has no room, it is a star and the number.
        """
        if (label, text) not in self._notes:
            self._notes.append((label, text))
        number = self._notes.index((label, text)) + 1
        whole = self.digits(f"(ดูแผ่นต่อ ข้อ {number})")
        return whole if self.face().width(whole, size) <= width else self.digits(f"*{number}")

    @property
    def notes(self) -> list[tuple[str, str]]:
        """Return what the continuation sheet has to hold: labels and texts."""
        return self._notes

    def save(self, frame: Callable[["Sheet", int, int], None]) -> bytes:
        """Write the file and return its bytes; `frame` draws what runs on every page, n of N."""
        canvas = self._canvas
        canvas.setTitle(self.heading.title)
        canvas.setAuthor(self.stamp.office)
        canvas.setSubject(self.heading.code)
        for number, drawing in enumerate(self._pages, 1):
            self._drawing = drawing
            frame(self, number, len(self._pages))
            canvas.addLiteral("\n".join(drawing))
            canvas.showPage()
        canvas.save()
        return self._file.getvalue()


_NO_LATIN = re.compile(r"(?<!\S)[^\sA-Za-z]+(?!\S)")
