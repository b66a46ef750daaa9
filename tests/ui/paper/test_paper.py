"""The preview shows the very pages, prints them at the printer's resolution and saves the bytes."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QScrollArea, QSpinBox
from pytestqt.qtbot import QtBot

from app.core.errors import Cancelled
from app.services.printing import printing
from app.ui.frame.jobs import Job, Jobs
from app.ui.paper.outgoing_papers import Unnumbered
from app.ui.paper.pages_of_pdf import Paper, print_pages
from app.ui.paper.paper_preview import PaperPreview, Printers, Printout
from tests.makers.printers import file_printer
from tests.ui.clerk import Clerk


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return printing.sample("group_registration")


class Turning(QPrinter):
    """A printer that prints both sides of a sheet; one whose paper is a file cannot be set so."""

    def duplex(self) -> QPrinter.DuplexMode:
        return QPrinter.DuplexMode.DuplexLongSide


class Shown:
    """A preview in front of the clerk, and what it led to."""

    def __init__(self, pdf: bytes, jobs: Jobs, paper: Path, names: list[str]) -> None:
        self.noted: list[tuple[str, str]] = []
        self.preview = PaperPreview(
            Printout(pdf, "แบบขึ้นทะเบียน", "แบบขึ้นทะเบียน.pdf"),
            jobs,
            Unnumbered(pdf, lambda action, said: self.noted.append((action, said))),
            printers=Printers(lambda: names, lambda _name: file_printer(paper)),
        )

    def button(self, word: str) -> QPushButton:
        found = [each for each in self.preview.findChildren(QPushButton) if word in each.text()]
        return found[0]


@pytest.fixture
def shown(clerk: Clerk, jobs: Jobs, pdf: bytes, tmp_path: Path) -> Shown:
    shown = Shown(pdf, jobs, tmp_path / "paper.pdf", ["ห้องทะเบียน"])
    clerk.sees(shown.preview, width=900, height=700)
    return shown


def is_blank(picture: QImage) -> bool:
    seen = picture.scaled(64, 64).convertToFormat(_GREY)  # no bytes beyond the rows' ends
    return len(set(bytes(seen.constBits()))) == 1


def test_every_page_is_drawn_and_counted(
    qtbot: QtBot, clerk: Clerk, jobs: Jobs, shown: Shown, pdf: bytes
) -> None:
    count = len(pypdfium2.PdfDocument(pdf))
    assert f"{count} หน้า" in clerk.words(shown.preview)
    qtbot.waitUntil(lambda: not jobs.is_busy())
    page = shown.preview.findChild(QScrollArea).widget().children()[1]
    assert page.accessibleName() == f"หน้า 1 จาก {count}"
    assert not is_blank(page.grab().toImage())


def test_the_pages_fit_the_window_and_zoom_by_keys(
    qtbot: QtBot, clerk: Clerk, shown: Shown
) -> None:
    page = shown.preview.findChild(QScrollArea).widget().children()[1]
    room = shown.preview.findChild(QScrollArea).viewport().width()
    fitting = page.width()
    assert room * 0.9 < fitting <= room
    for chord, width in (
        ("Ctrl+-", fitting / 1.25),
        ("Ctrl++", fitting),
        ("Ctrl++", fitting * 1.25),
        ("Ctrl+0", fitting),
    ):
        clerk.press(chord)
        qtbot.waitUntil(lambda width=width: abs(page.width() - width) < 4)


def print_two(clerk: Clerk, qtbot: QtBot, shown: Shown) -> None:
    shown.preview.findChild(QSpinBox).setFocus()
    clerk.press("Up")
    shown.button("พิมพ์ (").setFocus()
    clerk.press("Enter")
    qtbot.waitUntil(lambda: shown.preview.findChild(QMessageBox) is not None)


def test_enter_prints_every_copy_and_asks_whether_it_came_out(
    qtbot: QtBot, clerk: Clerk, jobs: Jobs, shown: Shown, pdf: bytes, tmp_path: Path
) -> None:
    print_two(clerk, qtbot, shown)
    assert shown.noted == [("print", "")]
    clerk.press("Enter")
    qtbot.waitUntil(lambda: not jobs.is_busy())
    assert shown.noted[1:] == [("print_answer", "came_out")]
    assert not shown.preview.isVisible()
    sent = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    asked = pypdfium2.PdfDocument(pdf)
    assert len(sent) == 2 * len(asked)
    assert sent[0].get_size() == pytest.approx(asked[0].get_size(), abs=1)


@pytest.mark.parametrize(
    ("keys", "said"),
    [("1", "came_out"), ("2", "not_out"), ("3", "unsure"), ("Esc", "unsure")],
)
def test_the_answer_is_one_key_and_all_but_the_first_lead_back_to_the_paper(
    qtbot: QtBot, clerk: Clerk, jobs: Jobs, shown: Shown, keys: str, said: str
) -> None:
    print_two(clerk, qtbot, shown)
    assert [each.text() for each in shown.preview.findChild(QMessageBox).buttons()] == [
        "&1  ออกมาครบ", "&2  ไม่ออก", "&3  ไม่แน่ใจ"
    ]  # fmt: skip
    clerk.press(keys)
    qtbot.waitUntil(lambda: len(shown.noted) == 2 and not jobs.is_busy())
    assert shown.noted[1] == ("print_answer", said)
    assert shown.preview.isVisible() is (said != "came_out")
    assert keys == "1" or clerk.at() is shown.button("พิมพ์ (")


@pytest.mark.qt_log_ignore("keyToAscii")  # of the testing tool: it types no Thai
@pytest.mark.parametrize(("letter", "said"), [("ๅ", "came_out"), ("/", "not_out"), ("-", "unsure")])
def test_the_answer_is_the_same_key_under_the_thai_layout(
    qtbot: QtBot, clerk: Clerk, jobs: Jobs, shown: Shown, letter: str, said: str
) -> None:
    print_two(clerk, qtbot, shown)
    QTest.keyClick(clerk.at(), Qt.Key(ord(letter)))
    qtbot.waitUntil(lambda: len(shown.noted) == 2 and not jobs.is_busy())
    assert shown.noted[1] == ("print_answer", said)


def test_on_a_printer_that_turns_the_sheet_each_paper_begins_on_a_new_one(
    tmp_path: Path, jobs: Jobs
) -> None:
    one = printing.sample("member_list")  # one page
    print_pages(
        [Paper(one), Paper(one)],
        file_printer(tmp_path / "out.pdf", Turning),
        Job(jobs, jobs, *_NO_WORK),
    )
    out = Paper((tmp_path / "out.pdf").read_bytes())
    assert [is_blank(out.picture(page, 30)) for page in range(len(out.sizes))] == [
        False, True, False
    ]  # fmt: skip


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_answer_leaves_the_paper_unsure(
    qtbot: QtBot, clerk: Clerk, jobs: Jobs, pdf: bytes, tmp_path: Path
) -> None:
    shown = Shown(pdf, jobs, tmp_path / "none" / "paper.pdf", ["ห้องทะเบียน"])
    clerk.sees(shown.preview)
    with qtbot.capture_exceptions():
        clerk.press("Enter")
        qtbot.waitUntil(lambda: shown.preview.findChild(QMessageBox) is not None)
    assert "เครื่องพิมพ์ไม่ตอบสนอง" in clerk.words(shown.preview)
    assert shown.noted == [("print", ""), ("print_answer", "unsure")]
    assert shown.button("พิมพ์ (").isEnabled()


def test_what_is_printed_looks_like_what_was_seen(
    pdf: bytes, tmp_path: Path, jobs: Jobs, qtbot: QtBot
) -> None:
    paper = Paper(pdf)
    print_pages([paper], file_printer(tmp_path / "out.pdf"), Job(jobs, jobs, *_NO_WORK))
    sent = Paper((tmp_path / "out.pdf").read_bytes())
    seen, printed = (_from_afar(each.picture(0, 100)) for each in (paper, sent))
    differences = [abs(ours - theirs) for ours, theirs in zip(seen, printed, strict=True)]
    assert max(differences) < 60
    assert sum(differences) / len(differences) < 5
    assert max(seen) - min(seen) > 60


def test_a_print_that_is_cancelled_stops(pdf: bytes, tmp_path: Path, jobs: Jobs) -> None:
    job = Job(jobs, jobs, *_NO_WORK)
    job.cancel()
    with pytest.raises(Cancelled):
        print_pages([Paper(pdf)], file_printer(tmp_path / "out.pdf"), job)


def test_the_very_bytes_are_saved(  # noqa: PLR0917 (fixtures)
    qtbot: QtBot,
    clerk: Clerk,
    jobs: Jobs,
    shown: Shown,
    pdf: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "saved.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    clerk.press("Ctrl+S")
    qtbot.waitUntil(lambda: target.exists() and not jobs.is_busy())
    assert target.read_bytes() == pdf
    assert shown.noted == [("export", "saved.pdf")]
    assert f"บันทึกแล้วที่ {target}" in clerk.words(shown.preview)
    assert "เลขฉบับ" not in clerk.words(shown.preview)  # it has none


def test_a_place_that_cannot_be_written_is_named(
    qtbot: QtBot, clerk: Clerk, shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "none" / "saved.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    clerk.press("Ctrl+S")
    qtbot.waitUntil(lambda: shown.preview.findChild(QMessageBox) is not None)
    assert str(target) in clerk.words(shown.preview)
    assert shown.noted == []


def test_without_a_printer_there_is_still_the_file(
    clerk: Clerk, jobs: Jobs, pdf: bytes, tmp_path: Path
) -> None:
    shown = Shown(pdf, jobs, tmp_path / "paper.pdf", [])
    clerk.sees(shown.preview)
    assert "ยังไม่มีเครื่องพิมพ์" in clerk.words(shown.preview)
    assert not shown.button("พิมพ์ (").isEnabled()
    assert clerk.at() is shown.button("บันทึก PDF")  # Enter does what can be done


def _from_afar(picture: QImage) -> bytes:
    """Blur a page until only the ink of each line is left: hair lines differ by resolution."""
    smooth = Qt.TransformationMode.SmoothTransformation
    small = picture.scaled(48, 68, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    return bytes(small.convertToFormat(_GREY).constBits())


_GREY = QImage.Format.Format_Grayscale8
_NO_WORK = (lambda _job: None, lambda _result: None, None, "")
