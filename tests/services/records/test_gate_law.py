"""The law of the gate: whatever stands in whichever field, it is refused in words or held in peace.

Every described field of every type, every part and every inner row, with every hostile value, goes
through every way in: the centre on both databases, another desk's file, a receipt, a rebuild.
Each time each way takes a third, so every value goes one way; `dev.py bench full` takes all.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from app.models.central import tables
from app.models.records.base import Writer, entities
from app.services import central, exchange
from app.services.central import Centre
from app.services.central.keys.centre import statements
from app.services.exchange.introduction import own_recipient
from app.services.office.desk import Desk
from app.services.records import records
from app.services.records.acts import current
from app.services.records.verify import state_digest, verify
from app.services.safekeeping import rebuilding
from app.sync import keys, trust
from app.sync.bundle import FULL, seal
from app.sync.receipt import Receipt, write_receipt
from tests.makers.hostile import ALL, fill, types
from tests.makers.pens import Pen
from tests.makers.senders import befriend, seal_for
from tests.services.conftest import PASSWORD, WEAK

pytestmark = pytest.mark.long

CODES = {"field_form", "line_header"}


def a_third(first: int) -> pytest.MarkDecorator:
    """Let a test take every third value from this one on, and all of them in its long form."""
    of_three = pytest.param(slice(first, None, 3), id="a third")
    return pytest.mark.parametrize(
        "part", [of_three, pytest.param(ALL, marks=pytest.mark.full, id="all")]
    )


@a_third(0)
def test_the_centre_returns_it_in_words_or_keeps_it_and_goes_on(
    centre: Centre, pen: Pen, tmp_path: Path, part: slice
) -> None:
    hostile = fill(pen, types(Writer.OFFICE), part=part)
    taken = central.ingest(centre, hostile.seal(tmp_path))

    assert taken.accepted + taken.rejected == len(hostile.lines)
    assert taken.accepted > 1_000 / part.step and taken.rejected > 1_000 / part.step
    with tables.reading(centre.engine) as connection:
        table = tables.revisions
        said = connection.execute(
            select(table.c.code, table.c.reason, func.count())
            .where(table.c.state == "rejected")
            .group_by(table.c.code, table.c.reason)
        ).all()
        for type_ in entities():
            view = f"reading_{type_}" if _is_sqlite(centre) else f'reading."{type_}"'
            connection.execute(text(f"SELECT * FROM {view}")).all()
    assert {row.code for row in said} == CODES
    assert all(row.reason for row in said)
    assert central.status(centre).lines == taken.accepted
    assert central.write_receipts(centre, tmp_path / "receipts")
    assert central.figures(centre) and central.duplicates(centre) is not None


def _is_sqlite(centre: Centre) -> bool:
    return centre.engine.dialect.name == "sqlite"


@a_third(1)
def test_a_desk_and_the_centre_make_the_same_of_another_desk_s_file(
    introduced: Desk, pilot: Centre, tmp_path: Path, part: slice
) -> None:
    hostile = befriend(introduced, Pen())
    hostile.enrol(pilot, tmp_path)
    fill(hostile, types(Writer.OFFICE), part=part)
    central.ingest(pilot, exchange.export(introduced.store, tmp_path).path)
    at_the_centre = central.ingest(pilot, hostile.seal(tmp_path))

    taken = exchange.import_bundle(introduced.store, seal_for(introduced, hostile, tmp_path))

    assert (taken.new, taken.left_out) == (at_the_centre.accepted, at_the_centre.rejected)
    assert verify(introduced.store).ok
    assert state_digest(introduced.store) == central.status(pilot).state_digest
    assert {each.code for each in exchange.lines_left_out(introduced.store)} <= CODES
    _look_at_everything(introduced, hostile)


@a_third(2)
def test_a_desk_takes_a_receipt_of_a_centre_that_lets_everything_through(
    introduced: Desk, pilot: Centre, tmp_path: Path, part: slice
) -> None:
    hostile = _as_the_centre(pilot, part)
    receipt = Receipt(
        office="15", number=1, at="2025-10-02T03:04:05Z", bundles=(), acknowledged=(),
        desk_keys=(), statements=(), tables={},
    )  # fmt: skip
    path = write_receipt(
        tmp_path, receipt, hostile.rows(), centre=hostile.sender, recipients=_desk_s(introduced),
        schemas={},
    ).path  # fmt: skip

    exchange.apply_receipt(introduced.store, path)

    left = exchange.lines_left_out(introduced.store, "-000001-R")
    assert left and {each.code for each in left} <= CODES
    assert verify(introduced.store).ok
    _look_at_everything(introduced, hostile)
    exchange.apply_receipt(introduced.store, path)
    assert exchange.lines_left_out(introduced.store, "-000001-R") == left


@a_third(1)
def test_a_desk_is_rebuilt_from_a_file_in_which_the_centre_lets_everything_through(
    pilot: Centre, tmp_path: Path, part: slice
) -> None:
    hostile = _as_the_centre(pilot, part)
    secret = bytes([7]) * 20
    recipient = keys.recipient_of(keys.office_identity(secret))
    facts = hostile.facts(kind=FULL, seq_from=0, seq_to=0)
    path = seal(
        tmp_path, facts, hostile.rows(), signing_key=hostile.key, recipients=[recipient]
    ).path
    with tables.reading(pilot.engine) as connection:
        trust.write_trust(tmp_path / f"{path.stem}-trust.txt", statements(connection))

    desk = rebuilding.rebuild(
        tmp_path / "again", path, recovery=keys.recovery_text(secret),
        user="กานดา", password=PASSWORD, cost=WEAK,
    )  # fmt: skip

    try:
        assert verify(desk.store).ok
        left = exchange.lines_left_out(desk.store)
        assert left and {each.code for each in left} <= CODES
        _look_at_everything(desk, hostile)
    finally:
        desk.close()


def _look_at_everything(desk: Desk, pen: Pen) -> None:
    """Open every record that was taken, as a page does, and find what is wrong with it."""
    seen = 0
    for line in pen.lines[:: max(1, len(pen.lines) // 400)]:
        type_, record_id = line.header.type, line.header.id
        with desk.store.read() as connection:
            found = current(connection, type_, record_id)
        if found is not None:
            opened = records.get(desk.store, type_, record_id)
            assert records.title(type_, opened.data) is not None
            seen += 1
    assert seen > 20


class _CentrePen(Pen):
    sender: Any

    def rows(self) -> Iterator[tuple[str, bytes]]:
        ordered = sorted(self.lines, key=lambda line: (line.header.type, line.header.seq))
        return iter([(line.header.type, line.to_bytes()) for line in ordered])


def _as_the_centre(centre: Centre, part: slice) -> _CentrePen:
    """Write as the centre itself: everything of every type, in its own chain, under its key."""
    made = _CentrePen()
    with tables.reading(centre.engine) as connection:
        made.sender = centre.sender(connection)
    made.key, made.replica, made.epoch = (
        made.sender.signing_key, made.sender.replica, made.sender.epoch,
    )  # fmt: skip
    fill(made, types(), part=part)
    return made


def _desk_s(desk: Desk) -> list[str]:
    with desk.store.read() as connection:
        return [own_recipient(connection)]
