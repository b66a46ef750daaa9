import hashlib
import tempfile
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import Cancelled, UserError
from app.core.line import parse_line
from app.sync import bag, bundle
from app.sync.bundle import FULL, Refused, inspect, no_step, seal

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
written = st.lists(st.tuples(st.sampled_from(["person", "group", "loan"]), texts), min_size=1)
in_one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(desk, path):
    with desk.open(path) as opened:
        return list(opened.lines())


def test_what_was_sealed_comes_out_line_by_line(desk, tmp_path):
    desk.people(10)

    entries = read(desk, desk.seal(tmp_path).path)

    assert [entry.raw for entry in entries] == [raw for _, raw in desk.rows()]
    assert [entry.line for entry in entries] == [parse_line(raw) for _, raw in desk.rows()]
    assert [(entry.type, entry.number) for entry in entries][:5] == [
        ("group", 1),
        ("group", 2),
        ("group", 3),
        ("group", 4),
        ("membership", 1),
    ]
    assert all(entry.rev == entry.line.header.rev for entry in entries)
    assert not any(entry.problem for entry in entries)


@in_one_folder
@given(written, st.integers(0, 3))
def test_any_lines_come_out_as_they_went_in(numbered_desk, tmp_path, acts, after):
    desk = numbered_desk(1)
    for place, (type, text) in enumerate([("person", ""), *acts]):
        desk.write(type, place, {"note": text})
    after = min(after, len(desk.lines) - 1)

    entries = read(desk, desk.seal(tmp_path, after).path)

    assert [entry.raw for entry in entries] == [raw for _, raw in desk.rows(after)]


def test_a_sealed_bundle_says_what_it_is(desk, tmp_path):
    desk.people(10)

    sealed = desk.seal(tmp_path, after=4, number=123, base_ack=4)

    assert sealed.path.name == "OTG-42-AEAQ-000123-D.otg"
    assert sealed.counts == {"group": 2, "membership": 2, "person": 2}
    assert sealed.sha256 == hashlib.sha256(sealed.path.read_bytes()).hexdigest()
    assert sealed.size == sealed.path.stat().st_size
    assert inspect(sealed.path) == sealed.envelope
    envelope = sealed.envelope
    assert (envelope.seq_from, envelope.seq_to, envelope.base_ack) == (5, 10, 4)
    assert (envelope.bundle_no, envelope.office, envelope.kind) == (123, "42", "delta")
    assert list(tmp_path.iterdir()) == [sealed.path]


def test_the_same_range_has_the_same_content_whatever_the_envelope_says(desk, tmp_path):
    desk.people(10)

    first = desk.seal(tmp_path, 3)
    outside = {"number": 2, "created_at": "2026-01-01T00:00:00Z", "base_ack": 2, "diary": "d" * 64}
    second = desk.seal(tmp_path, 3, **outside)

    assert second.content_id == first.content_id
    assert second.sha256 != first.sha256


def test_another_range_has_another_content(desk, tmp_path):
    desk.people(10)

    contents = {desk.seal(tmp_path, after).content_id for after in range(10)}

    assert len(contents) == 10


def test_the_payload_is_deflated(desk, tmp_path):
    desk.people(300)
    plain = sum(len(raw) + 1 for _, raw in desk.rows())

    sealed = desk.seal(tmp_path)

    assert sealed.size < plain / 3


def test_a_full_bundle_holds_every_chain_of_the_office(desks, tmp_path):
    first, second = next(desks).people(5), next(desks).people(7)
    parts = second.facts().runs[0]
    early = replace(parts, seq_to=3, head=second.lines[2].header.rev)
    late = replace(parts, seq_from=5, before=second.lines[3].header.rev)
    lines = [*first.lines, *second.lines[:3], *second.lines[4:]]
    own = first.facts(kind=FULL)
    facts = replace(own, runs=(*own.runs, early, late))

    everything = bundle_of(first, facts, lines, tmp_path)

    with first.open(everything.path) as opened:
        assert {entry.rev for entry in opened.lines()} == {line.header.rev for line in lines}
        assert opened.inside.runs == facts.runs
        assert opened.inside.schemas == {"group": 1, "membership": 1, "person": 1}
    assert everything.path.name.endswith("-F.otg")


def bundle_of(desk, facts, lines, folder):
    pairs = sorted((line.header.type, line.to_bytes()) for line in lines)
    return seal(folder, facts, pairs, signing_key=desk.key, recipients=[desk.recipient])


def test_scans_travel_once_under_the_hash_of_their_content(desk, tmp_path):
    desk.people(3)
    scan = bytes(range(256)) * 1000

    sealed = desk.seal(tmp_path, files=[("pdf", b"one"), ("png", scan), ("png", scan)])

    with desk.open(sealed.path) as opened:
        found = dict(opened.files())
    assert found == {
        f"{hashlib.sha256(b'one').hexdigest()}.pdf": b"one",
        f"{hashlib.sha256(scan).hexdigest()}.png": scan,
    }


def test_every_recipient_opens_the_bundle_and_nobody_else(desks, tmp_path):
    desk, centre, stranger = next(desks).people(3), next(desks), next(desks)

    path = desk.seal(tmp_path, recipients=[centre.recipient]).path

    for identity in (desk.identity, centre.identity):
        with desk.open(path, identities=[stranger.identity, identity]) as opened:
            assert len(list(opened.lines())) == 3
    with pytest.raises(Refused) as caught, desk.open(path, identities=[stranger.identity]):
        pass
    assert caught.value.code == "not_for_us"


