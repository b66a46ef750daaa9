"""The whole verify over a copy: due when lines came, or once a day; a bad verdict is said."""

import errno
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from app.core.errors import Cancelled, UserError
from app.models.office import store, vault
from app.models.office.store import set_setting, setting
from app.models.records import attachments as files
from app.services.office import attachments, last_check, scans
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records.verify import verify
from app.services.safekeeping import desk_check
from tests.makers.attachments import a_document, scan
from tests.makers.key_files import names_in
from tests.makers.lines import tamper
from tests.makers.office import person
from tests.services.conftest import PASSWORD


def days_pass(desk: Desk, days: int) -> None:
    """Make what is noted of the checks so much older."""
    earlier = timedelta(days=days)

    def work(connection: Connection) -> None:
        last = setting(connection, "checked")
        at = datetime.fromisoformat(last["at"]) - earlier
        set_setting(connection, "checked", last | {"at": at.isoformat()})
        known = setting(connection, scans.CHECKED, {})
        aged = {
            folder: (datetime.fromisoformat(at) - earlier).isoformat()
            for folder, at in known.items()
        }
        set_setting(connection, scans.CHECKED, aged)

    desk.store.write(work)


def test_a_check_finds_a_sound_desk_whole_and_leaves_nothing(desk: Desk) -> None:
    person(desk)
    before = names_in(desk.store.folder)
    with desk.store.read() as connection:
        place = store.origin(connection)

    found = desk_check.check(desk.store)

    assert (found.lines, found.reason, found.sentence) == (3, "", "")
    assert last_check.last(desk.store) == found
    assert names_in(desk.store.folder) == before
    with desk.store.read() as connection:
        assert store.origin(connection) == place


def test_a_check_at_closing_is_due_when_lines_came(desk: Desk) -> None:
    assert last_check.is_due_at_closing(desk.store)
    desk_check.check(desk.store)
    assert not last_check.is_due_at_closing(desk.store)

    person(desk)

    assert last_check.is_due_at_closing(desk.store)


def test_a_check_of_the_day_is_due_once_a_day(desk: Desk) -> None:
    assert last_check.is_due(desk.store)
    desk_check.check(desk.store)
    assert not last_check.is_due(desk.store)

    days_pass(desk, 1)

    assert last_check.is_due(desk.store)
    assert not last_check.is_due_at_closing(desk.store)  # nothing came since


def test_a_large_desk_is_checked_at_the_first_closing_of_the_day_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk_check.check(desk.store)
    person(desk)
    monkeypatch.setattr(last_check, "LARGE", 4)
    assert last_check.is_due_at_closing(desk.store)

    monkeypatch.setattr(last_check, "LARGE", 3)

    assert not last_check.is_due_at_closing(desk.store)
    days_pass(desk, 1)
    assert last_check.is_due_at_closing(desk.store)


def test_a_bad_verdict_is_said_at_each_sign_in_until_a_check_finds_nothing(desk: Desk) -> None:
    person(desk)
    tamper(desk, "UPDATE line_body SET body = replace(body, 'สมาชิก1', 'สมาชิก2')")

    found = desk_check.check(desk.store)

    assert found.reason == verify(desk.store).reason
    assert found.reason in found.sentence
    desk.close()
    for _each in range(2):
        with closing(sign_in(desk)) as opened:
            assert found.sentence in opened.notice
    with closing(sign_in(desk)) as opened:
        plain = opened.store.main.connect()
        plain.execute("UPDATE line_body SET body = replace(body, 'สมาชิก2', 'สมาชิก1')")
        plain.close()
        assert desk_check.check(opened.store).reason == ""
    with closing(sign_in(desk)) as opened:
        assert opened.notice == ""


def sign_in(desk: Desk) -> Desk:
    return desks.open_desk(desk.store.folder, user="กานดา", password=PASSWORD)


def test_a_desk_without_a_key_file_does_not_hold(desk: Desk) -> None:
    for name in (vault.FILE, vault.COPY):
        (desk.store.folder / name).write_bytes(b"{")

    assert "ไฟล์กุญแจ" in desk_check.check(desk.store).reason


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_copy_that_cannot_be_made_is_no_verdict(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    really = Path.mkdir

    def refuses(self: Path, *given: bool, **named: bool) -> None:
        if self.name == "proof":
            raise OSError(number, "words")
        really(self, *given, **named)

    monkeypatch.setattr(Path, "mkdir", refuses)

    said = not_checked(desk)

    assert ("ไม่มีที่ว่าง" in said) == (number == errno.ENOSPC)


def not_checked(desk: Desk) -> str:
    """Check a desk that holds, where the disk does not let it: nothing is stored of that."""
    with pytest.raises(UserError) as refused:
        desk_check.check(desk.store)
    assert refused.value.code == "not_checked" and "ว่าง" in refused.value.sentence
    assert last_check.last(desk.store) is None
    assert last_check.is_due(desk.store) and last_check.is_due_at_closing(desk.store)
    return refused.value.sentence


def test_a_disk_without_room_for_the_copy_raises_no_alarm(desk: Desk) -> None:
    person(desk)
    before = names_in(desk.store.folder)
    resource = pytest.importorskip("resource")  # Windows has none
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))  # less than the copy, really
    try:
        not_checked(desk)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert names_in(desk.store.folder) == before
    assert desk_check.check(desk.store).reason == ""
    desk.close()
    with closing(sign_in(desk)) as opened:
        assert opened.notice == ""


def test_a_verdict_that_the_disk_does_not_take_is_found_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(desk)
    tamper(desk, "UPDATE line_body SET body = replace(body, 'สมาชิก1', 'สมาชิก2')")

    def full(*_given: object) -> None:
        raise UserError("เต็ม", code="disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(desk.store, "write", full)
        assert desk_check.check(desk.store).reason

    assert last_check.last(desk.store) is None
    assert desk_check.check(desk.store).reason


def test_nothing_is_kept_of_a_check_that_was_stopped(desk: Desk) -> None:
    before = names_in(desk.store.folder)

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        desk_check.check(desk.store, step=stop)

    assert last_check.last(desk.store) is None
    assert names_in(desk.store.folder) == before


def test_all_scans_are_read_once_a_week_and_a_ruin_is_a_verdict(desk: Desk, tmp_path: Path) -> None:
    name = attachments.attach(desk.store, scan(tmp_path))
    a_document(desk, name)
    desk_check.check(desk.store)
    path = files.path_of(desk.store.folder, desk.store.key, name)
    path.write_bytes(bytes(path.stat().st_size))
    assert desk_check.check(desk.store).reason == ""
    days_pass(desk, 6)
    assert desk_check.check(desk.store).reason == ""

    days_pass(desk, 1)

    assert name[:8] in desk_check.check(desk.store).reason


def test_the_verdict_is_no_line_and_leaves_with_no_bundle(desk: Desk) -> None:
    def lines() -> int:
        with desk.store.read() as connection:
            return int(connection.scalar(text("SELECT count(*) FROM line")) or 0)

    before = lines()
    desk_check.check(desk.store)
    assert lines() == before


def test_a_verdict_names_its_day(desk: Desk) -> None:
    today = datetime.now(UTC).astimezone()
    found = last_check.note(desk.store, 2, "ข้อมูลตัวอย่าง")

    assert str(today.year + 543)[-2:] in found.sentence
