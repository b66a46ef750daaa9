"""Rules about who signs for the office, and from when."""

from collections.abc import Iterator

from app.core.errors import Problem
from app.core.i18n import _
from app.models import shapes
from app.services.records.record_view import View
from app.services.records.rules import rule


@rule(shapes.SIGNER)
def a_signers_days_are_possible(
    view: View, record_id: str, data: shapes.Signer
) -> Iterator[Problem]:
    """Refuse an end before the beginning; warn of two who hold their own post at one time."""
    first, last = data.get("from_on", ""), data.get("until_on", "9999")
    if last < first:
        yield Problem("until_on", _("The last day is before the first."), "order")
    if data.get("acting_for"):
        return
    for other_id, other in view.where(shapes.SIGNER):
        if other_id == record_id or other.get("acting_for"):
            continue
        if other.get("from_on", "") <= last and first <= other.get("until_on", "9999"):
            yield Problem(
                "from_on",
                _(
                    "{name} signs on some of these days too; the one appointed later is printed."
                ).format(name=other.get("name", "")),
                "two_signers",
                warning=True,
            )
            return
