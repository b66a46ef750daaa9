"""The list: any number of rows, read by the page, and the selected record stays selected."""

import tracemalloc
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.core.fields import Field, Kind
from app.ui.records.record_table import RecordList, RecordTable
from tests.ui.clerk import Clerk

COLUMNS = (
    Field("id_no", "เลขประจำตัวประชาชน", Kind.CITIZEN_ID),
    Field("first", "ชื่อ", Kind.TEXT),
    Field("income", "รายได้ (บาท)", Kind.BAHT),
    Field("born", "วันเกิด", Kind.PARTIAL_DATE),
)


@dataclass
class Row:
    rowid: int
    id: str
    data: dict[str, Any]


class People:
    """Rows made on demand; it counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.gone: set[int] = set()

    def __call__(self, rowids: Sequence[int]) -> list[Row]:
        self.asked += 1
        return [
            Row(
                number,
                f"p{number}",
                {"id_no": "9101700230708", "first": f"คน{number}", "income": number * 100},
            )
            for number in rowids
            if number not in self.gone
        ]


@pytest.fixture
def people() -> People:
    return People()


@pytest.fixture
def listed(clerk: Clerk, people: People) -> RecordList:
    listed = RecordList(RecordTable(COLUMNS, people))
    clerk.sees(listed, width=700, height=400)
    listed.show_rows(array("q", range(1, 1001)))
    listed.setFocus()
    return listed


def text(listed: RecordList, row: int, column: int) -> str:
    return str(listed.model().index(row, column).data())


def test_cells_show_what_a_clerk_reads_and_a_number_is_masked(listed: RecordList) -> None:
    assert text(listed, 4, 0) == "x-xxxx-xxxxx-70-8"
    assert text(listed, 4, 1) == "คน5"
    assert text(listed, 4, 2) == "5.00"
    assert text(listed, 4, 3) == ""


def test_headings_are_the_labels_and_money_stands_at_the_right(listed: RecordList) -> None:
    model = listed.model()
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert heads == [column.label for column in COLUMNS]
    role = Qt.ItemDataRole.TextAlignmentRole
    assert model.index(0, 2).data(role) & Qt.AlignmentFlag.AlignRight
    assert model.index(0, 1).data(role) & Qt.AlignmentFlag.AlignLeft
    assert model.headerData(2, Qt.Orientation.Horizontal, role) & Qt.AlignmentFlag.AlignRight


def test_a_page_is_read_once(listed: RecordList, people: People) -> None:
    people.asked = 0
    model = listed.model()
    listed.show_rows(array("q", range(1, 1001)))
    for row in range(200):
        model.index(row, 1).data()
    assert people.asked == 1
    model.index(999, 1).data()
    assert people.asked == 2


def test_a_million_rows_cost_only_their_numbers(listed: RecordList) -> None:
    tracemalloc.start()
    listed.show_rows(array("q", range(1, 1_000_001)))
    listed.go_to_row(999_999)
    used, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert text(listed, 999_999, 1) == "คน1000000"
    assert used < 12_000_000


def test_a_record_that_was_deleted_since_leaves_an_empty_line(
    listed: RecordList, people: People
) -> None:
    people.gone = {2}
    listed.show_rows(array("q", [1, 2, 3]))
    assert [text(listed, row, 1) for row in range(3)] == ["คน1", "", "คน3"]


def test_the_selected_record_stays_selected_wherever_it_moves(
    clerk: Clerk, listed: RecordList
) -> None:
    chosen: list[str] = []
    clerk.press("Down", "Down")
    listed.chosen.connect(chosen.append)
    before = listed.selected_id()
    listed.show_rows(array("q", reversed(range(1, 1001))))
    assert listed.selected_id() == before
    assert chosen == []


def test_no_record_is_selected_in_place_of_one_that_is_gone(
    clerk: Clerk, listed: RecordList
) -> None:
    clerk.press("Down")
    listed.show_rows(array("q", [500, 600]))
    assert listed.selected_id() == ""


def test_walking_tells_the_record_and_enter_opens_it(clerk: Clerk, listed: RecordList) -> None:
    chosen: list[str] = []
    opened: list[str] = []
    listed.chosen.connect(chosen.append)
    listed.opened.connect(opened.append)
    listed.go_to_row(0)
    clerk.press("Down", "Enter")
    assert chosen == ["p1", "p2"]
    assert opened == ["p2"]


def test_letters_typed_into_the_list_go_to_the_filter(clerk: Clerk, listed: RecordList) -> None:
    typed: list[str] = []
    listed.typed.connect(typed.append)
    clerk.type("สม1")
    clerk.press("Down")
    assert typed == ["ส", "ม", "1"]


def test_a_click_on_a_heading_asks_for_that_order(listed: RecordList) -> None:
    asked: list[tuple[str, bool]] = []
    listed.sort_asked.connect(lambda name, down: asked.append((name, down)))
    headings = listed.horizontalHeader()
    headings.setSortIndicator(1, Qt.SortOrder.AscendingOrder)
    headings.setSortIndicator(1, Qt.SortOrder.DescendingOrder)
    assert asked == [("first", False), ("first", True)]


def test_outside_the_list_there_is_no_record(listed: RecordList) -> None:
    table = listed.model()
    assert table.id_at(-1) == ""
    assert table.rowid_at(5000) == 0
    assert table.row_of(5000) == -1
