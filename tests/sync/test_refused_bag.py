import struct
import zipfile

import pytest

from app.sync import keys
from app.sync.bundle import Limits

ZIP_DATE = (1980, 1, 1, 0, 0, 0)


@pytest.mark.parametrize("plain", [b"", b"x" * 21, b"x" * 100, b"PK\5\6" + bytes(18)], ids=len)
def test_a_payload_that_is_not_a_zip_is_refused(forger, plain):
    assert forger.desk.refusal(forger.seal(forger.encrypt(plain))) == "inner_form"


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "data/../evil.ndjson",
        "data/Person.ndjson",
        "data/person.json",
        "data/files/x.png",
        "data/files/" + "0" * 64 + ".tar.gz",
        "C:\\evil.txt",
        "fetch.txt",
        "manifest-md5.txt",
        "data/",
    ],
)
def test_a_name_that_is_not_on_the_list_is_refused(forger, name):
    path = forger.entries_sealed(forger.entries() | {name: b"x"})

    assert forger.desk.refusal(path) == "inner_form"


def test_a_name_given_twice_is_refused(forger):
    entries = forger.listed(forger.entries())
    with pytest.warns(UserWarning, match="Duplicate"):
        plain = forger.zip([*entries.items(), ("data/person.ndjson", b"other\n")])

    assert forger.desk.refusal(forger.seal(forger.encrypt(plain))) == "inner_form"


def test_a_folder_of_another_name_is_refused(forger):
    plain = forger.zip(forger.listed(forger.entries()), folder="OTG-42-AAAA-000009-D")

    assert forger.desk.refusal(forger.seal(forger.encrypt(plain))) == "inner_form"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_compression_that_is_not_deflate_is_refused(forger, method):
    entries = forger.listed(forger.entries())
    info = zipfile.ZipInfo(f"{forger.name}/data/person.ndjson", ZIP_DATE)
    info.compress_type = method
    content = entries.pop("data/person.ndjson")
    plain = forger.zip([*entries.items(), (info, content)])

    assert forger.desk.refusal(forger.seal(forger.encrypt(plain))) == "inner_form"


def test_an_encrypted_entry_is_refused(forger):
    plain = bytearray(forger.zip(forger.listed(forger.entries())))
    plain[plain.index(b"PK\1\2") + 8] |= 1

    assert forger.desk.refusal(forger.seal(forger.encrypt(bytes(plain)))) == "inner_form"


def test_a_damage_inside_is_refused_or_touches_nothing_that_is_read(forger):
    plain = forger.zip(forger.listed(forger.entries()))
    codes = set()

    for place in range(0, len(plain), 23):
        damaged = bytearray(plain)
        damaged[place] ^= 0xFF
        path = forger.seal(forger.encrypt(bytes(damaged)))
        code = forger.desk.refusal(path)
        codes.add(code)
        if not code:
            with forger.desk.open(path) as opened:
                rows = [entry.raw for entry in opened.lines()]
            assert rows == [raw for _, raw in forger.desk.rows()]

    assert codes <= {"", "inner_form", "too_big"}
    assert "inner_form" in codes


@pytest.mark.parametrize("comment", [b"comment", bytes(20)])
def test_a_comment_or_a_gap_before_the_end_is_refused(forger, comment):
    plain = forger.zip(forger.listed(forger.entries()))
    behind = plain[:-2] + struct.pack("<H", len(comment)) + comment
    between = plain[:-22] + comment + plain[-22:]

    assert forger.desk.refusal(forger.seal(forger.encrypt(behind))) == "inner_form"
    assert forger.desk.refusal(forger.seal(forger.encrypt(between))) == "inner_form"


def test_a_zip_bomb_is_refused_by_what_it_declares(forger):
    bomb = forger.entries() | {"data/loan.ndjson": bytes(20_000_000)}
    path = forger.entries_sealed(bomb)

    assert path.stat().st_size < 60_000
    assert forger.desk.refusal(path, limits=Limits(plain_bytes=10_000_000)) == "too_big"


