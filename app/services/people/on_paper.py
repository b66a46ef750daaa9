"""A person as forms print one."""

from datetime import date

from app.core import thai
from app.models import shapes
from app.models.people.person import Person as PersonRecord
from app.reports.people import Person
from app.services.printing.gathering import address, texts


def person(data: shapes.Person, on: date, membership: shapes.Membership | None = None) -> Person:
    """Return a person as forms print one, the age counted on a day.

    `membership` is that in the group that is printed, for the role there.
    """
    return Person(
        name=PersonRecord.title(data),
        **texts(data, "id_no", "passport_no", "nationality", "occupation", "phone"),
        age=_age(data, on),
        reached_by=data.get("contact_via", ""),
        registered=address(data.get("address")),
        current=address(data.get("current_address")),
        role=(membership or {}).get("role", ""),
    )


def _age(data: shapes.Person, on: date) -> str:
    """Write the age in years, "19-20" where the birth date leaves it open."""
    if not data.get("birth_date"):
        return ""
    least, most = thai.age_range(data["birth_date"], on)
    return str(least) if least == most else f"{least}-{most}"
