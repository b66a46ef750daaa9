import itertools
from collections import defaultdict

import pytest

from app.sync import merge
from app.sync.bundle import Refused


@pytest.fixture
def team(desks):
    """Give three desks of one office that wrote on the same records without hearing each other."""
    team = [next(desks) for _ in range(3)]
    shared = team[0].write("person", 1, {"name": "ก", "phone": "1"})
    for place, desk in enumerate(team):
        desk.write("person", 1, {"name": "ก", "phone": str(place)}, [shared])
        desk.write("group", 10 + place, {"name": f"กลุ่ม {place}"})
    return team


def taken(paths, desks):
    """Open bundles in the order given, as the one who holds the third desk's recovery sheet."""
    trusted = {name: key for desk in desks for name, key in desk.enrolled.items()}
    records = defaultdict(dict)
    for path in paths:
        with desks[2].open(path, trusted=trusted) as opened:
            for entry in opened.lines():
                header = entry.line.header
                records[header.type, header.id][entry.rev] = entry.line
    return records


def state(records):
    return merge.state_digest(
        (*record, merge.heads(line.header for line in lines.values()))
        for record, lines in records.items()
    )


def test_bundles_taken_in_any_order_and_twice_end_in_one_state(team, tmp_path):
    paths = [desk.seal(tmp_path, recipients=[team[2].recipient]).path for desk in team]
    expected = taken(paths, team)

    for order in itertools.permutations(paths):
        records = taken([*order, order[0]], team)
        assert state(records) == state(expected)
        for record, lines in records.items():
            assert merge.shown(lines.values()) == merge.shown(expected[record].values())

    person = next(lines for (type, _), lines in expected.items() if type == "person")
    assert merge.shown(person.values()).level == merge.SAME
    assert len(expected) == 4


def test_deltas_and_their_whole_bring_the_same_lines(desk, tmp_path):
    desk.people(4)
    first = desk.seal(tmp_path).path
    desk.people(5)
    second = desk.seal(tmp_path, 4, number=2).path
    whole = desk.seal(tmp_path, number=3).path

    def lines(*paths):
        found = set()
        for path in paths:
            with desk.open(path) as opened:
                found |= {entry.raw for entry in opened.lines()}
        return found

    assert lines(first, second) == lines(whole)


def test_a_file_cut_into_parts_for_the_mail_is_whole_again_when_joined(desk, tmp_path):
    path = desk.people(50).seal(tmp_path).path
    content = path.read_bytes()
    parts = [content[start : start + 1000] for start in range(0, len(content), 1000)]

    path.write_bytes(b"".join(parts[:-1]))
    with pytest.raises(Refused) as caught, desk.open(path):
        pass
    assert caught.value.code == "incomplete"

    path.write_bytes(b"".join(parts))
    with desk.open(path) as opened:
        assert len(list(opened.lines())) == 50
