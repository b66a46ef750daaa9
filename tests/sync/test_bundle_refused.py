import io
import json
import struct
import tempfile
import time
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.errors import Invalid
from app.core.line import MOST_BYTES, canonical
from app.sync import frame, keys
from app.sync.bundle import FULL, Limits, Refused, Run, inspect
from app.sync.keys import EnrolledKey, Status

ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def refusal(desk, path, **options):
    with pytest.raises(Refused) as caught, desk.open(path, **options) as opened:
        list(opened.lines())
        list(opened.files())
    assert caught.value.sentence
    return caught.value.code


def code_of(desk, path):
    """Give the code of the refusal, or "" when the bundle was taken."""
    try:
        with desk.open(path) as opened:
            list(opened.lines())
    except Refused as error:
        return error.code
    return ""


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
        started = time.perf_counter()
        codes.add(code_of(forger.desk, forger.path))
        slowest = max(slowest, time.perf_counter() - started)

    assert codes == {"not_a_bundle", "outer_form", "payload_hash"}
    assert slowest < 5
    assert list(watched.iterdir()) == []


@pytest.mark.parametrize("part", [0, 10, 500, 2000, -1])
def test_a_file_that_ends_early_is_called_incomplete(forger, part):
    whole = forger.sealed.path.read_bytes()
    forger.path.write_bytes(whole[:part])

    assert refusal(forger.desk, forger.path) == "incomplete"


def test_a_file_that_shrinks_while_it_is_read_is_called_incomplete(forger):
    with forger.sealed.path.open("rb") as file:
        found = frame.read_frame(file, most_payload=1 << 20)
    with pytest.raises(Refused) as caught:
        list(frame.payload_chunks(io.BytesIO(forger.sealed.path.read_bytes()[:3000]), found))

    assert caught.value.code == "incomplete"


def test_a_file_that_vanishes_between_hash_and_decryption_is_called_incomplete(forger, monkeypatch):
    monkeypatch.setattr("app.sync.unseal._check_payload", cut_short)

    assert refusal(forger.desk, forger.sealed.path) == "incomplete"


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
        assert refusal(forger.desk, forger.path) == code


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
        assert refusal(forger.desk, forger.path) == "not_a_bundle"


def test_a_file_of_another_kind_is_refused_by_inspect_too(tmp_path):
    path = tmp_path / "picture.zip"
    path.write_bytes(bytes(range(256)) * 10)

    with pytest.raises(Refused) as caught:
        inspect(path)

    assert caught.value.code == "not_a_bundle"


def test_a_payload_beyond_the_limit_is_refused_before_it_is_read(forger):
    limits = Limits(sealed_bytes=forger.sealed.envelope.payload_size - 1)

    assert refusal(forger.desk, forger.sealed.path, limits=limits) == "too_big"


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "zip"},
        {"v": 0},
        {"name": "OTG-42-AAAA-000001-D"},
        {"office": "43"},
        {"replica": "0"},
        {"kind": "part"},
        {"kind": []},
        {"seq_from": 11},
        {"seq_to": -1},
        {"seq_to": True},
        {"created_at": "yesterday"},
        {"recipient_key_ids": "none"},
        {"recipient_key_ids": [1]},
        {"recipient_key_ids": ["0" * 16] * 21},
        {"more": 1},
        {"payload_size": 1.5},
    ],
    ids=str,
)
def test_an_envelope_in_another_form_is_refused(forger, changes):
    data = json.loads(forger.sealed.envelope.to_bytes()) | changes
    path = forger.frame(canonical(data), b"payload")

    assert refusal(forger.desk, path) == "envelope"


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"1", b"{}", b'{"v":1,"v":1}', b'{"a":"\\ud800"}', b'{"v":99999999999999999}'],
)
def test_an_envelope_that_is_not_canonical_json_is_refused(forger, raw):
    assert refusal(forger.desk, forger.frame(raw, b"payload")) == "envelope"


def test_an_envelope_with_blanks_is_refused(forger):
    raw = forger.sealed.envelope.to_bytes().replace(b":", b": ")

    assert refusal(forger.desk, forger.frame(raw, b"payload")) == "envelope"


def test_an_envelope_of_a_newer_version_waits_for_a_newer_program(forger):
    path = forger.frame(canonical({"format": "otg-bundle", "v": 2, "else": []}), b"payload")

    assert refusal(forger.desk, path) == "too_new"


