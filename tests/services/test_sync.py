"""Work leaves a desk as a bundle, the centre takes it, and a receipt comes back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.services import bundles, central, records, search
from app.services.central.found import Centre
from app.services.desk import Desk
from app.services.verify import verify
from tests.services.test_records import SOMCHAI, enter


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    made = central.open_centre(f"sqlite:///{tmp_path / 'centre.db'}", tmp_path / "centre-keys")
    central.initialise(made)
    return made


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def introduce(desk: Desk, centre: Centre, folder: Path) -> None:
    """Enrol a desk at the centre and let it trust the centre's answer."""
    request = bundles.request_key(desk.store, folder)
    _fingerprint, answer = central.enrol(centre, request, folder)
    bundles.apply_trust(desk.store, answer)


def test_an_office_without_the_centres_answer_cannot_export(desk: Desk, out: Path) -> None:
    enter(desk)
    with pytest.raises(UserError) as refused:
        bundles.export(desk.store, out)
    assert refused.value.code == "no_trust"
    assert not list(out.iterdir())


def test_what_was_sent_is_acknowledged_and_not_sent_again(
    desk: Desk, centre: Centre, out: Path
) -> None:
    introduce(desk, centre, out)
    enter(desk)

    sealed = bundles.export(desk.store, out)
    taken = central.ingest(centre, sealed.path)
    (receipt,) = central.write_receipts(centre, out)
    bundles.apply_receipt(desk.store, receipt.path)

    assert (taken.status, taken.accepted) == ("accepted", 3)
    assert [each.state for each in bundles.sent(desk.store)] == ["received"]
    with pytest.raises(UserError) as refused:
        bundles.export(desk.store, out)
    assert refused.value.code == "nothing_new"


def test_the_same_bundle_again_is_a_duplicate_and_changes_nothing(
    desk: Desk, centre: Centre, out: Path
) -> None:
    introduce(desk, centre, out)
    enter(desk)
    sealed = bundles.export(desk.store, out)
    central.ingest(centre, sealed.path)
    before = central.status(centre)

    again = central.ingest(centre, sealed.path)

    assert (again.status, again.duplicate, again.accepted) == ("duplicate", 3, 0)
    assert central.status(centre) == before


def test_the_same_range_gives_the_same_file(desk: Desk, centre: Centre, out: Path) -> None:
    introduce(desk, centre, out)
    enter(desk)

    first = bundles.export(desk.store, out)
    raw = first.path.read_bytes()
    first.path.unlink()
    second = bundles.export(desk.store, out)

    assert second.path.read_bytes() == raw
    assert len(bundles.sent(desk.store)) == 1


def test_a_dry_run_says_what_would_happen_and_writes_nothing(
    desk: Desk, centre: Centre, out: Path
) -> None:
    introduce(desk, centre, out)
    enter(desk)
    sealed = bundles.export(desk.store, out)
    before = central.status(centre)

    dry = central.ingest(centre, sealed.path, dry_run=True)

    assert central.status(centre) == before
    assert central.ingest(centre, sealed.path) == dry


def test_a_desk_that_is_not_enrolled_is_quarantined_with_a_reason(
    desk: Desk, new_desk: Callable[..., Desk], centre: Centre, out: Path
) -> None:
    introduce(desk, centre, out)
    stranger = new_desk("93", "stranger")
    answer = next(out.glob("*trust*"))
    bundles.apply_trust(stranger.store, answer)
    enter(stranger)
    sealed = bundles.export(stranger.store, out)

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
        files.append(bundles.export(desk.store, out).path)

    for path in files:
        central.ingest(centre, path)
    forwards = central.status(centre).state_digest
    other = Centre(
        central.open_centre(f"sqlite:///{tmp_path / 'other.db'}", centre.keys).engine, centre.keys
    )
    _copy_facts(centre, other)
    for path in reversed([*files, *files]):
        central.ingest(other, path)

    assert central.status(other).state_digest == forwards


def _copy_facts(centre: Centre, other: Centre) -> None:
    from sqlalchemy import insert, select

    from app.models import central as tables

    with other.engine.begin() as target, centre.engine.begin() as source:
        tables.metadata.create_all(target)
        for table in (tables.facts, tables.office_keys):
            rows = [dict(row) for row in source.execute(select(table)).mappings()]
            target.execute(insert(table), rows)


def test_a_lost_pc_is_rebuilt_from_one_file_and_the_recovery_sheet(
    tmp_path: Path, centre: Centre, out: Path
) -> None:
    from app.services import desk as desks
    from app.services import rebuilding
    from tests.services.conftest import PASSWORD, WEAK

    desk, recovery = desks.create(
        tmp_path / "lost", office="15", user="กานดา", password=PASSWORD, cost=WEAK
    )
    introduce(desk, centre, out)
    entered = enter(desk)
    opened = records.get(desk.store, "person", entered)
    records.save(
        desk.store,
        "person",
        opened.data | {"phone": "0811111111"},
        record_id=entered,
        base=opened.heads,
    )
    central.ingest(centre, bundles.export(desk.store, out).path)
    desk.close()

    sealed = central.export_office(centre, "15", out)
    found = rebuilding.rebuild(
        tmp_path / "new-pc",
        sealed.path,
        recovery=recovery.lower().replace("-", " "),
        user="สมหญิง",
        password=PASSWORD,
        cost=WEAK,
    )

    assert records.get(found.store, "person", entered).data["phone"] == "0811111111"
    assert [hit.id for hit in search.find(found.store, "สมชาย")] == [entered]
    assert verify(found.store).ok
    assert found.office == "15"
    enter(found, id_no=None, id_kind="passport", passport_no="A1")
    introduce(found, centre, out)
    taken = central.ingest(centre, bundles.export(found.store, out).path)
    assert taken.status == "accepted"
    found.close()
    again = desks.open_desk(tmp_path / "new-pc", user="สมหญิง", password=PASSWORD)
    assert records.get(again.store, "person", entered).title == "นายสมชาย ใจดี"
    again.close()


def test_a_receipt_twice_changes_nothing_more(desk: Desk, centre: Centre, out: Path) -> None:
    introduce(desk, centre, out)
    enter(desk)
    central.ingest(centre, bundles.export(desk.store, out).path)
    (receipt,) = central.write_receipts(centre, out)

    bundles.apply_receipt(desk.store, receipt.path)
    before = bundles.sent(desk.store)
    bundles.apply_receipt(desk.store, receipt.path)

    assert bundles.sent(desk.store) == before
    assert SOMCHAI["first_th"] == "สมชาย"
