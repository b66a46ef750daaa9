"""Which persons agreed to what, and what follows from an answer."""

from app.core.line import Data
from app.models import shapes
from app.models.records.base import entities
from app.models.records.lines import heads_of
from app.models.records.record_type import RecordType
from app.services.records.acts import Acting
from app.services.records.after_save import after_save
from app.services.records.record_view import View


def agreed(view: View, purpose: str) -> set[str]:
    """Return the persons whose last answer to a purpose is yes and was not taken back.

    Personal Data Protection Act B.E. 2562, section 19: taking back is as easy as giving, so any
    later answer replaces the one before.
    """
    answers: dict[str, tuple[str, bool]] = {}
    for _id, data in view.where(shapes.CONSENT, purpose=purpose):
        person, given_on = data.get("person", ""), data.get("given_on", "")
        if given_on >= answers.get(person, ("", False))[0]:
            yes = bool(data.get("agrees")) and not data.get("withdrawn_on")
            answers[person] = (given_on, yes)
    return {person for person, (_given_on, yes) in answers.items() if yes}


@after_save(shapes.CONSENT)
def follow(acting: Acting, data: shapes.Consent) -> None:
    """Write anew, as they stand, the records that a consent just saved lets go out.

    Their earlier lines left without content and are not sent again; these carry it.
    """
    view = View(acting.connection, acting.act.origin.office)
    person = data.get("person", "")
    for type_, entity in entities().items():
        if not entity.consent or person not in agreed(view, entity.consent):
            continue
        for record_id, kept in view.where(RecordType[Data](type_), person=person):
            heads = heads_of(acting.connection, type_, record_id)
            if len(heads) == 1:  # of several, a person decides first
                acting.put(type_, record_id, kept, heads)
