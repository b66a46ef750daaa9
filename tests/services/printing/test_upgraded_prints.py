"""The prints of a desk of the first release live on: nothing of them is renumbered."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from app.models.office import machine, vault
from app.models.office.store import Store
from app.models.printed import printed
from app.services.office import desk as desks
from app.services.office import print_diary
from app.services.office.desk import Desk
from app.services.printing import printing, prints
from app.services.records.verify import verify
from tests.makers.computers import RELEASED
from tests.makers.papers import text_of

USER, WORD = "kanda", "kanda-2568"


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Path]:
    """A desk as version 0.1 left it, with a number that it gave twice."""
    folder = tmp_path / "old"
    with zipfile.ZipFile(RELEASED) as archive:
        archive.extractall(folder)
    key, _tag = vault.unlock(folder, USER, WORD)
    store = Store(folder, key)
    store.write(_print_as_then)
    store.close()
    yield folder
    machine.forget_below(tmp_path)


def _print_as_then(connection: Connection) -> None:
    (record,) = connection.exec_driver_sql('SELECT id FROM "group" ORDER BY no LIMIT 1').one()
    pdf = printing.sample("member_list")
    for copy in (1, 2, 2):
        connection.exec_driver_sql(
            "INSERT INTO printed (form, record, rev, copy, at, by, pdf) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            ("member_list", record, "ab" * 32, copy, "2025-03-19T10:15", "", pdf),
        )


def opened(folder: Path) -> Desk:
    return desks.open_desk(folder, user=USER, password=WORD)


def test_two_papers_that_bear_one_number_stay_and_the_next_is_a_new_one(old: Path) -> None:
    desk = opened(old)
    try:
        with desk.store.read() as connection:
            group = connection.scalars(select(printed.c.record)).first()
        kept = print_diary.of_record(desk.store, group)
        assert [(each.copy, each.again, each.state) for each in reversed(kept)] == [
            (1, 0, "confirmed"),
            (2, 1, "confirmed"),
            (2, 1, "confirmed"),
        ]
        assert "สำเนาประวัติ" in text_of(prints.copy_of(desk.store, kept[0].no))

        preview = printing.draw(desk.store, "member_list", group)
        (new,) = prints.request(desk.store, [preview]).prints

        assert new.copy == 3 and "พิมพ์ซ้ำครั้งที่ 2" in text_of(new.pdf)
        assert verify(desk.store).ok
        with desk.store.read() as connection:
            keys = connection.scalars(select(printed.c.key).order_by(printed.c.no)).all()
        assert keys[:3] == [None] * 3 and keys[3]
    finally:
        desk.close()


def test_an_upgraded_desk_has_the_tables_of_a_new_one(old: Path, desk: Desk) -> None:
    upgraded = opened(old)
    try:
        assert described(upgraded) == described(desk)
    finally:
        upgraded.close()


def described(desk: Desk) -> list[tuple[str, ...]]:
    with desk.store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
        )
        return [(*row[:3], " ".join((row[3] or "").split())) for row in rows]
