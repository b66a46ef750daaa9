"""A centre is brought up to the program that opens it: tables, judgements, read tables.

All of it is one transaction, whoever comes first; the others find it done.
"""

from functools import partial
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, select

import app
from app.core import json_text
from app.models.central import centre_schema, read_views, tables
from app.models.central.centre_database import has_centre
from app.models.records.base import entities
from app.services.central.intake import shown
from app.services.central.intake.one_by_one import Fault, apart_within
from app.services.central.money.queue import requeue
from app.services.central.upkeep.second_verdicts import judge_again

_KNOWN = "types"  # the fact that names what the program knew that judged last
_VIEWS = "views"
_OWED = "owed"  # the fact that names the offices over which a version of the program failed


def bring_up_to_date(engine: Engine) -> None:
    """Update a centre that an older program left; a place without a centre is left alone.

    Raises TooNew where a newer program has judged here: this one would hold what that one took.
    """
    with tables.looking(engine) as connection:
        if not has_centre(connection):
            return
        schema = centre_schema.version(connection)
        centre_schema.refuse_newer(schema)
        if schema == centre_schema.SCHEMA and _is_current(connection):
            return
    with tables.writing(engine) as connection:
        update(connection)


def update(connection: Connection) -> None:
    """Make or change everything that this program and the database must agree about."""
    centre_schema.upgrade(connection)
    before, known = _known(connection), _types()
    if before != known or _is_to_try_again(connection):
        read_anew = {type_ for type_ in known if known[type_] != before.get(type_)}
        _read_again(connection, read_anew)
        text = orjson.dumps(known, option=orjson.OPT_SORT_KEYS).decode()
        tables.set_fact(connection, _KNOWN, text)
    if tables.fact(connection, _VIEWS) != read_views.fingerprint(connection):
        read_views.make(connection)
        tables.set_fact(connection, _VIEWS, read_views.fingerprint(connection))


def owed(connection: Connection) -> list[str]:
    """List the offices over which this or an older program failed while it brought them along."""
    offices: list[str] = _owed(connection)["offices"]
    return offices


def _read_again(connection: Connection, read_anew: set[str]) -> None:
    """Judge what is held, and bring along what stands on lines; `read_anew` are types.

    Each office is a matter of its own: one over which the program fails stays as it is, is noted,
    and is tried again by another version of the program.
    """
    left = set(owed(connection))
    judged, failed = judge_again(connection)
    failed |= _follow(connection, judged | left, read_anew)
    note = {"program": app.__version__, "offices": sorted(failed)}
    tables.set_fact(connection, _OWED, orjson.dumps(note).decode() if failed else "")


def _follow(connection: Connection, judged: set[str], read_anew: set[str]) -> set[str]:
    """Bring along what stands on lines: of the offices judged again, or of all.

    Gives the offices over which the program failed. The index of persons needs a key, which is not
    here: it is computed anew once it is found that no key is noted as the index's.
    """
    shown.show_all(connection)
    queues = judged
    if "loan_file" in read_anew:
        queues = judged | set(connection.scalars(select(tables.heads.c.office).distinct()))
    failed = {
        office
        for office in sorted(queues)
        if isinstance(apart_within(connection, partial(requeue, connection, office)), Fault)
    }
    if judged or "person" in read_anew:
        tables.set_fact(connection, tables.INDEXED_WITH, "")
    return failed


def _owed(connection: Connection) -> dict[str, Any]:
    nothing = '{"offices":[]}'
    found: dict[str, Any] = json_text.kept(tables.fact(connection, _OWED) or nothing)
    return found


def _is_to_try_again(connection: Connection) -> bool:
    note = _owed(connection)
    return bool(note["offices"]) and note["program"] != app.__version__


def _is_current(connection: Connection) -> bool:
    """Tell whether this very program judged here last. Raises TooNew where a newer one did."""
    before, known = _known(connection), _types()
    if any(schema > known.get(type_, 0) for type_, schema in before.items()):
        raise centre_schema.too_new()
    views = tables.fact(connection, _VIEWS)
    if _is_to_try_again(connection):
        return False
    return before == known and views == read_views.fingerprint(connection)


def _known(connection: Connection) -> dict[str, int]:
    found: dict[str, int] = json_text.kept(tables.fact(connection, _KNOWN) or "{}")
    return found


def _types() -> dict[str, int]:
    return {name: entity.schema for name, entity in entities().items()}
