"""A folder whose database is away: what is left of it is neither opened nor overwritten."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import main
from app.core.errors import UserError
from app.services.office import desk as desks
from app.services.office.desk import Desk
from tests.services.conftest import PASSWORD, WEAK

LEFT = ["keys.json", "keys.copy.json", "drafts.db", "tambon.db-wal", "tambon.db.old"]


@pytest.fixture
def left_behind(desk: Desk) -> Callable[..., Path]:
    desk.close()

    def leave(*names: str) -> Path:
        for path in desk.store.folder.iterdir():
            if path.is_file() and path.name not in names:
                path.unlink()
        for name in names:
            (desk.store.folder / name).touch()
        return desk.store.folder

    return leave


def everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def refusal(work: Callable[[], object]) -> UserError:
    with pytest.raises(UserError) as refused:
        work()
    return refused.value


@pytest.mark.parametrize("names", [LEFT[:2], *([name] for name in LEFT)], ids=" ".join)
def test_no_desk_is_made_over_what_is_left_of_one(
    left_behind: Callable[..., Path], names: list[str]
) -> None:
    folder = left_behind(*names)
    before = everything(folder)
    for work in (
        lambda: desks.create(folder, office="15", user="ก", password=PASSWORD, cost=WEAK),
        lambda: desks.open_desk(folder, user="", password=PASSWORD),
    ):
        said = refusal(work)
        assert said.code == "database_gone"
        assert str(folder) in said.sentence and names[0] in said.sentence
    assert everything(folder) == before and desks.is_here(folder)


def test_an_empty_database_is_said_to_be_empty_and_not_written_to(
    left_behind: Callable[..., Path],
) -> None:
    folder = left_behind("keys.json", "tambon.db")
    (folder / "tambon.db").write_bytes(b"")
    before = everything(folder)
    said = refusal(lambda: desks.open_desk(folder, user="", password=PASSWORD))
    assert said.code == "database_empty" and "tambon.db" in said.sentence
    made = refusal(lambda: desks.create(folder, office="15", user="ก", password=PASSWORD))
    assert made.code == "exists"
    assert everything(folder) == before


def test_the_command_says_so_too(
    left_behind: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = left_behind("keys.json", "keys.copy.json")
    before = everything(folder)
    word = tmp_path / "word.txt"
    word.write_text(PASSWORD, encoding="utf-8")
    common = ["--data", str(folder), "--password-file", str(word)]
    for command in (["init", "--office", "15", "--user", "ก"], ["verify"]):
        assert main([*command, *common]) == 2
        said = capsys.readouterr().err
        assert f"ไม่พบฐานข้อมูล tambon.db ในโฟลเดอร์ {folder}" in said
        assert "ไม่มีไฟล์ใดถูกเขียนทับ" in said
    assert everything(folder) == before


def test_a_desk_is_made_in_a_folder_that_only_the_window_has_seen(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    (folder / "log").mkdir(parents=True)
    for name in ("window.ini", "window.lock", "desk.lock"):
        (folder / name).touch()
    assert not desks.is_here(folder)
    made, _recovery = desks.create(folder, office="15", user="ก", password=PASSWORD, cost=WEAK)
    made.close()
