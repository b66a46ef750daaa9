"""A loan file of the Home Workers Fund, the round it belongs to, its guarantors and papers."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped

from app.core import codes
from app.core.fields import Field, Kind
from app.core.i18n import N_
from app.models.records.base import Record, Writer, field

PURPOSE_LINE = (
    Field("item", N_("Item"), Kind.TEXT, required=True, most=200),
    Field("quantity", N_("Quantity"), Kind.WHOLE, required=True, least=1, most=1_000_000),
    Field("unit_price", N_("Price each (baht)"), Kind.BAHT, required=True, least=1),
)

ATTACHMENT = (
    Field("file", N_("Attached file"), Kind.FILE, required=True),
    Field("title", N_("What it shows"), Kind.TEXT, most=100),
)

INSTALMENT = (
    Field("number", N_("Instalment"), Kind.WHOLE, required=True),
    Field("due_on", N_("Due"), Kind.DATE),
    Field("principal", N_("Principal (baht)"), Kind.BAHT, required=True),
    Field("interest", N_("Interest (baht)"), Kind.BAHT, required=True),
    Field("balance", N_("Balance (baht)"), Kind.BAHT, required=True),
)


class FundRound(Record):
    """A round of the fund as the centre announces it; the shipped rounds are programme data."""

    __tablename__ = "fund_round"
    label = N_("Fund round")
    writer = Writer.CENTRE

    code: Mapped[str | None] = field(N_("Round"), Kind.TEXT, required=True, index=True)
    name: Mapped[str | None] = field(N_("Name"), Kind.TEXT, required=True)
    apply_from: Mapped[str | None] = field(N_("Applications from"), Kind.DATE, required=True)
    apply_to: Mapped[str | None] = field(N_("Applications until"), Kind.DATE, required=True)
    contract_by: Mapped[str | None] = field(N_("Contract by"), Kind.DATE)
    individual_most: Mapped[int | None] = field(N_("Ceiling for a person (baht)"), Kind.BAHT)
    individual_months: Mapped[int | None] = field(N_("Months for a person"), Kind.WHOLE)
    group_most: Mapped[int | None] = field(N_("Ceiling for a group (baht)"), Kind.BAHT)
    group_months: Mapped[int | None] = field(N_("Months for a group"), Kind.WHOLE)
    free_instalments: Mapped[int | None] = field(N_("Instalments without interest"), Kind.WHOLE)
    base_rate: Mapped[int | None] = field(N_("Interest in hundredths of a percent"), Kind.WHOLE)
    pot: Mapped[int | None] = field(N_("Whole frame (baht)"), Kind.BAHT)
    needs_homeworker_registration: Mapped[bool | None] = field(
        N_("Only registered home workers"), Kind.FLAG
    )


class RoundExtension(Record):
    """A letter that moves the closing date of a round; the head of the office records it."""

    __tablename__ = "round_extension"
    label = N_("Extension of a round")

    round: Mapped[str | None] = field(N_("Round"), Kind.TEXT, required=True, index=True)
    apply_to: Mapped[str | None] = field(N_("Applications until"), Kind.DATE, required=True)
    letter_no: Mapped[str | None] = field(N_("Letter number"), Kind.TEXT, required=True)
    letter_on: Mapped[str | None] = field(N_("Date of the letter"), Kind.DATE)

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Name the extension by its letter."""
        return str(data.get("letter_no", ""))


