"""The command line keeps its contract: names, JSON keys, exit codes, sentences."""

import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.cli import main
from app.cli.desk import _labels
from app.core import i18n, thai
from app.core.ids import new_id
from app.models.records.attachments import FOLDER
from app.services.office import attachments
from app.services.office import desk as desks
from app.services.printing import printing
from app.services.records import acts, records
from app.services.spreadsheets import imports
from app.services.spreadsheets.sheets import write_rows
from tests.makers.attachments import a_document, scan
from tests.makers.machines import Machine
from tests.makers.office import group
from tests.services.conftest import PASSWORD, WEAK

ROOT = Path(__file__).parents[3]


@pytest.fixture
def pc(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machine:
    made, recovery = desks.create(
        tmp_path / "desk", office="15", user="กานดา", password=PASSWORD, cost=WEAK
    )
    made.close()
    (tmp_path / "recovery.txt").write_text(recovery, encoding="ascii")
    return Machine(tmp_path, capsys)


def test_a_desk_is_made_and_its_recovery_text_shown_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = Machine(tmp_path, capsys)

    (made,) = machine.run("init", "--office", "15", "--user", "กานดา")
    (verdict,) = machine.run("verify")

    assert set(made) == {"office", "recovery"}
    assert verdict["lines"] == 2
    machine.run("init", "--office", "15", "--user", "กานดา", code=2)


def identity(number: int) -> str:
    first12 = f"9{number:011d}"
    return first12 + thai.citizen_id_check_digit(first12)


def people(folder: Path, *, broken: bool = False) -> Path:
    path = folder / "รายชื่อ.xlsx"
    rows = [[identity(n), "นาย", f"สมชาย{'กขคงจ'[n]}", "ตัวอย่างดี", "15/3/2520"] for n in range(5)]
    if broken:
        rows.append(["1.1E+12", "นาง", "กานดา", "ตัวอย่างดี", "15/3/2520"])
    write_rows(path, ["เลขบัตรประชาชน", "คำนำหน้า", "ชื่อ", "สกุล", "วันเกิด"], rows)
    return path


def test_forms_are_listed_as_the_contract_says(pc: Machine) -> None:
    listed = pc.run("forms")
    assert all(set(each) == {"name", "code", "title", "type"} for each in listed)
    assert {"P1", "P2", "P10", "P18"} <= {each["code"] for each in listed}


def test_all_records_of_a_form_are_printed_into_one_file(pc: Machine, tmp_path: Path) -> None:
    out = tmp_path / "all.pdf"
    (none,) = pc.run("print", "member_list", "all", "--out", str(out))
    assert none == {"file": "", "printed": 0, "left_out": 0} and not out.exists()
    desk = desks.open_desk(tmp_path / "desk", user="กานดา", password=PASSWORD)
    for name in ("กลุ่มจักสาน", "กลุ่มข้าวมาลี"):
        group(desk, name)
    desk.close()

    (done,) = pc.run("print", "member_list", "all", "--out", str(out))

    assert (done["printed"], done["left_out"]) == (2, 0)
    assert out.read_bytes().startswith(b"%PDF")
    for form in ("no_such_form", "bundle_cover"):
        pc.run("print", form, "all", "--out", str(out), code=2)


def test_a_sample_prints_without_a_database(pc: Machine, tmp_path: Path) -> None:
    out = tmp_path / "p10.pdf"
    pc.run("print", "loan_application", "sample", "--out", str(out), data="nowhere")
    assert out.read_bytes().startswith(b"%PDF")
    assert not (tmp_path / "nowhere").exists()


def test_a_dry_run_counts_and_writes_nothing(pc: Machine, tmp_path: Path) -> None:
    sheet = people(tmp_path, broken=True)

    refusal, counts = pc.run("import", str(sheet), "--as", "people", "--dry-run", code=1)

    assert set(refusal) == {"row", "field", "reason"} and refusal["row"] == 7
    assert counts == {"new": 5, "same": 0, "changed": 0, "warned": 0, "refused": 1, "left_out": 0}
    assert pc.run("find", "สมชาย") == []


def test_a_row_that_only_has_a_warning_is_given_to_programs_too(
    pc: Machine, tmp_path: Path
) -> None:
    sheet = tmp_path / "เตือน.xlsx"
    wrong_digit = identity(1)[:-1] + str((int(identity(1)[-1]) + 1) % 10)
    rows = [[identity(0), "นาย", "สมชาย", "ดี"], [wrong_digit, "นาย", "สมปอง", "ดี"]]
    write_rows(sheet, ["เลขบัตรประชาชน", "คำนำหน้า", "ชื่อ", "สกุล"], rows)

    warning, counts = pc.run("import", str(sheet), "--as", "people", "--dry-run")

    assert (warning["row"], warning["field"], set(warning)) == (
        3,
        "id_no",
        {"row", "field", "to_look_at"},
    )
    assert (counts["warned"], counts["refused"]) == (1, 0)


def with_rows_that_are_no_people(folder: Path) -> Path:
    path = folder / "รายชื่อ.xlsx"
    headings = ["เลขบัตรประชาชน", "คำนำหน้า", "ชื่อ", "สกุล", "ลายมือชื่อ"]
    somchai = [identity(1), "นาย", "สมชาย", "ตัวอย่างดี", ""]
    rows = [
        somchai, ["", "", "", "", ""], ["", "", "", "", ""], ["", "", "", "", "ดูหน้า 2"],
        headings, [identity(2), "นาย", "รวม", "ตัวอย่างดี", ""], ["", "", "", "", ""],
        ["", "", "รวม 2 คน", "", ""], ["", "", "ลงชื่อ ....... ผู้จัดทำ", "", ""],
    ]  # fmt: skip
    write_rows(path, headings, rows)
    return path


def test_every_row_that_is_left_out_is_printed_with_its_reason(pc: Machine, tmp_path: Path) -> None:
    sheet = with_rows_that_are_no_people(tmp_path)

    *left_out, counts = pc.run("import", str(sheet), "--as", "people", "--dry-run")

    assert counts["new"] == 2
    assert [(each["row"], each["to"], each["skipped"]) for each in left_out] == [
        (3, 4, "blank"),
        (5, 5, "blank"),
        (6, 6, "headings"),
        (8, 8, "blank"),
        (9, 9, "total"),
        (10, 10, "closing"),
    ]
    assert [each["reason"] for each in left_out] == [
        "แถวว่าง",
        "ไม่มีข้อมูลในคอลัมน์ที่นำเข้า: ดูหน้า 2",
        "หัวตารางซ้ำ: เลขบัตรประชาชน คำนำหน้า ชื่อ สกุล ลายมือชื่อ",
        "แถวว่าง",
        "แถวรวม: รวม 2 คน",
        "ข้อความท้ายรายการ: ลงชื่อ ....... ผู้จัดทำ",
    ]


def test_rows_that_are_left_out_are_told_in_words(
    pc: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = with_rows_that_are_no_people(tmp_path)
    words = ["import", str(sheet), "--as", "people", "--data", str(tmp_path / "desk")]

    assert main([*words, "--password-file", str(pc.password)]) == 0

    said = capsys.readouterr().out.splitlines()
    assert said[:2] == [
        "แถว 3 ถึง 4 ไม่นำเข้า: แถวว่าง",
        "แถว 5 ไม่นำเข้า: ไม่มีข้อมูลในคอลัมน์ที่นำเข้า: ดูหน้า 2",
    ]
    assert said[-1].endswith("ไม่รับ 0 และข้ามแถวที่ไม่ใช่รายการ 7 แถว")


@pytest.mark.parametrize("kind", imports.kinds())
def test_a_field_that_a_list_is_wrong_in_is_named_as_its_label(kind: str) -> None:
    labels = _labels(kind)
    for type_ in imports.kinds()[kind].types:
        assert {each.name for each in records.fields(type_)} <= labels.keys()
    assert not [label for label in labels.values() if re.search("[a-z]", label)]


def test_a_refused_row_names_the_field_in_the_words_of_the_form(
    pc: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["import", str(people(tmp_path, broken=True)), "--as", "people", "--dry-run"]
    words += ["--data", str(tmp_path / "desk"), "--password-file", str(pc.password)]

    assert main(words) == 1

    (refused, counts) = capsys.readouterr().out.splitlines()
    assert refused.startswith("แถว 7: เลขประจำตัว: ตาราง")
    assert counts.startswith("ใหม่ 5 ") and counts.endswith("ไม่ใช่รายการ 0 แถว")


@pytest.mark.parametrize("named", ["P10", "p10", "loan_application"])
def test_a_form_is_printed_by_its_number_as_by_its_name(
    pc: Machine, tmp_path: Path, named: str
) -> None:
    out = tmp_path / "p10.pdf"
    pc.run("print", named, "sample", "--out", str(out), data="nowhere")
    assert out.read_bytes() == printing.sample("loan_application")


def test_every_form_that_is_listed_is_printed_by_what_the_list_says(pc: Machine) -> None:
    for each in pc.run("forms"):
        assert printing.called(str(each["code"])) == each["name"]
        assert printing.called(str(each["name"])) == each["name"]
    assert printing.called("P0") == "P0"


def test_an_import_is_found_and_undone_as_one_act(pc: Machine, tmp_path: Path) -> None:
    sheet = people(tmp_path)

    (counts,) = pc.run("import", str(sheet), "--as", "people")
    found = pc.run("find", "สมชาย")
    pc.run("undo", str(counts["act"]))

    assert counts["new"] == 5
    assert len(found) == 5 and set(found[0]) == {"type", "id", "title"}
    assert pc.run("find", "สมชาย") == []
    (verdict,) = pc.run("verify")
    assert (verdict["ok"], verdict["reason"]) == (True, "")
    assert verdict["lines"] == 12


def test_a_class_is_filled_and_marked_from_two_lists(pc: Machine, tmp_path: Path) -> None:
    desk = desks.open_desk(pc.folder / "desk", user="", password=PASSWORD)
    class_ = {
        "course": "SCB", "mode": "on_site", "hours": 6, "seats": 100,
        "start_on": "2025-03-17", "end_on": "2025-03-17",
    }  # fmt: skip
    made = records.save(desk.store, "training_class", class_).id
    desk.close()
    headings = ["เลขบัตรประชาชน", "ชื่อ - สกุล", "ยินยอม"]
    rows = [[identity(n), f"นายสมชาย{'กขค'[n]} ตัวอย่างดี", "ไม่ยินยอม"] for n in range(3)]
    write_rows(tmp_path / "a.xlsx", headings, rows)
    days = [[row[0], row[1], "/"] for row in rows]
    write_rows(tmp_path / "b.xlsx", [*headings[:2], "17 มี.ค. 68"], days)

    (counts,) = pc.run("import", str(tmp_path / "a.xlsx"), "--as", "trainees", "--class", made)
    assert counts["new"] == 3
    list_ = str(tmp_path / "b.xlsx")
    *refusals, counts = pc.run("import", list_, "--as", "attendance", "--class", made, code=1)

    assert counts["refused"] == 3  # nobody is in training yet
    assert {each["field"] for each in refusals} == {"attended"}


def test_what_the_centre_would_return_is_said_and_the_exit_code_tells_it(pc: Machine) -> None:
    desk = desks.open_desk(pc.folder / "desk", user="", password=PASSWORD)
    round_ = {"code": "2569-1", "name": "รอบ"}
    acts.act(desk.store, lambda acting: acting.put("fund_round", new_id(), round_, ()))
    desk.close()

    (finding, counts) = pc.run("export", "--check", code=1)

    assert (finding["kind"], finding["type"]) == ("returned", "fund_round")
    assert counts == {"lines": 3, "returned": 1, "held": 0, "warning": 0}


def test_a_record_is_shown_with_its_labels(pc: Machine, tmp_path: Path) -> None:
    pc.run("import", str(people(tmp_path)), "--as", "people")
    hit = pc.run("find", "สมชายก")[0]

    (shown,) = pc.run("show", str(hit["type"]), str(hit["id"]))

    assert shown["data"]["first_th"] == "สมชายก"  # type: ignore[index]


def test_a_key_request_of_a_desk_is_not_called_the_key_of_the_centre(pc: Machine) -> None:
    (request,) = pc.run("key", "request", "--out", str(pc.folder))
    words = ["trust", str(request["file"]), "--data", str(pc.folder / "desk")]

    assert main([*words, "--password-file", str(pc.password), "--language", "en"]) == 0

    said = pc.capsys.readouterr().out
    assert str(request["fingerprint"]) in said
    assert "other desk" in said and "central" not in said


def test_work_reaches_the_centre_and_comes_back_to_an_empty_pc(pc: Machine, tmp_path: Path) -> None:
    db = ["--db", f"sqlite:///{tmp_path / 'centre.db'}"]
    out = str(tmp_path)
    pc.run("import", str(people(tmp_path)), "--as", "people")
    pc.run("central", "init", *db)
    (request,) = pc.run("key", "request", "--out", out)
    (answer,) = pc.run("central", "enrol", str(request["file"]), *db)
    (trusted,) = pc.run("trust", str(answer["file"]))
    (foretold,) = pc.run("export", "--check")
    assert foretold == {"lines": 7, "returned": 0, "held": 0, "warning": 0}
    (sealed,) = pc.run("export", "--out", out)
    (taken,) = pc.run("central", "ingest", str(sealed["file"]), *db)
    (again,) = pc.run("central", "ingest", str(sealed["file"]), *db)
    (status,) = pc.run("central", "status", *db)
    (receipt,) = pc.run("central", "receipts", "--out", out, *db)
    (applied,) = pc.run("receipt", str(receipt["file"]))
    pc.run("export", "--out", out, code=2)
    (full,) = pc.run("central", "export", "--office", "15", "--out", out, *db)
    (rebuilt,) = pc.run(
        "rebuild",
        str(full["file"]),
        "--recovery-file",
        str(tmp_path / "recovery.txt"),
        "--user",
        "กานดา",
        data="new",
    )

    assert trusted["fingerprint"]
    assert set(sealed) == {"file", "content_id", "seq_from", "seq_to", "records", "lost_scans"}
    assert set(taken) == {
        "file",
        "content_id",
        "status",
        "accepted",
        "duplicate",
        "held",
        "rejected",
        "code",
        "reason",
    }
    assert (taken["status"], taken["accepted"], again["status"]) == ("accepted", 7, "duplicate")
    assert {"state_digest", "offices", "lines"} <= set(status)
    assert applied["acknowledged_through"] == 7
    assert (rebuilt["ok"], rebuilt["lines"]) == (True, 7)
    assert rebuilt["fingerprint"] == trusted["fingerprint"]
    assert len(pc.run("find", "สมชาย", data="new")) == 5


def test_a_centre_is_named_by_its_file_as_by_its_address(pc: Machine, tmp_path: Path) -> None:
    pc.run("central", "init", "--db", str(tmp_path / "centre.db"))
    for named in (str(tmp_path / "centre.db"), f"sqlite:///{tmp_path / 'centre.db'}"):
        (status,) = pc.run("central", "status", "--db", named)
        assert status["offices"] == 0


def test_a_changed_bundle_is_quarantined_with_exit_code_2(pc: Machine, tmp_path: Path) -> None:
    db = ["--db", f"sqlite:///{tmp_path / 'centre.db'}"]
    pc.run("central", "init", *db)
    (request,) = pc.run("key", "request", "--out", str(tmp_path))
    (answer,) = pc.run("central", "enrol", str(request["file"]), *db)
    pc.run("trust", str(answer["file"]))
    (sealed,) = pc.run("export", "--out", str(tmp_path))
    path = Path(str(sealed["file"]))
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)

    (taken,) = pc.run("central", "ingest", str(path), *db, code=2)

    assert taken["status"] == "quarantined" and taken["code"] and taken["reason"]


def test_a_refusal_is_one_thai_sentence_on_standard_error(pc: Machine) -> None:
    pc.password.write_text("ผิดแน่นอน", encoding="utf-8")
    pc.run("verify", code=2)
    assert pc.errors.count("\n") == 1
    assert any("ก" <= letter <= "๛" for letter in pc.errors)


def test_a_folder_without_a_desk_is_named(pc: Machine) -> None:
    pc.run("verify", code=2, data="elsewhere")
    assert pc.errors.strip()


def test_the_backup_is_one_verified_file(pc: Machine, tmp_path: Path) -> None:
    (made,) = pc.run("backup", "--out", str(tmp_path / "backup"))
    assert Path(str(made["file"])).stat().st_size > 10_000


def test_a_lost_scan_is_said_by_each_command_that_meets_it(pc: Machine, tmp_path: Path) -> None:
    db = ["--db", f"sqlite:///{tmp_path / 'centre.db'}"]
    pc.run("central", "init", *db)
    (request,) = pc.run("key", "request", "--out", str(tmp_path))
    (answer,) = pc.run("central", "enrol", str(request["file"]), *db)
    pc.run("trust", str(answer["file"]))
    with closing(desks.open_desk(tmp_path / "desk", user="", password=PASSWORD)) as desk:
        name = attachments.attach(desk.store, scan(tmp_path))
        a_document(desk, name)
    (sound,) = pc.run("verify")
    assert (sound["ok"], sound["lost_scans"]) == (True, [])
    for kept in (tmp_path / "desk" / FOLDER).iterdir():
        kept.write_bytes(b"x")

    for command, code in (
        (["verify"], 2),
        (["backup", "--out", str(tmp_path / "backup")], 1),
        (["export", "--out", str(tmp_path)], 1),
    ):
        (found,) = pc.run(*command, code=code)
        assert found["lost_scans"] == [name]
        assert name[:8] in pc.errors and "สแกน" in pc.errors
    assert found["records"]
    (verdict,) = pc.run("verify", code=2)
    assert (verdict["ok"], verdict["lines"]) == (False, sound["lines"])
    assert name[:8] in str(verdict["reason"])


def test_the_version_names_program_schema_and_bundle(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert "0.1.0" in capsys.readouterr().out


def test_a_file_named_like_a_command_is_not_taken_for_one_of_the_centre(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "forms").touch()
    monkeypatch.chdir(tmp_path)
    assert main(["--json", "forms"]) == 0
    assert '"code": "P1"' in capsys.readouterr().out


def test_the_door_is_shown_without_what_the_commands_need() -> None:
    asked = "import sys, app.cli, app.ui.shell.start; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    read = set(ran.stdout.split())
    assert "app.ui.shell.sign_in" in read
    assert not read & {"app.cli.desk", "app.services.central", "reportlab", "alembic"}


def test_a_command_speaks_english_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        assert main(["--language", "en", "print", "no_such_form", "sample", "--out", "x"]) == 2
    finally:
        i18n.use("th")
    assert capsys.readouterr().err.startswith("There is no form named no_such_form")
