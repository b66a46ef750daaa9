"""What the page of certification files does beyond its list and form."""

from app.services import expiry
from app.services.desk import Desk


def running_out(desk: Desk, _type: str) -> list[str]:
    """Find the files whose certificate ends within the days in which a renewal is prepared."""
    return [ending.id for ending in expiry.running_out(desk.store)]
