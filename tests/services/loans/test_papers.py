"""What loan papers gather of records: the complete documents alone, and where the rate begins."""

from app.reports.forms.instalment_table import RateSegment
from app.services.office.desk import Desk
from app.services.printing import gathering
from app.services.records import records
from tests.makers.office import borrowing_group, loan, person


def test_the_application_ticks_the_documents_that_are_complete_and_no_others(desk: Desk) -> None:
    file = records.save(desk.store, "loan_file", loan(person(desk), "individual")).id
    for kind, status in (
        ("id_card", "complete"),
        ("house_registration", "missing"),
        ("bank_book", "to_correct"),
        ("salary_certificate", "not_applicable"),
    ):
        paper = {"loan_file": file, "kind": kind, "status": status, "note": "ข้อมูลตัวอย่าง"}
        records.save(desk.store, "document", paper)

    assert gathering.gather(desk.store, "loan_application", file).documents == ("id_card",)


def test_the_rate_begins_with_the_first_instalment_that_bears_interest(desk: Desk) -> None:
    draft = loan(borrowing_group(desk), months=60, amount_requested=20_000_000)
    file = records.save(desk.store, "loan_file", draft).id
    rows = records.get(desk.store, "loan_file", file).data["schedule"]
    first = next(row["number"] for row in rows if row["interest"])

    found = gathering.gather(desk.store, "instalment_table", file)

    free, bears = found.segments
    assert free == RateSegment(1, first - 1, 0) == RateSegment(1, 24, 0)
    assert (bears.first, bears.last) == (first, 60) and bears.rate > 0


def test_a_loan_that_is_free_of_interest_to_its_end_has_one_segment(desk: Desk) -> None:
    file = records.save(desk.store, "loan_file", loan(person(desk), "individual")).id

    assert gathering.gather(desk.store, "instalment_table", file).segments == (
        RateSegment(1, 24, 0),
    )
