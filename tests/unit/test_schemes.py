"""The standards as data: what is shipped, and a broken file that says which key is wrong."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.core import paths
from app.core.errors import UserError
from app.core.fields import check
from app.core.schemes import UNPUBLISHED, Scheme, read_schemes, schemes
from app.models.certification import CHECKLIST_ITEM
from app.reports.registry import FORMS

FOLDER = paths.resource("programme", "schemes")
CODES = sorted(schemes())


def test_the_standards_of_the_programme_are_there_in_their_order() -> None:
    assert list(schemes()) == [
        "fda_place", "fda_product", "tcps", "halal", "gap", "organic", "otop", "gi",
    ]  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_every_item_fits_a_file_and_names_its_source(code: str) -> None:
    for item in schemes()[code].items:
        row = {"code": item.code, "text": item.text, "need": item.need}
        assert not [
            problem for field in CHECKLIST_ITEM for problem in check(field, row[field.name])
        ]
        assert item.source in schemes()[code].sources.values()


def test_a_service_has_no_standard_and_food_has_its_place_before_its_number() -> None:
    assert all("service" not in scheme.kinds for scheme in schemes().values())
    (first,) = schemes()["fda_product"].prerequisites
    assert (first.kinds, first.schemes) == (("food",), ("fda_place",))
    assert schemes()["fda_place"].items[2].need == schemes()["fda_place"].items[3].need == "choice"


def test_what_rests_on_general_knowledge_is_not_published() -> None:
    tcps = schemes()["tcps"]
    assert tcps.published("years_valid") == tcps.published("no_such_key") == ""
    assert tcps.published("kinds").startswith("S20: สมอ.")
    assert (tcps.years_valid, tcps.follow_ups, tcps.has_samples) == (3, (1, 2), True)
    for scheme in schemes().values():
        assert all(set(keys) <= set(scheme.sources) for keys in scheme.cited.values())
        assert set(UNPUBLISHED) & set(scheme.sources) == {"GK"}


@pytest.mark.parametrize(
    ("number", "is_right"),
    [
        ("มผช. 1/2560", True),
        ("มผช.1461/2564", True),
        ("มผช. 0/2560", False),
        ("มผช. 1/60", False),
        ("มผช. 1/2560 ข", False),
        ("1/2560", False),
        ("มผชx 1/2560", False),
    ],
)
def test_a_standard_is_numbered_as_its_form_says(number: str, is_right: bool) -> None:
    assert schemes()["tcps"].numbers_standards(number) is is_right
    assert schemes()["halal"].numbers_standards(number)


def test_a_standard_is_in_force_between_its_days(tmp_path: Path) -> None:
    scheme = changed(tmp_path, {"valid_from": "2025-01-01", "valid_to": "2025-12-31"})
    days = [date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1)]
    assert [scheme.is_in_force(day) for day in days] == [False, True, True, False]
    assert changed(tmp_path, {}).is_in_force(date(2999, 1, 1))


@pytest.mark.parametrize(
    ("key", "to", "named"),
    [
        ("code", "other", "code"),
        ("name", " ", "name"),
        ("version", "1", "version"),
        ("valid_to", "2020-01-01", "valid_to"),
        ("kinds", [], "kinds"),
        ("kinds", ["drink"], "kinds.0"),
        ("numbers", ["phone"], "numbers.0"),
        ("years_valid", "3", "years_valid"),
        ("follow_ups", [2, 1], "follow_ups"),
        ("follow_ups", [0], "follow_ups.0"),
        ("follow_ups", ["1"], "follow_ups.0"),
        ("samples", 1, "samples"),
        (
            "prerequisites",
            [{"kinds": ["food"], "schemes": ["unheard"]}],
            "prerequisites.0.schemes.0",
        ),
        ("prerequisites", [{"kinds": [], "schemes": ["tcps"]}], "prerequisites.0.kinds"),
        ("items", [], "items"),
        ("items", [{"code": "a", "text": "ก", "need": "must", "source": "GK"}] * 2, "items"),
        ("items", [{"code": "a", "text": "ก", "need": "now", "source": "GK"}], "items.0.need"),
        ("items", [{"code": "a", "text": "ก", "need": "must", "source": "?"}], "items.0.source"),
        ("cited", {"kinds": ["S99"]}, "cited.kinds.0"),
        ("cited", {"kinds": []}, "cited.kinds"),
    ],
)
def test_a_damaged_file_is_named_by_its_key(
    tmp_path: Path, key: str, to: object, named: str
) -> None:
    with pytest.raises(UserError) as refused:
        changed(tmp_path, {key: to})
    assert refused.value.code == "programme_data"
    assert "tcps.json" in refused.value.sentence
    assert f" {named} " in refused.value.sentence


def changed(folder: Path, values: dict[str, Any]) -> Scheme:
    """Read the shipped standards with some keys of the community standard changed."""
    target = folder / "schemes"
    shutil.copytree(FOLDER, target, dirs_exist_ok=True)
    path = target / "tcps.json"
    whole = json.loads(path.read_text(encoding="utf-8")) | values
    path.write_text(json.dumps(whole), encoding="utf-8")
    return read_schemes(target)["tcps"]


@pytest.mark.parametrize("code", CODES)
def test_every_standard_prints_on_a_form_that_there_is(code: str) -> None:
    assert FORMS[schemes()[code].form].entity == "certification"
