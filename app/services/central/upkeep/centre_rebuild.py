"""The centre made anew from what it archived: the sealed files, its own lines, keys, statements.

Every file is opened again and judged again in the order of its arrival, and the centre's own lines
are put in where they were written, so the new centre ends in the same state or says that it does
not. It writes on under a new epoch: what the old one wrote and lost is not written a second time.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, exists, func, insert, select

from app.core import json_text
from app.core.errors import UserError
from app.core.i18n import _
from app.models.central import tables
from app.models.central.centre_database import has_centre
from app.services.central.answers.own_lines import Written
from app.services.central.intake.archive import archived
from app.services.central.intake.bundle_lines import take
from app.services.central.intake.follow_up import follow, follow_own
from app.services.central.intake.heads import take_heads
from app.services.central.keys import keyring
from app.services.central.keys.centre import Centre, enrolled, statements
from app.services.central.upkeep.status import digest
from app.services.central.upkeep.update import update
from app.sync import trust
from app.sync.bundle import open_bundle

_AS_THEY_ARE = (
    tables.office_keys,
    tables.revocations,
    tables.releases,
    tables.erased,
    tables.replaced,
    tables.quarantine,
    tables.receipts,
    tables.bundles,
    tables.archive,
    tables.runs,
)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of it: the files that were read again, and the one digest of old and new."""

    bundles: int
    lines: int
    state_digest: str


def rebuild(new: Centre, old: Centre) -> Rebuilt:
    """Fill an empty database from an old one; both use the same key folder.

    Raises UserError "exists" where the new database has a centre already, and "another_state"
    where the new state is not the old one: nothing is kept then.
    """
    with tables.reading(old.engine) as source, tables.writing(new.engine) as connection:
        if has_centre(connection):
            raise UserError(_("There is a central office here already."), code="exists")
        update(connection)
        _copy_facts(source, connection)
        for table in _AS_THEY_ARE:
            _copy(source, connection, table)
        _copy(source, connection, tables.applications, _of_erased())
        numbers = list(connection.scalars(select(tables.bundles.c.no).order_by("no")))
        _put_own(source, connection, 0)
        for number in numbers:
            _read_again(new, connection, source, number)
            _put_own(source, connection, number)
        found = digest(connection)
        if found != digest(source):
            raise UserError(
                _("The archive gives another state than the old centre has. Nothing was kept."),
                code="another_state",
            )
        lines = connection.scalar(select(func.count()).select_from(tables.revisions))
    return Rebuilt(len(numbers), lines or 0, found)


def _copy_facts(source: Connection, connection: Connection) -> None:
    made = set(connection.scalars(select(tables.facts.c.name)))
    found = source.execute(select(tables.facts))
    rows = {row.name: row.value for row in found if row.name not in made}
    rows["epoch"] = secrets.token_hex(16)
    connection.execute(
        insert(tables.facts), [{"name": name, "value": value} for name, value in rows.items()]
    )


def _of_erased() -> ColumnElement[bool]:
    """Choose the loan files of which nothing but their place in the ledger is left."""
    loans, gone = tables.applications, tables.erased
    return exists().where(
        gone.c.office == loans.c.office, gone.c.type == "loan_file", gone.c.id == loans.c.loan
    )


def _copy(
    source: Connection,
    connection: Connection,
    table: Table,
    where: ColumnElement[bool] | None = None,
) -> None:
    chosen = select(table) if where is None else select(table).where(where)
    found = source.execute(chosen.execution_options(yield_per=16))
    for rows in found.mappings().partitions():
        connection.execute(insert(table), [dict(row) for row in rows])


def _read_again(centre: Centre, connection: Connection, source: Connection, number: int) -> None:
    """Take in one archived file; its key was good enough then, or a person let it in."""
    own = trust.follow(None, statements(connection)).keys
    known = keyring.as_they_were([*own, *enrolled(connection)])
    with (
        archived(connection, number) as path,
        open_bundle(
            path,
            trusted={key.key_id: key for key in known},
            identities=centre.identities(),
        ) as opened,
    ):
        take(connection, opened, number, before=source)
        follow(connection, centre, opened, number)


def _put_own(source: Connection, connection: Connection, number: int) -> None:
    """Put in the centre's lines that were written after a bundle and before the next."""
    table = tables.revisions
    found = source.execute(
        select(table)
        .where(table.c.bundle == number, table.c.replica == tables.fact(source, "replica"))
        .order_by(table.c.office, table.c.epoch, table.c.seq)
    )
    for row in found.mappings().all():
        connection.execute(insert(table), [dict(row)])
        line = Written(row["rev"], row["type"], row["id"], row["parents"])
        take_heads(connection, row["office"], [line])
        data = json_text.kept(row["line"])["b"]["data"]
        follow_own(connection, row["office"], row["type"], data)
