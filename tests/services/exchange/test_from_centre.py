"""The clerk reads what the centre sent: rounds, allotments, decisions, tables, the last receipt."""

from pathlib import Path

import pytest

from app.services import central, exchange
from app.services.central import Centre
from app.services.office.desk import Desk
from app.services.records import records
from devtools.pen import uuid
from tests.makers.announcements import MILLION, decision
from tests.makers.office import ROUND, borrowing_group, from_elsewhere, loan
from tests.makers.pens import introduce, new_centre


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    return new_centre(tmp_path)


def test_before_the_first_receipt_only_the_rounds_of_the_program_are_there(desk: Desk) -> None:
    found = exchange.from_centre(desk.store)

    assert found.receipt is None
    assert [each.round.code for each in found.rounds] == [ROUND]
    assert not found.rounds[0].is_announced
    assert (found.allotments, found.decisions, found.code_tables) == ((), (), ())


def test_a_receipt_brings_all_of_it_and_names_what_was_decided(
    desk: Desk, centre: Centre, tmp_path: Path
) -> None:
    introduce(desk, centre, tmp_path)
    draft = loan(borrowing_group(desk)) | {
        "docs_complete_on": "2025-03-11",
        "status": "documents_complete",
    }
    reasons = {"purpose_sum": "รอ", "capital": "รอ", "documents": "รอ", "allotment": "รอ"}
    file = records.save(desk.store, "loan_file", draft, reasons=reasons).id
    central.ingest(centre, exchange.export(desk.store, tmp_path).path)
    announced = {"code": ROUND, "name": "รอบของส่วนกลาง", "pot": 5 * MILLION}
    announced |= {"apply_from": "2024-12-01", "apply_to": "2025-04-30"}
    central.announce_round(centre, announced)
    central.allot(centre, "15", ROUND, MILLION)
    central.decide(centre, "15", file, decision(amount=10_000_000, meeting="3/2568"))
    central.put_table(centre, "occupations", {"version": 3})
    letter = {"round": ROUND, "apply_to": "2025-05-31", "letter_no": "รง 1/2568"}
    records.save(desk.store, "round_extension", letter)
    (receipt,) = central.write_receipts(centre, tmp_path)
    exchange.apply_receipt(desk.store, receipt.path)

    found = exchange.from_centre(desk.store)

    assert found.receipt is not None
    assert (found.receipt.number, found.receipt.returned, found.receipt.disputed) == (1, 0, 0)
    (known,) = found.rounds
    assert known.is_announced
    assert known.round.name == "รอบของส่วนกลาง"
    assert known.round.closes_on.isoformat() == "2025-05-31"
    (allotted,) = found.allotments
    assert (allotted["amount"], allotted["left"]) == (MILLION, 90_000_000)
    assert allotted["as_of"]
    (decided,) = found.decisions
    assert decided.loan_file == file
    number = records.get(desk.store, "loan_file", file).data["file_no"]
    assert decided.title == f"{number} กลุ่มดอกไม้จันทน์ย่านซื่อ"
    assert decided.data["meeting"] == "3/2568"
    assert found.code_tables == (("occupations", 3),)


def test_a_decision_on_a_file_that_is_not_here_has_no_title_and_the_newest_stands_first(
    desk: Desk,
) -> None:
    for number, day in ((1, "2025-03-20"), (2, "2025-04-20")):
        data = decision(loan_file=uuid(number + 10), decided_on=day)
        from_elsewhere(desk, "loan_decision", data, uuid(number))

    found = exchange.from_centre(desk.store).decisions

    assert [each.title for each in found] == ["", ""]
    assert [each.data["decided_on"] for each in found] == ["2025-04-20", "2025-03-20"]
