"""No two papers bear one number, whoever prints at once and whatever becomes of the desk."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from app.core.errors import Cancelled, UserError
from app.models.office import backup, machine
from app.models.office.store import setting
from app.models.printed import CONFIRMED, printed
from app.services.exchange.erased_records import follow
from app.services.office import desk as desks
from app.services.office import print_diary
from app.services.office.desk import Desk
from app.services.office.missing_saves import Missing
from app.services.office.print_diary import CAME, FAILED, UNSURE
from app.services.printing import prints
from app.services.safekeeping import restoring
from tests.makers.laws import share
from tests.makers.office import change, group
from tests.makers.papers import code_on, text_of
from tests.makers.prints import FORM, look, numbers, send, states
from tests.services.conftest import PASSWORD


def test_two_windows_that_print_at_once_share_no_number(desk: Desk, team: str) -> None:
    second = desks.open_desk(desk.store.folder, user="กานดา", password=PASSWORD)
    try:
        previews = [look(each, team) for each in (desk, second) for _time in range(4)]
        windows = [desk] * 4 + [second] * 4
        with ThreadPoolExecutor(4) as hands:
            papers = list(hands.map(send, windows, previews))
    finally:
        second.close()

    assert sorted(each.copy for out in papers for each in out.prints) == list(range(1, 9))
    assert numbers(desk, team) == list(range(1, 9))


@pytest.mark.long
def test_two_programs_that_print_at_once_share_no_number(
    desk: Desk, team: str, tmp_path: Path
) -> None:
    word = tmp_path / "password.txt"
    word.write_text(PASSWORD, encoding="utf-8")
    desk.close()
    begun = [
        subprocess.Popen(
            [sys.executable, "-m", "app", "print", FORM, team, "--data", str(desk.store.folder),
             "--password-file", str(word), "--out", str(tmp_path / f"{number}.pdf")],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )
        for number in range(2)
    ]  # fmt: skip
    for each in begun:
        _out, said = each.communicate()
        assert each.returncode == 0, said.decode()

    found = [text_of((tmp_path / f"{number}.pdf").read_bytes()) for number in range(2)]
    assert sorted("ฉบับพิมพ์ที่ 2" in text for text in found) == [False, True]
    again = desks.open_desk(desk.store.folder, user="กานดา", password=PASSWORD)
    assert (numbers(again, team), states(again, team)) == ([1, 2], [CONFIRMED] * 2)
    again.close()


def test_a_restored_desk_prints_under_another_name(desk: Desk, team: str, tmp_path: Path) -> None:
    made = backup.write(desk.store.main, tmp_path / "backups")
    (lost,) = send(desk, look(desk, team)).prints
    desk.close()

    restored = restoring.restore(desk.store.folder, made, user="กานดา", password=PASSWORD)
    try:
        (new,) = send(restored, look(restored, team)).prints
        assert (lost.copy, new.copy) == (1, 1)
        assert named(lost.pdf) != named(new.pdf)
        assert code_on(lost.pdf) != code_on(new.pdf)
        letter = named(new.pdf).split("-")[0]
        with restored.store.read() as connection:
            assert letter == setting(connection, "desk_letter")
    finally:
        restored.close()


def copy_of_files(folder: Path, where: Path) -> Path:
    return Path(shutil.copytree(folder, where / "copied by hand"))


def put_back(folder: Path, old: Path) -> Desk:
    """Lay an old folder in the place of a desk, and go on where entries are missing."""
    shutil.rmtree(folder)
    shutil.copytree(old, folder)
    try:
        return desks.open_desk(folder, user="กานดา", password=PASSWORD)
    except Missing:
        return desks.open_desk(folder, user="กานดา", password=PASSWORD, go_on=True)


def test_an_old_folder_put_back_by_hand_prints_under_another_name_and_says_why(
    desk: Desk, team: str, tmp_path: Path
) -> None:
    send(desk, look(desk, team))
    desk.close()
    old = copy_of_files(desk.store.folder, tmp_path)
    opened = desks.open_desk(desk.store.folder, user="กานดา", password=PASSWORD)
    lost = send(opened, look(opened, team)).prints[0]
    opened.close()

    back = put_back(desk.store.folder, old)
    try:
        new = send(back, look(back, team)).prints[0]
        assert (lost.copy, new.copy) == (2, 2)
        assert named(lost.pdf) != named(new.pdf)
        assert "บันทึกการพิมพ์" in back.notice
    finally:
        back.close()
    again = desks.open_desk(desk.store.folder, user="กานดา", password=PASSWORD)
    assert "บันทึกการพิมพ์" not in again.notice
    again.close()


def named(pdf: bytes) -> str:
    """Read the desk that printed a paper."""
    return text_of(pdf).split("เครื่อง ")[1].split()[0]


def test_two_desks_of_one_office_are_told_apart_on_paper(
    desk: Desk, new_desk: Callable[..., Desk], team: str
) -> None:
    other = new_desk(name="other")

    papers = [
        send(each, look(each, group(each, name="กลุ่มมาลัย"))).prints[0] for each in (desk, other)
    ]

    assert papers[0].copy == papers[1].copy == 1
    assert named(papers[0].pdf) != named(papers[1].pdf)


def test_the_numbers_of_an_erased_record_stay_spent(desk: Desk, team: str) -> None:
    (paper,) = send(desk, look(desk, team)).prints
    desk.store.write(lambda connection: follow(connection, [("group", team)], set()))

    assert send(desk, look(desk, team)).prints[0].copy == 2
    with pytest.raises(UserError) as refused:
        prints.copy_of(desk.store, paper.no)
    assert refused.value.code == "erased"


def test_the_database_itself_refuses_a_number_twice(desk: Desk, team: str) -> None:
    (paper,) = send(desk, look(desk, team)).prints

    def twice(connection: Connection) -> None:
        row = dict(connection.execute(select(printed)).mappings().one())
        connection.execute(insert(printed).values(row | {"no": paper.no + 1}))

    with pytest.raises(IntegrityError):
        desk.store.write(twice)


# What a clerk and whoever sits beside her do with one record, in any order.
_ACTS = st.sampled_from(
    [
        "print",
        "print 3",
        "again",
        "file",
        "bad file",
        "save",
        "stop",
        "crash",
        "restore",
        "put back",
    ]
)


@pytest.mark.long
@example(acts=["print", "put back", "print", "again"], said=[CAME] * 9)
@example(acts=["print 3", "restore", "print 3", "put back", "file"], said=[""] * 9)
@settings(
    max_examples=share(1 / 6),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    acts=st.lists(_ACTS, min_size=4, max_size=9),
    said=st.lists(st.sampled_from([CAME, FAILED, UNSURE, ""]), min_size=9, max_size=9),
)
def test_whatever_is_done_no_two_papers_bear_one_number(
    busy: "Busy", acts: list[str], said: list[str]
) -> None:
    for act, answer in zip(acts, said, strict=False):
        busy.do(act, answer)

    marks = [(named(pdf), text_of(pdf).split("ฉบับพิมพ์ที่ ")[1].split()[0]) for pdf in busy.out]
    assert len(set(marks)) == len(marks)


class Busy:
    """A desk, all that ever came out of it, and a preview that was left open."""

    def __init__(self, desk: Desk, team: str, folder: Path) -> None:
        self.desk, self.team, self.folder = desk, team, folder
        self.left_open = look(desk, team)
        self.out: list[bytes] = []
        self.backup = backup.write(desk.store.main, folder / "backups")
        self.times = 0
        desk.close()
        self.old = copy_of_files(desk.store.folder, folder)
        self.desk = desks.open_desk(desk.store.folder, user="กานดา", password=PASSWORD)

    def do(self, act: str, answer: str) -> None:
        self.times += 1
        if act in ("crash", "restore", "put back"):
            self._open_again(act)
        elif act == "save":
            change(self.desk, "group", self.team, phone=f"09{self.times:08}")
        elif act in ("file", "bad file"):
            self._file(bad=act == "bad file")
        else:
            self._print(act, answer)

    def _print(self, act: str, answer: str) -> None:
        preview = self.left_open if act == "again" else look(self.desk, self.team)
        self.left_open = look(self.desk, self.team)

        def step(done: int, _whole: int) -> None:
            if act == "stop" and done:
                raise Cancelled

        copies = 3 if act in ("print 3", "stop") else 1
        try:
            gone = prints.request(self.desk.store, [preview], copies=copies, step=step)
        except (Cancelled, UserError):
            return
        self.out += [each.pdf for each in gone.prints]
        if answer:
            print_diary.answer(self.desk.store, [each.no for each in gone.prints], answer)

    def _file(self, *, bad: bool) -> None:
        target = self.folder / f"{self.times}.pdf"
        if bad:
            target.mkdir()
        try:
            prints.save(self.desk.store, [look(self.desk, self.team)], target)
        except UserError:
            return
        self.out.append(target.read_bytes())

    def _open_again(self, act: str) -> None:
        self.desk.close()
        folder = self.desk.store.folder
        if act == "restore":
            self.desk = restoring.restore(folder, self.backup, user="กานดา", password=PASSWORD)
        elif act == "put back":
            self.desk = put_back(folder, self.old)
        else:
            self.desk = desks.open_desk(folder, user="กานดา", password=PASSWORD)
        self.left_open = look(self.desk, self.team)


@pytest.fixture
def busy(desk: Desk, team: str, tmp_path: Path) -> Iterator[Busy]:
    made = Busy(desk, team, tmp_path)
    yield made
    made.desk.close()
    machine.forget_below(tmp_path)
