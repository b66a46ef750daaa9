"""The reports R1-R9: what they say, and how they leave the program as paper, sheet and data."""

import csv
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import python_calamine

from app.cli import main
from app.core import period
from app.core.errors import UserError
from app.models.office import vault
from app.reports.periodic import TABLES, shown
from app.services import figures, reporting
from app.services.demonstration import province
from app.services.figures import Scope
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.printing import printing
from app.services.records import diary
from app.services.reporting import Report
from tests.makers import whole
from tests.makers.figures import DAY, QUARTER, YEAR, group, loan, put
from tests.makers.papers import text_of
from tests.services.conftest import PASSWORD

pytestmark = pytest.mark.xdist_group("reporting")  # its province is made once

UNTIL = date(2026, 9, 30)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("reporting") / "desk"
    desk, _recovery = desks.create(
        folder, office="15", user="กานดา", password=PASSWORD, cost=vault.Cost(8, 1)
    )
    province.fill(desk, 300, seed=5, until=UNTIL)
    yield desk
    desk.close()


def gather(desk: Desk, name: str, scope: Scope | None = None) -> Report:
    return reporting.gather(desk.store, name, scope or Scope(YEAR, as_of=DAY))


def rows(report: Report, key: str) -> list[tuple[object, ...]]:
    (part,) = [each for each in report.parts if each.key == key]
    return list(part.rows)


@pytest.mark.parametrize("name", [each.name for each in reporting.reports()])
@pytest.mark.parametrize("district", ["", "1501"])
def test_every_report_leaves_as_paper_sheet_and_text(
    filled: Desk, name: str, district: str, tmp_path: Path
) -> None:
    found = gather(filled, name, Scope(period.fiscal_year(2569), district, UNTIL))

    reporting.write(found, tmp_path / "report.xlsx")
    reporting.write(found, tmp_path / "report.csv")

    book = python_calamine.load_workbook(str(tmp_path / "report.xlsx"))
    assert book.sheet_names == [TABLES[part.key].title[:31] for part in found.parts]
    for part, sheet in zip(found.parts, book.sheet_names, strict=True):
        read = book.get_sheet_by_name(sheet).to_python()
        assert len(read) == 4 + len(part.rows) + bool(part.sums)
    assert (tmp_path / "report.csv").read_text("utf-8-sig").startswith(found.title)
    assert printing.pages(reporting.draw(filled.store, found)) >= 1


def test_the_reports_are_nine_in_order() -> None:
    assert [each.number for each in reporting.reports()] == [f"R{n}" for n in range(1, 10)]


def test_scenario_32_the_report_of_the_second_quarter_says_its_days(
    desk: Desk,
) -> None:
    group(desk, registered_on="2025-03-31")
    group(desk, registered_on="2025-04-01")
    put(desk, "target", fiscal_year="2568", quarter=2, measure="groups_registered", count=4)

    found = gather(desk, "R1", Scope(period.parse_quarter("2/2568"), as_of=DAY))
    paper = " ".join(text_of(reporting.draw(desk.store, found)).split())

    assert rows(found, "results")[0] == ("กลุ่มที่ขึ้นทะเบียน", 4, 1, 25)
    assert "ไตรมาส 2 ปีงบประมาณ 2568 (1 ม.ค. 2568 - 31 มี.ค. 2568)" in paper
    assert "กลุ่มที่ขึ้นทะเบียน 4 1 25" in paper
    assert paper.count("ลงชื่อ") == 2 and "จัดหางานจังหวัด" in paper


def test_a_few_people_with_a_disability_are_not_counted_out_loud(desk: Desk) -> None:
    of_group = group(desk)
    told = []
    for _number in range(5):
        person = put(desk, "person", first_th="ก", sex="male")
        put(desk, "membership", group=of_group, person=person, role="member")
        put(desk, "disability", person=person, kinds=[{"kind": "seeing"}])
        told.append(rows(gather(desk, "progress"), "members")[-1][1])

    assert told == ["น้อยกว่า 5"] * 4 + ["5"]
    assert rows(gather(desk, "progress"), "members")[0][1] == "5"


