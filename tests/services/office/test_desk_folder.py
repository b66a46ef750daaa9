"""Each way in which the files of a desk are damaged has its own sentence; no more is lost."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.models.office import desk_folder, remains
from app.models.office.store import DRAFTS, MAIN
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.office.missing_saves import Missing
from app.services.records.verify import state_digest
from tests.makers.computers import at, closed
from tests.makers.machines import without_rights
from tests.makers.office import person
from tests.services.conftest import PASSWORD, WEAK

WAL = f"{MAIN}-wal"


@pytest.fixture
def live(computer: Callable[[str], None], desk: Desk, tmp_path: Path) -> Path:
    """A desk as it lies on the disk after a power cut: three entries safe, six in the log."""
    folder = closed(desk)
    with at(folder) as opened:
        for number in range(6):
            person(opened, number)
        shutil.copytree(folder, tmp_path / "live")
    shutil.rmtree(folder)
    return (tmp_path / "live").rename(folder)


def refusal(folder: Path) -> UserError:
    with pytest.raises(UserError) as refused:
        desks.open_desk(folder, user="กานดา", password=PASSWORD)
    return refused.value


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob(f"{MAIN}*")}


def test_an_empty_database_is_not_opened_and_its_log_stays(live: Path) -> None:
    (live / MAIN).write_bytes(b"")
    before = content(live)
    error = refusal(live)
    assert error.code == "database_empty" and "ว่างเปล่า" in error.sentence
    assert "8 รายการ" in error.sentence  # what the profile noted of it
    assert content(live) == before


def test_a_database_that_is_gone_is_not_called_a_first_day(live: Path) -> None:
    (live / MAIN).unlink()
    error = refusal(live)
    assert error.code == "database_gone" and str(live) in error.sentence
    assert "8 รายการ" in error.sentence
    for path in remains.left_in(live):
        path.unlink()
    assert refusal(live).code == "no_database"


@pytest.mark.parametrize("size", [100, 5000, 100_000])
def test_a_database_that_was_cut_is_damaged(live: Path, size: int) -> None:
    (live / MAIN).write_bytes((live / MAIN).read_bytes()[:size])
    before = (live / MAIN).read_bytes()
    assert refusal(live).code == "damaged"
    assert (live / MAIN).read_bytes() == before


def test_what_is_no_database_is_damaged(live: Path) -> None:
    (live / MAIN).write_bytes(b"hello" * 10_000)
    assert refusal(live).code == "damaged"


def test_a_database_without_tables_is_said_and_is_no_fault_of_ours(
    live: Path, tmp_path: Path
) -> None:
    from app.models.office.database import Database

    with at(live) as opened:
        key = opened.store.key
    bare = Database(tmp_path / MAIN, key)
    bare.write(lambda connection: connection.exec_driver_sql("CREATE TABLE other (no INTEGER)"))
    bare.close()
    shutil.copy(tmp_path / MAIN, live / MAIN)
    error = refusal(live)
    assert error.code == "damaged" and "ตาราง" in error.sentence


def test_the_log_of_another_database_is_put_aside_before_it_overwrites_this_one(
    live: Path, tmp_path: Path
) -> None:
    other, _recovery = desks.create(
        tmp_path / "other", office="15", user="กานดา", password=PASSWORD, cost=WEAK
    )
    strange = (tmp_path / "other" / WAL).read_bytes()
    other.close()
    (live / WAL).write_bytes(strange)
    before = (live / MAIN).read_bytes()

    assert isinstance(refusal(live), Missing)  # the six were in the log that is gone

    assert (live / MAIN).read_bytes() == before
    (aside,) = live.glob(f"damaged-*-{WAL}")
    assert aside.read_bytes() == strange


def test_a_strange_log_beside_a_whole_database_is_said(live: Path) -> None:
    with at(live) as opened:
        digest = state_digest(opened.store)
    (live / WAL).write_bytes(b"x" * 10_000)
    with at(live) as opened:
        assert state_digest(opened.store) == digest
        assert "damaged-" in opened.notice and WAL in opened.notice


def test_a_log_whose_beginning_is_damaged_is_kept_for_whoever_can_read_it(live: Path) -> None:
    for place in (5, 20, 60):
        raw = bytearray((live / WAL).read_bytes())
        raw[place] ^= 1
        (live / WAL).write_bytes(raw)
        assert isinstance(refusal(live), Missing)
        (aside,) = live.glob(f"damaged-*-{WAL}")
        raw[place] ^= 1
        aside.unlink()
        (live / WAL).write_bytes(raw)


def test_an_old_database_beside_a_log_that_began_later_is_not_opened(
    live: Path, tmp_path: Path
) -> None:
    old = (live / MAIN).read_bytes()
    with at(live) as opened:
        for number in range(20, 60):
            person(opened, number)
    with at(live) as opened:  # what the log held is in the database, and a new one begins
        person(opened, 70)
        shutil.copytree(live, tmp_path / "later")
    shutil.rmtree(live)
    shutil.copytree(tmp_path / "later", live)
    (live / MAIN).write_bytes(old)
    error = refusal(live)
    assert error.code == "damaged" and "คนละช่วงเวลา" in error.sentence


def test_a_damaged_database_beside_a_strange_log_is_not_touched(live: Path) -> None:
    (live / MAIN).write_bytes(b"hello" * 10_000)
    (live / WAL).write_bytes(b"x" * 10_000)
    before = content(live)
    assert refusal(live).code == "damaged"
    assert content(live) == before


def test_a_key_fits_its_own_database_alone(live: Path, tmp_path: Path) -> None:
    with at(live) as opened:
        key = opened.store.key
    assert desk_folder.fits(live / MAIN, key)
    assert not desk_folder.fits(live / MAIN, b"x" * 32)
    assert not desk_folder.fits(tmp_path / "nothing", key)


def test_a_desk_on_a_disk_that_cannot_be_written_is_told_so(
    live: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in [live, *live.parents]:
        if each.stat().st_uid == 0 and each != Path("/tmp"):
            each.chmod(each.stat().st_mode | 0o055)
    with without_rights(live):
        error = refusal(live)
    assert error.code == "read_only" and "เขียน" in error.sentence


def test_drafts_that_are_damaged_on_a_later_page_are_put_aside(live: Path) -> None:
    with at(live) as opened:
        for number in range(60):
            opened.store.drafts.keep(str(number), "person", "", {"first_th": "ก" * 200})
    raw = bytearray((live / DRAFTS).read_bytes())
    raw[-1000] ^= 1
    (live / DRAFTS).write_bytes(raw)
    with at(live) as opened:
        assert "จดไว้ 60 ฉบับ พบ 0 ฉบับ" in opened.notice
    assert (live / f"damaged-{DRAFTS}").exists()
