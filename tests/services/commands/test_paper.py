"""The commands of paper: what is written has a number, and the diary is read from there, too."""

from pathlib import Path

import pytest

from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.printing.printing import draw
from app.services.printing.prints import request
from app.services.records import records
from tests.makers.machines import Machine
from tests.makers.office import borrowing_group, group, loan
from tests.makers.papers import code_on, text_of
from tests.services.conftest import PASSWORD


@pytest.fixture
def team(desk: Desk) -> str:
    made = group(desk)
    desk.close()
    return made


@pytest.fixture
def pc(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machine:
    return Machine(tmp_path, capsys)


def test_a_paper_in_a_file_has_a_number_and_the_diary_says_it_came_out(
    team: str, pc: Machine, tmp_path: Path
) -> None:
    out = tmp_path / "ใบ.pdf"

    copies = [pc.run("print", "member_list", team, "--out", str(out))[0] for _time in range(2)]

    assert [each["copy"] for each in copies] == [1, 2]
    assert copies[1] == {"file": str(out), "copy": 2, "bytes": out.stat().st_size}
    assert "พิมพ์ซ้ำครั้งที่ 1" in text_of(out.read_bytes())
    listed = pc.run("prints", team)
    assert [(each["copy"], each["again"], each["state"]) for each in listed] == [
        (2, 1, "confirmed"), (1, 0, "confirmed")
    ]  # fmt: skip
    assert set(listed[0]) == {
        "no", "form", "record", "copy", "again", "state", "at", "by", "kept"
    }  # fmt: skip
    (verdict,) = pc.run("verify-paper", code_on(out.read_bytes()))
    assert "2" in str(verdict["verdict"]) and "ยืนยันว่าออกมาครบ" in str(verdict["verdict"])


def test_thai_digits_leave_the_code_of_the_desk_as_it_is(
    team: str, pc: Machine, tmp_path: Path
) -> None:
    out = tmp_path / "ใบ.pdf"
    pc.run("print", "member_list", team, "--out", str(out), "--thai-digits")

    assert "ฉบับพิมพ์ที่ ๑ · เครื่อง A-" in text_of(out.read_bytes())


def test_a_blank_takes_no_number(team: str, pc: Machine, tmp_path: Path) -> None:
    out = tmp_path / "แบบเปล่า.pdf"
    pc.run("print", "member_list", team, "--out", str(out), "--blank")

    assert "ฉบับพิมพ์ที่" not in text_of(out.read_bytes())
    assert "ตัวอย่าง" not in text_of(out.read_bytes())
    assert pc.run("prints", team) == []


def test_a_copy_from_history_is_written_and_takes_no_number(
    team: str, pc: Machine, tmp_path: Path
) -> None:
    out, copy = tmp_path / "ใบ.pdf", tmp_path / "สำเนา.pdf"
    pc.run("print", "member_list", team, "--out", str(out))
    (paper,) = pc.run("prints", team)

    (done,) = pc.run("print-copy", str(paper["no"]), "--out", str(copy))

    assert done == {"file": str(copy), "bytes": copy.stat().st_size}
    assert "สำเนาประวัติ" in text_of(copy.read_bytes())
    assert code_on(copy.read_bytes()) == code_on(out.read_bytes())
    assert len(pc.run("prints", team)) == 1
    pc.run("print-copy", "99", "--out", str(copy), code=2)


def test_where_the_file_cannot_be_written_nothing_is_printed(
    team: str, pc: Machine, tmp_path: Path
) -> None:
    pc.run("print", "member_list", team, "--out", str(tmp_path / "none" / "ใบ.pdf"), code=2)

    assert "ไม่มีโฟลเดอร์" in pc.errors and pc.run("prints", team) == []


def test_a_preview_and_a_paper_of_another_desk_are_refused(
    team: str, pc: Machine, tmp_path: Path
) -> None:
    desk = desks.open_desk(tmp_path / "desk", user="กานดา", password=PASSWORD)
    preview = draw(desk.store, "member_list", team)
    (paper,) = request(desk.store, [preview]).prints
    desk.close()
    other, _recovery = desks.create(
        tmp_path / "other", office="42", user="กานดา", password=PASSWORD
    )
    other.close()

    pc.run("verify-paper", code_on(preview.pdf), code=2)
    assert "ตัวอย่างก่อนพิมพ์" in pc.errors
    pc.run("verify-paper", code_on(paper.pdf), code=2, data="other")


def test_blanks_of_all_records_take_no_numbers(team: str, pc: Machine, tmp_path: Path) -> None:
    out = tmp_path / "แบบเปล่า.pdf"

    (done,) = pc.run("print", "member_list", "all", "--out", str(out), "--blank")

    assert done == {"file": str(out), "printed": 1, "left_out": 0}
    assert "ฉบับพิมพ์ที่" not in text_of(out.read_bytes())
    assert "กลุ่มดอกไม้จันทน์ย่านซื่อ" not in text_of(out.read_bytes())
    assert pc.run("prints", team) == []


def test_all_records_are_printed_in_the_digits_asked_for(
    team: str, pc: Machine, tmp_path: Path
) -> None:
    out = tmp_path / "ใบ.pdf"

    pc.run("print", "member_list", "all", "--out", str(out), "--thai-digits")

    assert "ฉบับพิมพ์ที่ ๑ · เครื่อง A-" in text_of(out.read_bytes())
    assert [each["copy"] for each in pc.run("prints", team)] == [1]


def test_a_record_that_is_left_out_of_all_is_named(desk: Desk, pc: Machine, tmp_path: Path) -> None:
    borrower = borrowing_group(desk)
    records.save(desk.store, "loan_file", loan(borrower, submitted_on=""))  # no lines yet
    desk.close()
    out = tmp_path / "แผน.pdf"

    named, done = pc.run("print", "loan_budget_plan", "all", "--out", str(out), code=1)

    assert set(named) == {"title", "reason"} and "จำนวนที่ขอกู้คือ" in str(named["reason"])
    assert done == {"file": "", "printed": 0, "left_out": 1} and not out.exists()
