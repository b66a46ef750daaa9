"""The lists of loan files that no column holds: in arrears, and what the head must look at."""

from collections.abc import Iterator

from app.core.codes.loan import ENDED
from app.models import shapes
from app.models.office.store import Store
from app.services.loans.loan_account import arrears
from app.services.loans.rules_people import DIED, those_who_answer_for_it_live
from app.services.records import records
from app.services.records.record_view import View


def in_arrears(store: Store) -> list[str]:
    """List the files with an instalment that fell due before today and is not paid."""
    with store.read() as connection:
        return list(arrears(records.view_of(connection)))


def for_the_head(store: Store) -> list[str]:
    """List the open files somebody of which has died, until one saves them with a reason."""
    with store.read() as connection:
        view = records.view_of(connection)
        files = dict.fromkeys(_files_of_the_dead(view))
        return [file_id for file_id in files if _is_flagged(view, file_id)]


def _files_of_the_dead(view: View) -> Iterator[str]:
    for person_id, _person in view.where(shapes.PERSON, life_status="dead"):
        for file_id, _file in view.where(shapes.LOAN_FILE, person=person_id):
            yield file_id
        for _id, guarantor in view.where(shapes.GUARANTOR, person=person_id):
            yield guarantor.get("loan_file", "")
        for _id, membership in view.where(shapes.MEMBERSHIP, person=person_id):
            for file_id, _file in view.where(shapes.LOAN_FILE, group=membership.get("group")):
                yield file_id


def _is_flagged(view: View, file_id: str) -> bool:
    data = view.get(shapes.LOAN_FILE, file_id)
    if data is None or data.get("status") in ENDED:
        return False
    said = {problem.code for problem in those_who_answer_for_it_live(view, file_id, data)}
    return any(code in said and code not in data.get("reasons", {}) for code in DIED)
