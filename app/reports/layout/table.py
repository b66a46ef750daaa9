"""Tables on paper: rows that grow, a heading on every page, sums below, room for the hand."""

from collections.abc import Sequence
from typing import NamedTuple

from app.reports.layout.page import BOTTOM, Align, Sheet
from app.reports.layout.paragraph import Fitted, fit, squeeze

SIZE, LEADING = 9.5, 14.0
BY_HAND = 22.0  # the least height of a row that is written by hand


class Column(NamedTuple):
    """A column: its heading, its width as a share of the table, and where its values stand.

    A column of running text wraps before it shrinks. `most` is how many lines a cell may take;
    what needs more goes to the continuation sheet.
    """

    title: str
    share: float
    align: Align = "left"
    most: int = 2
    running: bool = False


Cell = str | bool | None  # a box, ticked or not; None: the hand writes here, nothing is printed

Laid = Fitted | bool | None


class Printed(tuple[Cell, ...]):
    """A row of the form itself: it stays on a blank one."""

    __slots__ = ()


class Struck(tuple[Cell, ...]):
    """A row that counts no more: a line goes through it, up to its last cell that says why."""

    __slots__ = ()


def table(
    sheet: Sheet,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    least: float = 19.0,
    sums: Sequence[str] = (),
    empty: int = 5,
) -> None:
    """Write a table; rows are at least `least` points high.

    A blank form keeps the rows that are Printed, or gets `empty` rows.
    """
    edges = _edges(sheet, columns)
    if sheet.blank:
        printed = [row for row in rows if isinstance(row, Printed)]
        least = least if printed else max(least, BY_HAND)
        rows = printed or [[None] * len(columns)] * empty
    laid = [_lay(sheet, columns, edges, row) for row in rows]
    heights = [max(least, max(map(_height, cells)) + 2.5) for cells in laid]
    head = _head_height(sheet, columns, edges)
    sheet.need(head + (heights[0] if heights else 0))
    top = _head(sheet, columns, edges)
    for number, (cells, height) in enumerate(zip(laid, heights, strict=True)):
        last = number == len(laid) - 1
        if sheet.y + height + (least if last and sums else 0) > BOTTOM:
            _rules(sheet, edges, top)
            sheet.new_page()
            top = _head(sheet, columns, edges)
        _row(sheet, columns, edges, cells, height)
        if isinstance(rows[number], Struck):
            sheet.strike(edges[0] + 3, edges[-2] - 3, sheet.y - height / 2)
    if sums:
        sheet.shade(edges[0], sheet.y, edges[-1] - edges[0], least)
        sheet.line(edges[0], sheet.y, edges[-1], sheet.y, weight=0.6)
        totals = [_sum(sheet, text, edges, place) for place, text in enumerate(sums)]
        _row(sheet, columns, edges, totals, least, bold=True)
    _rules(sheet, edges, top)


def _edges(sheet: Sheet, columns: Sequence[Column]) -> list[float]:
    whole = sum(column.share for column in columns)
    edges = [sheet.left]
    for column in columns:
        edges.append(edges[-1] + sheet.width * column.share / whole)
    return edges


def _lay(
    sheet: Sheet,
    columns: Sequence[Column],
    edges: Sequence[float],
    row: Sequence[Cell],
) -> list[Laid]:
    return [
        _cell(sheet, column, edges[place + 1] - edges[place] - 8, cell)
        if isinstance(cell, str)
        else cell
        for place, (column, cell) in enumerate(zip(columns, row, strict=True))
    ]


def _cell(sheet: Sheet, column: Column, width: float, cell: str) -> Fitted:
    # on a blank form only what is printed on it has cells
    text, face = sheet.digits(cell) if sheet.blank else sheet.shown(cell), sheet.face()
    fitted = (
        fit(text, face, SIZE, width, most=column.most, shrink=False) if column.running else None
    )
    fitted = fitted or fit(text, face, SIZE, width, most=column.most)
    if fitted:
        return fitted
    return Fitted(SIZE, (sheet.continued(column.title, text, size=SIZE, width=width),))


def _sum(sheet: Sheet, text: str, edges: Sequence[float], place: int) -> Fitted | None:
    if not text:
        return None
    width = edges[place + 1] - edges[place] - 8
    return squeeze(sheet.digits(text), sheet.face(bold=True), SIZE, width)


def _height(cell: Laid) -> float:
    """Return how high the lines of a cell are; smaller type stands closer."""
    if not isinstance(cell, Fitted):
        return LEADING
    return len(cell.lines) * LEADING * cell.size / SIZE


def _head_height(sheet: Sheet, columns: Sequence[Column], edges: Sequence[float]) -> float:
    return 7 + LEADING * max(
        len(_title(sheet, column, edges, place).lines) for place, column in enumerate(columns)
    )


def _title(sheet: Sheet, column: Column, edges: Sequence[float], place: int) -> Fitted:
    width = edges[place + 1] - edges[place] - 6
    face = sheet.face(bold=True)
    text = sheet.digits(column.title)
    return fit(text, face, SIZE, width, most=2, shrink=False) or squeeze(
        text, face, SIZE, width, most=2
    )


def _head(sheet: Sheet, columns: Sequence[Column], edges: Sequence[float]) -> float:
    """Write the headings and return where the table begins on this page."""
    top, height = sheet.y, _head_height(sheet, columns, edges)
    sheet.shade(edges[0], top, edges[-1] - edges[0], height)
    sheet.line(edges[0], top, edges[-1], top, weight=0.8)
    for place, column in enumerate(columns):
        fitted = _title(sheet, column, edges, place)
        middle = (edges[place] + edges[place + 1]) / 2
        y = top + (height - LEADING * len(fitted.lines)) / 2 + 10.5
        for number, line in enumerate(fitted.lines):
            sheet.text(
                middle, y + LEADING * number, line, size=fitted.size, bold=True, align="center"
            )
    sheet.y = top + height
    sheet.line(edges[0], sheet.y, edges[-1], sheet.y, weight=0.6)
    return top


def _row(
    sheet: Sheet,
    columns: Sequence[Column],
    edges: Sequence[float],
    cells: Sequence[Laid],
    height: float,
    *,
    bold: bool = False,
) -> None:
    for place, (column, cell) in enumerate(zip(columns, cells, strict=True)):
        if isinstance(cell, bool):
            middle = (edges[place] + edges[place + 1]) / 2
            sheet.tick_box(middle - 4.6, sheet.y + height / 2 + 4, ticked=cell and not sheet.blank)
        if not isinstance(cell, Fitted):
            continue
        x = {
            "left": edges[place] + 4,
            "center": (edges[place] + edges[place + 1]) / 2,
            "right": edges[place + 1] - 4,
        }[column.align]
        leading = LEADING * cell.size / SIZE
        y = sheet.y + (height - _height(cell)) / 2 + leading * 0.735
        for number, line in enumerate(cell.lines):
            sheet.text(x, y + leading * number, line, size=cell.size, bold=bold, align=column.align)
    sheet.y += height
    sheet.line(edges[0], sheet.y, edges[-1], sheet.y, weight=0.4)


def _rules(sheet: Sheet, edges: Sequence[float], top: float) -> None:
    for x in edges:
        sheet.line(x, top, x, sheet.y, weight=0.4)
