"""What papers share on their way from records: who gathers which, people, places, choices."""

from collections.abc import Callable
from datetime import date
from typing import Any

from app.core import places, thai
from app.core.line import Data
from app.models.office.store import Store, origin
from app.models.people.person import Person as PersonRecord
from app.reports.people import Address, Person
from app.reports.registry import FORMS
from app.reports.stamp import Stamp
from app.services import areas
from app.services.records import naming
from app.services.records.record_view import View

Gather = Callable[[View, Stamp, str, Data], Any]

_GATHER: dict[str, Gather] = {}
_FITS: dict[str, Callable[[Data], bool]] = {}  # which records of its type a form prints


def gathers(
    form: str, *, fits: Callable[[Data], bool] = lambda _data: True
) -> Callable[[Gather], Gather]:
    """Register the function that gathers a form's data from (view, stamp, record id, data).

    `fits` tells from a record's data whether the form prints it; by default it prints all.
    """

    def register(function: Gather) -> Gather:
        _GATHER[form] = function
        _FITS[form] = fits
        return function

    return register


def is_of_record(form: str) -> bool:
    """Tell whether a form says what a record says; a cover sheet and a report do not."""
    areas.load()
    return form in _GATHER


def fits(form: str, data: Data) -> bool:
    """Tell whether a form prints a record with this data, which is of the form's type."""
    areas.load()
    return _FITS[form](data)


def gathered(form: str, view: View, stamp: Stamp, record_id: str, data: Data) -> Any:
    """Return everything that a form prints of a record, as the form's own data."""
    areas.load()
    return _GATHER[form](view, stamp, record_id, data)


def forms_of_records() -> set[str]:
    """Return the names of the forms that print a record."""
    areas.load()
    return set(_GATHER)


def gather(store: Store, form: str, record_id: str) -> Any:
    """Return what a form says of a record, with an empty stamp; one read of the store."""
    with store.read() as connection:
        view = View(connection, origin(connection).office)
        data = view.get(FORMS[form].entity, record_id) or {}
        return gathered(form, view, Stamp("", "", ""), record_id, data)


def person(data: Data, on: date, membership: Data | None = None) -> Person:
    """Give a person as forms print one, the age counted on a day."""
    return Person(
        name=PersonRecord.title(data),
        **texts(data, "id_no", "passport_no", "nationality", "occupation", "phone"),
        age=_age(data, on),
        reached_by=data.get("contact_via", ""),
        registered=address(data.get("address")),
        current=address(data.get("current_address")),
        role=(membership or {}).get("role", ""),
    )


def address(parts: Data | None) -> Address:
    """Give an address with the names of its places."""
    parts = parts or {}
    place = places.subdistrict(parts.get("subdistrict", ""))
    return Address(
        **texts(parts, "house_no", "moo", "village", "soi", "road", "postcode"),
        subdistrict=place.subdistrict if place else "",
        district=place.district if place else "",
        province=place.province if place else "",
    )


def texts(data: Data, *names: str) -> dict[str, Any]:
    """Give some fields by name, "" for what is not filled in."""
    return {name: data.get(name, "") for name in names}


def shown(type_: str, name: str, data: Data) -> str:
    """Give the label of what was chosen in a field."""
    return naming.chosen(type_, name, data)


def _age(data: Data, on: date) -> str:
    """Write the age in years, "19-20" where the birth date leaves it open."""
    if not data.get("birth_date"):
        return ""
    least, most = thai.age_range(data["birth_date"], on)
    return str(least) if least == most else f"{least}-{most}"
