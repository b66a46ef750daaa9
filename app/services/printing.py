"""Printing: the bytes of a form, the prints that a clerk confirmed, and the check of a paper."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from app.core import thai
from app.core.errors import Invalid, Problem, UserError
from app.core.fields import THAILAND
from app.core.i18n import _
from app.core.ids import short_id
from app.core.line import Data
from app.models.audit import note
from app.models.base import entities
from app.models.lines import heads_of, line
from app.models.printed import printed
from app.models.store import Store, setting
from app.reports import registry
from app.reports.registry import Form
from app.reports.stamp import Stamp
from app.services import audit, desk
from app.services.acts import current
from app.services.on_paper import FITS
from app.services.papers import GATHER
from app.services.records import view_of
from app.services.rules.loan import purpose_total
from app.services.view import View
from app.sync import proof
from app.sync.keys import SigningKey


@dataclass(frozen=True, slots=True)
class Print:
    """A form on its way to paper: preview, printer and file all get these very bytes."""

    form: str
    record: str
    rev: str
    copy: int
    pdf: bytes


def forms() -> list[Form]:
    """List the printed documents in the order of their numbers."""
    return sorted(registry.FORMS.values(), key=lambda form: int(form.number.removeprefix("P")))


def forms_of(type_: str, data: Data | None = None) -> list[Form]:
    """List the documents that print a record of this type, or this very one."""
    return [
        form for form in forms() if form.entity == type_ and (data is None or FITS[form.name](data))
    ]


def sample(form: str, *, blank: bool = False, thai_digits: bool = False) -> bytes:
    """Print a form's own sample; it needs no database."""
    if form not in registry.FORMS:
        return registry.draw(form, None)  # refuses with the sentence
    data = registry.FORMS[form].sample()
    return registry.draw(form, data, blank=blank, thai_digits=thai_digits)


def draw(
    store: Store, form: str, record_id: str, *, blank: bool = False, thai_digits: bool = False
) -> Print:
    """Print a form of one record. Raises Invalid where the record is not ready for this paper.

    Nothing is noted: call confirm when the paper lies there. The copy number is one more than the
    confirmed prints of this form and record.
    """
    with store.read() as connection:
        found = registry.FORMS.get(form)
        is_of_record = found is not None and found.name in GATHER
        known = current(connection, found.entity, record_id) if found and is_of_record else None
        if found is None or known is None or not FITS[form](known.data):
            raise UserError(_("There is no such form for this record."), code="not_found")
        _refuse_unready(form, known.data)
        rev = known.heads[-1]
        copy = 1 + copies(connection, form, record_id)
        key = SigningKey(bytes.fromhex(setting(connection, "signing_key")))
        number = int(found.number.removeprefix("P"))
        qr = proof.write(key, record=record_id, rev=rev, copy=copy, form=number)
        view = view_of(connection)
        numbers = (known.data.get(name) for name in ("file_no", "group_no", "class_no"))
        file_no = next(filter(None, numbers), "")
        said = stamp(view, store.user, file_no=file_no, short=short_id(record_id))
        data = GATHER[form](view, replace(said, qr=qr, copy=copy), record_id, known.data)
    pdf = registry.draw(form, data, blank=blank, thai_digits=thai_digits)
    return Print(form, record_id, rev, copy, pdf)


def pages(pdf: bytes) -> int:
    """Count the pages of a PDF."""
    from pypdfium2 import PdfDocument  # opened on first use

    document = PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def confirm(store: Store, *done: Print) -> None:
    """Note that papers came out: the clerk said so. Their bytes are kept for another copy."""
    rows = [
        {
            "form": each.form,
            "record": each.record,
            "rev": each.rev,
            "copy": each.copy,
            "at": _now(),
            "by": store.user,
            "pdf": each.pdf,
        }
        for each in done
    ]

    def work(connection: Connection) -> None:
        connection.execute(insert(printed), rows)
        for each in done:
            note(connection, store.user, audit.PRINT, f"{each.form} {each.record}")

    store.write(work)


def check_paper(store: Store, text: str) -> str:
    """Say what a scanned QR code proves: which copy of which revision, and if it changed since.

    Raises Refused for a text that is no proof; no network is needed.
    """
    found = proof.read(text)
    with store.read() as connection:
        key = SigningKey(bytes.fromhex(setting(connection, "signing_key")))
        if found.key != key.key_id[:8] or not found.holds(key.public):
            return _("This paper was not printed by this desk.")
        printed_line = line(connection, found.rev)
        if printed_line is None:
            return _("This desk printed the paper, but its revision is not here.")
        heads = heads_of(connection, printed_line.header.type, found.record)
    changed = _("changed since") if heads != (found.rev,) else _("unchanged since")
    return _("Copy {copy} of document P{form}, revision {rev}, {changed}.").format(
        copy=found.copy, form=found.form, rev=found.rev[:8], changed=changed
    )


def copies(connection: Connection, form: str, record_id: str) -> int:
    """Count the confirmed prints of a form of one record, or of one file of the outbox."""
    statement = select(func.count()).where(printed.c.form == form, printed.c.record == record_id)
    return connection.scalar(statement) or 0


def stamp(view: View, user_id: str, *, file_no: str, short: str) -> Stamp:
    """Give what a print says of itself: the office, who prints it and when, and its number.

    `short` is the text of the bar code.
    """
    user = view.get("user", user_id) or {}
    return Stamp(
        office=_office_name(view),
        user=entities()["user"].title(user),
        printed_at=_now(),
        file_no=file_no,
        short_id=short,
        sample=bool(setting(view.connection, "sample_data", False)),
    )


def _refuse_unready(form: str, data: Data) -> None:
    """A loan paper whose lines do not sum to the amount would contradict itself."""
    if form not in ("loan_application", "loan_budget_plan"):
        return
    total = purpose_total(data)
    if total != data.get("amount_requested"):
        raise Invalid(
            [
                Problem(
                    "purpose_lines",
                    _("The lines sum to {total} baht, the amount asked for is {amount}.").format(
                        total=thai.format_baht(total),
                        amount=thai.format_baht(data.get("amount_requested", 0)),
                    ),
                    "purpose_sum",
                )
            ]
        )


def _office_name(view: View) -> str:
    offices = view.where("office")
    return str(offices[-1][1].get("name")) if offices else desk.office_name(view.office)


def _now() -> str:
    return datetime.now(THAILAND).strftime("%Y-%m-%dT%H:%M")
