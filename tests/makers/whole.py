"""Records in which every field is filled and no two fields hold the same: for papers.

A text is a word of its own ("Z104"), so whatever of it is printed can be traced to its field.
They are put past the rules, which would forbid some of these values to stand together. All
invented, marked as samples by what they are (ข้อมูลตัวอย่าง).
"""

from datetime import date, timedelta
from itertools import count
from typing import Any

from app.core import places, thai
from app.core.fields import ADDRESS_PARTS, Field, Kind
from app.core.ids import new_id
from app.core.line import Data
from app.services.office.desk import Desk
from app.services.records import acts, records
from tests.makers import older

SUBDISTRICTS = ("150114", "150107", "500101", "830101", "200401", "650101", "900101")
FIRST_DAY = date(2001, 1, 1)


SCHEDULE = [
    {"number": 1, "due_on": "2031-01-02", "principal": 111_00, "interest": 0, "balance": 333_00},
    {"number": 2, "due_on": "2031-02-03", "principal": 333_00, "interest": 44_00, "balance": 0},
]


class World:
    """What was put, by a name for the test: the ids, and the data of each record."""

    def __init__(self, desk: Desk, day: str = "") -> None:
        self.ids: dict[str, str] = {}
        self.data: dict[str, Data] = {}
        self._desk = desk
        self._day = day  # what stands for each day, in place of days that all differ
        self._number = count(101)
        self._places = count()

    def put(self, name: str, type_: str, **own: Any) -> str:
        """Put a record of a type with all its fields filled; `own` overrides, None leaves out."""
        filled = {each.name: self._value(each) for each in records.fields(type_)} | own
        data = {field: value for field, value in filled.items() if value is not None}
        self.ids[name], self.data[name] = new_id(), data
        made = self.ids[name]
        acts.act(self._desk.store, lambda acting: older.put(acting, type_, made, data, ()))
        return made

    def schedule(self) -> list[Data]:
        """Two instalments, the second with interest."""
        return [row | {"due_on": self._day or row["due_on"]} for row in SCHEDULE]

    def _value(self, field: Field) -> Any:
        number = next(self._number)
        if field.kind is Kind.ADDRESS:
            return self._address()
        if field.kind is Kind.ROWS:
            parts = {each.name: self._value(each) for each in field.rows}
            row = {name: value for name, value in parts.items() if value is not None}
            whole = all(each.name in row or not each.required for each in field.rows)
            return [row] if whole else None  # a row that names another record
        if field.kind is Kind.CHOICE:
            return field.choices[number % len(field.choices)][0]
        return self._simple(field, number)

    def _simple(self, field: Field, number: int) -> Any:
        day = self._day or (FIRST_DAY + timedelta(days=13 * (number - 100))).isoformat()
        first12 = f"9{number:011}"
        return {
            Kind.TEXT: f"Z{number}",
            Kind.NOTE: f"Z{number}",
            Kind.CITIZEN_ID: first12 + thai.citizen_id_check_digit(first12),
            Kind.DIGITS: f"{number}".rjust(field.least or 3, "0"),
            Kind.BAHT: number * 1_000_00,
            Kind.WHOLE: number,
            Kind.POINTS: number * 10,
            Kind.DATE: day,
            Kind.PARTIAL_DATE: day,
            Kind.FLAG: True,
            Kind.SUBDISTRICT: "150114",
            Kind.FILE: f"{number:064x}",
        }.get(field.kind)

    def _address(self) -> Data:
        place = places.subdistrict(SUBDISTRICTS[next(self._places) % len(SUBDISTRICTS)])
        assert place is not None
        texts = {
            part.name: f"Z{next(self._number)}"
            for part in ADDRESS_PARTS
            if part.kind in (Kind.TEXT, Kind.DIGITS)
        }
        return texts | {"subdistrict": place.code}


def office(desk: Desk, day: str = "") -> World:
    """A group with members and a loan, a person with a loan, a class, a visit, a product."""
    made = World(desk, day)
    group = made.put("group", "group", status="active")
    made.put("registration", "group_registration", group=group, kind="home_worker")
    for who in ("leader", "deputy", "member", "borrower", "surety", "trainee"):
        alive = {"life_status": "living", "died_on": None, "id_kind": "thai13"}
        made.put(who, "person", **alive)
    for role in ("leader", "deputy", "member"):
        place = {"group": group, "person": made.ids[role], "role": role, "left_on": None}
        made.put(f"{role} in", "membership", **place)
    _loans(made, group)
    _classes(made)
    visit = {"group": group, "loan_file": None, "kind": "follow_up"}
    made.put("visit", "field_visit", **visit)
    made.put("later visit", "field_visit", **visit)
    product = made.put("product", "product", group=group, kind="goods")
    for scheme in ("fda_product", "tcps", "halal"):
        made.put(scheme, "certification", product=product, scheme=scheme, result="passed")
    borrower = {"person": made.ids["borrower"], "purpose": "linking", "agrees": True}
    made.put("consent", "consent", **borrower, withdrawn_on=None)
    return made


def _loans(made: World, group: str) -> None:
    shared = {"round": "2568-1", "continues": None, "schedule": made.schedule(), "months": 2}
    for name, kind, price in (
        ("file", "individual", 51_000_00),
        ("group file", "group", 62_000_00),
    ):
        is_group = kind == "group"
        line = {"item": f"Z{price // 1000}", "quantity": 3, "unit_price": price}
        file = made.put(
            name,
            "loan_file",
            **shared,
            status="active",
            borrower_kind=kind,
            group=group if is_group else None,
            person=None if is_group else made.ids["borrower"],
            amount_requested=3 * price,
            purpose_lines=[line],
        )
        of_file = {"loan_file": file}
        made.put(
            f"{name} surety", "guarantor", **of_file, person=made.ids["surety"], kind="company"
        )
        made.put(
            f"{name} document",
            "document",
            **of_file,
            kind="id_card",
            status="complete",
            person=None,
        )
        made.put(f"{name} payment", "payment", **of_file, channel="cash")
        made.put(
            f"{name} visit",
            "field_visit",
            **of_file,
            group=None,
            kind="before_approval",
            obstacles=[{"kind": "market", "text": f"Z{price // 1000 + 1}"}],
        )


def _classes(made: World) -> None:
    for name, enrolled, status in (
        ("class", "enrolment", "passed"),
        ("running class", "running enrolment", "training"),
    ):
        class_ = made.put(
            name,
            "training_class",
            course="SCB",
            mode="on_site",
            budget_source=None,
            subdistrict=None,
        )
        trainee = {"person": made.ids["trainee"], "group": None, "status": status}
        made.put(enrolled, "enrolment", training_class=class_, **trainee)
