"""What lies where a bundle should: pipes, devices, folders, links, drives that are pulled out."""

import os
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.sync import durable, trust
from app.sync.bundle import inspect


def refusal(read, path):
    with pytest.raises(UserError) as caught:
        read(path)
    assert caught.value.sentence
    return caught.value.code


@pytest.fixture(
    params=[inspect, trust.read_trust, trust.read_request], ids=lambda read: read.__name__
)
def read(request):
    return request.param


def test_a_pipe_is_refused_at_once_and_not_waited_for(read, tmp_path):
    path = tmp_path / "OTG-42-AEAQ-000001-D.zip"
    os.mkfifo(path)

    assert refusal(read, path) == "not_read"


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/dev", "/proc/self/mem", "/none"])
def test_a_device_a_folder_and_a_file_of_a_bad_drive_are_refused(read, path):
    assert refusal(read, Path(path)) == "not_read"


def test_a_link_to_a_file_is_read_as_the_file(forger, tmp_path):
    link = tmp_path / "link.zip"
    link.symlink_to(forger.sealed.path)

    assert inspect(link) == forger.sealed.envelope


def test_a_file_without_end_is_refused_before_it_is_read(read, tmp_path):
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.truncate(1 << 40)

    assert refusal(read, path) in {"not_a_bundle", "note_form"}


def test_a_drive_that_is_pulled_out_while_the_payload_is_read_is_said_so(forger):
    with durable.open_file(forger.sealed.path) as file:
        os.close(file.fileno())
        other = os.open("/proc/self/mem", os.O_RDONLY)
        assert other == file.fileno()
        with pytest.raises(UserError) as caught:
            file.read(1)

    assert caught.value.code == "not_read"


def test_a_file_that_grows_while_it_is_read_gives_the_lines_it_had(forger):
    def enrolled(key_id):
        with forger.sealed.path.open("ab") as file:
            file.write(b"more" * 100_000)
        return forger.desk.enrolled[key_id]

    assert forger.desk.refusal(forger.sealed.path, trusted=enrolled) == ""


@pytest.mark.parametrize("left", [0, 700, 2000])
def test_a_file_that_shrinks_while_it_is_read_is_called_incomplete(forger, left):
    def enrolled(key_id):
        os.truncate(forger.sealed.path, left)
        return forger.desk.enrolled[key_id]

    assert forger.desk.refusal(forger.sealed.path, trusted=enrolled) in {
        "incomplete",
        "payload_hash",
    }


def test_a_payload_that_ends_while_it_is_decrypted_is_called_incomplete(forger):
    path = forger.seal(forger.encrypt(os.urandom(400_000)))

    class PulledOut(list):
        def __iter__(self):
            os.truncate(path, 200_000)
            return super().__iter__()

    identities = PulledOut([forger.desk.identity])

    assert forger.desk.refusal(path, identities=identities) == "incomplete"


def test_a_payload_that_is_changed_while_it_is_read_is_refused(forger):
    whole = forger.sealed.path.read_bytes()
    other = forger.desk.seal(forger.path.parent, number=2).path.read_bytes()

    def enrolled(key_id):
        forger.sealed.path.write_bytes(other[: len(whole)].ljust(len(whole), b"x"))
        return forger.desk.enrolled[key_id]

    assert forger.desk.refusal(forger.sealed.path, trusted=enrolled) == "payload_hash"


def test_a_file_is_never_written_through_a_link_that_lies_in_wait(tmp_path):
    precious = tmp_path / "precious.txt"
    precious.write_bytes(b"mine")
    path = tmp_path / "sample.zip"
    path.with_name("sample.zip.part").symlink_to(precious)

    durable.write(path, [b"sealed"])

    assert precious.read_bytes() == b"mine"
    assert path.read_bytes() == b"sealed"
    assert not path.is_symlink()


def test_a_folder_in_the_place_of_the_temporary_file_is_said_to_the_clerk(tmp_path):
    (tmp_path / "sample.zip.part").mkdir()

    with pytest.raises(UserError) as caught:
        durable.write(tmp_path / "sample.zip", [b"sealed"])

    assert caught.value.code == "not_written"
