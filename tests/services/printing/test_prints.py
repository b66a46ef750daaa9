"""Each paper that goes out has a number of its own, and the desk knows what became of it."""

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

from app.core.errors import Cancelled, Invalid, UserError
from app.models.office import backup, machine
from app.models.office.store import setting
from app.models.printed import CONFIRMED, REQUESTED, UNKNOWN, printed
from app.services.demonstration import office as work_of
from app.services.demonstration.people import sample_offices
from app.services.exchange.erased_records import follow
from app.services.office import desk as desks
from app.services.office import print_diary
from app.services.office.desk import Desk
from app.services.office.missing_saves import Missing
from app.services.office.print_diary import CAME, FAILED, UNSURE
from app.services.printing import printing, prints
from app.services.printing.printing import Preview
from app.services.printing.prints import Outgoing
from app.services.records import diary, records
from app.services.safekeeping import restoring
from app.sync.refused import Refused
from tests.makers.laws import share
from tests.makers.office import change, group, join, person
from tests.makers.papers import code_on, text_of
from tests.services.conftest import PASSWORD

FORM = "member_list"


@pytest.fixture
def team(desk: Desk) -> str:
    made = group(desk)
    join(desk, made, person(desk), role="leader")
    return made


def look(desk: Desk, record: str, form: str = FORM) -> Preview:
    return printing.draw(desk.store, form, record)


def send(desk: Desk, *previews: Preview, copies: int = 1) -> Outgoing:
    return prints.request(desk.store, previews, copies=copies)


def numbers(desk: Desk, record: str) -> list[int]:
    return [each.copy for each in reversed(print_diary.of_record(desk.store, record))]


def states(desk: Desk, record: str) -> list[str]:
    return [each.state for each in reversed(print_diary.of_record(desk.store, record))]


def test_two_previews_that_are_both_printed_have_two_numbers(desk: Desk, team: str) -> None:
    first, second = look(desk, team), look(desk, team)

    papers = [*send(desk, first).prints, *send(desk, second).prints]

    assert [each.copy for each in papers] == [1, 2]
    assert len({code_on(each.pdf) for each in papers}) == 2
    assert "ฉบับพิมพ์ที่ 1" in text_of(papers[0].pdf) and "พิมพ์ซ้ำ" not in text_of(papers[0].pdf)
    assert "ฉบับพิมพ์ที่ 2" in text_of(papers[1].pdf)
    assert "พิมพ์ซ้ำครั้งที่ 1" in text_of(papers[1].pdf)


def test_a_preview_takes_no_number_and_says_that_it_is_one(desk: Desk, team: str) -> None:
    text = text_of(look(desk, team).pdf)

    assert "ตัวอย่างก่อนพิมพ์" in text and "ฉบับพิมพ์ที่ (ตัวอย่าง)" in text
    assert numbers(desk, team) == []
    with pytest.raises(Refused) as refused:
        printing.check_paper(desk.store, code_on(look(desk, team).pdf))
    assert refused.value.code == "preview" and "ตัวอย่าง" in refused.value.sentence


def test_what_goes_out_is_the_previewed_page_but_for_its_number_and_the_time(
    desk: Desk, team: str
) -> None:
    def rest(pdf: bytes) -> list[str]:
        rows = [row.strip() for row in text_of(pdf).replace("ตัวอย่างก่อนพิมพ์", "").splitlines()]
        return [each for each in rows if each and "ฉบับพิมพ์ที่" not in each and "เวลา" not in each]

    preview = look(desk, team)

    assert rest(preview.pdf) == rest(send(desk, preview).prints[0].pdf)


def test_every_copy_has_its_own_number_and_code_and_one_press_is_printed_once(
    desk: Desk, team: str
) -> None:
    three = send(desk, look(desk, team), copies=3).prints
    (again,) = send(desk, look(desk, team)).prints

    assert [each.copy for each in three] == [1, 2, 3] and again.copy == 4
    assert len({code_on(each.pdf) for each in three}) == 3
    assert not any("พิมพ์ซ้ำ" in text_of(each.pdf) for each in three)
    assert "พิมพ์ซ้ำครั้งที่ 1" in text_of(again.pdf)


@pytest.mark.parametrize(
    ("said", "state"), [(CAME, CONFIRMED), (FAILED, UNKNOWN), (UNSURE, UNKNOWN)]
)
def test_whatever_is_answered_the_number_is_spent(
    desk: Desk, team: str, said: str, state: str
) -> None:
    (one,) = send(desk, look(desk, team)).prints
    assert states(desk, team) == [REQUESTED]

    print_diary.answer(desk.store, [one.no], said)

    assert states(desk, team) == [state]
    assert send(desk, look(desk, team)).prints[0].copy == 2


def test_an_answer_about_nothing_notes_nothing(desk: Desk, team: str) -> None:
    print_diary.answer(desk.store, [], CAME)

    assert diary.entries(desk.store)[0][2] == "sign_in"


def test_a_paper_found_in_the_tray_later_is_confirmed_after_all(desk: Desk, team: str) -> None:
    (one,) = send(desk, look(desk, team)).prints
    print_diary.answer(desk.store, [one.no], UNSURE)

    print_diary.answer(desk.store, [one.no], CAME)

    (paper,) = print_diary.of_record(desk.store, team)
    assert paper.confirmed and (paper.by, paper.kept, paper.again) == ("กานดา", True, 0)


