"""Whatever is described has its place in the window, in the figures and on paper.

What has none yet stands here with its reason; a reason that no longer holds fails as well.
"""

import ast
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import app.models
import app.reports
import app.services
from app.core import codes
from app.core.fields import Kind
from app.models.records.base import Writer, entities, fields_of
from app.services.figures.overview import FUNNEL, TO_DO
from app.services.figures.questions import OF_DISTRICT, QUESTIONS, SLOW
from app.services.records import records
from app.services.records.moves import has_moves
from app.ui.pages.overview_words import PEOPLE, RESULTS
from app.ui.records.page import Page, owner_of, pages
from app.ui.shell.navigation import entries

NOT_IN_THE_FORM = {
    "certification.template_version": "whose items they are; no page shows it yet",
    "certification.items": "the checklist of the form asks them, one row each",
    "loan_file.schedule": "the instalment table on paper shows it; no page does yet",
    "enrolment.attended": "the grid of the class has a column for each day",
    "enrolment.certificate_on": "a step asks for it, the results print it; no page yet",
}
NOT_MADE_IN_THE_WINDOW = {
    "allotment_letter": "the letters of a budget have no page yet",
    "office": "the desk writes it when it is set up",
    "person_link": "the page of double entries writes it: one person, entered twice",
    "round_extension": "the letters of a round have no page yet",
    "user": "the desk writes it when it is set up and when a name is added",
}
NOT_ON_THE_PAGE_OF = {
    "enrolment.person": "a person's classes are found by the list of a class",
    "enrolment.group": "a group's trainees are found by the list of a class",
    "guarantor.person": "whom a person guarantees for is said by the rules, not listed yet",
    "loan_file.group": "the files of a group are found on the page of loans",
    "loan_file.person": "the files of a person are found on the page of loans",
    "person_link.person": "the page of double entries shows both",
    "person_link.other": "the page of double entries shows both",
}
NOT_WORDED = {
    "app.reports.certification.NEEDS: must": "what must be there is printed without a remark",
    "app.reports.loans.DOCUMENTS: other": "the form writes what it is on the line for others",
}
NO_WORDS = ("app.services.demonstration",)  # what it draws from is no wording


def test_every_described_field_stands_in_the_form_of_its_page() -> None:
    missing = {
        f"{page.type}.{field.name}"
        for page in pages().values()
        for field in records.fields(page.type)
        if field.name not in shown(page)
    } | {
        f"{related.type}.{field.name}"
        for page in pages().values()
        for related in page.related
        if related.type not in pages()
        for field in records.fields(related.type)
        # the form of a related list has all that is typed
        if field.derived and field.name not in {*related.columns, *on_the_strip(related.type)}
    }

    assert missing == set(NOT_IN_THE_FORM)


def test_a_section_and_a_column_name_described_fields_only() -> None:
    for page in pages().values():
        described = {field.name for field in records.fields(page.type)}
        assert shown(page) <= described, page.type
        for related in page.related:
            of_theirs = {field.name for field in records.fields(related.type)}
            assert {related.link, *related.columns} <= of_theirs, (page.type, related.type)


def test_every_record_type_that_an_office_writes_can_be_made_in_the_window() -> None:
    made = {
        related.type for page in pages().values() for related in page.related if related.can_add
    }
    missing = {
        type_
        for type_, entity in entities().items()
        if entity.writer is Writer.OFFICE and type_ not in {*made, *pages()}
    }

    assert missing == set(NOT_MADE_IN_THE_WINDOW)
    assert all(owner_of(type_) is None for type_ in missing)


def test_every_relation_to_a_group_or_a_person_is_shown_on_its_page() -> None:
    listed = {
        f"{related.type}.{related.link}"
        for type_ in ("group", "person")
        for related in pages()[type_].related
    }
    relations = {
        f"{type_}.{field.name}"
        for type_ in entities()
        for field in records.fields(type_)
        if field.kind is Kind.RECORD and field.target in ("group", "person")
    }

    assert relations - listed == set(NOT_ON_THE_PAGE_OF)


