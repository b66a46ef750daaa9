"""A lost PC comes back from the centre's file and the recovery sheet, whole or not at all."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.core.errors import Invalid, UserError
from app.core.line import Line
from app.models.office import vault
from app.models.office.store import origin, setting
from app.services import central, exchange
from app.services.office import desk as desks
from app.services.records import records, search
from app.services.records.verify import state_digest, verify
from app.services.safekeeping import rebuilding
from app.sync import keys, trust
from app.sync.bundle import FULL, Facts, Run, seal
from tests.makers.lost import Lost
from tests.makers.pens import Pen
from tests.makers.people import enter
from tests.services.conftest import PASSWORD, WEAK


@pytest.fixture
def lost(tmp_path: Path) -> Iterator[Lost]:
    made = Lost(tmp_path)
    yield made
    for desk in made.opened:
        desk.close()


def test_everything_is_there_again_and_verifies(lost: Lost) -> None:
    new = lost.rebuild(recovery=lost.recovery.lower().replace("-", " "))

    found = records.get(new.store, "person", lost.person)
    assert found.data["phone"] == "0811111111"
    assert found.data["nickname_of_tomorrow"] == "ชาย"
    assert [hit.id for hit in search.find(new.store, "สมชาย")] == [lost.person]
    assert verify(new.store).ok
    assert state_digest(new.store) == lost.digest
    assert (new.office, new.user) == ("15", "กานดา")
    new.close()
    with closing(desks.open_desk(new.store.folder, user="กานดา", password=PASSWORD)) as again:
        assert again.notice == ""  # whoever rebuilt it was told


def test_the_new_desk_writes_under_a_name_and_a_key_of_its_own(lost: Lost) -> None:
    new = lost.rebuild()
    with new.store.read() as connection:
        own, seed = origin(connection), setting(connection, "signing_key")
    assert own.office == lost.origin.office
    assert own.replica != lost.origin.replica and own.epoch != lost.origin.epoch
    assert seed != lost.seed


def test_numbers_that_the_lost_desk_gave_out_are_not_given_again(lost: Lost) -> None:
    letter, number = lost.number(lost.rebuild()).split("-")[2:]
    assert lost.group.split("-")[2:] == ["A", "0001"]
    assert letter in "BCDEFGHIJKLMNOPQRSTUVWXYZ" and number == "0001"


def test_a_known_user_signs_in_as_before_and_an_unknown_one_is_entered(
    lost: Lost, tmp_path: Path
) -> None:
    known = lost.rebuild()
    assert verify(known.store).lines == 5
    known.close()
    again = desks.open_desk(tmp_path / "new", user="กานดา", password=PASSWORD)
    assert again.store.user == known.store.user
    again.close()
    (tmp_path / "new").rename(tmp_path / "older")

    unknown = lost.rebuild(user="สมหญิง")

    assert verify(unknown.store).lines == 6
    assert records.get(unknown.store, "user", unknown.store.user).data["name"] == "สมหญิง"


def test_once_enrolled_the_new_desk_sends_on_with_the_trust_it_kept(
    lost: Lost, tmp_path: Path
) -> None:
    new = lost.rebuild()
    request = exchange.request_key(new.store, tmp_path)
    central.enrol(lost.centre, request, tmp_path)
    enter(new, id_no=None, id_kind="passport", passport_no="A1")

    taken = central.ingest(lost.centre, exchange.export(new.store, tmp_path).path)

    assert (taken.status, taken.accepted) == ("accepted", 1)
    assert central.status(lost.centre).state_digest == state_digest(new.store)


def test_a_folder_that_is_there_and_empty_is_used(lost: Lost, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new.rebuilding").mkdir()
    (tmp_path / "new.rebuilding" / "half").write_bytes(b"of a computer that went off")

    assert lost.rebuild().office == "15"
    assert not (tmp_path / "new.rebuilding").exists()


def test_a_desk_in_the_folder_is_not_touched(lost: Lost, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in (tmp_path / "lost").rglob("*") if path.is_file()}

    with pytest.raises(UserError) as refused:
        rebuilding.rebuild(
            tmp_path / "lost",
            lost.file,
            recovery=lost.recovery,
            user="กานดา",
            password=PASSWORD,
            cost=WEAK,
        )

    assert refused.value.code == "exists"
    after = {path: path.read_bytes() for path in (tmp_path / "lost").rglob("*") if path.is_file()}
    assert after == before


def test_the_sheet_of_another_office_is_refused_by_a_sentence(lost: Lost) -> None:
    other = keys.recovery_text(keys.new_secret())
    assert lost.refusal(recovery=other) == "wrong_sheet"


def test_a_mistyped_sheet_names_its_group(lost: Lost) -> None:
    wrong = ("B" if lost.recovery[0] == "A" else "A") + lost.recovery[1:]
    with pytest.raises(Invalid) as refused:
        lost.rebuild(recovery=wrong)
    assert refused.value.code == "recovery_group"


@pytest.mark.parametrize("place", [0.05, 0.5, 0.9])
def test_a_damaged_file_is_refused_and_the_folder_left_empty(lost: Lost, place: float) -> None:
    raw = bytearray(lost.file.read_bytes())
    raw[int(len(raw) * place)] ^= 1
    lost.file.write_bytes(raw)
    assert lost.refusal()


def test_a_file_without_the_centres_statement_beside_it_is_refused(lost: Lost) -> None:
    next(lost.file.parent.glob("*-trust.txt")).unlink()
    assert lost.refusal() == "no_trust"


def test_a_file_that_another_centre_signed_is_refused(lost: Lost) -> None:
    key = keys.new_signing_key()
    note = trust.state(None, signer=key, public=key.public, recipients=[], escrow=[])
    trust.write_trust(next(lost.file.parent.glob("*-trust.txt")), [note])
    assert lost.refusal() == "unknown_key"


def test_a_receipt_is_no_file_to_rebuild_from(lost: Lost, tmp_path: Path) -> None:
    (receipt,) = central.write_receipts(lost.centre, tmp_path)
    beside = next(lost.file.parent.glob("*-trust.txt"))
    beside.rename(tmp_path / f"{receipt.path.stem}-trust.txt")
    assert lost.refusal(path=receipt.path) == "not_full"


def sealed_by_centre(lost: Lost, rows: list[tuple[str, bytes]], runs: tuple[Run, ...]) -> Path:
    """Seal what a centre at fault might seal."""
    from app.models.central import tables

    with tables.reading(lost.centre.engine) as connection:
        sender = lost.centre.sender(connection)
    facts = Facts("15", sender.replica, sender.epoch, FULL, 0, 0, 9, "2025-10-01T02:03:04Z", runs)
    identity = keys.office_identity(keys.parse_recovery(lost.recovery))
    to = [keys.recipient_of(identity)]
    folder = lost.file.parent
    next(folder.glob("*-trust.txt")).rename(folder / f"{facts.name}-trust.txt")
    return seal(folder, facts, rows, signing_key=sender.signing_key, recipients=to).path


def test_a_line_that_cannot_be_read_refuses_the_whole_file(lost: Lost) -> None:
    run = Run("a" * 32, "b" * 32, 1, 1, "", "c" * 64)
    path = sealed_by_centre(lost, [("person", b"{}")], (run,))
    assert lost.refusal(path=path) == "full_form"


def test_a_chain_of_which_the_centre_lacks_a_part_still_verifies(lost: Lost) -> None:
    pen = Pen()
    lines = [pen.person(record, "ก") for record in range(1, 7)]
    kept: list[Line] = [*lines[:2], *lines[3:]]
    chain = (pen.replica, pen.epoch)
    revs = [line.header.rev for line in lines]
    runs = (Run(*chain, 1, 2, "", revs[1]), Run(*chain, 4, 6, revs[2], revs[5]))
    path = sealed_by_centre(lost, [("person", line.to_bytes()) for line in kept], runs)

    new = lost.rebuild(path=path)

    assert verify(new.store).ok


def test_a_rebuild_that_fails_at_the_very_end_leaves_nothing(lost: Lost, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="memory_cost"):
        lost.rebuild(cost=vault.Cost(1, 1))
    assert not list(tmp_path.glob("new*"))


def test_an_empty_file_is_refused(lost: Lost) -> None:
    lost.file.write_bytes(b"")
    assert lost.refusal() == "incomplete"
