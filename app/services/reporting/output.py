"""A report on its way out: the pages of P24, a spreadsheet, lines of text, plain data."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.core.errors import UserError
from app.core.i18n import _
from app.models.office.store import Store
from app.reports import registry
from app.reports.forms.periodic_report import PeriodicReport, ReportRow
from app.reports.periodic import TABLES, Cell, Heading, shown
from app.services.office.signers import signer_on
from app.services.printing.printing import stamp
from app.services.records.records import view_of
from app.services.reporting.report import Part, Report
from app.services.spreadsheets.sheets.writing import Column, Table, as_text, write_book
from app.sync import durable

FORM = "periodic_report"


def draw(store: Store, report: Report, *, thai_digits: bool = False) -> bytes:
    """Print a report as P24; nothing is noted."""
    with store.read() as connection:
        view = view_of(connection)
        head = signer_on(view, view.today)
        said = stamp(view, store.user, file_no=_number(report), short="")
        data = PeriodicReport(
            stamp=said,
            title=report.title,
            period=report.scope.period.text,
            area=report.area,
            as_of_on=report.scope.as_of.isoformat(),
            rows=tuple(row for part in report.parts for row in _rows(part)),
            maker=said.user,
            head=head.name,
            head_position=" ".join(head.lines),
        )
    return registry.draw(FORM, data, thai_digits=thai_digits)


def write(report: Report, path: Path) -> None:
    """Write a report as .xlsx, a sheet for each table, or as .csv, one table below the other.

    Ids and phones stay texts, numbers are numbers, and nothing becomes a formula. Raises UserError
    as durable.write does, and "kind" for another ending.
    """
    kind = path.suffix.lower()
    if kind not in (".xlsx", ".csv"):
        sentence = _("A report is written as .pdf, .xlsx or .csv; {name} is none of them.")
        raise UserError(sentence.format(name=path.name), code="kind")
    if kind == ".xlsx":
        write_book(path, [_sheet(report, part) for part in report.parts])
        return
    text = io.StringIO(newline="")
    csv.writer(text).writerows(_lines(report))
    durable.write(path, [text.getvalue().encode("utf-8-sig")])


def as_data(report: Report) -> dict[str, Any]:
    """Return a report as plain data: money in satang, cells as they were gathered."""
    return {
        "report": report.name,
        "title": report.title,
        "period": report.scope.period.text,
        "from": report.scope.period.first.isoformat(),
        "to": report.scope.period.last.isoformat(),
        "as_of": report.scope.as_of.isoformat(),
        "area": report.area,
        "parts": [
            {
                "key": part.key,
                "columns": [each.title for each in TABLES[part.key].headings],
                "rows": [list(row) for row in part.rows],
            }
            for part in report.parts
        ],
    }


def texts(report: Report) -> Iterator[tuple[str, list[str], list[tuple[str, ...]]]]:
    """Yield each table as readers see it: title, headings, rows."""
    for part in report.parts:
        table = TABLES[part.key]
        rows = [*part.rows, *([part.sums] if part.sums else [])]
        shown_rows = [_texts(table.headings, row) for row in rows]
        yield table.title, [each.title for each in table.headings], shown_rows


def _number(report: Report) -> str:
    period = report.scope.period
    return f"{report.title.split()[0]}-{period.year}" + (
        f"-{period.quarter}" if period.quarter else ""
    )


def _rows(part: Part) -> Iterator[ReportRow]:
    headings = TABLES[part.key].headings
    for row in part.rows:
        yield ReportRow(part.key, _texts(headings, row))
    if part.sums:
        yield ReportRow(part.key, _texts(headings, part.sums), "sum")


def _texts(headings: tuple[Heading, ...], row: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(shown(heading, cell) for heading, cell in zip(headings, row, strict=True))


def _sheet(report: Report, part: Part) -> Table:
    table = TABLES[part.key]
    columns = tuple(Column(each.title, is_baht=each.kind == "baht") for each in table.headings)
    above = (report.title, report.scope.period.text, report.area)
    return Table(table.title, columns, (*part.rows, *([part.sums] if part.sums else ())), above)


def _lines(report: Report) -> Iterator[list[str]]:
    yield [as_text(report.title), report.scope.period.text, report.area]
    for part in report.parts:
        table = TABLES[part.key]
        yield []
        yield [table.title]
        yield [each.title for each in table.headings]
        for row in (*part.rows, *([part.sums] if part.sums else ())):
            yield [_plain(*pair) for pair in zip(table.headings, row, strict=True)]


def _plain(heading: Heading, cell: Cell) -> str:
    """Write a cell for a machine: baht with a point, no thousands, nothing that is a formula."""
    if isinstance(cell, int):
        return f"{cell / 100:.2f}" if heading.kind == "baht" else str(cell)
    return as_text(cell or "")
