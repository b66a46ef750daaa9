"""A sealed file in parts for mail: any order, some twice, and byte for byte the same file."""

import errno
import json
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import UserError
from app.core.json_text import canonical
from app.sync import parts
from app.sync.bundle import Refused

in_one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def sealed(desk, tmp_path):
    return desk.people(60).seal(tmp_path, files=[("png", os.urandom(9000))]).path


@pytest.fixture
def mail(tmp_path):
    folder = tmp_path / "mail"
    folder.mkdir()
    return folder


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def made(sealed, mail):
    return parts.split(sealed, mail, most_bytes=5000)


def refusal(paths, out, kind=Refused):
    with pytest.raises(kind) as caught:
        parts.join(paths, out)
    assert list(out.iterdir()) == []
    return caught.value


def rewritten(path, **changes):
    line, piece = path.read_bytes().split(b"\n", 1)
    path.write_bytes(canonical(json.loads(line) | changes) + b"\n" + piece)
    return path


def test_a_part_says_what_it_is_and_is_as_small_as_was_asked(made, sealed):
    assert [path.name for path in made][:2] == [
        f"OTG-42-AEAQ-000001-D.1-of-{len(made)}.otgpart",
        f"OTG-42-AEAQ-000001-D.2-of-{len(made)}.otgpart",
    ]
    assert len(made) > 3
    assert all(path.stat().st_size <= 5000 for path in made)
    header = parts.read_part(made[1]).header
    assert (header.name, header.part, header.of) == (sealed.stem, 2, len(made))
    assert header.whole_size == sealed.stat().st_size


def test_the_same_file_gives_the_same_parts(made, sealed, out):
    again = parts.split(sealed, out, most_bytes=5000)

    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in made]


@in_one_folder
@given(st.randoms(use_true_random=False), st.integers(1100, 20_000))
def test_parts_in_any_order_and_some_of_them_twice_make_the_same_file(
    sealed, mail, out, chance, most
):
    made = parts.split(sealed, mail, most_bytes=most)
    paths = [*made, *chance.sample(made, len(made) // 2)]
    chance.shuffle(paths)

    whole = parts.join(paths, out)

    assert whole.name == sealed.name
    assert whole.read_bytes() == sealed.read_bytes()
    assert parts.join(paths, out) == whole
    whole.unlink()
    for path in made:
        path.unlink()


def test_a_joined_file_opens_as_the_sealed_one(desk, made, out):
    assert desk.refusal(parts.join(made, out)) == ""


def test_the_part_that_is_missing_is_named(made, out):
    refused = refusal([*made[:1], *made[2:]], out)

    assert refused.code == "part_missing"
    assert f"ขาดส่วนที่ 2 จาก {len(made)}" in refused.sentence


def test_of_many_missing_parts_the_first_ten_are_named(sealed, mail, out):
    made = parts.split(sealed, mail, most_bytes=1500)

    refused = refusal(made[:1], out)

    assert "2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …" in refused.sentence


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda raw: raw[:-1] + bytes([raw[-1] ^ 1]), "part_damaged"),
        (lambda raw: raw + b"x", "part_damaged"),
        (lambda raw: raw[:-1], "incomplete"),
    ],
)
def test_the_part_that_is_damaged_is_named(made, out, damage, code):
    made[2].write_bytes(damage(made[2].read_bytes()))

    refused = refusal(made, out)

    assert refused.code == code
    assert f"ส่วนที่ 3 จาก {len(made)}" in refused.sentence


def test_a_sound_copy_stands_in_for_a_damaged_one(made, sealed, mail, out):
    copy = mail / "copy.otgpart"
    raw = made[0].read_bytes()
    copy.write_bytes(raw)
    made[0].write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))

    assert parts.join([*made, copy], out).read_bytes() == sealed.read_bytes()


def test_parts_of_two_files_are_not_mixed(desk, made, tmp_path, out):
    folder = tmp_path / "other"
    folder.mkdir()
    other = parts.split(desk.seal(folder, number=2).path, folder, most_bytes=5000)

    assert refusal([*made, *other], out).code == "parts_mixed"
    assert refusal([made[0], *other[1:]], out).code == "parts_mixed"


def test_no_parts_at_all_are_said_so(out):
    assert refusal([], out).code == "part_form"


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "otg-bundle"},
        {"v": 2},
        {"name": "../../OTG-42-AEAQ-000001-D"},
        {"name": "OTG-42-AEAQ-000001-D.zip"},
        {"part": 0},
        {"part": 1001},
        {"part": 900},
        {"of": 1001},
        {"of": True},
        {"size": 0},
        {"size": 10**9},
        {"whole_size": 1},
        {"sha256": "x"},
        {"more": 1},
        {"more": "x" * 2000},
    ],
    ids=lambda changes: str(changes)[:40],
)
def test_a_part_in_another_form_is_refused(made, out, changes):
    rewritten(made[0], **changes)

    assert refusal(made, out).code == "part_form"


@pytest.mark.parametrize("raw", [b"", b"\n", b"{}\n", b"x" * 5000, b"[" * 1000 + b"\n"])
def test_a_file_that_is_no_part_is_refused(made, out, raw):
    made[0].write_bytes(raw)

    assert refusal(made, out).code == "part_form"


def test_a_header_without_its_line_feed_is_no_part(made, out):
    made[0].write_bytes(made[0].read_bytes().split(b"\n")[0])

    assert refusal(made, out).code == "part_form"


def test_parts_of_more_than_a_bundle_may_hold_are_refused(made, out):
    for path in made:
        rewritten(path, whole_size=1 << 40)

    assert refusal(made, out).code == "too_big"


def test_parts_that_agree_with_themselves_and_not_with_the_whole_are_refused(made, sealed, out):
    for path in made:
        rewritten(path, whole_sha256="0" * 64)
    assert refusal(made, out).code == "part_damaged"
    for path in made:
        rewritten(path, whole_size=sealed.stat().st_size + 1)

    assert refusal(made, out).code == "part_damaged"


def test_another_file_of_that_name_is_not_written_over(made, sealed, out):
    precious = out / sealed.name
    precious.write_bytes(b"mine")

    with pytest.raises(Refused) as caught:
        parts.join(made, out)

    assert caught.value.code == "exists"
    assert precious.read_bytes() == b"mine"


def test_a_file_for_more_than_a_thousand_parts_is_not_split(sealed, mail):
    for most in (1024, 1030, 0):
        with pytest.raises(ValueError, match="too small"):
            parts.split(sealed, mail, most_bytes=most)
    assert list(mail.iterdir()) == []


def test_nothing_is_left_of_the_parts_when_the_drive_is_full(sealed, mail, monkeypatch):
    written = []

    def full(file, chunks):
        if len(written) == 2:
            raise OSError(errno.ENOSPC, "full")
        written.append(file)
        return real(file, chunks)

    real = parts.durable._write
    monkeypatch.setattr("app.sync.durable._write", full)
    with pytest.raises(UserError) as caught:
        parts.split(sealed, mail, most_bytes=5000)

    assert caught.value.code == "disk_full"
    assert list(mail.iterdir()) == []
