"""The machines of the programme's data: every state is reached, every guard is there."""

import json
from pathlib import Path

import pytest

from app.core import codes
from app.core.errors import UserError
from app.core.states import Machine, machines, read_machines
from app.models.records.base import entities, fields_of
from app.services.records import guards

MACHINES = sorted(machines())

# What follows from the day or from payments is computed and never moved to.
COMPUTED = {"loan_file": {"repaying", "overdue"}}


def reached(machine: Machine) -> set[str]:
    found, ahead = set[str](), [machine.first]
    while ahead:
        state = ahead.pop()
        if state not in found:
            found.add(state)
            ahead += [move.to for move in machine.offered(state)]
    return found


def test_every_status_has_its_machine() -> None:
    assert set(machines()) == set(codes.STATUSES)


@pytest.mark.parametrize("type_", MACHINES)
def test_every_state_is_reached_from_the_first(type_: str) -> None:
    machine = machines()[type_]
    assert reached(machine) == set(machine.states) - COMPUTED.get(type_, set())


@pytest.mark.parametrize("type_", MACHINES)
def test_a_move_asks_for_fields_and_guards_that_there_are(type_: str) -> None:
    described = {each.name: each for each in fields_of(entities()[type_])}
    assert described["status"].default == machines()[type_].first
    for move in machines()[type_].moves:
        assert set(move.asks) <= set(described), move.name
        assert set(move.guards) <= set(guards.of(type_)), move.name
        assert move.text.strip()


@pytest.mark.parametrize("type_", sorted(entities()))
def test_every_guard_stands_before_some_move_of_its_type(type_: str) -> None:
    moves = machines()[type_].moves if type_ in machines() else ()
    assert set(guards.of(type_)) == {guard for move in moves for guard in move.guards}


@pytest.mark.parametrize(
    "broken",
    [
        {"to": "nowhere"},
        {"from": ["nowhere"]},
        {"from": []},
        {"from": ["checking"]},
        {"name": "ask"},
        {"asks": [1]},
        {"reason": "yes"},
    ],
)
def test_a_damaged_machine_is_named_by_its_key(tmp_path: Path, broken: dict[str, object]) -> None:
    move = {
        "name": "check", "text": "รับตรวจ", "from": ["applied"], "to": "checking",
        "asks": [], "guards": [], "reason": False,
    }  # fmt: skip
    other = move | {"name": "ask", "to": "incomplete"}
    with pytest.raises(UserError) as refused:
        read_machines(_written(tmp_path, "group", [move | broken, other]))
    assert refused.value.code == "programme_data" and "group" in refused.value.sentence


def test_a_machine_of_an_unknown_type_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        read_machines(_written(tmp_path, "person", []))
    assert "person" in refused.value.sentence


def _written(folder: Path, type_: str, moves: list[dict[str, object]]) -> Path:
    path = folder / "states.json"
    whole = {
        "version": 1, "valid_from": "2024-10-01", "valid_to": None, "sources": {},
        "machines": {type_: {"first": "applied", "moves": moves}},
    }  # fmt: skip
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path
