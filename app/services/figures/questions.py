# ruff: noqa: S608 (the fragments stand in this file; what is asked for comes as parameters)
"""What is counted, each once: a condition gives the figure and, asked for ids, the list behind it.

The table counted is `t`; :since and :until are the days of the period, :soon and :month lie 180
and 30 days after the day of the figure. What a service computes record by record is put into SQL
here, and a test holds the two together. A record out of use is never counted, nor one of a person
whom another record stands for.
"""

from dataclasses import dataclass

from app.core.i18n import N_
from app.services.certification import expiry
from app.services.loans import decisions
from app.services.training import counting


def _listed(states: tuple[str, ...]) -> str:
    return "(" + ", ".join(f"'{state}'" for state in states) + ")"


_HERE = "('registered', 'model', 'developing', 'developed', 'followed')"
_COHORT = "('developed', 'waiting')"
_DONE = "('developed', 'followed')"
CERTIFIED = _listed(expiry.CERTIFIED)
PASSED = _listed(counting.PASSED)
_BY_THEN = f"t.status IN {_HERE} AND t.registered_on <= :until"

# As services.decisions has it: the centre's last decision wins over any letter, also a no.
_OF_FILE = "{table} d WHERE d.loan_file = t.id AND d.void_reason IS NULL AND d.decided_on NOT NULL"
_LAST = (
    "SELECT CASE WHEN d.outcome IN {approving} THEN d.{what} END FROM " + _OF_FILE + " "
    "ORDER BY d.decided_on DESC, d.no LIMIT 1"
)


def _decided(what: str) -> str:
    approving = _listed(decisions.APPROVING)
    last, letter = (
        _LAST.format(approving=approving, what=what, table=table)
        for table in ("loan_decision", "decision_letter")
    )
    is_decided = f"EXISTS (SELECT 1 FROM {_OF_FILE.format(table='loan_decision')})"
    return f"(CASE WHEN {is_decided} THEN ({last}) ELSE ({letter}) END)"


APPROVED = f"coalesce({_decided('amount')}, 0)"
DECIDED_ON = _decided("decided_on")


@dataclass(frozen=True, slots=True)
class Question:
    """One figure: `type` is the record counted, `sums` what is added up in satang beside it.

    `measure` names the target that it is set against.
    """

    name: str
    title: str
    type: str
    where: str
    sums: str = ""
    measure: str = ""


QUESTIONS: dict[str, Question] = {
    each.name: each
    for each in (
        Question(
            "groups_registered", N_("Groups registered"), "group",
            f"t.status IN {_HERE} AND t.registered_on BETWEEN :since AND :until",
            measure="groups_registered",
        ),
        Question(
            "groups_model", N_("Model groups"), "group",
            f"{_BY_THEN} AND t.cohort_kind IN {_COHORT}", measure="groups_model",
        ),
        Question(
            "groups_developed", N_("Groups fully developed"), "group",
            f"t.status IN {_DONE} AND t.status_on <= :until", measure="groups_developed",
        ),
        Question(
            "groups_remaining", N_("Model groups still to be developed"), "group",
            f"{_BY_THEN} AND t.cohort_kind IN {_COHORT} AND t.status NOT IN {_DONE}",
        ),
        Question("funnel_registered", N_("Registered"), "group", _BY_THEN),
        Question(
            "funnel_trained", N_("Trained"), "group",
            f"{_BY_THEN} AND EXISTS (SELECT 1 FROM enrolment e WHERE e.\"group\" = t.id "
            f"AND e.void_reason IS NULL AND e.status IN {PASSED})",
        ),
        Question(
            "funnel_products", N_("With products"), "group",
            f"{_BY_THEN} AND EXISTS (SELECT 1 FROM product p WHERE p.\"group\" = t.id "
            "AND p.void_reason IS NULL)",
        ),
        Question(
            "funnel_certified", N_("Certified"), "group",
            f"{_BY_THEN} AND EXISTS (SELECT 1 FROM product p JOIN certification c "
            "ON c.product = p.id WHERE p.\"group\" = t.id AND p.void_reason IS NULL "
            f"AND c.void_reason IS NULL AND c.status IN {CERTIFIED} AND c.issued_on <= :until)",
        ),
        Question(
            "funnel_funded", N_("With a loan"), "group",
            f"{_BY_THEN} AND EXISTS (SELECT 1 FROM loan_file l WHERE l.\"group\" = t.id "
            "AND l.void_reason IS NULL AND l.disbursed_on <= :until)",
        ),
        Question(
            "trainees_applied", N_("Applications for training"), "enrolment",
            "t.applied_on BETWEEN :since AND :until",
        ),
        Question(
            "trainees_passed", N_("Training completed"), "enrolment",
            f"t.status IN {PASSED} AND t.training_class IN (SELECT c.id FROM training_class c "
            "WHERE c.end_on BETWEEN :since AND :until)", measure="trainees_passed",
        ),
        Question("products", N_("Products"), "product", "1"),
        Question(
            "products_certified", N_("Products certified"), "certification",
            f"t.status IN {CERTIFIED} AND t.issued_on BETWEEN :since AND :until",
            measure="products_certified",
        ),
        Question(
            "expiring", N_("Certificates that expire within 180 days"), "certification",
            f"t.status IN {CERTIFIED} AND t.expires_on <= :soon",
        ),
        Question(
            "loans_applied", N_("Loans applied for"), "loan_file",
            "t.submitted_on BETWEEN :since AND :until", sums="t.amount_requested",
        ),
        Question(
            "loans_approved", N_("Loans approved"), "loan_file",
            f"{DECIDED_ON} BETWEEN :since AND :until", sums=APPROVED,
        ),
        Question(
            "loans_disbursed", N_("Loans paid out"), "loan_file",
            "t.disbursed_on BETWEEN :since AND :until", sums=APPROVED, measure="loans_disbursed",
        ),
        Question(
            "loans_wanting", N_("Loan files that lack papers"), "loan_file",
            "t.status = 'documents_asked' OR t.status = 'submitted' AND EXISTS (SELECT 1 FROM "
            "document d WHERE d.loan_file = t.id AND d.void_reason IS NULL "
            "AND d.status IN ('missing', 'to_correct'))",
        ),
        Question(
            "loans_uncontracted", N_("Approved loans without a contract"), "loan_file",
            "t.status IN ('approved', 'partly_approved')", sums=APPROVED,
        ),
        Question(
            "visits", N_("Field visits"), "field_visit",
            "t.visited_on BETWEEN :since AND :until", measure="visits",
        ),
        Question(
            "visits_due", N_("Next steps of visits due within 30 days"), "field_visit",
            # of the last visit to each place, as services.due has it
            "t.due_on <= :month AND NOT EXISTS (SELECT 1 FROM field_visit v "
            "WHERE v.void_reason IS NULL AND (v.\"group\" = t.\"group\" OR "
            "(t.\"group\" IS NULL AND v.\"group\" IS NULL AND v.loan_file = t.loan_file)) "
            "AND (v.visited_on, v.no) > (t.visited_on, t.no))",
        ),
        Question(
            "groups_incomplete", N_("Groups with incomplete data"), "group",
            f"t.status IN {_HERE} AND (t.phone IS NULL OR t.capital IS NULL OR "
            "t.founded_on IS NULL OR NOT EXISTS (SELECT 1 FROM membership m WHERE "
            "m.\"group\" = t.id AND m.role = 'leader' AND m.left_on IS NULL "
            "AND m.void_reason IS NULL))",
        ),
    )
}  # fmt: skip

