"""The journal holds against whatever changes the database behind the program's back."""

from typing import ClassVar

import pytest
from sqlalchemy.exc import IntegrityError

from app.core.line import ERASE, Header, Line, new_body
from app.models.office.store import open_store
from app.models.people.person import Person
from app.models.records import journal
from app.models.records.base import upcast
from app.models.records.lines import line, lines_of
from app.services.office.desk import Desk
from app.services.records import records
from app.services.records.acts import Acting, act
from app.services.records.verify import verify
from tests.makers.lines import tamper
from tests.makers.people import SOMCHAI, enter


def change(desk: Desk, record_id: str, **changed: object) -> None:
    opened = records.get(desk.store, "person", record_id)
    records.save(
        desk.store, "person", opened.data | changed, record_id=record_id, base=opened.heads
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE person SET first_th = 'x'",
        "DELETE FROM person",
        "INSERT INTO person (id, office, search_key, sort_key) VALUES ('a', '15', '', '')",
        "REPLACE INTO person (no, id, office, search_key, sort_key) VALUES (1, 'a', '15', '', '')",
    ],
)
def test_a_row_changed_without_a_line_cannot_be_committed(desk: Desk, statement: str) -> None:
    enter(desk)
    plain = desk.store.main.connect()
    plain.execute("BEGIN")
    plain.execute(statement)

    with pytest.raises(Exception, match="FOREIGN KEY"):
        plain.execute("COMMIT")

    plain.execute("ROLLBACK")
    plain.close()
    assert verify(desk.store).ok


def test_a_line_written_before_its_row_does_not_excuse_the_row(desk: Desk) -> None:
    entered = enter(desk)

    def work(connection: object) -> None:
        act = journal.Act(journal.Origin("15", "a" * 32, "b" * 32), desk.store.user)
        act.write(connection, [journal.Change("person", entered, SOMCHAI, ())])  # type: ignore[arg-type]
        connection.exec_driver_sql("UPDATE person SET first_th = 'x'")  # type: ignore[attr-defined]

    with pytest.raises(IntegrityError):
        desk.store.write(work)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE line SET seq = 9",
        "DELETE FROM line",
        "UPDATE line_body SET body = x'00'",
        "DELETE FROM line_body",
        "UPDATE person SET id = 'another'",
    ],
)
def test_the_journal_itself_refuses_change(desk: Desk, statement: str) -> None:
    enter(desk)
    plain = desk.store.main.connect()
    with pytest.raises(Exception, match=r"is never|only by an erasure|the id of a record stays"):
        plain.execute(statement)
    plain.close()


def test_verify_counts_the_lines_of_a_sound_journal(desk: Desk) -> None:
    entered = enter(desk)
    change(desk, entered, phone="0811111111")

    verdict = verify(desk.store)

    assert (verdict.ok, verdict.lines, verdict.reason) == (True, 4, "")


def test_verify_names_a_row_that_was_changed_with_the_triggers_dropped(desk: Desk) -> None:
    entered = enter(desk)
    tamper(desk, "UPDATE person SET last_th = 'ใจร้าย'")

    verdict = verify(desk.store)

    assert not verdict.ok
    assert entered in verdict.reason


def test_verify_names_the_line_after_one_that_was_removed(desk: Desk) -> None:
    entered = enter(desk)
    change(desk, entered, phone="0811111111")
    change(desk, entered, phone="0822222222")
    tamper(
        desk,
        "DELETE FROM line_body WHERE rev IN (SELECT rev FROM line WHERE seq = 4)",
        "DELETE FROM line WHERE seq = 4",
    )

    verdict = verify(desk.store)

    assert not verdict.ok
    assert "5" in verdict.reason


def test_verify_finds_two_lines_that_were_swapped(desk: Desk) -> None:
    entered = enter(desk)
    change(desk, entered, phone="0811111111")
    tamper(
        desk,
        "UPDATE line SET seq = 99 WHERE seq = 3",
        "UPDATE line SET seq = 3 WHERE seq = 4",
        "UPDATE line SET seq = 4 WHERE seq = 99",
    )

    assert not verify(desk.store).ok


