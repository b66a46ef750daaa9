"""A person entered twice is found, compared and merged at the keyboard, and parted again."""

import pytest
from PySide6.QtWidgets import QLabel

from app.services.records import records, search
from app.ui.pages.duplicates_page import DuplicatesPage
from tests.ui.clerk import Clerk
from tests.ui.office import PERSON, Office, citizen

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard")


def entered_twice(office: Office) -> None:
    draft = PERSON | {"first_th": "เกษมศรี", "id_no": citizen(0), "phone": "0811111111"}
    records.save(office.desk.store, "person", draft, reasons={"duplicate_id": "อีกเครื่อง"})


def page(office: Office) -> DuplicatesPage:
    office.window.bring("duplicates")
    office.rest()
    front = office.window.front
    assert isinstance(front, DuplicatesPage)
    return front


def people(office: Office) -> int:
    return len(search.rows(office.desk.store, "person"))


def lines(front: DuplicatesPage) -> list[str]:
    return [front.list.item(row).text() for row in range(front.list.count())]


def test_nothing_to_compare_says_so(office: Office, clerk: Clerk) -> None:
    front = page(office)
    assert lines(front) == []
    assert any("คน" in each.text() for each in front.findChildren(QLabel) if each.isVisible())
    clerk.press("Ctrl+1", "Ctrl+D")
    office.rest()
    assert people(office) == 3


def test_a_pair_is_compared_and_merged_by_one_key_and_undone_by_another(
    office: Office, clerk: Clerk
) -> None:
    entered_twice(office)
    front = page(office)
    (line,) = lines(front)
    assert line.startswith("นายเกษม คำแสน")
    words = clerk.words(front)
    assert "0811111111" in words.replace("-", "") and "เกษมศรี" in words

    clerk.press("Ctrl+2")
    office.rest()
    assert people(office) == 3
    assert lines(front)[0].startswith("นายเกษม คำแสน\n")
    clerk.press("Ctrl+Z")
    office.rest()
    assert people(office) == 4


def test_two_persons_are_not_asked_about_again(office: Office, clerk: Clerk) -> None:
    entered_twice(office)
    front = page(office)
    clerk.press("Ctrl+0")
    office.rest()
    assert lines(front) == [] and people(office) == 4


def test_a_merge_is_parted_again_with_a_reason(office: Office, clerk: Clerk) -> None:
    entered_twice(office)
    front = page(office)
    clerk.press("Ctrl+1")
    office.rest()
    clerk.press("Ctrl+D")
    office.rest()
    clerk.type("คนละคน")
    clerk.press("Enter", "Enter")
    office.rest()
    assert people(office) == 4 and len(lines(front)) == 1
