"""Rules about consent, and about what is kept by consent alone."""

from collections.abc import Iterator

from app.core.errors import Problem
from app.core.i18n import _
from app.models import shapes
from app.services.people.consents import agreed
from app.services.records.record_view import View
from app.services.records.rules import rule
from app.services.records.sources import S27


@rule(shapes.CONSENT)
def an_answers_days_are_possible(
    view: View, record_id: str, data: shapes.Consent
) -> Iterator[Problem]:
    """Refuse an answer to come, and one taken back before it was given or without being a yes."""
    given, taken_back = data.get("given_on", ""), data.get("withdrawn_on")
    if given > view.today.isoformat():
        yield Problem("given_on", _("This date is in the future."), "future")
    if taken_back and taken_back < given:
        yield Problem("withdrawn_on", _("It is taken back before it was given."), "order")
    if taken_back and data.get("agrees") is False:
        yield Problem("withdrawn_on", _("Only a yes can be taken back."), "not_given")


@rule(shapes.DISABILITY)
def disability_is_kept_by_consent(
    view: View, record_id: str, data: shapes.Disability
) -> Iterator[Problem]:
    """Warn of a disability without its person's explicit consent: it stays at this desk (S27)."""
    if data.get("person") not in agreed(view, "disability"):
        yield Problem(
            "kinds",
            _(
                "There is no consent to keep this: enter the person's answer first. Without it the "
                "data stays on this computer."
            ),
            "no_consent",
            S27,
            warning=True,
        )
