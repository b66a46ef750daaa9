"""Products, checklists and certification files."""

from app.core.codes.choices import Choices
from app.core.i18n import N_

PRODUCT_KINDS: Choices = (
    ("food", N_("Food")),
    ("goods", N_("Goods other than food")),
    ("service", N_("Service")),
)

LOGO_STATUSES: Choices = (
    ("none", N_("No logo yet")),
    ("designed", N_("Logo designed")),
    ("used", N_("Logo in use")),
)

CHANNELS: Choices = (
    ("shop", N_("Own shop or market")),
    ("fair", N_("Fair")),
    ("online", N_("Online")),
    ("wholesale", N_("Dealer or wholesale")),
    ("order", N_("Made to order")),
    ("other", N_("Other")),
)

CHECKLIST_ANSWERS: Choices = (
    ("present", N_("There")),
    ("absent", N_("Not there")),
    ("not_applicable", N_("Does not apply")),
)

CHECKLIST_NEEDS: Choices = (
    ("must", N_("Needed")),
    ("if_any", N_("If there is one")),
    ("choice", N_("By choice")),
)

TEST_RESULTS: Choices = (
    ("passed", N_("Passed")),
    ("failed", N_("Failed")),
)

CERTIFICATION_STATUSES: Choices = (
    ("preparing", N_("Preparing the papers")),
    ("applied", N_("Application lodged")),
    ("appointed", N_("Inspection appointed")),
    ("inspected", N_("Place inspected")),
    ("defects", N_("Mending defects")),
    ("sampled", N_("Samples sent")),
    ("tested", N_("Test result received")),
    ("certified", N_("Certified")),
    ("marked", N_("Mark shown on the label")),
    ("renewed", N_("Renewed")),
    ("expired", N_("Expired")),
    ("failed", N_("Failed")),
    ("revoked", N_("Certification revoked")),
    ("withdrawn", N_("Application withdrawn")),
)
