"""The page of the loan files."""

from app.core.i18n import N_
from app.services.loans import loan_documents, loan_lists, restructuring, rounds, summary
from app.ui.records.form_sections import Section
from app.ui.records.page import Action, OnRecord, Page, Related, page


def _go_on(page: OnRecord) -> None:
    """Begin the file that goes on from the restructured one in the form."""
    record = page.record
    if record is not None:
        page.begin_with("loan_file", lambda store: restructuring.begun_from(store, record.id))


PAGE = page(
    Page(
        type="loan_file",
        title=N_("Loan files"),
        new=N_("New loan file"),
        icon="loan",
        place=6,
        columns=("file_no", "group", "person", "amount_requested", "status", "submitted_on"),
        sections=(
            Section(
                N_("Who borrows"),
                ("round", "borrower_kind", "group", "person", "submitted_on",
                 "docs_complete_on"),
            ),
            Section(
                N_("Amount and purpose"),
                ("amount_requested", "months", "borrower_capital", "purpose_lines"),
            ),
            Section(N_("Account"), ("bank", "account_no", "account_name")),
            Section(
                N_("Contract"),
                ("contract_no", "contract_on", "disbursed_on", "first_due_on", "continues",
                 "note"),
            ),
        ),
        related=(
            Related(
                "guarantor", "loan_file", N_("Guarantors"),
                ("person", "kind", "employer", "salary"),
            ),
            Related(
                "document", "loan_file", N_("Documents"),
                ("kind", "status", "note", "certified", "seen_on", "attachments"),
            ),
            Related(
                "decision_letter", "loan_file", N_("Decision letters"),
                ("outcome", "amount", "decided_on", "letter_no", "contract_by"),
            ),
            Related(
                "payment", "loan_file", N_("Payments"),
                ("paid_on", "receipt_no", "amount", "channel"),
            ),
        ),
        filters=(
            (N_("Draft"), {"status": "draft"}),
            (N_("Submitted"), {"status": "submitted"}),
        ),
        finders=(
            (N_("In arrears"), lambda desk, _type: loan_lists.in_arrears(desk.store)),
            (N_("For the head"), lambda desk, _type: loan_lists.for_the_head(desk.store)),
        ),
        choices={"round": rounds.choices},
        glance=summary.facts,
        actions=(
            Action(
                N_("Guarantor"), "Ctrl+G", lambda page: page.add_related("guarantor"),
            ),
            Action(
                N_("Needed papers"), "Ctrl+D",
                lambda page: page.act_on_record(loan_documents.add_needed),
            ),
            Action(
                N_("Go on from this file"), "Ctrl+R", _go_on,
            ),
        ),
    )
)  # fmt: skip
