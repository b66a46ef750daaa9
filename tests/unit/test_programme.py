"""Programme data: the announced facts, and a broken file that says which key is wrong."""

import json
from datetime import date

import pytest

from app.core import codes, paths, places, programme
from app.core.errors import UserError
from app.core.i18n import _


def test_there_are_86_offices_one_a_province_and_ten_in_bangkok():
    offices = {office.code: office.name for office in programme.offices()}

    assert len(offices) == 86
    assert {code for code in offices if len(code) == 2} == {
        place.code[:2] for place in places.all_places() if not place.code.startswith("10")
    }
    assert [code for code in offices if len(code) == 3] == [
        f"10{letter}" for letter in "ABCDEFGHIJ"
    ]
    assert offices["15"] == "สำนักงานจัดหางานจังหวัดอ่างทอง"
    assert offices["10J"] == "สำนักงานจัดหางานกรุงเทพมหานครพื้นที่ 10"


def test_a_provincial_office_is_named_after_its_province():
    for office in programme.offices():
        if len(office.code) == 2:
            assert office.name == f"สำนักงานจัดหางานจังหวัด{places.province_name(office.code)}"


def test_the_announced_round_has_the_figures_of_the_announcement():
    (announced,) = programme.rounds()

    assert announced.apply_from == date(2024, 12, 1)
    assert announced.closes_on == announced.apply_to == date(2025, 3, 31)
    assert announced.contract_by is None
    assert announced.national_frame == 5_000_000_00
    assert announced.base_rate == 300
    assert announced.free_instalments == 24
    assert announced.needs_homeworker_registration
    assert (announced.individual.most, announced.individual.most_months) == (50_000_00, 24)
    assert (announced.group.most, announced.group.most_months) == (300_000_00, 60)
    assert announced.tier("individual") is announced.individual
    assert announced.tier("group") is announced.group


def test_every_figure_of_the_round_names_its_source():
    (announced,) = programme.rounds()

    assert announced.sources["free_instalments"] == (
        "Thansettakij, thansettakij.com/news/615749",
        "Thairath, thairath.co.th/news/politic/2782815",
    )
    assert all(announced.sources.values())


def test_an_office_holder_brings_an_order_of_appointment_and_an_employee_a_salary_certificate():
    papers = {paper.kind: paper for paper in programme.loan_documents().guarantor}

    assert papers["appointment_order"].guarantors == ("local_authority", "village_head")
    assert set(papers["salary_certificate"].guarantors) | set(
        papers["appointment_order"].guarantors
    ) == set(dict(codes.GUARANTOR_KINDS))


def test_a_group_brings_its_resolution_and_nobody_is_asked_twice_for_one_paper():
    papers = programme.loan_documents()

    assert "group_resolution" in {paper.kind for paper in papers.group}
    assert "group_resolution" not in {paper.kind for paper in papers.individual}
    for party in (papers.individual, papers.group, papers.guarantor):
        kinds = [paper.kind for paper in party]
        assert len(set(kinds)) == len(kinds)
    assert not next(paper for paper in papers.group if paper.kind == "spouse_consent").required


def test_every_choice_has_its_own_code_and_its_own_thai_label():
    lists = {name: value for name, value in vars(codes).items() if isinstance(value, tuple)}

    assert len(lists) >= 20
    for name, choices in lists.items():
        labels = [_(label) for _code, label in choices]
        assert len(set(labels)) == len(labels) == len(dict(choices)), name


READERS = {
    "offices": programme.read_offices,
    "rounds": programme.read_rounds,
    "loan_documents": programme.read_loan_documents,
}


def changed(name, tmp_path, *steps, to):
    """Write a shipped file with one value changed, or left out where `to` is None."""
    whole = json.loads(paths.resource("programme", f"{name}.json").read_text(encoding="utf-8"))
    *way, last = steps
    inner = whole
    for step in way:
        inner = inner[step]
    if to is None:
        del inner[last]
    else:
        inner[last] = to
    path = tmp_path / f"{name}.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


ROUND = ("rounds", 0)


@pytest.mark.parametrize(
    ("name", "steps", "to", "key"),
    [
        ("offices", ("version",), "1", "version"),
        ("offices", ("version",), -1, "version"),
        ("offices", ("valid_from",), "1 ต.ค. 2567", "valid_from"),
        ("offices", ("valid_to",), "2024-01-01", "valid_to"),
        ("offices", ("valid_to",), None, "valid_to"),
        ("offices", ("sources", "S1"), " ", "sources.S1"),
        ("offices", ("offices", 3, "code"), "10A", "offices"),
        ("offices", ("offices", 3), "10D", "offices.3"),
        ("offices", ("offices",), {}, "offices"),
        ("rounds", (*ROUND, "apply_to"), "2024-11-30", "rounds.0.apply_to"),
        ("rounds", (*ROUND, "apply_to"), "2025-02-29", "rounds.0.apply_to"),
        ("rounds", (*ROUND, "base_rate"), 3.125, "rounds.0.base_rate"),
        ("rounds", (*ROUND, "base_rate"), -1, "rounds.0.base_rate"),
        ("rounds", (*ROUND, "principal_unit"), 0, "rounds.0.principal_unit"),
        ("rounds", (*ROUND, "day_count"), "actual_360", "rounds.0.day_count"),
        (
            "rounds",
            (*ROUND, "needs_homeworker_registration"),
            1,
            "rounds.0.needs_homeworker_registration",
        ),
        ("rounds", (*ROUND, "contract_by"), None, "rounds.0.contract_by"),
        ("rounds", (*ROUND, "tiers", "group", "most"), True, "rounds.0.tiers.group.most"),
        ("rounds", (*ROUND, "sources", "least_age"), ["S99"], "rounds.0.sources.least_age.0"),
        ("rounds", (*ROUND, "sources", "least_age"), [3], "rounds.0.sources.least_age.0"),
        ("loan_documents", ("documents", "group", 0, "kind"), "passport", "documents.group.0.kind"),
        ("loan_documents", ("documents", "group", 0, "source"), "S99", "documents.group.0.source"),
        (
            "loan_documents",
            ("documents", "guarantor", 2, "guarantors"),
            ["uncle"],
            "documents.guarantor.2.guarantors.0",
        ),
    ],
)
def test_a_broken_file_names_itself_and_the_key(tmp_path, name, steps, to, key):
    path = changed(name, tmp_path, *steps, to=to)

    with pytest.raises(UserError) as refused:
        READERS[name](path)

    assert refused.value.code == "programme_data"
    assert f"{name}.json" in refused.value.sentence
    assert f" {key} " in refused.value.sentence


@pytest.mark.parametrize("content", ["", "[]", "3", "{", '{"version": 1}'])
def test_a_file_of_another_form_is_refused(tmp_path, content):
    path = tmp_path / "rounds.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(UserError, match=r"rounds\.json"):
        programme.read_rounds(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(UserError, match=r"offices\.json"):
        programme.read_offices(tmp_path / "offices.json")


def test_an_extension_moves_the_closing_date_and_keeps_the_first_one(tmp_path):
    letter = [{"apply_to": "2025-04-30", "letter_no": "รง 0309/1"}]
    path = changed("rounds", tmp_path, *ROUND, "extensions", to=letter)

    (extended,) = programme.read_rounds(path)

    assert extended.closes_on == date(2025, 4, 30)
    assert extended.apply_to == date(2025, 3, 31)


def test_a_rate_with_decimals_is_kept_exactly(tmp_path):
    path = changed("rounds", tmp_path, *ROUND, "base_rate", to=3.25)

    assert programme.read_rounds(path)[0].base_rate == 325
