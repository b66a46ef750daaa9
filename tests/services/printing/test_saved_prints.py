"""A paper that is saved as a file has gone out, like one that is printed."""

from pathlib import Path

import pytest

from app.core.errors import UserError
from app.models.printed import CONFIRMED, UNKNOWN
from app.services.office.desk import Desk
from app.services.printing import printing, prints
from tests.makers.office import group
from tests.makers.prints import look, numbers, states


def test_a_saved_file_leaves_its_trace(desk: Desk, team: str, tmp_path: Path) -> None:
    target = tmp_path / "ใบ.pdf"

    (paper,) = prints.save(desk.store, [look(desk, team)], target).prints

    assert target.read_bytes() == paper.pdf
    assert (numbers(desk, team), states(desk, team)) == ([1], [CONFIRMED])


def test_a_list_is_saved_as_one_file(desk: Desk, team: str, tmp_path: Path) -> None:
    other = group(desk, name="กลุ่มข้าวมาลี")
    target = tmp_path / "ทั้งหมด.pdf"

    prints.save(desk.store, [look(desk, team), look(desk, other)], target)

    assert printing.pages(target.read_bytes()) == 2
    assert states(desk, team) == states(desk, other) == [CONFIRMED]


def test_where_no_file_can_be_begun_no_number_is_taken(
    desk: Desk, team: str, tmp_path: Path
) -> None:
    with pytest.raises(UserError) as refused:
        prints.save(desk.store, [look(desk, team)], tmp_path / "none" / "ใบ.pdf")

    assert refused.value.code == "not_written" and "เลขที่" not in refused.value.sentence
    assert numbers(desk, team) == []


def test_a_file_that_breaks_off_spends_the_number_and_says_so(
    desk: Desk, team: str, tmp_path: Path
) -> None:
    target = tmp_path / "ใบ.pdf"
    target.mkdir()  # what is written beside it cannot take its name

    with pytest.raises(UserError) as refused:
        prints.save(desk.store, [look(desk, team)], target)

    assert refused.value.code == "not_written" and "ใช้ไปแล้ว" in refused.value.sentence
    assert (numbers(desk, team), states(desk, team)) == ([1], [UNKNOWN])


def test_a_power_cut_while_a_file_is_written_leaves_the_number_unknown(
    desk: Desk, team: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.sync import durable

    def cut(_path: Path) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(durable, "_hash", cut)
    with pytest.raises(KeyboardInterrupt):
        prints.save(desk.store, [look(desk, team)], tmp_path / "ใบ.pdf")

    assert states(desk, team) == [UNKNOWN]
