"""The files of a desk: damaged, full, locked, older, newer, copied: said in words, nothing lost."""

import json
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, text

from app.core.errors import TooNew, UserError
from app.models.office import backup, database, remains, store, vault
from app.models.office.store import Store, open_store, setting
from app.models.records.base import Base, entities
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records import records, search
from app.services.records.verify import verify
from app.sync import keys
from tests.makers.machines import without_rights
from tests.makers.office import person
from tests.services.conftest import PASSWORD

ROOT = Path(__file__).parents[3]


def refused(error: pytest.ExceptionInfo[UserError]) -> str:
    assert error.value.sentence
    return error.value.code


@pytest.fixture
def closed(desk: Desk) -> tuple[Path, bytes]:
    """A desk with one person, its files let go of: its folder and its key."""
    person(desk)
    desk.close()
    return desk.store.folder, desk.store.key


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b'{"format": "tambon-keys"}'])
def test_a_damaged_key_file_is_read_from_its_copy(
    closed: tuple[Path, bytes], damage: bytes
) -> None:
    folder, key = closed
    (folder / vault.FILE).write_bytes(damage)

    assert vault.unlock(folder, "กานดา", PASSWORD)[0] == key

    (folder / vault.COPY).write_bytes(damage)
    with pytest.raises(UserError) as error:
        vault.unlock(folder, "กานดา", PASSWORD)
    assert refused(error) == "no_keys"


def test_one_wrong_letter_in_a_key_file_is_seen(closed: tuple[Path, bytes]) -> None:
    folder, key = closed
    whole = json.loads((folder / vault.FILE).read_text())
    slot = whole["users"][0]
    slot["wrapped"] = ("B" if slot["wrapped"][0] == "A" else "A") + slot["wrapped"][1:]
    (folder / vault.FILE).write_text(json.dumps(whole))

    assert vault.unlock(folder, "กานดา", PASSWORD)[0] == key


def test_the_recovery_sheet_opens_the_desk_and_no_other(tmp_path: Path) -> None:
    desk, sheet = desks.create(
        tmp_path / "desk", office="15", user="กานดา", password=PASSWORD, cost=vault.Cost(64, 1)
    )
    desk.close()

    assert vault.recover(tmp_path / "desk", keys.parse_recovery(sheet)) == desk.store.key
    with pytest.raises(UserError) as error:
        vault.recover(tmp_path / "desk", keys.new_secret())
    assert refused(error) == "wrong_recovery"


def test_a_key_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / f"{vault.FILE}.part").mkdir()

    with pytest.raises(UserError) as error:
        vault.create(tmp_path, keys.new_secret())
    assert refused(error) == "keys_not_written"


def test_models_and_migrations_agree(desk: Desk) -> None:
    entities()

    def differences(connection: Any) -> list[Any]:
        context = MigrationContext.configure(
            connection,
            opts={"include_object": lambda thing, name, kind, *_: "_search" not in (name or "")},
        )
        return compare_metadata(context, Base.metadata)

    assert desk.store.write(differences) == []
    scripts = ScriptDirectory(str(ROOT / "app" / "migrations"))
    assert scripts.get_current_head() == store.SCHEMA


