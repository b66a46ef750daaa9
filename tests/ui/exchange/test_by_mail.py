"""Files that go and come by mail: the clerk sends parts, and takes parts in as the one file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from app.services import exchange
from app.sync import parts
from app.ui.exchange.export_dialog import ExportDialog
from app.ui.paper.paper_preview import PaperPreview
from tests.makers.papers import text_of
from tests.makers.tasks import told
from tests.ui.clerk import Clerk
from tests.ui.office import Office

Answer = Callable[[Path], Path]


@pytest.fixture
def small_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a megabyte be so small that the work of a test needs several parts."""
    monkeypatch.setattr(parts, "MEGABYTE", 2000)


@pytest.fixture
def answered(trusted: Office, usb: Path, receipt: Answer, tmp_path: Path) -> list[Path]:
    """The centre's receipt as it came by mail."""
    path = receipt(exchange.export(trusted.desk.store, tmp_path).path)
    return parts.split(path, usb, most_bytes=2000)


def send_by_mail(office: Office, usb: Path, megabytes: str) -> ExportDialog:
    clerk = office.clerk
    clerk.press("Ctrl+E")
    office.rest()
    clerk.press("Enter", "Enter")
    clerk.type(str(usb))
    clerk.press("Ctrl+M")
    assert clerk.where() == "megabytes"
    clerk.type(megabytes)
    clerk.press("Enter")
    assert clerk.where() == "folder"
    clerk.press("Enter", "Enter")
    office.rest()
    found = office.dialog(ExportDialog)
    assert isinstance(found, ExportDialog)
    return found


def choose(office: Office, path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Open a file with Ctrl+O; give what the clerk is told."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    office.clerk.press("Ctrl+O")
    office.rest()
    return told(office)


def drag(office: Office, *paths: Path) -> bool:
    """Drag files onto the window and let go of them where they are welcome."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    middle = QPointF(office.window.rect().center())
    how = (
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering = QDragEnterEvent(middle.toPoint(), *how)
    QApplication.sendEvent(office.window, entering)
    if entering.isAccepted():
        QApplication.sendEvent(office.window, QDropEvent(middle, *how))
    office.rest()
    return entering.isAccepted()


@pytest.mark.usefixtures("small_mail")
def test_a_file_leaves_in_parts_and_the_next_takes_five_keys(
    trusted: Office, clerk: Clerk, usb: Path
) -> None:
    dialog = send_by_mail(trusted, usb, "1")

    made = sorted(usb.iterdir())
    count = len(made)
    assert count > 1
    words = clerk.words(dialog)
    assert f"แบ่งเป็น {count} ส่วน" in words
    assert f"1-of-{count}.otgpart" in words
    assert clerk.misses(dialog) == []
    assert exchange.check_code(exchange.sent(trusted.desk.store)[0].content_id) in words
    clerk.press("Enter")
    for path in made:
        path.unlink()

    before = clerk.presses
    clerk.press("Ctrl+E")
    trusted.rest()
    clerk.press("Enter", "Enter", "Enter")
    trusted.rest()
    clerk.press("Enter")

    assert clerk.presses - before <= 5
    assert sorted(usb.iterdir()) == made


@pytest.mark.usefixtures("small_mail")
def test_the_cover_sheet_says_how_many_parts_belong_together(
    trusted: Office, clerk: Clerk, usb: Path
) -> None:
    send_by_mail(trusted, usb, "1")
    clerk.press("Ctrl+P")
    trusted.rest()
    preview = trusted.dialog(PaperPreview)
    assert isinstance(preview, PaperPreview)
    count = len(list(usb.iterdir()))
    assert f".1-of-{count} ถึง {count}-of-{count}" in text_of(preview._paper.pdf)


def test_what_a_mail_has_room_for_stays_one_file(trusted: Office, clerk: Clerk, usb: Path) -> None:
    dialog = send_by_mail(trusted, usb, "7")
    assert [path.suffix for path in usb.iterdir()] == [".otg"]
    assert "otgpart" not in clerk.words(dialog)


@pytest.mark.parametrize(("typed", "told_so"), [("0", "1"), ("501", "500"), (" ", "กรอก")])
def test_a_part_of_no_size_or_too_large_is_named(
    trusted: Office, clerk: Clerk, usb: Path, typed: str, told_so: str
) -> None:
    dialog = send_by_mail(trusted, usb, typed)
    assert clerk.where() == "megabytes"
    assert told_so in clerk.words(dialog)
    assert list(usb.iterdir()) == []
    clerk.press("Ctrl+M")
    assert clerk.where() == "folder"
    clerk.press("Enter", "Enter")
    trusted.rest()
    assert [path.suffix for path in usb.iterdir()] == [".otg"]


def test_the_room_on_a_slow_drive_is_not_said_over_what_is_wrong(
    trusted: Office, clerk: Clerk, usb: Path
) -> None:
    clerk.press("Ctrl+E")
    trusted.rest()
    clerk.press("Enter", "Enter")
    drive = trusted.hold()
    clerk.type(str(usb))
    clerk.press("Ctrl+M")
    clerk.type(" ")
    clerk.press("Enter", "Enter", "Enter")
    drive.set()
    trusted.rest()

    assert "กรอก" in clerk.words(trusted.dialog(ExportDialog))


def test_one_part_is_chosen_and_those_beside_it_are_read_with_it(
    trusted: Office, answered: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(answered) > 1
    assert "รับใบตอบรับที่ 1" in choose(trusted, answered[1], monkeypatch)
    assert exchange.waiting(trusted.desk.store) == 0


def test_a_part_that_is_missing_is_named_and_nothing_is_taken(
    trusted: Office, answered: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    answered[1].unlink()
    words = choose(trusted, answered[0], monkeypatch)
    assert f"ขาดส่วนที่ 2 จาก {len(answered)}" in words
    assert exchange.waiting(trusted.desk.store) > 0


def test_parts_are_dragged_together_from_wherever_the_mail_put_them(
    trusted: Office, answered: list[Path], tmp_path: Path
) -> None:
    apart = tmp_path / "another mail"
    apart.mkdir()
    answered[0] = answered[0].rename(apart / answered[0].name)
    assert drag(trusted, *answered)
    assert "รับใบตอบรับที่ 1" in told(trusted)


def test_files_that_are_not_parts_of_one_are_left_alone(
    trusted: Office, answered: list[Path], tmp_path: Path
) -> None:
    whole = next(tmp_path.glob("OTG-15-*.otg"))
    assert not drag(trusted, answered[0], whole)
    assert not drag(trusted, tmp_path)
