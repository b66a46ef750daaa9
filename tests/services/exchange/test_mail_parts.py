"""Work that goes by mail: a file in parts leaves the desk, and the centre and the desk read it."""

from pathlib import Path

import pytest

from app.cli import main
from app.core import schema
from app.core.errors import Invalid
from app.core.json_text import canonical
from app.services import central, exchange
from app.services.central import Centre
from app.services.office.desk import Desk
from app.services.records.verify import state_digest
from app.sync import parts
from app.sync.bundle import Refused
from tests.makers.lost import Lost
from tests.makers.machines import Machine
from tests.makers.people import enter


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    folder = tmp_path / "mail"
    folder.mkdir()
    return folder


@pytest.fixture
def mailed(known: Desk, mail: Path, tmp_path: Path) -> list[Path]:
    """The desk's work in parts, far smaller than a clerk can choose them."""
    sealed = exchange.export(known.store, tmp_path)
    return parts.split(sealed.path, mail, most_bytes=2000)


def ingest(centre: Centre, *paths: Path) -> int:
    url = str(centre.engine.url)
    return main(
        ["central", "ingest", *map(str, paths), "--db", url, "--keys", str(centre.keys), "--json"]
    )


def test_what_is_small_enough_stays_the_one_file_it_is(known: Desk, mail: Path) -> None:
    sealed, files = exchange.export_parts(known.store, mail)

    assert files == [sealed.path]
    assert files[0].read_bytes() == exchange.export(known.store, mail).path.read_bytes()


