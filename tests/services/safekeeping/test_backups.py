"""A backup is one that can be put back: with the good key file, proven, its scans whole."""

import errno
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from app.core.errors import Cancelled, UserError
from app.core.paths import marks
from app.models.office import store, vault
from app.models.records import attachments as files
from app.services.office import attachments, scans
from app.services.office.desk import Desk
from app.services.records import naming
from app.services.records.verify import state_digest
from app.services.safekeeping import backups, restoring
from tests.makers.attachments import JPEG, PDF, a_document, loan_of, scan
from tests.makers.certification import product
from tests.makers.key_files import FILES, forged, names_in
from tests.makers.lines import tamper
from tests.makers.office import person
from tests.services.conftest import PASSWORD


def put_back(path: Path, folder: Path) -> Desk:
    return restoring.restore(folder, path, user="กานดา", password=PASSWORD)


def refused(desk: Desk, target: Path) -> str:
    """Back up in vain: nothing may be left, neither in the target nor beside the desk."""
    before = names_in(desk.store.folder)
    with pytest.raises(UserError) as refusal:
        backups.back_up(desk.store, target)
    assert refusal.value.sentence
    assert not target.exists() or names_in(target) == []
    assert names_in(desk.store.folder) == before
    return refusal.value.code


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", [None, b"{"])
def test_a_key_file_that_went_bad_since_the_sign_in_is_healed_and_not_packed(
    desk: Desk, tmp_path: Path, name: str, damage: bytes | None
) -> None:
    good = (desk.store.folder / name).read_bytes()
    if damage is None:
        (desk.store.folder / name).unlink()
    else:
        (desk.store.folder / name).write_bytes(damage)

    made = backups.back_up(desk.store, tmp_path / "stick")

    assert "ไฟล์กุญแจ" in made.notice
    with zipfile.ZipFile(made.path) as archive:
        assert archive.read(vault.FILE) == good
    assert (desk.store.folder / name).read_bytes() == good
    with closing(put_back(made.path, tmp_path / "restored")) as restored:
        assert state_digest(restored.store) == state_digest(desk.store)


def test_a_key_file_that_somebody_changed_is_not_packed(desk: Desk, tmp_path: Path) -> None:
    good = (desk.store.folder / vault.FILE).read_bytes()
    changed = forged(good, lambda found: found["users"][0].update(tag="0" * 32))
    (desk.store.folder / vault.FILE).write_bytes(changed)

    made = backups.back_up(desk.store, tmp_path / "stick")

    with zipfile.ZipFile(made.path) as archive:
        assert archive.read(vault.FILE) == good


def test_without_a_key_file_no_backup_is_made(desk: Desk, tmp_path: Path) -> None:
    for name in FILES:
        (desk.store.folder / name).write_bytes(b"{")

    assert refused(desk, tmp_path / "stick") == "backup_no_keys"


def test_a_key_file_without_its_seal_is_no_key_file_of_a_backup(desk: Desk, tmp_path: Path) -> None:
    sealless = forged(
        (desk.store.folder / vault.FILE).read_bytes(), lambda found: found.pop("seal")
    )
    for name in FILES:
        (desk.store.folder / name).write_bytes(sealless)

    assert refused(desk, tmp_path / "stick") == "backup_no_keys"


def test_a_backup_that_a_restore_would_refuse_fails_when_it_is_made(
    desk: Desk, tmp_path: Path
) -> None:
    person(desk)
    with closing(desk.store.main.connect()) as plain:
        (name,) = plain.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'line_body' "
            "AND sql LIKE '%UPDATE%'"
        ).fetchone()
        plain.execute(f"DROP TRIGGER {name}")
        plain.execute("UPDATE line_body SET body = replace(body, 'สมาชิก1', 'สมาชิก2')")

    assert refused(desk, tmp_path / "stick") == "backup_unproven"


def test_the_proof_begins_no_epoch_and_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    person(desk)
    desk.store.main.lay_ballast()

    def surroundings() -> tuple[object, ...]:
        with desk.store.read() as connection:
            place = store.origin(connection)
            kept = connection.execute(text("SELECT name, value FROM setting ORDER BY 1")).all()
        seen = {path.name: path.read_bytes() for path in marks().iterdir()}
        facts = [tuple(row) for row in kept if row[0] != scans.CHECKED]
        return place, facts, seen, names_in(desk.store.folder)

    before = surroundings()

    made = backups.back_up(desk.store, tmp_path / "stick")

    assert surroundings() == before
    assert made.notice == "" and names_in(tmp_path / "stick") == [made.path.name]


