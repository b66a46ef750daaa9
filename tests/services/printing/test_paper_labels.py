"""Each label on a paper prints the field that it names.

Every field of every record holds something else (see whole.World), so a swapped pair, a borrowed
value or one too many on the paper cannot hide.
"""

import re
import string
from typing import Any

import pytest

from app.core import places, thai
from app.core.errors import UserError
from app.services.office.desk import Desk
from app.services.printing import gathering, printing
from app.services.records import acts, records
from tests.makers.paper_labels import LABELS
from tests.makers.papers import text_of
from tests.makers.whole import World, office


class Words(string.Formatter):
    """Writes "{leader.phone}" and "{leader.birth_date:age}" as papers do."""

    def __init__(self, world: World) -> None:
        self._data = world.data

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> tuple[Any, str]:
        record, *path = field_name.split(".")
        value: Any = self._data[record]
        if not path:
            named = ("title_th", "first_th", "middle_th", "last_th")
            first, middle, *last = (value.get(name, "") for name in named)
            return value.get("name") or first + " ".join((middle, *last)), record
        for name in path:
            value = (value[0] if isinstance(value, list) else value)[name]
        return value, record

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec in ("long", "short"):
            return thai.format_date(value, format_spec)  # type: ignore[arg-type]
        if format_spec == "age":
            return "AGE"
        if format_spec == "line":
            return _line(value)
        if format_spec == "rows":
            return _rows(value)
        written = {
            "baht": lambda: thai.format_baht(value),
            "id": lambda: thai.format_citizen_id(value),
            "mask": lambda: thai.mask_citizen_id(value),
            "points": lambda: f"{value / 100:.2f}",
        }
        return written.get(format_spec, lambda: str(value))()


def _line(parts: dict[str, str]) -> str:
    place = places.subdistrict(parts["subdistrict"])
    assert place is not None
    return (
        f"{parts['house_no']} หมู่ {parts['moo']} บ้าน{parts['village']} ซอย{parts['soi']} "
        f"ถนน{parts['road']} ต.{place.subdistrict} อ.{place.district} จ.{place.province} "
        f"{parts['postcode']}"
    )


def _rows(parts: dict[str, str]) -> str:
    place = places.subdistrict(parts["subdistrict"])
    assert place is not None
    return (
        f"{parts['house_no']} หมู่ที่ {parts['moo']} หมู่บ้าน {parts['village']} "
        f"ตรอก/ซอย {parts['soi']} ถนน {parts['road']} ตำบล {place.subdistrict} "
        f"อำเภอ {place.district} จังหวัด {place.province} รหัสไปรษณีย์ {parts['postcode']}"
    )


@pytest.fixture
def world(desk: Desk) -> World:
    return office(desk)


def printed(desk: Desk, form: str, record: str) -> str:
    """Give what a paper says without its spaces and breaks, ages blotted out."""
    found = " ".join(text_of(printing.draw(desk.store, form, record).pdf).split())
    return bare(found)


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_table_knows_every_form_that_is_gathered() -> None:
    where = "write what it says into LABELS of tests/makers/paper_labels.py"
    assert {form for form, _record in LABELS} == set(gathering.forms_of_records()), where


@pytest.mark.parametrize(("form", "record"), LABELS)
def test_each_label_prints_the_field_it_names(
    desk: Desk, world: World, form: str, record: str
) -> None:
    text = printed(desk, form, world.ids[record])
    words = Words(world)

    for line in LABELS[form, record]:
        said = re.escape(bare(words.format(line))).replace("AGE", r"\d+")
        assert re.search(said, text), f"{line}: {words.format(line)}\n{text}"
        text = re.sub(said, "", text)

    foot = f"เลขที่แฟ้ม{_number(world, form, record)}"
    left = re.findall(r".{30}Z\d+.{10}", text.replace(foot, ""))
    assert left == [], "printed without a label of the table"


