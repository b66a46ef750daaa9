"""What papers share on their way from records: who gathers which, places, choices."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.core import places
from app.core.errors import Problem
from app.core.line import Data
from app.models.office.store import Store, origin
from app.models.records.record_type import RecordType, Shape
from app.models.shapes.parts import Address as AddressParts
from app.reports.people import Address
from app.reports.stamp import Stamp
from app.services import areas
from app.services.records import naming
from app.services.records.record_view import View

Gather = Callable[[View, Stamp, str, Shape], Any]


@dataclass(frozen=True, slots=True)
class _Gathering:
    """Who gathers a form's data, and of which records."""

    type: RecordType[Any]
    gather: Gather[Any]
    fits: Callable[[Any], bool]
    ready: Callable[[Any], Iterable[Problem]]


_GATHERINGS: dict[str, _Gathering] = {}


def gathers(
    form: str,
    type_: RecordType[Shape],
    *,
    fits: Callable[[Shape], bool] = lambda _data: True,
    ready: Callable[[Shape], Iterable[Problem]] = lambda _data: (),
) -> Callable[[Gather[Shape]], Gather[Shape]]:
    """Register the function that gathers a form's data from (view, stamp, record id, data).

    The data are of a record of `type_`, which is the entity of the form.

    `fits` tells from a record's data whether the form prints it; by default it prints all. `ready`
    says what keeps such a record from being printed yet; by default nothing does.
    """

    def register(function: Gather[Shape]) -> Gather[Shape]:
        _GATHERINGS[form] = _Gathering(type_, function, fits, ready)
        return function

    return register


def is_of_record(form: str) -> bool:
    """Tell whether a form says what a record says; a cover sheet and a report do not."""
    return form in forms_of_records()


def fits(form: str, data: Data) -> bool:
    """Tell whether a form prints a record with this data, which is of the form's type."""
    return _of(form).fits(data)


def unready(form: str, data: Data) -> list[Problem]:
    """List what keeps a record from being printed on a form yet."""
    return list(_of(form).ready(data))


def gathered(form: str, view: View, stamp: Stamp, record_id: str, data: Data) -> Any:
    """Return everything that a form prints of a record, as the form's own data."""
    return _of(form).gather(view, stamp, record_id, data)


def forms_of_records() -> dict[str, str]:
    """Return the type of the records that each form prints; other forms print no record."""
    areas.load(areas.PRINTING)
    return {form: str(found.type) for form, found in _GATHERINGS.items()}


def gather(store: Store, form: str, record_id: str) -> Any:
    """Return what a form says of a record, with an empty stamp; one read of the store."""
    with store.read() as connection:
        view = View(connection, origin(connection).office)
        data = view.get(_of(form).type, record_id) or {}
        return gathered(form, view, Stamp("", "", ""), record_id, data)


def address(parts: AddressParts | None) -> Address:
    """Return an address with the names of its places."""
    parts = parts or {}
    place = places.subdistrict(parts.get("subdistrict", ""))
    return Address(
        **texts(parts, "house_no", "moo", "village", "soi", "road", "postcode"),
        subdistrict=place.subdistrict if place else "",
        district=place.district if place else "",
        province=place.province if place else "",
    )


def texts(data: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Return some fields by name, "" for what is not filled in."""
    return {name: data.get(name, "") for name in names}


def shown(type_: RecordType[Shape], name: str, data: Shape) -> str:
    """Return the label of what was chosen in a field."""
    return naming.chosen(type_, name, data)


def _of(form: str) -> _Gathering:
    areas.load(areas.PRINTING)
    return _GATHERINGS[form]
