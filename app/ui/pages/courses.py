"""The page of the office's own courses, beside those of the programme."""

from app.core.i18n import N_
from app.ui.records.form_sections import Section
from app.ui.records.page import Page, page

PAGE = page(
    Page(
        type="course",
        title=N_("Courses of the office"),
        new=N_("New course"),
        icon="course",
        place=15,
        columns=("code", "name", "type", "hours", "mode"),
        sections=(
            Section(
                N_("Course"), ("code", "name", "provider", "type", "mode", "hours", "note")
            ),
        ),
    )
)  # fmt: skip
