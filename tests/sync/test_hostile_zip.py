"""Inner zips by somebody who holds an enrolled key: validly signed, and still refused."""

import io
import struct
import unicodedata
import zipfile

import pyrage
import pytest

from app.sync.bundle import Limits

CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
SYMLINK = 0o120777 << 16


def plain(forger):
    return forger.zip(forger.listed(forger.entries()))


def refusal(forger, raw, **options):
    return forger.desk.refusal(forger.seal(forger.encrypt(bytes(raw))), **options)


def with_directory(raw, directory, at=None, **ends):
    """Put another directory behind the entries of a zip."""
    found = END.unpack(raw[-END.size :])
    at = found[6] if at is None else at
    count = ends.get("count", found[4])
    size = ends.get("size", len(directory))
    return raw[: found[6]] + directory + END.pack(b"PK\5\6", 0, 0, count, count, size, at, 0)


def directory_of(raw):
    found = END.unpack(raw[-END.size :])
    return raw[found[6] : found[6] + found[5]]


def patched(raw, place, form, value):
    """Change a number of the first entry in the directory."""
    changed = bytearray(raw)
    struct.pack_into(form, changed, raw.index(b"PK\1\2") + place, value)
    return bytes(changed)


def test_the_zip_that_is_forged_from_is_taken(forger):
    assert forger.desk.refusal(forger.entries_sealed(forger.entries())) == ""


def test_a_64_bit_directory_behind_the_bounded_one_is_refused(forger):
    name = f"{forger.name}/data/person.ndjson".encode()
    entry = CENTRAL.pack(b"PK\1\2", 20, 20, 0, 0, 0, 0x21, 0, 0, 0, len(name), 0, 0, 0, 0, 0, 0)
    many = (entry + name) * 100_000
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 100_000, 100_000, len(many), 0)
    tail = record + struct.pack("<4sLQL", b"PK\6\7", 0, len(many), 1)
    end = END.pack(b"PK\5\6", 0, 0, 4, 4, len(tail), len(many), 0)
    whole = many + tail + end
    with zipfile.ZipFile(io.BytesIO(whole)) as trusting:
        assert len(trusting.infolist()) == 100_000

    assert refusal(forger, whole) == "inner_form"


def test_more_entries_than_the_directory_counts_are_refused(forger):
    raw = plain(forger)
    count = END.unpack(raw[-END.size :])[4]

    for changed in (count - 1, count + 1, 0):
        assert (
            refusal(forger, with_directory(raw, directory_of(raw), count=changed)) == "inner_form"
        )


def test_entries_that_share_their_bytes_are_refused(forger):
    raw = plain(forger)
    first = directory_of(raw)[: CENTRAL.size + len(f"{forger.name}/data/group.ndjson")]
    twin = first.replace(b"/data/group.", b"/data/gruop.")

    overlapping = with_directory(raw, twin + directory_of(raw), count=10)

    assert refusal(forger, overlapping) == "inner_form"


def test_entries_in_another_order_than_the_directory_are_refused(forger):
    raw = plain(forger)
    first = CENTRAL.size + len(f"{forger.name}/data/group.ndjson")
    whole = directory_of(raw)

    assert refusal(forger, with_directory(raw, whole[first:] + whole[:first])) == "inner_form"


@pytest.mark.parametrize(
    ("place", "form", "value"),
    [
        (8, "<H", 0x800),
        (8, "<H", 0x1),
        (8, "<H", 0x40),
        (10, "<H", 99),
        (16, "<L", 1),
        (20, "<L", 0xFFFFFFFF),
        (24, "<L", 0xFFFFFFFF),
        (28, "<H", 0xFFFF),
        (30, "<H", 4),
        (32, "<H", 4),
        (34, "<H", 1),
        (42, "<L", 1),
        (42, "<L", 0xFFFFFFFF),
    ],
    ids=str,
)
def test_a_directory_that_differs_from_the_entry_s_own_header_is_refused(
    forger, place, form, value
):
    assert refusal(forger, patched(plain(forger), place, form, value)) == "inner_form"


@pytest.mark.parametrize("place", [*range(30), 40])
def test_an_entry_s_own_header_that_differs_from_the_directory_is_refused(forger, place):
    raw = bytearray(plain(forger))
    raw[place] ^= 1

    assert refusal(forger, raw) == "inner_form"


