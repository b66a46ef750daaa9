"""Invented people in real places: names that say so, ids that begin with 9."""

import random
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any

from app.core import programme_data, schema, thai
from app.core.paths import resource
from app.models import shapes


@dataclass(frozen=True, slots=True)
class SampleOffice:
    """An office of the demonstration, its clerk and its group of the announcement."""

    code: str
    user: str
    full_name: str
    letters: str
    group: str
    occupation_type: str
    subdistrict: str
    postcode: str
    village: str
    moo: str
    members: int
    products: str

    def address(self, house_no: str) -> shapes.Address:
        """Return an address in the group's village."""
        return {
            "house_no": house_no,
            "moo": self.moo,
            "village": self.village,
            "subdistrict": self.subdistrict,
            "postcode": self.postcode,
        }


@cache
def _names() -> dict[str, Any]:
    return programme_data.read_plain(resource("demo", "offices.json"), _RULE)


_WORDS = schema.many(schema.words, least=1, most=programme_data.MANY)
_OFFICE = {each.name: schema.words for each in fields(SampleOffice)}
_RULE = schema.record(
    {
        "notes": schema.words,
        "first_names": schema.record({"male": _WORDS, "female": _WORDS}),
        "family_names": _WORDS,
        "offices": schema.many(
            schema.record(_OFFICE | {"members": schema.number(1)}),
            least=1,
            most=programme_data.MANY,
        ),
    }
)


def sample_offices() -> list[SampleOffice]:
    """List the four offices; the first is shown in full."""
    return [SampleOffice(**each) for each in _names()["offices"]]


def invent(office: SampleOffice, number: int) -> shapes.Person:
    """Invent the person of that number in an office: always the same one."""
    dice = random.Random(f"{office.code}-{number}")  # noqa: S311 (invented people, no secret)
    sex = dice.choice(("female", "female", "male"))
    first12 = f"9{office.code}{number:09d}"
    return {
        "id_kind": "thai13",
        "id_no": first12 + thai.citizen_id_check_digit(first12),
        "id_verified": "original_seen",
        "title_th": "นาย" if sex == "male" else dice.choice(("นาง", "นางสาว")),
        "first_th": dice.choice(_names()["first_names"][sex]),
        "last_th": dice.choice(_names()["family_names"]),
        "sex": sex,
        "nationality": "ไทย",
        "birth_date": date(
            dice.randint(1958, 1999), dice.randint(1, 12), dice.randint(1, 28)
        ).isoformat(),
        "phone": f"09{dice.randint(0, 99_999_999):08d}",
        "occupation": "อาชีพอิสระ",
        "address": office.address(f"{dice.randint(1, 199)}/{dice.randint(1, 9)}"),
        "note": "ข้อมูลตัวอย่าง",
    }
