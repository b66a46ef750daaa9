"""The programme as data: offices, fund rounds and the papers a loan needs, each with its source."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from app.core import codes, paths
from app.core.programme_file import Node, open_file


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
    whole = open_file(path)
    found = [Office(row.text("code"), row.text("name")) for row in whole.each("offices")]
    if len({office.code for office in found}) != len(found):
        raise whole.damage("offices")
    return tuple(found)


def read_rounds(path: Path) -> tuple[Round, ...]:
    """Read a file of fund rounds. Raises UserError naming the file and the key that is wrong."""
    whole = open_file(path)
    version = whole.whole("version")
    return tuple(_round(row, version, whole.names("sources")) for row in whole.each("rounds"))


def read_loan_documents(path: Path) -> LoanDocuments:
    """Read a list of papers. Raises UserError naming the file and the key that is wrong."""
    whole = open_file(path)
    names = whole.names("sources")
    lists = whole.inner("documents")
    return LoanDocuments(
        whole.whole("version"),
        *(
            tuple(_loan_document(row, names) for row in lists.each(party))
            for party in ("individual", "group", "guarantor")
        ),
    )


def _round(row: Node, version: int, names: dict[str, str]) -> Round:
    tiers = row.inner("tiers")
    return Round(
        version=version,
        code=row.text("code"),
        name=row.text("name"),
        apply_from=row.day("apply_from"),
        apply_to=row.day("apply_to", least=row.day("apply_from")),
        extensions=tuple(
            Extension(extension.day("apply_to"), extension.text("letter_no"))
            for extension in row.each("extensions")
        ),
        contract_by=row.maybe("contract_by", row.day),
        national_frame=row.hundredths("national_frame"),
        base_rate=row.hundredths("base_rate"),
        free_instalments=row.whole("free_instalments"),
        principal_grace=row.maybe("principal_grace", row.whole),
        principal_unit=_unit(row),
        day_count=row.one_of("day_count", DAY_COUNTS),
        needs_homeworker_registration=row.flag("needs_homeworker_registration"),
        individual=_tier(tiers.inner("individual")),
        group=_tier(tiers.inner("group")),
        least_age=row.whole("least_age"),
        guarantor_least_age=row.whole("guarantor_least_age"),
        guarantor_least_salary=row.hundredths("guarantor_least_salary"),
        sources=row.cited("sources", names),
    )


def _unit(row: Node) -> int:
    found = row.hundredths("principal_unit")
    if not found:
        raise row.damage("principal_unit")
    return found


def _tier(row: Node) -> Tier:
    return Tier(
        announced_least=row.maybe("announced_least", row.hundredths),
        most=row.hundredths("most"),
        most_months=row.whole("most_months"),
        least_capital=row.hundredths("least_capital"),
        least_members=row.whole("least_members"),
        least_months_together=row.whole("least_months_together"),
    )


def _loan_document(row: Node, names: dict[str, str]) -> LoanDocument:
    guarantors = row.texts("guarantors") if "guarantors" in row.keys else ()
    if row.text("kind") not in dict(codes.DOCUMENT_KINDS):
        raise row.damage("kind")
    if not set(guarantors) <= set(dict(codes.GUARANTOR_KINDS)):
        raise row.damage("guarantors")
    if row.text("source") not in names:
        raise row.damage("source")
    return LoanDocument(
        row.text("kind"),
        row.text("text"),
        row.flag("required"),
        names[row.text("source")],
        guarantors,
    )
