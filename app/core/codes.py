"""The code lists of the paper forms: what a choice field offers, in the order of the paper.

Each entry is (code, English msgid); the Thai of the form stands in the catalogue. A code is kept
in journal lines for ever, so it may gain neighbours but never change its meaning. Sources are
listed in docs/rules.md.
"""

from app.core.i18n import N_

Choices = tuple[tuple[str, str], ...]

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

BORROWER_KINDS: Choices = (
    ("individual", N_("Individual")),
    ("group", N_("Group")),
)

# The first four need a salary of 15,000 baht, the office-holders below them need none (S3).
GUARANTOR_KINDS: Choices = (
    ("official", N_("Government official")),
    ("permanent_employee", N_("Permanent employee of the state")),
    ("state_enterprise", N_("State-enterprise employee")),
    ("company", N_("Company employee")),
    ("local_authority", N_("Executive or member of a local authority")),
    ("village_head", N_("Subdistrict or village head")),
)

LOAN_STATUSES: Choices = (
    ("draft", N_("Draft")),
    ("submitted", N_("Submitted")),
    ("documents_asked", N_("More documents asked for")),
    ("documents_complete", N_("Documents complete")),
    ("visited", N_("Visited")),
    ("proposed", N_("Proposed for decision")),
    ("approved", N_("Approved")),
    ("partly_approved", N_("Partly approved")),
    ("refused", N_("Not approved")),
    ("returned", N_("Sent back")),
    ("contracted", N_("Contract signed")),
    ("disbursed", N_("Money transferred")),
    ("repaying", N_("Repaying on time")),
    ("overdue", N_("In arrears")),
    ("closed", N_("Account closed")),
    ("withdrawn", N_("Application withdrawn")),
    ("late_application", N_("Past the closing date")),
    ("late_contract", N_("Past the last date for the contract")),
    ("restructured", N_("Restructured")),
    ("litigation", N_("In litigation")),
)

# Personal Data Protection Act B.E. 2562: a box of its own for each, none ticked beforehand.
CONSENT_PURPOSES: Choices = (
    ("disability", N_("Data on disability or health")),
    ("linking", N_("Linking with other state agencies")),
    ("publicity", N_("Publishing pictures and stories")),
)

DECISION_OUTCOMES: Choices = (
    ("approved", N_("Approved")),
    ("partly", N_("Approved in part")),
    ("refused", N_("Not approved")),
    ("returned", N_("Sent back")),
)

DOCUMENT_STATUSES: Choices = (
    ("complete", N_("Present")),
    ("missing", N_("Missing")),
    ("to_correct", N_("To be corrected")),
    ("not_applicable", N_("Not applicable")),
)

# Who must bring which of these is data: resources/programme/loan_documents.json.
DOCUMENT_KINDS: Choices = (
    ("id_card", N_("Copy of the ID card")),
    ("house_registration", N_("Copy of the house registration")),
    ("home_map", N_("Map of the home")),
    ("workplace_map", N_("Map of the workplace")),
    ("income_evidence", N_("Evidence of income or of work received")),
    ("spending_plan", N_("Spending and production plan")),
    ("member_list", N_("List of members")),
    ("group_resolution", N_("Resolution of the group to borrow")),
    ("bank_book", N_("Copy of the bank book")),
    ("photographs", N_("Photographs of the place and the products")),
    ("spouse_consent", N_("Consent of the spouse")),
    ("salary_certificate", N_("Salary certificate")),
    ("appointment_order", N_("Order of appointment")),
    ("power_of_attorney", N_("Power of attorney with duty stamp")),
    ("other", N_("Other")),
)
