"""Places to sign: for the hand, for the thumb, and for the witnesses who saw it."""

from typing import NamedTuple

from app.reports.layout.blocks import Fill, fills, paragraph
from app.reports.layout.page import BODY, Sheet
from app.reports.layout.paragraph import SMALLEST, Fitted, fit

HAND = 36.0  # room above a signature line: more than 12 mm


class Signer(NamedTuple):
    """Who signs: the role behind the dots, the name in brackets, and a position if it is asked."""

    role: str
    name: str = ""
    position: str | None = None


def signatures(sheet: Sheet, *signers: Signer, columns: int = 2, dated: bool = True) -> None:
    """Write places to sign side by side: 12 mm for the hand, name, position, date."""
    step = sheet.width / columns
    for first in range(0, len(signers), columns):
        row = signers[first : first + columns]
        extra = any(signer.position is not None for signer in row)
        height = HAND + 20 * (1 + extra + dated) + 6
        sheet.need(height)
        used = len(row) * step
        for number, signer in enumerate(row):
            _signature(
                sheet,
                signer,
                sheet.left + (sheet.width - used) / 2 + step * number,
                step,
                dated=dated,
            )
        sheet.y += height


def witnesses(sheet: Sheet, *, who: str = "ผู้ขอกู้") -> None:
    """Leave room for who can't write: a thumbprint counts with two witnesses (ป.พ.พ. มาตรา 9)."""
    sheet.need(190)
    sheet.y += 10
    top = sheet.y
    sheet.box(sheet.left, top, 66, 80)
    sheet.text(sheet.left + 33, top + 92, "ลายพิมพ์นิ้วมือ", size=9, align="center")
    sheet.left += 78
    sheet.y += 2
    paragraph(
        sheet,
        f"กรณี{who}ลงลายมือชื่อไม่ได้ ให้พิมพ์ลายนิ้วมือในกรอบนี้ต่อหน้าพยานสองคน ซึ่งลงลายมือชื่อรับรองไว้ด้านล่าง",
    )
    fills(sheet, Fill("นิ้วที่พิมพ์", None), Fill("ของ", None, share=2))
    signatures(sheet, Signer("พยาน"), Signer("พยาน"), dated=False)
    sheet.left -= 78


def thumb(sheet: Sheet) -> None:
    """Do what witnesses does where the page has little room: the box beside two signatures."""
    sheet.need(100)
    sheet.y += 4
    sheet.box(sheet.left, sheet.y, 56, 66)
    sheet.text(sheet.left + 28, sheet.y + 77, "ลายพิมพ์นิ้วมือ", size=9, align="center")
    sheet.text(sheet.left + 28, sheet.y + 88, "(ถ้าลงชื่อไม่ได้)", size=9, align="center")
    sheet.left += 66
    signatures(sheet, Signer("พยาน"), Signer("พยาน"), dated=False)
    sheet.left -= 66
    sheet.y += 30


def _signature(sheet: Sheet, signer: Signer, x: float, step: float, *, dated: bool) -> None:
    x0, x1 = x + 8, x + step - 8
    y = sheet.y + HAND
    start = x0 + sheet.text(x0, y, "ลงชื่อ") + 4
    end = x1 - sheet.text(x1, y, signer.role, align="right") - 4
    sheet.dots(start, end, y + 2)
    is_long = sheet.face().width(sheet.shown(signer.name), BODY) > end - start - 14
    _bracketed(sheet, signer.name, *((x0, x1) if is_long else (start, end)), y + 20)
    y += 20
    if signer.position is not None:
        y += 20
        at = x0 + sheet.text(x0, y, "ตำแหน่ง") + 4
        _on_dots(sheet, signer.position, at, x1, y)
    if dated:
        y += 20
        at = x0
        for word, share in (("วันที่", 0.2), ("เดือน", 0.48), ("พ.ศ.", 0.32)):
            at += sheet.text(at, y, word) + 3
            free = (x1 - x0 - 75) * share
            sheet.dots(at, at + free, y + 2)
            at += free + 4


def _bracketed(sheet: Sheet, name: str, x0: float, x1: float, y: float) -> None:
    sheet.text(x0, y, "(")
    sheet.text(x1, y, ")", align="right")
    _on_dots(sheet, name, x0 + 5, x1 - 5, y)


def _on_dots(sheet: Sheet, text: str, x0: float, x1: float, y: float) -> None:
    """Write a short text in the middle of a line; where there is none, dots for the hand."""
    if sheet.blank or not text:
        sheet.dots(x0, x1, y + 2)
        return
    face, shown, width = sheet.face(), sheet.shown(text), x1 - x0 - 4
    fitted = fit(shown, face, BODY, width) or fit(
        shown, face, BODY * SMALLEST, width, most=2, shrink=False
    )
    lines = fitted or Fitted(BODY, (sheet.continued("ลงชื่อ", shown, size=BODY, width=width),))
    for number, line in enumerate(lines.lines):
        line_y = y + 10 * number - 4 * (len(lines.lines) - 1)
        sheet.text((x0 + x1) / 2, line_y, line, size=lines.size, align="center")
