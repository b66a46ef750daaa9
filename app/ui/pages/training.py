"""The page of the training classes."""

from app.core.i18n import N_
from app.services.training import courses
from app.ui.records.form_sections import Section
from app.ui.records.page import Page, Related, page

TRAINEES = Related(
    "enrolment", "training_class", N_("Trainees"),
    ("person", "status", "applied_on", "score", "certificate_no"), prints=True,
)  # fmt: skip

PAGE = page(
    Page(
        type="training_class",
        title=N_("Courses and classes"),
        new=N_("New class"),
        icon="calendar",
        place=4,
        columns=("class_no", "course", "place", "status", "start_on", "seats"),
        sections=(
            Section(
                N_("Course and place"),
                ("course", "batch", "mode", "hours", "place", "subdistrict", "trainer"),
            ),
            Section(N_("Days and seats"), ("start_on", "end_on", "apply_to", "seats", "days")),
            Section(N_("Costs and notes"), ("budget", "spent", "note")),
        ),
        related=(TRAINEES,),
        filters=(
            (N_("Open for applications"), {"status": "open"}),
            (N_("Running"), {"status": "running"}),
        ),
        choices={"course": courses.choices},
    )
)  # fmt: skip
