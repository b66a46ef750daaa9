"""New tables made by Alembic once in a process, and by its very statements from then on.

A test makes desks and centres of its own; to make the same tables costs Alembic most of that time.
"""

from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, inspect

_Statements = list[tuple[str, Any]]


def once() -> None:
    """Let Alembic's way from nothing to a revision be gone once for each kind of database."""
    by_alembic = command.upgrade
    kept: dict[tuple[str | None, str, str], _Statements] = {}

    def upgrade(config: Config, revision: str) -> None:
        connection: Connection = config.attributes["connection"]
        way = (config.get_main_option("script_location"), revision, connection.dialect.name)
        if inspect(connection).get_table_names():
            by_alembic(config, revision)
        elif way in kept:
            for statement, parameters in kept[way]:
                connection.exec_driver_sql(statement, parameters)
        else:
            kept[way] = _noted(connection, lambda: by_alembic(config, revision))

    command.upgrade = upgrade


def _noted(connection: Connection, work: Any) -> _Statements:
    """Work, and give the statements that wrote."""
    found: _Statements = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if not statement.lstrip().upper().startswith(("SELECT", "PRAGMA")):
            found.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(connection, "before_cursor_execute", note)
    return found
