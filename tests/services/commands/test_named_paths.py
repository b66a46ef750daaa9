"""Every path that a command takes, with every kind of bad path: a sentence with the path, exit 2.

The table of commands is walked: a command that is new tomorrow is tried as well.
"""

import errno
import os
from argparse import Action, ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.cli import main, paths
from app.cli.commands import COMMANDS
from app.cli.parser import parser_of
from app.core import named
from app.core.errors import UserError
from app.services import reporting
from app.services.office.desk import Desk
from app.services.safekeeping import backups
from tests.makers.command_lines import FOLDERS, WRITTEN, fitting, is_needed
from tests.services.conftest import PASSWORD

READ = (paths.to_read, paths.to_read_or_folder, paths.file_or_digest, paths.centre)
ADDRESSES = (paths.centre, paths.new_centre)
KINDS = (*READ, *FOLDERS, *WRITTEN, paths.folder_there)


def commands() -> Iterator[Any]:
    """Give each command with its words and all its arguments."""
    for command in COMMANDS.values():
        yield tuple(command.name.split()), parser_of(command)


def arguments() -> list[Any]:
    found = [
        pytest.param(words, parser, action, id=f"{' '.join(words)} {action.dest}")
        for words, parser in commands()
        for action in parser._actions
        if action.type in KINDS
    ]
    assert len(found) > 100
    return found


def line(
    words: tuple[str, ...], parser: ArgumentParser, tried: Action, bad: str, folder: Path
) -> list[str]:
    """Write a command line in which one path is bad and all else is as the parser wants it."""
    options, own = [], []
    for action in parser._actions:
        if action is not tried and not is_needed(action, parser, tried):
            continue
        value = bad if action is tried else fitting(action, folder)
        if action.option_strings:
            options.append(f"{action.option_strings[0]}={value}")
        else:
            own.append(value)
    return [*words, *options, *own]


def bad_paths(kind: Any, folder: Path) -> dict[str, str]:
    """Give what is bad for a kind of argument, by what it is."""
    (folder / "link").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe")
    found = {
        "nul": f"{folder}/a\0b",
        "too long": str(folder / ("ก" * 200)),
        "no letter": f"{folder}/\udcff",
        "half a letter": f"{folder}/\ud800",
        "broken link": str(folder / "link"),
        "pipe": str(folder / "pipe"),
        "below a file": str(folder / "file.txt" / "below"),
        "no parent": str(folder / "gone" / "below"),
    }
    if kind in (*READ, paths.folder_there):
        found["missing"] = str(folder / "missing")
    if kind in (*FOLDERS, paths.folder_there):
        found["a file"] = str(folder / "file.txt")
    elif kind is not paths.to_read_or_folder:
        found["a folder"] = str(folder)
    if kind in (*WRITTEN, paths.folder_to_write):
        found["may not be written"] = "/proc/new"
        found["device"] = "/dev/null"
    if kind in ADDRESSES:
        found = {name: f"sqlite:///{path}" for name, path in found.items()}
    return found


@pytest.mark.parametrize(("words", "parser", "action"), arguments())
def test_a_bad_path_is_a_sentence_with_the_path(
    words: tuple[str, ...],
    parser: ArgumentParser,
    action: Action,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "file.txt").write_text("ข้อความ", encoding="utf-8")
    bad = bad_paths(action.type, tmp_path)
    before = sorted(tmp_path.iterdir())
    for name, path in bad.items():
        code = main(line(words, parser, action, path, tmp_path))
        said = capsys.readouterr()
        seen = path.removeprefix("sqlite:///").replace("\0", "\\0")
        seen = seen.encode("utf-8", "backslashreplace").decode()
        assert (code, said.out) == (2, ""), (name, said)
        assert seen in said.err, (name, said.err)
        assert any("ก" <= letter <= "๛" for letter in said.err.replace(seen, "")), said.err
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(("words", "parser", "action"), arguments())
@pytest.mark.parametrize("nothing", ["", "  "])
def test_a_path_that_names_nothing_is_not_the_current_folder(
    words: tuple[str, ...],
    parser: ArgumentParser,
    action: Action,
    nothing: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(line(words, parser, action, nothing, tmp_path)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "ไม่ได้ระบุชื่อไฟล์หรือโฟลเดอร์" in said.err


def test_each_path_says_what_it_must_be() -> None:
    """A bare Path, or a text that is called a file, would pass by the law above."""
    for words, parser in commands():
        for action in parser._actions:
            assert action.type is not Path, (words, action.dest)
            is_named = action.dest in ("path", "paths", "out", "db", "data") or (
                action.dest == "file" and not action.option_strings
            )
            assert not is_named or action.type in KINDS, (words, action.dest)


def test_a_stick_that_was_pulled_out_does_not_become_a_folder(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.close()
    word = tmp_path / "word.txt"
    word.write_text(PASSWORD, encoding="utf-8")
    common = ["--data", str(desk.store.folder), "--password-file", str(word)]
    gone = tmp_path / "stick" / "backups"
    for command in (["backup"], ["key", "request"], ["export"]):
        assert main([*command, "--out", str(gone), *common]) == 2
        assert str(gone) in capsys.readouterr().err
    assert not gone.parent.exists()
    with pytest.raises(UserError) as refused:  # the window comes here without the parser
        backups.back_up(desk.store, gone)
    assert refused.value.code == "no_folder" and not gone.parent.exists()
    gone.parent.mkdir()
    assert main(["backup", "--out", str(gone), *common]) == 0


@pytest.mark.parametrize("ending", [".pdf", ".xlsx", ".csv"])
def test_a_disk_that_is_full_leaves_no_half_report(
    desk: Desk,
    tmp_path: Path,
    ending: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    desk.close()
    word = tmp_path / "word.txt"
    word.write_text(PASSWORD, encoding="utf-8")
    out = tmp_path / f"report{ending}"
    out.write_text("ฉบับก่อน", encoding="utf-8")
    before = sorted(tmp_path.iterdir())

    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("app.sync.durable.os.fsync", full)
    common = ["--data", str(desk.store.folder), "--password-file", str(word)]
    assert main(["report", reporting.reports()[0].name, "--out", str(out), *common]) == 2
    assert str(tmp_path) in capsys.readouterr().err
    assert out.read_text("utf-8") == "ฉบับก่อน" and sorted(tmp_path.iterdir()) == before


def test_a_fault_of_the_disk_is_ours_only_where_nobody_named_the_path(tmp_path: Path) -> None:
    def said(number: int, filename: Path | None, *named_: Path) -> str:
        error = OSError(number, "words", str(filename)) if filename else OSError(number, "words")
        found = named.blame(error, named_)
        return found.sentence if found else ""

    out = tmp_path / "out"
    assert str(out) in said(errno.EACCES, out, out)
    assert str(out) in said(errno.EACCES, out / "below", out)
    assert str(out) in said(errno.EACCES, tmp_path / "out.part", out)
    assert str(out) in said(errno.ENOSPC, None, out)
    assert said(errno.EIO, None, out) == said(errno.ENOSPC, None) == ""
    assert said(errno.EACCES, tmp_path / "log", out) == ""
