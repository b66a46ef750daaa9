"""Work leaves a desk as a bundle, the centre takes it, and a receipt comes back."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.models.office import machine
from app.services import central, exchange
from app.services.central import Centre
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records import records
from app.services.records.verify import state_digest, verify
from app.services.safekeeping import rebuilding
from app.sync.bundle import Refused
from app.sync.receipt import Receipt
from tests.makers.pens import introduce, open_centre
from tests.makers.people import enter
from tests.services.conftest import PASSWORD, WEAK


def test_what_was_sent_is_acknowledged_and_not_sent_again(
    desk: Desk, centre: Centre, out: Path
) -> None:
    introduce(desk, centre, out)
    enter(desk)

    sealed = exchange.export(desk.store, out)
    taken = central.ingest(centre, sealed.path)
    (receipt,) = central.write_receipts(centre, out)
    exchange.apply_receipt(desk.store, receipt.path)

    assert (taken.status, taken.accepted) == ("accepted", 3)
    assert [each.state for each in exchange.sent(desk.store)] == ["received"]
    with pytest.raises(UserError) as refused:
        exchange.export(desk.store, out)
    assert refused.value.code == "nothing_new"


def test_a_line_waits_until_the_centre_acknowledges_it(
    desk: Desk, centre: Centre, out: Path
) -> None:
    introduce(desk, centre, out)
    before = exchange.waiting(desk.store)
    enter(desk)
    assert exchange.waiting(desk.store) == before + 1

    central.ingest(centre, exchange.export(desk.store, out).path)
    assert exchange.waiting(desk.store) == before + 1
    (receipt,) = central.write_receipts(centre, out)
    exchange.apply_receipt(desk.store, receipt.path)

    assert exchange.waiting(desk.store) == 0


def test_the_same_bundle_again_is_a_duplicate_and_changes_nothing(
    desk: Desk, centre: Centre, out: Path
) -> None:
    introduce(desk, centre, out)
    enter(desk)
    sealed = exchange.export(desk.store, out)
    central.ingest(centre, sealed.path)
    before = central.status(centre)

    again = central.ingest(centre, sealed.path)

    assert (again.status, again.duplicate, again.accepted) == ("duplicate", 3, 0)
    assert central.status(centre) == before


def test_a_desk_that_is_not_enrolled_is_quarantined_with_a_reason(
    desk: Desk, new_desk: Callable[..., Desk], centre: Centre, out: Path
) -> None:
    introduce(desk, centre, out)
    stranger = new_desk("93", "stranger")
    answer = next(out.glob("*trust*"))
    exchange.apply_trust(stranger.store, answer)
    enter(stranger)
    sealed = exchange.export(stranger.store, out)

    taken = central.ingest(centre, sealed.path)

    assert (taken.status, taken.code) == ("quarantined", "unknown_key")
    assert taken.reason
    assert central.status(centre).lines == 0
    assert central.status(centre).quarantined == 1


def test_two_desks_of_an_office_in_any_order_end_in_one_state(
    new_desk: Callable[..., Desk], centre: Centre, out: Path, tmp_path: Path
) -> None:
    first, second = new_desk("15", "first"), new_desk("15", "second")
    files = []
    for desk in (first, second):
        introduce(desk, centre, out)
        enter(desk, first_th=desk.store.folder.name)
        files.append(exchange.export(desk.store, out).path)

    for path in files:
        central.ingest(centre, path)
    forwards = central.status(centre).state_digest
    other = Centre(
        open_centre(f"sqlite:///{tmp_path / 'other.db'}", centre.keys).engine, centre.keys
    )
    _copy_facts(centre, other)
    for path in reversed([*files, *files]):
        central.ingest(other, path)

    assert central.status(other).state_digest == forwards


def _copy_facts(centre: Centre, other: Centre) -> None:
    from sqlalchemy import insert, select

    from app.models.central import tables

    with other.engine.begin() as target, centre.engine.begin() as source:
        tables.metadata.create_all(target)
        for table in (tables.facts, tables.office_keys):
            rows = [dict(row) for row in source.execute(select(table)).mappings()]
            target.execute(insert(table), rows)


def phone(desk: Desk, person: str, number: str) -> None:
    opened = records.get(desk.store, "person", person)
    draft = opened.data | {"phone": number}
    records.save(desk.store, "person", draft, record_id=person, base=opened.heads)


def answer(desk: Desk, centre: Centre, folder: Path) -> Receipt:
    """Bring the centre's receipt to a desk."""
    (sealed,) = central.write_receipts(centre, folder, office=desk.office)
    return exchange.apply_receipt(desk.store, sealed.path)


