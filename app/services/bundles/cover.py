"""The cover sheet of a file in the outbox (P25): its content id as a QR code, on paper."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from app.core.errors import UserError
from app.core.fields import THAILAND
from app.core.i18n import _
from app.core.ids import short_id
from app.models.base import entities
from app.models.outbox import outbox
from app.models.store import Store
from app.reports import registry
from app.reports.forms.bundle_cover import BundleCover, Content
from app.services.bundles.outbox import check_code
from app.services.printing import Print, copies, stamp
from app.services.records import view_of

FORM = "bundle_cover"


def cover_sheet(store: Store, name: str, *, parts: int = 1, thai_digits: bool = False) -> Print:
    """Draw the cover sheet of a file, which goes in so many parts. Raises UserError "not_found".

    As with every form nothing is noted until printing.confirm.
    """
    with store.read() as connection:
        row = connection.execute(select(outbox).where(outbox.c.name == name)).mappings().first()
        if row is None:
            raise UserError(_("There is no such file in the outbox."), code="not_found")
        copy = 1 + copies(connection, FORM, name)
        view = view_of(connection)
        said = stamp(view, store.user, file_no=f"{row['number']:06d}", short=short_id(name))
        sealed = datetime.fromisoformat(row["made_at"]).astimezone(THAILAND)
        data = BundleCover(
            stamp=replace(said, qr=row["content_id"], copy=copy),
            name=f"{name}.zip",
            number=row["number"],
            kind=row["kind"],
            desk=name.split("-")[2],
            first=row["seq_from"],
            last=row["seq_to"],
            sealed_on=sealed.date().isoformat(),
            sealed_at=sealed.strftime("%H:%M"),
            content_id=row["content_id"],
            check_code=check_code(row["content_id"]),
            contents=tuple(
                Content(_(entities()[type_].label), lines)
                for type_, lines in sorted(row["counts"].items(), key=lambda item: -item[1])
            ),
            sender=said.user,
            receiver=row["handed_over_to"] or "",
            parts=parts,
        )
    pdf = registry.draw(FORM, data, thai_digits=thai_digits)
    return Print(FORM, name, row["content_id"], copy, pdf)
