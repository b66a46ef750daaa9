"""Printing: a form as it is looked at before it is printed, and the check of a paper."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.core.errors import Invalid, UserError
from app.core.fields import THAILAND
from app.core.i18n import N_, _
from app.core.ids import short_id
from app.core.line import Data
from app.models.office.store import Store, setting
from app.models.printed import CONFIRMED, REQUESTED, UNKNOWN, printed
from app.models.records.base import entities, fields_of
from app.models.records.lines import heads_of, line
from app.reports import registry
from app.reports.registry import Form
from app.reports.stamp import Stamp
from app.services.office import letterhead
from app.services.printing import gathering
from app.services.records.acts import current
from app.services.records.record_view import View, usable
from app.services.records.records import view_of
from app.sync import proof
from app.sync.keys import SigningKey
from app.sync.proof import Proof
from app.sync.refused import Refused


@dataclass(frozen=True, slots=True)
class Facts:
    """What a form says of a revision at one moment, under the stamp of a preview."""

    rev: str
    data: Any


@dataclass(frozen=True, slots=True)
class Preview:
    """A form as it is looked at before it is printed: it has no number, and its QR code says so.

    `gather` gives its facts anew, to see whether they still hold; `qr` gives the code of the paper
    with a number.
    """

    form: str
    record: str
    facts: Facts
    pdf: bytes
    gather: Callable[[Connection], Facts]
    qr: Callable[[Connection, int], str]
    thai_digits: bool = False


def forms() -> list[Form]:
    """List the printed documents in the order of their numbers."""
    return registry.in_order()


def called(text: str) -> str:
    """Return the name of the form that goes by this name or number (P1); else the text itself."""
    by_number = {form.number.casefold(): form.name for form in forms()}
    return by_number.get(text.casefold(), text)


def forms_of(type_: str, data: Data | None = None) -> list[Form]:
    """List the documents that print a record of this type, or this very one."""
    of_type = [form for form in forms() if form.entity == type_]
    return [form for form in of_type if data is None or gathering.fits(form.name, data)]


def sample(form: str, *, blank: bool = False, thai_digits: bool = False) -> bytes:
    """Print a form's own sample; it needs no database."""
    if form not in registry.FORMS:
        return registry.draw(form, None)  # refuses with the sentence
    data = registry.FORMS[form].sample()
    return registry.draw(form, data, blank=blank, thai_digits=thai_digits)


def draw(
    store: Store, form: str, record_id: str, *, blank: bool = False, thai_digits: bool = False
) -> Preview:
    """Draw a form of one record to look at. Raises Invalid where the record is not ready for it.

    Nothing is noted and no number is given: prints.request and prints.save do that.
    """

    def gather(connection: Connection) -> Facts:
        return _facts(connection, store.user, form, record_id)

    def qr(connection: Connection, copy: int) -> str:
        number = int(registry.FORMS[form].number.removeprefix("P"))
        return proof.write(
            signing_key(connection), record=record_id, rev=facts.rev, copy=copy, form=number
        )

    with store.read() as connection:
        facts = gather(connection)
    pdf = registry.draw(form, facts.data, blank=blank, thai_digits=thai_digits)
    return Preview(form, record_id, facts, pdf, gather, qr, thai_digits)


def signing_key(connection: Connection) -> SigningKey:
    """Return the key that signs what this desk prints."""
    return SigningKey(bytes.fromhex(setting(connection, "signing_key")))


