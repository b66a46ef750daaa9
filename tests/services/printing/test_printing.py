"""A clerk prints a record: preview, paper and file are the same bytes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from app.core import thai
from app.core.errors import Invalid, UserError
from app.core.i18n import _
from app.core.ids import short_id
from app.models.loans.file import LoanFile
from app.models.records.base import fields_of
from app.services.demonstration import office as work_of
from app.services.demonstration.office import Work
from app.services.demonstration.people import invent, sample_offices
from app.services.exchange.introduction import signing_key
from app.services.office.desk import Desk
from app.services.printing import gathering, printing, prints
from app.services.records import acts, records, search
from app.sync import proof
from app.sync.keys import new_signing_key
from app.sync.refused import Refused
from tests.makers import older
from tests.makers.papers import text_of, words_of

OFFICE = sample_offices()[0]


@pytest.fixture
def group(desk: Desk) -> str:
    entered = work_of.enter_group(desk, OFFICE)
    work_of.enter_members(desk, OFFICE, entered)
    return entered


def test_scenario_01_the_member_list_shows_all_twelve_members_with_their_numbers(
    desk: Desk, group: str
) -> None:
    text = text_of(printing.draw(desk.store, "member_list", group).pdf)

    for number in range(1, 13):
        assert thai.format_citizen_id(invent(OFFICE, number)["id_no"]) in text
    assert "1/1" in text and OFFICE.group in text


def test_the_registration_form_names_the_leader_and_the_office(desk: Desk, group: str) -> None:
    text = text_of(printing.draw(desk.store, "group_registration", group).pdf)

    leader = invent(OFFICE, 1)
    assert f"{leader['title_th']}{leader['first_th']} {leader['last_th']}" in text
    assert "สำนักงานจัดหางานจังหวัดอ่างทอง" in text
    assert "1/2" in text and "2/2" in text


def test_loan_papers_say_what_the_file_says(desk: Desk, group: str) -> None:
    work = Work(group=group)
    work_of.enter_loans(desk, OFFICE, work)

    application = text_of(printing.draw(desk.store, "loan_application", work.loans[0]).pdf)
    own = text_of(printing.draw(desk.store, "loan_application", work.loans[1]).pdf)
    schedule = text_of(printing.draw(desk.store, "instalment_table", work.loans[1]).pdf)

    assert "สองแสนบาทถ้วน" in application and "200,000.00" in application
    assert "บริษัทตัวอย่างจำกัด" in "".join(own.split())
    assert schedule.count("2,083.00") == 23 * 2 and "2,091.00" in schedule
    assert "None" not in application + own + schedule


def test_a_file_whose_lines_do_not_sum_to_the_amount_is_not_printed(desk: Desk, group: str) -> None:
    draft = {
        "round": "2568-1",
        "borrower_kind": "group",
        "group": group,
        "amount_requested": 25_000_000,
        "months": 60,
        "purpose_lines": [{"item": "เตาอบ", "quantity": 1, "unit_price": 24_950_000}],
        "submitted_on": "2025-03-19",
    }
    file = records.save(desk.store, "loan_file", draft, reasons={"purpose_sum": "รอใบเสนอราคา"}).id

    with pytest.raises(Invalid) as refused:
        printing.draw(desk.store, "loan_application", file)

    assert "249,500.00" in refused.value.sentence


def test_a_scanned_paper_says_whether_the_record_changed_since(desk: Desk, group: str) -> None:
    import zxingcpp

    preview = printing.draw(desk.store, "member_list", group)
    (done,) = prints.request(desk.store, [preview]).prints
    document = PdfDocument(done.pdf)
    image = document[0].render(scale=3).to_pil()
    codes = {found.format: found.text for found in zxingcpp.read_barcodes(image)}
    document.close()
    text = next(found for kind, found in codes.items() if "QR" in str(kind))

    unchanged = printing.check_paper(desk.store, text)
    opened = records.get(desk.store, "group", group)
    records.save(
        desk.store,
        "group",
        opened.data | {"phone": "0911111111"},
        record_id=group,
        base=opened.heads,
    )

    assert preview.facts.rev[:8] in unchanged
    assert printing.check_paper(desk.store, text) != unchanged
    assert any(found == short_id(group) for found in codes.values())


def test_the_number_under_the_bar_code_finds_the_record(desk: Desk, group: str) -> None:
    assert [hit.id for hit in search.find(desk.store, short_id(group))] == [group]


def test_an_unknown_form_or_record_is_refused(desk: Desk, group: str) -> None:
    for form, record in (("no_such_form", group), ("member_list", "no-such-record")):
        with pytest.raises(UserError):
            printing.draw(desk.store, form, record)
    with pytest.raises(UserError):
        printing.sample("no_such_form")


def test_every_form_has_a_gathering_function_and_prints_its_sample(tmp_path: Path) -> None:
    from app.reports.registry import BUNDLE, REPORT

    for form in printing.forms():
        assert gathering.is_of_record(form.name) != (form.entity in (BUNDLE, REPORT))
        assert printing.pages(printing.sample(form.name)) >= 1
        assert form in printing.forms_of(form.entity)


def test_scenario_22_the_budget_plan_shows_the_sum_in_words_and_waits_for_lines_that_sum_up(
    desk: Desk, group: str
) -> None:
    work = Work(group=group)
    work_of.enter_loans(desk, OFFICE, work)

    text = text_of(printing.draw(desk.store, "loan_budget_plan", work.loans[0]).pdf)

    assert "สองแสนบาทถ้วน" in text and "ตู้จัดแสดงสินค้า" in text and "หัตถกรรม" in text
    opened = records.get(desk.store, "loan_file", work.loans[0])
    records.save(
        desk.store,
        "loan_file",
        opened.data | {"amount_requested": 25_000_000},
        record_id=opened.id,
        base=opened.opened_from,
        reasons={"purpose_sum": "รอใบเสนอราคา"},
    )
    with pytest.raises(Invalid):
        printing.draw(desk.store, "loan_budget_plan", work.loans[0])


def test_a_paper_of_another_desk_or_of_a_lost_revision_is_told_apart(
    desk: Desk, new_desk: Callable[..., Desk], group: str
) -> None:
    with desk.store.read() as connection:
        own = signing_key(connection)
    lost = proof.write(own, record=group, rev="ab" * 32, copy=1, form=2)
    unknown = proof.write(new_signing_key(), record=group, rev="ab" * 32, copy=1, form=2)

    assert "ไม่พบข้อมูลรุ่น" in printing.check_paper(desk.store, lost)
    with pytest.raises(Refused) as refused:
        printing.check_paper(desk.store, unknown)
    assert refused.value.code == "other_desk"


def test_a_record_without_a_round_or_a_birth_date_prints_what_there_is(desk: Desk) -> None:
    assert gathering.gather(desk.store, "instalment_table", "unknown").segments == ()
    entered = work_of.enter_group(desk, OFFICE)
    person = {name: value for name, value in invent(OFFICE, 1).items() if name != "birth_date"}
    member = {
        "group": entered,
        "person": records.save(desk.store, "person", person).id,
        "role": "leader",
    }
    records.save(desk.store, "membership", member)

    (printed,) = gathering.gather(desk.store, "member_list", entered).members

    assert printed.age == ""


def _loan(desk: Desk, group: str) -> str:
    work = Work(group=group)
    work_of.enter_loans(desk, OFFICE, work)
    return work.loans[0]


def _written_elsewhere(desk: Desk, id_: str, **values: object) -> None:
    """Write a loan file as another version of the program left it."""
    found = records.get(desk.store, "loan_file", id_)
    acts.act(
        desk.store,
        lambda acting: older.put(acting, "loan_file", id_, found.data | values, found.heads),
    )


@pytest.mark.parametrize(
    "form", ["loan_application", "loan_budget_plan", "instalment_table", "loan_inquiry"]
)
def test_a_row_of_a_newer_program_prints_without_the_parts_that_this_one_does_not_know(
    desk: Desk, group: str, form: str
) -> None:
    loan = _loan(desk, group)
    before = words_of(printing.draw(desk.store, form, loan).pdf)
    data = records.get(desk.store, "loan_file", loan).data
    _written_elsewhere(
        desk,
        loan,
        purpose_lines=[row | {"tax": 7} for row in data["purpose_lines"]],
        schedule=[row | {"fee": 7} for row in data["schedule"]],
    )

    assert words_of(printing.draw(desk.store, form, loan).pdf) == before


@pytest.mark.parametrize(
    ("form", "values"),
    [
        ("loan_application", {"purpose_lines": [{"item": "จักรเย็บผ้า"}]}),
        ("loan_inquiry", {"schedule": [{"number": 1, "interest": 0}]}),
        ("instalment_table", {"schedule": [{"number": 1, "principal": "มาก"}]}),
        ("instalment_table", {"contract_on": "31 มี.ค. 2568"}),
    ],
)
def test_a_record_with_a_value_that_nobody_can_read_is_not_printed_but_named(
    desk: Desk, group: str, form: str, values: dict[str, object]
) -> None:
    loan = _loan(desk, group)
    _written_elsewhere(desk, loan, **values)

    with pytest.raises(UserError) as refused:
        printing.draw(desk.store, form, loan)

    assert refused.value.code == "unreadable"
    (label,) = (each.label for each in fields_of(LoanFile) if each.name in values)
    assert _(label) in str(refused.value)
