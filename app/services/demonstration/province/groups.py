"""The groups of the invented province: who is in them, and the way that each has gone."""

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from app.core import codes, programme_data, schema
from app.core.paths import resource
from app.models import shapes
from app.services.demonstration.province.people import SAMPLE, Land, Someone, address
from app.services.demonstration.province.writing import Book, Way, chosen

REASON = f"{SAMPLE}: ตามเอกสารของกลุ่ม"

# (weight, moves): the first of a run of groups take each plan in turn.
PLANS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (3, ()),
    (3, ("check",)),
    (2, ("check", "ask_papers")),
    (24, ("check", "register")),
    (14, ("check", "register", "choose_model")),
    (18, ("check", "register", "choose_model", "develop")),
    (12, ("check", "ask_papers", "check", "register", "develop")),
    (10, ("check", "register", "choose_model", "develop", "complete")),
    (8, ("check", "register", "choose_model", "develop", "complete", "follow")),
    (2, ("check", "register", "develop", "complete", "develop_again")),
    (1, ("check", "register", "suspend")),
    (1, ("check", "register", "suspend", "resume")),
    (2, ("check", "register", "dissolve")),
)
_GAPS = {"register": (7, 21), "choose_model": (10, 40), "complete": (90, 200), "follow": (30, 60)}
_WITH_REASON = {"ask_papers", "develop_again", "suspend", "resume", "dissolve"}
_LEAST_MEMBERS = 5
ROLES = ("leader", "deputy", "secretary", "treasurer", "committee")


@dataclass(frozen=True, slots=True)
class Team:
    """A group as the rest of the province must know it; the leader is the first of `members`."""

    id: str
    name: str
    kind: str
    place: int
    status: str
    registered_on: str
    members: tuple[Someone, ...]
    borrows: bool


@cache
def words() -> dict[str, Any]:
    """Return the words that groups, loans and visits are described with."""
    return programme_data.read_plain(resource("demo", "province.json"), _RULE)


_WORDS = schema.many(schema.words, least=1, most=programme_data.MANY)
_RULE = schema.record(
    {
        "notes": schema.words,
        "products": schema.mapping(schema.type_name, _WORDS),
        "equipment": _WORDS,
        "progress": _WORDS,
        "needs": _WORDS,
    }
)


def groups(book: Book, land: Land, known: list[Someone], count: int) -> list[Team]:
    """Enter so many groups, place by place, each person in one of them at most."""
    dice = book.dice
    free: dict[int, list[Someone]] = defaultdict(list)
    for one in [each for each in known if each.may_borrow]:
        free[one.place].append(one)
    by_year: dict[int, int] = defaultdict(int)
    gathered = (_gather(dice, free, number % len(land.places)) for number in range(count))
    return [
        _group(book, land, number, members, by_year)
        for number, members in enumerate(gathered)
        if len(members) >= _LEAST_MEMBERS
    ]


def _gather(dice: random.Random, free: dict[int, list[Someone]], place: int) -> list[Someone]:
    """Take members from the subdistrict, and from others where it has too few."""
    wanted = dice.randint(5, 19)
    members: list[Someone] = []
    for near in (place, *sorted(free, key=lambda each: -len(free[each]))[:1]):
        while free[near] and len(members) < wanted:
            members.append(free[near].pop())
    return members


def _group(
    book: Book, land: Land, number: int, members: list[Someone], by_year: dict[int, int]
) -> Team:
    dice = book.dice
    plan = PLANS[chosen(dice, number, PLANS)][1]
    latest = land.until - timedelta(days=1 if len(plan) < 2 else 60)
    early = number < len(PLANS)
    applied = (
        land.since if early else land.day(dice, until=min(latest, land.since + _YEAR_AND_HALF))
    )
    place = number % len(land.places)
    kind = dice.choice([code for code, _label in codes.OCCUPATION_TYPES])
    data = _described(dice, land, place, kind, applied) | {
        "group_no": _number(land, by_year, applied)
    }
    borrows = number % 4 == 3 and "register" in plan
    way = _walk(dice, data, plan, land, applied)
    group = book.add(shapes.GROUP, *way.states)
    registered = way.data["registered_on"] if "register" in plan else ""
    _join(book, land, group, members, borrows=borrows)
    if borrows or dice.random() < 0.3:
        _register(book, group, "home_worker", members, applied)
    if dice.random() < 0.15:
        _register(book, group, dice.choice(("otop", "cooperative", "other")), members, applied)
    return Team(group, data["name"], kind, place, way.status, registered, tuple(members), borrows)