def pages(pdf: bytes) -> int:
    """Count the pages of a PDF."""
    from pypdfium2 import PdfDocument  # opened on first use

    document = PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def check_paper(store: Store, text: str) -> str:
    """Say what a scanned QR code proves: which copy of which revision, and if it changed since.

    Raises Refused for a text that is no proof, such as that of a preview, and for what another
    desk or nobody signed; no network is needed.
    """
    found = proof.read(text)
    with store.read() as connection:
        key = signing_key(connection)
        if found.key != key.key_id[:8] or not found.holds(key.public):
            raise Refused(_("This paper was not printed by this desk."), code="other_desk")
        printed_line = line(connection, found.rev)
        if printed_line is None:
            return _("This desk printed the paper, but its revision is not here.")
        heads = heads_of(connection, printed_line.header.type, found.record)
        state = _state_of(connection, found)
    changed = _("changed since") if heads != (found.rev,) else _("unchanged since")
    verdict = _("Copy {copy} of document P{form}, revision {rev}, {changed}.").format(
        copy=found.copy, form=found.form, rev=found.rev[:8], changed=changed
    )
    return f"{verdict} {_(_SAYS[state])}"


def _state_of(connection: Connection, found: Proof) -> str:
    """Return the state of a paper; only a former version noted one paper twice."""
    form = next((each.name for each in forms() if each.number == f"P{found.form}"), "")
    states = set(
        connection.scalars(
            select(printed.c.state).where(
                printed.c.form == form,
                printed.c.record == found.record,
                printed.c.copy == found.copy,
                printed.c.rev == found.rev,
            )
        )
    )
    return next((each for each in (CONFIRMED, REQUESTED, UNKNOWN) if each in states), "")


_SAYS = {
    CONFIRMED: N_("The clerk saw it come out."),
    REQUESTED: N_("It was sent out, and nobody has answered yet whether it came out."),
    UNKNOWN: N_("It was sent out, but nobody confirmed that it came out."),
    "": N_("This desk has no note of having given this number: ask who printed it."),
}


def stamp(view: View, user_id: str, *, file_no: str, short: str) -> Stamp:
    """Return the stamp of a print: the office, who prints it and when.

    `short` is the text of the bar code.
    """
    return Stamp(
        office=letterhead.office(view),
        user=letterhead.user(view, user_id),
        printed_at=now(),
        file_no=file_no,
        short_id=short,
        sample=bool(setting(view.connection, "sample_data", False)),
    )


def preview_stamp(said: Stamp, connection: Connection) -> Stamp:
    """Mark a stamp as that of a preview at this desk.

    The letter and the key tell apart what two desks print, and one desk before and after it was
    restored: their numbers count alike.
    """
    key = signing_key(connection).key_id[:4].upper()
    desk_mark = f"{setting(connection, 'desk_letter', 'A')}-{key}"
    return replace(said, qr=proof.PREVIEW, desk=desk_mark, preview=True)


def _facts(connection: Connection, user: str, form: str, record_id: str) -> Facts:
    found = registry.FORMS.get(form)
    is_of_record = found is not None and gathering.is_of_record(found.name)
    known = current(connection, found.entity, record_id) if found and is_of_record else None
    if found is None or known is None or not gathering.fits(form, known.data):
        raise UserError(_("There is no such form for this record."), code="not_found")
    of_record = _readable(found.entity, known.data)
    if problems := gathering.unready(form, of_record):
        raise Invalid(problems)
    view = view_of(connection)
    file_no = of_record.get(entities()[found.entity].numbered) or ""
    said = stamp(view, user, file_no=file_no, short=short_id(record_id))
    data = gathering.gathered(form, view, preview_stamp(said, connection), record_id, of_record)
    return Facts(known.heads[-1], data)


def _readable(type_: str, data: Data) -> Data:
    """Return a record's data; a paper never leaves out in silence what the record holds."""
    fields = fields_of(entities()[type_])
    read = usable(fields, data)
    lost = [each for each in fields if data.get(each.name) is not None and each.name not in read]
    if lost:
        sentence = _(
            "The record cannot be printed: the program cannot read “{labels}”. "
            "Correct it on its page, or update the program."
        )
        labels = ", ".join(_(each.label) for each in lost)
        raise UserError(sentence.format(labels=labels), code="unreadable")
    return read


def now() -> str:
    """Return the time that papers bear: in Thailand, to the minute."""
    return datetime.now(THAILAND).strftime("%Y-%m-%dT%H:%M")
