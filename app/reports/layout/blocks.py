"""What Thai forms are made of: headings, fill lines, running text, ticks, id boxes, frames."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from app.reports.layout import codes
from app.reports.layout.page import BODY, GREY, HEIGHT, PITCH, Align, Sheet
from app.reports.layout.paragraph import Fitted, fit, gaps, squeeze, wrap


class Fill(NamedTuple):
    """A label and the line that takes its value.

    A value of None is left to the hand: dots even on a filled form. What a row leaves is shared
    among its fills by `share`, unless `width` (points) is given; `lead` is the least width of the
    label, so that values stand under one another.
    """

    label: str
    value: str | None = ""
    share: float = 1.0
    width: float = 0.0
    unit: str = ""
    align: Align = "left"
    most: int = 2
    lead: float = 0.0


def masthead(sheet: Sheet, titles: Sequence[str], *, photo: bool = False) -> None:
    """Open a document: QR code, title and subtitles, and the place of a photo.

    The titles stand in the middle of the page and never touch what is beside them.
    """
    side = 76.0 if photo else 64.0
    width = sheet.width - 2 * side - 16
    middle = (sheet.left + sheet.right) / 2
    top = sheet.y
    y = top + 20
    for number, title in enumerate(titles):
        size, bold = (17.0, True) if number == 0 else (11.5, number == 1)
        fitted = squeeze(sheet.digits(title), sheet.face(bold=bold), size, width, most=2)
        for line in fitted.lines:
            sheet.text(middle, y, line, size=fitted.size, bold=bold, align="center")
            y += size * 1.5
        y += 2 if number == 0 else 0
    if sheet.stamp.qr and not sheet.blank:
        sheet.draw(codes.qr_path(sheet.stamp.qr, left=sheet.left - 5, top=HEIGHT - top, size=57))
    bottom = max(y - 6, top + (50 if sheet.stamp.qr and not sheet.blank else 0))
    if photo:
        sheet.box(sheet.right - 71, top, 71, 91)
        sheet.text(sheet.right - 35.5, top + 44, "ติดรูปถ่าย", size=9, align="center")
        sheet.text(sheet.right - 35.5, top + 57, "ขนาด 1 นิ้ว", size=9, align="center")
        bottom = max(bottom, top + 91)
    sheet.y = bottom + 8


def heading(sheet: Sheet, text: str, *, keep: float = 3 * PITCH) -> None:
    """Open a section, numbered in order; it stays with the `keep` points that follow it."""
    sheet.need(24 + keep)
    sheet.sections += 1
    sheet.y += 6
    sheet.shade(sheet.left, sheet.y, sheet.width, 18)
    sheet.text(sheet.left + 5, sheet.y + 13, f"{sheet.sections}.  {text}", size=11, bold=True)
    sheet.y += 21


def fills(sheet: Sheet, *parts: Fill, indent: float = 0) -> None:
    """Write one row of fill lines; it grows where a value needs more lines."""
    widths = _widths(sheet, parts, indent)
    laid = [_value(sheet, part, width) for part, width in zip(parts, widths, strict=True)]
    height = sheet.pitch * max(len(fitted.lines) for fitted in laid)
    sheet.need(height)
    x = sheet.left + indent
    base = sheet.y + sheet.pitch - 6
    for part, width, fitted in zip(parts, widths, laid, strict=True):
        if part.label:
            x += max(sheet.text(x, base, part.label, size=sheet.body) + 5, part.lead)
        _write(sheet, part, fitted, x, base, width)
        x += width
        if part.unit:
            sheet.text(x + 5, base, part.unit, size=sheet.body)
            x += sheet.face().width(sheet.digits(part.unit), sheet.body) + 5
        x += 9
    sheet.y += height


def note(sheet: Sheet, label: str, value: str, *, lines: int = 2) -> None:
    """Write a text of any length on lines of its own; a blank form gets `lines` dotted ones."""
    sheet.need(PITCH * min(lines, 3))
    start = sheet.text(sheet.left, sheet.y + 15, label) + 5
    if sheet.blank:
        _dotted(sheet, start, lines)
        return
    face, text = sheet.face(), sheet.shown(value)
    first = _first_line(sheet, text, sheet.width - start)
    rest = text[len(first) :].strip()
    rows = [first, *(wrap(rest, face, BODY, sheet.width) if rest else ())]
    for number, row in enumerate(rows):
        sheet.need(PITCH)
        x = sheet.left if number else sheet.left + start
        sheet.text(x + (0 if number else 3), sheet.y + 15, row)
        sheet.line(x, sheet.y + 19.5, sheet.right, sheet.y + 19.5, weight=0.35, grey=GREY)
        sheet.y += PITCH


def paragraph(sheet: Sheet, text: str, *, indent: float = 0, hang: str = "") -> None:
    """Write running text with even edges; `hang` is a number or letter that stands before it."""
    x = sheet.left + indent
    lead = max(sheet.face().width(sheet.digits(hang), BODY) + 6, 18) if hang else 0
    width = sheet.right - x - lead
    lines = wrap(sheet.digits(text), sheet.face(), BODY, width)
    for number, line in enumerate(lines):
        sheet.need(16)
        if hang and number == 0:
            sheet.text(x, sheet.y + 12, hang)
        widened = gaps(line, sheet.face(), BODY, width) if number < len(lines) - 1 else {}
        sheet.spread(x + lead, sheet.y + 12, line, widened)
        sheet.y += 16
    sheet.y += 2


def choices(
    sheet: Sheet,
    label: str,
    options: Sequence[tuple[str, str]],
    chosen: Collection[str],
    *,
    columns: int = 0,
) -> None:
    """Write boxes to tick, each (code, text), in columns or one after the other."""
    sheet.need(sheet.pitch)
    base, size = sheet.pitch - 6, sheet.body
    start = sheet.text(sheet.left, sheet.y + base, label, size=size) + 10 if label else 0
    place = sheet.left + start
    step = (sheet.width - start) / columns if columns else 0
    for number, (code, text) in enumerate(options):
        width = 13 + sheet.face().width(sheet.digits(text), size)
        fresh = number % columns == 0 if columns else place + width > sheet.right
        if number and fresh:
            sheet.y += sheet.pitch
            sheet.need(sheet.pitch)
            place = sheet.left + start
        sheet.tick_box(place, sheet.y + base, ticked=code in chosen and not sheet.blank)
        sheet.text(place + 13, sheet.y + base, text, size=size)
        place += step or width + 16
    sheet.y += sheet.pitch


def citizen_id(sheet: Sheet, label: str, number: str) -> None:
    """Write a 13-digit number into boxes grouped as on the card; another number on a line."""
    if (
        number
        and not (len(number) == 13 and number.isascii() and number.isdigit())
        and not sheet.blank
    ):
        fills(sheet, Fill(label, number))
        return
    sheet.need(sheet.pitch + 2)
    base = sheet.y + sheet.pitch - 6
    x = sheet.left + sheet.text(sheet.left, base, label, size=sheet.body) + 7
    digits = sheet.digits(number)
    for place in range(13):
        x += 5 if place in (1, 5, 10, 12) else 0
        sheet.box(x, base - 13, 14, 17, weight=0.6)
        if number and not sheet.blank:
            sheet.text(x + 7, base - 0.4, digits[place], size=11, align="center")
        x += 14
    sheet.y += sheet.pitch + 2


@contextmanager
def framed(sheet: Sheet, title: str, *, least: float) -> Iterator[None]:
    """Frame what is drawn inside, at least `least` points high, under a shaded title."""
    sheet.need(least + 8)
    top = sheet.y + 8
    sheet.shade(sheet.left, top, sheet.width, 18)
    sheet.text(sheet.left + 8, top + 13, title, size=10.5, bold=True)
    sheet.y = top + 20
    with sheet.inset(9):
        yield
    sheet.y = max(sheet.y + 4, top + least)
    sheet.box(sheet.left, top, sheet.width, sheet.y - top, weight=0.8)


def _widths(sheet: Sheet, parts: Sequence[Fill], indent: float) -> list[float]:
    face = sheet.face()
    fixed = indent + 9 * (len(parts) - 1)
    for part in parts:
        words = (part.label, part.unit)
        label, unit = (face.width(sheet.digits(word), sheet.body) for word in words)
        fixed += max(label + 5, part.lead) if part.label else 0
        fixed += (unit + 5 if part.unit else 0) + part.width
    shares = sum(part.share for part in parts if not part.width)
    left = sheet.width - fixed
    return [part.width or left * part.share / shares for part in parts]


def _value(sheet: Sheet, part: Fill, width: float) -> Fitted:
    if part.value is None:
        return Fitted(sheet.body, ("",))
    text, size = sheet.shown(part.value), sheet.body
    fitted = fit(text, sheet.face(), size, width - 6, most=part.most)
    if fitted:
        return fitted
    return Fitted(size, (sheet.continued(part.label, text, size=size, width=width - 6),))


def _write(sheet: Sheet, part: Fill, fitted: Fitted, x: float, base: float, width: float) -> None:
    """Write a value on its lines: dots for the hand, a fine rule where it need not write."""
    place = {"left": x + 3, "center": x + width / 2, "right": x + width - 3}[part.align]
    for number, line in enumerate(fitted.lines):
        y = base + sheet.pitch * number
        if sheet.blank or part.value is None:
            sheet.dots(x, x + width, y + 2)
        else:
            sheet.text(place, y, line, size=fitted.size, align=part.align)
            sheet.line(x, y + 4.5, x + width, y + 4.5, weight=0.35, grey=GREY)


def _dotted(sheet: Sheet, start: float, lines: int) -> None:
    for number in range(lines):
        sheet.dots(sheet.left + (0 if number else start), sheet.right, sheet.y + 17)
        sheet.y += PITCH


def _first_line(sheet: Sheet, text: str, width: float) -> str:
    first = wrap(text, sheet.face(), BODY, width - 3)[0]
    return first if text.startswith(first) else ""
