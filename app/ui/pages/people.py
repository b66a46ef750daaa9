"""The page of the people: members, trainees, guarantors and contacts."""

from app.core.i18n import N_
from app.services.people import withdrawal
from app.ui.records.form_sections import Section
from app.ui.records.page import Page, Related, RowAction, page

PAGE = page(
    Page(
        type="person",
        title=N_("People"),
        new=N_("New person"),
        icon="person",
        place=3,
        columns=("first_th", "last_th", "id_no", "phone", "birth_date"),
        sections=(
            Section(
                N_("Person"),
                ("id_no", "title_th", "first_th", "last_th", "birth_date", "phone", "sex",
                 "id_kind", "id_verified", "passport_no", "nationality", "middle_th",
                 "no_phone", "contact_via", "email", "line_id", "first_en", "last_en"),
            ),
            Section(N_("Address"), ("address",)),
            Section(N_("Current address, if it is another"), ("current_address",)),
            Section(
                N_("Education and work"),
                ("education", "major", "work_status", "work_sector", "unemployed_reason",
                 "occupation", "position", "work_years", "income_band", "income"),
            ),
            Section(N_("Other"), ("life_status", "died_on", "former_names", "photo", "note")),
        ),
        related=(
            Related(
                "membership", "person", N_("Groups"), ("group", "role", "joined_on", "left_on")
            ),
            Related(
                "consent", "person", N_("Consents"),
                ("purpose", "agrees", "given_on", "withdrawn_on", "notice_version"),
                actions=(RowAction(N_("Take back"), "Ctrl+W", withdrawal.withdraw),),
            ),
            Related("disability", "person", N_("Disability"), ("kinds",)),
        ),
    )
)  # fmt: skip
