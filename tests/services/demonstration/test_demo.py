"""The demonstration is true: what it says is in its files, and stock tools open its bundle."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.services.demonstration import Account
from app.services.office import desk as desks

ROOT = Path(__file__).parents[3]
in_one_process = pytest.mark.xdist_group("demonstration")  # it is told once for all of these
TOOLS = Path(sys.executable).parent  # bagit.py is a tool of the checks


@in_one_process
def test_the_account_tells_the_whole_job(account: Account) -> None:
    found = dict(account.rows)
    assert found["สมาชิกในฐานข้อมูล"] == "12"
    assert found["แฟ้มเงินกู้"] == "2"
    assert "50,000" in found["คำขอที่ถูกปฏิเสธ"]
    assert found["ส่วนกลางรับชุดข้อมูล"].startswith("4")
    assert found["ส่งซ้ำ ส่วนกลางตอบ"] == "duplicate"
    assert found["แบบที่พิมพ์จากเครื่องที่กู้คืน"] == "ตรงกัน"
    assert len(list((account.folder / "paper").glob("*.pdf"))) == 7
    assert len(list((account.folder / "outbox").glob("*.otg"))) == 4


@in_one_process
def test_the_commands_of_its_readme_open_the_bundle_with_stock_tools_alone(
    account: Account,
) -> None:
    text = (account.folder / "README.txt").read_text("utf-8").replace("\\\n", " ")
    commands = [row.strip() for row in text.splitlines() if row.startswith("  ")][1:]
    assert [command.split()[0] for command in commands] == [
        "unzip",
        "ssh-keygen",
        "age",
        "unzip",
        "cd",
    ]

    for command in commands:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=account.folder,
            env=os.environ | {"PATH": f"{TOOLS}:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (command, done.stdout, done.stderr)

    people = next(account.folder.glob("opened/OTG-*/data/person.ndjson")).read_text("utf-8")
    ids = [word for word in people.split('"') if len(word) == 13 and word.isdigit()]
    assert ids and all(word.startswith("9") for word in ids)


def test_the_command_ends_well_and_draws_what_it_promises(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "app", "demo", "--out", tmp_path / "demo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    (slot,) = json.loads((tmp_path / "demo" / "office" / "keys.json").read_text("utf-8"))["users"]
    assert (slot["memory"], slot["passes"]) == (256 * 1024, 3)
    password = (tmp_path / "demo" / "keys" / "password.txt").read_text("utf-8").strip()
    desks.open_desk(tmp_path / "demo" / "office", user="กนกพร", password=password).close()
    drawn = {path.stem for path in (tmp_path / "demo" / "shots").glob("*.png")}
    assert drawn >= {"sign-in", "group", "loan_file", "outbox", "conflicts", "export-1", "scan"}
