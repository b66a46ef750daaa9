"""The database that tests are lent one after another: each finds it as if nobody had had it."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from app.models.central import tables
from app.services import central
from app.services.central import Centre
from tests.makers.emptied import shape
from tests.makers.pens import Pen, contents, new_centre
from tests.makers.postgres import Server

CHANGES = [
    "ALTER TABLE bundle ADD COLUMN mark TEXT",
    "ALTER TABLE bundle ALTER COLUMN name DROP NOT NULL",
    "ALTER TABLE bundle ALTER COLUMN name SET DEFAULT ''",
    "DROP INDEX ix_bundle_order",
    "DROP TABLE archive CASCADE",
    "UPDATE alembic_version SET version_num = 'zzzz'",
    "CREATE TABLE public.more (id INTEGER)",
    "ALTER TABLE bundle ADD CHECK (lines >= 0)",
    "DROP VIEW reading.person CASCADE",
    "REVOKE SELECT ON reading.person FROM otg_reader",
    "CREATE SCHEMA more",
    "CREATE FUNCTION public.more() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
]


def test_who_comes_next_finds_the_same_database_and_nothing_in_it(
    tmp_path: Path, server: Server
) -> None:
    with server.centre() as first:
        before = rows(first)
        centre, pen = new_centre(tmp_path, first), Pen()
        pen.enrol(centre, tmp_path)
        pen.person(1, "ก")
        central.ingest(centre, pen.seal(tmp_path))
        with tables.writing(centre.engine) as connection:
            tables.set_fact(connection, "types", "{}")

    with server.centre() as second:
        assert second == first
        assert rows(second) == before == rows(server.new_centre())


def test_who_still_reads_holds_nobody_up(tmp_path: Path, server: Server) -> None:
    with server.centre() as first:
        centre = new_centre(tmp_path, first)
        connection = centre.engine.connect()
        connection.execute(text("SELECT * FROM bundle"))

    with server.centre() as second:
        assert second == first
    connection.invalidate()
    connection.close()


@pytest.mark.parametrize("change", [CHANGES[0], "DROP TABLE alembic_version"])
def test_a_database_whose_tables_a_test_has_changed_is_not_lent_again(
    tmp_path: Path, server: Server, change: str
) -> None:
    with server.centre() as first:
        centre = new_centre(tmp_path, first)
        with centre.engine.begin() as connection:
            connection.execute(text(change))

    with server.centre() as second:
        assert second != first


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_but_that_of_rows_changes_the_shape(server: Server, change: str) -> None:
    with (
        server.centre() as url,
        psycopg.connect(url.replace("+psycopg", "")) as connection,
    ):
        before = shape(connection)
        connection.execute(change)
        assert shape(connection) != before
        connection.rollback()
        assert shape(connection) == before


def test_two_at_once_have_a_database_each(server: Server) -> None:
    with server.centre() as one, server.centre() as other:
        assert one != other


def rows(url: str) -> dict[str, list[tuple[Any, ...]]]:
    engine = tables.open_centre(url)
    found = contents(Centre(engine, Path()))
    engine.dispose()
    return found
