"""Which record a row is about, and what its values make of that record."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.core import thai
from app.core.fields import Field, Kind, clean, show
from app.core.i18n import _
from app.core.line import Data
from app.models.records.lines import MANY, heads
from app.services.loans import rounds
from app.services.records import records
from app.services.spreadsheets.imports.plans import Difference

Key = tuple[str, ...]
NUMBERS = ("id_no", "passport_no")


@dataclass(frozen=True, slots=True)
class Known:
    """A record that is already here."""

    id: str
    data: Data
    heads: tuple[str, ...]


def key(type_: str, data: Mapping[str, object]) -> Key:
    """Give what a record is known by: an id number, a receipt, a group's name in its subdistrict.

    A name and a birth date never are: namesakes share them. () is known by nothing; a loan file
    is not either, for a borrower may have had several.
    """
    if type_ in ("loan_file", "payment"):
        number = str(data.get("receipt_no", ""))
        return ("receipt_no", number) if number else ()
    if type_ == "group":
        address = data.get("address")
        place = address.get("subdistrict", "") if isinstance(address, dict) else ""
        name = thai.search_key(str(data.get("name", "")))
        found: Key = (name.removeprefix(thai.search_key("กลุ่ม")), place)
        return found if all(found) else ()
    for name in NUMBERS:
        if data.get(name):
            return name, str(data[name])
    return ()


def known(connection: Connection, type_: str, found: Mapping[str, Data]) -> list[Known]:
    """Give records, by id, with their heads."""
    of_record: dict[str, list[str]] = {record_id: [] for record_id in found}
    ids = list(found)
    for start in range(0, len(ids), MANY):
        some = select(heads.c.id, heads.c.rev).where(
            heads.c.type == type_, heads.c.id.in_(ids[start : start + MANY])
        )
        for record_id, rev in connection.execute(some):
            of_record[record_id].append(rev)
    return [Known(i, data, tuple(sorted(of_record[i]))) for i, data in found.items()]


def begun(type_: str, values: Data) -> Data:
    """Give a new record: the values over the defaults of a new form."""
    described = {field.name for field in records.fields(type_)}
    own = {name: value for name, value in values.items() if name in described}
    defaults = {
        field.name: field.default for field in records.fields(type_) if field.default is not None
    }
    if type_ == "person":
        defaults |= _kind_of_id(own)
        if defaults["id_kind"] != "thai13":
            # whoever is Thai decides what the group may ask for, so it is never guessed
            del defaults["nationality"]
    if type_ == "loan_file":
        defaults["round"] = rounds.choices()[0][0]
        defaults["borrower_kind"] = "group" if own.get("group") else "individual"
    return clean(records.fields(type_), defaults | own)


def laid_over(type_: str, before: Data, values: Data, *, overwrite: bool) -> Data:
    """Give a record with the values in it; an empty cell leaves what was there."""
    data = dict(before)
    for field in records.fields(type_):
        if field.name in values and (overwrite or field.name not in before):
            data[field.name] = _joined(field, before.get(field.name), values[field.name])
    return clean(records.fields(type_), data)


def differences(type_: str, before: Data, after: Data) -> list[Difference]:
    """List what changes in a record."""
    return [
        Difference(
            field.name,
            _(field.label),
            show(field, before.get(field.name)),
            show(field, after.get(field.name)),
        )
        for field in records.fields(type_)
        if before.get(field.name) != after.get(field.name)
    ]


def _kind_of_id(values: Data) -> Data:
    """Tell the kind by the number where the list does not: 0, 6 and 7 begin no Thai's (S30)."""
    if values.get("passport_no") and not values.get("id_no"):
        return {"id_kind": "passport"}
    foreign = str(values.get("id_no", "")).startswith(("0", "6", "7"))
    return {"id_kind": "foreigner13" if foreign else "thai13"}


def _joined(field: Field, before: Data | None, value: Data) -> Data:
    """Fill an address up where the parts agree; parts of two addresses are never mixed."""
    if field.kind is not Kind.ADDRESS or not before:
        return value
    agree = all(before.get(part, text) == text for part, text in value.items())
    return {**before, **value} if agree else value
