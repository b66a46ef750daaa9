"""A whole class moved at once: checked, selected by order, begun, judged by time and by score.

Each is one act. Whoever a guard holds back stays where they are and is named with the reason.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.core.errors import Invalid, UserError
from app.core.fields import Draft
from app.core.i18n import _
from app.core.states import machines
from app.models import shapes
from app.models.office.store import Store
from app.services.records import moves, records
from app.services.records.acts import Acting, act
from app.services.records.moves import Wanted
from app.services.records.planned_view import Ahead
from app.services.training.attendance import in_order, name_of
from app.services.training.counting import (
    attended_enough,
    minutes_attended,
    score_is_enough,
    seats_taken,
)
from app.services.training.rules import groups_of


@dataclass(frozen=True, slots=True)
class Left:
    """A trainee whom a rule or a guard held back, and what it said."""

    id: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a class: how many moved to which status, and who was held back."""

    act: str
    moved: Mapping[str, int]
    left: tuple[Left, ...]


def check_all(store: Store, class_id: str) -> Done:
    """Mark every application as checked where age and papers leave nothing open."""
    return _each(store, class_id, lambda _run, data: _step(data, applied="check"))


def select_by_order(store: Store, class_id: str) -> Done:
    """Assign the free seats by order of application; the others go to the waiting list.

    Whoever waits already keeps their place before those who applied later.
    """
    return _each(store, class_id, _seat_or_wait)


def begin_training(store: Store, class_id: str) -> Done:
    """Mark the class as running where it is not yet, and everyone selected as in training."""
    return _each(
        store, class_id, lambda _run, data: _step(data, selected="train"), first=_begin_class
    )


def judge_time(store: Store, class_id: str) -> Done:
    """Part the trainees by 80 % of the class's time, exact in minutes (S15)."""

    def by_time(run: "_Run", data: shapes.Enrolment) -> Wanted | None:
        enough = attended_enough(minutes_attended(data), run.class_.get("hours", 0))
        return _step(data, training="admit_to_assessment" if enough else "too_little_time")

    return _each(store, class_id, by_time)


def assess(store: Store, class_id: str, scores: Mapping[str, int]) -> Done:
    """Part trainees by their scores, hundredths by trainee: 60 points complete (S15).

    A fail that is assessed again keeps its former score in the history.
    """

    def by_score(run: "_Run", data: shapes.Enrolment) -> Wanted | None:
        score = scores.get(run.trainee)
        if score is None:
            return None
        return Wanted("pass" if score_is_enough(score) else "fail", {"score": score})

    return _each(store, class_id, by_score)


def new_application(store: Store, class_id: str, person: str) -> Draft:
    """Begin an application of today, with the group of a person who is in one group only."""
    with store.read() as connection:
        view = records.view_of(connection)
        groups = groups_of(view, person)
    draft = {"training_class": class_id, "person": person, "applied_on": view.today.isoformat()}
    return draft | ({"group": groups[0]} if len(groups) == 1 else {})


@dataclass(slots=True)
class _Run:
    """One pass over a class: the trainee in hand, and what happened so far."""

    acting: Acting
    view: Ahead
    class_id: str
    class_: shapes.TrainingClass
    trainee: str = ""
    moved: Counter[str] = field(default_factory=Counter)
    left: list[Left] = field(default_factory=list)

    def move(self, trainee: str, data: shapes.Enrolment, wanted: Wanted) -> None:
        try:
            moves.put(self.acting, "enrolment", trainee, wanted, view=self.view)
        except Invalid as refused:
            self.left.append(Left(trainee, name_of(self.view, data), refused.sentence))
        else:
            chosen = machines()["enrolment"].move(wanted.name)
            self.moved[chosen.to if chosen else ""] += 1


def _each(
    store: Store,
    class_id: str,
    choose: Callable[[_Run, shapes.Enrolment], Wanted | None],
    *,
    first: Callable[[_Run], None] = lambda _run: None,
) -> Done:
    """Take the step that `choose` names, for every trainee in the order of application."""

    def work(acting: Acting) -> Done:
        view = Ahead(acting.connection, acting.act.origin.office)
        class_ = view.get(shapes.TRAINING_CLASS, class_id)
        if class_ is None:
            raise UserError(_("This class is not here. Choose the class again."), code="not_found")
        run = _Run(acting, view, class_id, class_)
        first(run)
        trainees = in_order(view, class_id)
        people = [data.get("person") for _id, data in trainees]
        view.load(shapes.PERSON, "id", people)
        view.load(shapes.ENROLMENT, "person", people)
        view.load(shapes.MEMBERSHIP, "person", people)
        for trainee, data in trainees:
            run.trainee = trainee
            wanted = choose(run, data)
            if wanted is not None:
                run.move(trainee, data, wanted)
        return Done(acting.act.id if acting.changes else "", dict(run.moved), tuple(run.left))

    return act(store, work)


def _step(data: shapes.Enrolment, **steps: str) -> Wanted | None:
    """Return the step that begins where a trainee stands."""
    name = steps.get(data.get("status", ""))
    return Wanted(name) if name else None


def _seat_or_wait(run: _Run, data: shapes.Enrolment) -> Wanted | None:
    free = seats_taken(run.view, run.class_id) < run.class_.get("seats", 0)
    if free:
        return _step(data, checked="select", reserve="select")
    return _step(data, checked="reserve")


def _begin_class(run: _Run) -> None:
    if run.class_.get("status") in ("open", "closed"):
        moves.put(run.acting, "training_class", run.class_id, Wanted("begin"))
        run.view.put("training_class", run.class_id, run.class_ | {"status": "running"})
