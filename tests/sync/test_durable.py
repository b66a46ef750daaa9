import errno
import hashlib

import pytest

from app.core.errors import UserError
from app.sync import durable


def pieces(*found):
    for piece in found:
        if isinstance(piece, BaseException):
            raise piece
        yield piece


def test_a_file_is_written_whole_and_its_hash_is_given(tmp_path):
    path = tmp_path / "sample.txt"

    digest = durable.write(path, [b"one", b"two"])

    assert path.read_bytes() == b"onetwo"
    assert digest == hashlib.sha256(b"onetwo").hexdigest()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [KeyError("x"), KeyboardInterrupt()])
def test_nothing_is_left_when_the_content_breaks_off(tmp_path, error):
    with pytest.raises(type(error)):
        durable.write(tmp_path / "sample.txt", pieces(b"one", error))

    assert list(tmp_path.iterdir()) == []


def test_an_older_file_stays_when_the_content_breaks_off(tmp_path):
    path = tmp_path / "sample.txt"
    path.write_bytes(b"old")

    with pytest.raises(UserError):
        durable.write(path, pieces(b"new", OSError(errno.EIO, "pulled out")))

    assert path.read_bytes() == b"old"


def test_a_full_drive_is_said_to_the_clerk(tmp_path):
    with pytest.raises(UserError) as caught:
        durable.write(tmp_path / "sample.txt", pieces(b"one", OSError(errno.ENOSPC, "full")))

    assert caught.value.code == "disk_full"
    assert str(tmp_path) in caught.value.sentence


def test_a_folder_that_is_gone_is_said_to_the_clerk(tmp_path):
    with pytest.raises(UserError) as caught:
        durable.write(tmp_path / "gone" / "sample.txt", [b"one"])

    assert caught.value.code == "not_written"
    assert "sample.txt" in caught.value.sentence


def test_a_drive_that_did_not_keep_the_bytes_is_noticed(tmp_path):
    path = tmp_path / "sample.txt"

    def treacherous():
        yield b"one"
        with path.with_name("sample.txt.part").open("ab") as file:
            file.write(b"other")

    with pytest.raises(UserError) as caught:
        durable.write(path, treacherous())

    assert caught.value.code == "not_written"
    assert list(tmp_path.iterdir()) == []
