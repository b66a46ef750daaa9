"""Who was there on which day of a class: the grid of trainees and days, marked in one act."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from app.core import thai
from app.core.errors import Changed, Invalid, Problem, UserError
from app.core.i18n import _
from app.core.line import Data
from app.models import shapes
from app.models.office.store import Store
from app.models.people.person import Person
from app.models.records.lines import heads_of
from app.services.records import records
from app.services.records.acts import Acting, act
from app.services.records.record_view import View
from app.services.training.counting import (
    ATTENDING,
    SEATED,
    attended_enough,
    minutes_attended,
    share_attended,
)

Marks = Mapping[str, Mapping[str, int | None]]  # trainee -> day -> minutes, None is not marked


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a class; `minutes` is how long it lasts."""

    day: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Trainee:
    """A row of the grid, as it is stored.

    `attended` gives minutes by day: 0 is absent, a day that is left out was not marked yet.
    `share` is the percent of the class's hours, cut after two decimals. `heads` is what a save of
    the row stands on.
    """

    id: str
    person: str
    name: str
    masked_id: str
    status: str
    applied_on: str
    attended: dict[str, int]
    share: str
    is_enough: bool
    score: int | None
    certificate_no: str
    heads: tuple[str, ...]

    @property
    def attends(self) -> bool:
        """Tell whether the attendance of the row can be marked."""
        return self.status in ATTENDING


@dataclass(frozen=True, slots=True)
class Grid:
    """A class, its days and its trainees: seats first, each by order of application."""

    class_id: str
    title: str
    hours: int
    seats: int
    days: tuple[Day, ...]
    trainees: tuple[Trainee, ...]

    @property
    def seated(self) -> int:
        """Count who has a seat."""
        return sum(each.status in SEATED for each in self.trainees)


@dataclass(frozen=True, slots=True)
class Marked:
    """What a marking wrote: how many trainees changed; `act` is "" where nothing did."""

    act: str
    trainees: int


def grid(store: Store, class_id: str) -> Grid:
    """Read the grid of a class. Raises UserError "not_found"."""
    with store.read() as connection:
        view = records.view_of(connection)
        class_ = _class(view, class_id)
        days = days_of(class_)
        hours = class_.get("hours", 0)
        rows = [
            _trainee(connection, view, each, data, hours) for each, data in in_order(view, class_id)
        ]
    rows.sort(key=lambda row: _rank(row.status))  # stable: the order of application stays
    return Grid(
        class_id,
        records.title("training_class", class_),
        hours,
        class_.get("seats", 0),
        tuple(Day(day, minutes) for day, minutes in days.items()),
        tuple(rows),
    )


def mark(
    store: Store,
    class_id: str,
    marks: Marks,
    *,
    base: Mapping[str, tuple[str, ...]] | None = None,
) -> Marked:
    """Store the marks of many trainees in one act; what is not named stays as it was.

    `base` gives the heads that each row was read with. Raises Changed where another hand saved one
    first, Invalid for a day, a time or a trainee that does not fit the class, and UserError
    "not_found": nothing was stored.
    """

    def work(acting: Acting) -> Marked:
        view = View(acting.connection, acting.act.origin.office)
        days = days_of(_class(view, class_id))
        changed: list[tuple[str, Data, tuple[str, ...]]] = []
        for trainee_id, of_trainee in marks.items():
            data = _attending(view, class_id, trainee_id)
            after = with_marks(data, of_trainee, days)
            heads = heads_of(acting.connection, "enrolment", trainee_id)
            if len(heads) > 1 or (base is not None and base[trainee_id] != heads):
                raise Changed(
                    _("Someone saved this record first. Load theirs, or keep yours."),
                    code="changed",
                )
            if after != data:
                changed.append((trainee_id, dict(after), heads))
        acting.put_many("enrolment", changed)
        return Marked(acting.act.id if changed else "", len(changed))

    return act(store, work)


def all_present(grid: Grid, day: str) -> dict[str, dict[str, int | None]]:
    """Return the marks by which everyone was there the whole day who is not marked otherwise."""
    minutes = next(each.minutes for each in grid.days if each.day == day)
    return {
        each.id: {day: minutes}
        for each in grid.trainees
        if each.attends and day not in each.attended
    }


def days_of(class_: shapes.TrainingClass) -> dict[str, int]:
    """Return the minutes of the class's days, in their order."""
    rows = {row["day"]: row["minutes"] for row in class_.get("days") or () if len(row) == 2}
    return dict(sorted(rows.items()))


def with_marks(
    data: shapes.Enrolment, marks: Mapping[str, int | None], days: Mapping[str, int]
) -> shapes.Enrolment:
    """Return an application with marks in it. Raises Invalid for a mark that fits no day."""
    attended = {row["day"]: row["minutes"] for row in data.get("attended") or ()}
    for day, minutes in marks.items():
        if day not in days:
            raise Invalid([Problem("attended", _("This is no day of the class."), "no_day")])
        if minutes is None:
            attended.pop(day, None)
            continue
        if not 0 <= minutes <= days[day]:
            message = _("The day lasts {most} minutes.").format(most=days[day])
            raise Invalid([Problem("attended", message, "minutes")])
        attended[day] = minutes
    after = data.copy()
    after.pop("attended", None)
    if attended:
        after["attended"] = [
            {"day": day, "minutes": minutes} for day, minutes in sorted(attended.items())
        ]
    return after


def in_order(view: View, class_id: str) -> list[tuple[str, shapes.Enrolment]]:
    """List the (id, data) of a class's trainees in the order in which they applied."""
    found = view.where(shapes.ENROLMENT, training_class=class_id)
    return sorted(found, key=lambda row: row[1].get("applied_on", ""))


def name_of(view: View, data: shapes.Enrolment) -> str:
    """Name the person of an application."""
    return Person.title(view.get(shapes.PERSON, data.get("person")) or {})


def _class(view: View, class_id: str) -> shapes.TrainingClass:
    found = view.get(shapes.TRAINING_CLASS, class_id)
    if found is None:
        raise UserError(_("This class is not here. Choose the class again."), code="not_found")
    return found


def _trainee(
    connection: Connection, view: View, record_id: str, data: shapes.Enrolment, hours: int
) -> Trainee:
    person = view.get(shapes.PERSON, data.get("person")) or {}
    minutes = minutes_attended(data)
    return Trainee(
        id=record_id,
        person=data.get("person", ""),
        name=Person.title(person),
        masked_id=thai.mask_citizen_id(person.get("id_no", "")),
        status=data.get("status", ""),
        applied_on=data.get("applied_on", ""),
        attended={row["day"]: row["minutes"] for row in data.get("attended") or ()},
        share=share_attended(minutes, hours),
        is_enough=attended_enough(minutes, hours),
        score=data.get("score"),
        certificate_no=data.get("certificate_no", ""),
        heads=heads_of(connection, "enrolment", record_id),
    )


def _attending(view: View, class_id: str, trainee_id: str) -> shapes.Enrolment:
    data = view.get(shapes.ENROLMENT, trainee_id)
    if data is None or data.get("training_class") != class_id:
        raise UserError(_("This trainee is not in the class."), code="not_found")
    if data.get("status") not in ATTENDING:
        message = _("{name} is not in training: take the step first, then mark the attendance.")
        problem = message.format(name=name_of(view, data))
        raise Invalid([Problem("attended", problem, "not_attending")])
    return data


def _rank(status: str) -> int:
    return 0 if status in SEATED else _WAITING.get(status, 3)


_WAITING = {"checked": 1, "applied": 1, "reserve": 2}
