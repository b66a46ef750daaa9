"""What a class is counted by: seats, the waiting list, the share of its time attended."""

from sqlalchemy import func, select

from app.core import courses
from app.models import shapes
from app.models.records.base import table_of
from app.services.records.record_view import View

# Whoever stands here has a seat; who left gives it back.
SEATED = (
    "selected", "training", "assessable", "passed", "certificated", "short_of_time", "failed",
)  # fmt: skip
# Whoever stands here has completed the training (S15).
PASSED = ("passed", "certificated")
# Whoever stands here signs in and is marked; the others left, wait or have their result.
ATTENDING = ("selected", "training", "assessable")


def seats_taken(view: View, class_id: str, *, beside: str = "") -> int:
    """Count the trainees of a class who have a seat, one left out."""
    table = table_of("enrolment")
    statement = select(func.count()).where(
        table.c.training_class == class_id,
        table.c.status.in_(SEATED),
        table.c.void_reason.is_(None),
        table.c.id != beside,
    )
    return view.connection.scalar(statement) or 0


def waiting_before(view: View, class_id: str, record_id: str, data: shapes.Enrolment) -> int:
    """Count who waits for a seat of the class and applied before this trainee.

    The order is the day of the application, then the order in which this desk entered them.
    """
    table = table_of("enrolment")
    own_no = view.connection.scalar(select(table.c.no).where(table.c.id == record_id)) or 0
    applied = data.get("applied_on", "")
    earlier = (table.c.applied_on < applied) | (
        (table.c.applied_on == applied) & (table.c.no < own_no)
    )
    statement = select(func.count()).where(
        table.c.training_class == class_id,
        table.c.status == "reserve",
        table.c.void_reason.is_(None),
        earlier,
    )
    return view.connection.scalar(statement) or 0


def minutes_attended(data: shapes.Enrolment) -> int:
    """Add up what a trainee attended."""
    return sum(row.get("minutes", 0) for row in data.get("attended") or ())


def attended_enough(minutes: int, hours: int) -> bool:
    """Tell whether so many minutes of a course give the right to be assessed; exact (S15)."""
    return minutes * 100 >= hours * 60 * courses.training_rule().least_attended


def share_attended(minutes: int, hours: int) -> str:
    """Write the share attended in percent with two decimals, cut and never rounded up (S15)."""
    hundredths = minutes * 10_000 // (hours * 60) if hours else 0
    return f"{hundredths // 100}.{hundredths % 100:02}"


def score_is_enough(score: int) -> bool:
    """Tell whether a score in hundredths completes the training (S15)."""
    return score >= courses.training_rule().least_score * 100
