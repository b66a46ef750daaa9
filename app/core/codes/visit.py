"""Field visits, marketing and targets."""

from app.core.codes.choices import Choices
from app.core.i18n import N_

VISIT_KINDS: Choices = (
    ("before_approval", N_("Before approval")),
    ("follow_up", N_("Follow-up")),
    ("evaluation", N_("Evaluation")),
)

# "None" is an answer: a visit that saw no obstacle says so (S1).
OBSTACLES: Choices = (
    ("none", N_("No obstacle")),
    ("raw_material", N_("Raw material")),
    ("skill", N_("Skill or knowledge")),
    ("equipment", N_("Equipment")),
    ("capital", N_("Capital")),
    ("market", N_("Market")),
    ("standard", N_("Standard or certification")),
    ("membership", N_("Members and management")),
    ("debt", N_("Repayment")),
    ("other", N_("Other")),
)

MARKETING_KINDS: Choices = (
    ("fair", N_("Fair")),
    ("online", N_("Online")),
    ("shop", N_("Shop")),
)

# What a target counts; the dashboard and the reports set the figure beside it.
TARGET_MEASURES: Choices = (
    ("groups_registered", N_("Groups registered")),
    ("groups_model", N_("Model groups chosen")),
    ("groups_developed", N_("Groups fully developed")),
    ("trainees_passed", N_("Trainees who completed")),
    ("products_certified", N_("Products certified")),
    ("loans_disbursed", N_("Loans paid out")),
    ("visits", N_("Field visits")),
)
