"""What a command prints for people: in their language and in columns; JSON is for programs."""

from pathlib import Path

import pytest

from app.cli import centre_words, exchange, main
from app.cli.columns import width
from app.core import i18n
from app.services.central.intake.inbox import COPYING
from app.services.central.intake.ingest import DUPLICATE, FAULT, QUARANTINED
from app.services.office.desk import Desk
from app.services.records.verdicts import ACCEPTED, FORK, HELD, REJECTED
from app.sync.trust import Status
from tests.makers.command_lines import english
from tests.makers.office import group
from tests.services.conftest import PASSWORD


class Reader:
    """Someone who reads in a terminal what the commands of one PC print."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        (folder / "password.txt").write_text(PASSWORD, encoding="utf-8")

    def sees(self, *words: str, code: int = 0) -> list[str]:
        common = ["--data", str(self.folder / "desk")]
        common += ["--password-file", str(self.folder / "password.txt")]
        assert main([*words, *common]) == code
        printed = self.capsys.readouterr()
        assert printed.err == ""
        return printed.out.splitlines()


@pytest.fixture
def reader(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Reader:
    for name in ("กลุ่มน้ำพริก", "กลุ่มผู้สูงอายุบ้านดอนกุ่ม"):
        group(desk, name)
    desk.close()
    return Reader(tmp_path, capsys)


@pytest.fixture
def centre(reader: Reader) -> list[str]:
    where = ["--db", str(reader.folder / "centre.db")]
    out = str(reader.folder)
    reader.sees("central", "init", *where)
    reader.sees("key", "request", "--out", out)
    (request,) = reader.folder.glob("*request*")
    reader.sees("central", "enrol", str(request), *where)
    return where


def begins(line: str, text: str) -> int:
    """Return the place on the screen where a text begins."""
    return width(line[: line.index(text)])


def test_forms_stand_in_columns(reader: Reader) -> None:
    lines = reader.sees("forms")
    assert len({begins(line, line.split()[1]) for line in lines}) == 1
    assert len({begins(line, line.split()[2]) for line in lines}) == 1


def test_what_is_found_stands_in_columns_and_can_be_shown(reader: Reader) -> None:
    lines = reader.sees("find", "กลุ่ม")
    assert len(lines) == 2 and len({begins(line, " group ") for line in lines}) == 1
    for line in lines:
        type_, id_ = line.split()[-2:]
        shown = reader.sees("show", type_, id_)
        assert any("กลุ่ม" in each for each in shown)


def test_papers_are_listed_in_columns(reader: Reader) -> None:
    id_ = reader.sees("find", "น้ำพริก")[0].split()[-1]
    for _time in range(2):
        reader.sees("print", "P2", id_, "--out", str(reader.folder / "p.pdf"))
    lines = reader.sees("prints", id_)
    assert len(lines) == 2 and len({begins(line, "ฉบับที่") for line in lines}) == 1


def test_the_centre_says_in_words_how_all_stands(reader: Reader, centre: list[str]) -> None:
    status = reader.sees("central", "status", *centre)
    assert english("\n".join(line for line in status if "ค่าสรุป" not in line)) == ""
    keys = reader.sees("central", "keys", *centre)
    assert len(keys) >= 2 and all("ใช้งานอยู่" in line for line in keys)
    assert len({begins(line, "ใช้งานอยู่") for line in keys}) == 1


def test_every_code_of_the_centre_has_a_word() -> None:
    codes = {ACCEPTED, HELD, REJECTED, FORK, DUPLICATE, QUARANTINED, FAULT, COPYING}
    assert codes | {"refused", "incomplete"} == set(centre_words.FILE_STATES)
    assert {each.value for each in Status} == set(centre_words.KEY_STATES)
    assert set(exchange._FINDINGS) == {"returned", "held", "warning"}
    for words in (centre_words.FILE_STATES, centre_words.KEY_STATES, exchange._FINDINGS):
        for code, word in words.items():
            assert centre_words.worded(words, code) == i18n._(word) != word
    assert centre_words.worded({}, "new") == "new"


def test_a_report_stands_in_columns_without_tabs(reader: Reader) -> None:
    lines = reader.sees("report", "R1", "--year", "2568")
    assert len(lines) > 3 and not any("\t" in line for line in lines)


def test_a_day_is_typed_as_in_the_window(reader: Reader) -> None:
    by_hand = reader.sees("report", "R1", "--year", "2568", "--as-of", "31/8/2568")
    assert by_hand == reader.sees("report", "R1", "--year", "2568", "--as-of", "2025-08-31")
