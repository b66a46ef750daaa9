"""Verify reads many records at a time, and still finds the one that is astray."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from app.core.ids import new_id
from app.models.records.lines import MANY
from app.services.office.desk import Desk
from app.services.records import history, projection
from app.services.records.acts import Acting, act
from app.services.records.verify import verify
from tests.makers.lines import tamper
from tests.makers.people import SOMCHAI, enter


@contextmanager
def asked() -> Iterator[list[str]]:
    """Gather what any database is asked meanwhile."""
    statements: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def enter_many(desk: Desk, count: int) -> list[str]:
    """Enter so many people in one act; give their ids in the order of their rows."""
    ids = [new_id() for _number in range(count)]

    def work(acting: Acting) -> None:
        acting.put_many("person", [(each, SOMCHAI, ()) for each in ids])

    act(desk.store, work)
    return ids


def test_many_records_are_asked_for_no_more_often_than_few(desk: Desk) -> None:
    enter_many(desk, 3)
    with asked() as of_few:
        assert verify(desk.store).ok
    enter_many(desk, 40)
    with asked() as of_many:
        assert verify(desk.store).ok
    assert len(of_many) == len(of_few)


def test_many_rows_are_computed_anew_with_few_questions(desk: Desk) -> None:
    enter_many(desk, 3)
    with asked() as of_few:
        projection.rebuild_all(desk.store)
    enter_many(desk, 40)
    with asked() as of_many:
        projection.rebuild_all(desk.store)
    assert len(of_many) == len(of_few)
    assert verify(desk.store).ok


def test_the_row_that_is_astray_is_named_on_both_sides_of_what_is_read_at_once(desk: Desk) -> None:
    ids = enter_many(desk, MANY + 1)
    assert verify(desk.store).ok
    tamper(desk, "DROP TRIGGER journal_person_delete", "DROP TRIGGER journal_person_unfound")
    plain = desk.store.main.connect()
    for each in (ids[0], ids[MANY - 1], ids[MANY]):
        plain.execute("UPDATE person SET first_th = 'ใจร้าย' WHERE id = ?", (each,))
        verdict = verify(desk.store)
        assert each in verdict.reason and verdict.rows_astray
        plain.execute("UPDATE person SET first_th = ? WHERE id = ?", (SOMCHAI["first_th"], each))
    plain.execute("DELETE FROM person WHERE id <> ?", (max(ids),))
    assert min(ids) in verify(desk.store).reason
    plain.close()


def test_one_row_that_is_away_is_found_among_many_that_are_rightly_away(desk: Desk) -> None:
    ids = enter_many(desk, MANY + 1)
    history.undo(desk.store, history.history(desk.store, "person", ids[0])[0].act)
    entered = enter(desk)
    assert verify(desk.store).ok
    tamper(desk, "DROP TRIGGER journal_person_delete", "DROP TRIGGER journal_person_unfound")
    plain = desk.store.main.connect()
    plain.execute("DELETE FROM person")
    plain.close()
    verdict = verify(desk.store)
    assert entered in verdict.reason and entered not in ids


def test_records_read_at_once_show_what_each_shows_alone(desk: Desk) -> None:
    ids = enter_many(desk, 3)
    with desk.store.read() as connection:
        together = projection.shown_among(connection, "person", ids)
        assert together == {each: projection.shown(connection, "person", each) for each in ids}
