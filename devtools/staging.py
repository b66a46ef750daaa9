"""A desk in the middle of its week, for pictures: files, returns, conflicts, what was decided."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app.core.ids import new_id
from app.core.line import Line, new_body
from app.models.records import journal
from app.models.records.lines import heads_of, line
from app.services import central, exchange
from app.services.central import Centre
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records import acts, projection, records, search


def stage(demo: Path, folder: Path) -> Desk:
    """Copy the demonstration's desk into `folder` and let a week pass on the copy."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(demo / "office", folder / "office")
    shutil.copy(demo / "centre.db", folder / "centre.db")
    password = (demo / "keys" / "password.txt").read_text("utf-8").strip()
    # this machine remembers the saves of an earlier copy in the same place: the new one goes on
    desk = desks.open_desk(folder / "office", user="", password=password, go_on=True)
    people = [
        row.id for row in search.page(desk.store, "person", search.rows(desk.store, "person")[:8])
    ]
    centre = central.open_centre(f"sqlite:///{folder / 'centre.db'}", demo / "keys")
    _introduce_anew(desk, centre, folder)
    _return_something(desk, people, centre, folder)
    centre.engine.dispose()
    for number, name in ((2, "นายเกษม คำแสน"), (3, "")):
        _note(desk, people[number], f"บันทึกที่ {number}")
        sealed = exchange.export(desk.store, folder)
        if name:
            exchange.hand_over(desk.store, sealed.path.stem, to=name)
    _note(desk, people[4], "รอส่ง")
    _write_foreign(desk, people[5])
    _dispute(desk, people[6], {"phone": "0911111111"}, {"phone": "0922222222", "email": "a@b.th"})
    return desk


def _introduce_anew(desk: Desk, centre: Centre, folder: Path) -> None:
    """Enrol the copy, which goes on under a new key, and bring the centre what it sends first."""
    request = exchange.request_key(desk.store, folder)
    exchange.apply_trust(desk.store, central.enrol(centre, request, folder)[1])
    central.ingest(centre, exchange.export(desk.store, folder).path)
    _answer(desk, centre, folder)


def _answer(desk: Desk, centre: Centre, folder: Path) -> None:
    for receipt in central.write_receipts(centre, folder):
        if receipt.envelope.office == desk.office:
            exchange.apply_receipt(desk.store, receipt.path)


def _return_something(desk: Desk, people: list[str], centre: Centre, folder: Path) -> None:
    _note(desk, people[0], "ย้ายที่อยู่")
    _write_foreign(desk, people[1])
    sealed = exchange.export(desk.store, folder)
    exchange.hand_over(desk.store, sealed.path.stem, to="นางสาวอรทัย ใจสมมติ")
    central.ingest(centre, sealed.path)
    _decide_something(centre, desk)
    _answer(desk, centre, folder)


def _decide_something(centre: Centre, desk: Desk) -> None:
    """Let the centre announce rounds, allot money, decide two loan files and send a table."""
    for code, first, last in (
        ("2568-1", "2024-12-01", "2025-04-30"),
        ("2569-2", "2025-12-01", "2026-03-31"),
    ):
        name = f"กองทุนเพื่อผู้รับงานไปทำที่บ้าน รอบที่ {code}"
        dates = {"apply_from": first, "apply_to": last, "contract_by": last}
        frame = {"code": code, "name": name, "pot": 500_000_000}
        central.announce_round(centre, frame | dates)
        central.allot(centre, desk.office, code, 100_000_000)
    for row, outcome in zip(
        search.page(desk.store, "loan_file", search.rows(desk.store, "loan_file")[:2]),
        ("partly", "returned"),
        strict=False,
    ):
        decided = {"outcome": outcome, "decided_on": "2025-04-02", "meeting": "3/2568"}
        decided["reason"] = "ขอใบเสนอราคาเครื่องตัดกระดาษเพิ่ม ให้กู้เฉพาะรายการที่มีใบเสนอราคาแล้ว"
        more = {"amount": 4_000_000} if outcome == "partly" else {}
        central.decide(centre, desk.office, row.id, decided | more)
    central.put_table(centre, "occupations", {"version": 3})
    letter = {"round": "2568-1", "apply_to": "2025-05-31", "letter_no": "รง 0312/1234"}
    records.save(desk.store, "round_extension", letter)


def _note(desk: Desk, person: str, note: str) -> None:
    found = records.get(desk.store, "person", person)
    acts.act(
        desk.store,
        lambda acting: acting.put("person", person, found.data | {"note": note}, found.heads),
    )


def _write_foreign(desk: Desk, person: str) -> None:
    """Write, in one act with a change of a person, what only the centre may write."""
    found = records.get(desk.store, "person", person)

    def work(acting: acts.Acting) -> None:
        acting.put("fund_round", new_id(), {"code": "2569-1", "name": "รอบทดลอง"}, ())
        acting.put("person", person, found.data | {"note": "พร้อมรอบ"}, found.heads)

    acts.act(desk.store, work)


def _dispute(desk: Desk, person: str, here: dict[str, Any], there: dict[str, Any]) -> None:
    """Let this desk and another change a person, neither knowing of the other."""
    before = records.get(desk.store, "person", person)
    acts.act(
        desk.store, lambda acting: acting.put("person", person, before.data | here, before.heads)
    )
    body = new_body(before.data | there)

    def work(connection: Connection) -> None:
        mine = line(connection, heads_of(connection, "person", person)[0])
        assert mine is not None
        theirs = replace(
            mine.header,
            replica="c" * 32,
            epoch="d" * 32,
            seq=1,
            prev="",
            act=new_id(),
            digest=body.digest,
        )
        journal.append(connection, [Line(theirs, body)])
        projection.rebuild(connection, [("person", person)])

    desk.store.write(work)
