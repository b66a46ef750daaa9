"""The people of the invented province: who they are, where they live, what they agreed to."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from app.core import codes, thai
from app.core.places import Place
from app.models import shapes
from app.services.demonstration.names import FAMILY, GIVEN, common, names
from app.services.demonstration.province.writing import Book

SAMPLE = "ข้อมูลตัวอย่าง"


@dataclass(frozen=True, slots=True)
class Someone:
    """What the rest of the province must know of a person; `place` counts the subdistricts."""

    id: str
    name: str
    place: int
    born: str
    is_thai: bool
    died_on: str

    @property
    def may_borrow(self) -> bool:
        """Tell whether the papers show a living Thai of 20 before the round opened."""
        return self.is_thai and not self.died_on and len(self.born) == 10 and self.born < "2004"


@dataclass(frozen=True, slots=True)
class Land:
    """Where and when: the subdistricts of the province, its first and its last day."""

    office: str
    places: tuple[Place, ...]
    since: date
    until: date

    def day(
        self, dice: random.Random, since: date | None = None, until: date | None = None
    ) -> date:
        """Draw a day between two, or of the whole time."""
        first, last = since or self.since, until or self.until
        return first + timedelta(days=dice.randint(0, max((last - first).days, 0)))


def people(book: Book, land: Land, count: int) -> list[Someone]:
    """Enter so many people, each with consents and, where one agreed, a disability."""
    dice = book.dice
    given = {sex: names(dice, GIVEN, 2) for sex in ("male", "female")}
    draw_family = partial(common, dice, names(dice, FAMILY, 3))
    found = []
    for number in range(count):
        sex = "male" if dice.random() < 0.36 else "female"
        data = _person(dice, land, number, sex)
        data |= {"first_th": common(dice, given[sex]), "last_th": draw_family()}
        found.append(_entered(book, land, number, data))
    return found


def _entered(book: Book, land: Land, number: int, data: shapes.Person) -> Someone:
    dice, states, died_on = book.dice, [data], ""
    if dice.random() < 0.006:
        died_on = land.day(dice).isoformat()
        states.append(data | {"life_status": "dead", "died_on": died_on})
    person = book.add(shapes.PERSON, *states)
    name = f"{data['title_th']}{data['first_th']} {data['last_th']}"
    _consents(book, land, person, has_disability=number % 29 == 7)
    place = number % len(land.places)
    is_thai = data["nationality"] == "ไทย"
    return Someone(person, name, place, data.get("birth_date", ""), is_thai, died_on)


def _person(dice: random.Random, land: Land, number: int, sex: str) -> shapes.Person:
    """Draw the facts of a person; one in a hundred lacks what the office should know."""
    first12 = f"9{land.office[:2]}{number:09d}"
    foreign = dice.random() < 0.008
    data: shapes.Person = {
        "id_kind": "foreigner13" if foreign else "thai13",
        "id_no": first12 + thai.citizen_id_check_digit(first12),
        "id_verified": dice.choice(("card", "original_seen")),
        "title_th": "นาย" if sex == "male" else dice.choice(("นาง", "นางสาว")),
        "sex": sex,
        "nationality": dice.choice(("เมียนมา", "ลาว")) if foreign else "ไทย",
        "life_status": "living",
        "note": SAMPLE,
    }
    if dice.random() > 0.01:
        data["birth_date"] = _birth(dice, land.until.year)
    if dice.random() > 0.01:
        data["address"] = address(dice, land.places[number % len(land.places)])
    return data | _reached(dice) | _work(dice)


def address(dice: random.Random, place: Place) -> shapes.Address:
    """Draw an address in a subdistrict."""
    return {
        "house_no": f"{dice.randint(1, 299)}/{dice.randint(1, 9)}",
        "moo": str(dice.randint(1, 12)),
        "subdistrict": place.code,
        "postcode": place.postcodes[0],
    }


def _birth(dice: random.Random, year: int) -> str:
    born = year - 18 - int(62 * dice.random() ** 0.8)
    if born < 1960 and dice.random() < 0.06:
        return str(born)
    return date(born, dice.randint(1, 12), dice.randint(1, 28)).isoformat()


def _reached(dice: random.Random) -> shapes.Person:
    chance = dice.random()
    if chance < 0.03:
        return {"no_phone": True, "contact_via": f"ผู้ใหญ่บ้าน หมู่ {dice.randint(1, 12)}"}
    return {} if chance < 0.045 else {"phone": f"0{dice.choice('89')}{dice.randrange(10**8):08d}"}


def _work(dice: random.Random) -> shapes.Person:
    """Draw the facts of the training application."""
    data: shapes.Person = {"education": dice.choice(codes.EDUCATION)[0]}
    if dice.random() < 0.86:
        sector = dice.choice(("community_enterprise", "farmer", "freelance", "private"))
        band = dice.choices([code for code, _label in codes.INCOME_BANDS], _BANDS)[0]
        data |= {"work_status": "working", "work_sector": sector, "income_band": band}
        return data | {"occupation": "อาชีพอิสระ", "work_years": dice.randint(1, 30)}
    reason = dice.choice(("looking", "student", "laid_off", "other"))
    return data | {"work_status": "not_working", "unemployed_reason": reason}


_BANDS = (20, 30, 28, 12, 6, 3, 1)


def _consents(book: Book, land: Land, person: str, *, has_disability: bool) -> None:
    """Ask every third person; who has a disability is always asked, and may refuse."""
    dice = book.dice
    asked = ["linking"] if dice.random() < 0.3 else []
    for purpose in (*asked, *(["disability"] if has_disability else [])):
        agrees = dice.random() < 0.85
        given_on = land.day(dice)
        answer: shapes.Consent = {
            "person": person,
            "purpose": purpose,
            "agrees": agrees,
            "notice_version": "1",
            "given_on": given_on.isoformat(),
        }
        states = [answer]
        if agrees and dice.random() < 0.04:
            states.append(answer | {"withdrawn_on": land.day(dice, given_on).isoformat()})
        book.add(shapes.CONSENT, *states)
        if purpose == "disability" and agrees:
            kind = dice.choice(codes.DISABILITIES)[0]
            book.add(shapes.DISABILITY, {"person": person, "kinds": [{"kind": kind}]})
