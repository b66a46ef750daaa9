"""The page of the field visits."""

from app.core.i18n import N_
from app.ui.pages import visit_actions
from app.ui.records.form_sections import Section
from app.ui.records.page import Action, Page, page

PAGE = page(
    Page(
        type="field_visit",
        title=N_("Field visits"),
        new=N_("New field visit"),
        icon="visit",
        place=7,
        columns=("visited_on", "group", "loan_file", "kind", "team", "next_step", "due_on"),
        sections=(
            Section(
                N_("Visit"), ("visited_on", "group", "loan_file", "kind", "team"),
            ),
            Section(N_("Progress and obstacles"), ("progress", "income", "obstacles", "needs")),
            Section(N_("What comes next"), ("next_step", "due_on")),
            Section(N_("Pictures"), ("photos",)),
        ),
        filters=(
            (N_("Before approval"), {"kind": "before_approval"}),
            (N_("Follow-up"), {"kind": "follow_up"}),
        ),
        finders=((N_("Next step due"), visit_actions.with_step_due),),
        actions=(
            Action(N_("Copy last visit"), "Ctrl+D", visit_actions.begin_from_last),
        ),
    )
)  # fmt: skip
