"""The programme as data: offices, fund rounds and the papers a loan needs, each with its source."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from app.core import codes, paths, programme_data, schema
from app.core.programme_data import Data, hundredths
from app.core.schema import Rule


@dataclass(frozen=True, slots=True)
class Office:
    """One of the 86 employment offices: 76 provinces by their two digits, Bangkok 10A to 10J."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Tier:
    """What one kind of borrower may ask of a round; money in satang.

    `announced_least` is the least of the press release, which the fund's own rule does not know:
    below it is a warning. `least_months_together` counts from the founding of a group.
    """

    announced_least: int | None
    most: int
    most_months: int
    least_capital: int
    least_members: int
    least_months_together: int


@dataclass(frozen=True, slots=True)
class Extension:
    """A later closing date, and the letter that gave it."""

    apply_to: date
    letter_no: str


DAY_COUNTS = ("twelfths", "actual_365")


@dataclass(frozen=True, slots=True)
class Round:
    """One lending round of the Home Workers Fund; None where no published text says.

    Money in satang, `base_rate` in hundredths of a percent a year, `free_instalments` counts
    instalments from the first. A principal is a multiple of `principal_unit`, but for the last;
    `day_count` is one of DAY_COUNTS: a month's interest is a twelfth of the year's, or goes by its
    days in 365. `sources` names the published texts behind each key.
    """

    version: int
    code: str
    name: str
    apply_from: date
    apply_to: date
    extensions: tuple[Extension, ...]
    contract_by: date | None
    national_frame: int
    base_rate: int
    free_instalments: int
    principal_grace: int | None
    principal_unit: int
    day_count: str
    needs_homeworker_registration: bool
    individual: Tier
    group: Tier
    least_age: int
    guarantor_least_age: int
    guarantor_least_salary: int
    sources: dict[str, tuple[str, ...]]

    def tier(self, borrower_kind: str) -> Tier:
        """Return the ceilings for a code of codes.BORROWER_KINDS."""
        return self.group if borrower_kind == "group" else self.individual

    @property
    def closes_on(self) -> date:
        """The last day to hand in complete documents, extensions counted."""
        return max([self.apply_to, *(extension.apply_to for extension in self.extensions)])


@dataclass(frozen=True, slots=True)
class LoanDocument:
    """One paper to attach; `kind` is a code of codes.DOCUMENT_KINDS, `text` the Thai of the list.

    `guarantors` narrows a guarantor's paper to some codes.GUARANTOR_KINDS; empty means all.
    """

    kind: str
    text: str
    required: bool
    source: str
    guarantors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoanDocuments:
    """The papers of a loan file; a file keeps the `version` of the list it was started with."""

    version: int
    individual: tuple[LoanDocument, ...]
    group: tuple[LoanDocument, ...]
    guarantor: tuple[LoanDocument, ...]


@cache
def offices() -> tuple[Office, ...]:
    """Return the offices in the order of their codes."""
    return read_offices(paths.resource("programme", "offices.json"))


@cache
def rounds() -> tuple[Round, ...]:
    """Return the announced fund rounds, oldest first."""
    return read_rounds(paths.resource("programme", "rounds.json"))


@cache
def loan_documents() -> LoanDocuments:
    """Return the papers that a loan file needs."""
    return read_loan_documents(paths.resource("programme", "loan_documents.json"))


def read_offices(path: Path) -> tuple[Office, ...]:
    """Read a file of offices. Raises UserError naming the file and the key that is wrong."""
    whole = programme_data.read(path, _rules_of_offices)
    return tuple(Office(row["code"], row["name"]) for row in whole["offices"])


def read_rounds(path: Path) -> tuple[Round, ...]:
    """Read a file of fund rounds. Raises UserError naming the file and the key that is wrong."""
    whole = programme_data.read(path, _rules_of_rounds)
    return tuple(_round(row, whole) for row in whole["rounds"])


def read_loan_documents(path: Path) -> LoanDocuments:
    """Read a list of papers. Raises UserError naming the file and the key that is wrong."""
    whole = programme_data.read(path, _rules_of_loan_documents)
    lists = (
        tuple(_loan_document(row, whole) for row in whole["documents"][party]) for party in _PARTIES
    )
    return LoanDocuments(whole["version"], *lists)


