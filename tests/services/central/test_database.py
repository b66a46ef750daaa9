"""What goes wrong between the centre and its database is a sentence; its schema has a home."""

import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from app.cli import main
from app.core.errors import TooNew, UserError
from app.models.central import centre_database, centre_schema, tables
from app.models.central.faults import in_words
from app.services import central
from tests.makers.pens import Pen, new_centre, open_centre
from tests.makers.postgres import Server, drop_database

ROOT = Path(__file__).parents[3]


def code_of(url: str, folder: Path) -> str:
    with pytest.raises(UserError) as refused:
        open_centre(url, folder)
    assert refused.value.sentence
    return refused.value.code


def test_models_and_migrations_agree(tmp_path: Path, centre_url: str) -> None:
    centre = new_centre(tmp_path, centre_url)
    with tables.writing(centre.engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
    scripts = ScriptDirectory(str(ROOT / "app" / "migrations" / "central"))
    assert scripts.get_current_head() == centre_schema.SCHEMA


@pytest.mark.parametrize("numbered", [True, False], ids=["numbered", "before_numbers"])
def test_a_centre_of_the_first_schema_is_upgraded_with_all_it_holds(
    tmp_path: Path, centre_url: str, numbered: bool
) -> None:
    centre = new_centre(tmp_path, centre_url)
    pen = Pen()
    pen.enrol(centre, tmp_path)
    first = pen.person(1, "ก")
    pen.person(1, "ข", first)
    pen.person(1, "ค", first)
    central.ingest(centre, pen.seal(tmp_path))
    before = central.status(centre)
    with tables.reading(centre.engine) as connection:
        kept = connection.execute(text("SELECT bytes FROM archive")).scalar()
        showing = connection.execute(tables.shown.select()).all()
    _go_back_to_the_first_schema(centre, numbered=numbered)

    again = open_centre(centre_url, centre.keys)

    assert central.status(again) == before
    with tables.reading(again.engine) as connection:
        rows = connection.execute(
            tables.revisions.select().order_by("seq").with_only_columns(tables.revisions.c.parents)
        )
        assert [row.parents for row in rows] == ["", first.header.rev, first.header.rev]
        assert connection.execute(tables.archive.select()).all() == [("15", 1, 0, kept)]
        assert connection.execute(tables.shown.select()).all() == showing and showing
    pen.person(2, "ง")
    assert central.ingest(again, pen.seal(tmp_path, 4)).accepted == 1


def _go_back_to_the_first_schema(centre: central.Centre, *, numbered: bool) -> None:
    """Carry the rows into tables that the first migration makes, as an old program left them."""
    with tables.reading(centre.engine) as connection:
        rows = {
            table.name: [dict(row) for row in connection.execute(table.select()).mappings()]
            for table in tables.metadata.sorted_tables
        }
    config = Config()
    config.set_main_option("script_location", centre_schema.MIGRATIONS)
    with tables.writing(centre.engine) as connection:
        if connection.dialect.name == "sqlite":
            for name in connection.scalars(
                text("SELECT name FROM sqlite_master WHERE type = 'view'")
            ).all():
                connection.exec_driver_sql(f"DROP VIEW {name}")
        else:
            connection.exec_driver_sql("DROP SCHEMA reading CASCADE")
        tables.metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for row in rows["archive"]:
            del row["office"]
        for row in rows["revision"]:
            del row["parents"]
        rows["centre"] = [row for row in rows["centre"] if row["name"] not in ("types", "views")]
        del rows["shown"]
        for name, found in rows.items():
            for row in found:
                names = ", ".join(f'"{each}"' for each in row)
                values = ", ".join(f":{each}" for each in row)
                connection.execute(text(f'INSERT INTO "{name}" ({names}) VALUES ({values})'), row)
        if not numbered:
            connection.exec_driver_sql("DROP TABLE alembic_version")


def test_a_centre_of_a_newer_program_is_refused(tmp_path: Path, centre_url: str) -> None:
    centre = new_centre(tmp_path, centre_url)
    with tables.writing(centre.engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(TooNew) as refused:
        open_centre(centre_url, centre.keys)
    assert refused.value.code == "too_new"


def test_office_stands_first_in_every_key_of_what_offices_sent() -> None:
    of_the_centre = {"centre", "quarantine", "release"}  # small, the same for all
    sent = [each for each in tables.metadata.sorted_tables if each.name not in of_the_centre]
    assert len(sent) > 8
    for table in sent:
        keys = [table.primary_key, *(index for index in table.indexes if index.unique)]
        assert {next(iter(key.columns)).name for key in keys} == {"office"}, table.name


@pytest.mark.parametrize(
    "url",
    ["postgresql://host/centre", "mysql://host/centre", "centre.db", "sqlite://", ":::", ""],
)
def test_a_database_of_another_kind_is_refused(tmp_path: Path, url: str) -> None:
    assert code_of(url, tmp_path) == "database_url"


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:  # bound and never listening: nobody else can
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        url = f"postgresql+psycopg://centre:x@127.0.0.1:{port}/centre"
        assert code_of(url, tmp_path) == "database_away"


def test_a_wrong_password_user_or_database_is_said(tmp_path: Path, server: Server) -> None:
    wrong = [
        server.url("postgres", password="another"),
        server.url("postgres", user="nobody"),
        server.url("nowhere"),
        server.url("postgres").replace(":" + server.url("").split(":")[2].split("@")[0], "", 1),
    ]
    assert [code_of(url, tmp_path) for url in wrong] == ["database_login"] * 4


def test_a_server_that_is_too_old_is_said() -> None:
    centre_database.refuse_old(150004)
    with pytest.raises(UserError) as refused:
        centre_database.refuse_old(140022)
    assert refused.value.code == "database_too_old" and "14" in refused.value.sentence


def test_a_user_without_rights_is_told(tmp_path: Path, server: Server) -> None:
    url = server.new_database()
    new_centre(tmp_path, url)
    server.execute("CREATE ROLE onlooker LOGIN PASSWORD 'onlooker'")
    try:
        assert (
            code_of(
                server.url(url.rsplit("/", 1)[1], user="onlooker", password="onlooker"), tmp_path
            )
            == "database_rights"
        )
    finally:
        server.execute("DROP ROLE onlooker")
        drop_database(url)


def test_a_command_waits_for_another_and_says_so_when_it_takes_too_long(
    tmp_path: Path, centre_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(centre_database, "LONGEST_WAIT_MS", 200)
    centre = new_centre(tmp_path, centre_url)
    other = tables.open_centre(centre_url)

    with (
        tables.acting(centre.engine),
        pytest.raises(UserError) as refused,
        tables.acting(other),
    ):
        raise AssertionError("two at once")

    other.dispose()
    assert refused.value.code == "busy"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda path: path.write_bytes(b"no database at all" * 400), "damaged"),
        (lambda path: path.mkdir(), "cannot_open"),
    ],
    ids=["another_file", "a_folder"],
)
def test_a_file_that_is_no_database_is_said(tmp_path: Path, spoil: Any, code: str) -> None:
    spoil(tmp_path / "centre.db")
    assert code_of(f"sqlite:///{tmp_path / 'centre.db'}", tmp_path) == code


def test_a_fault_of_our_own_stays_one() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError), closing(connection), in_words():
        connection.execute("SELEKT")
    with pytest.raises(KeyError), in_words():
        raise KeyError


def test_the_command_line_says_it_in_a_sentence_and_exits_with_2(
    tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["central", "status", "--db", server.url("nowhere"), "--keys", str(tmp_path)]

    assert main([*words]) == 2

    said = capsys.readouterr().err
    assert "ฐานข้อมูล" in said and "Traceback" not in said


@pytest.fixture(autouse=True)
def no_password_file(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in [name for name in os.environ if name.startswith("PG")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PGPASSFILE", os.devnull)
    yield
