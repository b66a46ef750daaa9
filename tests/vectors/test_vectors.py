import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.core.errors import Invalid
from app.core.line import parse_line
from app.services.records.verdicts import judge

FOLDER = Path(__file__).parent
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))
JUDGED = json.loads((FOLDER / "judged.json").read_text("utf-8"))
REFUSED = json.loads((FOLDER / "refused.json").read_text("utf-8"))


def lines_of(name):
    raws = (FOLDER / f"{name}.ndjson").read_bytes().split(b"\n")[:-1]
    return [(raw, parse_line(raw)) for raw in raws]


def test_a_reader_of_the_standard_library_alone_agrees_with_the_vectors():
    run = subprocess.run(
        [sys.executable, "-I", FOLDER / "check.py"], capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("ok\n") == len(EXPECTED) + len(REFUSED)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_program_reads_the_digests_and_revs_of_the_vectors(name):
    found = [
        {"rev": line.header.rev, "digest": line.header.digest, "body": line.body is not None}
        for _, line in lines_of(name)
    ]

    assert found == EXPECTED[name]["lines"]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_program_writes_the_very_bytes_of_the_vectors(name):
    for raw, line in lines_of(name):
        assert line.to_bytes() == raw


@pytest.mark.parametrize("why", REFUSED)
def test_the_program_refuses_what_the_vectors_refuse(why):
    with pytest.raises(Invalid):
        parse_line(REFUSED[why].encode())


def test_an_old_line_keeps_its_rev_when_it_is_read_as_a_newer_version():
    old, new = (line for _, line in lines_of("upcast"))
    readings = EXPECTED["upcast"]["readings"]

    assert (old.header.v, new.header.v) == (1, 2)
    assert "visitors" not in old.body.data
    assert readings[0]["data"] == {
        "date": old.body.data["date"],
        "visitors": [old.body.data["visitor"]],
    }
    assert readings[1]["data"] == new.body.data
    assert old.header.rev == EXPECTED["upcast"]["lines"][0]["rev"]


@pytest.mark.parametrize("why", JUDGED)
def test_the_program_judges_what_a_line_may_hold_as_the_vectors_say(why):
    line = parse_line(JUDGED[why]["line"].encode())

    verdict = judge(line)

    code = JUDGED[why]["code"]
    assert (verdict.state, verdict.code) == ("rejected" if code else "accepted", code)
    assert bool(verdict.reason) == bool(code)
