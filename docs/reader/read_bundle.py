#!/usr/bin/env python3
"""Read bundles as docs/bundle-format.md says: Python's standard library, age and ssh-keygen.

    read_bundle.py FILE... --age-key KEY... --signers FILE [--revoked FILE] [--known TYPE=V...]

Prints one JSON object a record (heads, data, conflicts), then one for all of it: bundles, wrong
lines, held lines, forks and state_digest. KEY is an age identity file. The signers are OpenSSH's
allowed_signers, with the principal office-<code> for a desk and centre for the centre; the revoked
file has public keys. With --known, other types and higher versions are held: kept, and left out of
the records. Several files are read as one set of lines. Exit code 0, or 2 and {"file", "refused":
code} when a file is refused: then nothing of it is used.

The numbers below are those of "Order of checks". Everything is kept in memory: this program is for
comparing and for learning from, not for files of gigabytes.
"""

# ruff: noqa: S603, T201 (a command that runs two others and prints)

import argparse
import base64
import io
import itertools
import json
import re
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

from merge import canonical, heads_of, merge, sha256

BOUNDS = {"README.txt": 65_536, "envelope.json": 16_384, "envelope.json.sig": 4_096}
MEMBERS = (*BOUNDS, "payload.zip.age")
MOST_SEALED, MOST_PLAIN, MOST_ENTRIES, MOST_LINES = 512 << 20, 8 << 30, 20_000, 20_000_000
MOST_LINE, MOST_LEVELS, MOST_WHOLE = 1_000_000, 8, 2**53 - 1
HEX16, HEX32, HEX64 = "[0-9a-f]{16}", "[0-9a-f]{32}", "[0-9a-f]{64}"
OFFICE, TYPE = "[0-9]{2}[A-J]?", "[a-z][a-z_]{0,40}"
UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
SECOND = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
SHARED = {"office": OFFICE, "replica": HEX32, "epoch": HEX32, "kind": "delta|full|receipt"}
SHARED |= {"seq_from": 0, "seq_to": 0}
ENVELOPE = SHARED | {"format": "otg-bundle", "v": 1, "min_reader": 1, "bundle_no": 1, "base_ack": 0}
ENVELOPE |= {"name": "OTG-[0-9A-J]{2,3}-[A-Z2-7]{4}-[0-9]{6,12}-[DFR]", "created_at": SECOND + "Z"}
ENVELOPE |= {"content_id": HEX64, "payload_sha256": HEX64, "payload_size": 1}
ENVELOPE |= {"sender_key_id": HEX16, "recipient_key_ids": [HEX16]}
VERSION, SECOND_ENVELOPE = 2, ENVELOPE | {"diary": f"({HEX64})?"}
RUN = {"replica": HEX32, "epoch": HEX32, "seq_from": 1, "seq_to": 1, "before": f"({HEX64})?"}
RUN |= {"head": HEX64}
FACTS = SHARED | {"format": "otg-bag", "v": 1, "runs": [RUN], "schemas": (TYPE, 1)}
FACTS |= {"counts": (TYPE, 1)}
HEADER = {"id": UUID, "type": TYPE, "office": OFFICE, "replica": HEX32, "epoch": HEX32, "seq": 1}
HEADER |= {"act": UUID, "op": "put|del|erase", "parents": [HEX64], "prev": f"({HEX64})?"}
HEADER |= {"depth": 1, "by": "[0-9a-z][0-9a-z:-]{0,63}", "at": SECOND + r"\.[0-9]{3}Z", "v": 1}
HEADER |= {"digest": HEX64}
TAGS = ("bagit.txt", "bag-info.txt", "bundle.json", "manifest-sha256.txt")
TAG_BOUNDS = {"bagit.txt": 200, "bag-info.txt": 4_096, "bundle.json": 8 << 20}
TAG_BOUNDS |= {"manifest-sha256.txt": 4 << 20, "tagmanifest-sha256.txt": 4_096}
TAG_BOUNDS |= {"tagmanifest-sha256.txt.sig": 4_096, "data/receipt.json": 32 << 20}
LINES, SCAN = rf"data/({TYPE})\.ndjson", rf"data/files/({HEX64})\.[a-z0-9]{{1,5}}"


class Refused(Exception):
    """A file, or one line, that is not taken; the text is the code."""


def demand(holds, code):
    """Refuse under a code what does not hold."""
    if not holds:
        raise Refused(code)


# JSON


