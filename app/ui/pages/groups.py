"""The page of the occupation groups."""

from app.core.i18n import N_
from app.ui.pages import group_actions, visit_actions
from app.ui.records.form_sections import Section
from app.ui.records.page import Action, Page, Related, page
from app.ui.records.track_strip import TrackStrip

PAGE = page(
    Page(
        type="group",
        title=N_("Occupation groups"),
        new=N_("New group"),
        icon="group",
        place=2,
        columns=("name", "group_no", "occupation_type", "status", "phone"),
        sections=(
            Section(
                N_("Group"),
                ("name", "occupation_type", "cohort", "cohort_kind", "founded_on",
                 "phone", "registered_on"),
            ),
            Section(N_("Address"), ("address",)),
            Section(
                N_("Products, capital and income"),
                ("products", "capacity", "sales_channels", "capital", "income_before",
                 "income_before_on", "income_after", "income_after_on"),
            ),
            Section(N_("Problems and needs"), ("problems", "needs")),
            Section(
                N_("The six tracks"),
                ("track_training", "track_product", "track_standard", "track_mark",
                 "track_capital", "track_market"),
            ),
            Section(N_("Former names and origin"), ("former_names", "origins")),
        ),
        related=(
            Related(
                "membership", "group", N_("Members"), ("person", "role", "joined_on", "co_borrower")
            ),
            Related(
                "group_registration", "group", N_("Other registrations"),
                ("kind", "number", "issued_on", "issuer"),
            ),
            Related(
                "product", "group", N_("Products"), ("name", "kind", "brand", "logo_status")
            ),
            Related(
                "field_visit", "group", N_("Field visits"),
                ("visited_on", "kind", "team", "next_step", "due_on"),
            ),
            Related(
                "marketing_activity", "group", N_("Marketing activities"),
                ("held_on", "kind", "place", "sales", "spent"),
            ),
            Related(
                "transfer", "group", N_("Transfers between offices"),
                ("moved_on", "from_office", "to_office", "letter_no"), can_add=False,
            ),
        ),
        filters=(
            (N_("Registration applied for"), {"status": "applied"}),
            (N_("Registered"), {"status": "registered"}),
        ),
        actions=(
            Action(N_("New visit from the last"), "Ctrl+D", visit_actions.begin_from_last),
            Action(N_("Split, merge, leader"), "Ctrl+G", group_actions.offer),
        ),
        on_top=TrackStrip,
    )
)  # fmt: skip
