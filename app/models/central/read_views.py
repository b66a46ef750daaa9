"""The read tables for the ministry's own tools: one view for each type of record.

They show what a record shows today, office first, with the described fields as typed columns; of
a disputed record what the merge shows, and old data as this program reads it. On PostgreSQL they
stand in the schema `reading`, which the role `otg_reader` may read and nothing else; on SQLite
their names begin with `reading_`.
docs/reading.md is for whoever uses them.
"""
# ruff: noqa: S608 (every name in these statements is one of our own, none comes from outside)

import hashlib

from sqlalchemy import Connection

from app.core.fields import NUMBERS, Field, Kind
from app.models.central.centre_database import SQLITE
from app.models.records.base import Record, entities, fields_of

SCHEMA, READER = "reading", "otg_reader"


def make(connection: Connection) -> None:
    """Make the views anew, and on PostgreSQL the role that may read them, if we may make roles."""
    if connection.dialect.name != SQLITE:
        _run(connection, f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
    for statement in _statements(connection):
        _run(connection, statement)


def fingerprint(connection: Connection) -> str:
    """Name the views that this program makes: 64 hex digits that change when they do."""
    return hashlib.sha256("\n".join(_statements(connection)).encode()).hexdigest()


def _run(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def _statements(connection: Connection) -> list[str]:
    if connection.dialect.name == SQLITE:
        return [
            statement
            for type_, entity in entities().items()
            for statement in (f"DROP VIEW IF EXISTS {SCHEMA}_{type_}", _on_sqlite(type_, entity))
        ]
    made = [f"CREATE SCHEMA {SCHEMA}"]
    for type_, entity in entities().items():
        made += [_on_postgresql(type_, entity), *_comments(type_, entity)]
    return [*made, _GRANT]


# A database's owner need not be allowed to make roles; docs/scale.md has the line for the server's
# administrator then.
_GRANT = f"""
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{READER}') THEN
        BEGIN
            CREATE ROLE {READER} NOLOGIN;
        EXCEPTION WHEN insufficient_privilege OR duplicate_object THEN
            NULL;
        END;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{READER}') THEN
        GRANT USAGE ON SCHEMA {SCHEMA} TO {READER};
        GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO {READER};
    END IF;
END
$$
"""


def _on_postgresql(type_: str, entity: type[Record]) -> str:
    columns = ", ".join(["d.data->>'void_reason' AS void_reason", *map(_typed, fields_of(entity))])
    return f"""
CREATE VIEW {SCHEMA}."{type_}" AS
SELECT h.office, h.id, false AS disputed, {columns}
FROM head h
JOIN revision r ON r.office = h.office AND r.rev = h.rev
CROSS JOIN LATERAL (SELECT {_CONTENT} AS data OFFSET 0) AS d
WHERE h.type = '{type_}' AND d.data IS NOT NULL AND {_NOT_SHOWN}
UNION ALL
SELECT s.office, s.id, {_DISPUTED}, {columns}
FROM shown s
CROSS JOIN LATERAL (SELECT s.data::jsonb AS data OFFSET 0) AS d
WHERE s.type = '{type_}' AND s.data IS NOT NULL
"""


_NOT_SHOWN = (
    "NOT EXISTS (SELECT FROM shown x WHERE x.office = h.office AND x.type = h.type AND x.id = h.id)"
)
_DISPUTED = (
    "(SELECT count(*) FROM head h WHERE h.office = s.office AND h.type = s.type AND h.id = s.id)"
    " > 1"
)
# OFFSET 0 keeps the planner from reading the line once for each column. A text of PostgreSQL
# cannot hold U+0000, which JSON may write; it is left out, and a backslash before it is not one.
_TEXT = "convert_from(r.line, 'UTF8')"
_SOUND = (
    rf"CASE WHEN strpos({_TEXT}, '\u0000') = 0 THEN {_TEXT}::jsonb "
    rf"ELSE regexp_replace({_TEXT}, '(?<!\\)((?:\\\\)*)\\u0000', '\1', 'g')::jsonb END"
)
_CONTENT = (
    f"(SELECT CASE l.j->'h'->>'op' WHEN 'put' THEN l.j->'b'->'data' END "
    f"FROM (SELECT {_SOUND} AS j OFFSET 0) AS l)"
)


def _typed(field: Field) -> str:
    """Return a field as a column; a value of another type, which only an old line has, is NULL."""
    value, as_text = f"d.data->'{field.name}'", f"d.data->>'{field.name}'"
    if field.kind in NUMBERS:
        typed = f"CASE jsonb_typeof({value}) WHEN 'number' THEN ({as_text})::bigint END"
    elif field.kind is Kind.FLAG:
        typed = f"CASE jsonb_typeof({value}) WHEN 'boolean' THEN ({as_text})::boolean END"
    else:
        typed = value if field.kind in (Kind.ADDRESS, Kind.ROWS) else as_text
    return f'{typed} AS "{field.name}"'


def _comments(type_: str, entity: type[Record]) -> list[str]:
    view = f'{SCHEMA}."{type_}"'
    return [
        f"COMMENT ON VIEW {view} IS {_quoted(entity.label)}",
        *(
            f'COMMENT ON COLUMN {view}."{field.name}" IS {_quoted(field.label)}'
            for field in fields_of(entity)
        ),
    ]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _on_sqlite(type_: str, entity: type[Record]) -> str:
    def columns(whole: str, place: str) -> str:
        names = ["void_reason", *(field.name for field in fields_of(entity))]
        return ", ".join(f"json_extract({whole}, '{place}.{name}') AS \"{name}\"" for name in names)

    line = "CAST(r.line AS TEXT)"
    return f"""
CREATE VIEW {SCHEMA}_{type_} AS
SELECT h.office, h.id, 0 AS disputed, {columns(line, "$.b.data")}
FROM head h
JOIN revision r ON r.office = h.office AND r.rev = h.rev
WHERE h.type = '{type_}' AND json_extract({line}, '$.h.op') = 'put'
    AND json_type({line}, '$.b.data') IS NOT NULL AND {_NOT_SHOWN.replace("SELECT", "SELECT 1", 1)}
UNION ALL
SELECT s.office, s.id, {_DISPUTED}, {columns("s.data", "$")}
FROM shown s
WHERE s.type = '{type_}' AND s.data IS NOT NULL
"""