def test_what_is_too_large_for_a_mail_leaves_in_parts(
    known: Desk, mail: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sync.parts.MEGABYTE", 2000)

    sealed, files = exchange.export_parts(known.store, mail, megabytes=1)

    assert len(files) > 1
    assert sorted(mail.iterdir()) == sorted(files)
    (joined,) = exchange.join([mail], tmp_path)
    assert joined.read_bytes() == exchange.export(known.store, mail).path.read_bytes()
    assert joined.stem == sealed.envelope.name


def test_parts_of_a_full_file_leave_with_what_its_reader_must_know(
    known: Desk, mail: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sync.parts.MEGABYTE", 2000)
    _sealed, files = exchange.export_parts(known.store, mail, megabytes=1, full=True)
    beside = {path.name.rpartition("-")[2] for path in mail.iterdir() if path not in files}
    assert beside == {"request.txt", "trust.txt"}


@pytest.mark.parametrize("megabytes", [0, -1, 501])
def test_a_part_has_a_size_that_makes_sense(known: Desk, mail: Path, megabytes: int) -> None:
    with pytest.raises(Invalid) as refused:
        exchange.export_parts(known.store, mail, megabytes=megabytes)

    assert refused.value.code == "part_size"


def test_the_centre_takes_a_folder_of_parts_as_the_file(
    pilot: Centre, mailed: list[Path], mail: Path
) -> None:
    before = sorted(mail.iterdir())

    assert ingest(pilot, mail) == 0

    assert sorted(mail.iterdir()) == before
    assert central.status(pilot).lines > 0


def test_parts_that_are_not_all_there_wait_and_stop_no_other_file(
    known: Desk,
    pilot: Centre,
    mailed: list[Path],
    mail: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    mailed[1].unlink()
    enter(known, id_no="9000000000021")
    exchange.export(known.store, mail)

    assert ingest(pilot, mail) == 1

    printed = capsys.readouterr().out
    assert '"accepted"' in printed
    assert f"ขาดส่วนที่ 2 จาก {len(mailed)}" in printed


def test_a_damaged_part_is_refused_and_one_still_being_copied_waits(
    pilot: Centre, mailed: list[Path], mail: Path, tmp_path: Path
) -> None:
    raw = mailed[0].read_bytes()

    for damaged, code in ((raw[:-1], 1), (raw[:-1] + bytes([raw[-1] ^ 1]), 2), (b"x", 2)):
        mailed[0].write_bytes(damaged)
        assert ingest(pilot, mail) == code
    with pytest.raises(Refused) as refused:
        exchange.join([mail], tmp_path)
    assert refused.value.code == "part_form"


def test_a_part_of_another_file_under_the_same_name_stops_nothing(
    pilot: Centre, mailed: list[Path], mail: Path
) -> None:
    line, piece = mailed[1].read_bytes().split(b"\n", 1)
    forged = schema.load(line)
    forged["whole_sha256"] = "0" * 64
    (mail / f"0{mailed[1].name}").write_bytes(canonical(forged) + b"\n" + piece)
    mailed[0].rename(mail / "attachment (1).otgpart")

    assert ingest(pilot, mail) == 1
    assert central.status(pilot).lines > 0


def test_parts_are_named_one_by_one_too(pilot: Centre, mailed: list[Path]) -> None:
    assert ingest(pilot, *mailed) == 0
    assert ingest(pilot, mailed[0]) == 1


def test_a_receipt_in_parts_is_read_from_any_of_them_or_from_their_folder(
    known: Desk, pilot: Centre, mailed: list[Path], mail: Path, tmp_path: Path
) -> None:
    ingest(pilot, mail)
    receipt = central.write_receipts(pilot, tmp_path)[0].path
    answered = tmp_path / "answered"
    answered.mkdir()
    made = parts.split(receipt, answered, most_bytes=2000)

    for chosen in (made[1], answered, receipt):
        with exchange.whole(chosen) as file:
            assert file.read_bytes() == receipt.read_bytes()
            exchange.apply_receipt(known.store, file)

    assert exchange.waiting(known.store) == 0


def test_a_part_is_joined_with_those_of_its_own_file_alone(
    known: Desk, mailed: list[Path], mail: Path, tmp_path: Path
) -> None:
    enter(known, id_no="9000000000021")
    other = exchange.export(known.store, tmp_path).path
    parts.split(other, mail, most_bytes=2000)

    with exchange.whole(mailed[0]) as file:
        assert file.name != other.name
    with pytest.raises(Refused) as refused, exchange.whole(mail):
        pass
    assert refused.value.code == "parts_mixed"


def test_parts_chosen_together_may_lie_in_several_folders(
    known: Desk, mailed: list[Path], tmp_path: Path
) -> None:
    apart = tmp_path / "another mail"
    apart.mkdir()
    moved = mailed[-1].rename(apart / mailed[-1].name)
    whole = next((known.store.folder / "outbox").glob("*.otg"))

    with exchange.whole(mailed[0], moved) as file:
        assert file.read_bytes() == whole.read_bytes()
    with pytest.raises(Refused) as refused, exchange.whole(mailed[0]):
        pass
    assert refused.value.code == "part_missing"


def test_a_lost_computer_is_rebuilt_from_parts(tmp_path: Path, mail: Path) -> None:
    lost = Lost(tmp_path)
    parts.split(lost.file, mail, most_bytes=2000)
    statements = lost.file.with_name(f"{lost.file.stem}-trust.txt")
    statements.rename(mail / statements.name)

    with exchange.whole(mail) as file:
        again = lost.rebuild(path=file)
        digest = state_digest(again.store)
        again.close()

    assert digest == lost.digest


def test_the_commands_split_join_and_read_parts(
    tmp_path: Path,
    mail: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.sync.parts.MEGABYTE", 2000)
    pc, out, db = Machine(tmp_path, capsys), str(tmp_path), f"sqlite:///{tmp_path / 'centre.db'}"
    pc.run("init", "--office", "15", "--user", "กานดา")
    pc.run("central", "init", "--db", db)
    (request,) = pc.run("key", "request", "--out", out)
    (answer,) = pc.run("central", "enrol", str(request["file"]), "--db", db)
    pc.run("trust", str(answer["file"]))

    made = pc.run("export", "--out", str(mail), "--parts", "1")
    (whole,) = pc.run("join-parts", str(mail), "--out", out)
    (taken,) = pc.run("central", "ingest", str(mail), "--db", db)
    (receipt,) = pc.run("central", "receipts", "--out", out, "--db", db)
    answered = parts.split(Path(str(receipt["file"])), mail, most_bytes=2000)
    (applied,) = pc.run("receipt", str(answered[0]))
    pc.run("join-parts", str(tmp_path / "desk"), "--out", out, code=2)

    assert len(made) > 1
    assert {str(each["file"]) for each in made} < {str(path) for path in mail.iterdir()}
    assert Path(str(whole["file"])).name == str(taken["file"])
    assert taken["status"] == "accepted"
    assert applied["number"] == 1
    assert "ไม่พบส่วน" in pc.errors


def test_a_recovery_file_that_cannot_be_read_is_said_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pc = Machine(tmp_path, capsys)
    (tmp_path / "bytes").write_bytes(b"\xff")

    full = tmp_path / "full.zip"
    full.write_bytes(b"PK")

    for name in ("none", "bytes", ""):
        pc.run("rebuild", str(full), "--recovery-file", str(tmp_path / name), code=2)

        assert ("รหัสกู้คืน" if name == "bytes" else str(tmp_path / name)) in pc.errors


def test_the_folder_of_a_mail_is_made(known: Desk, mail: Path) -> None:
    _sealed, (file,) = exchange.export_parts(known.store, mail / "new")

    assert file.parent == mail / "new"


def test_parts_named_in_large_letters_make_the_file(mailed: list[Path], tmp_path: Path) -> None:
    renamed = [each.rename(each.with_suffix(".OTGPART")) for each in mailed]

    (joined,) = exchange.join([renamed[0].parent], tmp_path / "whole")
    with exchange.whole(renamed[0]) as whole:
        assert whole.read_bytes() == joined.read_bytes()


def test_a_folder_without_a_file_of_an_office_is_named_so(
    pilot: Centre, mail: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (mail / "OTG-15.otg.txt").write_text("")

    assert ingest(pilot, mail) == 2
    assert ".otg" in capsys.readouterr().err
