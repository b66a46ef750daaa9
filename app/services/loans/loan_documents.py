"""The papers that a loan file needs by the programme's list, and what is noted of each."""

from dataclasses import dataclass
from functools import partial

from app.core import programme
from app.models import shapes
from app.models.office.store import Store
from app.models.people.person import Person
from app.services.records import records
from app.services.records.acts import Acting, act
from app.services.records.record_view import View


@dataclass(frozen=True, slots=True)
class Needed:
    """A paper of the list; `whose` names the guarantor it is of, "" for the borrower's own.

    `status` is a code of DOCUMENT_STATUSES, "" while nothing is noted of it.
    """

    kind: str
    text: str
    whose: str
    required: bool
    status: str
    note: str
    certified: bool

    @property
    def name(self) -> str:
        """Return the name of the document, with the person it belongs to."""
        return " ".join(filter(None, (self.text, self.whose)))

    @property
    def is_wanting(self) -> bool:
        """Tell whether the file is not complete without it."""
        open_ones = ("missing", "to_correct")
        return self.status in open_ones or (self.required and not self.status)


def needed(view: View, file_id: str, data: shapes.LoanFile) -> list[Needed]:
    """List the papers of a file: the borrower's, then those of each guarantor.

    A document of a guarantor bears the guarantor's name as its note; the others are taken in the
    order they were entered.
    """
    listed = programme.loan_documents()
    kind = data.get("borrower_kind")
    wanted = [(paper, "") for paper in (listed.group if kind == "group" else listed.individual)]
    for _id, guarantor in view.where(shapes.GUARANTOR, loan_file=file_id):
        name = Person.title(view.get(shapes.PERSON, guarantor.get("person")) or {})
        wanted += [
            (paper, name)
            for paper in listed.guarantor
            if not paper.guarantors or guarantor.get("kind") in paper.guarantors
        ]
    names = {whose for _paper, whose in wanted if whose}
    entered = [document for _id, document in view.where(shapes.DOCUMENT, loan_file=file_id)]
    found = []
    for paper, whose in wanted:
        match = _taken(entered, paper.kind, whose, names)
        found.append(
            Needed(
                kind=paper.kind,
                text=paper.text,
                whose=whose,
                required=paper.required,
                status=match.get("status", ""),
                note="" if match.get("note") in names else match.get("note", ""),
                certified=match.get("certified", False),
            )
        )
    return found


def add_needed(store: Store, file_id: str) -> str:
    """Enter as missing each needed paper without a record; return the act, "" for none."""

    def work(acting: Acting) -> str:
        view = records.view_of(acting.connection)
        data = view.get(shapes.LOAN_FILE, file_id) or {}
        lacking = [
            each for each in needed(view, file_id, data) if each.required and not each.status
        ]
        put = partial(records.put, acting, "document", reasons={})
        for paper in lacking:
            draft: shapes.Document = {
                "loan_file": file_id,
                "kind": paper.kind,
                "status": "missing",
            }
            put(draft | {"note": paper.whose} if paper.whose else draft)
        return acting.act.id if lacking else ""

    return act(store, work)


def _taken(
    entered: list[shapes.Document], kind: str, whose: str, names: set[str]
) -> shapes.Document:
    """Take from the documents the one that is this paper, or nothing."""
    for each in entered:
        is_noted = each.get("note", "") == whose if whose else each.get("note") not in names
        if each.get("kind") == kind and is_noted:
            entered.remove(each)
            return each
    return {}
