"""The centre keeps scans and late bodies, gives them back, and finds one person in two offices."""

from pathlib import Path

import pytest
from sqlalchemy import select

from app.cli import main
from app.core.errors import UserError
from app.core.line import Line
from app.models.central import tables
from app.models.office.store import setting
from app.models.records.attachments import FOLDER
from app.models.records.lines import lines_of
from app.services import central, exchange
from app.services.central import Centre
from app.services.office import attachments
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records.verify import verify
from app.services.safekeeping import rebuilding
from app.sync.bundle import open_bundle
from app.sync.receipt import read_receipt
from devtools.pen import uuid
from tests.makers.answers import Voice
from tests.makers.attachments import JPEG, PDF, a_document, scan
from tests.makers.central import receipt_of
from tests.makers.office import id_number
from tests.makers.pens import Pen, contents, introduce, where
from tests.services.conftest import PASSWORD, WEAK


def test_scans_are_kept_once_and_a_rebuilt_desk_has_them(centre: Centre, tmp_path: Path) -> None:
    desk, recovery = desks.create(
        tmp_path / "lost", office="15", user="กานดา", password=PASSWORD, cost=WEAK
    )
    introduce(desk, centre, tmp_path)
    names = [
        attachments.attach(desk.store, scan(tmp_path)),
        attachments.attach(desk.store, scan(tmp_path, PDF, "จดหมาย.pdf")),
    ]
    a_document(desk, *names)
    for full in (False, True):
        central.ingest(centre, exchange.export(desk.store, tmp_path, full=full).path)
    desk.close()

    assert [row[1] for row in contents(centre)["file"]] == sorted(names)
    sealed = central.export_office(centre, "15", tmp_path / "full")
    made = rebuilding.rebuild(
        tmp_path / "new",
        sealed.path,
        recovery=recovery,
        user="กานดา",
        password=PASSWORD,
        cost=WEAK,
    )
    assert attachments.content(made.store, names[0]) == JPEG
    assert len(list((made.store.folder / FOLDER).iterdir())) == 2
    assert verify(made.store).ok
    made.close()


def test_the_scans_of_a_disputed_record_travel_in_the_receipt(
    centre: Centre, desk: Desk, tmp_path: Path
) -> None:
    introduce(desk, centre, tmp_path)
    name = attachments.attach(desk.store, scan(tmp_path))
    document = a_document(desk, name)
    sealed = exchange.export(desk.store, tmp_path)
    central.ingest(centre, sealed.path)
    with desk.store.read() as connection:
        (line,) = lines_of(connection, "document", document)
        identity = setting(connection, "age_identity")
    other = Pen()
    other.identity = identity
    other.enrol(centre, tmp_path)
    data = line.body.data if line.body else {}
    other.write("document", 1, data | {"note": "ก"}, line, id=document)
    other.write("document", 1, data | {"note": "ข"}, line, id=document)
    central.ingest(centre, other.seal(tmp_path))

    (receipt,) = central.write_receipts(centre, tmp_path)
    exchange.apply_receipt(desk.store, receipt.path)

    trusted = {key.key_id: key for key in other.centre.keys}
    with open_bundle(receipt.path, trusted=trusted, identities=[identity]) as opened:
        assert [each for each, _content in opened.files()] == [name]
        assert read_receipt(opened).disputed


def test_a_body_that_was_withheld_is_put_in_when_it_comes(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    withheld = pen.write("person", 1, {"first_th": "ก", "id_kind": "thai13", "id_no": id_number(1)})
    bare = {1: Line(withheld.header, None).to_bytes()}
    first = central.ingest(centre, pen.seal(tmp_path, raw=bare))
    before = central.status(centre).state_digest
    again = central.ingest(centre, pen.seal(tmp_path))
    third = central.ingest(centre, pen.seal(tmp_path, raw=bare))

    assert (first.accepted, again.duplicate, third.status) == (1, 1, "duplicate")
    assert central.status(centre).state_digest == before
    with tables.reading(centre.engine) as connection:
        (kept,) = connection.scalars(select(tables.revisions.c.line))
        (indexed,) = connection.scalars(select(tables.person_keys.c.id))
    assert (kept, indexed) == (withheld.to_bytes(), uuid(1))


def test_a_desk_puts_in_a_body_that_comes_later(desk: Desk, centre: Centre, tmp_path: Path) -> None:
    introduce(desk, centre, tmp_path)
    voice, line = Voice(desk, centre, tmp_path), Pen().person(1, "ก")
    exchange.apply_receipt(desk.store, voice.say([("person", Line(line.header, None).to_bytes())]))

    for number in (2, 3):
        said = voice.say([("person", line.to_bytes())], number=number)
        exchange.apply_receipt(desk.store, said)

    with desk.store.read() as connection:
        assert lines_of(connection, "person", uuid(1)) == [line]
    assert verify(desk.store).ok


def test_one_person_in_two_offices_is_flagged_to_both_and_the_number_is_in_no_table(
    centre: Centre, pen: Pen, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Pen(office="93")
    other.enrol(centre, tmp_path)
    number = id_number(7)
    for each, record, extra in ((pen, 1, {}), (other, 2, {}), (other, 3, {"void_reason": "ซ้ำ"})):
        data = {"first_th": "ก", "id_kind": "thai13", "id_no": number}
        each.write("person", record, data | extra)
    pen.write("person", 4, {"first_th": "ข", "id_kind": "thai13", "id_no": id_number(8)})
    pen.write("person", 5, {"first_th": "ค", "id_kind": "none"})
    for each in (pen, other):
        central.ingest(centre, each.seal(tmp_path))

    (found,) = central.duplicates(centre)
    assert [(each.office, each.id) for each in found] == [
        ("15", uuid(1)),
        ("93", uuid(2)),
    ]
    for each, record, elsewhere in ((pen, 1, "93"), (other, 2, "15")):
        receipt, _lines = receipt_of(centre, each, tmp_path)
        (flag,) = receipt.flagged
        assert (flag.id, flag.code, flag.screen) == (
            uuid(record),
            "duplicate_person",
            "person",
        )
        assert elsewhere in flag.text
    assert number not in str(contents(centre)["person_key"])

    changed = pen.write("person", 1, {"first_th": "ก", "id_kind": "none"}, pen.lines[0])
    central.ingest(centre, pen.seal(tmp_path, changed.header.seq))
    assert central.duplicates(centre) == []

    db = where(centre)
    assert main(["central", "duplicates", *db, "--json"]) == 0
    assert capsys.readouterr().out == ""


def test_an_index_without_its_key_is_said(centre: Centre, pen: Pen, tmp_path: Path) -> None:
    pen.person(1, "ก")
    path = pen.seal(tmp_path)
    (centre.keys / "persons.key").unlink()
    with pytest.raises(UserError) as refused:
        central.ingest(centre, path)
    assert refused.value.code == "no_keys"
    assert central.status(centre).lines == 0
