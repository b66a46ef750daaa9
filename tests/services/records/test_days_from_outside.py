"""A day that no calendar has comes into no desk, so every report can count with those it has."""

from pathlib import Path

import pytest

from app.core.kinds import Kind
from app.models.records.base import Writer, entities, fields_of
from app.services import central, exchange, reporting
from app.services.central import Centre
from app.services.figures import Scope
from app.services.office.desk import Desk
from app.services.records.verify import verify
from tests.makers.figures import DAY, YEAR
from tests.makers.hostile import types
from tests.makers.pens import Pen
from tests.makers.senders import befriend, seal_for

SOUND = "2025-10-02"
DAYS = (Kind.DATE, Kind.PARTIAL_DATE)


def datas(type_: str, bad: str) -> list[dict[str, object]]:
    """Give a record with a day in every date, and with a bad one in each in turn."""
    names = [each.name for each in fields_of(entities()[type_]) if each.kind in DAYS]
    rows = [
        (each.name, inner.name)
        for each in fields_of(entities()[type_])
        for inner in each.rows
        if inner.kind in DAYS
    ]
    sound = dict.fromkeys(names, SOUND)
    wrong = [{**sound, name: bad} for name in names]
    within = [{**sound, outer: [{inner: bad, "amount": 5}]} for outer, inner in rows]
    return [sound, *wrong, *within]


@pytest.mark.parametrize("bad", ["", "0000-00-00", "9999-99-99", "2025-02-30", "ก", "๒๕๖๘"])
def test_a_bad_day_is_returned_and_left_out_and_every_report_is_read(
    introduced: Desk, pilot: Centre, tmp_path: Path, bad: str
) -> None:
    pen = befriend(introduced, Pen())
    pen.enrol(pilot, tmp_path)
    sound = 0
    for type_ in types(Writer.OFFICE):
        for data in datas(type_, bad):
            pen.write(type_, len(pen.lines) + 1, data)
        sound += 1

    at_the_centre = central.ingest(pilot, pen.seal(tmp_path))
    taken = exchange.import_bundle(introduced.store, seal_for(introduced, pen, tmp_path))

    assert (at_the_centre.accepted, taken.new) == (sound, sound)
    assert taken.left_out == len(pen.lines) - sound > 20
    assert verify(introduced.store).ok
    for each in reporting.reports():
        assert reporting.gather(introduced.store, each.name, Scope(YEAR, as_of=DAY))
