"""The courses of the programme: the announced facts, and a broken file that names its key."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.core import courses, paths
from app.core.errors import UserError


def test_the_three_digital_courses_are_those_of_the_announcement() -> None:
    names = [course.name for course in courses.courses()]

    assert names[0] == "Social Commerce For Business"
    assert names[1] == "การสร้างคอนเทนต์ทางการตลาดบนสื่อออนไลน์แบบมือโปร"
    assert "ETDA Digital Citizen Plus (EDC Plus)" in names[2]
    for course in courses.courses():
        assert (course.least_seats, course.most_seats) == (100, 500)
        assert (course.begins, course.ends) == (date(2025, 1, 1), date(2025, 7, 31))
        assert set(course.modes) == {"on_site", "live_online"}


def test_what_the_announcement_is_silent_about_is_open_or_marked_as_assumed() -> None:
    for course in courses.courses():
        assert course.hours is None
        assert course.type == "upgrading"
        assert course.sources["type"] == ("โปรแกรมกำหนด ยังไม่มีเอกสารเผยแพร่ ให้สำนักงานตรวจสอบ",)


def test_the_training_rule_has_the_figures_of_the_gazette() -> None:
    rule = courses.training_rule()

    assert rule.least_ages == {"preparation": 15, "upgrading": 18, "supplementary": 15}
    assert (rule.least_attended, rule.least_score) == (80, 60)


@pytest.mark.parametrize(
    ("steps", "to", "key"),
    [
        (("courses", 0, "type"), "hobby", "courses.0.type"),
        (("courses", 0, "modes"), [], "courses.0.modes"),
        (("courses", 1, "modes"), ["by_post"], "courses.1.modes.0"),
        (("courses", 2, "ends"), "2024-12-31", "courses.2.ends"),
        (("courses", 0, "most_seats"), 99, "courses.0.most_seats"),
        (("courses", 1, "code"), "SCB", "courses"),
        (("courses", 0, "sources", "name"), ["S99"], "courses.0.sources.name.0"),
        (("least_ages",), {"upgrading": 18}, "least_ages.preparation"),
        (("least_attended",), 101, "least_attended"),
        (("rule_sources", "least_score"), ["S99"], "rule_sources.least_score.0"),
    ],
)
def test_a_broken_file_names_itself_and_the_key(
    tmp_path: Path, steps: tuple[Any, ...], to: object, key: str
) -> None:
    whole = json.loads(paths.resource("programme", "courses.json").read_text(encoding="utf-8"))
    *way, last = steps
    inner = whole
    for step in way:
        inner = inner[step]
    inner[last] = to
    path = tmp_path / "courses.json"
    path.write_text(json.dumps(whole), encoding="utf-8")

    with pytest.raises(UserError) as refused:
        courses.read_courses(path)
        courses.read_training_rule(path)

    assert refused.value.code == "programme_data"
    assert "courses.json" in refused.value.sentence and f" {key} " in refused.value.sentence
