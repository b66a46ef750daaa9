"""A clerk prints a paper, answers what became of it, and finds it again later."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QTableWidget

from app.core.errors import Cancelled
from app.services import exchange
from app.services.office import print_diary
from app.services.office.print_diary import Printed
from app.services.printing import printing, prints
from app.services.records import diary, records, search
from app.ui.frame.jobs import Job, Jobs
from app.ui.paper.outgoing_papers import Numbered, send
from app.ui.paper.paper_preview import PaperPreview, Printers
from app.ui.paper.prints_dialog import PrintsDialog
from tests.makers.papers import text_of
from tests.makers.printers import file_printer
from tests.ui.clerk import Clerk
from tests.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard")


@pytest.fixture
def tray(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the printer's paper falls."""
    paper = tmp_path / "paper.pdf"
    printers = Printers(lambda: ["ห้องทะเบียน"], lambda _name: file_printer(paper))
    monkeypatch.setattr("app.ui.paper.paper_preview.INSTALLED", printers)
    return paper


@pytest.fixture
def group(office: Office) -> str:
    (row,) = search.page(office.desk.store, "group", search.rows(office.desk.store, "group")[:1])
    office.clerk.press("Alt+2")
    office.rest()
    office.clerk.press("Down", "Enter")
    office.rest()
    return row.id


def choose(office: Office, key: str) -> None:
    """Press a key in the menu of documents."""
    office.clerk.press("Ctrl+P")
    office.rest()
    assert isinstance(QApplication.activePopupWidget(), QMenu)
    office.clerk.press(key)
    office.rest()


def answer(office: Office, key: str) -> None:
    """Answer the question whether the paper came out."""
    count = len(diary.entries(office.desk.store))
    office.clerk.press(key)
    office.qtbot.waitUntil(lambda: len(diary.entries(office.desk.store)) > count)
    office.rest()


def papers(office: Office, record: str) -> list[Printed]:
    return print_diary.of_record(office.desk.store, record)


def table(office: Office) -> list[list[str]]:
    found = office.dialog(PrintsDialog).findChild(QTableWidget)
    assert found is not None
    return [
        [found.item(row, column).text() for column in range(found.columnCount())]
        for row in range(found.rowCount())
    ]


def test_a_print_that_did_not_come_out_spends_its_number_and_the_next_says_again(
    office: Office, group: str, tray: Path
) -> None:
    choose(office, "1")
    preview = office.dialog(PaperPreview)
    assert "เลขฉบับและคิวอาร์โค้ดจะออกให้เมื่อพิมพ์หรือบันทึก" in office.clerk.words(preview)
    office.clerk.press("Enter")
    office.rest()
    answer(office, "2")
    assert preview.isVisible()
    office.clerk.press("Enter")
    office.rest()
    answer(office, "1")

    assert not preview.isVisible()
    assert [(each.copy, each.again, each.confirmed) for each in papers(office, group)] == [
        (2, 1, True), (1, 0, False)
    ]  # fmt: skip


