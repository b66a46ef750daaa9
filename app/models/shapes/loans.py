"""The shapes of the records of loans. Written by devtools.shapes, never by hand."""

from typing import TypedDict

from app.models.records.record_type import RecordType
from app.models.shapes.parts import AnyRecord


class Allotment(AnyRecord, total=False):
    """Allotment of the central office."""

    round: str
    amount: int  # satang
    left: int  # satang
    as_of: str


ALLOTMENT = RecordType[Allotment]("allotment")


class AllotmentLetter(AnyRecord, total=False):
    """Allotment."""

    round: str
    amount: int  # satang
    as_of: str
    letter_no: str


ALLOTMENT_LETTER = RecordType[AllotmentLetter]("allotment_letter")


class DecisionLetter(AnyRecord, total=False):
    """Decision letter."""

    loan_file: str  # the id of a loan_file
    outcome: str
    amount: int  # satang
    decided_on: str
    body: str
    meeting: str
    letter_no: str
    contract_by: str
    reason: str


DECISION_LETTER = RecordType[DecisionLetter]("decision_letter")


class DocumentAttachmentsRow(TypedDict, total=False):
    """A row of attachments."""

    file: str
    title: str


class Document(AnyRecord, total=False):
    """Document."""

    loan_file: str  # the id of a loan_file
    kind: str
    status: str
    certified: bool
    seen_on: str
    seen_by: str
    note: str
    attachments: list[DocumentAttachmentsRow]


DOCUMENT = RecordType[Document]("document")


class FundRound(AnyRecord, total=False):
    """Fund round."""

    code: str
    name: str
    apply_from: str
    apply_to: str
    contract_by: str
    individual_most: int  # satang
    individual_months: int
    group_most: int  # satang
    group_months: int
    free_instalments: int
    base_rate: int
    pot: int  # satang
    needs_homeworker_registration: bool


FUND_ROUND = RecordType[FundRound]("fund_round")


class Guarantor(AnyRecord, total=False):
    """Guarantor."""

    loan_file: str  # the id of a loan_file
    person: str  # the id of a person
    kind: str
    employer: str
    salary: int  # satang
    spouse_consent: bool


GUARANTOR = RecordType[Guarantor]("guarantor")


class LoanDecision(AnyRecord, total=False):
    """Decision on a loan."""

    loan_file: str  # the id of a loan_file
    outcome: str
    amount: int  # satang
    decided_on: str
    meeting: str
    contract_by: str
    reason: str


LOAN_DECISION = RecordType[LoanDecision]("loan_decision")


class LoanFilePurposeLinesRow(TypedDict, total=False):
    """A row of purpose_lines."""

    item: str
    quantity: int
    unit_price: int  # satang


class LoanFileScheduleRow(TypedDict, total=False):
    """A row of schedule."""

    number: int
    due_on: str
    principal: int  # satang
    interest: int  # satang
    balance: int  # satang


class LoanFile(AnyRecord, total=False):
    """Loan file."""

    file_no: str
    round: str
    borrower_kind: str
    group: str  # the id of a group
    person: str  # the id of a person
    amount_requested: int  # satang
    months: int
    purpose_lines: list[LoanFilePurposeLinesRow]
    submitted_on: str
    docs_complete_on: str
    borrower_capital: int  # satang
    continues: str  # the id of a loan_file
    bank: str
    account_no: str
    account_name: str
    contract_no: str
    contract_on: str
    disbursed_on: str
    first_due_on: str
    schedule: list[LoanFileScheduleRow]
    note: str
    status: str
    status_on: str
    status_reason: str


LOAN_FILE = RecordType[LoanFile]("loan_file")


class Payment(AnyRecord, total=False):
    """Payment."""

    loan_file: str  # the id of a loan_file
    paid_on: str
    amount: int  # satang
    receipt_no: str
    channel: str
    note: str


PAYMENT = RecordType[Payment]("payment")


class RoundExtension(AnyRecord, total=False):
    """Extension of a round."""

    round: str
    apply_to: str
    letter_no: str
    letter_on: str


ROUND_EXTENSION = RecordType[RoundExtension]("round_extension")