_YEAR_AND_HALF = timedelta(days=540)


def _described(
    dice: random.Random, land: Land, place: int, kind: str, applied: date
) -> shapes.Group:
    product = dice.choice(words()["products"][kind])
    where = land.places[place]
    before = dice.randint(8, 60) * 50_000
    described: shapes.Group = {
        "name": f"กลุ่ม{product}{where.subdistrict} {dice.randint(1, 12)}",
        "occupation_type": kind,
        "address": address(dice, where),
        "phone": f"08{dice.randrange(10**8):08d}",
        "founded_on": str(applied.year - dice.randint(1, 12)),
        "products": product,
        "capacity": f"{dice.randint(2, 40) * 10} ชิ้นต่อเดือน",
        "capital": dice.randint(11, 90) * 100_000,
        "income_before": before,
        "income_before_on": str(applied.year - 1),
        "registered_on": applied.isoformat(),
        "needs": dice.choice(words()["needs"]),
        "reasons": {"second_group": REASON, "like_group": REASON},
    }
    return described | _tracks_at(lambda: "not_started")


def _number(land: Land, by_year: dict[int, int], applied: date) -> str:
    """Number the groups of a fiscal year without a gap."""
    year = applied.year + 543 + (applied.month >= 10)
    by_year[year] += 1
    return f"{land.office}-{year}-A-{by_year[year]:04d}"


def _walk(
    dice: random.Random, data: shapes.Group, plan: tuple[str, ...], land: Land, applied: date
) -> Way[shapes.Group]:
    way, on = Way(shapes.GROUP, data, until=land.until), applied
    for name in plan:
        on += timedelta(days=dice.randint(*_GAPS.get(name, (2, 14))))
        changed: shapes.Group = {}
        if name == "choose_model":
            kind = "developed" if "complete" in plan else "waiting"
            changed = {"cohort": "2567", "cohort_kind": kind}
        changed |= _tracks(dice, way.data, name)
        way.step(name, on, reason=REASON if name in _WITH_REASON else "", **changed)
    return way


def _tracks(dice: random.Random, data: shapes.Group, move: str) -> shapes.Group:
    """Return how far the six tracks are once a move is made."""
    of_service = data["occupation_type"] == "service"
    if move == "develop":
        doing = _tracks_at(lambda: dice.choice(("doing", "not_started")))
        return doing | {"track_training": "doing"}
    if move in ("complete", "follow"):
        done = _tracks_at(lambda: "done")
        if of_service:
            done |= {"track_standard": "not_applicable", "track_mark": "not_applicable"}
        done["income_after"] = data["income_before"] * dice.randint(105, 190) // 100
        done["income_after_on"] = data["registered_on"][:4]
        return done
    return {}


def _tracks_at(state: Callable[[], str]) -> shapes.Group:
    return {
        "track_training": state(),
        "track_product": state(),
        "track_standard": state(),
        "track_mark": state(),
        "track_capital": state(),
        "track_market": state(),
    }


def _join(book: Book, land: Land, group: str, members: list[Someone], *, borrows: bool) -> None:
    """Enter the memberships; in some groups the first leader has left and another leads."""
    dice = book.dice
    for place, one in enumerate(members):
        role = ROLES[place] if place < len(ROLES) else "member"
        joined = str(land.since.year - dice.randint(0, 3))
        data: shapes.Membership = {
            "group": group,
            "person": one.id,
            "role": role,
            "joined_on": joined,
        }
        if borrows:
            data["co_borrower"] = True
        states = [data]
        if place > 6 and not borrows and dice.random() < 0.08:
            left = land.day(dice).isoformat()
            states.append(data | {"left_on": left, "left_reason": "ย้ายที่อยู่"})
        elif place == 1 and dice.random() < 0.05:
            left = land.day(dice).isoformat()
            before = data | {"role": "leader", "left_on": left, "left_reason": "ครบวาระ"}
            book.add(shapes.MEMBERSHIP, before)
        book.add(shapes.MEMBERSHIP, *states)


def _register(book: Book, group: str, kind: str, members: list[Someone], applied: date) -> None:
    issued = applied - timedelta(days=book.dice.randint(100, 900))
    number = f"{kind[:2].upper()} {book.dice.randint(1, 9_999)}/{issued.year + 543}"
    data: shapes.GroupRegistration = {
        "group": group,
        "kind": kind,
        "number": number,
        "issued_on": issued.isoformat(),
    }
    book.add(shapes.GROUP_REGISTRATION, data)
