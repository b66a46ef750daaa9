"""What the centre decides and announces: rounds, allotments, decisions on loan files.

Each goes out as lines of the centre, in the next receipt of the office; entering one twice changes
nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, select

from app.core import fields, programme
from app.core.errors import Invalid, UserError
from app.core.i18n import _
from app.core.line import Data, parse_line
from app.core.thai import format_baht
from app.models import shapes
from app.models.central import tables
from app.models.records.base import entities, fields_of
from app.models.records.record_type import RecordType, Shape
from app.services.central.answers import own_lines
from app.services.central.intake import office_records
from app.services.central.keys.centre import Centre
from app.services.central.money import applications, ledger
from app.services.central.money.ledger import Balance


@dataclass(frozen=True, slots=True)
class Decided:
    """The announcement written: its record, whether it was new, the money still free to lend."""

    type: str
    id: str
    new: bool
    balance: Balance


def announce_round(centre: Centre, draft: Mapping[str, Any]) -> dict[str, bool]:
    """Announce a fund round to every enrolled office; money in satang, dates ISO.

    Gives for each office whether the line is new there. Raises Invalid for a draft that is not
    complete, and UserError "below_allotted" for a frame below what the offices have already.
    """
    data = checked(shapes.FUND_ROUND, draft)
    code = data["code"]
    with tables.acting(centre.engine) as connection:
        if "pot" in data:
            ledger.appropriate(connection, code, data["pot"])
        offices = sorted(set(connection.scalars(select(tables.office_keys.c.office))))
        return {
            office: bool(
                own_lines.put(connection, office, [_change(office, shapes.FUND_ROUND, code, data)])
            )
            for office in offices
        }


def allot(centre: Centre, office: str, code: str, amount: int) -> Decided:
    """Allot an office its part of a round, in satang; the part so far is replaced.

    Raises UserError: "unknown_office", "no_round", "over_pot", "below_used".
    """
    with tables.acting(centre.engine) as connection:
        refuse_unknown(office)
        ledger.allot(connection, office, code, amount)
        record_id = own_lines.record_id(office, "allotment", code)
        before = office_records.heads_of(connection, office, "allotment", record_id)
        _tell_left(connection, office, code, amount)
        after = office_records.heads_of(connection, office, "allotment", record_id)
        found = ledger.balance(connection, code, office)
        return Decided("allotment", record_id, before != after, found)


def decide(centre: Centre, office: str, file: str, draft: Mapping[str, Any]) -> Decided:
    """Write down what was decided of a loan file, named by its number or its id.

    The draft holds outcome, amount in satang, decided_on, meeting, contract_by and reason. Raises
    Invalid for a draft that is not complete, and UserError: "no_loan", "over_asked" and
    "over_allotment".
    """
    with tables.acting(centre.engine) as connection:
        loan = applications.named(connection, office, file)
        if loan is None:
            raise UserError(
                _("The centre has no loan file {file} of office {office}.").format(
                    file=file, office=office
                ),
                code="no_loan",
            )
        data = checked(shapes.LOAN_DECISION, dict(draft) | {"loan_file": loan.loan})
        granted = data["outcome"] in applications.GRANTED
        if granted:
            _refuse_too_much(data, loan.amount)
        change = _change(office, shapes.LOAN_DECISION, loan.loan, data)
        if (
            office_records.shown(connection, office, shapes.LOAN_DECISION, change.id) != data
            and granted
        ):
            ledger.refuse_beyond(connection, office, loan.loan, data["amount"])
        new = own_lines.put(connection, office, [change])
        if new:
            applications.follow(connection, office, [loan.loan])
        balance = ledger.balance(connection, loan.round, office)
        return Decided("loan_decision", change.id, bool(new), balance)


def tell_rounds(connection: Connection, office: str) -> None:
    """Announce to an office what was announced to others before it was enrolled."""
    heads, lines = tables.heads, tables.revisions
    found = connection.scalars(
        select(lines.c.line)
        .join(heads, (heads.c.office == lines.c.office) & (heads.c.rev == lines.c.rev))
        .where(heads.c.type == "fund_round")
    )
    newest: dict[str, tuple[int, str, Data]] = {}
    for line in map(parse_line, found):
        data = line.body.data if line.body else {}
        this = (line.header.depth, line.header.at, data)
        newest[data["code"]] = max(newest.get(data["code"], this), this, key=lambda each: each[:2])
    own_lines.put(
        connection,
        office,
        [
            _change(office, shapes.FUND_ROUND, code, data)
            for code, (*_, data) in sorted(newest.items())
        ],
    )


def tell_what_is_left(connection: Connection, office: str) -> None:
    """Bring the office's allotments up to the ledger, so that a receipt says what is left."""
    found = office_records.all_shown(connection, office, shapes.ALLOTMENT)
    for data in [data for _id, data in found if data]:
        _tell_left(connection, office, data["round"], data["amount"])


def _tell_left(connection: Connection, office: str, code: str, amount: int) -> None:
    """Write the allotment where its figures are others; a new day alone is no news."""
    left = ledger.balance(connection, code, office).left
    figures: shapes.Allotment = {"round": code, "amount": amount, "left": left}
    told = figures | {"as_of": fields.today().isoformat()}
    change = _change(office, shapes.ALLOTMENT, code, told)
    before = office_records.shown(connection, office, shapes.ALLOTMENT, change.id) or {}
    if {name: before.get(name) for name in figures} != figures:
        own_lines.put(connection, office, [change])


def _change(office: str, type_: str, key: str, data: Mapping[str, Any]) -> own_lines.Change:
    return own_lines.Change(type_, own_lines.record_id(office, type_, key), data)


def checked(type_: RecordType[Shape], draft: Mapping[str, Any]) -> Shape:
    """Return a record of the centre as it is stored. Raises Invalid for an incomplete one."""
    described = fields_of(entities()[type_])
    data = fields.clean(described, draft)
    strange = sorted(set(data) - {each.name for each in described})
    if strange:
        raise Invalid(
            _("There is no field named {names}.").format(names=", ".join(strange)), code="field"
        )
    problems = [found for each in described for found in fields.check(each, data.get(each.name))]
    if problems:
        raise Invalid(problems)
    return cast("Shape", data)  # each field has just been checked


def _refuse_too_much(data: shapes.LoanDecision, asked: int) -> None:
    if not data.get("amount"):
        raise Invalid(_("Say how much was approved."), code="missing")
    if data["amount"] > asked:
        raise UserError(
            _("{amount} baht is more than the {asked} that were asked for.").format(
                amount=format_baht(data["amount"]), asked=format_baht(asked)
            ),
            code="over_asked",
        )


def refuse_unknown(office: str) -> None:
    """Refuse a code that no employment office has. Raises UserError "unknown_office"."""
    if office not in {each.code for each in programme.offices()}:
        raise UserError(
            _("There is no employment office with the code {code}.").format(code=office),
            code="unknown_office",
        )
