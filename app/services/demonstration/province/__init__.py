"""A whole invented province for trials of size: people, groups, classes, files, payments.

Everything comes from the seed and the last day; ids of people begin with 9 and what can bear a
note says ข้อมูลตัวอย่าง. The rules of saving are not asked, so `invariants` proves the result.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.core import places
from app.core.errors import Invalid, Problem
from app.core.i18n import _
from app.models.office.store import set_setting
from app.services.demonstration.province.groups import groups
from app.services.demonstration.province.loans import loans
from app.services.demonstration.province.people import Land, people
from app.services.demonstration.province.products import products
from app.services.demonstration.province.training import training
from app.services.demonstration.province.visits import aims, visits
from app.services.demonstration.province.writing import Book
from app.services.office.desk import Desk

LEAST, MOST = 100, 100_000
FIRST_DAY = date(2024, 10, 1)
_A_PLACE = 20  # people at least in a subdistrict


@dataclass(frozen=True, slots=True)
class Made:
    """What was entered: the records by type, the lines of their lives."""

    counts: Mapping[str, int]
    lines: int


def fill(desk: Desk, count: int, *, seed: int, until: date) -> Made:
    """Fill an empty desk with so many people and all they do from October 2567 to a last day.

    Raises Invalid for a number of people out of bounds or a last day too early.
    """
    _check(count, until)
    with_places = tuple(
        each for each in places.all_places() if each.code.startswith(desk.office[:2])
    )
    dice = random.Random(f"{seed}-{desk.office}")  # noqa: S311 (invented people, no secret)
    # few people live in few places, else no subdistrict has enough of them for a group
    lived_in = min(len(with_places), max(count // _A_PLACE, 1))
    shuffled = tuple(dice.sample(with_places, lived_in))
    book, land = Book(desk.store, dice), Land(desk.office, shuffled, FIRST_DAY, until)
    desk.store.write(lambda connection: set_setting(connection, "sample_data", True))
    aims(book, land, count)
    known = people(book, land, count)
    teams = groups(book, land, known, max(count // 25, 4))
    training(book, land, known, teams, count * 35 // 100)
    products(book, land, teams)
    loans(book, land, known, teams, max(count // 100, 10))
    visits(book, land, teams)
    book.close()
    return Made(book.counts, book.lines)


def _check(count: int, until: date) -> None:
    if not LEAST <= count <= MOST:
        sentence = _("Choose between {least} and {most} people.")
        message = sentence.format(least=f"{LEAST:,}", most=f"{MOST:,}")
        raise Invalid([Problem("people", message, "bounds")])
    if until < date(2025, 10, 1):
        message = _("The last day must lie in the fiscal year 2569 or later.")
        raise Invalid([Problem("until", message, "bounds")])
