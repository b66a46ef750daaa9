"""A centre is brought up to the program that opens it: tables, judgements, read tables.

All of it is one transaction, whoever comes first; the others find it done.
"""

import orjson
from sqlalchemy import Connection, Engine, select

from app.models import central as tables
from app.models import centre_schema, centre_views
from app.models.base import entities
from app.models.centre_database import has_centre
from app.services.central import showing
from app.services.central.judging_again import judge_again
from app.services.central.requeueing import requeue

_KNOWN = "types"  # the fact that names what the program knew that judged last
_VIEWS = "views"


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
    if before != known:
        judged = judge_again(connection)
        read_anew = {type_ for type_ in known if known[type_] != before.get(type_)}
        _follow(connection, judged, read_anew)
        text = orjson.dumps(known, option=orjson.OPT_SORT_KEYS).decode()
        tables.set_fact(connection, _KNOWN, text)
    if tables.fact(connection, _VIEWS) != centre_views.fingerprint(connection):
        centre_views.make(connection)
        tables.set_fact(connection, _VIEWS, centre_views.fingerprint(connection))


def _follow(connection: Connection, judged: set[str], read_anew: set[str]) -> None:
    """Bring along what stands on lines: of the offices judged again, or of all.

    The index of persons needs a key, which is not here: it is computed anew once it is found that
    no key is noted as the index's.
    """
    showing.show_all(connection)
    queues = judged
    if "loan_file" in read_anew:
        queues = judged | set(connection.scalars(select(tables.heads.c.office).distinct()))
    for office in sorted(queues):
        requeue(connection, office)
    if judged or "person" in read_anew:
        tables.set_fact(connection, tables.INDEXED_WITH, "")


def _is_current(connection: Connection) -> bool:
    """Tell whether this very program judged here last. Raises TooNew where a newer one did."""
    before, known = _known(connection), _types()
    if any(schema > known.get(type_, 0) for type_, schema in before.items()):
        raise centre_schema.too_new()
    views = tables.fact(connection, _VIEWS)
    return before == known and views == centre_views.fingerprint(connection)


def _known(connection: Connection) -> dict[str, int]:
    found: dict[str, int] = orjson.loads(tables.fact(connection, _KNOWN) or "{}")
    return found


def _types() -> dict[str, int]:
    return {name: entity.schema for name, entity in entities().items()}
