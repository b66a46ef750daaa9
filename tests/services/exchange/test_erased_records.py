"""What is erased for the law is gone at the centre and at the desk, and never comes back."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.cli import main
from app.core.errors import UserError
from app.core.line import Line
from app.models.central import tables
from app.models.office.store import setting
from app.models.printed import printed
from app.models.records import attachments as kept_files
from app.services import central
from app.services import exchange as bundles
from app.services.central import Centre
from app.services.central.intake.archive import archived
from app.services.central.keys.centre import enrolled, statements
from app.services.central.keys.keyring import as_they_were
from app.services.central.money import ledger
from app.services.office import attachments
from app.services.office.desk import Desk
from app.services.printing import printing, prints
from app.services.records import history, records, search
from app.services.records.verify import state_digest, verify
from app.sync import trust
from app.sync.bundle import open_bundle
from devtools.pen import uuid
from tests.makers.announcements import MILLION, apply, decision
from tests.makers.answers import Voice
from tests.makers.attachments import JPEG, a_document, loan_of, scan
from tests.makers.central import fill, rebuilt
from tests.makers.office import ROUND, id_number, join
from tests.makers.office import group as a_group
from tests.makers.office import person as a_person
from tests.makers.pens import Pen, contents, introduce, where
from tests.makers.sent import sent_lines

SECRET = "นางลับเฉพาะผู้ขอให้ลบ"
WHY = {"reason": "เจ้าของข้อมูลขอให้ลบ", "decided_by": "อธิบดี"}


@pytest.fixture
def known(desk: Desk, centre: Centre, tmp_path: Path) -> Desk:
    introduce(desk, centre, tmp_path)
    return desk


def exchange(desk: Desk, centre: Centre, folder: Path) -> None:
    """Send what is new, and take the answer."""
    with_new = bundles.waiting(desk.store)
    if with_new:
        central.ingest(centre, bundles.export(desk.store, folder).path)
    (receipt,) = central.write_receipts(centre, folder, office="15")
    bundles.apply_receipt(desk.store, receipt.path)


def plain_text(centre: Centre) -> bytes:
    """Read the files of the centre's database as a thief would, with the archive opened."""
    folder = centre.keys.parent
    raw = b"".join(path.read_bytes() for path in folder.glob("centre.db*"))
    opened = []
    with tables.reading(centre.engine) as connection:
        known = {key.key_id: key for key in central_keys(centre, connection)}
        for number in connection.scalars(select(tables.bundles.c.no)):
            with (
                archived(connection, number) as path,
                open_bundle(path, trusted=known, identities=centre.identities()) as bag,
            ):
                opened += [entry.raw for entry in bag.lines()]
                opened += [content for _name, content in bag.files()]
    return raw + b"".join(opened)


def central_keys(centre: Centre, connection: Any) -> list[Any]:
    own = trust.follow(None, statements(connection)).keys
    return as_they_were([*own, *enrolled(connection)])


