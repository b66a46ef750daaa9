"""The log tells where a fault was and nothing about whom."""

import os
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core import log


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    log.start(tmp_path / "log")
    yield tmp_path / "log"
    log.stop()


def written(folder: Path) -> str:
    return (folder / "tambondesk.log").read_text(encoding="utf-8")


def raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


class Wrapped(Exception):
    """An error that carries the database's own, as SQLAlchemy's do."""

    def __init__(self, orig: Exception) -> None:
        super().__init__("INSERT INTO person VALUES ('สมชาย')")
        self.orig = orig


def test_a_fault_is_noted_with_its_place_and_without_its_words(folder: Path) -> None:
    number = log.fault(raised(ValueError("Somchai 0812345678")))
    assert f"fault {number} ValueError" in written(folder)
    assert "test_log.py" in written(folder)
    assert "Somchai" not in written(folder)


def test_the_same_fault_has_the_same_number() -> None:
    errors = [raised(ValueError(word)) for word in ("ก", "ข")]
    assert log.fault(errors[0]) == log.fault(errors[1])


def test_what_python_and_the_system_say_themselves_is_kept(folder: Path) -> None:
    log.fault(raised(AttributeError("'Form' object has no attribute 'ชื่อ'")))
    log.fault(raised(OSError(28, "No space left on device", "/home/somchai")))
    log.fault(raised(OSError("somchai")))
    assert "'Form' object has no attribute '*'" in written(folder)
    assert "No space left on device" in written(folder)
    assert "somchai" not in written(folder)


def test_of_a_database_error_only_its_name_is_kept(folder: Path) -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError) as caught:
        connection.execute("SELECT * FROM สมชาย")
    log.fault(raised(Wrapped(caught.value)))
    connection.close()
    assert "Wrapped SQLITE_ERROR" in written(folder)
    assert "สมชาย" not in written(folder)


def test_a_note_is_blotted(folder: Path) -> None:
    log.note("opened นายสมชาย 9-1017-00230-70-8 in 12 ms")
    assert "opened * * in 12 ms" in written(folder)


def test_the_report_holds_the_log_and_the_versions(folder: Path, tmp_path: Path) -> None:
    log.note("opened")
    log.report(tmp_path / "report.zip")
    with zipfile.ZipFile(tmp_path / "report.zip") as archive:
        assert {"versions.txt", "tambondesk.log", "tambondesk.log.crash"} == set(archive.namelist())
        assert b"tambondesk=" in archive.read("versions.txt")


def test_without_a_log_the_report_still_names_the_versions(tmp_path: Path) -> None:
    log.stop()
    log.note("dropped")
    log.report(tmp_path / "report.zip")
    with zipfile.ZipFile(tmp_path / "report.zip") as archive:
        assert archive.namelist() == ["versions.txt"]


def test_a_log_at_need_is_begun_by_the_first_fault_and_leaves_no_trace_without_one(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with log.at_need(tmp_path / "log"):
        pass
    log.fault(raised(ValueError("ก")))
    assert not (tmp_path / "log").exists()

    with log.at_need(tmp_path / "log"):
        log.fault(raised(ValueError("ก")))
        log.fault(raised(ValueError("ข")))

    assert written(tmp_path / "log").count("fault") == 2
    assert capfd.readouterr().err == ""


def test_a_log_that_has_begun_goes_on_after_a_command(folder: Path, tmp_path: Path) -> None:
    with log.at_need(tmp_path / "other"):
        log.fault(raised(ValueError("ก")))
    log.fault(raised(ValueError("ข")))

    assert written(folder).count("fault") == 2 and not (tmp_path / "other").exists()


def test_a_log_that_cannot_be_begun_hides_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with log.at_need(tmp_path / "file" / "log"):
        assert log.fault(raised(ValueError("ก")))


def test_a_report_that_cannot_be_written_whole_leaves_the_former_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report.zip"
    target.write_bytes(b"former")

    def full(_file: int) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="full"):
        log.report(target)
    assert target.read_bytes() == b"former" and list(tmp_path.iterdir()) == [target]