def test_an_entry_gives_no_more_than_it_declares(forger):
    lies = bytearray(forger.zip(forger.listed(forger.entries())))
    at = lies.index(b"PK\1\2")
    lies[at + 24 : at + 28] = struct.pack("<L", 1)

    assert forger.desk.refusal(forger.seal(forger.encrypt(bytes(lies)))) == "inner_form"


def test_a_tag_file_that_is_too_long_is_refused(forger):
    entries = forger.entries() | {"bagit.txt": b"x" * 201}

    assert forger.desk.refusal(forger.entries_sealed(entries)) == "too_big"


def test_too_many_entries_are_refused_before_they_are_listed(forger):
    assert forger.desk.refusal(forger.sealed.path, limits=Limits(entries=3)) == "too_big"


def test_a_directory_that_declares_too_many_bytes_is_refused(forger):
    plain = bytearray(forger.zip(forger.listed(forger.entries())))
    plain[-10:-6] = struct.pack("<L", 2_000_000_000)

    assert forger.desk.refusal(forger.seal(forger.encrypt(bytes(plain)))) == "too_big"


@pytest.mark.parametrize("name", ["bagit.txt", "manifest-sha256.txt", "bundle.json"])
def test_a_bag_without_one_of_its_parts_is_refused(forger, name):
    entries = forger.listed(forger.entries())
    del entries[name]

    assert forger.desk.refusal(forger.seal(forger.encrypt(forger.zip(entries)))) == "inner_form"


def test_a_bag_of_another_version_is_refused(forger):
    other = b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"
    path = forger.entries_sealed(forger.entries() | {"bagit.txt": other})

    assert forger.desk.refusal(path) == "inner_form"


def remade(forger, name, change):
    """Change one entry after the manifests were made."""
    entries = forger.listed(forger.entries())
    entries[name] = change(entries[name])
    return forger.seal(forger.encrypt(forger.zip(entries)))


@pytest.mark.parametrize("name", ["data/person.ndjson", "bundle.json", "bag-info.txt"])
def test_an_entry_that_is_not_the_listed_one_is_refused(forger, name):
    path = remade(forger, name, lambda content: content.replace(b"a", b"b", 1))

    assert forger.desk.refusal(path) == "bag_hash"


def test_a_file_whose_name_is_not_its_hash_is_refused(forger):
    path = forger.entries_sealed(forger.entries() | {f"data/files/{'0' * 64}.png": b"scan"})

    assert forger.desk.refusal(path) == "bag_hash"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-1],
        lambda text: text + b"x",
        lambda text: text + text,
        lambda text: b"\n".join(sorted(text.split(b"\n")[:-1])[::-1]) + b"\n",
        lambda text: text.replace(b"  ", b" "),
        lambda text: text.split(b"\n", 1)[1],
        lambda text: b"\xff" + text,
        lambda text: b"",
    ],
)
@pytest.mark.parametrize("name", ["manifest-sha256.txt", "tagmanifest-sha256.txt"])
def test_a_manifest_in_another_form_is_refused(forger, name, change):
    assert forger.desk.refusal(remade(forger, name, change)) == "inner_form"


def test_a_bag_signed_with_another_key_is_refused(forger):
    other = keys.SigningKey(b"\x09" * 32)
    path = remade(forger, "tagmanifest-sha256.txt.sig", lambda _: other.sign(b"x"))

    assert forger.desk.refusal(path) == "inner_signature"


def test_a_bag_without_its_signature_is_refused(forger):
    entries = forger.listed(forger.entries())
    del entries["tagmanifest-sha256.txt.sig"]

    assert forger.desk.refusal(forger.seal(forger.encrypt(forger.zip(entries)))) == "inner_form"


def test_a_bag_under_the_envelope_of_another_is_refused(forger):
    path = forger.seal(
        forger.encrypt(forger.zip(forger.listed(forger.entries()))), content_id="0" * 64
    )

    assert forger.desk.refusal(path) == "facts"