def test_verify_finds_a_body_that_was_rewritten(desk: Desk) -> None:
    enter(desk)
    tamper(desk, "UPDATE line_body SET body = replace(body, 'สมชาย', 'สมหญิง')")

    assert not verify(desk.store).ok


def test_a_withheld_body_still_verifies(desk: Desk) -> None:
    entered = enter(desk)
    change(desk, entered, phone="0811111111")
    tamper(desk, "DELETE FROM line_body WHERE rev IN (SELECT rev FROM line WHERE seq = 3)")

    assert verify(desk.store).ok


def test_an_erased_record_keeps_its_headers_and_verifies(desk: Desk) -> None:
    from app.services.records import projection

    entered = enter(desk)
    change(desk, entered, phone="0811111111")

    def erase(connection: object) -> None:
        last = lines_of(connection, "person", entered)[-1].header  # type: ignore[arg-type]
        body = new_body({})
        header = Header(
            id=entered,
            type="person",
            office="15",
            replica="c" * 32,
            epoch="d" * 32,
            seq=1,
            act=last.act,
            op=ERASE,
            parents=(last.rev,),
            prev="",
            depth=last.depth + 1,
            by="centre",
            at=last.at,
            v=1,
            digest=body.digest,
        )
        journal.append(connection, [Line(header, body)])  # type: ignore[arg-type]
        projection.rebuild(connection, [("person", entered)])  # type: ignore[arg-type]

    desk.store.write(erase)

    with desk.store.read() as connection:
        kept = lines_of(connection, "person", entered)
        assert [each.body is None for each in kept] == [True, True, False]
        assert line(connection, kept[0].header.rev) is not None
    assert verify(desk.store).ok
    plain = desk.store.main.connect()
    assert plain.execute("SELECT count(*) FROM person").fetchone()[0] == 0
    plain.close()


def test_a_database_with_a_dirty_row_is_not_opened(desk: Desk) -> None:
    enter(desk)
    tamper(desk, "INSERT INTO dirty (type, id) VALUES ('person', 'x')")
    folder, key = desk.store.folder, desk.store.key
    desk.close()

    with pytest.raises(Exception, match=r"backup|สำรอง"):
        open_store(folder, key)


def test_a_record_may_change_twice_in_one_act(desk: Desk) -> None:
    entered = enter(desk)
    head = records.get(desk.store, "person", entered).heads

    def work(acting: Acting) -> None:
        acting.put("person", entered, SOMCHAI | {"phone": "0811111111"}, head)
        acting.put("person", entered, SOMCHAI | {"phone": "0822222222"}, head)
        acting.changes.pop(0)

    act(desk.store, work)

    assert records.get(desk.store, "person", entered).data["phone"] == "0822222222"
    assert verify(desk.store).ok


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE line SET header = replace(header, '\"v\":1', '\"v\":2') WHERE seq = 3",
        "DELETE FROM head WHERE type = 'person'",
        "INSERT INTO person (id, office, search_key, sort_key) VALUES ('a', '15', '', '')",
        "DELETE FROM person",
        "UPDATE person SET office = '93'",
    ],
)
def test_verify_finds_whatever_was_changed_behind_the_journal(desk: Desk, statement: str) -> None:
    enter(desk)
    tamper(
        desk,
        "DROP TRIGGER journal_person_insert",
        "DROP TRIGGER journal_person_delete",
        "DROP TRIGGER journal_person_unfound",
        statement,
    )

    verdict = verify(desk.store)

    assert not verdict.ok and verdict.reason


def test_an_old_line_is_read_through_the_steps_to_this_version() -> None:
    class Renamed(Person):
        __abstract__ = True
        schema = 3
        upcasters: ClassVar = {
            1: lambda data: {"full_name": data["name"]},
            2: lambda data: data | {"checked": True},
        }

    assert upcast(Renamed, {"name": "สมชาย"}, 1) == {"full_name": "สมชาย", "checked": True}
    assert upcast(Renamed, {"full_name": "สมชาย"}, 2) == {"full_name": "สมชาย", "checked": True}
    assert upcast(Renamed, {"newer": 1}, 4) == {"newer": 1}