def test_a_saved_file_is_a_print_that_came_out(
    office: Office, group: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "ใบ.pdf"
    answers = iter([("", ""), (str(target), "")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: next(answers))
    choose(office, "1")
    office.clerk.press("Ctrl+S")
    office.qtbot.wait(150)  # the button's own animation
    office.clerk.press("Ctrl+S")
    office.qtbot.waitUntil(target.exists)
    office.rest()

    said = office.clerk.words(office.dialog(PaperPreview))
    assert f"บันทึกแล้วที่ {target}" in said and "ใช้เลขฉบับถัดไป" in said
    (paper,) = papers(office, group)
    assert paper.confirmed and "ฉบับพิมพ์ที่ 1 " in text_of(target.read_bytes())


def test_a_record_that_was_saved_behind_the_preview_is_said_and_nothing_printed(
    office: Office, group: str, tray: Path
) -> None:
    choose(office, "1")
    opened = records.get(office.desk.store, "group", group)
    draft = opened.data | {"phone": "0911111111"}
    records.save(office.desk.store, "group", draft, record_id=group, base=opened.heads)

    office.clerk.press("Enter")
    office.rest()

    assert "จึงไม่ได้พิมพ์และไม่ได้ใช้เลขฉบับใด" in office.clerk.words(office.dialog())
    assert papers(office, group) == [] and not tray.exists()


def test_the_list_of_prints_confirms_later_and_gives_a_copy_without_a_number(
    office: Office, group: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "สำเนา.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    for _time in range(2):
        preview = printing.draw(office.desk.store, "member_list", group)
        prints.request(office.desk.store, [preview])
    choose(office, "0")
    assert [row[:2] + row[3:] for row in table(office)] == [
        ["บัญชีรายชื่อสมาชิกกลุ่มอาชีพอิสระ", "2 (พิมพ์ซ้ำครั้งที่ 1)", "kanda", "รอคำตอบ"],
        ["บัญชีรายชื่อสมาชิกกลุ่มอาชีพอิสระ", "1", "kanda", "รอคำตอบ"],
    ]
    office.clerk.press("Down", "Ctrl+Return")
    office.rest()
    assert [row[4] for row in table(office)] == ["รอคำตอบ", "ออกมาครบ"]
    office.clerk.press("Enter")
    office.rest()
    shown = office.dialog(PrintsDialog).findChild(PaperPreview)
    assert shown.windowTitle() == "สำเนาประวัติ บัญชีรายชื่อสมาชิกกลุ่มอาชีพอิสระ ฉบับที่ 1"
    office.clerk.press("Ctrl+S")
    office.qtbot.waitUntil(target.exists)
    office.rest()

    assert "สำเนาประวัติ" in text_of(target.read_bytes())
    assert len(papers(office, group)) == 2
    assert diary.entries(office.desk.store)[0][2:] == ("print_copy", f"member_list {group} 1")


def test_where_nothing_was_printed_the_list_says_so(office: Office, group: str) -> None:
    choose(office, "0")

    assert "ยังไม่เคยพิมพ์" in office.clerk.words(office.dialog(PrintsDialog))
    office.clerk.press("Enter", "Ctrl+Return")
    office.rest()
    assert papers(office, group) == []


def test_a_question_that_a_crash_left_open_is_told_at_the_next_start(
    open_office: object, folder: Path, clerk: Clerk
) -> None:
    first = open_office(folder)  # type: ignore[operator]
    first.sign_in()
    (row,) = search.page(first.desk.store, "group", search.rows(first.desk.store, "group")[:1])
    prints.request(first.desk.store, [printing.draw(first.desk.store, "member_list", row.id)])
    first.close()
    first.window.hide()

    second = open_office(folder)  # type: ignore[operator]
    second.sign_in()

    said = clerk.words(second.window)
    assert "กลุ่มดอกไม้จันทน์ย่านซื่อ" in said and "ยังไม่ได้ตอบว่าออกมาครบหรือไม่" in said
    assert not papers(second, row.id)[0].confirmed


class Stopping(Job):
    """A job that the clerk stops once so many steps are done."""

    def __init__(self, jobs: Jobs, steps: int) -> None:
        super().__init__(jobs, jobs, lambda _job: None, lambda _result: None, None, "")
        self._left = steps

    def step(self, done: int, total: int = 0) -> None:
        self._left -= 1
        if self._left < 0:
            self.stop()
        super().step(done, total)


@pytest.mark.parametrize(("steps", "states"), [(1, []), (3, ["unknown", "unknown"])])
def test_a_list_that_is_stopped_has_no_numbers_while_it_is_drawn_and_unknown_ones_from_then_on(
    office: Office, group: str, tmp_path: Path, steps: int, states: list[str]
) -> None:
    store = office.desk.store
    previews = [printing.draw(store, form, group) for form in ("member_list", "member_list")]
    job = Stopping(office.program._jobs, steps)

    with pytest.raises(Cancelled):
        send(Numbered(store, previews), file_printer(tmp_path / "paper.pdf"), 1, job)

    assert [each.state for each in papers(office, group)] == states


def test_the_prints_of_a_cover_sheet_are_listed_from_its_preview(
    trusted: Office, clerk: Clerk, usb: Path, tray: Path
) -> None:
    sealed = exchange.export(trusted.desk.store, usb)
    clerk.press("Alt+8")
    trusted.rest()
    clerk.press("Ctrl+P")
    trusted.rest()
    preview = trusted.dialog(PaperPreview)
    clerk.press("Enter")
    trusted.rest()
    answer(trusted, "3")
    clerk.press("Ctrl+H")
    trusted.qtbot.waitUntil(lambda: preview.findChild(PrintsDialog) is not None)
    trusted.rest()

    shown = preview.findChild(PrintsDialog)
    assert shown.windowTitle() == f"เอกสารที่พิมพ์แล้ว: {sealed.path.stem}"
    ((_form, copy, *_rest, state),) = table(trusted)
    assert (copy, state) == ("1", "ไม่ได้ยืนยัน")
