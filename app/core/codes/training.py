"""Training by the rule of the Department of Skill Development (S15) and its form (S16)."""

from app.core.codes.choices import Choices
from app.core.i18n import N_

# Royal Gazette 140 special 108 ง, 10 May 2566: three kinds of course, three ways to train (S15).
COURSE_TYPES: Choices = (
    ("preparation", N_("Preparation for work")),
    ("upgrading", N_("Skill upgrading")),
    ("supplementary", N_("Supplementary occupation")),
)

TRAINING_MODES: Choices = (
    ("on_site", N_("On site")),
    ("live_online", N_("Online, live")),
    ("self_paced", N_("Online, at one's own pace")),
)

HEARD_FROM: Choices = (
    ("office", N_("Employment or skill-development office")),
    ("local_authority", N_("Local authority or village head")),
    ("group", N_("Group or friends")),
    ("internet", N_("Internet or social media")),
    ("media", N_("Radio, television or print")),
    ("other", N_("Other")),
)

JOB_HELP: Choices = (
    ("none", N_("No help wanted")),
    ("domestic", N_("Work in the country")),
    ("abroad", N_("Work abroad")),
)

LINK_CONSENT: Choices = (
    ("agrees", N_("Agrees")),
    ("refuses", N_("Does not agree")),
)

CLASS_STATUSES: Choices = (
    ("planned", N_("Planned")),
    ("open", N_("Open for applications")),
    ("closed", N_("Applications closed")),
    ("running", N_("Running")),
    ("concluded", N_("Results summed up")),
    ("ended", N_("Class closed")),
    ("cancelled", N_("Cancelled")),
)

ENROLMENT_STATUSES: Choices = (
    ("applied", N_("Applied for the class")),
    ("checked", N_("Eligibility checked")),
    ("selected", N_("Selected")),
    ("reserve", N_("On the waiting list")),
    ("not_selected", N_("Not selected")),
    ("training", N_("In training")),
    ("assessable", N_("May be assessed")),
    ("passed", N_("Training completed")),
    ("certificated", N_("Certificate handed over")),
    ("short_of_time", N_("Not enough attendance")),
    ("failed", N_("Training not completed")),
    ("resigned", N_("Resigned")),
    ("died", N_("Died")),
    ("unqualified", N_("Lost the qualification")),
    ("dismissed", N_("Dismissed")),
)
