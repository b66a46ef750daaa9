"""The name of a sealed file on a drive: .otg, and .zip as older programs wrote it."""

from pathlib import Path

import pytest

from app.sync import file_name


@pytest.mark.parametrize(
    ("name", "is_sealed"),
    [
        ("OTG-15-KMPT-000123-D.otg", True),
        ("OTG-15-KMPT-000123-D.OTG", True),
        ("OTG-15-KMPT-000123-D.zip", True),
        ("งานของเดือนนี้.Zip", True),
        ("OTG-15-KMPT-000123-D.1-of-3.otgpart", False),
        ("OTG-15-KMPT-000123-D.otg.txt", False),
        ("otg", False),
    ],
)
def test_the_endings_are_known_in_letters_of_any_case(name: str, is_sealed: bool) -> None:
    assert file_name.is_sealed(name) == is_sealed


def test_a_folder_gives_its_sealed_files_by_name(tmp_path: Path) -> None:
    for name in ("b.otg", "a.zip", "c.txt", "d.otgpart"):
        (tmp_path / name).write_bytes(b"")

    assert [path.name for path in file_name.sealed_in(tmp_path)] == ["a.zip", "b.otg"]


def test_a_file_that_an_older_program_sealed_is_found_until_there_is_a_new_one(
    tmp_path: Path,
) -> None:
    old, new = tmp_path / "A.zip", tmp_path / "A.otg"
    assert file_name.path_of(tmp_path, "A") == new
    old.write_bytes(b"old")
    assert file_name.path_of(tmp_path, "A") == old
    new.write_bytes(b"new")
    assert file_name.path_of(tmp_path, "A") == new
