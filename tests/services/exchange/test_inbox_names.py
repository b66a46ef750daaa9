"""A file in the inbox is taken or put aside whatever its name is, and whatever has that name."""

import os
from pathlib import Path

import pytest

from app.services.central import Inbox
from tests.makers.inbox import ends, names
from tests.makers.pens import Pen


@pytest.mark.skipif(os.name == "nt", reason="names are no bytes there")
@pytest.mark.parametrize(
    "name",
    [
        os.fsdecode("สมชาย".encode("cp874") + b".zip"),
        os.fsdecode(b"\xff" * 251 + b".zip"),
        "ก" * 83 + ".zip",
        "a" * 251 + ".zip",
        "ก\nข\x1b[31m.zip",
    ],
    ids=["thai of old", "bytes", "long thai", "long", "control"],
)
def test_a_file_is_put_aside_or_taken_whatever_its_name(
    inbox: Inbox, pen: Pen, folder: Path, tmp_path: Path, name: str
) -> None:
    pen.person(1, "ก")
    sound = pen.seal(folder)
    (folder / name).write_bytes(b"x")
    inbox.look()
    (found,) = inbox.look()

    assert (found.status, names(folder)) == ("quarantined", [])
    assert found.file.encode()
    assert len(names(tmp_path / "aside")) == 2
    (text,) = (tmp_path / "aside").glob("*.txt")
    assert found.file in text.read_text(encoding="utf-8")

    (folder / name).write_bytes((folder / "taken" / sound.name).read_bytes())
    (found,) = inbox.look()
    assert found.status == "duplicate" and found.file.encode()
    assert names(folder) == [] and len(names(folder / "taken")) == 2


@pytest.mark.parametrize("taken", ["wrong.zip", "wrong.zip.txt"])
def test_a_folder_that_has_the_name_already_keeps_no_file_from_its_place(
    inbox: Inbox, pen: Pen, folder: Path, tmp_path: Path, taken: str
) -> None:
    pen.person(1, "ก")
    sound = pen.seal(folder)
    (folder / "wrong.zip").write_bytes(b"x")
    (tmp_path / "aside" / taken).mkdir(parents=True)
    (folder / "taken" / sound.name).mkdir(parents=True)
    inbox.look()

    assert ends(inbox.look()) == {"wrong.zip": "quarantined"}
    assert names(folder) == [] and len(names(folder / "taken")) == 1
    assert len(names(tmp_path / "aside")) == 2
