"""A group that moves from one office to another: the centre tells both by a line of its own.

The group's records stay where they were written: a line belongs to the office whose desks sign it,
and ledger, erasure and the office's own copy count on that. So the office that takes the group in
enters it anew from its papers, and finds by the transfer where it came from.
"""

from dataclasses import dataclass

from app.core.errors import UserError
from app.core.i18n import _
from app.models import shapes
from app.models.central import tables
from app.services.central.answers import own_lines
from app.services.central.intake import office_records
from app.services.central.keys.centre import Centre
from app.services.central.money.announcements import checked, refuse_unknown


@dataclass(frozen=True, slots=True)
class Transferred:
    """The transfer as both offices get it, and whether it was new to either."""

    data: shapes.Transfer
    new: bool


def transfer(
    centre: Centre, group: str, *, giver: str, taker: str, on: str, letter_no: str
) -> Transferred:
    """Write down that a group moves from office `giver` to office `taker` on a day.

    Raises Invalid for facts that are missing, and UserError: "unknown_office", "same_office", and
    "no_group" where the giver has no group of that id.
    """
    for office in (giver, taker):
        refuse_unknown(office)
    if giver == taker:
        raise UserError(_("A group moves from one office to another."), code="same_office")
    data = checked(
        shapes.TRANSFER,
        {
            "group": group,
            "from_office": giver,
            "to_office": taker,
            "moved_on": on,
            "letter_no": letter_no,
        },
    )
    with tables.acting(centre.engine) as connection:
        if office_records.shown(connection, giver, shapes.GROUP, group) is None:
            raise UserError(
                _("The centre has no group {group} of office {office}.").format(
                    group=group, office=giver
                ),
                code="no_group",
            )
        written = [
            own_lines.put(
                connection,
                office,
                [
                    own_lines.Change(
                        "transfer",
                        own_lines.record_id(office, "transfer", f"{group}/{on}"),
                        data,
                    )
                ],
            )
            for office in (giver, taker)
        ]
    return Transferred(data, any(written))
