"""The classes of the invented province: who applied, who came, who passed."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from app.core import codes
from app.models import shapes
from app.services.demonstration.province.groups import REASON, Team
from app.services.demonstration.province.people import SAMPLE, Land, Someone
from app.services.demonstration.province.writing import Book, Way, chosen

# (code, name, provider, hours, mode): the three of the announcement, then two of the office's own
COURSES = (
    ("SCB", "", "", 18, "live_online"),
    ("CONTENT", "", "", 18, "on_site"),
    ("EDC", "", "", 12, "self_paced"),
    ("อท-ดอกไม้", "การประดิษฐ์ดอกไม้จันทน์เพื่อการค้า", "กรมพัฒนาฝีมือแรงงาน", 30, "on_site"),
    ("อท-แปรรูป", "การแปรรูปและบรรจุอาหาร", "กรมพัฒนาฝีมือแรงงาน", 30, "on_site"),
)
_OFFICES_OWN = 3

# (weight, moves): every end of the machine is somebody's
PLANS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (60, ("check", "select", "train", "admit_to_assessment", "pass", "certificate")),
    (8, ("check", "select", "train", "admit_to_assessment", "pass")),
    (4, ("check", "select", "train", "admit_to_assessment", "fail")),
    (2, ("check", "select", "train", "admit_to_assessment", "fail", "pass")),
    (5, ("check", "select", "train", "too_little_time")),
    (2, ("check", "select", "train", "resign")),
    (3, ("check", "not_select")),
    (1, ("check", "select", "train", "died")),
    (1, ("check", "disqualify")),
    (1, ("check", "select", "train", "dismiss")),
    (1, ("check", "select", "train", "admit_to_assessment", "fail_for_cheating")),
    (1, ("check", "select", "train", "admit_to_assessment")),
    (1, ("check", "select", "train")),
    (1, ("check", "select")),
    (1, ("check",)),
    (1, ()),
)
_WITH_REASON = {"not_select", "resign", "disqualify", "dismiss", "fail_for_cheating"}


@dataclass(frozen=True, slots=True)
class _Class:
    """A class as its trainees must know it."""

    id: str
    start: date
    end: date
    days: list[shapes.TrainingClassDaysRow]
    seats: int
    status: str


@dataclass(frozen=True, slots=True)
class _Trainee:
    person: str
    group: str
    serial: int


def training(book: Book, land: Land, known: list[Someone], teams: list[Team], count: int) -> None:
    """Enter classes until about so many people have applied; some come back for another course."""
    dice = book.dice
    for code, name, provider, hours, mode in COURSES[_OFFICES_OWN:]:
        course: shapes.Course = {
            "code": code,
            "name": name,
            "provider": provider,
            "type": "upgrading",
            "mode": mode,
            "hours": hours,
            "note": SAMPLE,
        }
        book.add(shapes.COURSE, course)
    group_of = {one.id: team.id for team in teams for one in team.members}
    adults = [one for one in known if one.born < "2006" and not one.died_on]
    serial, number = 0, 0
    while serial < count:
        of_class = _class(book, land, number)
        most = min(int(of_class.seats * dice.uniform(0.55, 1.1)), count // 14 + 3)
        for place, one in enumerate(dice.sample(adults, min(most, count - serial, len(adults)))):
            plan = PLANS[chosen(dice, serial, PLANS)][1]
            if of_class.status == "cancelled":
                plan = ("resign",)
            elif place >= of_class.seats or serial == len(PLANS):
                plan = ("check", "reserve")
            serial += 1
            _enrol(book, land, of_class, _Trainee(one.id, group_of.get(one.id, ""), serial), plan)
        number += 1


def _class(book: Book, land: Land, number: int) -> _Class:
    dice = book.dice
    code, _name, _provider, hours, mode = COURSES[number % len(COURSES)]
    start = _start(dice, land, number)
    minutes = [360] * (hours // 6)
    days: list[shapes.TrainingClassDaysRow] = [
        {"day": (start + timedelta(days=place)).isoformat(), "minutes": each}
        for place, each in enumerate(minutes)
    ]
    end = start + timedelta(days=len(days) - 1)
    year = start.year + 543 + (start.month >= 10)
    place = land.places[number % len(land.places)]
    data: shapes.TrainingClass = {
        "class_no": f"{land.office}-{year}-C-{number + 1:04d}",
        "course": code,
        "batch": number // len(COURSES) + 1,
        "mode": mode,
        "hours": hours,
        "place": f"ศาลาประชาคมตำบล{place.subdistrict}",
        "subdistrict": place.code,
        "start_on": start.isoformat(),
        "end_on": end.isoformat(),
        "apply_to": (start - timedelta(days=10)).isoformat(),
        "seats": 100 + 50 * (number * 7 % 5),
        "days": days,
        "trainer": "วิทยากร ตัวอย่างดี",
        "note": SAMPLE,
    }
    way = _walk_class(dice, land, data, start, end, number)
    return _Class(
        book.add(shapes.TRAINING_CLASS, *way.states), start, end, days, data["seats"], way.status
    )


def _start(dice: random.Random, land: Land, number: int) -> date:
    """Draw the first day of a class; some of the first stand before it on the last day."""
    if number < len(_AHEAD):
        return land.until + timedelta(days=_AHEAD[number])
    return land.day(dice, land.since + timedelta(days=50), land.until + timedelta(days=20))


_AHEAD = (-500, -400, -300, 60, 30, 5, 0, -12)  # ended three times, planned, open, closed, on


def _walk_class(
    dice: random.Random, land: Land, data: shapes.TrainingClass, start: date, end: date, number: int
) -> Way[shapes.TrainingClass]:
    way = Way(shapes.TRAINING_CLASS, data, until=land.until)
    way.step("open", start - timedelta(days=45))
    if number == len(_AHEAD) or (number > len(_AHEAD) and dice.random() < 0.04):
        way.step("cancel", start - timedelta(days=12), reason=REASON)
        return way
    for name, on in (
        ("close", start - timedelta(days=10)),
        ("begin", start),
        ("conclude", end + timedelta(days=5)),
        ("end", end + timedelta(days=20)),
    ):
        way.step(name, on)
    return way


def _enrol(book: Book, land: Land, of_class: _Class, one: _Trainee, plan: tuple[str, ...]) -> None:
    dice = book.dice
    applied = of_class.start - timedelta(days=dice.randint(14, 44))
    if applied > land.until:
        return
    data: shapes.Enrolment = {
        "training_class": of_class.id,
        "person": one.person,
        "applied_on": applied.isoformat(),
        "link_consent": dice.choice(("agrees", "agrees", "agrees", "refuses")),
        "job_help": dice.choice(codes.JOB_HELP)[0],
        "heard_from": dice.choice(codes.HEARD_FROM)[0],
        "note": SAMPLE,
    }
    if one.group:
        data["group"] = one.group
    way = Way(shapes.ENROLMENT, data, until=land.until)
    for name in plan:
        on = _day_of(name, of_class, applied)
        changed = _changed(dice, of_class, name, plan, f"วพร. {land.office}-{one.serial:06d}", on)
        way.step(name, on, reason=REASON if name in _WITH_REASON else "", **changed)
    book.add(shapes.ENROLMENT, *way.states)


def _day_of(name: str, of_class: _Class, applied: date) -> date:
    """Return the day of a move; each lies within the class it belongs to."""
    return {
        "check": applied + timedelta(days=1),
        "select": of_class.start - timedelta(days=8),
        "reserve": of_class.start - timedelta(days=8),
        "not_select": of_class.start - timedelta(days=8),
        "disqualify": of_class.start - timedelta(days=8),
        "train": of_class.start,
        "certificate": of_class.end + timedelta(days=15),
        "resign": of_class.start + timedelta(days=1),
    }.get(name, of_class.end + timedelta(days=2))


def _changed(
    dice: random.Random,
    of_class: _Class,
    name: str,
    plan: tuple[str, ...],
    certificate: str,
    on: date,
) -> shapes.Enrolment:
    """Return what a move writes down: attendance, a score, a certificate."""
    if name == "admit_to_assessment":
        return {"attended": _attended(dice, of_class.days, enough=True)}
    if name == "too_little_time":
        return {"attended": _attended(dice, of_class.days, enough=False)}
    if name == "pass":
        return {"score": dice.randint(6_000, 9_800)}
    if name == "fail":
        return {"score": dice.randint(2_500, 5_999)}
    if name == "certificate":
        return {"certificate_no": certificate, "certificate_on": on.isoformat()}
    return {}


def _attended(
    dice: random.Random, days: list[shapes.TrainingClassDaysRow], *, enough: bool
) -> list[shapes.EnrolmentAttendedRow]:
    """Draw the minutes of each day: at least 80 in a hundred of the whole, or fewer (S15)."""
    whole = sum(each["minutes"] for each in days)
    missed = dice.choice((0, 0, 0, 60, whole // 5)) if enough else whole // 5 + dice.randint(1, 180)
    rows: list[shapes.EnrolmentAttendedRow] = []
    for each in days:
        away = min(missed, each["minutes"])
        missed -= away
        rows.append({"day": each["day"], "minutes": each["minutes"] - away})
    return rows
