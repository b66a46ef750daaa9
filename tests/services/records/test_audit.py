"""Looking at personal data leaves a trace that nobody can take away."""

from pathlib import Path

import pytest

from app.core import log
from app.services.demonstration import office as work_of
from app.services.demonstration.people import sample_offices
from app.services.office import desk as desks
from app.services.office import print_diary
from app.services.office.desk import Desk
from app.services.office.print_diary import CAME, FAILED
from app.services.printing import printing, prints
from app.services.records import diary, search
from app.services.records.verify import verify
from tests.makers.lines import tamper
from tests.services.conftest import PASSWORD


def actions(desk: Desk) -> list[str]:
    return [action for _at, _user, action, _subject in diary.entries(desk.store)]


def test_signing_in_is_noted_with_the_user(desk: Desk) -> None:
    folder, user = desk.store.folder, desk.store.user
    desk.close()

    again = desks.open_desk(folder, user="กานดา", password=PASSWORD)

    assert diary.entries(again.store)[0][1:] == (user, "sign_in", "")
    again.close()


def test_each_request_of_a_paper_and_each_answer_is_noted_with_its_number(desk: Desk) -> None:
    group = work_of.enter_group(desk, sample_offices()[0])
    preview = printing.draw(desk.store, "member_list", group)
    assert "print" not in actions(desk)

    gone = prints.request(desk.store, [preview], copies=2).prints
    print_diary.answer(desk.store, [gone[0].no], CAME)
    print_diary.answer(desk.store, [gone[1].no], FAILED)

    assert [entry[2:] for entry in reversed(diary.entries(desk.store)[:4])] == [
        ("print", f"member_list {group} 1"),
        ("print", f"member_list {group} 2"),
        ("print_answer", f"member_list {group} 1 came_out"),
        ("print_answer", f"member_list {group} 2 not_out"),
    ]


@pytest.mark.parametrize("statement", ["UPDATE audit SET user = ''", "DELETE FROM audit"])
def test_the_diary_refuses_change(desk: Desk, statement: str) -> None:
    diary.note_now(desk.store, diary.EXPORT)
    plain = desk.store.main.connect()
    with pytest.raises(Exception, match="the audit diary is never"):
        plain.execute(statement)
    plain.close()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET user = 'x' WHERE no = 2", "DELETE FROM audit WHERE no = 2"],
)
def test_verify_names_the_entry_that_was_tampered_with(desk: Desk, statement: str) -> None:
    for _time in range(3):
        diary.note_now(desk.store, diary.EXPORT)
    assert verify(desk.store).ok
    tamper(desk, "DROP TRIGGER journal_audit_stays", "DROP TRIGGER journal_audit_kept", statement)

    verdict = verify(desk.store)

    assert not verdict.ok and "2" in verdict.reason


def test_a_note_that_waits_is_there_when_the_desk_is_closed(desk: Desk, tmp_path: Path) -> None:
    diary.note_soon(desk.store, diary.FIND_ID, "x-xxxx-xxxxx-63-4")
    desk.store.write(lambda _connection: None)

    assert diary.entries(desk.store)[0][2:] == ("find_id", "x-xxxx-xxxxx-63-4")


def test_looking_someone_up_by_a_whole_number_is_noted_masked(desk: Desk) -> None:
    search.find(desk.store, "สมชาย")
    search.find(desk.store, "9-1006-00445-63-4")
    desk.store.write(lambda _connection: None)

    assert diary.entries(desk.store)[0][2:] == ("find_id", "x-xxxx-xxxxx-63-4")
    assert actions(desk) == ["find_id", "sign_in"]


def test_a_note_that_fails_is_told_to_the_log(desk: Desk, tmp_path: Path) -> None:
    tamper(desk, "DROP TABLE audit")
    log.start(tmp_path / "log")

    diary.note_soon(desk.store, diary.FIND_ID)
    desk.store.write(lambda _connection: None)

    log.stop()
    written = "".join(path.read_text("utf-8") for path in (tmp_path / "log").glob("*.log"))
    assert "fault" in written