def parse(raw):
    """Give a value and whether these are its canonical bytes: so no key can be there twice."""
    try:
        value = json.loads(raw.decode())
        return value, canonical(value) == raw
    except (ValueError, RecursionError):
        return None, False


def is_plain(value, level=0):
    """Tell whether canonical JSON may hold it: no fraction, ASCII names, eight levels."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        names = value if isinstance(value, dict) else ()
        is_here = level < MOST_LEVELS and all(name.isascii() for name in names)
        return is_here and all(is_plain(each, level + 1) for each in inner)
    return not isinstance(value, float) and (not isinstance(value, int) or abs(value) <= MOST_WHOLE)


def fits(value, rule):
    """Fit a value to a rule: text for a pattern, a number for the least whole number, [rule] for a
    list, (names, values) for an object of any names, a dict for exactly its names."""
    if isinstance(rule, dict):
        is_it = isinstance(value, dict) and value.keys() == rule.keys()
        return is_it and all(fits(value[name], inner) for name, inner in rule.items())
    if isinstance(rule, list):
        return isinstance(value, list) and all(fits(each, rule[0]) for each in value)
    if isinstance(rule, tuple):
        is_it = isinstance(value, dict)
        return is_it and all(fits(k, rule[0]) and fits(v, rule[1]) for k, v in value.items())
    if isinstance(rule, str):
        return isinstance(value, str) and re.fullmatch(rule, value) is not None
    return type(value) is int and rule <= value <= MOST_WHOLE


# Rules 1-6: the outside


def read_frame(raw):
    """Rule 1: read the outer zip; every byte but the members' own is known beforehand."""
    found, crcs, at, directory = {}, {}, 0, b""
    for name in MEMBERS:
        first = struct.pack("<4s5H", b"PK\3\4", 20, 0, 0, 0, 0x21)
        demand(first.startswith(raw[at : at + len(first)]), "not_a_bundle")
        demand(len(raw) >= at + 30 + len(name), "incomplete")
        crc, _packed, size = struct.unpack_from("<3L", raw, at + 14)
        fixed = struct.pack("<5H3L2H", 20, 0, 0, 0, 0x21, crc, size, size, len(name), 0)
        local = b"PK\3\4" + fixed + name.encode()
        demand(raw[at : at + len(local)] == local, "not_a_bundle")
        demand(size <= BOUNDS.get(name, MOST_SEALED), "too_big")
        directory += b"PK\1\2" + struct.pack("<H", 20) + fixed
        directory += struct.pack("<3H2L", 0, 0, 0, 0, at) + name.encode()
        at += len(local) + size
        found[name], crcs[name] = raw[at - size : at], crc
        if name != MEMBERS[-1]:
            demand(len(raw) >= at, "incomplete")
            demand(zlib.crc32(found[name]) == crc, "outer_form")
    directory += b"PK\5\6" + struct.pack("<4H2LH", 0, 0, 4, 4, len(directory), at, 0)
    demand(len(raw) >= at + len(directory), "incomplete")
    demand(raw[at:] == directory, "outer_form")
    return found, crcs[MEMBERS[-1]]


def read_envelope(raw):
    """Rule 2: the form of the envelope; a newer one is only that."""
    value, is_canonical = parse(raw)
    demand(is_canonical and isinstance(value, dict) and is_plain(value), "envelope")
    is_newer = (
        value.get("format") == "otg-bundle" and type(value.get("v")) is int and value["v"] > VERSION
    )
    demand(not is_newer, "too_new")
    form = ENVELOPE if value.get("v") == 1 else SECOND_ENVELOPE
    demand(fits(value, form) and len(value["recipient_key_ids"]) <= 20, "envelope")
    short = base64.b32encode(bytes.fromhex(value["replica"][:6])).decode()[:4]
    name = f"OTG-{value['office']}-{short}-{value['bundle_no']:06d}-{value['kind'][0].upper()}"
    demand(value["name"] == name and value["seq_from"] <= value["seq_to"], "envelope")
    return value


def enrolled_key(envelope, signers):
    """Rule 3, first half: find the sender's row of allowed_signers; give its principal and row."""
    for row in Path(signers).read_text("utf-8").splitlines():
        key = re.search(r"ssh-ed25519 (\S+)", row)
        if key and sha256(base64.b64decode(key[1]))[:16] == envelope["sender_key_id"]:
            principal = row.split()[0]
            allowed = ["centre", f"office-{envelope['office']}"]
            allowed = allowed[:1] if envelope["kind"] == "receipt" else allowed
            demand(principal in allowed, "foreign_key")
            return principal, key[0]
    raise Refused("unknown_key")


