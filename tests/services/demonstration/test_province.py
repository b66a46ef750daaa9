"""An invented province obeys every law of a real one, and is the same for the same seed."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from app.cli import main
from app.core import places
from app.core.errors import Invalid
from app.core.states import machines
from app.models.records.base import entities
from app.services.demonstration import province
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records import acts, records
from app.services.records.record_view import View
from app.services.records.verify import verify
from tests.makers.invariants import broken, reachable, states_seen
from tests.services.conftest import PASSWORD, WEAK

pytestmark = pytest.mark.xdist_group("province")  # it is made once for all of these

UNTIL = date(2026, 9, 30)
PEOPLE = 2_000


def make(folder: Path, count: int, *, seed: int = 1, office: str = "15") -> Desk:
    desk, _recovery = desks.create(
        folder, office=office, user="กานดา", password=PASSWORD, cost=WEAK
    )
    province.fill(desk, count, seed=seed, until=UNTIL)
    return desk


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = make(tmp_path_factory.mktemp("province") / "desk", PEOPLE)
    yield desk
    desk.close()


def everything(desk: Desk) -> dict[str, list[tuple[str, dict[str, object]]]]:
    with desk.store.read() as connection:
        view = View(connection, desk.office)
        return {type_: view.where(type_) for type_ in entities() if type_ not in _OWN}


_OWN = ("user", "office")  # made with the desk itself


def test_every_law_holds_over_it(filled: Desk) -> None:
    assert broken(filled, UNTIL) == []


def test_its_journal_verifies(filled: Desk) -> None:
    assert verify(filled.store).reason == ""


def test_every_status_that_a_move_leads_to_is_somebodys(filled: Desk) -> None:
    seen = states_seen(filled)
    assert not {
        type_: lacking for type_ in machines() if (lacking := reachable(type_) - seen[type_])
    }


def test_all_subdistricts_of_ang_thong_have_a_group(filled: Desk) -> None:
    with filled.store.read() as connection:
        groups = View(connection, "15").where("group")
    served = {data["address"]["subdistrict"] for _id, data in groups}
    assert len(served) == 73
    assert served == {each.code for each in places.all_places() if each.code.startswith("15")}


def test_no_rule_that_blocks_is_broken_by_it(filled: Desk) -> None:
    with filled.store.read() as connection:
        view = View(connection, "15", UNTIL)
        said = {
            (type_, problem.field, problem.code)
            for type_ in entities()
            for record_id, data in view.where(type_)[:_LOOKED_AT]
            for problem in records.problems(view, type_, record_id, data)
            if not problem.warning
        }
    assert said == set()


_LOOKED_AT = 50  # records of each type: every way of its machine is among the first


def test_payments_run_over_two_fiscal_years(filled: Desk) -> None:
    with filled.store.read() as connection:
        days = [data["paid_on"] for _id, data in View(connection, "15").where("payment")]
    assert min(days) < "2025-10-01" < max(days) <= UNTIL.isoformat()


def test_what_it_holds_is_marked_as_invented(filled: Desk) -> None:
    for _id, data in everything(filled)["person"]:
        assert data["note"] == "ข้อมูลตัวอย่าง"
        assert str(data["id_no"]).startswith("9")


def test_the_same_seed_gives_the_same_province(tmp_path: Path) -> None:
    one, other = make(tmp_path / "1", 150), make(tmp_path / "2", 150)
    different = make(tmp_path / "3", 150, seed=2)
    try:
        assert everything(one) == everything(other)
        assert everything(one)["person"] != everything(different)["person"]
    finally:
        for each in (one, other, different):
            each.close()


def test_the_command_makes_a_province_and_says_what_it_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    size = ["--people", "150", "--seed", "7", "--province", "93", "--until", "2026-09-30"]
    assert main(["demo", "--out", str(tmp_path / "demo"), "--json", *size]) == 0

    said = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    assert {"what": "บุคคล", "found": "150"} in said
    password = (tmp_path / "demo" / "keys" / "password.txt").read_text("utf-8").strip()
    opened = desks.open_desk(tmp_path / "demo" / "office", user="", password=password)
    assert opened.office == "93"
    opened.close()


def test_any_province_can_be_invented(tmp_path: Path) -> None:
    desk = make(tmp_path / "desk", 400, office="93")
    try:
        assert broken(desk, UNTIL) == []
        groups = everything(desk)["group"]
        assert {str(data["address"]["subdistrict"])[:2] for _id, data in groups} == {"93"}  # type: ignore[index]
    finally:
        desk.close()


@pytest.mark.parametrize(
    ("count", "until"),
    [(99, UNTIL), (100_001, UNTIL), (500, date(2025, 9, 30))],
)
def test_a_size_out_of_bounds_is_refused(desk: Desk, count: int, until: date) -> None:
    with pytest.raises(Invalid):
        province.fill(desk, count, seed=1, until=until)


def test_a_law_that_is_broken_is_named(new_desk: Callable[..., Desk]) -> None:
    desk = new_desk()
    province.fill(desk, 150, seed=1, until=UNTIL)
    with desk.store.read() as connection:
        view = View(connection, "15")
        loan = next(i for i, data in view.where("loan_file") if data["status"] == "draft")
        trainee = next(i for i, data in view.where("enrolment") if "score" in data)
        leader = next(i for i, _data in view.where("membership", role="leader"))

    def spoil(type_: str, record_id: str, **changed: object) -> None:
        def work(acting: acts.Acting) -> None:
            before = acts.current(acting.connection, type_, record_id)
            assert before is not None
            acting.put(type_, record_id, before.data | changed, before.heads)

        acts.act(desk.store, work)

    spoil("loan_file", loan, amount_requested=123_400)
    spoil("enrolment", trainee, score=100, status="applied")
    spoil("membership", leader, role="member")

    named = {each.split(":")[0].split(" of ")[0] for each in broken(desk, UNTIL)}
    assert {"purpose lines", "sum of the instalments", "leaders", "certificate"} & named
    assert "leaders" in named and "purpose lines" in named
    assert any(each.startswith("enrolment went") for each in broken(desk, UNTIL))
