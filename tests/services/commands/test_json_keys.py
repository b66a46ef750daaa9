"""The keys that programs read: each stands on the page once, in plain English, with its kind."""

import re

from app.cli.commands import COMMANDS, VERSION
from tests.makers.json_keys import KINDS, faults, keys_of_commands, kinds_of_keys, rows


def test_the_page_has_every_command_once() -> None:
    commands = [row[0].strip("`") for row in rows() if len(row) == 2]

    assert sorted(commands) == sorted([*COMMANDS, VERSION])


def test_the_page_has_every_key_once_in_the_order_of_letters() -> None:
    keys = [row[0].strip("`") for row in rows() if len(row) == 3]

    assert keys == sorted(set(keys))
    assert set(keys) == set().union(*keys_of_commands().values())


def test_a_key_is_plain_english_in_small_letters() -> None:
    assert [
        key for key in kinds_of_keys() if not re.fullmatch("[a-z]+(_[a-z]+)*|sha256", key)
    ] == []


def test_each_kind_is_one_that_a_value_can_be_asked_for() -> None:
    assert {kind for kinds in kinds_of_keys().values() for kind in kinds} <= set(KINDS)


def test_what_is_not_on_the_page_is_seen() -> None:
    assert faults("undo", {"act": "1"}) == []
    assert len(faults("undo", {"act": 1})) == len(faults("undo", {"act": "1", "id": "1"})) == 1
    assert faults("report", {"as_of": "15/3/2568"}) and faults("prints", {"at": "2025-03-15"})
