"""A scan is kept once, encrypted, goes out once, and comes back with everything else."""

from pathlib import Path

import pytest

from app.core.errors import UserError
from app.models.records import attachments as files
from app.services import central, exchange
from app.services.central import Centre
from app.services.office import attachments
from app.services.office.desk import Desk
from app.services.records import diary
from tests.makers.attachments import JPEG, PDF, a_document, loan_of, scan, sealed_files
from tests.makers.office import change


def test_a_scan_is_kept_encrypted_under_a_name_that_says_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    name = attachments.attach(desk.store, scan(tmp_path))
    again = attachments.attach(desk.store, scan(tmp_path, name="อีกชื่อ.jpeg"))

    (kept,) = (desk.store.folder / files.FOLDER).iterdir()
    assert name == again and name.endswith(".jpg")
    assert name.partition(".")[0] not in kept.name and b"picture" not in kept.read_bytes()
    assert attachments.content(desk.store, name) == JPEG


def test_looking_at_a_scan_is_noted(desk: Desk, tmp_path: Path) -> None:
    name = attachments.attach(desk.store, scan(tmp_path))
    attachments.content(desk.store, name)
    desk.store.write(lambda _connection: None)  # whatever waited has been written
    assert (diary.LOOK, name) in [entry[2:] for entry in diary.entries(desk.store)]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"MZ\x90 a program", "file_kind"), (b"", "file_kind"), (JPEG * 4000, "file_size")],
)
def test_what_is_no_picture_and_no_pdf_is_refused(
    desk: Desk, tmp_path: Path, content: bytes, code: str
) -> None:
    with pytest.raises(UserError) as refused:
        attachments.attach(desk.store, scan(tmp_path, content))
    assert refused.value.code == code
    assert not (desk.store.folder / files.FOLDER).exists()


def test_a_file_that_is_not_there_is_said(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        attachments.attach(desk.store, tmp_path / "ไม่มี.jpg")
    assert refused.value.code == "not_read"


def test_a_damaged_scan_is_said_and_can_be_attached_again(desk: Desk, tmp_path: Path) -> None:
    name = attachments.attach(desk.store, scan(tmp_path))
    (kept,) = (desk.store.folder / files.FOLDER).iterdir()
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")

    with pytest.raises(UserError) as refused:
        attachments.content(desk.store, name)
    attachments.attach(desk.store, scan(tmp_path))

    assert refused.value.code == "not_here"
    assert attachments.content(desk.store, name) == JPEG


def test_a_full_disk_keeps_no_half_scan(desk: Desk, tmp_path: Path) -> None:
    (desk.store.folder / files.FOLDER).write_text("in the way")
    with pytest.raises(UserError) as refused:
        attachments.attach(desk.store, scan(tmp_path))
    assert refused.value.code == "file_not_written"


def test_a_scan_goes_out_with_the_first_bundle_and_not_again_once_acknowledged(
    introduced: Desk, pilot: Centre, tmp_path: Path
) -> None:
    name = attachments.attach(introduced.store, scan(tmp_path))
    a_document(introduced, name)
    first = exchange.export(introduced.store, tmp_path).path
    assert sealed_files(first, introduced) == {name}

    other = attachments.attach(introduced.store, scan(tmp_path, PDF, "จดหมาย.pdf"))
    a_document(introduced, name, other, file_id=loan_of(introduced))
    second = exchange.export(introduced.store, tmp_path).path
    assert sealed_files(second, introduced) == {name, other}  # nothing was acknowledged yet

    central.ingest(pilot, first)
    (receipt,) = central.write_receipts(pilot, tmp_path)
    exchange.apply_receipt(introduced.store, receipt.path)
    third = exchange.export(introduced.store, tmp_path).path
    assert sealed_files(third, introduced) == {other}
    assert sealed_files(
        exchange.export(introduced.store, tmp_path, full=True).path, introduced
    ) == {
        name,
        other,
    }


def test_a_lost_scan_stops_no_bundle(introduced: Desk, tmp_path: Path) -> None:
    name = attachments.attach(introduced.store, scan(tmp_path))
    a_document(introduced, name)
    for kept in (introduced.store.folder / files.FOLDER).iterdir():
        kept.unlink()
    sealed = exchange.export(introduced.store, tmp_path)

    assert sealed_files(sealed.path, introduced) == set()
    (lost,) = exchange.left_out(introduced.store, sealed)
    assert lost.name == name and lost.title in lost.sentence
    again = exchange.export(introduced.store, tmp_path)  # the very file of the last time
    assert exchange.left_out(introduced.store, again) == [lost]


def test_a_scan_that_was_left_out_goes_once_it_is_attached_again(
    introduced: Desk, pilot: Centre, tmp_path: Path
) -> None:
    name = attachments.attach(introduced.store, scan(tmp_path))
    document = a_document(introduced, name)
    for kept in (introduced.store.folder / files.FOLDER).iterdir():
        kept.write_bytes(b"x")
    first = exchange.export(introduced.store, tmp_path)
    central.ingest(pilot, first.path)
    (receipt,) = central.write_receipts(pilot, tmp_path)
    exchange.apply_receipt(introduced.store, receipt.path)

    attachments.attach(introduced.store, scan(tmp_path))
    rows = [{"file": name, "title": "แนบอีกครั้ง"}]
    change(introduced, "document", document, attachments=rows)
    second = exchange.export(introduced.store, tmp_path)

    assert sealed_files(second.path, introduced) == {name}
    assert exchange.left_out(introduced.store, second) == []


def test_names_of_unknown_types_and_wrong_rows_name_no_file() -> None:
    assert files.named_in("from_the_future", {"file": "x"}) == set()
    rows = {"attachments": ["no row", {"file": "no name"}]}
    assert files.named_in("document", rows) == set()
