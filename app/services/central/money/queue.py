"""The queue of an office's loan files made anew, as if its bundles came now in their order.

A held file has its place from the day on which it arrived, not from the day on which the centre
learnt to read it. The ledger is settled once at the end, so what stays as it was is not posted
again.
"""

from typing import Any

from sqlalchemy import Connection, Row, delete, select

from app.core import json_text
from app.models.central import tables
from app.services.central.intake import office_records
from app.services.central.intake.heads import look_through, take_heads
from app.services.central.money import applications
from app.services.records.verdicts import ACCEPTED

_lines = tables.revisions
_TYPES = ("loan_file", "loan_decision")


def requeue(connection: Connection, office: str) -> None:
    """Let the lines of loan files and of their decisions arrive once more, bundle by bundle."""
    rounds = applications.forget(connection, office)
    for table in (tables.heads, tables.overtaken):
        connection.execute(delete(table).where(table.c.office == office, table.c.type.in_(_TYPES)))
    numbers = connection.scalars(
        select(_lines.c.bundle)
        .where(_lines.c.office == office, _lines.c.type.in_(_TYPES))
        .distinct()
        .order_by(_lines.c.bundle)
    )
    for number in numbers.all():
        rounds |= _arrive(connection, office, number)
    applications.settle(connection, office, rounds)


def _arrive(connection: Connection, office: str, number: int) -> set[str]:
    """Take a bundle's lines, then those that the centre itself wrote before the next came."""
    centre = tables.fact(connection, "replica")
    rows = connection.execute(
        select(_lines)
        .where(_lines.c.office == office, _lines.c.bundle == number, _lines.c.type.in_(_TYPES))
        .order_by(_lines.c.epoch, _lines.c.seq)
    ).all()
    of_desks = [row for row in rows if row.replica != centre]
    take_heads(connection, office, [_named(row) for row in of_desks if row.state == ACCEPTED])
    look_through(connection, office, [_named(row) for row in of_desks if row.state != ACCEPTED])
    touched = office_records.touched(connection, office, "loan_file", number)
    rounds = applications.look_again(connection, office, touched)
    for row in rows:
        if row.replica == centre:
            take_heads(connection, office, [_named(row)])
            rounds |= applications.look_again(connection, office, _decided(row))
    return rounds


def _named(row: Row[Any]) -> tuple[str, str, str, str]:
    return row.rev, row.type, row.id, row.parents


def _decided(row: Row[Any]) -> list[str]:
    """Name the loan file of a decision; an erasure decides nothing."""
    if row.type != "loan_decision":
        return []
    return [json_text.kept(row.line)["b"]["data"]["loan_file"]]
