"""The paths that somebody names, where the parser does not look first."""

import errno
import os
from pathlib import Path

import pytest

from app.core import named
from app.core.errors import UserError
from app.services.demonstration.clearing import empty


def refusal(look: object, path: Path) -> str:
    with pytest.raises(UserError) as refused:
        look(path)  # type: ignore[operator]
    assert str(path) in refused.value.sentence
    return refused.value.code


def test_the_folder_of_the_profile_is_made_with_all_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = tmp_path / "deep" / "profile"
    monkeypatch.setattr(named, "default_data", lambda: ours)
    named.folder_of_a_desk(ours)
    named.make_folder(ours)
    named.make_folder(ours)
    assert ours.is_dir()
    assert refusal(named.make_folder, tmp_path / "other" / "folder") == "no_folder"


def test_a_folder_is_made_only_where_it_can_be(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert refusal(named.make_folder, file) == "bad_path"
    assert refusal(named.make_folder, tmp_path / ("ก" * 200)) == "bad_path"
    assert refusal(named.make_folder, file / "below") == "no_folder"
    assert refusal(named.make_parent, tmp_path / ("ก" * 200) / "below") == "no_folder"


def test_a_file_that_may_not_be_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.touch()

    def closed(*_given: object, **_named: object) -> None:
        raise PermissionError(errno.EACCES, "closed", os.fspath(file))

    named.file_to_read(file)
    named.file_or_folder(file)
    named.file_or_folder(tmp_path)
    monkeypatch.setattr(Path, "open", closed)
    assert refusal(named.file_to_read, file) == "bad_path"


def test_what_is_there_may_be_written_over_or_into(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for look, path in (
        (named.file_to_write, file),
        (named.file_to_write, tmp_path / "new"),
        (named.folder_to_write, tmp_path),
        (named.folder_to_write, tmp_path / "new"),
        (named.folder_there, tmp_path),
        (named.folder_of_a_desk, tmp_path),
        (named.folder_of_a_desk, tmp_path / "new"),
    ):
        look(path)
    assert list(tmp_path.iterdir()) == [file]


def test_an_earlier_demonstration_is_thrown_away_whole(tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    empty(demo)
    for name in ("keys/password.txt", "office/tambon.db", "paper/a.pdf", "README.txt"):
        (demo / name).parent.mkdir(exist_ok=True)
        (demo / name).touch()
    empty(demo)
    assert demo.is_dir() and not list(demo.iterdir())


def test_a_fault_of_the_disk_inside_a_block_names_the_path(tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    with pytest.raises(UserError, match="ours"), named.blaming(ours):
        (ours / "below").read_bytes()
    with pytest.raises(FileNotFoundError), named.blaming(ours):
        (tmp_path / "other").read_bytes()
    with named.blaming(ours):
        pass


def test_a_folder_to_fill_is_there(tmp_path: Path) -> None:
    named.folder_to_fill(tmp_path)
    assert refusal(named.folder_to_fill, tmp_path / "gone") == "bad_path"