def test_every_page_has_a_place_and_a_key_of_its_own() -> None:
    places = sorted(page.place for page in pages().values())
    keys = sorted(entry.keys for entry in entries() if entry.keys)

    assert places == sorted(set(places))
    assert keys == sorted(set(keys))


def test_every_figure_that_is_counted_is_shown() -> None:
    shown_figures = {*FUNNEL, *TO_DO, *RESULTS, *PEOPLE}

    assert shown_figures == {*QUESTIONS, *SLOW}


def test_every_class_of_a_record_is_named_where_records_are_described() -> None:
    classes = {
        node.name
        for path in Path(app.models.__path__[0]).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.ClassDef)
        and any(getattr(base, "id", "") == "Record" for base in node.bases)
    }

    assert classes == {entity.__name__ for entity in entities().values()}, (
        "name its module in _DESCRIBED_IN of app/models/records/base.py"
    )


def test_every_type_that_is_counted_has_its_district() -> None:
    counted = {question.type for question in [*QUESTIONS.values(), *SLOW.values()]}

    assert counted | set(narrowed_by_name()) <= set(OF_DISTRICT) <= set(entities())


def test_every_code_of_a_choice_has_its_word_wherever_it_is_printed() -> None:
    missing = {
        f"{place}: {code}"
        for place, words in worded()
        for code in dict(choice_of(words)).keys() - words.keys()
    }

    assert missing == set(NOT_WORDED)


def test_the_words_of_a_choice_are_found_though_half_of_them_are_gone() -> None:
    found = dict(worded())

    assert choice_of(found["app.reports.training.SEX"]) == codes.SEX
    assert choice_of({"male": "ชาย"}) == codes.SEX
    assert choice_of(dict(list(codes.ROLES)[1:])) == codes.ROLES
    assert choice_of({"passed": "", "failed": "", "a": "", "b": "", "c": ""}) == ()


def shown(page: Page) -> set[str]:
    in_sections = {name for section in page.sections for name in section.fields}
    return {*in_sections, *page.columns, *on_the_strip(page.type)}


def on_the_strip(type_: str) -> tuple[str, ...]:
    return ("status", "status_on", "status_reason") if has_moves(type_) else ()


def narrowed_by_name() -> Iterator[str]:
    """Give the types that a statement narrows to a district by their names."""
    for path in Path(app.services.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "within":
                assert node.args, path
                if isinstance(node.args[0], ast.Constant):
                    yield str(node.args[0].value)


def worded() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Give the tables of words for the codes of a choice, each where it is most at home."""
    found: dict[int, tuple[str, Mapping[str, str]]] = {}
    for package in (app.reports, app.services):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.startswith(NO_WORDS):
                continue
            for name, table in vars(import_module(module.name)).items():
                place, words = f"{module.name}.{name}", as_words(table)
                known = found.get(id(table), (place, words))
                if words and choice_of(words):
                    found[id(table)] = min(known, (place, words), key=lambda each: len(each[0]))
    yield from found.values()


def as_words(table: Any) -> dict[str, str]:
    """Give a table of (code, word), {} for anything else."""
    pairs = list(table.items()) if isinstance(table, dict) else table
    is_table = isinstance(pairs, list | tuple) and all(
        isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(part, str) for part in pair)
        for pair in pairs
    )
    return dict(pairs) if is_table else {}


def choice_of(words: Mapping[str, str]) -> codes.Choices:
    """Give the choice that a table words: most of its codes are the table's, () for none."""
    likeness = {
        choices: len(words.keys() & dict(choices)) / len(words.keys() | dict(choices))
        for choices in every_choice()
    }
    best = max(likeness, key=lambda choices: likeness[choices])
    return best if likeness[best] >= 0.5 else ()


def every_choice() -> Iterator[codes.Choices]:
    for entity in entities().values():
        for field in fields_of(entity):
            for part in (field, *field.rows):
                if part.choices:
                    yield part.choices
