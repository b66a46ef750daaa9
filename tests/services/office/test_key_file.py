"""The key file and its copy: the proven one opens and heals the other, and it is said."""

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import UserError
from app.models.office import vault
from app.models.office.store import Store
from app.services.office import desk as desks
from app.services.office.desk import Desk
from tests.makers.key_files import FILES, forged, whole
from tests.makers.office import person
from tests.services.conftest import PASSWORD, WEAK

OTHER_PASSWORD = "รหัสผ่านอีกตัว"


def sign_in(folder: Path, user: str = "กานดา", password: str = PASSWORD) -> Desk:
    return desks.open_desk(folder, user=user, password=password)


def said(folder: Path, user: str = "กานดา", password: str = PASSWORD) -> str:
    """Sign in and out again; give what the clerk was told."""
    with closing(sign_in(folder, user, password)) as opened:
        return opened.notice


def code_of(folder: Path, user: str = "กานดา", password: str = PASSWORD) -> str:
    with pytest.raises(UserError) as refused:
        sign_in(folder, user, password).close()
    assert refused.value.sentence
    return refused.value.code


@pytest.fixture
def folder(desk: Desk) -> Path:
    """A desk of two people, its files let go of."""
    person(desk)
    desks.let_in(desk, user="สมชาย", password=OTHER_PASSWORD, role="clerk", cost=WEAK)
    desk.close()
    assert said(desk.store.folder) == ""
    return desk.store.folder


def copies(folder: Path) -> tuple[bytes, bytes]:
    first, second = ((folder / name).read_bytes() for name in FILES)
    return first, second