def test_a_bundle_that_needs_a_newer_reader_waits_for_a_newer_program(forger):
    path = forger.seal(b"payload", min_reader=2)

    assert refusal(forger.desk, path) == "too_new"


def test_an_unknown_key_is_refused_before_its_signature_is_looked_at(forger):
    path = forger.frame(forger.sealed.envelope.to_bytes(), b"payload", signature=b"none")

    assert refusal(forger.desk, path, trusted={}) == "unknown_key"


def test_the_key_of_another_office_is_refused(forger):
    enrolled = {forger.desk.key.key_id: EnrolledKey(forger.desk.key.public, "43")}

    assert refusal(forger.desk, forger.sealed.path, trusted=enrolled) == "foreign_key"


def test_the_centre_may_sign_for_every_office(forger):
    enrolled = {forger.desk.key.key_id: EnrolledKey(forger.desk.key.public, "")}

    with forger.desk.open(forger.sealed.path, trusted=enrolled) as opened:
        assert len(list(opened.lines())) == 10


def test_a_receipt_signed_by_an_office_is_refused(forger):
    name = forger.name[:-1] + "R"
    path = forger.seal(b"payload", kind="receipt", name=name)

    assert refusal(forger.desk, path) == "foreign_key"


def test_a_withdrawn_key_is_refused_and_a_superseded_one_still_opens(forger):
    key = forger.desk.key
    revoked = {key.key_id: EnrolledKey(key.public, "42", Status.REVOKED)}
    superseded = {key.key_id: EnrolledKey(key.public, "42", Status.SUPERSEDED)}

    assert refusal(forger.desk, forger.sealed.path, trusted=revoked) == "revoked_key"
    with forger.desk.open(forger.sealed.path, trusted=superseded) as opened:
        assert len(list(opened.lines())) == 10


@pytest.mark.parametrize(
    "signature",
    [b"none", keys.SigningKey(b"\x09" * 32).sign(b"envelope")],
    ids=["none", "another key's"],
)
def test_a_signature_that_does_not_hold_is_refused(forger, signature):
    path = forger.frame(forger.sealed.envelope.to_bytes(), b"payload", signature=signature)

    assert refusal(forger.desk, path) == "signature"


def test_a_payload_of_another_bundle_is_refused(forger):
    path = forger.frame(forger.sealed.envelope.to_bytes(), b"payload")

    assert refusal(forger.desk, path) == "payload_hash"


@pytest.mark.parametrize("bad", [b"payload", b"", slice(0, 100), slice(0, -1)], ids=str)
def test_a_payload_that_is_not_age_s_is_refused(forger, bad):
    payload = forger.encrypt(b"x" * 1000)
    path = forger.seal(payload[bad] if isinstance(bad, slice) else bad or b"\n")

    assert refusal(forger.desk, path) == "payload"


def test_a_payload_damaged_before_it_was_signed_leaves_no_plain_text(forger, tmp_path, monkeypatch):
    watched = tmp_path / "temp"
    watched.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(watched))
    monkeypatch.setattr("app.sync.unseal._IN_MEMORY", 100)
    payload = bytearray(forger.encrypt(bytes(300_000)))
    payload[250_000] ^= 1

    assert refusal(forger.desk, forger.seal(bytes(payload))) == "payload"
    assert list(watched.iterdir()) == []


def test_a_recipient_that_is_named_but_cannot_decrypt_is_told(forger, desks):
    next(desks)
    other = next(desks)
    named = (keys.recipient_id(other.recipient),)
    path = forger.seal(forger.encrypt(b"x"), recipient_key_ids=named)

    assert refusal(forger.desk, path, identities=[other.identity]) == "payload"


@pytest.mark.parametrize("plain", [b"", b"x" * 21, b"x" * 100, b"PK\5\6" + bytes(18)], ids=len)
def test_a_payload_that_is_not_a_zip_is_refused(forger, plain):
    assert refusal(forger.desk, forger.seal(forger.encrypt(plain))) == "inner_form"


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

    assert refusal(forger.desk, path) == "inner_form"


def test_a_name_given_twice_is_refused(forger):
    entries = forger.listed(forger.entries())
    with pytest.warns(UserWarning, match="Duplicate"):
        plain = forger.zip([*entries.items(), ("data/person.ndjson", b"other\n")])

    assert refusal(forger.desk, forger.seal(forger.encrypt(plain))) == "inner_form"


