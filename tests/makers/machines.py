"""The computer of a clerk who works by commands, and folders that let nobody in."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.cli import main
from tests.makers import json_keys
from tests.services.conftest import PASSWORD


class Machine:
    """Someone who runs the commands of one PC and reads what they print."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        self.password = folder / "password.txt"
        self.password.write_text(PASSWORD + "\n", encoding="utf-8")
        self.errors = ""

    def run(self, *arguments: str, code: int = 0, data: str = "desk") -> list[dict[str, object]]:
        words = [*arguments, "--data", str(self.folder / data)]
        words += ["--password-file", str(self.password), "--json"]
        assert main(words) == code, self.capsys.readouterr().err
        printed = self.capsys.readouterr()
        self.errors = printed.err
        rows = [json.loads(row) for row in printed.out.splitlines()]
        command = json_keys.named(list(arguments))
        assert [fault for row in rows for fault in json_keys.faults(command, row)] == []
        return rows


@contextmanager
def without_rights(folder: Path) -> Iterator[None]:
    """Be someone who may read the folder but not write into it, even where root runs the tests."""
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)
