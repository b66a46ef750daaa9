"""The watch over every test: what a test leaves behind fails it, by name."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]

LEAVES = {
    "a_window": "window: QDialog ลืมปิด",
    "a_window_shown": "window: QDialog (shown)",
    "a_child_of_the_application": "child of the application: Listener",
    "an_event_filter": "event filter of the application: Listener",
    "a_listener": "listeners to focusChanged(QWidget*,QWidget*): 1 became 2",
    "a_listener_to_the_clipboard": "listeners to the clipboard: 1 became 2",
    "a_style_sheet": "style sheet: '' became 'QLabel {}'",
    "a_font": "font: ",
    "a_palette": "palette: ",
    "a_cursor": "cursor: None became ",
    "a_copied_word": "clipboard: '' became 'ตัวอย่าง'",
    "a_name": "name: ",
    "a_setting_of_the_user": "in XDG_CONFIG_HOME: ตัวอย่าง.conf",
    "a_thread": "thread: ลืมรอ",
    "a_pool": "thread: ลืมปิด_0",
    "a_thread_of_qt": "thread of the system: QThread",
    "a_process": "process: sleep 60",
    "a_process_that_ended": "process: ",
    "an_open_file": "open file: ",
    "an_open_desk": "/tambon.db",
    "an_open_centre": "/centre.db",
    "a_temporary_file": "in the temporary folder: otg-ลืมลบ",
    "a_mark": "in XDG_STATE_HOME: ตัวอย่าง.json",
    "a_variable": "environment: TAMBON_EXAMPLE: None became '1'",
    "a_variable_less": "environment: LC_EXAMPLE: 'C' became None",
    "a_working_folder": "working folder: ",
    "a_locale": "locale: ",
    "a_mask": "umask: ",
    "a_signal": "signal SIGUSR1: ",
    "a_hook": "sys.excepthook: ",
    "a_hook_of_threads": "threading.excepthook: ",
    "a_log": "log handlers: ",
    "a_log_level": "log levels: ",
    "a_path": "sys.path: ",
    "a_collector": "collector: ",
    "a_limit": "limits of the process: ",
}

_TESTS = """
import gc, locale, logging, os, pathlib, resource, signal, subprocess, sys, tempfile, threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QObject, QThread, Qt
from PySide6.QtGui import QCursor, QPalette
from PySide6.QtWidgets import QApplication, QDialog

from app.models.office import vault
from app.services import central
from app.services.office import desk as desks

KEPT = []


class Listener(QObject):
    def heard(self, *_more):
        pass


def kept(each):
    KEPT.append(each)
    return each


def leave_a_window(app, folder):
    kept(QDialog()).setObjectName("ลืมปิด")


def leave_a_window_shown(app, folder):
    kept(QDialog()).show()


def leave_a_child_of_the_application(app, folder):
    Listener(app)


def leave_an_event_filter(app, folder):
    app.installEventFilter(kept(Listener()))


def leave_a_listener(app, folder):
    app.focusChanged.connect(kept(Listener()).heard)


def leave_a_listener_to_the_clipboard(app, folder):
    app.clipboard().dataChanged.connect(kept(Listener()).heard)


def leave_a_style_sheet(app, folder):
    app.setStyleSheet("QLabel {}")


def leave_a_font(app, folder):
    font = app.font()
    font.setPointSize(31)
    app.setFont(font)


def leave_a_palette(app, folder):
    app.setPalette(QPalette(Qt.GlobalColor.red))


def leave_a_cursor(app, folder):
    app.setOverrideCursor(QCursor(Qt.CursorShape.WaitCursor))


def leave_a_copied_word(app, folder):
    app.clipboard().setText("ตัวอย่าง")


def leave_a_name(app, folder):
    app.setApplicationName("ตัวอย่าง")


def leave_a_setting_of_the_user(app, folder):
    pathlib.Path(os.environ["XDG_CONFIG_HOME"], "ตัวอย่าง.conf").touch()


def leave_a_thread(app, folder):
    threading.Thread(target=threading.Event().wait, name="ลืมรอ", daemon=True).start()


def leave_a_pool(app, folder):
    kept(ThreadPoolExecutor(1, "ลืมปิด")).submit(len, "").result()


