"""The first page: figures in words, by keyboard, each opening the list behind it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import python_calamine
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton

from app.core import thai
from app.core.fields import today
from app.models.office import vault
from app.services.demonstration import province
from app.services.office import desk as desks
from app.services.records import diary, moves, records, search
from app.ui.pages.overview_page import OverviewPage
from app.ui.paper.paper_preview import PaperPreview, Printers
from app.ui.paper.report_dialog import ReportDialog
from app.ui.shell.drill_down import BehindDialog
from app.ui.widgets.figure_button import FigureButton
from tests.makers.printers import file_printer
from tests.ui.office import PASSWORD, Office

pytestmark = pytest.mark.xdist_group("overview")  # its province is made once

UNTIL = date(2026, 9, 30)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("overview") / "desk"
    desk, _recovery = desks.create(
        folder, office="15", user="kanda", password=PASSWORD, cost=vault.Cost(8, 1)
    )
    province.fill(desk, 300, seed=4, until=UNTIL)
    desk.close()
    return folder


@pytest.fixture
def seen(open_office: Callable[[Path], Office], made: Path) -> Office:
    """The clerk has the page in front, and all figures are there."""
    office = open_office(made)
    office.sign_in()
    office.clerk.press("Alt+1")
    office.rest()
    year = office.window.front.findChildren(QComboBox)[0]
    year.setCurrentIndex(thai.fiscal_year_be(today()) - 2569)
    office.rest()
    return office


def page(office: Office) -> OverviewPage:
    assert isinstance(office.window.front, OverviewPage)
    return office.window.front


def figure(office: Office, name: str) -> FigureButton:
    found = page(office).findChild(FigureButton, f"figure.{name}")
    assert isinstance(found, FigureButton)
    return found


def spoken(office: Office) -> dict[str, str]:
    found = page(office).findChildren(FigureButton)
    return {each.objectName().removeprefix("figure."): each.accessibleName() for each in found}


def test_the_working_list_is_still_what_a_clerk_sees_first(office: Office) -> None:
    assert office.window.page.page.type == "group"


def test_every_painted_figure_is_spoken_in_words_and_numbers(seen: Office) -> None:
    said = spoken(seen)

    assert said["funnel_registered"].startswith("ขึ้นทะเบียนแล้ว: ")
    assert said["funnel_registered"].endswith(" กลุ่ม")
    assert "คงเหลือ" in said["pot"] and "บาท" in said["pot"]
    assert "เป้าหมาย" in said["visits"]
    assert {"members_female", "arrears_30", "arrears_0", "expiring", "drafts"} <= set(said)
    assert all(any(letter.isdigit() for letter in words) for words in said.values())


def test_the_keys_walk_the_figures_and_enter_opens_the_groups_behind_one(seen: Office) -> None:
    clerk = seen.clerk
    assert clerk.where() == "figure.funnel_registered"

    clerk.press("Tab")
    assert clerk.where() == "figure.funnel_trained"
    trained = int(clerk.at().accessibleName().split()[-2])
    clerk.press("Enter")
    seen.rest()

    assert seen.window.page.page.type == "group"
    assert len(seen.rows()) == trained > 0
    chips = [each for each in seen.window.page.findChildren(QPushButton) if each.isChecked()]
    assert [each.text() for each in chips if each.property("chip")] == ["ฝึกอบรมแล้ว"]


def test_the_chip_of_a_figure_gives_way_to_all_and_comes_back(seen: Office) -> None:
    figure(seen, "funnel_trained").click()
    seen.rest()
    few, listed = len(seen.rows()), seen.window.page.list
    chips = {each.text(): each for each in listed.findChildren(QPushButton)}

    chips["ทั้งหมด"].click()
    seen.rest()
    everything = len(seen.rows())
    chips["ฝึกอบรมแล้ว"].click()
    seen.rest()

    assert few < everything
    assert len(seen.rows()) == few


def test_the_files_in_arrears_are_those_of_the_ladder(seen: Office) -> None:
    said = spoken(seen)["arrears_0"]
    figure(seen, "arrears_0").click()
    seen.rest()

    assert seen.window.page.page.type == "loan_file"
    assert f": {len(seen.rows())} แฟ้ม" in said


def test_records_without_a_page_are_listed_by_name_and_open_what_they_belong_to(
    seen: Office,
) -> None:
    figure(seen, "members_elderly").click()
    seen.rest()
    dialog = seen.dialog(BehindDialog)
    assert isinstance(dialog, BehindDialog)
    first = dialog.list.item(0).text()
    assert " · กลุ่ม" in first

    seen.clerk.press("Enter")
    seen.rest()

    assert seen.window.page.page.type == "group"
    assert seen.window.page.editing.record is not None
    assert seen.window.page.editing.record.title in first


def test_another_district_counts_less_and_a_year_before_the_programme_is_not_offered(
    seen: Office,
) -> None:
    year, district = page(seen).findChildren(QComboBox)
    whole = spoken(seen)

    district.setCurrentIndex(district.findText("เมืองอ่างทอง"))
    seen.rest()

    part = spoken(seen)
    assert district.count() == 8
    assert year.itemData(year.count() - 1) == 2567
    groups = [int(each["funnel_registered"].split()[-2]) for each in (whole, part)]
    assert groups[1] < groups[0]
    assert "เป้าหมาย" not in part["visits"]


def test_drafts_and_unanswered_files_lead_to_where_they_wait(seen: Office) -> None:
    seen.desk.store.drafts.keep("k", "person", "", {"first_th": "ก"})
    page(seen).refresh()
    seen.rest()
    assert spoken(seen)["drafts"] == "ร่างค้าง: 1"

    figure(seen, "drafts").click()
    seen.rest()
    seen.dialog().close()
    figure(seen, "unacknowledged").click()
    seen.rest()

    assert not isinstance(seen.window.front, OverviewPage)
    seen.desk.store.drafts.drop("k")


def test_what_was_saved_meanwhile_is_counted_when_the_page_comes_back(office: Office) -> None:
    office.clerk.press("Alt+1")
    office.rest()
    (number,) = search.rows(office.desk.store, "group")
    (group,) = search.page(office.desk.store, "group", [number])
    opened = records.get(office.desk.store, "group", group.id)
    draft = opened.data | {"registered_on": "2025-01-15"}
    records.save(office.desk.store, "group", draft, record_id=opened.id, base=opened.heads)

    moves.correct(
        office.desk.store,
        "group",
        group.id,
        "registered",
        base=_heads(office, group.id),
        reason="ก",
    )
    office.clerk.press("Alt+2", "Alt+1")
    office.rest()

    assert spoken(office)["funnel_registered"] == "ขึ้นทะเบียนแล้ว: 1 กลุ่ม"


def _heads(office: Office, group: str) -> tuple[str, ...]:
    return records.get(office.desk.store, "group", group).heads


def test_a_report_is_looked_at_and_what_leaves_of_it_noted(
    seen: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printers = Printers(lambda: ["ห้องทะเบียน"], lambda _name: file_printer(tmp_path / "paper.pdf"))
    monkeypatch.setattr("app.ui.paper.paper_preview.INSTALLED", printers)
    saved = tmp_path / "R1.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(saved), ""))
    seen.clerk.press("Ctrl+P")
    seen.rest()
    assert isinstance(seen.dialog(ReportDialog), ReportDialog)
    seen.clerk.press("Enter")
    seen.rest()

    preview = seen.dialog(PaperPreview)
    assert isinstance(preview, PaperPreview)
    for chord in ("Ctrl+S", "Enter", "2"):
        before = len(diary.entries(seen.desk.store))
        seen.clerk.press(chord)
        seen.qtbot.waitUntil(lambda count=before: len(diary.entries(seen.desk.store)) > count)
        seen.rest()

    assert "R1 ผลการดำเนินงาน" in preview.windowTitle() and preview.isVisible()
    assert [entry[2:] for entry in reversed(diary.entries(seen.desk.store)[:3])] == [
        ("export", "periodic_report progress R1.pdf"),
        ("print", "periodic_report progress"),
        ("print_answer", "periodic_report progress not_out"),
    ]
    preview.close()


def test_a_report_of_a_quarter_is_saved_as_a_spreadsheet_and_noted(
    seen: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r2.xlsx"
    answers = iter([("", ""), (str(path), "")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: next(answers))
    seen.clerk.press("Ctrl+P")
    seen.rest()
    dialog = seen.dialog(ReportDialog)
    assert isinstance(dialog, ReportDialog)
    periods = dialog.findChild(QComboBox, "report_period")
    assert isinstance(periods, QComboBox)
    assert periods.count() == 17
    periods.setCurrentIndex(2)
    dialog.list.setCurrentRow(1)

    seen.clerk.press("Ctrl+S")
    seen.clerk.press("Ctrl+S")
    seen.rest()

    sheet = python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()
    assert sheet[0][0] == "R2 รายชื่อกลุ่มและสถานะ 6 ด้าน"
    assert sheet[1][0].startswith("ไตรมาส 2 ปีงบประมาณ 2569 (1 ม.ค. 2569 - 31 มี.ค. 2569)")
    assert diary.entries(seen.desk.store)[0][2:] == ("export", "groups r2.xlsx")