def test_a_folder_of_another_name_is_refused(forger):
    plain = forger.zip(forger.listed(forger.entries()), folder="OTG-42-AAAA-000009-D")

    assert refusal(forger.desk, forger.seal(forger.encrypt(plain))) == "inner_form"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_compression_that_is_not_deflate_is_refused(forger, method):
    entries = forger.listed(forger.entries())
    info = zipfile.ZipInfo(f"{forger.name}/data/person.ndjson", ZIP_DATE)
    info.compress_type = method
    content = entries.pop("data/person.ndjson")
    plain = forger.zip([*entries.items(), (info, content)])

    assert refusal(forger.desk, forger.seal(forger.encrypt(plain))) == "inner_form"


def test_an_encrypted_entry_is_refused(forger):
    plain = bytearray(forger.zip(forger.listed(forger.entries())))
    plain[plain.index(b"PK\1\2") + 8] |= 1

    assert refusal(forger.desk, forger.seal(forger.encrypt(bytes(plain)))) == "inner_form"


def test_a_damage_inside_is_refused_or_touches_nothing_that_is_read(forger):
    plain = forger.zip(forger.listed(forger.entries()))
    codes = set()

    for place in range(0, len(plain), 23):
        damaged = bytearray(plain)
        damaged[place] ^= 0xFF
        path = forger.seal(forger.encrypt(bytes(damaged)))
        code = code_of(forger.desk, path)
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

    assert refusal(forger.desk, forger.seal(forger.encrypt(behind))) == "inner_form"
    assert refusal(forger.desk, forger.seal(forger.encrypt(between))) == "inner_form"


def test_a_zip_bomb_is_refused_by_what_it_declares(forger):
    bomb = forger.entries() | {"data/loan.ndjson": bytes(20_000_000)}
    path = forger.entries_sealed(bomb)

    assert path.stat().st_size < 60_000
    assert refusal(forger.desk, path, limits=Limits(plain_bytes=10_000_000)) == "too_big"


def test_an_entry_gives_no_more_than_it_declares(forger):
    lies = bytearray(forger.zip(forger.listed(forger.entries())))
    at = lies.index(b"PK\1\2")
    lies[at + 24 : at + 28] = struct.pack("<L", 1)

    assert refusal(forger.desk, forger.seal(forger.encrypt(bytes(lies)))) == "inner_form"


def test_a_tag_file_that_is_too_long_is_refused(forger):
    entries = forger.entries() | {"bagit.txt": b"x" * 201}

    assert refusal(forger.desk, forger.entries_sealed(entries)) == "too_big"


def test_too_many_entries_are_refused_before_they_are_listed(forger):
    assert refusal(forger.desk, forger.sealed.path, limits=Limits(entries=3)) == "too_big"


def test_a_directory_that_declares_too_many_bytes_is_refused(forger):
    plain = bytearray(forger.zip(forger.listed(forger.entries())))
    plain[-10:-6] = struct.pack("<L", 2_000_000_000)

    assert refusal(forger.desk, forger.seal(forger.encrypt(bytes(plain)))) == "too_big"


@pytest.mark.parametrize("name", ["bagit.txt", "manifest-sha256.txt", "bundle.json"])
def test_a_bag_without_one_of_its_parts_is_refused(forger, name):
    entries = forger.listed(forger.entries())
    del entries[name]

    assert refusal(forger.desk, forger.seal(forger.encrypt(forger.zip(entries)))) == "inner_form"


def test_a_bag_of_another_version_is_refused(forger):
    other = b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"
    path = forger.entries_sealed(forger.entries() | {"bagit.txt": other})

    assert refusal(forger.desk, path) == "inner_form"


def remade(forger, name, change):
    """Change one entry after the manifests were made."""
    entries = forger.listed(forger.entries())
    entries[name] = change(entries[name])
    return forger.seal(forger.encrypt(forger.zip(entries)))


@pytest.mark.parametrize("name", ["data/person.ndjson", "bundle.json", "bag-info.txt"])
def test_an_entry_that_is_not_the_listed_one_is_refused(forger, name):
    path = remade(forger, name, lambda content: content.replace(b"a", b"b", 1))

    assert refusal(forger.desk, path) == "bag_hash"


def test_a_file_whose_name_is_not_its_hash_is_refused(forger):
    path = forger.entries_sealed(forger.entries() | {f"data/files/{'0' * 64}.png": b"scan"})

    assert refusal(forger.desk, path) == "bag_hash"


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
    assert refusal(forger.desk, remade(forger, name, change)) == "inner_form"