# Walks every person or member: asked apart, behind the first picture.
SLOW: dict[str, Question] = {
    each.name: each
    for each in (
        Question("members", N_("Members"), "membership", "t.left_on IS NULL"),
        Question(
            "people_incomplete", N_("People with incomplete data"), "person",
            "t.life_status IS NOT 'dead' AND (t.birth_date IS NULL OR t.address IS NULL "
            "OR t.sex IS NULL OR (t.phone IS NULL AND t.no_phone IS NOT 1))",
        ),
        *(
            Question(
                f"members_{name}", title, "membership",
                "t.left_on IS NULL AND EXISTS (SELECT 1 FROM person p WHERE p.id = t.person "
                f"AND {condition})",
            )
            for name, title, condition in (
                ("male", N_("Members: men"), "p.sex = 'male'"),
                ("female", N_("Members: women"), "p.sex = 'female'"),
                ("elderly", N_("Members of 60 years or more"), "p.birth_date <= :sixty"),
            )
        ),
        Question(
            "members_disabled", N_("Members with a disability"), "membership",
            "t.left_on IS NULL AND t.person IN (SELECT d.person FROM disability d "
            "WHERE d.void_reason IS NULL)",
        ),
    )
}  # fmt: skip

_IN_GROUP = (
    "SELECT g.id FROM \"group\" g WHERE json_extract(g.address, '$.subdistrict') LIKE :district"
)
_AT_HOME = "json_extract({}.address, '$.subdistrict') LIKE :district"
_OF_LOAN = (
    '{loan}."group" IN (' + _IN_GROUP + ") OR EXISTS (SELECT 1 FROM person p WHERE "
    "p.id = {loan}.person AND " + _AT_HOME.format("p") + ")"
)

# How records of a type are narrowed to a district.
OF_DISTRICT: dict[str, str] = {
    "group": _AT_HOME.format("t"),
    "person": _AT_HOME.format("t"),
    "membership": f't."group" IN ({_IN_GROUP})',
    "product": f't."group" IN ({_IN_GROUP})',
    "certification": (
        f't.product IN (SELECT p.id FROM product p WHERE p."group" IN ({_IN_GROUP}))'
    ),
    "training_class": "t.subdistrict LIKE :district",
    "enrolment": (
        "t.training_class IN (SELECT c.id FROM training_class c WHERE c.subdistrict LIKE :district)"
    ),
    "loan_file": _OF_LOAN.format(loan="t"),
    "field_visit": (
        f't."group" IN ({_IN_GROUP}) OR EXISTS (SELECT 1 FROM loan_file l WHERE '
        f"l.id = t.loan_file AND ({_OF_LOAN.format(loan='l')}))"
    ),
}
