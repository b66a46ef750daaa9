"""Two desks changed one person: the clerk sees both, chooses by key, and it is one line."""

from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton

from app.core.line import DELETE
from app.services.records import conflicts, records, search
from app.ui.exchange.conflicts_page import ConflictsPage
from devtools.pen import uuid
from tests.makers.office import from_elsewhere
from tests.ui.clerk import Clerk
from tests.ui.office import Office


def person(office: Office, name: str) -> records.Record:
    store = office.desk.store
    for row in search.page(store, "person", search.rows(store, "person")):
        if row.data["first_th"] == name:
            return records.get(store, "person", row.id)
    raise AssertionError(name)


def changed_by_both(
    office: Office, name: str, here: dict[str, Any], there: dict[str, Any], **header: Any
) -> str:
    """Change a person here and at another desk, neither knowing of the other."""
    before = person(office, name)
    records.save(
        office.desk.store,
        "person",
        before.data | here,
        record_id=before.id,
        base=before.opened_from,
        reasons={"same_phone": "ตัวอย่าง"},
    )
    theirs = {} if header.get("op") == DELETE else before.data | there
    from_elsewhere(
        office.desk, "person", theirs, before.id, parents=before.heads, depth=2, **header
    )
    return before.id


def to_settle(office: Office) -> ConflictsPage:
    office.clerk.press("Alt+9")
    office.rest()
    assert isinstance(office.window.front, ConflictsPage)
    return office.window.front


def test_two_phones_stand_side_by_side_and_one_key_chooses(office: Office, clerk: Clerk) -> None:
    made = changed_by_both(
        office, "เกษม", {"phone": "0811111111"}, {"phone": "0822222222", "note": "ย้ายบ้าน"}
    )
    page = to_settle(office)
    words = clerk.words(page)
    assert "รอตัดสิน 1" in words
    assert "เครื่องนี้" in words
    assert "เครื่องอื่นหรือส่วนกลาง" in words
    assert "เฉพาะฉบับที่" in words
    cells = [each.text() for each in page.card.findChildren(QPushButton) if each.isCheckable()]
    assert any("0811111111" in text for text in cells)

    before = clerk.presses
    clerk.press("Enter")
    phone = next(row for row in page.card.rows if row.question.fields == ("phone",))
    other = 1 - phone.question.shown
    while clerk.at() is not phone.focus_stop():
        clerk.press("Enter")
    clerk.press(str(other + 1), "Ctrl+S")
    office.rest()
    assert clerk.presses - before <= 5
    wanted = phone.question.answers[other]
    assert wanted is not None
    assert records.get(office.desk.store, "person", made).data["phone"] == wanted["phone"]
    assert records.get(office.desk.store, "person", made).data["note"] == "ย้ายบ้าน"
    assert "ไม่มีรายการที่รอตัดสิน" in clerk.words(page)

    clerk.press("Ctrl+Z")
    office.rest()
    shown = records.get(office.desk.store, "person", made).data["phone"]
    assert shown != wanted["phone"]


def test_an_own_value_is_typed_with_f2(office: Office, clerk: Clerk) -> None:
    made = changed_by_both(office, "เกษม", {"note": "ก"}, {"note": "ข"})
    page = to_settle(office)
    clerk.press("Enter", "F2")
    clerk.press("Ctrl+A")
    clerk.type("ทั้งสอง")
    clerk.press("Tab", "Enter")
    assert "ค่าที่พิมพ์เอง: ทั้งสอง" in clerk.words(page)
    clerk.press("Ctrl+S")
    office.rest()
    assert records.get(office.desk.store, "person", made).data["note"] == "ทั้งสอง"


def test_what_both_changed_apart_needs_only_a_yes(office: Office, clerk: Clerk) -> None:
    changed_by_both(office, "เกษม", {"note": "ก"}, {"nationality": "ลาว"})
    page = to_settle(office)
    assert "แต่ละฝ่ายแก้คนละช่อง" in clerk.words(page)
    clerk.press("Ctrl+S")
    assert conflicts.count(office.desk.store) == 1  # the list has the keys, not the card
    clerk.press("Enter", "Ctrl+S")
    office.rest()
    assert conflicts.count(office.desk.store) == 0


def test_a_deleted_record_is_kept_or_let_go(office: Office, clerk: Clerk) -> None:
    changed_by_both(office, "เกษม", {"note": "ยังใช้"}, {}, op=DELETE)
    page = to_settle(office)
    assert "ฝ่ายหนึ่งลบรายการนี้" in clerk.words(page)
    next(each for each in page.card.findChildren(QPushButton) if "ให้ลบ" in each.text()).setFocus()
    clerk.press("Enter")
    office.rest()
    assert conflicts.count(office.desk.store) == 0
    clerk.press("Alt+3")
    office.rest()
    assert "เกษม" not in office.rows()


def test_the_navigation_counts_what_is_to_settle_and_esc_leads_back(
    office: Office, clerk: Clerk
) -> None:
    changed_by_both(office, "เกษม", {"note": "ก"}, {"note": "ข"})
    page = to_settle(office)
    office.window._foot.count_waiting()
    office.rest()
    names = [
        office.window._navigation.item(row).text()
        for row in range(office.window._navigation.count())
    ]
    assert "รอตัดสิน (1)" in names
    clerk.press("Enter", "Esc")
    assert clerk.at() is page.list


def test_a_copied_computer_is_said_in_words(office: Office, clerk: Clerk) -> None:
    for number in (1, 2):
        from_elsewhere(office.desk, "person", {"first_th": "ก"}, uuid(number), epoch="e" * 32)
    page = to_settle(office)
    assert "คัดลอกดิสก์" in clerk.words(page)
    clerk.press("Enter")


@pytest.mark.parametrize("chord", ["Ctrl+N", "Ctrl+P", "Ctrl+Z", "F5", "Ctrl+F", "F9"])
def test_keys_of_other_pages_do_no_harm_here(office: Office, clerk: Clerk, chord: str) -> None:
    page = to_settle(office)
    clerk.press(chord)
    office.rest()
    assert office.window.front is page


@pytest.mark.parametrize("scale", [1, 1.5])
def test_a_long_value_is_broken_into_lines_that_its_cell_has_room_for(
    office: Office, clerk: Clerk, scale: float
) -> None:
    long = "ดอกไม้จันทน์ พวงหรีดผ้าห่ม พานธูปเทียนแพ และของชำร่วยจากกระดาษสาทุกชนิดตามที่ลูกค้าสั่ง ฉบับที่ "
    changed_by_both(office, "เกษม", {"note": f"{long}1"}, {"note": f"{long}2"})
    page = to_settle(office)
    office.window.resize(round(1366 / scale), round(728 / scale))
    office.rest()
    cells = [each for each in page.card.findChildren(QPushButton) if each.isCheckable()]
    assert len(cells) == 2
    for cell in cells:
        lines = cell.text().splitlines()
        assert len(lines) > 1
        widest = max(cell.fontMetrics().horizontalAdvance(line) for line in lines)
        assert widest + cell.iconSize().width() < cell.width()
        assert cell.height() >= len(lines) * cell.fontMetrics().height()


def test_a_hand_that_nobody_here_knows_is_said_in_thai(office: Office, clerk: Clerk) -> None:
    changed_by_both(office, "เกษม", {"note": "ก"}, {"note": "ข"}, by="centre")
    assert "ไม่ทราบ" in clerk.words(to_settle(office))
