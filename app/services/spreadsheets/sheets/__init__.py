"""Spreadsheets that offices keep: read with all their traps, matched to fields, written back.

The way in is open_sheets -> find_columns -> read_rows; nothing is stored here. What is doubtful
in a cell becomes a Problem of its row, and nothing is guessed in silence.
"""

from app.services.spreadsheets.sheets.files import Sheet, open_sheets
from app.services.spreadsheets.sheets.headings import Columns, Target, find_columns, targets
from app.services.spreadsheets.sheets.left_out import Skipped
from app.services.spreadsheets.sheets.rows import Read, Reading, read_rows
from app.services.spreadsheets.sheets.workbook import Cell
from app.services.spreadsheets.sheets.writing import write_rows

__all__ = [
    "Cell",
    "Columns",
    "Read",
    "Reading",
    "Sheet",
    "Skipped",
    "Target",
    "find_columns",
    "open_sheets",
    "read_rows",
    "targets",
    "write_rows",
]
