"""What a class completes by itself: the days that its hours are spread over."""

from app.models import shapes
from app.services.records.autofill import completes
from app.services.records.record_view import View
from app.services.training.days import training_days


@completes(shapes.TRAINING_CLASS)
def with_days(_view: View, _record_id: str, data: shapes.TrainingClass) -> shapes.TrainingClass:
    """Return the class with its hours spread over its days, where none are entered."""
    days = data.get("days") or training_days(data)
    return data | {"days": days} if days else data
