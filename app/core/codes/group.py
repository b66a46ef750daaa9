"""Occupation groups: what they do, how far they are, who is in them."""

from app.core.codes.choices import Choices
from app.core.i18n import N_

OCCUPATION_TYPES: Choices = (
    ("food", N_("Food processing")),
    ("textile", N_("Textiles")),
    ("handicraft", N_("Handicraft")),
    ("herbal", N_("Herbs and spa")),
    ("farming", N_("Farming")),
    ("service", N_("Service")),
    ("other", N_("Other")),
)

# Of the 401 model groups of B.E. 2567, 77 were developed and 324 wait (S1).
COHORT_KINDS: Choices = (
    ("developed", N_("Model group, developed")),
    ("waiting", N_("Model group, to be developed")),
    ("outside", N_("Outside the cohort")),
)

REGISTRATION_KINDS: Choices = (
    ("home_worker", N_("Home workers")),
    ("community_enterprise", N_("Community enterprise")),
    ("otop", N_("OTOP")),
    ("cooperative", N_("Cooperative")),
    ("other", N_("Other")),
)

ROLES: Choices = (
    ("leader", N_("Group leader")),
    ("deputy", N_("Deputy leader")),
    ("secretary", N_("Secretary")),
    ("treasurer", N_("Treasurer")),
    ("committee", N_("Committee member")),
    ("member", N_("Member")),
)

GROUP_STATUSES: Choices = (
    ("applied", N_("Registration applied for")),
    ("checking", N_("Documents being checked")),
    ("registered", N_("Registered")),
    ("model", N_("Chosen as a model group")),
    ("developing", N_("Being developed")),
    ("developed", N_("Fully developed")),
    ("followed", N_("Being followed up")),
    ("incomplete", N_("Documents missing")),
    ("suspended", N_("Suspended")),
    ("dissolved", N_("Dissolved")),
)

# The six tracks along which a group is developed; each goes its own way (S1).
TRACK_STATES: Choices = (
    ("not_started", N_("Not started")),
    ("doing", N_("In progress")),
    ("done", N_("Done")),
    ("not_applicable", N_("Does not apply")),
)

GROUP_ORIGINS: Choices = (
    ("split", N_("Split off from it")),
    ("merged", N_("Merged from it")),
)
