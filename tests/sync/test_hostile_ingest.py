"""Hostile files at the centre: exit code 2, a code and a sentence, and nothing of them stored."""

import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from app.cli import main
from app.models.central import tables
from app.services import central
from app.sync import keys, trust
from app.sync.keys import Status
from app.sync.outer_zip import frame
from tests.sync.conftest import Desk, Forger


class Centre:
    """A central office, a desk that it enrolled, and a forger who holds that desk's key."""

    def __init__(self, folder, capsys):
        self.folder, self.capsys = folder, capsys
        self.inbox = folder / "inbox"
        self.inbox.mkdir()
        self.url = f"sqlite:///{folder / 'centre.db'}"
        self.centre = central.open_centre(self.url, folder / "keys")
        central.initialise(self.centre)
        self.desk = Desk(3).people(10)
        self.enrol(self.desk)
        self.desk.identity = self.centre.identities()[0]
        self.desk.recipient = keys.recipient_of(self.desk.identity)
        self.forger = Forger(self.desk, self.inbox)

    def enrol(self, desk):
        request = trust.KeyRequest(
            desk.office, desk.replica, desk.key.public, desk.recipient, "2025-10-01T02:03:04Z"
        )
        note = trust.write_request(self.folder, request, desk.key)
        central.enrol(self.centre, note, self.folder)

    def ingest(self, *paths):
        """Give the exit code and what was printed for each file."""
        words = ["central", "ingest", *map(str, paths), "--db", self.url, "--json"]
        code = main([*words, "--keys", str(self.centre.keys)])
        return code, [json.loads(row) for row in self.capsys.readouterr().out.splitlines()]

    def rows(self, table):
        with tables.reading(self.centre.engine) as connection:
            return connection.execute(table.select()).mappings().all()


@pytest.fixture
def centre(tmp_path, capsys, monkeypatch):
    watched = tmp_path / "temporary"
    watched.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(watched))
    made = Centre(tmp_path, capsys)
    yield made
    made.centre.engine.dispose()
    assert list(watched.iterdir()) == []


def by_a_stranger(centre):
    desk = Desk(9).people(3)
    desk.recipient = centre.desk.recipient
    return desk.seal(centre.inbox).path


def of_a_withdrawn_key(centre):
    with tables.acting(centre.centre.engine) as connection:
        connection.execute(tables.office_keys.update().values(status=Status.REVOKED.value))
    return centre.forger.sealed.path


def of_a_foreign_office(centre):
    other = Desk(3, office="43").people(3)  # its key is that of the desk of the same number
    other.recipient = centre.desk.recipient
    return other.seal(centre.inbox).path


def signed_by_another(centre):
    raw = centre.forger.sealed.envelope.to_bytes()
    return centre.forger.frame(raw, b"payload", keys.SigningKey(b"\x09" * 32).sign(raw))


def for_somebody_else(centre):
    stranger = Desk(9)
    centre.desk.recipient = stranger.recipient
    return centre.desk.seal(centre.inbox, number=2).path


def with_another_crc(centre):
    raw, payload = centre.forger.sealed.envelope.to_bytes(), b"payload"
    pieces = frame(b"", raw, centre.desk.key.sign(raw), [payload], crc=1, size=len(payload))
    centre.forger.path.write_bytes(b"".join(pieces))
    return centre.forger.path


def of_another_chain(centre):
    lines = centre.desk.lines
    lines[4] = replace(lines[4], header=replace(lines[4].header, by="99"))
    return centre.desk.seal(centre.inbox, number=2).path


def changed(place, value):
    def change(centre):
        raw = bytearray(centre.forger.sealed.path.read_bytes())
        raw[place] = value
        centre.forger.path.write_bytes(raw)
        return centre.forger.path

    return change


def cut(centre):
    centre.forger.path.write_bytes(centre.forger.sealed.path.read_bytes()[:-100])
    return centre.forger.path


def entries(**changes):
    def change(centre):
        more = {name.replace("__", "/").replace("_", "."): raw for name, raw in changes.items()}
        return centre.forger.entries_sealed(centre.forger.entries() | more)

    return change


REFUSED = {
    "a stranger's": (by_a_stranger, "unknown_key"),
    "of a withdrawn key": (of_a_withdrawn_key, "revoked_key"),
    "of a foreign office": (of_a_foreign_office, "foreign_key"),
    "signed by another": (signed_by_another, "signature"),
    "for somebody else": (for_somebody_else, "not_for_us"),
    "with another CRC": (with_another_crc, "payload_hash"),
    "of another chain": (of_another_chain, "chain"),
    "of another kind": (changed(0, 0), "not_a_bundle"),
    "damaged": (changed(200, 0), "outer_form"),
    "cut": (cut, "incomplete"),
    "not decrypted": (lambda centre: centre.forger.seal(b"payload"), "payload"),
    "no zip": (lambda centre: centre.forger.seal(centre.forger.encrypt(b"x" * 99)), "inner_form"),
    "with other facts": (entries(bundle_json=b"{}"), "facts"),
    "with fewer lines": (entries(data__person_ndjson=b"\n"), "count"),
    "with an unknown file": (entries(fetch_txt=b"x"), "inner_form"),
    "with a bomb": (entries(data__person_ndjson=bytes(70 << 20)), "too_big"),
    "newer": (lambda centre: centre.forger.seal(b"payload", min_reader=3), "too_new"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_quarantined_with_its_code_and_nothing_of_it_is_stored(centre, name):
    make, code = REFUSED[name]
    path = make(centre)

    exit_code, (found,) = centre.ingest(path)

    assert (exit_code, found["status"], found["code"]) == (2, "quarantined", code)
    assert found["reason"]
    assert centre.rows(tables.revisions) == []
    assert centre.rows(tables.bundles) == []
    (noted,) = centre.rows(tables.quarantine)
    assert (noted["name"], noted["code"], noted["reason"]) == (path.name, code, found["reason"])


def test_a_pipe_a_device_and_a_folder_are_quarantined_and_stop_no_other(centre):
    pipe, folder = centre.inbox / "a.zip", centre.inbox / "b.zip"
    os.mkfifo(pipe)
    folder.mkdir()

    code, found = centre.ingest(centre.inbox)

    assert code == 2
    codes = sorted((each["status"], each["code"]) for each in found)
    assert codes == [("accepted", "")] + [("quarantined", "not_read")] * 2


@pytest.mark.parametrize("named", ["pipe", "device"])
def test_a_pipe_or_a_device_that_is_named_is_refused_before_work_begins(centre, named):
    path = Path("/dev/zero")
    if named == "pipe":
        path = centre.inbox / "a.zip"
        os.mkfifo(path)

    assert centre.ingest(path, centre.inbox) == (2, [])
    assert centre.rows(tables.bundles) == []


def test_the_same_content_under_another_name_number_or_signature_is_a_duplicate(centre):
    renamed = centre.inbox / "renamed.zip"
    renamed.write_bytes(centre.forger.sealed.path.read_bytes())
    again = centre.desk.seal(centre.inbox, number=2, created_at="2026-01-01T00:00:00Z").path

    code, found = centre.ingest(centre.forger.sealed.path, renamed, again, again)

    assert code == 0
    assert [each["status"] for each in found] == ["accepted", *["duplicate"] * 3]
    assert len({each["content_id"] for each in found}) == 1


def test_a_desk_whose_recipient_would_end_age_is_not_enrolled(centre):
    desk = Desk(5)
    desk.recipient = keys._bech32("age", bytes(32))

    with pytest.raises(trust.Refused):
        centre.enrol(desk)

    assert len(centre.rows(tables.office_keys)) == 1
