"""Every path that the clerk names in a dialog, with every kind of bad path: a box that names it.

The purposes of the one door are walked: one that is new tomorrow is tried as well, or fails here.
"""

import ast
import errno
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QWidget
from shiboken6 import delete

import app
from app.core import named, period
from app.core.errors import UserError
from app.services import exchange
from app.services.figures import Scope
from app.services.printing import printing
from app.ui.exchange import centre_files
from app.ui.exchange.export_dialog import ExportDialog
from app.ui.exchange.outbox_page import OutboxPage
from app.ui.fields import file_edit
from app.ui.frame import asking, messages
from app.ui.paper.outgoing_papers import Unnumbered
from app.ui.paper.paper_preview import PaperPreview, Printout
from app.ui.paper.report_dialog import ReportDialog
from app.ui.shell import tasks
from app.ui.shell.ways_back_page import WaysBack
from tests.ui.clerk import Clerk
from tests.ui.office import PASSWORD, Office

Errand = Callable[[Office], object]


def send(office: Office) -> QWidget:
    office.window.export()
    office.rest()
    dialog = office.dialog(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    dialog._where.folder.clear()
    dialog._go(2)
    dialog._where.browse.click()
    if dialog._where.folder.text():
        dialog._next.click()
    return dialog


def send_again(office: Office) -> None:
    office.window.bring("outbox")
    office.rest()
    page = office.window.front
    assert isinstance(page, OutboxPage)
    page._send_again()


def save_pdf(office: Office) -> QWidget:
    pdf = printing.sample("group_registration")
    shown = PaperPreview(
        Printout(pdf, "ข้อมูลตัวอย่าง", "a.pdf"),
        office.program._jobs,
        Unnumbered(pdf),
        parent=office.window,
    )
    shown.open()
    shown.save_pdf()
    return shown


def save_sheet(office: Office) -> QWidget:
    scope = Scope(period.fiscal_year(2568))
    dialog = ReportDialog(office.desk, office.program._jobs, scope, office.window)
    dialog.open()
    dialog.save()
    return dialog


def ways_back(ask: str, office: Office) -> QWidget:
    error = UserError("ข้อมูลตัวอย่าง", code="damaged")
    ways = WaysBack(office.desk.store.folder, office.program._jobs, error, ("kanda", PASSWORD))
    ways.show()
    getattr(ways, ask)()
    return ways


ERRANDS: dict[str, Errand] = {
    "BACKUP": lambda office: tasks.back_up(office.window, office.desk, office.program._jobs),
    "KEY_REQUEST": lambda office: tasks.request_key(
        office.window, office.desk, office.program._jobs
    ),
    "SENDING": send,
    "SENDING_AGAIN": send_again,
    "OF_THE_CENTRE": lambda office: office.window.choose_file(),
    "RESTORING": partial(ways_back, "_ask_for_the_backup"),
    "REBUILDING": partial(ways_back, "_ask_for_the_file"),
    "SCAN": lambda office: file_edit.choose_file(office.window),
    "PDF": save_pdf,
    "SHEET": save_sheet,
    "LOG": lambda office: messages.save_report(office.window),
}
WRITTEN = [
    name for name, each in asking.purposes().items() if each.must_be is not named.file_to_read
]


def boxes() -> list[QMessageBox]:
    found = (box for top in QApplication.topLevelWidgets() for box in top.findChildren(QMessageBox))
    alone = (top for top in QApplication.topLevelWidgets() if isinstance(top, QMessageBox))
    return [box for box in {*found, *alone} if box.isVisible()]


def choose(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_all: (path, ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_all: path)


def bad_paths(purpose: asking.Purpose, folder: Path) -> dict[str, str]:
    """Give what is bad for a purpose, by what it is; the ending is the one it has anyway."""
    end = purpose.ending
    (folder / "file").touch()
    (folder / f"folder{end}").mkdir()
    (folder / f"link{end}").symlink_to(folder / "nowhere")
    os.mkfifo(folder / f"pipe{end}")
    found = {
        "nul": f"{folder}/a\0b{end}",
        "too long": str(folder / ("ก" * 200)) + end,
        "no letter": f"{folder}/\udcff{end}",
        "broken link": str(folder / f"link{end}"),
        "pipe": str(folder / f"pipe{end}"),
        "below a file": str(folder / "file" / f"below{end}"),
        "a stick that was pulled out": str(folder / "stick" / f"below{end}"),
    }
    if purpose.must_be is named.folder_to_fill:
        found |= {
            "gone": str(folder / "gone"),
            "a file": str(folder / "file"),
            "device": "/dev/null",
            "may not be written": "/proc",
        }
    else:
        found["a folder"] = str(folder / f"folder{end}")
    if purpose.must_be is named.file_to_read:
        found |= {"gone": str(folder / "gone"), "device": "/dev/null"}
    if purpose.must_be is named.file_to_write:
        found["may not be written"] = f"/proc/new{end}"
    return found


def tree(folder: Path) -> list[str]:
    return sorted(str(path) for path in folder.rglob("*"))


@pytest.fixture
def ready(trusted: Office, request: pytest.FixtureRequest) -> Office:
    """An office whose page of files has one, where that is asked for."""
    if request.node.callspec.params.get("name") == "SENDING_AGAIN":
        exchange.export(trusted.desk.store, trusted.desk.store.folder.parent)
    return trusted


@pytest.mark.parametrize("name", asking.purposes())
def test_a_bad_path_is_a_box_that_names_it_and_the_window_goes_on(
    name: str, ready: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "named"
    folder.mkdir()
    bad = bad_paths(asking.purposes()[name], folder)
    before = tree(folder)
    for what, path in bad.items():
        choose(monkeypatch, path)
        opened = ERRANDS[name](ready)
        ready.rest()
        shown = boxes()
        assert len(shown) == 1, what
        said = ready.clerk.words(shown[0])
        seen = named.shown(Path(path))
        assert seen in said, (what, said)
        assert any("ก" <= letter <= "๛" for letter in said.replace(seen, "")), said
        shown[0].close()
        if isinstance(opened, QWidget):
            opened.close()
            opened.deleteLater()
        ready.rest()
    assert tree(folder) == before
    assert ready.window.isVisible()


@pytest.mark.parametrize("name", WRITTEN)
def test_a_disk_that_fills_up_is_said_with_the_path_and_leaves_nothing_half(
    name: str, ready: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    purpose = asking.purposes()[name]
    target = folder / f"new{purpose.ending}" if purpose.ending else folder
    if purpose.ending:
        target.write_text("ฉบับก่อน", encoding="utf-8")
    before = tree(folder)
    choose(monkeypatch, str(target))
    really = os.fsync

    def full(file: int) -> None:
        """Whoever writes a file that was named makes sure of it before it has its name."""
        if str(folder) in str(Path(f"/proc/self/fd/{file}").readlink()):
            raise OSError(errno.ENOSPC, "full")
        really(file)

    monkeypatch.setattr(os, "fsync", full)

    opened = ERRANDS[name](ready)
    ready.rest()

    words = [*boxes(), *([opened] if isinstance(opened, QWidget) else [])]
    said = " ".join(ready.clerk.words(each) for each in words)
    assert str(folder) in said
    assert "ขัดข้อง" not in said
    assert tree(folder) == before
    assert not purpose.ending or target.read_text("utf-8") == "ฉบับก่อน"
    for each in words:
        each.close()


def test_each_purpose_has_its_errand_here() -> None:
    assert set(ERRANDS) == set(asking.purposes())


def test_no_dialog_for_a_path_is_opened_but_by_the_one_door() -> None:
    root = Path(app.__file__).parent
    users = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.Name) and node.id == "QFileDialog")
        or (isinstance(node, ast.Attribute) and node.attr == "QFileDialog")
    }
    assert users == {"ui/frame/asking.py"}


def test_a_name_without_the_ending_gets_it(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for typed, path in (("ร.1.5", "ร.1.5.pdf"), ("a.PDF", "a.PDF"), ("", None)):
        choose(monkeypatch, str(tmp_path / typed) if typed else "")
        found = asking.ask(asking.PDF, office.window)
        assert found == (path and tmp_path / path)


def answered(office: Office, keys: list[str]) -> tuple[Path | None, list[str]]:
    """Name a file for a PDF and answer the box that comes; give the path, and what was asked."""
    asked: list[str] = []

    def press() -> None:
        for box in boxes():
            asked.append(office.clerk.words(box))
            office.clerk.press(*keys)

    QTimer.singleShot(0, press)
    found = asking.ask(asking.PDF, office.window)
    office.clerk.waits()
    return found, asked


@pytest.mark.parametrize(
    ("answer", "is_taken"), [("Enter", False), ("Esc", False), ("Tab Space", True)]
)
def test_a_file_that_the_ending_makes_the_same_is_replaced_only_after_a_question(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, is_taken: bool
) -> None:
    (tmp_path / "ร.1.5.pdf").touch()
    choose(monkeypatch, str(tmp_path / "ร.1.5"))
    found, asked = answered(office, answer.split())
    assert len(asked) == 1 and "ร.1.5.pdf" in asked[0] and "แทนที่" in asked[0]
    assert found == (tmp_path / "ร.1.5.pdf" if is_taken else None)


def test_a_file_that_was_named_whole_was_asked_about_by_the_dialog(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").touch()
    choose(monkeypatch, str(tmp_path / "a.pdf"))
    assert answered(office, ["Esc"]) == (tmp_path / "a.pdf", [])


@pytest.mark.parametrize("typed", ["gone", "a\0b", "file"])
def test_a_folder_that_is_typed_is_looked_at_as_one_that_is_chosen(
    trusted: Office, tmp_path: Path, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    choose(monkeypatch, "")
    dialog = send(trusted)
    assert isinstance(dialog, ExportDialog)
    dialog._where.folder.setText(str(tmp_path / typed))
    dialog._next.click()
    trusted.rest()
    assert boxes() == []
    assert named.shown(Path(dialog._where.folder.text())) in trusted.clerk.words(dialog)
    assert not (tmp_path / "gone").exists()
    dialog.close()


def test_a_dragged_file_that_is_gone_by_then_is_said(trusted: Office, tmp_path: Path) -> None:
    centre_files.take(
        trusted.window,
        trusted.desk,
        trusted.program._jobs,
        [tmp_path / "gone.part"],
        taken=lambda: None,
    )
    trusted.rest()
    (box,) = boxes()
    assert "gone.part" in trusted.clerk.words(box)
    box.close()


def test_enter_in_the_name_of_a_file_saves_it(clerk: Clerk, tmp_path: Path) -> None:
    front = QWidget()
    clerk.sees(front)
    dialog = QFileDialog(front, "", str(tmp_path))  # where the system has none of its own
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.open()
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    assert name is not None
    name.setFocus()
    clerk.type("ใบ.pdf")
    clerk.press("Enter")
    assert not dialog.isVisible()
    assert dialog.selectedFiles() == [str(tmp_path / "ใบ.pdf")]
    delete(dialog)
    Path(os.environ["XDG_CONFIG_HOME"], "QtProject.conf").unlink()  # Qt's note of the folder