def signature_holds(message, signature, principal, key):
    """Ask ssh-keygen whether this very key signed these bytes for this use."""
    with tempfile.TemporaryDirectory() as folder:
        allowed, armoured = Path(folder, "allowed"), Path(folder, "signature")
        allowed.write_text(f'{principal} namespaces="otg-bundle-1" {key}\n')
        armoured.write_bytes(signature)
        command = ["ssh-keygen", "-Y", "verify", "-f", allowed, "-I", principal]
        command += ["-n", "otg-bundle-1", "-s", armoured]
        done = subprocess.run(command, input=message, capture_output=True, check=False)
        return done.returncode == 0


def decrypt(envelope, payload, key_files):
    """Rule 6: what age gives before it fails is never looked at."""
    show = (["age-keygen", "-y", file] for file in key_files)
    ours = [subprocess.run(each, capture_output=True, check=True).stdout.split() for each in show]
    ids = {sha256(recipient)[:16] for recipient in itertools.chain(*ours)}
    demand(ids & set(envelope["recipient_key_ids"]), "not_for_us")
    command = ["age", "-d", *(part for file in key_files for part in ("-i", file))]
    done = subprocess.run(command, input=payload, capture_output=True, check=False)
    demand(done.returncode == 0, "payload")
    return done.stdout


# Rules 7-10: the bag


def read_zip(plain, name):
    """Rule 7: names by an allow-list, once each; nothing is unpacked to disk."""
    demand(len(plain) >= 22, "inner_form")
    magic, disk, first, here, count, size, at, comment = struct.unpack("<4s4H2LH", plain[-22:])
    demand((magic, disk, first, comment) == (b"PK\5\6", 0, 0, 0) and here == count, "inner_form")
    demand(count <= MOST_ENTRIES and size <= MOST_ENTRIES * 400, "too_big")
    demand(at + size + 22 == len(plain), "inner_form")
    try:
        archive = zipfile.ZipFile(io.BytesIO(plain))
        entries = {entry.filename.removeprefix(f"{name}/"): entry for entry in archive.infolist()}
        demand(len(entries) == len(archive.infolist()), "inner_form")
        for short, entry in entries.items():
            known = short in TAG_BOUNDS or re.fullmatch(f"{LINES}|{SCAN}", short)
            demand(
                known and entry.filename == entry.orig_filename == f"{name}/{short}", "inner_form"
            )
            demand(not entry.flag_bits & ~8 and entry.compress_type in (0, 8), "inner_form")
        demand(sum(entry.file_size for entry in entries.values()) <= MOST_PLAIN, "too_big")
        for short, entry in entries.items():
            bound = TAG_BOUNDS.get(short, 32 << 20 if re.fullmatch(SCAN, short) else MOST_PLAIN)
            demand(entry.file_size <= bound, "too_big")
        return {short: archive.read(entry) for short, entry in entries.items()}
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        ValueError,
        EOFError,
        zlib.error,
    ):
        raise Refused("inner_form") from None


def check_bag(bag):
    """Rule 8: both manifests list all that is there, once, sorted, with its hash."""
    payload = {name for name in bag if name.startswith("data/")}
    for manifest, names in (("manifest-sha256.txt", payload), ("tagmanifest-sha256.txt", {*TAGS})):
        demand(manifest in bag and {*TAGS} <= {*bag}, "inner_form")
        rows = re.findall(rf"({HEX64})  ([ -~]+)\n", bag[manifest].decode("ascii", "replace"))
        listed = {name: digest for digest, name in rows}
        text = "".join(f"{listed[name]}  {name}\n" for name in sorted(listed))
        demand(text.encode() == bag[manifest] and listed.keys() == names, "inner_form")
    version = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    demand(bag["bagit.txt"] == version, "inner_form")
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        for row in bag[manifest].decode().splitlines():
            digest, name = row.split("  ", 1)
            scan = re.fullmatch(SCAN, name)
            demand(sha256(bag[name]) == digest and (not scan or scan[1] == digest), "bag_hash")


def read_facts(bag, envelope):
    """Rule 10: the sealed facts say what the envelope says, and count what is here."""
    facts, is_canonical = parse(bag["bundle.json"])
    demand(is_canonical and is_plain(facts) and fits(facts, FACTS) and facts["v"] == 1, "facts")
    demand(all(facts[name] == envelope[name] for name in SHARED), "facts")
    demand(facts["schemas"].keys() <= facts["counts"].keys(), "facts")
    runs = [(run["replica"], run["epoch"], run["seq_from"], run["seq_to"]) for run in facts["runs"]]
    pairs = itertools.pairwise([("", "", 0, 0), *runs])
    for run, (earlier, later) in zip(facts["runs"], pairs, strict=True):
        apart = earlier[:2] < later[:2] or (earlier[:2] == later[:2] and earlier[3] < later[2])
        demand(apart and run["seq_from"] <= run["seq_to"], "facts")
        demand((run["before"] == "") == (run["seq_from"] == 1), "facts")
    own = (envelope["replica"], envelope["epoch"], envelope["seq_from"], envelope["seq_to"])
    demand(envelope["kind"] != "delta" or runs == [own], "facts")
    if runs or envelope["kind"] != "receipt":
        promised = sum(last - first + 1 for _replica, _epoch, first, last in runs)
        demand(promised == sum(facts["counts"].values()), "facts")
    here = {found[1] for name in bag if (found := re.fullmatch(LINES, name))}
    content_id = sha256(bag["tagmanifest-sha256.txt"])
    demand(content_id == envelope["content_id"] and here == facts["counts"].keys(), "facts")
    demand(sum(facts["counts"].values()) <= MOST_LINES, "too_big")
    return facts


# Rules 11-12: the lines


def header_of(raw):
    """Give a header that has the form, else None."""
    value, _is_canonical = parse(raw)
    h = value.get("h") if isinstance(value, dict) else None
    if not fits(h, HEADER) or len(h["parents"]) > 1000 or h["parents"] != sorted({*h["parents"]}):
        return None
    is_linked = (h["prev"] == "") == (h["seq"] == 1) and (h["depth"] == 1) == (not h["parents"])
    return h if is_linked else None


def read_line(raw):
    """Rule 11, the line alone: give header and body, None for one that is withheld or erased."""
    demand(len(raw) <= MOST_LINE, "line_too_long")
    value, is_canonical = parse(raw)
    demand(value is not None, "line_form")
    demand(is_plain(value), "uncanonical")
    demand(isinstance(value, dict) and {"h"} <= {*value} <= {"h", "b"}, "line_form")
    header, body = header_of(raw), value.get("b")
    demand(header, "line_header")
    if "b" in value:
        is_body = isinstance(body, dict) and {*body} == {"salt", "data"}
        demand(
            is_body and fits(body["salt"], HEX32) and isinstance(body["data"], dict), "line_form"
        )
        demand(sha256(canonical(body)) == header["digest"], "line_digest")
    demand(is_canonical, "line_form")
    return header, body


def read_lines(bag, facts):
    """Rules 11 and 12: give (header, body, rev) of sound lines, and the wrong ones with codes."""
    sound, wrong, places = [], [], {}
    for type_ in sorted(facts["counts"]):
        rows = bag[f"data/{type_}.ndjson"].split(b"\n")
        rows = rows[:-1] if rows[-1] == b"" else rows
        for number, raw in enumerate(rows, 1):
            try:
                header, body = read_line(raw)
                ours = (header["type"], header["office"]) == (type_, facts["office"])
                demand(ours, "line_foreign")
                place = (header["replica"], header["epoch"], header["seq"])
                rev = sha256(canonical(header))
                in_run = any(
                    place[:2] == (run["replica"], run["epoch"])
                    and run["seq_from"] <= place[2] <= run["seq_to"]
                    for run in facts["runs"]
                )
                demand(in_run or not facts["runs"], "line_outside")
                demand(place not in places or not facts["runs"], "line_twice")
                places[place] = (header["prev"], rev)
                sound.append((header, body, rev))
            except Refused as refused:
                header = header_of(raw) if len(raw) <= MOST_LINE else None
                wrong.append(({"type": type_, "number": number, "code": str(refused)}, header))
        demand(len(rows) == facts["counts"][type_], "count")
    for run in facts["runs"]:
        seqs = range(run["seq_from"], run["seq_to"] + 1)
        chain = [places.get((run["replica"], run["epoch"], seq)) for seq in seqs]
        if None not in chain:
            revs = [run["before"], *(rev for _prev, rev in chain)]
            unbroken = [prev for prev, _rev in chain] == revs[:-1]
            demand(unbroken and revs[-1] == run["head"], "chain")
    return sound, wrong


