"""What the forms ask of a person; the lists of the training application (S16)."""

from app.core.codes.choices import Choices
from app.core.i18n import N_

ID_KINDS: Choices = (
    ("thai13", N_("Thai citizen id")),
    ("foreigner13", N_("13-digit id of a foreigner")),
    ("passport", N_("Passport")),
    ("none", N_("No id number")),
)

ID_VERIFIED: Choices = (
    ("card", N_("Read from the card")),
    ("original_seen", N_("Original seen")),
    ("typed", N_("Typed twice from a copy")),
)

SEX: Choices = (
    ("male", N_("Male")),
    ("female", N_("Female")),
)

LIFE_STATUS: Choices = (
    ("living", N_("Living")),
    ("dead", N_("Deceased")),
)

# The next six lists are those of the training application: one person record fills it (S16).
EDUCATION: Choices = (
    ("primary", N_("Primary school")),
    ("lower_secondary", N_("Lower secondary school")),
    ("upper_secondary", N_("Upper secondary school")),
    ("diploma", N_("Associate degree")),
    ("vocational", N_("Vocational certificate")),
    ("higher_vocational", N_("Higher vocational or technical certificate")),
    ("bachelor", N_("Bachelor's degree or higher")),
    ("unfinished", N_("No schooling completed")),
)

DISABILITIES: Choices = (
    ("seeing", N_("Seeing")),
    ("hearing", N_("Hearing or communication")),
    ("movement", N_("Movement or body")),
    ("mind", N_("Mind or behaviour")),
    ("intellect", N_("Intellect")),
    ("learning", N_("Learning")),
    ("autism", N_("Autism")),
)

WORK_STATUS: Choices = (
    ("working", N_("Working")),
    ("not_working", N_("Not working")),
)

WORK_SECTORS: Choices = (
    ("private", N_("Private sector")),
    ("state_enterprise", N_("State enterprise")),
    ("government", N_("Government")),
    ("community_enterprise", N_("Own business: community enterprise")),
    ("farmer", N_("Own business: farmer")),
    ("freelance", N_("Own business: freelance")),
)

UNEMPLOYED_REASONS: Choices = (
    ("looking", N_("Looking for work")),
    ("student", N_("Student")),
    ("laid_off", N_("Insured person who was laid off")),
    ("prisoner", N_("Prisoner")),
    ("conscript", N_("Conscript about to be discharged")),
    ("other", N_("Other")),
)

INCOME_BANDS: Choices = (
    ("1-5000", N_("1 - 5,000 baht")),
    ("5001-9000", N_("5,001 - 9,000 baht")),
    ("9001-15000", N_("9,001 - 15,000 baht")),
    ("15001-20000", N_("15,001 - 20,000 baht")),
    ("20001-30000", N_("20,001 - 30,000 baht")),
    ("30001-40000", N_("30,001 - 40,000 baht")),
    ("40001-", N_("40,001 baht or more")),
)

# Personal Data Protection Act B.E. 2562: a box of its own for each, none ticked beforehand.
CONSENT_PURPOSES: Choices = (
    ("disability", N_("Data on disability or health")),
    ("linking", N_("Linking with other state agencies")),
    ("publicity", N_("Publishing pictures and stories")),
)

NOTICE_VERSION = "1"  # of the notice on paper: a consent keeps the one that its person read

PERSON_LINKS: Choices = (
    ("same", N_("The same person")),
    ("different", N_("Different persons")),
)
