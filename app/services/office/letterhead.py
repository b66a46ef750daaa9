"""What papers say of the office and of who prints, from the desk's own records."""

from app.models import shapes
from app.models.office.users import User
from app.services.office.desk import office_name
from app.services.records.record_view import View


def office(view: View) -> str:
    """Return the name of the office as it entered it, else as the programme's data has it."""
    offices = view.where(shapes.OFFICE)
    return str(offices[-1][1].get("name")) if offices else office_name(view.office)


def user(view: View, user_id: str) -> str:
    """Return the name of a user, "" for one that is not here."""
    return User.title(view.get(shapes.USER, user_id) or {})
