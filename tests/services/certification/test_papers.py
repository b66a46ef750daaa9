"""The checklists P7 to P9 of real files, one by one and all of a list at once."""

import subprocess
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.reports.layout.joined import joined
from app.services.certification import own_checklists
from app.services.demonstration import office as work_of
from app.services.demonstration.office import Work
from app.services.demonstration.people import sample_offices
from app.services.office.desk import Desk
from app.services.printing import gathering, print_all, printing, prints
from app.services.printing.print_all import Choice
from app.services.records import records, search
from tests.makers.certification import answer, begin, certified, product
from tests.makers.office import change, from_elsewhere, group, join, person
from tests.makers.papers import text_of


def bare(text: str) -> str:
    return "".join(text.split())


def names_of(desk: Desk, file: str) -> list[str]:
    data = records.get(desk.store, "certification", file).data
    return [form.name for form in printing.forms_of("certification", data)]


def test_a_file_is_printed_with_its_product_its_numbers_and_its_answers(desk: Desk) -> None:
    made = product(desk, brand="มาลี")
    of = records.get(desk.store, "product", made).data["group"]
    join(desk, of, person(desk), role="leader")
    file = begin(desk, made, "fda_product", place_no="10100155", serial_no="1010015510001")
    answer(desk, file, formula="present", label="absent", process="not_applicable")

    text = text_of(printing.draw(desk.store, "certification_fda", file).pdf)

    for part in ("ข้าวแต๋นน้ำแตงโม", "มาลี", "10-1-00155-1-0001", "10100155", "สมาชิก1 ตัวอย่าง",
                 "สูตรส่วนประกอบร้อยละ", "รวมรายการ111ยังไม่ตอบ9"):  # fmt: skip
        assert bare(part) in bare(text)
    assert "None" not in text


def test_each_standard_is_printed_on_its_own_form_and_on_no_other(desk: Desk) -> None:
    made = product(desk)
    files = {scheme: begin(desk, made, scheme) for scheme in ("fda_place", "tcps", "gi")}
    assert [names_of(desk, file) for file in files.values()] == [
        ["certification_fda"], ["certification_tcps"], ["certification_other"],
    ]  # fmt: skip
    with pytest.raises(UserError) as refused:
        printing.draw(desk.store, "certification_fda", files["tcps"])
    assert refused.value.code == "not_found"


def test_the_whole_way_of_a_file_stands_on_its_paper(desk: Desk) -> None:
    file = certified(desk, product(desk, "goods", name="ตะกร้าหวาย"))
    change(desk, "certification", file, follow_ups=[
        {"year": 1, "on": "2025-02-20", "result": "passed", "note": "รักษามาตรฐานได้"}])  # fmt: skip

    found = gathering.gather(desk.store, "certification_tcps", file)
    text = text_of(printing.draw(desk.store, "certification_tcps", file).pdf)

    assert (found.kind, found.issued_on, found.version) == ("goods", "2024-02-29", "1")
    for part in ("28 กุมภาพันธ์ 2570", "มผช. 744/2562", "รักษามาตรฐานได้", "ผ่าน"):
        assert bare(part) in bare(text)


def test_a_copy_of_the_office_says_so_and_an_unknown_standard_prints_its_code(desk: Desk) -> None:
    records.save(desk.store, "local_template", own_checklists.copy(desk.store, "gap"))
    own = begin(desk, product(desk), "gap")
    assert gathering.gather(desk.store, "certification_other", own).version == "สำนักงาน 1"

    later = {"product": "unknown", "scheme": "from_the_future", "follow_ups": [{}]}
    unknown = from_elsewhere(desk, "certification", later)
    found = gathering.gather(desk.store, "certification_other", unknown)
    assert (found.title, found.rows, found.place_no) == ("from_the_future", (), "")
    assert printing.pages(printing.draw(desk.store, "certification_other", unknown).pdf) == 1


def listed(desk: Desk, type_: str) -> list[int]:
    return list(search.rows(desk.store, type_))


def test_a_list_of_several_standards_is_printed_at_once_each_on_its_form(desk: Desk) -> None:
    made = product(desk)
    schemes = ("tcps", "halal", "fda_place", "gap")
    files = [begin(desk, made, scheme) for scheme in schemes]
    numbers = listed(desk, "certification")

    offered = print_all.choices(desk.store, "certification", numbers)
    assert offered[0] == Choice(
        ("certification_fda", "certification_tcps", "certification_other"), "", 4
    )
    assert [choice.count for choice in offered[1:]] == [1, 1, 2]
    steps: list[tuple[int, int]] = []
    batch = print_all.draw_all(
        desk.store, "certification", offered[0].forms, numbers,
        lambda done, whole: steps.append((done, whole)),
    )  # fmt: skip

    assert {done.record for done in batch.previews} == set(files)
    assert printing.pages(batch.pdf) == sum(printing.pages(each.pdf) for each in batch.previews)
    assert steps == [(number, 4) for number in range(4)] and batch.left_out == ()
    gone = prints.request(desk.store, batch.previews)
    assert [(each.record, each.copy) for each in gone.prints] == [
        (each.record, 1) for each in batch.previews
    ]


def test_a_form_for_some_of_a_list_leaves_the_others_out_by_name(desk: Desk) -> None:
    made = product(desk)
    begin(desk, made, "tcps")
    halal = begin(desk, made, "halal")
    numbers = listed(desk, "certification")

    batch = print_all.draw_all(desk.store, "certification", ["certification_tcps"], numbers)

    ((title, why),) = batch.left_out
    assert title == records.get(desk.store, "certification", halal).data["file_no"] and why
    assert len(batch.previews) == 1
    none = print_all.draw_all(desk.store, "certification", ["certification_fda"], numbers)
    assert (none.previews, none.pdf) == ((), b"")


def test_what_is_not_ready_for_its_paper_is_left_out_with_the_reason(desk: Desk) -> None:
    entered = work_of.enter_group(desk, sample_offices()[0])
    work_of.enter_members(desk, sample_offices()[0], entered)
    work = Work(group=entered)
    work_of.enter_loans(desk, sample_offices()[0], work)
    change_amount(desk, work.loans[0])

    offered = print_all.choices(desk.store, "loan_file", listed(desk, "loan_file"))
    assert all(choice.title for choice in offered)
    forms = ["loan_application"]
    batch = print_all.draw_all(desk.store, "loan_file", forms, listed(desk, "loan_file"))

    assert len(batch.previews) == len(work.loans) - 1
    ((_title, why),) = batch.left_out
    assert "250,000.00" in why


def change_amount(desk: Desk, file: str) -> None:
    opened = records.get(desk.store, "loan_file", file)
    draft = opened.data | {"amount_requested": 25_000_000}
    reasons = {"purpose_sum": "รอใบเสนอราคา"}
    records.save(desk.store, "loan_file", draft, record_id=file, base=opened.heads, reasons=reasons)


def test_a_list_too_long_to_print_is_named_by_its_count(desk: Desk) -> None:
    group(desk)
    with pytest.raises(UserError) as refused:
        print_all.choices(desk.store, "group", [1] * (print_all.MOST + 1))
    assert refused.value.code == "too_many" and "501" in refused.value.sentence


def test_the_same_prints_join_to_the_same_bytes(tmp_path: Path) -> None:
    pdfs = [printing.sample("certification_other"), printing.sample("member_list")]
    whole = joined(pdfs)
    assert whole == joined(pdfs) and b"CreationDate" not in whole
    path = tmp_path / "all.pdf"
    path.write_bytes(whole)
    checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, b"")
