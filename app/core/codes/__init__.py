"""The code lists of the paper forms: what a choice field offers, in the order of the paper.

Each entry is (code, English msgid); the Thai of the form stands in the catalogue. A code is kept
in journal lines for ever, so it may gain neighbours but never change its meaning. Sources are
listed in docs/rules.md.
"""

from app.core.codes.certification import (
    CERTIFICATION_STATUSES,
    CHANNELS,
    CHECKLIST_ANSWERS,
    CHECKLIST_NEEDS,
    LOGO_STATUSES,
    PRODUCT_KINDS,
    TEST_RESULTS,
)
from app.core.codes.choices import Choices
from app.core.codes.group import (
    COHORT_KINDS,
    GROUP_ORIGINS,
    GROUP_STATUSES,
    OCCUPATION_TYPES,
    REGISTRATION_KINDS,
    ROLES,
    TRACK_STATES,
)
from app.core.codes.loan import (
    BORROWER_KINDS,
    DECISION_OUTCOMES,
    DOCUMENT_KINDS,
    DOCUMENT_STATUSES,
    GUARANTOR_KINDS,
    LOAN_STATUSES,
    PAYMENT_CHANNELS,
)
from app.core.codes.person import (
    CONSENT_PURPOSES,
    DISABILITIES,
    EDUCATION,
    ID_KINDS,
    ID_VERIFIED,
    INCOME_BANDS,
    LIFE_STATUS,
    PERSON_LINKS,
    SEX,
    UNEMPLOYED_REASONS,
    WORK_SECTORS,
    WORK_STATUS,
)
from app.core.codes.training import (
    CLASS_STATUSES,
    COURSE_TYPES,
    ENROLMENT_STATUSES,
    HEARD_FROM,
    JOB_HELP,
    LINK_CONSENT,
    TRAINING_MODES,
)
from app.core.codes.visit import MARKETING_KINDS, OBSTACLES, TARGET_MEASURES, VISIT_KINDS

__all__ = [
    "BORROWER_KINDS",
    "CERTIFICATION_STATUSES",
    "CHANNELS",
    "CHECKLIST_ANSWERS",
    "CHECKLIST_NEEDS",
    "CLASS_STATUSES",
    "COHORT_KINDS",
    "CONSENT_PURPOSES",
    "COURSE_TYPES",
    "DECISION_OUTCOMES",
    "DISABILITIES",
    "DOCUMENT_KINDS",
    "DOCUMENT_STATUSES",
    "EDUCATION",
    "ENROLMENT_STATUSES",
    "GROUP_ORIGINS",
    "GROUP_STATUSES",
    "GUARANTOR_KINDS",
    "HEARD_FROM",
    "ID_KINDS",
    "ID_VERIFIED",
    "INCOME_BANDS",
    "JOB_HELP",
    "LIFE_STATUS",
    "LINK_CONSENT",
    "LOAN_STATUSES",
    "LOGO_STATUSES",
    "MARKETING_KINDS",
    "OBSTACLES",
    "OCCUPATION_TYPES",
    "PAYMENT_CHANNELS",
    "PERSON_LINKS",
    "PRODUCT_KINDS",
    "REGISTRATION_KINDS",
    "ROLES",
    "SEX",
    "STATUSES",
    "TARGET_MEASURES",
    "TEST_RESULTS",
    "TRACK_STATES",
    "TRAINING_MODES",
    "UNEMPLOYED_REASONS",
    "VISIT_KINDS",
    "WORK_SECTORS",
    "WORK_STATUS",
    "Choices",
]  # fmt: skip

STATUSES: dict[str, Choices] = {
    "group": GROUP_STATUSES,
    "loan_file": LOAN_STATUSES,
    "training_class": CLASS_STATUSES,
    "enrolment": ENROLMENT_STATUSES,
    "certification": CERTIFICATION_STATUSES,
}