def spoil(folder: Path, name: str, damage: bytes | None) -> None:
    if damage is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(damage)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", [None, b"", b"{", b"[1]", b'{"users": []}', b"[" * 100_000])
def test_a_damaged_copy_is_made_anew_at_sign_in_and_it_is_said(
    folder: Path, name: str, damage: bytes | None
) -> None:
    before = copies(folder)
    spoil(folder, name, damage)

    sentence = said(folder)

    assert "ไฟล์กุญแจ" in sentence and "ชำรุด" in sentence
    assert copies(folder) == before
    assert said(folder) == ""
    assert said(folder, "สมชาย", OTHER_PASSWORD) == ""


@pytest.mark.parametrize("damage", [None, b"", b"{"])
def test_two_damaged_copies_are_refused_and_nothing_is_written(
    folder: Path, damage: bytes | None
) -> None:
    for name in FILES:
        spoil(folder, name, damage)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}

    assert code_of(folder) == "no_keys"
    assert {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()} == before


@pytest.mark.parametrize("name", FILES)
def test_a_flipped_bit_anywhere_in_a_copy_never_shuts_the_door(folder: Path, name: str) -> None:
    before = copies(folder)
    raw = (folder / name).read_bytes()
    for place in range(0, len(raw), 40):
        spoilt = bytearray(raw)
        spoilt[place] ^= 1 << place % 7
        (folder / name).write_bytes(spoilt)

        sentence = said(folder)

        # Two spaces of the layout are all that may change without a word: they say nothing.
        assert sentence or json.loads(spoilt) == json.loads(raw)
        (folder / name).write_bytes(raw)
        assert copies(folder) == before


@pytest.mark.parametrize("name", FILES)
def test_the_key_file_of_another_desk_is_replaced(
    folder: Path, new_desk: Callable[..., Desk], name: str
) -> None:
    before = copies(folder)
    other = new_desk(name="other")  # the same user and password: its slot opens, to another key
    other.close()
    (folder / name).write_bytes((other.store.folder / name).read_bytes())

    assert "ไม่ใช่โดยโปรแกรมนี้" in said(folder)
    assert copies(folder) == before


def test_the_key_files_of_another_desk_open_nothing(
    folder: Path, new_desk: Callable[..., Desk]
) -> None:
    other = new_desk(name="other")
    other.close()
    for name in FILES:
        (folder / name).write_bytes((other.store.folder / name).read_bytes())

    assert code_of(folder) == "damaged"


@pytest.mark.parametrize("name", FILES)
def test_an_older_copy_is_replaced_by_the_newer(folder: Path, name: str) -> None:
    older = (folder / name).read_bytes()
    with closing(sign_in(folder)) as desk:
        desks.let_in(desk, user="อำไพ", password="รหัสของอำไพ", role="clerk", cost=WEAK)
    before = copies(folder)
    (folder / name).write_bytes(older)

    assert said(folder, "อำไพ", "รหัสของอำไพ")
    assert copies(folder) == before


@pytest.mark.parametrize("name", FILES)
def test_a_password_that_was_replaced_opens_nothing_from_an_older_copy(
    folder: Path, name: str
) -> None:
    older = (folder / name).read_bytes()
    with closing(sign_in(folder)) as desk:
        vault.add_user(folder, desk.store.key, "สมชาย", "รหัสใหม่กว่า", cost=WEAK)
    (folder / name).write_bytes(older)

    assert code_of(folder, "สมชาย", OTHER_PASSWORD) == "wrong_password"
    assert said(folder, "สมชาย", "รหัสใหม่กว่า")


def test_two_older_copies_are_said_once(folder: Path) -> None:
    older = copies(folder)
    with closing(sign_in(folder)) as desk:
        desks.let_in(desk, user="อำไพ", password="รหัสของอำไพ", role="clerk", cost=WEAK)
    for name, raw in zip(FILES, older, strict=True):
        (folder / name).write_bytes(raw)

    assert code_of(folder, "อำไพ", "รหัสของอำไพ") == "wrong_password"
    assert "เก่ากว่า" in said(folder)
    assert said(folder) == ""


def _exchange_owners(found: dict[str, Any]) -> None:
    head, clerk = found["users"]
    head["tag"], clerk["tag"] = clerk["tag"], head["tag"]


def _ask_for_all_memory(found: dict[str, Any]) -> None:
    for slot in found["users"]:
        slot["memory"] = 2**31


TAMPERED: list[Callable[[dict[str, Any]], object]] = [
    _exchange_owners,
    _ask_for_all_memory,
    lambda found: found["users"].pop(),
    lambda found: found["users"].append(dict(found["users"][0], tag="0" * 32)),
    lambda found: found["users"].append({}),
    lambda found: found["users"][0].update(salt="zz"),
    lambda found: found["users"][0].update(nonce=5),
    lambda found: found.update(serial=10**6),
    lambda found: found.update(serial="x"),
    lambda found: found.update(salt="00" * 16),
    lambda found: found.update(salt="no"),
    lambda found: found.update(seal="0" * 64),
    lambda found: found.update(seal=None),
    lambda found: found.update(recovery=None),
    lambda found: found.pop("seal"),
    lambda found: (found.pop("seal"), _exchange_owners(found)),
]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("change", range(len(TAMPERED)))
def test_a_copy_that_somebody_changed_is_replaced_and_it_is_said(
    folder: Path, name: str, change: int
) -> None:
    before = copies(folder)
    (folder / name).write_bytes(forged(before[0], TAMPERED[change]))

    with closing(sign_in(folder)) as desk:
        assert desk.user == "กานดา"
        assert desk.notice
    assert copies(folder) == before


@pytest.mark.parametrize("change", range(len(TAMPERED)))
def test_two_changed_copies_let_nobody_in_by_another_s_name(folder: Path, change: int) -> None:
    raw = forged(copies(folder)[0], TAMPERED[change])
    for name in FILES:
        (folder / name).write_bytes(raw)

    codes = {code_of(folder), code_of(folder, "กานดา", OTHER_PASSWORD)}

    assert codes <= {"keys_changed", "wrong_password", "no_keys"}
    assert copies(folder) == (raw, raw)


def _as_the_first_release(folder: Path) -> None:
    """Leave what the first release would have: no seal, and a database that knows of none."""
    raw = forged(copies(folder)[0], lambda found: (found.pop("seal"), found.pop("serial")))
    for name in FILES:
        (folder / name).write_bytes(raw)
    key, _tag = vault.unlock(folder, "กานดา", PASSWORD)
    with closing(Store(folder, key)) as store:
        store.write(lambda c: c.exec_driver_sql("DELETE FROM setting WHERE name = 'key_file'"))


def test_a_key_file_of_the_first_release_gets_its_seal_at_the_next_sign_in(folder: Path) -> None:
    _as_the_first_release(folder)

    assert said(folder) == ""

    sealed = copies(folder)
    assert sealed[0] == sealed[1] and whole(sealed[0])["seal"]
    (folder / vault.FILE).write_bytes(forged(sealed[0], _exchange_owners))
    assert said(folder, "สมชาย", OTHER_PASSWORD)
    assert copies(folder) == sealed


@pytest.mark.parametrize("name", FILES)
def test_a_bad_copy_of_the_first_release_is_healed_too(folder: Path, name: str) -> None:
    _as_the_first_release(folder)
    (folder / name).write_bytes(b"{")

    assert "ชำรุด" in said(folder)
    assert said(folder, "สมชาย", OTHER_PASSWORD) == ""


def test_a_copy_that_cannot_be_made_anew_is_said_and_the_clerk_works(folder: Path) -> None:
    (folder / vault.COPY).write_bytes(b"{")
    (folder / f"{vault.FILE}.part").mkdir()

    with closing(sign_in(folder)) as desk:
        assert "ไฟล์กุญแจ" in desk.notice


def test_letting_somebody_in_heals_the_file_that_went_bad_meanwhile(folder: Path) -> None:
    with closing(sign_in(folder)) as desk:
        (folder / vault.FILE).write_bytes(b"{")
        desks.let_in(desk, user="อำไพ", password="รหัสของอำไพ", role="clerk", cost=WEAK)

    first, second = copies(folder)
    assert first == second
    assert said(folder, "สมชาย", OTHER_PASSWORD) == ""
    assert said(folder, "อำไพ", "รหัสของอำไพ") == ""


def test_nobody_is_let_in_by_a_key_file_that_was_changed(folder: Path) -> None:
    with closing(sign_in(folder)) as desk:
        changed = forged(copies(folder)[0], _exchange_owners)
        for name in FILES:
            (folder / name).write_bytes(changed)
        with pytest.raises(UserError) as refused:
            desks.let_in(desk, user="อำไพ", password="รหัสของอำไพ", role="clerk", cost=WEAK)
    assert refused.value.code == "keys_changed"


def test_a_damaged_key_file_does_not_hide_that_a_folder_was_copied(
    folder: Path, tmp_path: Path
) -> None:
    copied = tmp_path / "copied"
    shutil.copytree(folder, copied)
    (copied / vault.FILE).write_bytes(b"{")
    (folder / vault.FILE).write_bytes(b"{")

    assert "สำเนา" in said(copied).partition("\n\n")[0]


def test_a_damaged_database_is_called_damaged_whatever_the_copies_say(folder: Path) -> None:
    (folder / vault.COPY).write_bytes(forged(copies(folder)[0], _exchange_owners))
    (folder / "tambon.db").write_bytes(b"\0" * 8192)

    assert code_of(folder) == "damaged"


def test_key_files_that_may_not_be_read_are_not_called_damaged(desk: Desk) -> None:
    folder = desk.store.folder
    desk.close()
    for name in FILES:
        (folder / name).unlink()
        (folder / name).mkdir()  # for whoever runs this as root: rights refuse him nothing
    with pytest.raises(UserError) as refusal:
        desks.open_desk(folder, user="", password=PASSWORD)
    assert refusal.value.code == "keys_not_read"
    assert FILES[0] in refusal.value.sentence