def test_a_bag_signed_with_another_key_is_refused(forger):
    other = keys.SigningKey(b"\x09" * 32)
    path = remade(forger, "tagmanifest-sha256.txt.sig", lambda _: other.sign(b"x"))

    assert refusal(forger.desk, path) == "inner_signature"


def test_a_bag_without_its_signature_is_refused(forger):
    entries = forger.listed(forger.entries())
    del entries["tagmanifest-sha256.txt.sig"]

    assert refusal(forger.desk, forger.seal(forger.encrypt(forger.zip(entries)))) == "inner_form"


def test_a_bag_under_the_envelope_of_another_is_refused(forger):
    path = forger.seal(
        forger.encrypt(forger.zip(forger.listed(forger.entries()))), content_id="0" * 64
    )

    assert refusal(forger.desk, path) == "facts"


def with_facts(forger, **changes):
    entries = forger.entries()
    facts = json.loads(entries["bundle.json"]) | changes
    return forger.entries_sealed(entries | {"bundle.json": canonical(facts)})


RUN = {
    "replica": "01" * 16,
    "epoch": "11" * 16,
    "seq_from": 1,
    "seq_to": 10,
    "before": "",
    "head": "0" * 64,
}


@pytest.mark.parametrize(
    "changes",
    [
        {"office": "43"},
        {"replica": "02" * 16},
        {"epoch": "02" * 16},
        {"kind": "full"},
        {"seq_from": 2},
        {"seq_to": 11},
        {"v": 2},
        {"more": 1},
        {"counts": {"group": 4, "membership": 3, "person": 2}},
        {"counts": {"group": 4, "membership": 6}, "schemas": {"group": 1, "membership": 1}},
        {"counts": {"Group": 10}, "schemas": {"Group": 1}},
        {"schemas": {}},
        {"runs": []},
        {"runs": [RUN, RUN]},
        {"runs": [RUN | {"seq_to": 9}]},
        {"runs": [RUN | {"replica": "02" * 16}]},
        {"runs": [RUN | {"before": "1" * 64}]},
        {"runs": [RUN | {"seq_from": 6, "seq_to": 5, "before": "1" * 64}]},
        {"runs": [1]},
    ],
    ids=lambda changes: str(changes)[:40],
)
def test_inner_facts_that_are_not_the_envelope_s_are_refused(forger, changes):
    assert refusal(forger.desk, with_facts(forger, **changes)) == "facts"


@pytest.mark.parametrize("order", [[0, 1], [1, 0], [0, 2], [0, 3]])
def test_the_runs_of_a_full_bundle_are_sorted_and_apart(desks, tmp_path, order):
    desk = next(desks).people(10)
    heads = [line.header.rev for line in desk.lines]
    base = desk.facts(kind=FULL)

    def run(seq_from, seq_to):
        before = heads[seq_from - 2] if seq_from > 1 else ""
        return Run(desk.replica, desk.epoch, seq_from, seq_to, before, heads[seq_to - 1])

    runs = [run(1, 5), run(6, 10), run(5, 9), run(5, 5)]
    facts = {"runs": tuple(runs[place] for place in order)}
    total = sum(each.seq_to - each.seq_from + 1 for each in facts["runs"])
    desk.lines = desk.lines[:total]
    kept = replace(base, **facts)
    desk.facts = lambda *_, **__: kept
    sealed = desk.seal(tmp_path)

    assert code_of(desk, sealed.path) == ("" if order == [0, 1] else "facts")


def line_problems(forger, entries):
    with forger.desk.open(forger.entries_sealed(entries)) as opened:
        return [entry.problem.code for entry in opened.lines() if entry.problem]


def test_a_wrong_line_comes_with_its_problem_and_stops_no_other(forger):
    entries = forger.entries()
    rows = entries["data/person.ndjson"].split(b"\n")
    rows[1] = rows[1].replace(b'"op":"put"', b'"op":"pot"')

    path = forger.entries_sealed(entries | {"data/person.ndjson": b"\n".join(rows)})

    with forger.desk.open(path) as opened:
        found = list(opened.lines())
    assert len(found) == 10
    wrong = [entry for entry in found if entry.problem]
    assert [(entry.type, entry.number, entry.raw, entry.line, entry.rev) for entry in wrong] == [
        ("person", 2, rows[1], None, "")
    ]
    assert isinstance(wrong[0].problem, Invalid)
    assert wrong[0].problem.code == "line_header"


