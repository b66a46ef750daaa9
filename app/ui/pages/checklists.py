"""The page of the checklists that the head of the office edits."""

from app.core.i18n import N_
from app.services.certification import templates
from app.ui.records.form_sections import Section
from app.ui.records.page import Page, page

PAGE = page(
    Page(
        type="local_template",
        title=N_("Checklists of the office"),
        new=N_("New checklist of the office"),
        icon="checklist",
        place=11,  # the first of what is set up once
        letter="C",
        columns=("scheme", "version", "valid_from", "items"),
        sections=(
            Section(N_("Standard"), ("scheme", "version", "valid_from")),
            Section(N_("Items"), ("items",)),
        ),
        choices={"scheme": templates.choices},
        unchosen=("scheme",),
    )
)  # fmt: skip
