"""Code tables of the ministry: put in at the centre, they go to every office with its receipts.

A table is a JSON object with a `version`, a whole number that only grows; what else it holds is the
table's own affair. A desk keeps the highest version it was sent.
"""

from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import Connection, delete, insert, select

from app.core import json_text, schema
from app.core.errors import Invalid, UserError
from app.core.i18n import _
from app.core.line import new_body
from app.models.central import tables
from app.services.central.keys.centre import Centre

_TABLE = schema.record({"version": schema.number(1)}, others=True)
_PREFIX = "table/"


def put_table(centre: Centre, name: str, table: Mapping[str, Any]) -> bool:
    """Put a code table in the place of its last version; tells whether it is new.

    Raises Invalid for one without a name, a version, or the form that a line's data has, and
    UserError "older_table" for a version that is not above the one that offices may have.
    """
    if not schema.type_name.fits(name) or not _TABLE.fits(table):
        raise Invalid(
            _("A code table needs a name of small letters and a whole number as its version."),
            code="table_form",
        )
    new_body(dict(table))  # refuses what canonical JSON cannot hold
    with tables.acting(centre.engine) as connection:
        before = code_tables(connection).get(name)
        if before == table:
            return False
        if before is not None and table["version"] <= before["version"]:
            raise UserError(
                _("Table {name} has version {version} already; give a higher one.").format(
                    name=name, version=before["version"]
                ),
                code="older_table",
            )
        this = tables.facts.c.name == _PREFIX + name
        connection.execute(delete(tables.facts).where(this))
        value = orjson.dumps(table, option=orjson.OPT_SORT_KEYS).decode()
        connection.execute(insert(tables.facts), [{"name": _PREFIX + name, "value": value}])
    return True


def code_tables(connection: Connection) -> dict[str, dict[str, Any]]:
    """Return the tables that go out, by name."""
    facts = tables.facts
    rows = connection.execute(select(facts).where(facts.c.name.startswith(_PREFIX)))
    return {row.name.removeprefix(_PREFIX): json_text.kept(row.value) for row in rows}
