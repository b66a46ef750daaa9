"""Heads, conflicts and digests from the raw lines alone: no code of the merge stands behind it."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from app.models.office.store import Store
from app.services.central import Centre

Lines = dict[str, dict[str, Any]]  # rev -> header


def ids_of(store: Store, type_: str) -> list[str]:
    """List the records of a desk by its rows."""
    with store.read() as connection:
        found = connection.exec_driver_sql(f'SELECT id FROM "{type_}" ORDER BY id')
        return [row[0] for row in found]


def revs_of_desk(store: Store) -> set[str]:
    """List every line that a desk holds."""
    with store.read() as connection:
        return {row[0] for row in connection.exec_driver_sql("SELECT rev FROM line")}


def revs_of_centre(centre: Centre, office: str = "") -> set[str]:
    """List every line that the centre accepted."""
    question = "SELECT rev FROM revision WHERE state = 'accepted' AND (office = :o OR :o = '')"
    with centre.engine.connect().execution_options(reads=True) as connection:
        return {row[0] for row in connection.execute(text(question), {"o": office})}


def lines_of_centre(centre: Centre, office: str) -> Lines:
    """Read the headers of an office, each proved by its own hash."""
    question = "SELECT rev, line FROM revision WHERE state = 'accepted' AND office = :o"
    with centre.engine.connect().execution_options(reads=True) as connection:
        rows = connection.execute(text(question), {"o": office}).all()
    found = {}
    for rev, raw in rows:
        header = json.loads(bytes(raw))["h"]
        plain = json.dumps(header, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(plain.encode()).hexdigest() == rev
        found[rev] = header
    return found


def heads(lines: Lines) -> dict[tuple[str, str], set[str]]:
    """Give for each record the lines that nothing stands on."""
    named = {parent for header in lines.values() for parent in header["parents"]}
    found: dict[tuple[str, str], set[str]] = {}
    for rev, header in lines.items():
        if rev not in named:
            found.setdefault((header["type"], header["id"]), set()).add(rev)
    return found


def disputed(lines: Lines) -> set[tuple[str, str]]:
    """List the records with several heads."""
    return {record for record, revs in heads(lines).items() if len(revs) > 1}


def state_digest(lines: Lines) -> str:
    """Hash the rows of the specification: type SP id SP head[,head...] LF, sorted."""
    rows = [
        f"{type_} {id_} {','.join(sorted(revs))}\n" for (type_, id_), revs in heads(lines).items()
    ]
    return hashlib.sha256("".join(sorted(rows)).encode()).hexdigest()


def shifted(at: str, seconds: int) -> str:
    """Give a time of the journal as a wrong clock would have told it."""
    moment = datetime.strptime(at, "%Y-%m-%dT%H:%M:%S.%fZ") + timedelta(seconds=seconds)  # noqa: DTZ007
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