def _round(row: Data, whole: Data) -> Round:
    return Round(
        version=whole["version"],
        code=row["code"],
        name=row["name"],
        apply_from=date.fromisoformat(row["apply_from"]),
        apply_to=date.fromisoformat(row["apply_to"]),
        extensions=tuple(
            Extension(date.fromisoformat(each["apply_to"]), each["letter_no"])
            for each in row["extensions"]
        ),
        contract_by=programme_data.day(row["contract_by"]),
        national_frame=hundredths(row["national_frame"]),
        base_rate=hundredths(row["base_rate"]),
        free_instalments=row["free_instalments"],
        principal_grace=row["principal_grace"],
        principal_unit=hundredths(row["principal_unit"]),
        day_count=row["day_count"],
        needs_homeworker_registration=row["needs_homeworker_registration"],
        individual=_tier(row["tiers"]["individual"]),
        group=_tier(row["tiers"]["group"]),
        least_age=row["least_age"],
        guarantor_least_age=row["guarantor_least_age"],
        guarantor_least_salary=hundredths(row["guarantor_least_salary"]),
        sources=programme_data.sources_of(whole, row["sources"]),
    )


def _tier(row: Data) -> Tier:
    announced: Any = row["announced_least"]
    return Tier(
        announced_least=None if announced is None else hundredths(announced),
        most=hundredths(row["most"]),
        most_months=row["most_months"],
        least_capital=hundredths(row["least_capital"]),
        least_members=row["least_members"],
        least_months_together=row["least_months_together"],
    )


def _loan_document(row: Data, whole: Data) -> LoanDocument:
    return LoanDocument(
        row["kind"],
        row["text"],
        row["required"],
        whole["sources"][row["source"]],
        tuple(row.get("guarantors", ())),
    )


_PARTIES = ("individual", "group", "guarantor")
_WHOLE = schema.number(0)
_TIER = schema.record(
    {
        "announced_least": schema.or_none(schema.hundredths),
        "most": schema.hundredths,
        "most_months": _WHOLE,
        "least_capital": schema.hundredths,
        "least_members": _WHOLE,
        "least_months_together": _WHOLE,
    }
)
_EXTENSION = schema.record({"apply_to": schema.day, "letter_no": schema.words})


def _rules_of_offices(_source: Rule) -> dict[str, Rule]:
    office = schema.record({"code": schema.words, "name": schema.words})
    offices = schema.many(office, most=programme_data.MANY)
    return {"offices": programme_data.unlike("code", offices)}


def _rules_of_rounds(source: Rule) -> dict[str, Rule]:
    described = schema.record(
        {
            "code": schema.words,
            "name": schema.words,
            "apply_from": schema.day,
            "apply_to": schema.day,
            "extensions": schema.many(_EXTENSION, most=programme_data.MANY),
            "contract_by": schema.or_none(schema.day),
            "national_frame": schema.hundredths,
            "base_rate": schema.hundredths,
            "free_instalments": _WHOLE,
            "principal_grace": schema.or_none(_WHOLE),
            "principal_unit": schema.where(schema.hundredths, bool),
            "day_count": schema.one_of(*DAY_COUNTS),
            "needs_homeworker_registration": schema.flag,
            "tiers": schema.record({"individual": _TIER, "group": _TIER}),
            "least_age": _WHOLE,
            "guarantor_least_age": _WHOLE,
            "guarantor_least_salary": schema.hundredths,
            "sources": programme_data.cited(source, least=0),
        }
    )
    one = schema.also(described, programme_data.not_before("apply_to", "apply_from"))
    return {"rounds": schema.many(one, most=programme_data.MANY)}


def _rules_of_loan_documents(source: Rule) -> dict[str, Rule]:
    paper = schema.record(
        {
            "kind": schema.one_of(*dict(codes.DOCUMENT_KINDS)),
            "text": schema.words,
            "required": schema.flag,
            "source": source,
        },
        {"guarantors": programme_data.some(dict(codes.GUARANTOR_KINDS), least=0)},
    )
    papers = schema.many(paper, most=programme_data.MANY)
    return {"documents": schema.record(dict.fromkeys(_PARTIES, papers))}
