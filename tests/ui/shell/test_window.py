"""The whole window over a real desk, used by keys alone."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
)

from tests.ui.clerk import Clerk
from tests.ui.office import PASSWORD, Office


def test_a_member_is_added_to_a_group_by_name(office: Office, clerk: Clerk) -> None:
    clerk.press("Down", "Enter")
    office.rest()
    related = office.window.page._related[0]
    related._add.setFocus()
    clerk.press("Enter")
    clerk.type("อรทัย")
    office.rest()
    clerk.press("Enter")
    clerk.type("1")
    clerk.press("Ctrl+S")
    office.rest()
    assert "สมาชิก: 1" in clerk.words(office.window.page)


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_a_document_of_the_record_is_shown_before_it_is_printed(
    office: Office, clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "paper.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    clerk.press("Down")
    office.rest()
    clerk.press("Ctrl+P")
    clerk.press("1")
    office.rest()
    preview = office.dialog()
    assert "แบบขึ้นทะเบียน" in preview.windowTitle()
    clerk.press("Ctrl+S")
    office.qtbot.waitUntil(target.exists)
    office.rest()  # there is the file's name, its bytes may still be on their way
    assert target.read_bytes().startswith(b"%PDF")


LATIN_BY_RIGHT = re.compile(
    r"\(?(Ctrl|Shift|Alt|Enter|Esc|Tab|Ins|Del|PageDown|PageUp|F\d|PDF|OTOP|LINE|kanda|[A-Z])\b"
)


def test_every_word_on_every_page_is_thai(office: Office, clerk: Clerk) -> None:
    for chord in ("Alt+2", "Alt+3", "Alt+6", "Alt+8", "Alt+9", "Alt+0"):
        clerk.press(chord)
        office.rest()
    texts = [label.text() for label in office.window.findChildren(QLabel)]
    texts += [button.text() for button in office.window.findChildren(QAbstractButton)]
    texts += [action.text() for action in office.window.findChildren(QAction)]
    texts += [edit.placeholderText() for edit in office.window.findChildren(QLineEdit)]
    foreign = {text for text in texts if re.search("[A-Za-z]{2}", LATIN_BY_RIGHT.sub("", text))}
    assert foreign == set()


@pytest.mark.parametrize("scale", [1, 1.5, 2])
def test_the_window_fits_a_small_screen_at_every_scale(office: Office, scale: float) -> None:
    for chord in ("Alt+8", "Alt+9", "Alt+0", "Alt+2"):
        office.clerk.press(chord)
        office.rest()
    wanted = (round(1366 / scale), round((768 - 40) / scale))
    office.window.resize(*wanted)
    office.clerk.waits()
    assert (office.window.width(), office.window.height()) == wanted


def test_large_text_builds_the_window_anew_with_larger_letters(
    office: Office, clerk: Clerk
) -> None:
    large = next(a for a in office.window.findChildren(QAction) if "ตัวใหญ่" in a.text())
    before = office.window
    try:
        large.trigger()
        assert office.window is not before
        assert QApplication.font().pointSize() == 14
    finally:
        from app.ui.widgets import theme

        theme.apply(QApplication.instance())


HEAVY = "reportlab geothai xlsxwriter python_calamine alembic smartcard uharfbuzz"
SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from app.services.office import desk
from app.ui.shell import premises, start, window
app = QApplication([])
start.dress(app)
folder = Path(sys.argv[1])
settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
program = start.Program(folder, settings, premises.Premises(folder))
program._open(desk.open_desk(folder, user="kanda", password=sys.argv[2]))
app.processEvents()
program.close()
print(" ".join(name for name in sys.argv[3].split() if name in sys.modules))
"""


def test_the_window_is_up_before_the_heavy_libraries_are_read(folder: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder), PASSWORD, HEAVY],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == []
