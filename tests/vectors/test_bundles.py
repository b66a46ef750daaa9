"""Each committed bundle is what expected.json says: to the program, the centre and the reader."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from app.cli import main
from app.core.line import PUT
from app.models.records.base import entities
from app.services import central
from app.sync import trust
from devtools import vectors, vectors_expected, vectors_notes

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "bundles"
RELEASED = sorted((ROOT / "tests" / "fixtures" / "released").iterdir())
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))
TOGETHER = EXPECTED.pop("together")
OPENED = [name for name, said in EXPECTED.items() if said["status"] == "opened"]
NOTES = sorted((FOLDER / "notes").glob("*.txt"))
REQUESTS = [path for path in NOTES if "--request" in path.name and "public_key" not in path.name]
READER = ROOT / "docs" / "reader" / "read_bundle.py"
PAGE = (ROOT / "docs" / "bundle-format.md").read_text("utf-8")


def read(*names, folder=FOLDER, options=()):
    """Run the reference reader without site packages; give its exit code and its rows."""
    keys = folder / "keys"
    command = [sys.executable, "-E", "-s", "-S", READER, *(folder / name for name in names)]
    for key in sorted(keys.glob("*.agekey")):
        command += ["--age-key", key]
    command += ["--signers", keys / "allowed_signers", "--revoked", keys / "revoked_keys", *options]
    run = subprocess.run(command, capture_output=True, check=False)
    assert run.stderr == b""
    return run.returncode, [json.loads(row) for row in run.stdout.splitlines()]


def as_expected(rows):
    """Bring what the reader printed into the form of expected.json."""
    *records, whole = rows
    named = {f"{row['type']} {row['id']}": row for row in records}
    return {
        "heads": {name: row["heads"] for name, row in named.items()},
        "conflicts": {name: row["conflicts"] for name, row in named.items() if row["conflicts"]},
        "forks": whole["forks"],
        "state_digest": whole["state_digest"],
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_the_program_says_of_each_bundle_what_is_expected(name):
    said = {key: value for key, value in EXPECTED[name].items() if key != "central"}

    assert vectors_expected.opened(FOLDER, name) == said


@pytest.mark.parametrize("name", EXPECTED)
def test_the_centre_says_of_each_bundle_what_is_expected(name):
    assert vectors_expected.ingested(FOLDER, [name]) == EXPECTED[name]["central"]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_reference_reader_says_of_each_bundle_what_is_expected(name):
    expected = EXPECTED[name]
    code, rows = read(name)

    if expected["status"] == "refused":
        assert code == 2
        assert rows == [{"file": Path(name).name, "refused": expected["code"]}]
        return
    bundle = {"file": Path(name).name}
    bundle |= {key: expected[key] for key in ("content_id", "counts")}
    assert code == 0
    assert rows[-1]["bundles"] == [bundle]
    assert rows[-1]["wrong"] == [{"file": Path(name).name, **one} for one in expected["wrong"]]
    assert as_expected(rows) == {key: expected[key] for key in as_expected(rows)}


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("bad/")])
def test_a_bad_bundle_earns_the_very_code_of_its_name(name):
    wanted = Path(name).name.partition("--")[0]
    said = EXPECTED[name]

    assert {one["code"] for one in said.get("wrong", [said])} == {wanted}


def test_every_code_of_the_page_has_a_file_that_earns_it():
    table = PAGE.partition("| code | meaning |")[2].partition("\n\n")[0]
    codes = set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))
    codes -= {"proof_form", "preview"}  # of a QR code, which is no file
    codes -= set(re.findall(r"`(\w+)`", PAGE.partition("## Parts")[2].partition("\n## ")[0]))
    earned = {name.partition("--")[0] for name in map(name_of, [*EXPECTED, *NOTES])}

    assert codes > {"signature", "chain", "line_twice", "trust_fork"}
    assert codes <= earned


def name_of(path):
    return Path(path).name


@pytest.mark.parametrize("part", ["good", "bad"])
def test_the_command_of_the_centre_prints_what_is_expected(part, capsys):
    names = [name for name in EXPECTED if name.startswith(part)]
    with vectors_expected.new_centre(FOLDER) as centre:
        keys = ["--db", str(centre.engine.url), "--keys", str(centre.keys)]
        assert main(["central", "ingest", *keys, "--json", str(FOLDER / part)]) == 2
    rows = {
        f"{part}/{row['file']}": row
        for row in map(json.loads, capsys.readouterr().out.splitlines())
    }

    assert sorted(rows) == sorted(names)
    for name, row in rows.items():
        assert row["code"] == EXPECTED[name]["central"]["code"]
        quarantined = EXPECTED[name]["central"]["status"] == "quarantined"
        assert (row["status"] == "quarantined") == quarantined


def test_a_reader_that_holds_what_it_does_not_know_has_the_centre_s_digest():
    known = [f"{type_}={entity.schema}" for type_, entity in entities().items()]

    _code, rows = read("good/unknown-type.otg", options=["--known", *known])

    assert rows[-1]["state_digest"] == EXPECTED["good/unknown-type.otg"]["central"]["state_digest"]
    assert len(rows[-1]["held"]) == EXPECTED["good/unknown-type.otg"]["central"]["held"] == 1


def test_two_bundles_of_a_clone_show_the_fork_to_both():
    _code, rows = read(*TOGETHER["files"])
    lines = [
        line for name in TOGETHER["files"] for line in vectors_expected.sound_lines(FOLDER, name)
    ]

    assert as_expected(rows) == {key: TOGETHER[key] for key in as_expected(rows)}
    assert vectors_expected.state(lines) == {k: v for k, v in TOGETHER.items() if k != "files"}
    assert len(TOGETHER["forks"]) == 1


def test_a_bundle_under_another_name_of_the_file_is_taken_once(tmp_path):
    again = tmp_path / "another-name.zip"
    again.write_bytes((FOLDER / "good" / "delta.otg").read_bytes())

    with vectors_expected.new_centre(FOLDER) as centre:
        statuses = [
            central.ingest(centre, path).status for path in (FOLDER / "good" / "delta.otg", again)
        ]

    assert statuses == ["accepted", "duplicate"]


@pytest.mark.long
def test_the_vectors_made_again_have_the_same_content(tmp_path):
    assert vectors.main(str(tmp_path / "new")) == 0

    made = json.loads((tmp_path / "new" / "expected.json").read_text("utf-8"))
    assert made.pop("together") == TOGETHER
    assert made == EXPECTED


def test_the_vectors_are_small_and_their_keys_are_marked():
    sizes = [path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()]

    assert sum(sizes) < 1_000_000
    for name in ("centre.agekey", "office-42.agekey", "allowed_signers", "revoked_keys"):
        assert vectors.MARK in (FOLDER / "keys" / name).read_text("ascii")


def validator(name):
    text = (ROOT / "docs" / "schemas" / f"{name}.schema.json").read_text("utf-8")
    return Draft202012Validator(json.loads(text))


@pytest.mark.parametrize("name", [name for name in OPENED if name.startswith("good/")])
def test_every_part_of_a_good_bundle_fits_its_schema(name):
    with vectors_expected.open_vector(FOLDER, name) as bundle:
        parts = {"envelope": bundle.envelope.to_bytes(), "bundle": bundle._bag.read("bundle.json")}
        if bundle.envelope.kind == "receipt":
            parts["receipt"] = bundle.receipt()
        lines = [json.loads(entry.raw) for entry in bundle.lines()]

    for part, raw in parts.items():
        assert list(validator(part).iter_errors(json.loads(raw))) == []
    for line in lines:
        assert list(validator("line").iter_errors(line)) == []
        if line["h"]["type"] in entities() and line["h"]["op"] == PUT and "b" in line:
            record = validator(f"records/{line['h']['type']}")
            assert list(record.iter_errors(line["b"]["data"])) == []


def test_the_notes_of_the_keys_fit_their_schemas_and_are_followed():
    statements = trust.read_trust(FOLDER / "keys" / "trust.txt")
    assert trust.follow(None, statements).number == 1
    for statement in statements:
        assert validator("trust").is_valid(json.loads(statement.splitlines()[0]))
    for path in (FOLDER / "keys").glob("*key-request.txt"):
        assert trust.read_request(path).office in ("42", "43")
        note = json.loads(path.read_text("utf-8").splitlines()[0])
        assert list(validator("key-request").iter_errors(note)) == []


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_a_note_earns_the_very_code_of_its_name(path):
    assert vectors_notes.said(path) == path.name.partition("--")[0]


@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: path.stem)
def test_ssh_keygen_says_the_same_of_a_request_s_signature(path, tmp_path):
    line, _newline, signature = path.read_bytes().replace(b"\r\n", b"\n").partition(b"\n")
    (tmp_path / "allowed").write_text(f"desk {json.loads(line)['public_key']}\n")
    (tmp_path / "signature").write_bytes(signature)
    command = ["ssh-keygen", "-Y", "verify", "-f", tmp_path / "allowed", "-I", "desk"]
    command += ["-n", "otg-keys-1", "-s", tmp_path / "signature"]
    run = subprocess.run(command, input=line, capture_output=True, check=False)

    changed = path.name.startswith("note_signature") or "blanks" in path.name
    assert (run.returncode == 0) == (not changed)


def test_the_notes_made_again_are_the_very_same(tmp_path):
    vectors_notes.notes(tmp_path / "notes")

    made = {path.name: path.read_bytes() for path in (tmp_path / "notes").iterdir()}
    assert made == {path.name: path.read_bytes() for path in NOTES}


@pytest.mark.parametrize("folder", RELEASED, ids=lambda path: path.name)
def test_what_a_released_version_sealed_still_opens(folder):
    expected = json.loads((folder / "expected.json").read_text("utf-8"))

    assert {said["kind"] for said in expected.values()} == {"delta", "full", "receipt"}
    for name, said in expected.items():
        assert vectors_expected.opened(folder, name) == said
        code, rows = read(name, folder=folder)
        assert code == 0
        assert as_expected(rows) == {key: said[key] for key in as_expected(rows)}
