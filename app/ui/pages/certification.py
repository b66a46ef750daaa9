"""The page of the certification files."""

from app.core.i18n import N_
from app.services.certification import templates
from app.ui.fields.checklist_edit import ChecklistEdit
from app.ui.pages import certification_actions
from app.ui.records.form_sections import Section
from app.ui.records.page import Action, Page, page

PAGE = page(
    Page(
        type="certification",
        title=N_("Certification files"),
        new=N_("New certification file"),
        icon="certification",
        place=5,
        columns=("product", "scheme", "status", "expires_on", "file_no"),
        sections=(
            Section(
                N_("Product and standard"),
                ("product", "scheme", "standard_no", "place_no", "serial_no"),
            ),
            Section(N_("Checklist"), ("answers",)),
            Section(
                N_("Inspection and test"),
                ("submitted_on", "inspected_on", "sampled_on", "sample_count", "lab", "result",
                 "result_on", "defects"),
            ),
            Section(N_("Certificate"), ("cert_no", "issued_on", "expires_on", "follow_ups")),
            Section(N_("Mark on the label"), ("mark_used_on", "mark_photos", "note")),
        ),
        filters=(
            (N_("Preparing the papers"), {"status": "preparing"}),
            (N_("Certified"), {"status": ["certified", "marked", "renewed"]}),
        ),
        finders=((N_("Ends in 180 days"), certification_actions.running_out),),
        choices={"scheme": templates.choices},
        unchosen=("scheme",),
        editors={"answers": ChecklistEdit},
        actions=(
            Action(N_("Edit the checklist"), "Ctrl+D", certification_actions.copy_checklist),
        ),
    )
)  # fmt: skip