def leave_a_thread_of_qt(app, folder):
    kept(QThread(app)).start()


def leave_a_process(app, folder):
    kept(subprocess.Popen(["sleep", "60"]))


def leave_a_process_that_ended(app, folder):
    kept(subprocess.Popen(["true"], stdout=subprocess.PIPE)).stdout.read()


def leave_an_open_file(app, folder):
    kept((folder / "it").open("w"))


def leave_an_open_desk(app, folder):
    kept(desks.create(folder, office="15", user="kanda", password="แปดตัวอักษร", cost=vault.STRONG))


def leave_an_open_centre(app, folder):
    kept(central.open_centre(f"sqlite:///{folder / 'centre.db'}", folder))


def leave_a_temporary_file(app, folder):
    tempfile.mkdtemp(prefix="otg-ลืมลบ")


def leave_a_mark(app, folder):
    pathlib.Path(os.environ["XDG_STATE_HOME"], "ตัวอย่าง.json").touch()


def leave_a_variable(app, folder):
    os.environ["TAMBON_EXAMPLE"] = "1"


def leave_a_variable_less(app, folder):
    del os.environ["LC_EXAMPLE"]


def leave_a_working_folder(app, folder):
    os.chdir(folder)


def leave_a_locale(app, folder):
    was = locale.setlocale(locale.LC_ALL)
    locale.setlocale(locale.LC_ALL, "C" if was != "C" else "C.UTF-8")


def leave_a_mask(app, folder):
    os.umask(os.umask(0) ^ 0o11)


def leave_a_signal(app, folder):
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)


def leave_a_hook(app, folder):
    sys.excepthook = print


def leave_a_hook_of_threads(app, folder):
    threading.excepthook = print


def leave_a_log(app, folder):
    logging.getLogger("tambondesk").addHandler(logging.NullHandler())


def leave_a_log_level(app, folder):
    logging.getLogger().setLevel(logging.CRITICAL)


def leave_a_path(app, folder):
    sys.path.append("/ตัวอย่าง")


def leave_a_collector(app, folder):
    gc.set_threshold(1, 2, 3)


def leave_a_limit(app, folder):
    most, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most - 1, hard))


def leave_nothing(app, folder):
    window = QDialog()
    window.show()
    window.deleteLater()
    with ThreadPoolExecutor(1) as pool, (folder / "it").open("w"), tempfile.TemporaryDirectory():
        assert pool.submit(len, "").result() == 0
    assert subprocess.run(["true"]).returncode == 0


@pytest.mark.parametrize("leave", [each for name, each in globals().items() if "leave_" in name])
def test_it(leave, qapp, tmp_path, request):
    leave(qapp, tmp_path)
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Run tests each of which leaves one thing, under our own conftest; gives what each is told."""
    folder = tmp_path_factory.mktemp("leaving")
    (folder / "test_leaving.py").write_text(_TESTS, encoding="utf-8")
    (folder / "conftest.py").write_text(
        "from tests.conftest import *\nfrom tests.ui.conftest import *\n"
        "from tests.ui.conftest import _desk\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "no:xdist", "-p", "no:cacheprovider", "-rN"),
            *("--override-ini=addopts=--import-mode=importlib", f"--rootdir={folder}"),
            *(f"--config-file={_ROOT / 'pyproject.toml'}", str(folder)),
        ],
        cwd=folder,
        env=os.environ | {"LC_EXAMPLE": "C", "PYTHONPATH": str(_ROOT), "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    told: dict[str, list[str]] = {}
    for line in done.stdout.splitlines():
        if found := re.match(r"test_leaving.py::test_it\[leave_(\w+)\] left over:", line):
            whose = told.setdefault(found[1], [])
        elif line.startswith("  ") and told:
            whose.append(line.strip())
    assert f" {len(LEAVES) + 1} passed" in done.stdout, done.stdout + done.stderr
    return told


def test_what_each_leaves_is_named_and_nothing_else(said: dict[str, list[str]]) -> None:
    wrong = {
        kind: said.get(kind, [])
        for kind, sentence in LEAVES.items()
        if not any(sentence in each for each in said.get(kind, []))
    }
    assert wrong == {}
    assert "nothing" not in said
