# ruff: noqa: S608 (the names come from the described tables, not from anyone)
"""The guard of the journal: SQLite itself refuses a COMMIT that changed a row without its line.

Session events see nothing of bulk updates or of raw SQL, so triggers generated from the described
tables note every changed row in `dirty`; its rows point at nothing by a deferred foreign key, and
only a line written after the change removes them.
"""

from sqlalchemy import Connection, text

from app.models.records import audit
from app.models.records.base import Record, entities


def guard(connection: Connection) -> None:
    """Create every trigger and search table of the journal anew from the described tables."""
    for kind, name in connection.execute(
        text(
            "SELECT type, name FROM sqlite_master WHERE name LIKE 'journal%' AND type = 'trigger' "
            "OR type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%'"
        )
    ).all():
        connection.exec_driver_sql(f'DROP {kind} "{name}"')
    for entity in entities().values():
        for sql in _search_table(entity) + _triggers(entity):
            connection.exec_driver_sql(sql)
    for sql in (*_JOURNAL_TRIGGERS, *audit.TRIGGERS):
        connection.exec_driver_sql(sql)


_JOURNAL_TRIGGERS = (
    "CREATE TRIGGER journal_line_clears AFTER INSERT ON line BEGIN "
    "DELETE FROM dirty WHERE type = NEW.type AND id = NEW.id; END",
    "CREATE TRIGGER journal_line_stays BEFORE UPDATE ON line BEGIN "
    "SELECT RAISE(ABORT, 'a line of the journal is never changed'); END",
    "CREATE TRIGGER journal_line_kept BEFORE DELETE ON line BEGIN "
    "SELECT RAISE(ABORT, 'a line of the journal is never removed'); END",
    "CREATE TRIGGER journal_body_stays BEFORE UPDATE ON line_body BEGIN "
    "SELECT RAISE(ABORT, 'the body of a line is never changed'); END",
    "CREATE TRIGGER journal_body_kept BEFORE DELETE ON line_body "
    "WHEN NOT EXISTS (SELECT 1 FROM line AS this JOIN line AS erasing "
    "ON erasing.type = this.type AND erasing.id = this.id "
    "WHERE this.rev = OLD.rev AND erasing.op = 'erase') "
    "BEGIN SELECT RAISE(ABORT, 'a body is dropped only by an erasure'); END",
)


def _triggers(entity: type[Record]) -> list[str]:
    name = entity.__tablename__
    # not INSERT OR IGNORE: an upsert that fires the trigger would put its own rule in the place
    noting = (
        f"INSERT INTO dirty (type, id) SELECT '{name}', {{row}}.id WHERE NOT EXISTS "
        f"(SELECT 1 FROM dirty WHERE type = '{name}' AND id = {{row}}.id);"
    )
    on = f'ON "{name}"'
    found = [
        f"CREATE TRIGGER journal_{name}_insert AFTER INSERT {on} "
        f"BEGIN {noting.format(row='NEW')} END",
        f"CREATE TRIGGER journal_{name}_update AFTER UPDATE {on} "
        f"BEGIN {noting.format(row='NEW')} END",
        f"CREATE TRIGGER journal_{name}_delete AFTER DELETE {on} "
        f"BEGIN {noting.format(row='OLD')} END",
        f"CREATE TRIGGER journal_{name}_id BEFORE UPDATE OF id {on} WHEN NEW.id <> OLD.id "
        "BEGIN SELECT RAISE(ABORT, 'the id of a record stays'); END",
    ]
    if entity.listed:
        found += _search_triggers(name)
    return found


def _search_triggers(name: str) -> list[str]:
    """Keep the search table, which holds no text of its own, in step with the rows."""
    search = f"{name}_search"
    drop = (
        f"INSERT INTO {search} ({search}, rowid, search_key) "
        "VALUES ('delete', OLD.no, OLD.search_key);"
    )
    add = f"INSERT INTO {search} (rowid, search_key) VALUES (NEW.no, NEW.search_key);"
    on = f'ON "{name}"'
    return [
        f"CREATE TRIGGER journal_{name}_found AFTER INSERT {on} BEGIN {add} END",
        f"CREATE TRIGGER journal_{name}_refound AFTER UPDATE OF no, search_key {on} "
        f"BEGIN {drop} {add} END",
        f"CREATE TRIGGER journal_{name}_unfound AFTER DELETE {on} BEGIN {drop} END",
    ]


def _search_table(entity: type[Record]) -> list[str]:
    name = entity.__tablename__
    if not entity.listed:
        return []
    search = f"{name}_search"
    return [
        f"CREATE VIRTUAL TABLE {search} USING fts5("
        f"search_key, content='{name}', content_rowid='no', tokenize='trigram')",
        f"INSERT INTO {search} ({search}) VALUES ('rebuild')",
    ]
