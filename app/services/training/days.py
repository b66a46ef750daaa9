"""The days of a class, where nobody typed them: its hours spread over the days it lasts."""

from datetime import date, timedelta

from app.models import shapes

MOST_DAYS = 200
_SATURDAY = 5
_LONGEST, _SHORTEST = 8 * 60, 60  # minutes of a day that is worth filling in


def training_days(data: shapes.TrainingClass) -> list[shapes.TrainingClassDaysRow]:
    """Return the rows "day" and "minutes" of a class; they add up to its hours.

    Working days alone where they can hold the hours at eight a day, else every day of the class.
    The minutes are equal, the remainder is in the last day. None where the class lasts too long or
    its days would be too full or too short: then the clerk types them.
    """
    begins, ends, hours = data.get("start_on"), data.get("end_on"), data.get("hours")
    if not begins or not ends or not hours or ends < begins:
        return []
    first, minutes = date.fromisoformat(begins), hours * 60
    count = (date.fromisoformat(ends) - first).days + 1
    every = [first + timedelta(days=number) for number in range(min(count, MOST_DAYS + 1))]
    working = [day for day in every if day.weekday() < _SATURDAY]
    days = working if minutes <= len(working) * _LONGEST else every
    if len(every) > MOST_DAYS or not len(days) * _SHORTEST <= minutes <= len(days) * _LONGEST:
        return []
    each = minutes // len(days)
    spread: list[shapes.TrainingClassDaysRow] = [
        {"day": day.isoformat(), "minutes": each} for day in days
    ]
    spread[-1]["minutes"] = minutes - each * (len(days) - 1)
    return spread