def send(desk: Desk, centre: Centre, folder: Path) -> str:
    return central.ingest(centre, exchange.export(desk.store, folder).path).status


def test_two_desks_of_an_office_settle_a_record_that_both_changed(
    tmp_path: Path, centre: Centre, out: Path
) -> None:
    first, second, person = two_desks(tmp_path, centre, out)
    phone(first, person, "0811111111")
    phone(second, person, "0822222222")
    assert (send(first, centre, out), send(second, centre, out)) == ("accepted", "accepted")

    receipt = answer(first, centre, out)
    opened = records.get(first.store, "person", person)

    assert [each.fields for each in receipt.disputed] == [("phone",)]
    assert len(opened.heads) == 2 and opened.data["phone"] in ("0811111111", "0822222222")
    assert verify(first.store).ok
    settled = opened.data | {"phone": "0833333333"}
    records.save(first.store, "person", settled, record_id=person, base=opened.heads)
    assert send(first, centre, out) == "accepted"
    assert not central.status(centre).conflicts
    assert central.status(centre).state_digest == everything(centre, "15", out, tmp_path)
    for desk in (first, second):
        desk.close()


def two_desks(tmp_path: Path, centre: Centre, out: Path) -> tuple[Desk, Desk, str]:
    """Give two desks of one office with one person, the second made from the centre's file."""
    first, recovery = desks.create(
        tmp_path / "first", office="15", user="กานดา", password=PASSWORD, cost=WEAK
    )
    introduce(first, centre, out)
    person = enter(first)
    send(first, centre, out)
    answer(first, centre, out)
    sealed = central.export_office(centre, "15", out)
    second = rebuilding.rebuild(
        tmp_path / "second",
        sealed.path,
        recovery=recovery,
        user="กานดา",
        password=PASSWORD,
        cost=WEAK,
    )
    introduce(second, centre, out)
    (tmp_path / "recovery.txt").write_text(recovery, encoding="ascii")
    return first, second, person


def everything(centre: Centre, office: str, out: Path, tmp_path: Path) -> str:
    """Give the digest of a desk that has every line of the centre."""
    sealed = central.export_office(centre, office, out)
    desk = rebuilding.rebuild(
        tmp_path / "everything",
        sealed.path,
        recovery=(tmp_path / "recovery.txt").read_text("ascii"),
        user="กานดา",
        password=PASSWORD,
        cost=WEAK,
    )
    digest = state_digest(desk.store)
    desk.close()
    return digest


def test_a_clone_of_a_desk_is_found_and_both_sides_are_kept(
    tmp_path: Path, centre: Centre, out: Path
) -> None:
    desk, recovery = desks.create(
        tmp_path / "first", office="15", user="กานดา", password=PASSWORD, cost=WEAK
    )
    (tmp_path / "recovery.txt").write_text(recovery, encoding="ascii")
    introduce(desk, centre, out)
    person = enter(desk)
    desk.close()
    shutil.copytree(tmp_path / "first", tmp_path / "clone")
    first = desks.open_desk(tmp_path / "first", user="กานดา", password=PASSWORD)
    machine.forget_below(tmp_path)  # a whole disk was cloned: nothing there knows of the other
    copies = [first, desks.open_desk(tmp_path / "clone", user="กานดา", password=PASSWORD)]
    phone(copies[0], person, "0811111111")
    phone(copies[1], person, "0822222222")
    enter(copies[1], id_no=None, id_kind="passport", passport_no="A1")

    statuses = [
        send(copy, centre, folder) for copy, folder in zip(copies, (out, tmp_path), strict=True)
    ]

    assert statuses == ["accepted", "fork"]
    for copy in copies:
        with pytest.raises(Refused) as alarm:
            answer(copy, centre, out)
        assert alarm.value.code == "not_made_here"
        assert verify(copy.store).ok
        copy.close()
    new = rebuilding.rebuild(
        tmp_path / "new",
        central.export_office(centre, "15", out).path,
        recovery=recovery,
        user="กานดา",
        password=PASSWORD,
        cost=WEAK,
    )
    answer(new, centre, out)
    assert verify(new.store).ok
    assert state_digest(new.store) == central.status(centre).state_digest
    assert len(records.get(new.store, "person", person).heads) == 2
    exchange.export(new.store, out, full=True)
    new.close()
