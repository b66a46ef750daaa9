import io
import tempfile
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from app.sync import keys, outer_zip
from app.sync.bundle import Limits, Refused, inspect
from tests.pace import slower


def test_every_flipped_byte_of_the_frame_is_refused(forger, tmp_path, monkeypatch):
    whole = forger.sealed.path.read_bytes()
    at = whole.index(b"age-encryption.org")
    payload = range(at, at + forger.sealed.envelope.payload_size)
    watched = tmp_path / "temp"
    watched.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(watched))
    codes, slowest = set(), 0.0

    for place in [
        *range(len(whole))[: payload.start],
        *payload[::97],
        *range(payload.stop, len(whole)),
    ]:
        flipped = bytearray(whole)
        flipped[place] ^= 0xFF if place % 2 else 0x01
        forger.path.write_bytes(flipped)
        started = time.process_time()
        codes.add(forger.desk.refusal(forger.path))
        slowest = max(slowest, time.process_time() - started)

    assert codes == {"not_a_bundle", "outer_form", "payload_hash"}
    assert slowest < 5 * slower()
    assert list(watched.iterdir()) == []


@pytest.mark.parametrize("part", [0, 10, 500, 2000, -1])
def test_a_file_that_ends_early_is_called_incomplete(forger, part):
    whole = forger.sealed.path.read_bytes()
    forger.path.write_bytes(whole[:part])

    assert forger.desk.refusal(forger.path) == "incomplete"


def test_a_file_that_shrinks_while_it_is_read_is_called_incomplete(forger):
    with forger.sealed.path.open("rb") as file:
        found = outer_zip.read_frame(file, most_payload=1 << 20)
    with pytest.raises(Refused) as caught:
        list(outer_zip.payload_chunks(io.BytesIO(forger.sealed.path.read_bytes()[:3000]), found))

    assert caught.value.code == "incomplete"


def test_a_file_that_vanishes_between_hash_and_decryption_is_called_incomplete(forger, monkeypatch):
    monkeypatch.setattr("app.sync.unseal._check_payload", cut_short)

    assert forger.desk.refusal(forger.sealed.path) == "incomplete"


def cut_short(file, _found, envelope):
    with Path(file.name).open("r+b") as again:
        again.truncate(file.tell() - envelope.payload_size // 2)


def test_bytes_before_or_behind_the_zip_are_refused(forger):
    whole = forger.sealed.path.read_bytes()

    for changed, code in [
        (b"x" + whole, "not_a_bundle"),
        (whole + b"x", "outer_form"),
        (whole + whole, "outer_form"),
    ]:
        forger.path.write_bytes(changed)
        assert forger.desk.refusal(forger.path) == code


def test_another_zip_of_the_same_members_is_refused(forger):
    with zipfile.ZipFile(forger.sealed.path) as outer:
        members = [(name, outer.read(name)) for name in outer.namelist()]
    for names in (members, members[::-1], [*members, members[1]], members[1:]):
        with zipfile.ZipFile(forger.path, "w") as again:
            for name, content in names:
                if name in again.namelist():
                    with pytest.warns(UserWarning, match="Duplicate"):
                        again.writestr(name, content)
                else:
                    again.writestr(name, content)
        assert forger.desk.refusal(forger.path) == "not_a_bundle"


def test_a_file_of_another_kind_is_refused_by_inspect_too(tmp_path):
    path = tmp_path / "picture.zip"
    path.write_bytes(bytes(range(256)) * 10)

    with pytest.raises(Refused) as caught:
        inspect(path)

    assert caught.value.code == "not_a_bundle"


def test_a_payload_beyond_the_limit_is_refused_before_it_is_read(forger):
    limits = Limits(sealed_bytes=forger.sealed.envelope.payload_size - 1)

    assert forger.desk.refusal(forger.sealed.path, limits=limits) == "too_big"


def test_a_payload_of_another_bundle_is_refused(forger):
    path = forger.frame(forger.sealed.envelope.to_bytes(), b"payload")

    assert forger.desk.refusal(path) == "payload_hash"


@pytest.mark.parametrize("bad", [b"payload", b"", slice(0, 100), slice(0, -1)], ids=str)
def test_a_payload_that_is_not_age_s_is_refused(forger, bad):
    payload = forger.encrypt(b"x" * 1000)
    path = forger.seal(payload[bad] if isinstance(bad, slice) else bad or b"\n")

    assert forger.desk.refusal(path) == "payload"


def test_a_payload_damaged_before_it_was_signed_leaves_no_plain_text(forger, tmp_path, monkeypatch):
    watched = tmp_path / "temp"
    watched.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(watched))
    monkeypatch.setattr("app.sync.unseal._IN_MEMORY", 100)
    payload = bytearray(forger.encrypt(bytes(300_000)))
    payload[250_000] ^= 1

    assert forger.desk.refusal(forger.seal(bytes(payload))) == "payload"
    assert list(watched.iterdir()) == []


def test_a_recipient_that_is_named_but_cannot_decrypt_is_told(forger, desks):
    next(desks)
    other = next(desks)
    named = (keys.recipient_id(other.recipient),)
    path = forger.seal(forger.encrypt(b"x"), recipient_key_ids=named)

    assert forger.desk.refusal(path, identities=[other.identity]) == "payload"


def test_the_crc_of_the_payload_counts_too(forger):
    whole = bytearray(forger.sealed.path.read_bytes())
    envelope = forger.sealed.envelope.to_bytes()
    signature = forger.desk.key.sign(envelope)
    at = whole.index(b"age-encryption.org")
    payload = bytes(whole[at : at + forger.sealed.envelope.payload_size])
    wrong = zlib.crc32(payload) ^ 1
    pieces = outer_zip.frame(
        b"readme", envelope, signature, [payload], crc=wrong, size=len(payload)
    )
    forger.path.write_bytes(b"".join(pieces))

    assert forger.desk.refusal(forger.path) == "payload_hash"


@pytest.mark.parametrize("text", [b"h", b"hello", b"PK\3\4\x14\0\1", b"x" * 39])
def test_a_short_file_of_another_beginning_is_no_bundle(forger, text):
    forger.path.write_bytes(text)

    assert forger.desk.refusal(forger.path) == "not_a_bundle"
