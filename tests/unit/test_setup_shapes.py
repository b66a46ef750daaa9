"""The shapes of the records: made from the columns, and what mypy refuses by them."""

import re
import subprocess
import sys
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

import pytest

from app.core.fields import Kind
from app.core.kind_rules import RULES
from app.models import shapes as made
from app.models.records.base import COMMON, entities, fields_of
from devtools import shapes

ROOT = Path(__file__).parents[2]

READING = """
from collections.abc import Iterator

from app.core.errors import Problem
from app.models import shapes
from app.services.printing.gathering import shown, texts
from app.services.records.record_view import View
from app.services.records.rules import rule


def read(view: View, file: shapes.LoanFile) -> object:
    right = (file.get("months", 0) + 1, file["bank"].strip(), texts(file, "bank"))
    file.get("monhts")  # "LoanFile" has no field "monhts"
    file["monhts"]  # TypedDict "LoanFile" has no key "monhts"
    file.get("months", 0).strip()  # "int" has no attribute "strip"
    file["bank"] = 3  # Value of "bank" has incompatible type "int"; expected "str"
    file.get("schedule", [])[0].get("due")  # "LoanFileScheduleRow" has no field "due"
    texts(file, "bank", "bnak")  # "LoanFile" has no field "bnak"
    shown(shapes.LOAN_FILE, "kind", file)  # "LoanFile" has no field "kind"
    view.get(shapes.LOAN_FIEL, "")  # Module has no attribute "LOAN_FIEL"
    view.get("loan_file", "")  # Argument 1 to "get" of "View" has incompatible type "str"
    view.where(shapes.PAYMENT, file="")  # "Payment" has no field "file"
    view.where(shapes.PAYMENT, amount="1")  # The field "amount" is int, not
    view.voided(shapes.PAYMENT, file="")  # "Payment" has no field "file"
    return right, view.where(shapes.PAYMENT, loan_file=None), view.get(shapes.GROUP, None)


@rule(shapes.LOAN_FILE)
def right(view: View, record_id: str, data: shapes.LoanFile) -> Iterator[Problem]:
    yield from ()


@rule(shapes.PAYMENT)  # expected "Callable[[View, str, Payment], Iterator[Problem]]"
def wrong(view: View, record_id: str, data: shapes.LoanFile) -> Iterator[Problem]:
    yield from ()
"""


def test_mypy_refuses_what_no_field_of_a_shape_is_and_nothing_else(tmp_path: Path) -> None:
    module = tmp_path / "reading.py"
    module.write_text(READING, encoding="utf-8")
    command = (sys.executable, "-m", "mypy", "--no-pretty", "--hide-error-context", str(module))

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    told = dict(re.findall(r"reading\.py:(\d+): error: (.*)  \[", done.stdout))
    lines = enumerate(READING.splitlines(), 1)
    wanted = {str(number): line.split("  # ")[1] for number, line in lines if "  # " in line}
    assert told.keys() == wanted.keys(), done.stdout + done.stderr
    assert [line for line, words in wanted.items() if words not in told[line]] == []


@pytest.mark.parametrize("type_", sorted(entities()))
def test_a_shape_has_the_fields_of_its_type_and_the_marks_of_any_record(type_: str) -> None:
    entity = entities()[type_]
    hints = get_type_hints(getattr(made, entity.__name__))

    assert getattr(made, type_.upper()) == type_
    assert list(hints) == [*COMMON, *(each.name for each in fields_of(entity))]
    for each in fields_of(entity):
        held = get_origin(hints[each.name]) or hints[each.name]
        if each.kind is Kind.ADDRESS:
            assert held is made.Address
        else:
            assert held is RULES[each.kind].type
        if each.kind is Kind.ROWS:
            (row,) = get_args(hints[each.name])
            assert list(get_type_hints(row)) == [part.name for part in each.rows]


def test_a_stale_shape_and_one_too_many_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shapes, "ROOT", tmp_path)
    monkeypatch.setattr(shapes, "SHAPES", tmp_path / "shapes")
    assert shapes.main("write") == 0
    assert shapes.main("check") == 0
    (tmp_path / "shapes" / "loans.py").write_text("old")
    (tmp_path / "shapes" / "gone.py").write_text("")
    capsys.readouterr()

    assert shapes.main("check") == 1

    said = capsys.readouterr().err
    assert "loans.py is not what the columns say" in said and "gone.py" in said
    assert shapes.main("write") == 0
    assert shapes.main("check") == 0
    assert not (tmp_path / "shapes" / "gone.py").exists()