def test_what_a_crash_left_of_a_proof_is_cleared(desk: Desk, tmp_path: Path) -> None:
    half = desk.store.folder / backups.PROOF
    half.mkdir()
    (half / "tambon.db").write_bytes(b"half")

    backups.back_up(desk.store, tmp_path / "stick")

    assert not half.exists()


def test_a_backup_that_is_stopped_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    for number in range(3):
        person(desk, number)
    before = names_in(desk.store.folder)

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        backups.back_up(desk.store, tmp_path / "stick", step=stop)

    assert names_in(tmp_path / "stick") == []
    assert names_in(desk.store.folder) == before


class Attached:
    """A desk with one scan of a document, and a first backup beside it."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self.store = desk.store
        self.stick = folder / "stick"
        self.name = attachments.attach(desk.store, scan(folder))
        a_document(desk, self.name)
        self.first = self.back_up()
        assert self.first.notice == "" and self.first.lost == ()

    @property
    def here(self) -> Path:
        return files.path_of(self.store.folder, self.store.key, self.name)

    @property
    def there(self) -> Path:
        return files.path_of(self.stick, self.store.key, self.name)

    def back_up(self) -> backups.BackedUp:
        return backups.back_up(self.store, self.stick)

    def a_week_passes(self) -> None:
        def work(connection: Connection) -> None:
            known = store.setting(connection, scans.CHECKED)
            long_ago = dict.fromkeys(known, "2020-01-01T00:00:00+00:00")
            store.set_setting(connection, scans.CHECKED, long_ago)

        self.store.write(work)


@pytest.fixture
def attached(desk: Desk, tmp_path: Path) -> Attached:
    return Attached(desk, tmp_path)


def ruin(path: Path, *, same_length: bool = False) -> None:
    path.write_bytes(bytes(len(path.read_bytes())) if same_length else b"x")


def test_a_ruined_scan_comes_back_from_the_backup(attached: Attached) -> None:
    ruin(attached.here)

    made = attached.back_up()

    assert "สแกน" in made.notice and made.lost == ()
    assert attachments.content(attached.store, attached.name) == JPEG
    assert attached.back_up().notice == ""


def test_a_lost_scan_comes_back_from_the_backup(attached: Attached) -> None:
    attached.here.unlink()

    assert attached.back_up().notice
    assert attachments.content(attached.store, attached.name) == JPEG


@pytest.mark.parametrize("is_lost", [False, True])
def test_a_bad_scan_in_the_backup_is_written_anew(attached: Attached, is_lost: bool) -> None:
    if is_lost:
        attached.there.unlink()
    else:
        ruin(attached.there)

    made = attached.back_up()

    assert bool(made.notice) is not is_lost  # one that is not there is new
    assert files.is_whole(attached.there, attached.store.key)


@pytest.mark.parametrize("where", ["here", "there"])
def test_all_scans_are_read_once_a_week(attached: Attached, where: str) -> None:
    ruin(getattr(attached, where), same_length=True)
    assert attached.back_up().notice == ""  # its length is right, and it was read this week

    attached.a_week_passes()

    assert attached.back_up().notice
    assert attachments.content(attached.store, attached.name) == JPEG
    assert files.is_whole(attached.there, attached.store.key)


def test_a_scan_that_is_whole_nowhere_is_named_with_its_record_and_not_copied(
    attached: Attached,
) -> None:
    ruin(attached.here)
    attached.there.unlink()

    made = attached.back_up()

    (lost,) = made.lost
    assert (lost.name, lost.type) == (attached.name, "document")
    assert lost.title and lost.title in made.notice
    assert not attached.there.exists()
    assert attached.back_up().lost == (lost,)  # said until it is put right


def test_a_scan_that_no_record_names_is_nobody_s_loss(attached: Attached, tmp_path: Path) -> None:
    unused = attachments.attach(attached.store, scan(tmp_path, PDF, "เกิน.pdf"))
    files.path_of(attached.store.folder, attached.store.key, unused).unlink()

    assert attached.back_up().lost == ()


def test_scans_that_cannot_be_copied_are_said(attached: Attached, tmp_path: Path) -> None:
    other = attachments.attach(attached.store, scan(tmp_path, PDF, "จดหมาย.pdf"))
    kept = files.path_of(attached.stick, attached.store.key, other)
    kept.with_suffix(".part").mkdir()

    with pytest.raises(UserError) as refusal:
        attached.back_up()

    assert refusal.value.code == "scans_not_copied"
    assert len(list(attached.stick.glob("*.backup.zip"))) == 2


def test_a_restore_brings_whole_scans_alone_and_names_what_is_lost(
    attached: Attached, tmp_path: Path
) -> None:
    other = attachments.attach(attached.store, scan(tmp_path, PDF, "จดหมาย.pdf"))
    a_document(attached.desk, attached.name, other, file_id=loan_of(attached.desk))
    made = attached.back_up()
    attached.desk.close()
    ruin(attached.there)
    ruin(attached.here)
    (attached.stick / files.FOLDER / "letter.txt").write_text("no scan of ours", encoding="utf-8")

    with closing(put_back(made.path, attached.store.folder)) as restored:
        assert attachments.content(restored.store, other) == PDF
        assert attached.name[:8] in restored.notice
        assert len(list((restored.store.folder / files.FOLDER).iterdir())) == 1


def test_a_restore_takes_the_good_one_of_two_copies(attached: Attached) -> None:
    attached.desk.close()
    ruin(attached.there)

    with closing(put_back(attached.first.path, attached.store.folder)) as restored:
        assert restored.notice == ""
        assert attachments.content(restored.store, attached.name) == JPEG


def test_a_file_under_another_scan_s_name_is_no_whole_one(
    attached: Attached, tmp_path: Path
) -> None:
    other = attachments.attach(attached.store, scan(tmp_path, PDF, "จดหมาย.pdf"))
    path = files.path_of(attached.store.folder, attached.store.key, other)
    assert files.is_whole(path, attached.store.key)

    path.write_bytes(attached.here.read_bytes())

    assert not files.is_whole(path, attached.store.key)


def test_a_backup_that_there_is_no_room_to_prove_is_not_kept(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = Path.open

    def no_room(self: Path, *given: Any, **named: Any) -> Any:
        if self.parent.name == backups.PROOF:
            raise OSError(errno.ENOSPC, "no room")
        return really(self, *given, **named)

    monkeypatch.setattr(Path, "open", no_room)

    assert refused(desk, tmp_path / "stick") == "backup_failed"


def test_a_weekly_round_over_whole_scans_says_nothing(attached: Attached) -> None:
    attached.a_week_passes()
    assert scans.is_due(attached.store, attached.stick)

    made = attached.back_up()

    assert made.notice == "" and made.lost == ()
    assert not scans.is_due(attached.store, attached.stick)


def test_a_lost_picture_is_named_by_the_record_s_own_title(desk: Desk, tmp_path: Path) -> None:
    label = attachments.attach(desk.store, scan(tmp_path))
    made = product(desk, "goods", label_photos=[{"file": label, "title": "ฉลากด้านหน้า"}])
    ruin(files.path_of(desk.store.folder, desk.store.key, label))

    (lost,) = scans.check(desk.store)

    assert (lost.type, lost.id) == ("product", made)
    assert lost.title == naming.title_of(desk.store, "product", made) != ""


def test_a_scan_whose_record_s_content_is_gone_is_nobody_s_loss(attached: Attached) -> None:
    ruin(attached.here)
    tamper(
        attached.desk,
        "DELETE FROM line_body WHERE rev IN (SELECT rev FROM line WHERE type = 'document')",
    )

    assert scans.check(attached.store) == []


@pytest.mark.parametrize("place", [".", "files", "backups/week"])
def test_no_backup_is_made_in_the_folder_of_the_desk_itself(desk: Desk, place: str) -> None:
    folder = desk.store.folder
    (folder / "backups").mkdir()
    before = names_in(folder)
    with pytest.raises(UserError) as refusal:
        backups.back_up(desk.store, folder / place)
    assert refusal.value.code == "backup_inside"
    assert names_in(folder) == before and names_in(folder / "backups") == []


def test_no_backup_is_made_through_a_link_into_the_desk(desk: Desk, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(desk.store.folder)
    with pytest.raises(UserError) as refusal:
        backups.back_up(desk.store, link)
    assert refusal.value.code == "backup_inside"


def test_a_restore_through_a_link_replaces_the_desk_and_leaves_the_link(
    desk: Desk, tmp_path: Path
) -> None:
    made = backups.back_up(desk.store, tmp_path / "stick").path
    folder = desk.store.folder
    desk.close()
    link = tmp_path / "link"
    link.symlink_to(folder)
    put_back(made, link).close()
    assert link.is_symlink() and link.resolve() == folder
    assert [each.name.split("-")[0] for each in tmp_path.glob("*.before-*")] == ["desk.before"]