def test_an_extra_field_or_a_comment_of_an_entry_is_refused(forger):
    entries = list(forger.listed(forger.entries()).items())
    for change in ({"extra": struct.pack("<2HQ", 1, 8, 1 << 40)}, {"comment": b"x"}):
        info = zipfile.ZipInfo(f"{forger.name}/{entries[0][0]}", (1980, 1, 1, 0, 0, 0))
        for name, value in change.items():
            setattr(info, name, value)

        raw = forger.zip([(info, entries[0][1]), *entries[1:]])

        assert refusal(forger, raw) == "inner_form"


def test_bytes_between_before_and_behind_the_entries_are_refused(forger):
    raw = plain(forger)
    at = END.unpack(raw[-END.size :])[6]

    assert refusal(forger, b"x" + raw) == "inner_form"
    assert refusal(forger, raw + b"x") == "inner_form"
    assert refusal(forger, raw + raw) == "inner_form"
    gap = raw[:at] + b"hidden" + with_directory(raw, directory_of(raw), at + 6)[at:]
    assert refusal(forger, gap) == "inner_form"


@pytest.mark.parametrize(
    "name",
    [
        "data/PERSON.ndjson",
        "DATA/person.ndjson",
        "data/person.ndjson/",
        "data//person.ndjson",
        "./data/person.ndjson",
        unicodedata.normalize("NFC", "data/café.ndjson"),
        unicodedata.normalize("NFD", "data/café.ndjson"),
        "data/perso\u0e19.ndjson",
        "data/\u202eperson.ndjson",
        "data/receipt.json ",
        "data/files/CON",
        "~/x",
        "data/" + "a" * 42 + ".ndjson",
        "data/" + "a" * 60_000 + ".ndjson",
    ],
)
def test_a_name_that_only_looks_like_one_of_ours_is_refused(forger, name):
    raw = forger.zip([*forger.listed(forger.entries()).items(), (name, b"x")])

    assert refusal(forger, raw) in {"inner_form", "too_big"}


def test_a_name_with_a_zero_byte_is_refused(forger):
    raw = forger.zip([*forger.listed(forger.entries()).items(), ("data/person.ndjson~.txt", b"x")])

    assert refusal(forger, raw.replace(b".ndjson~.txt", b".ndjson\0.txt")) == "inner_form"


@pytest.mark.parametrize("folder", ["", "/", "/etc", "..", "C:", "\\\\server\\share"])
def test_an_absolute_or_a_parent_folder_is_refused(forger, folder):
    entries = forger.listed(forger.entries())
    raw = forger.zip(entries, folder=folder or "x/..")

    assert refusal(forger, raw) == "inner_form"


def test_a_symbolic_link_is_read_as_the_bytes_that_it_is(forger, tmp_path):
    entries = forger.listed(forger.entries())
    info = zipfile.ZipInfo(f"{forger.name}/data/person.ndjson", (1980, 1, 1, 0, 0, 0))
    info.external_attr = SYMLINK
    entries.pop("data/person.ndjson")

    raw = forger.zip([*entries.items(), (info, b"/etc/passwd")])

    assert refusal(forger, raw) == "bag_hash"


def test_a_receipt_in_a_bundle_that_is_none_is_refused(forger):
    path = forger.entries_sealed(forger.entries() | {"data/receipt.json": b"{}"})

    assert forger.desk.refusal(path) == "facts"


def test_a_zip_that_gives_two_hundred_times_its_size_is_refused(forger):
    entries = forger.entries() | {"data/loan.ndjson": bytes(66 << 20)}
    path = forger.entries_sealed(entries)

    assert path.stat().st_size < 100_000
    assert forger.desk.refusal(path) == "too_big"
    assert forger.desk.refusal(path, limits=Limits(ratio=2000)) == "facts"


def test_the_inside_of_a_bundle_with_a_gap_in_its_age_file_is_refused(forger):
    raw = bytearray(forger.encrypt(plain(forger)))
    del raw[-40:-20]

    assert forger.desk.refusal(forger.seal(bytes(raw))) == "payload"


def test_two_age_files_one_behind_the_other_are_refused(forger):
    one = forger.encrypt(plain(forger))

    assert forger.desk.refusal(forger.seal(one + one)) == "payload"


def test_an_age_file_in_armour_is_refused(forger):
    armoured = pyrage.encrypt(
        plain(forger), [pyrage.x25519.Recipient.from_str(forger.desk.recipient)], armored=True
    )

    assert forger.desk.refusal(forger.seal(armoured)) == "payload"
