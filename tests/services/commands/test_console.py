"""The streams of a command: UTF-8 on every console, silent where nobody reads any more."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import main

ROOT = Path(__file__).parents[3]
APP = [sys.executable, "-m", "app"]
CONSOLES = [
    {"PYTHONIOENCODING": "cp874"},
    {"PYTHONIOENCODING": "cp437"},
    {"PYTHONIOENCODING": "ascii:strict"},
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
]


def run(*words: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*APP, *words], cwd=ROOT, capture_output=True, check=False, **more)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("console", CONSOLES, ids=lambda each: " ".join(each.values()))
def test_every_console_is_given_utf_8(console: dict[str, str]) -> None:
    env = {**os.environ, **console}
    version, unknown = run("--version", env=env), run("imprt", env=env)
    assert (version.returncode, version.stderr) == (0, b"")
    assert "ฐานข้อมูลรุ่น" in version.stdout.decode("utf-8")
    assert (unknown.returncode, unknown.stdout) == (2, b"")
    assert "ไม่มีคำสั่ง imprt" in unknown.stderr.decode("utf-8")


def test_a_list_for_programs_is_utf_8_on_a_thai_windows_too() -> None:
    ran = run("forms", "--json", env={**os.environ, "PYTHONIOENCODING": "cp874"})
    assert ran.returncode == 0 and "ใบ" in ran.stdout.decode("utf-8")


@pytest.mark.parametrize("words", [("--help",), ("forms",), ("forms", "--json")])
def test_a_reader_that_goes_is_met_with_silence(words: tuple[str, ...]) -> None:
    with subprocess.Popen(
        [*APP, *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (141, b"")


def test_where_nobody_reads_what_is_refused_the_code_still_tells_it() -> None:
    with subprocess.Popen(
        [*APP, "imprt"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        process.stderr.close()
        assert process.stdout.read() == b""
    assert process.returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is full")
def test_a_full_disk_behind_the_output_is_a_sentence() -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [*APP, "--help"], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert ran.returncode == 2
    assert ran.stderr.decode().startswith("เขียนผลของคำสั่งไม่ได้") and ran.stderr.count(b"\n") == 1


def test_ctrl_c_is_a_sentence_and_130(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def pressed(_prompt: str) -> str:
        signal.raise_signal(signal.SIGINT)
        raise AssertionError

    monkeypatch.setattr("getpass.getpass", pressed)  # the clerk is asked, and presses Ctrl+C
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored when started by &
    try:
        assert main(["verify", "--data", str(tmp_path)]) == 130
    finally:
        signal.signal(signal.SIGINT, before)
    assert capsys.readouterr() == ("", "หยุดแล้ว สิ่งที่ทำเสร็จไปก่อนหน้านี้ยังคงอยู่\n")


def test_a_password_that_nobody_can_be_asked_for_is_a_sentence(tmp_path: Path) -> None:
    ran = run("verify", "--data", str(tmp_path), stdin=subprocess.DEVNULL, start_new_session=True)
    assert (ran.returncode, ran.stdout) == (2, b"")
    said = ran.stderr.decode()
    assert "--password-file" in said and said.count("\n") == 1
