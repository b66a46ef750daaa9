"""A backup in which anything changed is called damaged, or gives back the very same state."""

import hashlib
import shutil
import zipfile
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from app.core.errors import UserError
from app.models.office import backup, machine, vault
from app.services.office.desk import Desk
from app.services.records.verify import state_digest
from app.services.safekeeping import restoring
from tests.makers.key_files import forged
from tests.makers.office import person
from tests.services.conftest import PASSWORD

FLIPS = 48


class Kept:
    """A backup, the state it holds, and the desk it was made of."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        person(desk)
        self.path = backup.write(desk.store.main, folder / "stick")
        self.digest = state_digest(desk.store)
        self.folder = desk.store.folder
        desk.close()


@pytest.fixture
def kept(desk: Desk, tmp_path: Path) -> Kept:
    return Kept(desk, tmp_path)


def outcome(kept: Kept, path: Path, folder: Path) -> str:
    """Restore into a folder of its own; give the code of the refusal, or "same"."""
    try:
        with closing(restoring.restore(folder, path, user="กานดา", password=PASSWORD)) as restored:
            assert restored.notice == ""
            assert state_digest(restored.store) == kept.digest
    except UserError as error:
        assert not folder.exists()
        return error.code
    shutil.rmtree(folder)
    machine.forget_below(folder)
    return "same"


def flipped(raw: bytes, place: int, bit: int) -> bytes:
    spoilt = bytearray(raw)
    spoilt[place] ^= 1 << bit
    return bytes(spoilt)


def places(path: Path) -> list[tuple[int, int]]:
    """Spread over the whole length, and closer in the zip's own words at the two ends."""
    raw = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        directory = archive.start_dir
    spread = [(len(raw) * each // FLIPS, each % 8) for each in range(FLIPS)]
    edges = [*range(0, 45, 3), *range(directory, len(raw), 5)]
    return spread + [(each, each % 8) for each in edges]


def test_a_flipped_bit_is_refused_as_damage_or_changes_nothing(kept: Kept, tmp_path: Path) -> None:
    raw = kept.path.read_bytes()
    path = tmp_path / "flipped.backup.zip"
    found: dict[str, int] = {}
    for place, bit in places(kept.path):
        path.write_bytes(flipped(raw, place, bit))
        code = outcome(kept, path, tmp_path / "restored")
        assert code in ("backup_damaged", "same"), f"byte {place}, bit {bit}"
        found[code] = found.get(code, 0) + 1

    assert found["backup_damaged"] > FLIPS


@pytest.mark.parametrize("name", ["whatever.zip", "tambon.backup.zip"])
@pytest.mark.parametrize("part", [0.0005, 0.1, 0.5, 0.9, 0.9999])
def test_a_backup_that_was_cut_off_is_damaged(
    kept: Kept, tmp_path: Path, name: str, part: float
) -> None:
    raw = kept.path.read_bytes()
    path = tmp_path / name
    path.write_bytes(raw[: int(len(raw) * part)])

    assert outcome(kept, path, tmp_path / "restored") == "backup_damaged"


def repacked(kept: Kept, tmp_path: Path, keys: bytes) -> Path:
    """Pack another key file, as the first release did with a damaged one: the header hashes it."""
    path = tmp_path / "old.backup.zip"
    with zipfile.ZipFile(kept.path) as archive, zipfile.ZipFile(path, "w") as target:
        header = orjson.loads(archive.read("header.json"))
        header["sha256"][vault.FILE] = hashlib.sha256(keys).hexdigest()
        target.writestr("header.json", orjson.dumps(header))
        target.writestr("tambon.db", archive.read("tambon.db"))
        target.writestr(vault.FILE, keys)
    return path


def test_a_backup_with_a_damaged_key_file_opens_with_the_desk_s_own(
    kept: Kept, tmp_path: Path
) -> None:
    path = repacked(kept, tmp_path, b"{")
    (kept.folder / vault.FILE).write_bytes(b"{")  # as it was when this was packed

    restored = restoring.restore(kept.folder, path, user="กานดา", password=PASSWORD)

    with closing(restored):
        assert state_digest(restored.store) == kept.digest
    assert (kept.folder / vault.FILE).read_bytes() == (kept.folder / vault.COPY).read_bytes()


def test_a_backup_with_a_damaged_key_file_and_no_desk_is_damaged(
    kept: Kept, tmp_path: Path
) -> None:
    assert outcome(kept, repacked(kept, tmp_path, b"{"), tmp_path / "new") == "backup_damaged"


def test_a_backup_whose_key_file_somebody_changed_is_refused(kept: Kept, tmp_path: Path) -> None:
    keys = (kept.folder / vault.FILE).read_bytes()
    sealless = forged(keys, lambda found: found.pop("seal"))
    other = forged(keys, lambda found: found.update(serial=99))

    assert outcome(kept, repacked(kept, tmp_path, sealless), tmp_path / "new") == "backup_damaged"
    assert outcome(kept, repacked(kept, tmp_path, other), tmp_path / "new") == "backup_damaged"
