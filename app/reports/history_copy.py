"""A kept print that is given out once more: its pages as they were, marked as a copy."""

import io
from math import cos, radians, sin

from app.core import thai
from app.reports.layout.joined import ONE_AT_A_TIME, named_by_content
from app.reports.layout.page import HEIGHT, WIDTH, Heading, Sheet
from app.reports.stamp import Stamp

_MARK = "สำเนาประวัติ"
_LARGE, _SMALL, _MARGIN = 84.0, 10.0, 34.0


def overlaid(pdf: bytes, *, by: str, at: str) -> bytes:
    """Lay the mark over every page: who gives the copy, and when (Thai local time, ISO text).

    What the pages say stays readable, by people and by scanners: the large mark is an outline, and
    its words stand in the left margin, where no form writes.
    """
    from pypdfium2 import PdfDocument  # opened on first use

    mark_pdf = _mark(by, at)
    out = io.BytesIO()
    with ONE_AT_A_TIME:
        whole, mark = PdfDocument(pdf), PdfDocument(mark_pdf)
        try:
            laid_over = mark.page_as_xobject(0, whole)
            for page in whole:
                page.insert_obj(laid_over.as_pageobject())
                page.gen_content()
            laid_over.close()
            whole.save(out)
        finally:
            mark.close()
            whole.close()
    return named_by_content(out.getvalue())


def _mark(by: str, at: str) -> bytes:
    sheet = Sheet(Heading(_MARK, ""), Stamp("", "", ""))
    width = sheet.face(bold=True).width(_MARK, _LARGE)
    sheet.draw(f"q 0.9 w 0.6 G 1 Tr {_turned(55, WIDTH / 2, HEIGHT / 2)}")
    sheet.text(-width / 2, HEIGHT + _LARGE / 4, _MARK, size=_LARGE, bold=True)
    sheet.draw("Q")
    when = f"{thai.format_date(at[:10], 'short')} เวลา {at[11:16].replace(':', '.')} น."
    words = f"{_MARK} ไม่ใช่ฉบับพิมพ์ใหม่ · ออกเมื่อ {when} โดย {by or '-'}"
    sheet.draw(f"q 0.2 g {_turned(90, _MARGIN, HEIGHT / 2)}")
    sheet.text(0, HEIGHT, words, size=_SMALL, bold=True, align="center")
    sheet.draw("Q")
    return sheet.save(lambda _sheet, _number, _count: None)


def _turned(degrees: float, x: float, y: float) -> str:
    """Return the operator that turns what follows about a point, which becomes the origin."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return f"{c:.5f} {s:.5f} {-s:.5f} {c:.5f} {x:.2f} {y:.2f} cm"