def test_the_trusted_keys_may_be_asked_for_by_a_function(desk, tmp_path):
    path = desk.people(3).seal(tmp_path).path

    with desk.open(path, trusted=desk.enrolled.get) as opened:
        assert opened.key.public == desk.key.public


def test_the_job_tells_how_far_it_is(desk, tmp_path):
    desk.people(2500)
    seen = []

    desk.seal(tmp_path, step=lambda done, total: seen.append((done, total)))

    assert seen == sorted(seen)
    assert {total for _, total in seen} == {2500}
    assert seen[0] == (0, 2500)


def test_no_step_is_silent():
    assert no_step(1, 2) is None


def test_a_job_that_is_stopped_leaves_nothing(desk, tmp_path):
    desk.people(10)

    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        desk.seal(tmp_path, step=stop)
    assert list(tmp_path.iterdir()) == []


def test_an_error_of_the_lines_comes_through_as_it_is(desk, tmp_path):
    def broken():
        yield desk.people(3).rows()[0]
        raise KeyError("row")

    with pytest.raises(KeyError):
        seal(
            tmp_path,
            desk.people(1).facts(),
            broken(),
            signing_key=desk.key,
            recipients=[desk.recipient],
        )
    assert list(tmp_path.iterdir()) == []


def faulty(desk, tmp_path, **changes):
    options = {"signing_key": desk.key, "recipients": [desk.recipient]}
    arguments = {"facts": desk.facts(), "lines": desk.rows()} | options | changes
    with pytest.raises(ValueError, match=r"lines|runs|file"):
        seal(tmp_path, **arguments)
    assert list(tmp_path.iterdir()) == []


def test_lines_that_are_not_what_the_facts_say_are_not_sealed(desk, tmp_path):
    desk.people(6)

    faulty(desk, tmp_path, lines=desk.rows()[:-1])
    faulty(desk, tmp_path, lines=desk.rows()[::-1])
    faulty(desk, tmp_path, lines=[*desk.rows(), desk.rows()[0]])


def test_a_file_with_a_strange_extension_or_too_long_is_not_sealed(desk, tmp_path):
    desk.people(3)

    faulty(desk, tmp_path, files=[("../x", b"")])
    faulty(desk, tmp_path, files=[("pdf", bytes(bag.MOST_FILE_BYTES + 1))])


def test_a_bundle_is_never_sealed_for_nobody(desk, tmp_path):
    desk.people(3)

    with pytest.raises(ValueError, match="nobody"):
        seal(tmp_path, desk.facts(), desk.rows(), signing_key=desk.key, recipients=[])


def test_a_computer_without_room_says_so(desk, tmp_path, monkeypatch):
    path = desk.people(300).seal(tmp_path).path
    folder = tmp_path / "gone"
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr("app.sync.seal._IN_MEMORY", 100)
    monkeypatch.setattr("app.sync.unseal._IN_MEMORY", 100)

    with pytest.raises(UserError) as sealing:
        desk.seal(tmp_path, number=2)
    with pytest.raises(UserError) as opening, desk.open(path):
        pass

    assert (sealing.value.code, opening.value.code) == ("disk_full", "disk_full")
    assert list(tmp_path.iterdir()) == [path]


def test_the_temporary_file_of_a_large_bundle_has_no_name(desk, tmp_path, monkeypatch):
    watched, out = tmp_path / "temp", tmp_path / "out"
    watched.mkdir()
    out.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(watched))
    monkeypatch.setattr("app.sync.seal._IN_MEMORY", 100)
    monkeypatch.setattr("app.sync.unseal._IN_MEMORY", 100)

    path = desk.people(300).seal(out, step=lambda *_: list_nothing(watched)).path
    with desk.open(path) as opened:
        for _ in opened.lines():
            list_nothing(watched)

    list_nothing(watched)


def list_nothing(folder):
    assert list(folder.iterdir()) == []


def test_what_is_inside_is_not_readable_from_outside(desk, tmp_path):
    desk.write("person", 1, {"name": "SECRETNAME"})

    whole = desk.seal(tmp_path).path.read_bytes()

    assert b"SECRET" not in whole
    assert b"person" not in whole
    with zipfile.ZipFile(tmp_path / "OTG-42-AEAQ-000001-D.otg") as outer:
        assert outer.namelist() == list(bundle_names())


def bundle_names():
    return "README.txt", "envelope.json", "envelope.json.sig", "payload.zip.age"


def test_the_door_has_every_name_it_promises():
    assert all(hasattr(bundle, name) for name in bundle.__all__)


def test_a_file_that_cannot_be_opened_is_said_to_the_clerk(tmp_path):
    with pytest.raises(UserError) as caught:
        inspect(tmp_path / "none.zip")

    assert caught.value.code == "not_read"


def test_a_type_that_the_sender_only_passes_on_travels_without_a_schema(desk, tmp_path):
    desk.write("invention", 1, {"name": "x"})
    desk.write("person", 2, {"name": "y"})

    with desk.open(desk.seal(tmp_path).path) as opened:
        assert opened.inside.schemas == {"person": 1}
        assert opened.inside.counts == {"invention": 1, "person": 1}
        assert not any(entry.problem for entry in opened.lines())