def test_the_register_of_debtors_sums_its_columns(desk: Desk) -> None:
    of_group = group(desk)
    file = loan(desk, group=of_group)
    put(desk, "payment", loan_file=file, paid_on="2025-01-05", amount=200_000)

    found = gather(desk, "debtors")

    assert rows(found, "debtors") == [
        (1, "15-2568-A-0001", "กลุ่มทดลอง", 2_400_000, 600_000, 200_000, 400_000, 54)
    ]
    assert found.parts[0].sums == (None, "", "รวม", 2_400_000, 600_000, 200_000, 400_000, None)


def test_scenario_24_both_typings_of_a_receipt_are_visible_in_the_diary_of_access(
    desk: Desk,
) -> None:
    file = loan(desk)
    paid = {"loan_file": file, "paid_on": "2025-03-05", "amount": 600_000}
    put(desk, "payment", **paid, receipt_no="อท 1/2568", void_reason="ลงซ้ำ")
    put(desk, "payment", **paid, receipt_no="อท 2/2568")
    put(desk, "payment", **(paid | {"amount": 1}), receipt_no="อท 3/2568")

    receipts = rows(gather(desk, "access"), "receipts")

    assert [(row[0], row[4]) for row in receipts] == [("อท 1/2568", "ลงซ้ำ"), ("อท 2/2568", "")]


def test_the_diary_of_access_names_the_user_and_what_was_done(desk: Desk) -> None:
    diary.note_now(desk.store, diary.PRINT, "member_list 123")

    now = period.of_day(date.today())  # noqa: DTZ011 (the diary has the machine's day)
    found = rows(gather(desk, "access", Scope(now)), "access")

    assert found[-1][1:] == ("กานดา", "พิมพ์", "member_list 123")
    assert rows(gather(desk, "access", Scope(QUARTER)), "access") == []


def test_what_is_not_complete_is_named_with_a_masked_id(desk: Desk) -> None:
    person = {"first_th": "กานดา", "last_th": "ดี", "sex": "female", "id_no": "9104002000004"}
    put(desk, "person", **person, no_phone=True, address={"subdistrict": "150101"})
    put(desk, "person", **person, birth_date="1980")
    of_group = group(desk, phone="0812345678", capital=1, founded_on="2020")

    found = gather(desk, "incomplete")

    lacking = {row[3] for row in rows(found, "people")}
    assert lacking == {"วันเกิด", "ที่อยู่, โทรศัพท์"}
    assert "9104002000004" not in json.dumps(reporting.as_data(found))
    assert rows(found, "incomplete_groups")[0][3] == "ผู้นำกลุ่ม"
    put(desk, "membership", group=of_group, person="x", role="leader")
    assert rows(gather(desk, "incomplete"), "incomplete_groups") == []


def test_what_falls_due_is_listed_with_the_nearest_first(desk: Desk) -> None:
    loan(desk)
    put(desk, "certification", status="certified", cert_no="7/2565", expires_on="2025-04-20")
    put(desk, "field_visit", visited_on="2025-03-01", due_on="2025-04-01", obstacles=[])

    found = rows(gather(desk, "due"), "due")

    assert [(row[1], row[3]) for row in found] == [
        (0, ""),
        (1, ""),
        (5, "15-2568-A-0001"),
        (20, "7/2565"),
    ]


def test_nothing_in_a_sheet_is_a_formula_and_ids_stay_texts(desk: Desk, tmp_path: Path) -> None:
    group(desk, name="=HYPERLINK(1)", group_no="0123456789012")
    found = gather(desk, "incomplete")
    reporting.write(found, tmp_path / "a.xlsx")
    reporting.write(found, tmp_path / "a.csv")

    sheet = python_calamine.load_workbook(str(tmp_path / "a.xlsx")).get_sheet_by_index(1)
    row = sheet.to_python()[4]
    lines = list(csv.reader((tmp_path / "a.csv").read_text("utf-8-sig").splitlines()))

    assert row[:3] == [1.0, "'=HYPERLINK(1)", "0123456789012"]
    assert lines[-1][:3] == ["1", "'=HYPERLINK(1)", "0123456789012"]


def test_money_is_a_number_in_baht_in_sheet_and_csv(desk: Desk, tmp_path: Path) -> None:
    loan(desk)
    found = gather(desk, "debtors")
    reporting.write(found, tmp_path / "a.xlsx")
    reporting.write(found, tmp_path / "a.csv")

    sheet = python_calamine.load_workbook(str(tmp_path / "a.xlsx")).get_sheet_by_index(0)

    assert sheet.to_python()[4][3:7] == [24_000.0, 6_000.0, 0.0, 6_000.0]
    assert "24000.00" in (tmp_path / "a.csv").read_text("utf-8-sig")