def test_a_line_of_another_type_or_office_is_named(forger):
    entries = forger.entries()
    person, group = entries["data/person.ndjson"], entries["data/group.ndjson"]
    first, rest = person.split(b"\n", 1)
    swapped = group.split(b"\n", 1)[0] + b"\n" + rest
    foreign = first.replace(b'"office":"42"', b'"office":"43"') + b"\n" + rest

    assert line_problems(forger, entries | {"data/person.ndjson": swapped}) == ["line_foreign"]
    assert line_problems(forger, entries | {"data/person.ndjson": foreign}) == ["line_foreign"]


def test_a_line_given_twice_is_named(forger):
    entries = forger.entries()
    first, _, rest = entries["data/person.ndjson"].split(b"\n", 2)
    twice = first + b"\n" + first + b"\n" + rest

    assert line_problems(forger, entries | {"data/person.ndjson": twice}) == ["line_twice"]


def test_a_line_outside_of_the_range_is_named(forger):
    entries = forger.entries()
    first, rest = entries["data/person.ndjson"].split(b"\n", 1)
    outside = first.replace(b'"seq":3', b'"seq":11')
    elsewhere = first.replace(forger.desk.replica.encode(), b"77" * 16)

    for other in (outside, elsewhere):
        changed = entries | {"data/person.ndjson": other + b"\n" + rest}
        assert line_problems(forger, changed) == ["line_outside"]


@pytest.mark.parametrize("length", [MOST_BYTES + 1, 3 * MOST_BYTES])
@pytest.mark.parametrize("end", [b"", b"\n"])
def test_a_line_without_end_is_cut_and_named(forger, length, end):
    entries = forger.entries()
    rows = entries["data/person.ndjson"].split(b"\n")[:-1]
    rows[1] = b"x" * length

    content = b"\n".join(rows) + end
    assert line_problems(forger, entries | {"data/person.ndjson": content}) == ["line_too_long"]
    last = b"\n".join([*rows[:1], rows[2], rows[1]]) + end
    assert line_problems(forger, entries | {"data/person.ndjson": last}) == ["line_too_long"]


@pytest.mark.parametrize("change", [lambda rows: rows[1:], lambda rows: [rows[0], *rows]])
def test_another_number_of_lines_than_promised_is_refused(forger, change):
    entries = forger.entries()
    rows = entries["data/person.ndjson"].split(b"\n")
    path = forger.entries_sealed(entries | {"data/person.ndjson": b"\n".join(change(rows))})

    assert refusal(forger.desk, path) == "count"


def test_a_chain_that_was_made_from_changed_data_is_refused(desk, tmp_path):
    desk.people(10)
    desk.lines[4] = replace(desk.lines[4], header=replace(desk.lines[4].header, by="99"))

    assert refusal(desk, desk.seal(tmp_path).path) == "chain"


def test_a_head_that_is_not_the_last_line_s_is_refused(desk, tmp_path):
    desk.people(10)
    run = replace(desk.facts().runs[0], head="0" * 64)

    assert refusal(desk, desk.seal(tmp_path, runs=(run,)).path) == "chain"


def test_a_gap_between_the_lines_is_refused(forger):
    counts = {"group": 4, "membership": 3, "person": 3}
    entries = forger.entries()
    doubled = entries["data/person.ndjson"].split(b"\n")[:-1]
    doubled[2] = doubled[1]
    path = forger.entries_sealed(entries | {"data/person.ndjson": b"\n".join(doubled) + b"\n"})

    with forger.desk.open(path) as opened:
        assert opened.inside.counts == counts
        problems = [entry.problem.code for entry in opened.lines() if entry.problem]
    assert problems == ["line_twice"]


def test_the_crc_of_the_payload_counts_too(forger):
    whole = bytearray(forger.sealed.path.read_bytes())
    envelope = forger.sealed.envelope.to_bytes()
    signature = forger.desk.key.sign(envelope)
    at = whole.index(b"age-encryption.org")
    payload = bytes(whole[at : at + forger.sealed.envelope.payload_size])
    wrong = zlib.crc32(payload) ^ 1
    pieces = frame.frame(b"readme", envelope, signature, [payload], crc=wrong, size=len(payload))
    forger.path.write_bytes(b"".join(pieces))

    assert refusal(forger.desk, forger.path) == "payload_hash"