def test_a_record_that_was_saved_after_the_preview_is_not_printed(desk: Desk, team: str) -> None:
    preview = look(desk, team)
    change(desk, "group", team, phone="0911111111")

    with pytest.raises(UserError) as refused:
        send(desk, preview)

    assert refused.value.code == "changed" and "ไม่ได้พิมพ์" in refused.value.sentence
    assert numbers(desk, team) == []
    assert send(desk, look(desk, team)).prints[0].copy == 1


def test_a_record_around_it_that_was_saved_is_seen_too(desk: Desk, team: str) -> None:
    preview = look(desk, team)
    with desk.store.read() as connection:
        (row,) = connection.exec_driver_sql("SELECT person FROM membership").fetchall()
    change(desk, "person", row[0], first_th="เปลี่ยนชื่อแล้ว")

    with pytest.raises(UserError) as refused:
        send(desk, preview)

    assert refused.value.code == "changed"


def test_of_a_list_none_is_printed_where_one_was_saved_meanwhile(desk: Desk, team: str) -> None:
    other = group(desk, name="กลุ่มข้าวมาลี")
    previews = [look(desk, team), look(desk, other)]
    change(desk, "group", other, phone="0911111111")

    with pytest.raises(UserError):
        send(desk, *previews)

    assert numbers(desk, team) == numbers(desk, other) == []


def test_a_list_that_is_stopped_while_it_is_drawn_takes_no_number(desk: Desk, team: str) -> None:
    def stop(done: int, whole: int) -> None:
        assert whole == 4
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        prints.request(desk.store, [look(desk, team)] * 2, copies=2, step=stop)

    assert numbers(desk, team) == []


def test_a_program_that_ends_before_the_answer_says_so_at_the_next_start(
    desk: Desk, team: str
) -> None:
    (done, _open) = (*send(desk, look(desk, team)).prints, *send(desk, look(desk, team)).prints)
    print_diary.answer(desk.store, [done.no], CAME)
    for name in "กขคง":
        send(desk, look(desk, group(desk, name=f"กลุ่ม{name}มาลี")))
    folder = desk.store.folder
    desk.close()

    again = desks.open_desk(folder, user="กานดา", password=PASSWORD)
    try:
        assert "5" in again.notice and "…" in again.notice and "กลุ่มกมาลี" in again.notice
        assert states(again, team) == [CONFIRMED, UNKNOWN]
    finally:
        again.close()
    again = desks.open_desk(folder, user="กานดา", password=PASSWORD)
    assert again.notice == ""
    again.close()


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


def test_an_answer_still_counts_after_another_window_was_opened(desk: Desk, team: str) -> None:
    (paper,) = send(desk, look(desk, team)).prints
    second = desks.open_desk(desk.store.folder, user="กานดา", password=PASSWORD)
    second.close()
    assert states(desk, team) == [UNKNOWN]

    print_diary.answer(desk.store, [paper.no], CAME)

    assert states(desk, team) == [CONFIRMED]


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


def test_a_copy_from_history_is_the_paper_as_it_was_and_takes_no_number(
    desk: Desk, team: str
) -> None:
    (paper,) = send(desk, look(desk, team)).prints
    change(desk, "group", team, name="กลุ่มชื่อใหม่")

    pdf = prints.copy_of(desk.store, paper.no)
    prints.note_copy(desk.store, paper.no)

    text = text_of(pdf)
    assert text.startswith(text_of(paper.pdf)[:300]) and "กลุ่มชื่อใหม่" not in text
    assert text.count("สำเนาประวัติ") == 2 and "โดย กานดา" in text
    assert code_on(pdf) == code_on(paper.pdf)
    assert numbers(desk, team) == [1]
    with pytest.raises(UserError) as refused:
        prints.copy_of(desk.store, 999)
    assert refused.value.code == "not_found"


def test_a_scanned_paper_says_what_became_of_it(desk: Desk, team: str) -> None:
    (paper,) = send(desk, look(desk, team)).prints
    text = code_on(paper.pdf)
    said = [printing.check_paper(desk.store, text)]
    for each in (UNSURE, CAME):
        print_diary.answer(desk.store, [paper.no], each)
        said.append(printing.check_paper(desk.store, text))
    desk.store.write(lambda connection: connection.execute(printed.delete()))
    said.append(printing.check_paper(desk.store, text))

    assert len(set(said)) == 4
    assert all("1" in each and look(desk, team).facts.rev[:8] in each for each in said)


def test_a_record_that_is_no_more_ready_is_refused_with_its_reason(desk: Desk) -> None:
    made = work_of.Work(group=work_of.enter_group(desk, sample_offices()[0]))
    work_of.enter_members(desk, sample_offices()[0], made.group)
    work_of.enter_loans(desk, sample_offices()[0], made)
    preview = look(desk, made.loans[0], "loan_application")
    opened = records.get(desk.store, "loan_file", made.loans[0])
    records.save(
        desk.store, "loan_file", opened.data | {"amount_requested": 25_000_000},
        record_id=opened.id, base=opened.opened_from, reasons={"purpose_sum": "รอใบเสนอราคา"},
    )  # fmt: skip

    with pytest.raises(Invalid):
        send(desk, preview)

    assert numbers(desk, made.loans[0]) == []


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
