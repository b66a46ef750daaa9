"""The cover sheet of a file in the outbox (P25): its content id as a QR code, on paper."""

from datetime import datetime

from sqlalchemy import Connection, select

from app.core.errors import UserError
from app.core.fields import THAILAND
from app.core.i18n import _
from app.core.ids import short_id
from app.models.exchange import outbox
from app.models.office.store import Store
from app.models.records.base import entities
from app.reports import registry
from app.reports.forms.bundle_cover import BundleCover, Content
from app.services.exchange.outbox import check_code
from app.services.printing.printing import Facts, Preview, preview_stamp, stamp
from app.services.records.records import view_of
from app.sync.file_name import ENDING

FORM = "bundle_cover"


def cover_sheet(store: Store, name: str, *, parts: int = 1, thai_digits: bool = False) -> Preview:
    """Draw the cover sheet of a file, which goes in so many parts. Raises UserError "not_found".

    As with every form nothing is noted until it goes out: services/printing/prints.py.
    """

    def gather(connection: Connection) -> Facts:
        return _facts(connection, store.user, name, parts)

    with store.read() as connection:
        facts = gather(connection)
    pdf = registry.draw(FORM, facts.data, thai_digits=thai_digits)
    return Preview(
        FORM, name, facts, pdf, gather, lambda _connection, _copy: facts.rev, thai_digits
    )


def _facts(connection: Connection, user: str, name: str, parts: int) -> Facts:
    row = connection.execute(select(outbox).where(outbox.c.name == name)).mappings().first()
    if row is None:
        raise UserError(_("There is no such file in the outbox."), code="not_found")
    said = stamp(view_of(connection), user, file_no=f"{row['number']:06d}", short=short_id(name))
    sealed = datetime.fromisoformat(row["made_at"]).astimezone(THAILAND)
    data = BundleCover(
        stamp=preview_stamp(said, connection),
        name=f"{name}{ENDING}",
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
    return Facts(row["content_id"], data)
