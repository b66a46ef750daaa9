"""The page of those who sign for the office, from day to day."""

from app.core.i18n import N_
from app.ui.records.form_sections import Section
from app.ui.records.page import Page, page

PAGE = page(
    Page(
        type="signer",
        title=N_("Signers"),
        new=N_("New signer"),
        icon="signer",
        place=14,
        columns=("name", "position", "acting_for", "from_on", "until_on"),
        sections=(
            Section(N_("Signer"), ("name", "position", "acting_for", "from_on", "until_on")),
        ),
    )
)  # fmt: skip