def test_a_database_of_a_newer_program_is_refused_untouched(closed: tuple[Path, bytes]) -> None:
    folder, key = closed
    with closing(Store(folder, key)) as newer:
        newer.write(lambda c: c.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(TooNew):
        open_store(folder, key)
    assert not (folder / "backups").exists()


def test_no_database_is_opened_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        open_store(tmp_path, b"k" * 32)
    assert refused(error) == "no_database"


@pytest.fixture
def next_version(
    closed: tuple[Path, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, bytes]:
    """A desk of this program's schema, and a program that is one schema further."""
    folder = tmp_path / "migrations"
    shutil.copytree(ROOT / "app" / "migrations", folder, ignore=shutil.ignore_patterns("__pyc*"))
    number = f"{int(store.SCHEMA) + 1:04d}"
    (folder / "versions" / f"{number}_next.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision, down_revision = {number!r}, {store.SCHEMA!r}\n"
        "def upgrade():\n"
        "    op.create_table('later', sa.Column('no', sa.Integer(), primary_key=True))\n"
    )
    monkeypatch.setattr(store, "MIGRATIONS", str(folder))
    monkeypatch.setattr(store, "SCHEMA", number)
    return closed


def test_an_older_database_is_backed_up_and_then_upgraded(
    next_version: tuple[Path, bytes],
) -> None:
    folder, _key = next_version

    desk = desks.open_desk(folder, user="กานดา", password=PASSWORD)

    with closing(desk), desk.store.read() as connection:
        assert connection.scalar(text("SELECT count(*) FROM later")) == 0
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == store.SCHEMA
        assert setting(connection, "rebuild_rows") is None
        assert verify(desk.store).ok
    kept = list((folder / "backups").iterdir())
    assert len(kept) == 1 and f"before-{store.SCHEMA}" in kept[0].name
    header = json.loads(zipfile.ZipFile(kept[0]).read("header.json"))
    assert int(header["schema"]) == int(store.SCHEMA) - 1


def test_an_older_database_that_cannot_be_backed_up_stays_as_it_is(
    next_version: tuple[Path, bytes],
) -> None:
    folder, key = next_version
    (folder / "backups").write_text("a file where the folder should be")

    with pytest.raises(UserError) as error:
        open_store(folder, key)

    assert refused(error) == "bad_path"  # the path is named
    with closing(Store(folder, key)) as older, older.read() as connection:
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    assert int(found) == int(store.SCHEMA) - 1


def test_a_backup_is_one_file_that_opens_and_verifies(desk: Desk, tmp_path: Path) -> None:
    entered = person(desk)

    made = backup.write(desk.store.main, tmp_path / "stick", reason="daily")

    assert list((tmp_path / "stick").iterdir()) == [made]
    with zipfile.ZipFile(made) as archive:
        assert set(archive.namelist()) == {"header.json", store.MAIN, vault.FILE}
        header = json.loads(archive.read("header.json"))
        archive.extractall(tmp_path / "restored")
    assert header["schema"] == store.SCHEMA and header["origin"]["office"] == "15"
    assert header["counts"] == {"line": 3, "line_body": 3, "head": 3}
    restored = desks.open_desk(tmp_path / "restored", user="กานดา", password=PASSWORD)
    with closing(restored):
        assert records.get(restored.store, "person", entered).data["first_th"] == "สมาชิก1"
        assert verify(restored.store).ok


def test_two_backups_in_one_second_are_two_files(desk: Desk, tmp_path: Path) -> None:
    made = {backup.write(desk.store.main, tmp_path / "stick") for _each in range(3)}
    assert made == set((tmp_path / "stick").iterdir()) and len(made) == 3


@pytest.mark.parametrize("place", [0.0, 0.001, 0.1, 0.25, 0.5, 0.75, 0.999])
def test_one_flipped_bit_of_the_database_is_noticed_and_never_backed_up(
    closed: tuple[Path, bytes], tmp_path: Path, place: float
) -> None:
    folder, key = closed
    raw = bytearray((folder / store.MAIN).read_bytes())
    raw[int(len(raw) * place)] ^= 1
    (folder / store.MAIN).write_bytes(raw)

    codes = set()
    try:
        with closing(open_store(folder, key)) as opened:
            backup.write(opened.main, tmp_path / "stick")
    except UserError as error:
        codes.add(error.code)

    assert codes and codes <= {"damaged", "backup_failed"}
    assert not (tmp_path / "stick").exists() or not any((tmp_path / "stick").iterdir())


def test_a_key_that_does_not_fit_leaves_the_drafts_alone(closed: tuple[Path, bytes]) -> None:
    folder, key = closed
    before = (folder / store.DRAFTS).read_bytes()

    with pytest.raises(UserError) as error:
        open_store(folder, b"x" * 32)

    assert refused(error) == "damaged"
    assert (folder / store.DRAFTS).read_bytes() == before
    open_store(folder, key).close()


def test_damaged_drafts_are_put_aside_and_the_records_open(closed: tuple[Path, bytes]) -> None:
    folder, key = closed
    (folder / store.DRAFTS).write_bytes(b"not a database" * 1000)

    with closing(open_store(folder, key)) as opened:
        assert opened.drafts.all() == []
        opened.drafts.keep("form", "person", "", {"first_th": "ก"})

    assert (folder / f"damaged-{store.DRAFTS}").exists()


def fill_disk(database: Any, *, pages: int) -> Any:
    """Let the file grow by so many pages only: SQLite then says that the disk is full."""
    with database.read() as connection:
        now = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def limit(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count={now + pages}")

    database._engine.dispose()
    event.listen(database._engine, "connect", limit)
    return limit


def test_a_full_disk_is_said_and_loses_nothing_and_the_ballast_is_given_back(desk: Desk) -> None:
    entered = person(desk)
    ballast = desk.store.folder / database.BALLAST
    assert ballast.stat().st_size > 1_000_000
    limit = fill_disk(desk.store.main, pages=3)

    saved = 1
    with pytest.raises(UserError) as error:
        for saved in range(1, 100):
            person(desk, saved + 1)

    assert refused(error) == "disk_full"
    assert not ballast.exists()
    assert records.get(desk.store, "person", entered).data["first_th"] == "สมาชิก1"
    desk.store.drafts.keep("form", "person", "", {"first_th": "สมาชิก3"})
    event.remove(desk.store.main._engine, "connect", limit)
    desk.store.main._engine.dispose()
    assert len(search.rows(desk.store, "person")) == saved
    person(desk, 100)
    assert verify(desk.store).ok


def test_a_desk_whose_ballast_cannot_be_laid_is_worked_on_without_it(desk: Desk) -> None:
    ballast = desk.store.folder / database.BALLAST
    ballast.unlink()
    ballast.symlink_to(desk.store.folder / "missing" / "ballast")

    desk.store.main.lay_ballast()

    assert not ballast.is_symlink()
    person(desk)


def test_a_folder_that_may_not_be_written_to_is_said() -> None:
    with tempfile.TemporaryDirectory() as base:
        Path(base).chmod(0o755)
        folder = Path(base) / "desk"
        made, _sheet = desks.create(
            folder, office="15", user="กานดา", password=PASSWORD, cost=vault.Cost(64, 1)
        )
        made.close()

        with without_rights(folder), pytest.raises(UserError) as error:
            open_store(folder, made.store.key)

        assert refused(error) in ("read_only", "cannot_open")
        open_store(folder, made.store.key).close()


HOLD = """
import sys
from pathlib import Path
from app.models.office.database import Database
plain = Database(Path(sys.argv[1]), bytes.fromhex(sys.argv[2])).connect()
plain.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
plain.execute("ROLLBACK")
plain.close()
"""


def test_a_second_process_that_writes_is_waited_for_and_then_said(desk: Desk) -> None:
    entered = person(desk)
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(desk.store.main.path), desk.store.key.hex()],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None and other.stdout.readline() == "held\n"

    with pytest.raises(UserError) as error:
        person(desk, 2)

    assert refused(error) == "busy"
    assert records.get(desk.store, "person", entered).title == "สมาชิก1 ตัวอย่าง"
    other.communicate("go\n")
    person(desk, 2)


def test_drafts_survive_and_never_wait_for_a_long_write(closed: tuple[Path, bytes]) -> None:
    folder, key = closed
    begun, done = threading.Event(), threading.Event()

    def long_write(_connection: Any) -> None:
        begun.set()
        assert done.wait(60)

    with closing(open_store(folder, key)) as opened:
        running = opened.main.submit(long_write)
        assert begun.wait(60)
        opened.drafts.keep("one", "person", "", {"first_th": "ก"})
        opened.drafts.keep("two", "person", "an-id", {"first_th": "ข"})
        opened.drafts.keep("two", "person", "an-id", {"first_th": "ค"})
        opened.drafts.keep("three", "person", "", {})
        opened.drafts.drop("three")
        assert not running.done()
        done.set()
        running.result()

    with closing(open_store(folder, key)) as opened:
        kept = {draft["key"]: draft for draft in opened.drafts.all()}
    assert {key: draft["data"]["first_th"] for key, draft in kept.items()} == {
        "one": "ก",
        "two": "ค",
    }
    assert kept["two"]["id"] == "an-id" and kept["two"]["type"] == "person"


def test_a_write_inside_a_write_is_a_fault_of_ours(desk: Desk) -> None:
    with pytest.raises(RuntimeError):
        desk.store.write(lambda _connection: desk.store.write(lambda _inner: None))


def test_a_fault_of_ours_is_not_called_a_fault_of_the_disk(desk: Desk) -> None:
    with pytest.raises(Exception, match="no such table"):
        desk.store.write(lambda connection: connection.exec_driver_sql("SELECT * FROM unheard"))


def test_a_backup_before_the_first_record_says_so(tmp_path: Path) -> None:
    key = vault.create(tmp_path, keys.new_secret())
    with closing(store.create(tmp_path, key, {})) as made:
        path = backup.write(made.main, tmp_path / "stick")

    assert json.loads(zipfile.ZipFile(path).read("header.json"))["origin"] is None
    with pytest.raises(UserError) as error:
        remains.refuse_to_make(tmp_path)
    assert refused(error) == "exists"


def test_a_making_that_fails_lets_go_of_its_files(tmp_path: Path) -> None:
    key = vault.create(tmp_path, keys.new_secret())

    with pytest.raises(TypeError):
        store.create(tmp_path, key, {"origin": object()})

    remains.discard(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_desks_that_are_made_at_one_time_keep_apart(tmp_path: Path) -> None:
    """Alembic keeps the migration that runs in globals: two at once were made of each other."""

    def make(name: str) -> tuple[str, bool]:
        folder = tmp_path / name
        folder.mkdir()
        key = vault.create(folder, keys.new_secret())
        with closing(store.create(folder, key, {"name": name})) as made, made.read() as connection:
            return str(setting(connection, "name")), verify(made).ok

    names = [f"desk-{number}" for number in range(4)]
    with ThreadPoolExecutor(len(names)) as pool:
        assert list(pool.map(make, names)) == [(name, True) for name in names]
