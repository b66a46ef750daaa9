"""What the tests of paper share: pages as pictures, and the text that readers get back."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from app.reports.layout.faces import Face
from app.reports.layout.text import Typesetter

Pictures = Callable[..., list[Image.Image]]


@pytest.fixture
def pictures() -> Pictures:
    """Give the pages of a PDF as 8-bit grey pictures."""

    def render(pdf: bytes, *, dpi: int) -> list[Image.Image]:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [
                page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
                for page in document
            ]
        finally:
            document.close()

    return render


@pytest.fixture
def pdfium_text() -> Callable[[bytes], str]:
    """Give the text that pdfium (browsers, our own preview) finds in a PDF."""

    def read(pdf: bytes) -> str:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return "\n".join(page.get_textpage().get_text_bounded() for page in document)
        finally:
            document.close()

    return read


@pytest.fixture
def poppler_text(tmp_path: Path) -> Callable[[bytes], str]:
    """Give the text that poppler (Linux desktops) finds in a PDF."""

    def read(pdf: bytes) -> str:
        path = tmp_path / "read.pdf"
        path.write_bytes(pdf)
        command = ["pdftotext", "-raw", str(path), "-"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    return read


@pytest.fixture
def typeset() -> Callable[..., bytes]:
    """Make a PDF of lines, each (x, y from the top, text), in one face and size."""

    def make(
        face: Face,
        places: list[tuple[float, float, str]],
        *,
        page: tuple[float, float],
        size: float,
    ) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=page, invariant=1)
        setter = Typesetter(face, canvas._doc)
        for x, y, text in places:
            canvas.addLiteral(setter.show(x, page[1] - y, text, size))
        canvas.showPage()
        canvas.save()
        return out.getvalue()

    return make
