"""What a class completes by itself: the days that its hours are spread over."""

from app.core.line import Data
from app.services.records.autofill import completes
from app.services.records.record_view import View
from app.services.training.days import training_days


@completes("training_class")
def with_days(_view: View, _record_id: str, data: Data) -> Data:
    """Return the class with its hours spread over its days, where none are entered."""
    days = data.get("days") or training_days(data)
    return data | {"days": days} if days else data