def read_bundle(path, options):
    """Do rules 1 to 12 in their order; give the envelope, the facts, sound and wrong lines."""
    members, crc = read_frame(Path(path).read_bytes())
    envelope = read_envelope(members["envelope.json"])
    principal, key = enrolled_key(envelope, options.signers)
    signed = (members["envelope.json"], members["envelope.json.sig"])
    demand(signature_holds(*signed, principal, key), "signature")
    demand(
        not options.revoked or key not in Path(options.revoked).read_text("utf-8"), "revoked_key"
    )
    demand(envelope["min_reader"] <= VERSION, "too_new")  # rule 4
    payload = members["payload.zip.age"]
    facts = (sha256(payload), len(payload), zlib.crc32(payload))  # rule 5
    demand(facts == (envelope["payload_sha256"], envelope["payload_size"], crc), "payload_hash")
    bag = read_zip(decrypt(envelope, payload, options.age_key), envelope["name"])
    check_bag(bag)
    signed = (bag["tagmanifest-sha256.txt"], bag.get("tagmanifest-sha256.txt.sig"))
    demand(signed[1] is not None, "inner_form")
    demand(signature_holds(*signed, principal, key), "inner_signature")  # rule 9
    facts = read_facts(bag, envelope)
    sound, wrong = read_lines(bag, facts)
    if envelope["kind"] == "receipt":
        demand("data/receipt.json" in bag, "not_a_receipt")
        receipt, is_canonical = parse(bag["data/receipt.json"])
        demand(is_canonical and isinstance(receipt, dict), "receipt_form")
        said = [receipt.get(name) for name in ("format", "v", "office", "number", "at")]
        named = [envelope[name] for name in ("office", "bundle_no", "created_at")]
        demand(said == ["otg-receipt", 1, *named], "receipt_form")
    return envelope, facts, sound, wrong


def collect(bundles, known):
    """Put all lines together by record, {(type, id): {rev: (header, body, taken)}}."""
    records, wrong, held = {}, [], set()
    for path, (envelope, _facts, sound, problems) in bundles.items():
        wrong += [{"file": Path(path).name, **problem} for problem, _header in problems]
        broken = [h for _problem, h in problems if h and h["office"] == envelope["office"]]
        acts = {header["act"] for header in broken}  # an act is taken or rejected whole
        newer = {rev for h, _body, rev in sound if known and h["v"] > known.get(h["type"], 0)}
        lines = [(h, body, rev, h["act"] not in acts) for h, body, rev in sound]
        held |= {rev for _h, _body, rev, is_whole in lines if is_whole and rev in newer}
        lines += [(header, None, sha256(canonical(header)), False) for header in broken]
        for header, body, rev, is_whole in lines:
            taken = is_whole and rev not in newer
            record = records.setdefault((header["type"], header["id"]), {})
            _header, kept, before = record.get(rev, (header, None, False))
            record[rev] = (header, body if taken and body else kept, taken or before)
    return records, wrong, held


def main():
    """Read the files named on the command line; give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--age-key", action="append", required=True)
    parser.add_argument("--signers", required=True)
    parser.add_argument("--revoked")
    parser.add_argument("--known", nargs="*", default=[], metavar="TYPE=V")
    options = parser.parse_args()
    known = {type_: int(v) for type_, _is, v in (each.partition("=") for each in options.known)}
    bundles = {}
    for path in options.files:
        try:
            bundles[path] = read_bundle(path, options)
        except Refused as refused:
            print(json.dumps({"file": Path(path).name, "refused": str(refused)}))
            return 2
    records, wrong, held = collect(bundles, known)
    state, places = [], {}
    for (type_, id_), lines in sorted(records.items()):
        for rev, (h, _body, taken) in lines.items():
            if taken:
                places.setdefault((h["replica"], h["epoch"], h["seq"]), []).append(rev)
        heads = heads_of(lines)
        if heads:
            data, conflicts = merge(lines)
            row = {"type": type_, "id": id_, "heads": heads, "data": data, "conflicts": conflicts}
            print(json.dumps(row, ensure_ascii=False))
            state.append(f"{type_} {id_} {','.join(heads)}\n".encode())
    whole = {
        "bundles": [
            {"file": Path(path).name, "content_id": e["content_id"], "counts": facts["counts"]}
            for path, (e, facts, _sound, _wrong) in bundles.items()
        ],
        "wrong": wrong,
        "held": sorted(held),
        "forks": sorted([*place, sorted(revs)] for place, revs in places.items() if len(revs) > 1),
        "state_digest": sha256(b"".join(sorted(state))),
    }
    print(json.dumps(whole))
    return 0


if __name__ == "__main__":
    sys.exit(main())
