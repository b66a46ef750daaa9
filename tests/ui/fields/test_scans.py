"""A clerk attaches a scan to a paper of a loan file, looks at it, and takes it off again."""

import io
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox

from app.core.fields import Field, Kind
from app.services.office import attachments
from app.services.printing import printing
from app.ui.fields.file_edit import FileEdit
from app.ui.fields.file_view import FileView
from app.ui.frame.jobs import Jobs
from tests.ui.office import Office

SCAN = Field("file", "File", Kind.FILE)


def picture(folder: Path) -> Path:
    path = folder / "สำเนาบัตร.png"
    Image.new("RGB", (400, 250), "navy").save(path)
    return path


class Table:
    """One field for a scan on the table, and the clerk in front of it."""

    def __init__(self, office: Office, jobs: Jobs) -> None:
        self.clerk, self.qtbot, self.jobs = office.clerk, office.qtbot, jobs
        store = office.desk.store
        self.attach = partial(attachments.attach, store)
        content = partial(attachments.content, store)
        self.edit = FileEdit(SCAN, jobs, self.attach, content)
        self.clerk.sees(self.edit)
        self.edit.setFocus()

    def rest(self) -> None:
        self.qtbot.waitUntil(lambda: not self.jobs.is_busy())
        QApplication.processEvents()


@pytest.fixture
def table(office: Office, jobs: Jobs) -> Table:
    return Table(office, jobs)


def views(edit: FileEdit) -> list[FileView]:
    return [each for each in edit.findChildren(FileView) if each.isVisible()]


def test_a_picture_is_chosen_looked_at_and_taken_off(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = picture(tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    edit, clerk = table.edit, table.clerk
    clerk.press("Enter")
    table.rest()
    assert str(edit.value()).endswith(".png")
    assert edit.text().startswith("PNG ")

    clerk.press("Enter")
    table.rest()
    (view,) = views(edit)
    view.activateWindow()
    table.qtbot.waitUntil(lambda: QApplication.activeWindow() is view)
    shown = [label for label in view.findChildren(QLabel) if not label.pixmap().isNull()]
    before = shown[0].pixmap().width()
    clerk.press("Ctrl++")
    table.qtbot.waitUntil(lambda: shown[0].pixmap().width() > before)
    clerk.press("Ctrl+0")
    table.qtbot.waitUntil(lambda: shown[0].pixmap().width() == before)
    clerk.press("Ctrl+-")
    table.qtbot.waitUntil(lambda: shown[0].pixmap().width() < before)
    clerk.press("Esc")

    edit.activateWindow()
    edit.setFocus()
    table.qtbot.waitUntil(lambda: QApplication.focusWidget() is edit)
    clerk.press("Del")
    assert edit.value() is None
    clerk.press("Del")
    assert edit.value() is None


def test_every_page_of_a_pdf_is_shown(table: Table, tmp_path: Path) -> None:
    path = tmp_path / "สัญญา.pdf"
    path.write_bytes(printing.sample("group_registration"))
    edit, clerk = table.edit, table.clerk
    edit.set_value(table.attach(path))
    clerk.press("Space")
    table.rest()
    (view,) = views(edit)
    assert "2 หน้า" in clerk.words(view)
    clerk.press("Esc")


@pytest.mark.parametrize("content", [b"%PDF-1.7 no more", b"\x89PNG\r\n\x1a\n no more"])
def test_a_damaged_scan_is_said_in_words(table: Table, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "เสีย"
    path.write_bytes(content)
    edit, clerk = table.edit, table.clerk
    edit.set_value(table.attach(path))
    clerk.press("Enter")
    table.rest()
    box = next(each for each in edit.findChildren(QMessageBox) if each.isVisible())
    assert "ไฟล์เสียหาย" in clerk.words(box)
    box.close()


def test_a_file_dragged_onto_the_field_is_attached(table: Table, tmp_path: Path) -> None:
    edit = table.edit
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture(tmp_path)))])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering = QDragEnterEvent(edit.rect().center(), copy, data, left, none)
    QApplication.sendEvent(edit, entering)
    assert entering.isAccepted()
    middle = QPointF(edit.rect().center())
    QApplication.sendEvent(edit, QDropEvent(middle, copy, data, left, none))
    table.rest()
    assert str(edit.value()).endswith(".png")


def test_nothing_of_a_scan_lies_on_the_disk_in_the_clear(table: Table, tmp_path: Path) -> None:
    kept = io.BytesIO()
    Image.new("RGB", (300, 300), "white").save(kept, "PNG")
    path = tmp_path / "scan.png"
    path.write_bytes(kept.getvalue())
    edit, clerk = table.edit, table.clerk
    edit.set_value(table.attach(path))
    path.unlink()
    clerk.press("Enter")
    table.rest()
    assert views(edit)
    found = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert not [each for each in found if kept.getvalue()[:64] in each.read_bytes()]
    clerk.press("Esc")
