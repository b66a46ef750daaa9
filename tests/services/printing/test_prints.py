"""Each paper that goes out has a number of its own, and the desk knows what became of it."""

import pytest

from app.core.errors import Cancelled, Invalid, UserError
from app.models.printed import CONFIRMED, REQUESTED, UNKNOWN, printed
from app.services.demonstration import office as work_of
from app.services.demonstration.people import sample_offices
from app.services.office import desk as desks
from app.services.office import print_diary
from app.services.office.desk import Desk
from app.services.office.print_diary import CAME, FAILED, UNSURE
from app.services.printing import printing, prints
from app.services.records import diary, records
from app.sync.refused import Refused
from tests.makers.office import change, group
from tests.makers.papers import code_on, text_of
from tests.makers.prints import look, numbers, send, states
from tests.services.conftest import PASSWORD


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


def test_an_answer_still_counts_after_another_window_was_opened(desk: Desk, team: str) -> None:
    (paper,) = send(desk, look(desk, team)).prints
    second = desks.open_desk(desk.store.folder, user="กานดา", password=PASSWORD)
    second.close()
    assert states(desk, team) == [UNKNOWN]

    print_diary.answer(desk.store, [paper.no], CAME)

    assert states(desk, team) == [CONFIRMED]


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
