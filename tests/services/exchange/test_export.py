"""A bundle leaves whole or not at all, and the same work is always the same file."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.errors import Cancelled, UserError
from app.models.exchange import outbox
from app.models.office.store import set_setting
from app.models.records.audit import audit
from app.services import central, exchange
from app.services.central import Centre
from app.services.office.desk import Desk
from app.services.records import diary
from app.services.records.verify import state_digest
from app.sync import bundle
from tests.makers.pens import Pen
from tests.makers.people import enter


def forget(desk: Desk) -> None:
    """Do what a crash does that comes after the sealing and before the noting."""
    desk.store.write(lambda connection: connection.execute(outbox.delete()))


def test_nothing_is_sent_before_the_centre_is_known(desk: Desk, out: Path) -> None:
    with pytest.raises(UserError) as refused:
        exchange.export(desk.store, out)
    assert refused.value.code == "no_trust"
    assert not list(out.iterdir())


def test_after_a_crash_before_noting_the_same_range_is_that_same_file(
    known: Desk, out: Path
) -> None:
    first = exchange.export(known.store, out)
    raw = first.path.read_bytes()
    forget(known)

    again = exchange.export(known.store, out)

    assert again.path == first.path and again.path.read_bytes() == raw
    assert [each.name for each in exchange.sent(known.store)] == [first.path.stem]


def test_after_a_crash_before_noting_a_longer_range_takes_the_next_number(
    known: Desk, out: Path
) -> None:
    first = exchange.export(known.store, out)
    raw = first.path.read_bytes()
    forget(known)
    enter(known, id_no=None, id_kind="passport", passport_no="A1")

    second = exchange.export(known.store, out)

    assert second.envelope.bundle_no == first.envelope.bundle_no + 1
    assert first.path.read_bytes() == raw
    assert len(exchange.sent(known.store)) == 2


def test_scenario_30_half_a_file_of_a_crash_is_thrown_away_and_a_strange_file_left_alone(
    known: Desk, pilot: Centre, out: Path, tmp_path: Path
) -> None:
    kept = known.store.folder / "outbox"
    kept.mkdir()
    (kept / "OTG-15-AAAA-000001-D.otg.part").write_bytes(b"half")
    (kept / "strange.zip").write_bytes(b"strange")
    pen = Pen()
    pen.enrol(pilot, tmp_path)
    pen.person(1, "ก")
    pen.seal(kept)

    exchange.export(known.store, out)

    assert not list(kept.glob("*.part"))
    assert (kept / "strange.zip").read_bytes() == b"strange"
    assert len(exchange.sent(known.store)) == 1


def test_a_kept_file_that_was_damaged_is_sealed_again_with_the_same_content(
    known: Desk, out: Path
) -> None:
    first = exchange.export(known.store, out)
    kept = known.store.folder / "outbox" / first.path.name
    kept.write_bytes(kept.read_bytes()[:-1])

    again = exchange.export(known.store, out)

    assert again.content_id == first.content_id
    assert again.envelope.bundle_no == 2


def test_a_change_of_recipients_seals_the_same_range_anew(
    known: Desk, pilot: Centre, out: Path
) -> None:
    from app.sync import keys

    first = exchange.export(known.store, out)
    other = keys.office_identity(keys.new_secret())
    known.store.write(lambda connection: set_setting(connection, "age_identity", other))

    again = exchange.export(known.store, out)

    assert again.content_id == first.content_id
    assert again.envelope.recipient_key_ids != first.envelope.recipient_key_ids


@pytest.mark.parametrize("full", [False, True])
def test_the_same_range_twice_is_the_same_file(known: Desk, out: Path, full: bool) -> None:
    first = exchange.export(known.store, out, full=full)
    raw = first.path.read_bytes()
    first.path.unlink()

    again = exchange.export(known.store, out, full=full)

    assert again.path.read_bytes() == raw
    assert (again.content_id, again.sha256) == (first.content_id, first.sha256)
    assert dict(again.counts) == dict(first.counts)
    assert len(exchange.sent(known.store)) == 1


def test_a_file_that_an_older_program_left_in_the_outbox_is_the_one_that_is_sent_again(
    known: Desk, out: Path
) -> None:
    first = exchange.export(known.store, out)
    kept = known.store.folder / "outbox" / first.path.name
    kept.rename(kept.with_suffix(".zip"))

    again = exchange.export(known.store, out)

    assert (again.path.name, again.sha256) == (f"{kept.stem}.zip", first.sha256)
    assert len(exchange.sent(known.store)) == 1


def test_the_envelope_pins_the_diary_of_access_as_it_was(known: Desk, out: Path) -> None:
    diary.note_now(known.store, diary.LOOK, "ข้อมูลตัวอย่าง")
    with known.store.read() as connection:
        last = connection.scalars(audit.select().with_only_columns(audit.c.digest)).all()[-1]

    sealed = exchange.export(known.store, out)

    assert sealed.envelope.diary == last != ""
    assert bundle.inspect(sealed.path).diary == last


def test_a_full_bundle_is_sealed_anew_when_there_is_more_to_hold(known: Desk, out: Path) -> None:
    first = exchange.export(known.store, out, full=True)
    enter(known, id_no=None, id_kind="passport", passport_no="A1")
    second = exchange.export(known.store, out, full=True)
    assert second.content_id != first.content_id
    assert sum(second.counts.values()) == sum(first.counts.values()) + 1


def test_a_full_bundle_gives_the_centre_the_desks_very_state(
    known: Desk, pilot: Centre, out: Path
) -> None:
    taken = central.ingest(pilot, exchange.export(known.store, out, full=True).path)
    assert taken.status == "accepted"
    assert central.status(pilot).state_digest == state_digest(known.store)


def test_an_export_into_the_outbox_itself_is_the_file_that_is_kept(known: Desk) -> None:
    kept = known.store.folder / "outbox"
    sealed = exchange.export(known.store, kept)
    assert list(kept.iterdir()) == [sealed.path]


def test_an_export_that_is_stopped_leaves_nothing_and_uses_no_number(
    known: Desk, out: Path
) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        exchange.export(known.store, out, step=stop)

    assert not list(out.iterdir()) and not list((known.store.folder / "outbox").iterdir())
    assert exchange.sent(known.store) == []
    assert exchange.export(known.store, out).envelope.bundle_no == 1


def test_scenario_30_a_stick_that_was_pulled_loses_nothing(known: Desk, out: Path) -> None:
    gone = out / "pulled" / "to the centre"

    with pytest.raises(UserError) as refused:
        exchange.export(known.store, gone)
    gone.parent.mkdir()
    again = exchange.export(known.store, gone)

    (sent,) = exchange.sent(known.store)
    assert refused.value.code == "no_folder"
    assert (sent.name, sent.seq_to, sent.state) == (again.path.stem, 3, "sealed")
    assert [path.name for path in gone.iterdir()] == [again.path.name]


@pytest.fixture
def small_drive(tmp_path: Path) -> Iterator[Path]:
    """A drive of 8 KB, where the system lets this user mount one; else a file in a folder's way."""
    drive = tmp_path / "drive"
    drive.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", str(drive)]
    is_mounted = not subprocess.run(mount, capture_output=True, check=False).returncode
    if is_mounted:
        (drive / "older.pdf").write_bytes(b"x" * 4096)
    yield drive if is_mounted else drive / "older.pdf" / "below-a-file"
    if is_mounted:
        subprocess.run(["umount", str(drive)], check=True)


def test_a_full_drive_keeps_no_half_file_and_the_outbox_has_the_whole(
    known: Desk, small_drive: Path, out: Path
) -> None:
    with pytest.raises(UserError) as refused:
        exchange.export(known.store, small_drive)

    assert refused.value.code in ("disk_full", "not_written")
    assert not list(small_drive.parent.glob("drive/OTG*"))
    again = exchange.export(known.store, out)
    (sent,) = exchange.sent(known.store)
    assert (sent.name, sent.content_id) == (again.path.stem, again.content_id)
