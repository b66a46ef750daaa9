"""Loans of the Home Workers Fund, from the application to the last instalment."""

from app.core.codes.choices import Choices
from app.core.i18n import N_

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

# In these a file neither waits for money nor owes any.
ENDED = ("refused", "closed", "withdrawn", "late_application", "late_contract", "restructured")

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

PAYMENT_CHANNELS: Choices = (
    ("cash", N_("Cash at the office")),
    ("transfer", N_("Bank transfer")),
    ("counter", N_("Bank counter")),
    ("other", N_("Other")),
)
