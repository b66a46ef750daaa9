"""What we seal opens with the tools that any office or auditor has, without this program."""

import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.sync import sshsig


@dataclass
class Opened:
    outer: Path
    bag: Path
    allowed: Path


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, **options)


def signed(opened, name, folder):
    command = ["ssh-keygen", "-Y", "verify", "-f", opened.allowed, "-I", "office-42"]
    command += ["-n", "otg-bundle-1", "-s", folder / f"{name}.sig"]
    with (folder / name).open("rb") as message:
        return subprocess.run(command, stdin=message, capture_output=True, check=False)


@pytest.fixture
def opened(desk, tmp_path):
    """Open a bundle with unzip and age alone."""
    sealed = desk.people(30).seal(tmp_path, files=[("png", b"scan")])
    outer, allowed, key = tmp_path / "outer", tmp_path / "allowed_signers", tmp_path / "key.txt"
    allowed.write_text(
        f'office-42 namespaces="otg-bundle-1" {sshsig.public_line(desk.key.public)}\n'
    )
    key.write_text(desk.identity + "\n")
    run("unzip", "-q", sealed.path, "-d", outer)
    run("age", "-d", "-i", key, "-o", outer / "payload.zip", outer / "payload.zip.age")
    run("unzip", "-q", outer / "payload.zip", "-d", tmp_path / "inner")
    return Opened(outer, tmp_path / "inner" / sealed.envelope.name, allowed)


def test_unzip_finds_no_fault(desk, tmp_path):
    path = desk.people(30).seal(tmp_path).path

    assert b"No errors detected" in run("unzip", "-t", path).stdout
    assert zipfile.ZipFile(path).testzip() is None


def test_ssh_keygen_verifies_the_envelope_and_the_bag(opened):
    assert signed(opened, "envelope.json", opened.outer).returncode == 0
    assert signed(opened, "tagmanifest-sha256.txt", opened.bag).returncode == 0

    (opened.outer / "envelope.json").write_text("{}")
    assert signed(opened, "envelope.json", opened.outer).returncode != 0


def test_sha256sum_finds_every_part_as_listed(opened):
    run("sha256sum", "--check", "manifest-sha256.txt", cwd=opened.bag)
    run("sha256sum", "--check", "tagmanifest-sha256.txt", cwd=opened.bag)


def test_the_library_of_congress_validates_the_bag(opened):
    script = Path(sys.executable).with_name("bagit.py")

    validated = run(sys.executable, "-W", "ignore", script, "--validate", opened.bag, text=True)

    assert "is valid" in validated.stderr


def test_the_hashes_tie_envelope_payload_and_bag_together(opened):
    envelope = json.loads((opened.outer / "envelope.json").read_text())

    payload = run("sha256sum", opened.outer / "payload.zip.age", text=True).stdout.split()[0]
    content = run("sha256sum", opened.bag / "tagmanifest-sha256.txt", text=True).stdout.split()[0]

    assert payload == envelope["payload_sha256"]
    assert content == envelope["content_id"]
    assert (opened.outer / "payload.zip.age").stat().st_size == envelope["payload_size"]


def test_the_readme_says_in_both_languages_what_the_file_is(opened):
    text = (opened.outer / "README.txt").read_text(encoding="utf-8")

    assert "สำนักงานจัดหางาน" in text
    assert "employment office" in text
    assert opened.bag.name in text
