"""The pages of the office's figures: where the money comes from, and what is to be reached."""

from app.core.i18n import N_
from app.ui.records.form_sections import Section
from app.ui.records.page import Page, Related, page

BUDGETS = page(
    Page(
        type="budget_source",
        title=N_("Budget sources"),
        new=N_("New budget source"),
        icon="budget",
        place=12,
        columns=("name", "agency", "fiscal_year", "amount", "as_of"),
        sections=(
            Section(
                N_("Budget source"),
                ("name", "agency", "fiscal_year", "amount", "as_of", "letter_no", "note"),
            ),
        ),
        related=(
            Related(
                "marketing_activity", "budget", N_("Marketing activities"),
                ("held_on", "group", "place", "sales", "spent"),
            ),
        ),
    )
)  # fmt: skip

TARGETS = page(
    Page(
        type="target",
        title=N_("Targets"),
        new=N_("New target"),
        icon="target",
        place=13,
        columns=("fiscal_year", "quarter", "measure", "count", "letter_no"),
        sections=(
            Section(N_("Target"), ("fiscal_year", "quarter", "measure", "count", "letter_no")),
        ),
    )
)  # fmt: skip