def test_a_file_of_another_kind_or_in_a_missing_folder_is_refused(
    desk: Desk, tmp_path: Path
) -> None:
    found = gather(desk, "groups")
    for path, code in (
        (tmp_path / "a.doc", "kind"),
        (tmp_path / "none" / "a.csv", "not_written"),
        (tmp_path / "none" / "a.xlsx", "not_written"),
    ):
        with pytest.raises(UserError) as refused:
            reporting.write(found, path)
        assert refused.value.code == code


def test_an_unknown_report_is_refused_with_the_names_there_are(desk: Desk) -> None:
    with pytest.raises(UserError, match="progress") as refused:
        gather(desk, "nothing")
    assert refused.value.code == "not_found"


def test_the_signer_of_the_day_stands_under_the_report(
    desk: Desk,
) -> None:
    put(desk, "signer", name="นายเก่า ก่อนนี้", from_on="2020-01-01", until_on="2021-01-01")
    post = {"position": "นักวิชาการแรงงาน", "acting_for": "จัดหางานจังหวัดอ่างทอง"}
    put(desk, "signer", name="นางใหม่ ตัวอย่างดี", from_on="2021-01-02", **post)
    put(desk, "signer", name="นายหน้า ยังไม่ถึง", from_on="2199-01-01")

    paper = text_of(reporting.draw(desk.store, gather(desk, "obstacles")))

    assert "นางใหม่ ตัวอย่างดี" in paper
    assert "นักวิชาการแรงงาน รักษาราชการแทนจัดหางานจังหวัดอ่างทอง" in " ".join(paper.split())
    assert "นายเก่า" not in paper and "นายหน้า" not in paper


def test_an_absent_cell_is_empty_on_paper() -> None:
    assert shown(TABLES["results"].headings[1], None) == ""


def test_the_command_writes_each_kind_and_says_the_period(
    filled: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    password = tmp_path / "password.txt"
    password.write_text(PASSWORD, encoding="utf-8")
    folder = (
        tmp_path / "desk"
    )  # of its own: SQLite keeps a file open while the process has it twice
    shutil.copytree(filled.store.folder, folder)
    base = ["report", "progress", "--data", str(folder), "--json"]
    base += ["--password-file", str(password)]

    def run(*more: str) -> dict[str, object]:
        assert main([*base, *more]) == 0
        return dict(json.loads(capsys.readouterr().out))

    for kind in ("pdf", "xlsx", "csv"):
        out = tmp_path / f"r.{kind}"
        assert "31 มี.ค. 2568" in str(run("--quarter", "2/2568", "--out", str(out))["period"])
        assert out.stat().st_size > 500
        with closing(desks.open_desk(folder, user="กานดา", password=PASSWORD)) as desk:
            assert diary.entries(desk.store)[1][2:] == ("export", f"progress r.{kind}")
    assert run("--month", "3/2568")["from"] == "2025-03-01"
    assert run("--year", "2568", "--as-of", "2025-05-01")["as_of"] == "2025-05-01"
    assert str(run("--district", "1501")["area"]).startswith("อำเภอเมืองอ่างทอง")
    assert main([*base, "--quarter", "9/2568"]) == 2
    capsys.readouterr()
    assert main([each for each in base if each != "--json"]) == 0
    assert "ผลการดำเนินงานเทียบกับเป้าหมาย" in capsys.readouterr().out


@pytest.mark.parametrize("day", ["31/12/2567", "2025-02-30", "ไม่ทราบ"])
def test_days_that_are_none_stored_before_the_gate_stop_no_report(desk: Desk, day: str) -> None:
    world = whole.office(desk, day)
    approved = world.put("approved", "loan_file", status="approved", round="2568-1")
    world.put("letter", "decision_letter", loan_file=approved, outcome="approved")
    always = period.Period(date.min, date.max, "ทุกปี", 2568)

    for described in reporting.reports():
        for as_of in (date(2025, 3, 15), date(2032, 1, 1)):
            report = reporting.gather(desk.store, described.name, Scope(always, as_of=as_of))
            assert described.name != "certificates" or day != "31/12/2567" or day in str(report)
    figures.overview(desk.store, Scope(always, as_of=date(2025, 3, 15)))
    figures.details(desk.store, Scope(always, as_of=date(2025, 3, 15)))