def test_the_codes_of_the_training_application_are_those_of_the_person(
    desk: Desk, world: World
) -> None:
    data, person = (
        gathering.gather(desk.store, "training_application", world.ids["enrolment"]),
        world.data["trainee"],
    )

    for name in ("sex", "education", "work_status", "work_sector", "income_band"):
        assert getattr(data.applicant, name) == person[name]
    assert data.applicant.unemployed_reason == person["unemployed_reason"]
    for name in ("heard_from", "link_consent", "job_help"):
        assert getattr(data, name) == world.data["enrolment"][name]


def people(label: str) -> list[tuple[str, str, str]]:
    """Give (form, record, who) for the first person that such a label of a paper prints.

    A row of a table, which begins with its number, and a line of its own are printed apart.
    """
    found = {
        (form, record, line[0].isdigit()): who
        for (form, record), lines in LABELS.items()
        for line in reversed(lines)
        for who in reversed(re.findall(label, line))
        if who != "group"
    }
    return [(form, record, who) for (form, record, _row), who in found.items()]


# ที่อยู่ตามทะเบียนบ้าน is in parts; ที่อยู่ alone may be either address
WHERE_REGISTERED = people(r"\{([^{}.]+)\.address:rows\}")
WHERE_LIVING = people(r"\{([^{}.]+)\.current_address:line\}")


@pytest.mark.parametrize(("form", "record", "who"), WHERE_REGISTERED)
def test_a_registered_address_that_is_not_known_is_left_blank(
    desk: Desk, world: World, form: str, record: str, who: str
) -> None:
    without(desk, world, who, "address")

    text = printed(desk, form, world.ids[record])

    house = world.data[who]["current_address"]["house_no"]
    assert house not in text
    assert re.search("ที่อยู่ตามทะเบียนบ้านเลขที่-?หมู่ที่-?หมู่บ้าน", text)


@pytest.mark.parametrize(("form", "record", "who"), WHERE_LIVING)
def test_who_has_no_other_address_lives_where_registered(
    desk: Desk, world: World, form: str, record: str, who: str
) -> None:
    without(desk, world, who, "current_address")

    assert bare(_line(world.data[who]["address"])) in printed(desk, form, world.ids[record])


@pytest.mark.parametrize(
    ("form", "record", "who", "said"),
    [
        *((*paper, "หนังสือเดินทางเลขที่{}") for paper in people(r"\{([^{}.]+)\.id_no\}")),
        *((*paper, "หนังสือเดินทาง{}") for paper in people(r"\{([^{}.]+)\.id_no:id\}")),
    ],
)
def test_a_passport_is_never_printed_as_a_citizens_number(
    desk: Desk, world: World, form: str, record: str, who: str, said: str
) -> None:
    without(desk, world, who, "id_no")

    assert said.format(world.data[who]["passport_no"]) in printed(desk, form, world.ids[record])


@pytest.mark.parametrize(("form", "record", "who"), people(r"\{([^{}.]+)\.phone\}"))
def test_who_has_no_phone_is_reached_through_someone_who_is_named_so(
    desk: Desk, world: World, form: str, record: str, who: str
) -> None:
    without(desk, world, who, "phone")

    assert f"ผ่าน{world.data[who]['contact_via']}" in printed(desk, form, world.ids[record])


def test_the_resolution_of_a_group_is_no_paper_of_a_person_who_borrows(
    desk: Desk, world: World
) -> None:
    with pytest.raises(UserError) as refused:
        printing.draw(desk.store, "group_resolution", world.ids["file"])

    assert refused.value.code == "not_found"


def without(desk: Desk, world: World, who: str, field: str) -> None:
    """Take a field out of a person's record."""
    known = records.get(desk.store, "person", world.ids[who])
    data = {name: value for name, value in known.data.items() if name != field}
    acts.act(desk.store, lambda acting: acting.put("person", known.id, data, tuple(known.heads)))


def _number(world: World, form: str, record: str) -> str:
    data = world.data[record]
    return next(filter(None, (data.get(n) for n in ("file_no", "group_no", "class_no"))), "-")