def test_the_centre_holds_nothing_of_it_any_more_and_rebuilds_to_the_same_state(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    fill(centre, pen, tmp_path)
    first = pen.person(70, SECRET)
    pen.person(71, "คนอื่น")
    spoilt = pen.person(70, f"{SECRET}2", first)
    wrong = replace(spoilt.body, data={"first_th": SECRET})  # type: ignore[type-var]
    raw = {spoilt.header.seq: Line(spoilt.header, wrong).to_bytes()}
    path = pen.seal(tmp_path, first.header.seq, raw=raw)
    central.ingest(centre, path)
    again = pen.seal(tmp_path)
    central.ingest(centre, again)
    assert SECRET.encode() in plain_text(centre)

    done = central.erase(centre, "15", "person", uuid(70), **WHY)

    assert done.new and done.lines == 2
    assert {f"{name}.otg" for name in done.bundles} == {path.name, again.name}
    assert SECRET.encode() not in plain_text(centre)
    assert "คนอื่น".encode() in plain_text(centre)
    assert [central.ingest(centre, each).status for each in (path, again)] == ["duplicate"] * 2
    assert not central.erase(centre, "15", "person", uuid(70), **WHY).new

    new = rebuilt(centre, tmp_path)
    assert central.status(new).state_digest == central.status(centre).state_digest
    assert contents(new)["erased"] == contents(centre)["erased"] != []
    assert len(contents(centre)["replaced"]) == 2


def test_what_a_disputed_record_showed_to_the_ministry_goes_too(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    first = pen.person(1, "ก")
    pen.person(1, SECRET, first)
    pen.person(1, "ข", first)
    central.ingest(centre, pen.seal(tmp_path))
    with tables.reading(centre.engine) as connection:
        assert len(connection.execute(select(tables.shown)).all()) == 1

    central.erase(centre, "15", "person", uuid(1), **WHY)

    with tables.reading(centre.engine) as connection:
        assert not connection.execute(select(tables.shown)).all()


def test_content_that_comes_after_the_erasure_is_not_kept(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    first = pen.person(1, "ก")
    central.ingest(centre, pen.seal(tmp_path))
    central.erase(centre, "15", "person", uuid(1), **WHY)
    before = central.status(centre).state_digest
    pen.write("person", 1, {"first_th": SECRET, "id_kind": "thai13", "id_no": id_number(1)}, first)

    assert central.ingest(centre, pen.seal(tmp_path)).accepted == 1

    assert SECRET.encode() not in b"".join(
        path.read_bytes() for path in tmp_path.glob("centre.db*")
    )
    assert contents(centre)["person_key"] == contents(centre)["withheld"] == []
    assert central.status(centre).state_digest != before
    rebuilt(centre, tmp_path)


def test_an_unreadable_line_loses_its_bytes_and_keeps_its_place(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    pen.person(1, "ก")
    broken = pen.person(1, "ข")
    central.ingest(centre, pen.seal(tmp_path, raw={broken.header.seq: f"{{{SECRET}".encode()}))
    central.erase(centre, "15", "person", uuid(1), **WHY)
    assert SECRET.encode() not in plain_text(centre)
    rebuilt(centre, tmp_path)


def test_the_ledger_keeps_what_was_spent_on_an_erased_file(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    central.allot(centre, "15", ROUND, 4 * MILLION)
    for number in (1, 2):
        apply(pen, number, MILLION)
    central.ingest(centre, pen.seal(tmp_path))
    central.decide(centre, "15", uuid(1), decision())
    for number in (1, 2):
        central.erase(centre, "15", "loan_file", uuid(number), **WHY)

    def balance(of: Centre) -> tuple[int, int, int]:
        with tables.reading(of.engine) as connection:
            found = ledger.balance(connection, ROUND, "15")
        return found.reserved, found.committed, found.left

    assert balance(centre) == (0, MILLION, 3 * MILLION)
    assert balance(rebuilt(centre, tmp_path)) == balance(centre)


def test_the_desk_drops_everything_that_shows_it(
    known: Desk, centre: Centre, tmp_path: Path
) -> None:
    who, other = a_person(known, 51, first_th=SECRET), a_person(known, 52)
    team = a_group(known)
    for each in (who, other):
        join(known, team, each)
    name = attachments.attach(known.store, scan(tmp_path))
    shared = attachments.attach(known.store, scan(tmp_path, JPEG + b"2", "สอง.jpg"))
    document = a_document(known, name, shared)
    a_document(known, shared, file_id=loan_of(known))
    prints.request(known.store, [printing.draw(known.store, "member_list", team)])
    sealed = bundles.export(known.store, tmp_path)
    central.ingest(centre, sealed.path)
    known.store.drafts.keep("one", "person", who, {"first_th": SECRET})
    known.store.drafts.keep("two", "person", other, {"first_th": "อื่น"})

    central.erase(centre, "15", "person", who, **WHY)
    central.erase(centre, "15", "document", document, **WHY)
    exchange(known, centre, tmp_path)

    assert search.find(known.store, SECRET) == []
    with pytest.raises(UserError):
        records.get(known.store, "person", who)
    assert [draft["key"] for draft in known.store.drafts.all()] == ["two"]
    with known.store.read() as connection:
        (row,) = connection.execute(printed.select()).mappings()
        assert (row["pdf"], row["copy"]) == (None, 1)
        assert list(kept_files.known(connection)) == [shared]
        assert setting(connection, "erasing") is None
    assert len(list((known.store.folder / kept_files.FOLDER).iterdir())) == 1
    assert list((known.store.folder / "outbox").iterdir()) == []
    assert verify(known.store).ok
    assert state_digest(known.store) == central.status(centre, office="15").state_digest
    assert len(history.history(known.store, "person", other)) == 1
    assert [row[1] for row in contents(centre)["file"]] == [shared]


def test_a_bundle_sealed_before_the_erasure_is_sealed_anew_without_the_content(
    known: Desk, centre: Centre, tmp_path: Path
) -> None:
    who = a_person(known, 1, first_th=SECRET)
    first = bundles.export(known.store, tmp_path)
    central.ingest(centre, first.path)
    central.erase(centre, "15", "person", who, **WHY)
    (receipt,) = central.write_receipts(centre, tmp_path)
    erase_line = [
        (each.header.type, each.to_bytes())
        for each in lines_in(receipt.path, known, centre)
        if each.header.op == "erase"
    ]
    voice = Voice(known, centre, tmp_path)  # a receipt that acknowledges nothing yet
    bundles.apply_receipt(known.store, voice.say(erase_line))

    second = bundles.export(known.store, tmp_path)

    assert second.envelope.bundle_no == first.envelope.bundle_no + 1
    assert second.envelope.seq_from == first.envelope.seq_from
    assert [each.body for each in sent_lines(known, second.path) if each.header.id == who] == [None]
    assert central.ingest(centre, second.path).duplicate == 3


def lines_in(path: Path, desk: Desk, centre: Centre) -> list[Line]:
    with desk.store.read() as connection:
        identity = setting(connection, "age_identity")
    with tables.reading(centre.engine) as connection:
        trusted = {key.key_id: key for key in central_keys(centre, connection)}
    with open_bundle(path, trusted=trusted, identities=[identity]) as opened:
        return [entry.line for entry in opened.lines() if entry.line]


def test_a_crash_after_the_receipt_leaves_the_rest_to_the_next_one(
    known: Desk, centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = a_person(known, 1, first_th=SECRET)
    exchange(known, centre, tmp_path)
    known.store.drafts.keep("one", "person", who, {"first_th": SECRET})
    central.erase(centre, "15", "person", who, **WHY)

    def crash() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as power:
        power.setattr(known.store.main, "compact", crash)
        with pytest.raises(KeyboardInterrupt):
            exchange(known, centre, tmp_path)
    with known.store.read() as connection:
        assert setting(connection, "erasing")
    exchange(known, centre, tmp_path)
    with known.store.read() as connection:
        assert setting(connection, "erasing") is None
    assert known.store.drafts.all() == []


def test_what_is_not_here_or_not_reasoned_is_not_erased(
    centre: Centre, pen: Pen, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pen.person(1, "ก")
    central.ingest(centre, pen.seal(tmp_path))
    codes = []
    erase: Callable[..., Any] = central.erase
    for type_, record, why in (
        ("person", uuid(2), WHY),
        ("person", uuid(1), WHY | {"reason": " "}),
        ("allotment", uuid(1), WHY),
    ):
        with pytest.raises(UserError) as refused:
            erase(centre, "15", type_, record, **why)
        codes.append(refused.value.code)
    assert codes == ["no_record", "reason", "of_centre"]

    words = ["central", "erase", "--office", "15", "--type", "person", "--id", uuid(1), "--json"]
    words += ["--reason", "คำขอ", "--decided-by", "อธิบดี", *where(centre)]
    assert main(words) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["new"], found["lines"], len(found["bundles"])) == (True, 1, 1)


def test_a_full_file_of_the_centre_erases_at_a_desk_that_heard_of_it_from_no_receipt(
    known: Desk, centre: Centre, tmp_path: Path
) -> None:
    who = a_person(known, first_th=SECRET)
    exchange(known, centre, tmp_path)
    central.erase(centre, "15", "person", who, **WHY)
    whole = central.export_office(centre, "15", tmp_path / "whole")

    bundles.import_bundle(known.store, whole.path)

    with pytest.raises(UserError):
        records.get(known.store, "person", who)
    assert all(each.data is None for each in history.history(known.store, "person", who))
    assert verify(known.store).ok
