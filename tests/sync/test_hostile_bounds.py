"""Time, memory and the temporary folder while files are refused that were made to fill them."""

import io
import json
import os
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.pace import slower

pytestmark = pytest.mark.xdist_group("hostile bounds")  # its files are made once

SECONDS, MEGABYTES = 20, 96

READER = """
import json, resource, sys, time
from pathlib import Path
from app.sync import keys, unseal
from app.sync.bundle import Refused, open_bundle
from app.sync.keys import EnrolledKey

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000

def read(path):
    try:
        with open_bundle(path, trusted=trusted, identities=[identity]) as opened:
            for _entry in opened.lines():
                pass
    except Refused as refused:
        return refused.code
    return ""

public, identity, *paths = sys.argv[1:]
key = EnrolledKey(bytes.fromhex(public), "42")
trusted = {key.key_id: key}
for path in paths:
    before, begun = peak(), time.process_time()
    code = read(Path(path))
    print(json.dumps([code, time.process_time() - begun, peak() - before]))
"""


def entries_of(change):
    def hostile(forger):
        entries = forger.entries()
        forger.entries_sealed(entries | change(entries))

    return hostile


def many_entries(forger):
    """Fill the directory with as many names as its bytes can hold."""
    name = f"{forger.name}/data/person.ndjson"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, b"")
    whole = stream.getvalue()
    at = whole.index(b"PK\1\2")
    local, entry = whole[:at], whole[at:-22]
    count = 19_000
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(entry) * count, at, 0)
    forger.seal(forger.encrypt(local + entry * count + end))


def age_stanzas(forger):
    begin, end = forger.encrypt(b"x" * 1000).split(b"\n--- ", 1)
    row = b"\n-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43
    forger.seal(begin + row * 50_000 + b"\n--- " + end)


HOSTILE = {
    "a good one": (entries_of(lambda _: {}), ""),
    "a header of age stanzas": (age_stanzas, "payload"),
    "a directory of twenty thousand names": (many_entries, "inner_form"),
    "sixty megabytes of zeros": (
        entries_of(lambda _: {"data/person.ndjson": bytes(60 << 20)}),
        "count",
    ),
    "a bomb": (entries_of(lambda _: {"data/person.ndjson": bytes(300 << 20)}), "too_big"),
    "empty lines": (entries_of(lambda _: {"data/person.ndjson": b"\n" * 10_000_000}), "count"),
    "a list of brackets": (
        entries_of(lambda found: {"bundle.json": b"[" + b"[]," * 2_700_000 + b"[]]"}),
        "facts",
    ),
    "brackets in a line": (
        entries_of(lambda found: {"data/person.ndjson": b"[[]" + b",[]" * 20_000_000 + b"]\n"}),
        "count",
    ),
    "scans": (
        entries_of(lambda _: {f"data/files/{n:064}.png": bytes(3 << 20) for n in range(20)}),
        "bag_hash",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    from tests.sync.conftest import Desk, Forger

    folder = tmp_path_factory.mktemp("hostile")
    watched = folder / "temp"
    watched.mkdir()
    paths = []
    for number, (make, _code) in enumerate(HOSTILE.values()):
        place = folder / str(number)
        place.mkdir()
        forger = Forger(Desk().people(10), place)
        make(forger)
        paths.append(forger.path)
    desk = forger.desk
    run = subprocess.run(
        [sys.executable, "-c", READER, desk.key.public.hex(), desk.identity, *map(str, paths)],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"TMPDIR": str(watched)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stderr == ""
    found = [json.loads(row) for row in run.stdout.splitlines()]
    return dict(zip(HOSTILE, found, strict=True)), list(watched.iterdir())


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_made_to_fill_the_machine_is_refused_in_bounded_time_and_memory(hostile, name):
    code, seconds, megabytes = hostile[0][name]

    assert code == HOSTILE[name][1]
    assert seconds < SECONDS * slower()
    assert megabytes < MEGABYTES


def test_nothing_of_them_is_left_in_the_temporary_folder(hostile):
    assert hostile[1] == []
