"""The papers by which the office looks into a loan file: checklist (P14), inquiry (P15)."""

from app.core import codes
from app.core.i18n import _
from app.models import shapes
from app.reports.forms.loan_checklist import CheckedPaper, LoanChecklist
from app.reports.forms.loan_inquiry import LoanInquiry
from app.reports.stamp import Stamp
from app.services.groups.rules import members_of
from app.services.loans.allotments import last_allotment
from app.services.loans.loan_documents import needed
from app.services.loans.on_paper import borrower_name, guarantor, purpose_lines
from app.services.loans.rounds import round_of
from app.services.people import on_paper
from app.services.printing import gathering
from app.services.printing.gathering import gathers
from app.services.records.record_view import View


@gathers("loan_checklist", shapes.LOAN_FILE)
def loan_checklist(
    view: View, stamp: Stamp, record_id: str, data: shapes.LoanFile
) -> LoanChecklist:
    """Gather P14: what is noted of each needed paper, and what is left to lend, with its day."""
    fund_round, last = round_of(view, data.get("round")), last_allotment(view, data.get("round"))
    return LoanChecklist(
        stamp=stamp,
        borrower=borrower_name(view, data),
        amount=data.get("amount_requested", 0),
        submitted_on=data.get("submitted_on", ""),
        complete_on=data.get("docs_complete_on", ""),
        closes_on=fund_round.closes_on.isoformat() if fund_round else "",
        papers=tuple(
            CheckedPaper(
                each.kind, each.whose, each.status, each.certified, each.note, each.is_wanting
            )
            for each in needed(view, record_id, data)
        ),
        left=last.left if last else None,
        left_on=last.as_of if last else "",
    )


@gathers("loan_inquiry", shapes.LOAN_FILE)
def loan_inquiry(view: View, stamp: Stamp, record_id: str, data: shapes.LoanFile) -> LoanInquiry:
    """Gather P15: what is known before the visit, and what the last visit before it found."""
    is_group = data.get("borrower_kind") == "group"
    group, members = (
        view.get(shapes.GROUP, data.get("group")) or {},
        members_of(view, data.get("group")),
    )
    person = view.get(shapes.PERSON, data.get("person")) or {}
    leader = next((p for m, p in members if m.get("role") == "leader"), shapes.Person())
    speaks = on_paper.person(leader if is_group else person, view.today)
    due = [each["principal"] + each["interest"] for each in data.get("schedule", ())]
    visit = _visit_before_approval(view, record_id, data)
    sureties = view.where(shapes.GUARANTOR, loan_file=record_id)
    return LoanInquiry(
        stamp=stamp,
        borrower=borrower_name(view, data),
        place=gathering.address(group.get("address")).text if is_group else speaks.lives_at.text,
        occupation=(
            gathering.shown(shapes.GROUP, "occupation_type", group)
            if is_group
            else speaks.occupation
        ),
        members=str(len(members)) if is_group else "",
        spokesman=speaks.name,
        phone=speaks.call,
        amount=data.get("amount_requested", 0),
        months=data.get("months", 0),
        instalment=max(due, default=None),
        income=group.get("income_after") if is_group else person.get("income"),
        capital=group.get("capital") if is_group else data.get("borrower_capital"),
        purpose_lines=purpose_lines(data),
        guarantors=tuple(guarantor(view, each, view.today).person.name for _id, each in sureties),
        visited_on=visit.get("visited_on", ""),
        team=visit.get("team", ""),
        progress=visit.get("progress", ""),
        obstacles=_obstacles(visit),
    )


def _visit_before_approval(view: View, file_id: str, data: shapes.LoanFile) -> shapes.FieldVisit:
    """Return the last visit before the decision, to the file or to its group; {} for none."""
    visits = view.where(shapes.FIELD_VISIT, loan_file=file_id, kind="before_approval")
    if not visits and data.get("group"):
        visits = view.where(shapes.FIELD_VISIT, group=data["group"], kind="before_approval")
    return max(
        (visit for _id, visit in visits),
        key=lambda v: v.get("visited_on", ""),
        default=shapes.FieldVisit(),
    )


def _obstacles(visit: shapes.FieldVisit) -> str:
    labels = dict(codes.OBSTACLES)
    return "; ".join(
        " ".join(filter(None, (_(labels.get(each.get("kind", ""), "-")), each.get("text", ""))))
        for each in visit.get("obstacles", ())
    )
