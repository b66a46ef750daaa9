"""A centre that has heard from its offices, and what it keeps and answers."""

from pathlib import Path

from sqlalchemy import text

from app.core.line import Line
from app.models.central import tables
from app.services import central
from app.services.central import Centre
from app.sync.bundle import open_bundle
from app.sync.receipt import Receipt, read_receipt
from devtools.pen import uuid
from tests.makers.announcements import MILLION, ROUND, apply, decision
from tests.makers.pens import Pen, open_centre

SAME = ("revision", "head", "overtaken", "unread", "withheld", "file", "person_key", "erased")


SAME_TOO = ("application", "office_key", "receipt", "archive", "bundle", "run")


def fill(centre: Centre, pen: Pen, folder: Path) -> None:
    """Let everything happen that can: forks, rejects, held lines, decisions, a withdrawn key."""
    other = Pen(office="93")
    other.enrol(centre, folder)
    frame = {"code": ROUND, "name": "รอบ", "apply_from": "2024-12-01", "apply_to": "2025-04-30"}
    central.announce_round(centre, frame | {"pot": 6 * MILLION})
    central.allot(centre, "15", ROUND, 3 * MILLION)
    first = apply(pen, 1, MILLION)
    apply(pen, 2, 2 * MILLION)
    copy = pen.clone()
    pen.write("person", 3, {"first_th": ["not", "text"]})
    pen.write("drone_licence", 4, {"name": "ข"})
    copy.person(3, "ค")
    withheld = other.person(1, "ง")
    bare = {1: Line(withheld.header, None).to_bytes()}
    central.ingest(centre, other.seal(folder, raw=bare))
    for each in (pen, copy, other):
        assert central.ingest(centre, each.seal(folder)).content_id
    central.decide(centre, "15", uuid(1), decision("partly", MILLION // 2))
    central.allot(centre, "93", ROUND, MILLION)
    central.allot(centre, "15", ROUND, 4 * MILLION)
    apply(pen, 1, MILLION, first, status="disbursed")
    other.write("person", 1, {}, raw_line(other), op="del")
    broken = pen.person(9, "จ")
    central.ingest(centre, pen.seal(folder, 5, raw={broken.header.seq: b"{"}))
    central.roll(centre, signing=True, recipient=True)
    last = other.seal(folder, 2)
    central.revoke(centre, "93", other.key.key_id, "หาย")
    assert central.ingest(centre, last).code == "revoked_key"
    central.release(centre, str(last), "ตรวจแล้ว")
    assert central.ingest(centre, last).status == "accepted"
    central.write_receipts(centre, folder / "receipts", office="15")


def raw_line(pen: Pen) -> Line:
    return pen.lines[0]


def rebuilt(centre: Centre, folder: Path) -> Centre:
    new = open_centre(f"sqlite:///{folder / 'new.db'}", centre.keys)
    central.rebuild(new, centre)
    return new


def receipt_of(centre: Centre, pen: Pen, folder: Path) -> tuple[Receipt, list[Line]]:
    (sealed,) = central.write_receipts(centre, folder, office=pen.office)
    trusted = {key.key_id: key for key in pen.centre.keys}
    with open_bundle(sealed.path, trusted=trusted, identities=[pen.identity]) as opened:
        return read_receipt(opened), [each.line for each in opened.lines() if each.line]


def _reading(connection: object, type_: str) -> str:
    sqlite = connection.dialect.name == "sqlite"  # type: ignore[attr-defined]
    return f"reading_{type_}" if sqlite else f'reading."{type_}"'


def rows_of(centre: Centre, type_: str, columns: str = "*") -> list[tuple[object, ...]]:
    with tables.reading(centre.engine) as connection:
        view = _reading(connection, type_)
        found = connection.execute(text(f"SELECT {columns} FROM {view} ORDER BY office, id"))
        return [tuple(row) for row in found]
