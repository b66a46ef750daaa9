"""The page of the loan files."""

from app.core.i18n import N_
from app.services import rounds
from app.ui.pages import Page, Related, page
from app.ui.record_form import Section

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
                ("kind", "status", "certified", "seen_on", "attachments"),
            ),
        ),
        filters=(
            (N_("Draft"), {"status": "draft"}),
            (N_("Submitted"), {"status": "submitted"}),
        ),
        choices={"round": rounds.choices},
    )
)  # fmt: skip
