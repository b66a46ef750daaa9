"""The key of the index of persons is lost or exchanged, and the index stays right or is refused."""

import json
import shutil
from pathlib import Path

import pytest

from app.cli import main
from app.core.errors import UserError
from app.core.thai import mask_citizen_id
from app.models.central import tables
from app.services import central
from app.services.central import Centre
from devtools.pen import uuid
from tests.makers import json_keys
from tests.makers.office import id_number
from tests.makers.pens import Pen, contents, new_centre, open_centre, where

KEY = "persons.key"


@pytest.fixture
def centre(tmp_path: Path, centre_url: str) -> Centre:
    return new_centre(tmp_path, centre_url)


@pytest.fixture
def pens(centre: Centre, tmp_path: Path) -> tuple[Pen, Pen]:
    """Two offices of which each registered the same person."""
    made = Pen(), Pen(office="93")
    for record, pen in enumerate(made, 1):
        pen.enrol(centre, tmp_path)
        pen.write("person", record, _data(7))
        assert central.ingest(centre, pen.seal(tmp_path)).accepted == 1
    return made


def _data(number: int) -> dict[str, str]:
    return {"title_th": "นาง", "first_th": "ก", "id_kind": "thai13", "id_no": id_number(number)}


def found(centre: Centre) -> list[list[str]]:
    return [[person.id for person in people] for people in central.duplicates(centre)]


def marks(centre: Centre) -> list[str]:
    return [row[2] for row in contents(centre)["person_key"]]


def forget_with_what_it_was_made(centre: Centre) -> None:
    with tables.acting(centre.engine) as connection:
        tables.set_fact(connection, tables.INDEXED_WITH, "")


def test_a_lost_key_is_made_anew_and_the_whole_index_with_it(
    centre: Centre, pens: tuple[Pen, Pen], tmp_path: Path, centre_url: str
) -> None:
    before = marks(centre)
    (centre.keys / KEY).unlink()

    again = open_centre(centre_url, centre.keys)

    assert found(again) == [[uuid(1), uuid(2)]]
    assert len(set(marks(again))) == 1 and not set(marks(again)) & set(before)
    third = Pen(office="62")
    third.enrol(again, tmp_path)
    third.write("person", 3, _data(7))
    assert central.ingest(again, third.seal(tmp_path)).accepted == 1
    assert found(again) == [[uuid(1), uuid(3), uuid(2)]]
    kept = marks(again)
    assert marks(open_centre(centre_url, centre.keys)) == kept


def test_a_centre_from_before_the_index_gets_one(
    centre: Centre, pens: tuple[Pen, Pen], centre_url: str
) -> None:
    (centre.keys / KEY).unlink()
    with tables.acting(centre.engine) as connection:
        connection.execute(tables.person_keys.delete())
    forget_with_what_it_was_made(centre)

    assert found(open_centre(centre_url, centre.keys)) == [[uuid(1), uuid(2)]]


def test_an_index_of_which_no_key_is_known_is_computed_under_the_key_that_is_there(
    centre: Centre, pens: tuple[Pen, Pen], centre_url: str
) -> None:
    before, key = marks(centre), (centre.keys / KEY).read_text()
    with tables.acting(centre.engine) as connection:
        connection.execute(tables.person_keys.delete())
    forget_with_what_it_was_made(centre)

    assert marks(open_centre(centre_url, centre.keys)) == before
    assert (centre.keys / KEY).read_text() == key


@pytest.mark.parametrize(
    ("text", "code"), [("00" * 32, "another_key"), ("no key", "no_keys")], ids=["other", "damaged"]
)
def test_another_key_is_refused_and_nothing_is_mixed(
    centre: Centre,
    pens: tuple[Pen, Pen],
    tmp_path: Path,
    centre_url: str,
    text: str,
    code: str,
) -> None:
    before = contents(centre)
    right = (centre.keys / KEY).read_text()
    (centre.keys / KEY).write_text(text)
    again = open_centre(centre_url, centre.keys)
    pens[0].write("person", 9, _data(8))
    path = pens[0].seal(tmp_path, 2)

    with pytest.raises(UserError) as refused:
        central.ingest(again, path)

    assert refused.value.code == code and KEY in refused.value.sentence
    assert contents(again) == before
    (centre.keys / KEY).write_text(right)
    assert central.ingest(again, path).accepted == 1


@pytest.mark.parametrize("holds", ["nothing", "another centre's key"])
def test_in_a_folder_that_is_not_the_centres_no_key_is_made(
    centre: Centre, pens: tuple[Pen, Pen], tmp_path: Path, centre_url: str, holds: str
) -> None:
    elsewhere = tmp_path / "elsewhere"
    if holds != "nothing":
        other = new_centre(_made(elsewhere))
        shutil.move(other.keys / KEY, elsewhere / KEY)
        elsewhere = other.keys
    before = marks(centre)

    again = open_centre(centre_url, elsewhere)

    assert marks(again) == before and not (elsewhere / KEY).exists()


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_people_of_two_offices_are_named_as_people_know_them_and_their_number_is_masked(
    centre: Centre, pens: tuple[Pen, Pen], capsys: pytest.CaptureFixture[str]
) -> None:
    masked = mask_citizen_id(id_number(7))

    assert main(["central", "duplicates", *where(centre)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert main(["central", "duplicates", *where(centre), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)

    assert [line.split() for line in lines] == [
        ["นางก", masked, "15", uuid(1)],
        ["นางก", masked, "93", uuid(2)],
    ]
    assert printed["records"] == [
        {"name": "นางก", "masked_id": masked, "office": "15", "id": uuid(1)},
        {"name": "นางก", "masked_id": masked, "office": "93", "id": uuid(2)},
    ]
    assert json_keys.faults("central duplicates", printed) == []
    assert id_number(7) not in "".join(lines)