class AllotmentLetter(Record):
    """What the office may still lend in a round, typed from a letter; the centre's figure wins."""

    __tablename__ = "allotment_letter"
    label = N_("Allotment")

    round: Mapped[str | None] = field(N_("Round"), Kind.TEXT, required=True, index=True)
    amount: Mapped[int | None] = field(N_("Left to lend (baht)"), Kind.BAHT, required=True, least=0)
    as_of: Mapped[str | None] = field(N_("As of"), Kind.DATE, required=True)
    letter_no: Mapped[str | None] = field(N_("Letter number"), Kind.TEXT)

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Name the allotment by its letter."""
        return str(data.get("letter_no", ""))


class LoanFile(Record):
    """One application for a loan, from the first paper to the last instalment."""

    __tablename__ = "loan_file"
    counted = ("group", "disbursed_on", "void_reason")
    label = N_("Loan file")
    listed = True
    numbered = "file_no"
    details = ("amount_requested", "status")

    file_no: Mapped[str | None] = field(N_("File number"), Kind.TEXT, derived=True)
    round: Mapped[str | None] = field(N_("Round"), Kind.TEXT, required=True, index=True)
    borrower_kind: Mapped[str | None] = field(
        N_("Borrower"), Kind.CHOICE, choices=codes.BORROWER_KINDS, required=True
    )
    group: Mapped[str | None] = field(N_("Borrowing group"), Kind.RECORD, target="group")
    person: Mapped[str | None] = field(
        N_("Borrowing person"), Kind.RECORD, target="person", index=True
    )
    amount_requested: Mapped[int | None] = field(
        N_("Amount asked for (baht)"), Kind.BAHT, required=True, least=100
    )
    months: Mapped[int | None] = field(
        N_("Instalments (months)"), Kind.WHOLE, required=True, least=1, most=120
    )
    purpose_lines: Mapped[list[dict[str, Any]] | None] = field(
        N_("What the money is for"), Kind.ROWS, rows=PURPOSE_LINE, most=40
    )
    submitted_on: Mapped[str | None] = field(N_("Submitted on"), Kind.DATE)
    docs_complete_on: Mapped[str | None] = field(N_("Documents complete on"), Kind.DATE)
    borrower_capital: Mapped[int | None] = field(
        N_("Borrower's capital and assets (baht)"), Kind.BAHT, least=0
    )
    continues: Mapped[str | None] = field(
        N_("Restructures the file"), Kind.RECORD, target="loan_file", index=True
    )
    bank: Mapped[str | None] = field(N_("Bank"), Kind.TEXT, most=100)
    account_no: Mapped[str | None] = field(N_("Account number"), Kind.DIGITS, least=8, most=15)
    account_name: Mapped[str | None] = field(N_("Account name"), Kind.TEXT, most=200)
    contract_no: Mapped[str | None] = field(N_("Contract number"), Kind.TEXT, most=60)
    contract_on: Mapped[str | None] = field(N_("Contract signed on"), Kind.DATE)
    disbursed_on: Mapped[str | None] = field(N_("Money transferred on"), Kind.DATE)
    first_due_on: Mapped[str | None] = field(N_("First instalment due on"), Kind.DATE)
    schedule: Mapped[list[dict[str, Any]] | None] = field(
        N_("Instalment table"), Kind.ROWS, rows=INSTALMENT, most=120, derived=True
    )
    note: Mapped[str | None] = field(N_("Note"), Kind.NOTE, most=2000)
    status: Mapped[str | None] = field(
        N_("Status"), Kind.CHOICE, choices=codes.LOAN_STATUSES, default="draft", derived=True
    )
    status_on: Mapped[str | None] = field(N_("Status since"), Kind.DATE, derived=True)
    status_reason: Mapped[str | None] = field(
        N_("Reason for the status"), Kind.NOTE, most=500, derived=True
    )

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Name the file by its number."""
        return str(data.get("file_no", ""))

    @classmethod
    def search_words(cls, data: Mapping[str, Any]) -> list[str]:
        """Find by file number and contract number."""
        return [str(data.get(name, "")) for name in ("file_no", "contract_no")]


class Guarantor(Record):
    """Who answers for a loan."""

    __tablename__ = "guarantor"
    label = N_("Guarantor")

    loan_file: Mapped[str | None] = field(
        N_("Loan file"), Kind.RECORD, target="loan_file", required=True, index=True
    )
    person: Mapped[str | None] = field(
        N_("Person"), Kind.RECORD, target="person", required=True, index=True
    )
    kind: Mapped[str | None] = field(
        N_("Qualified as"), Kind.CHOICE, choices=codes.GUARANTOR_KINDS, required=True
    )
    employer: Mapped[str | None] = field(N_("Place of work"), Kind.TEXT, most=200)
    salary: Mapped[int | None] = field(N_("Salary a month (baht)"), Kind.BAHT, least=0)
    spouse_consent: Mapped[bool | None] = field(N_("Spouse agrees"), Kind.FLAG)

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Return "": a guarantor is named by the person and the file."""
        return ""


class Document(Record):
    """A paper that belongs to a loan file: seen, missing or to be corrected."""

    __tablename__ = "document"
    label = N_("Document")

    loan_file: Mapped[str | None] = field(
        N_("Loan file"), Kind.RECORD, target="loan_file", required=True, index=True
    )
    kind: Mapped[str | None] = field(
        N_("Document"), Kind.CHOICE, choices=codes.DOCUMENT_KINDS, required=True
    )
    status: Mapped[str | None] = field(
        N_("State of the paper"), Kind.CHOICE, choices=codes.DOCUMENT_STATUSES, required=True
    )
    certified: Mapped[bool | None] = field(N_("Copy certified"), Kind.FLAG)
    seen_on: Mapped[str | None] = field(N_("Seen on"), Kind.DATE)
    seen_by: Mapped[str | None] = field(N_("Seen by"), Kind.TEXT, most=200)
    note: Mapped[str | None] = field(N_("Note"), Kind.TEXT, most=200)
    attachments: Mapped[list[dict[str, Any]] | None] = field(
        N_("Scans and pictures"), Kind.ROWS, rows=ATTACHMENT, most=20
    )

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Return "": a document is named by its kind."""
        return ""
