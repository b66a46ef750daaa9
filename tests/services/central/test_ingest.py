"""The centre judges each line by its form, counts them all, and loses none."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.core.errors import UserError
from app.core.json_text import canonical
from app.core.line import Line
from app.models.central import tables
from app.services import central
from app.services.central import Centre, Ingested
from app.sync import keys
from app.sync.bundle import FULL, Facts, open_bundle, seal
from devtools.pen import uuid
from tests.makers.central import receipt_of
from tests.makers.pens import Pen, contents, open_centre


def counts(taken: Ingested) -> tuple[int, int, int, int]:
    return taken.accepted, taken.duplicate, taken.held, taken.rejected


def states(centre: Centre) -> dict[int, tuple[str, str]]:
    """Give state and code of each line by its seq."""
    table = tables.revisions
    with tables.reading(centre.engine) as connection:
        rows = connection.execute(select(table.c.seq, table.c.state, table.c.code).order_by("seq"))
        return {row.seq: (row.state, row.code) for row in rows}


def test_lines_of_a_newer_program_are_held_and_the_others_taken(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    pen.person(1, "ก")
    pen.write("drone_licence", 2, {"name": "ข"})
    pen.person(3, "ค", v=9)

    taken = central.ingest(centre, pen.seal(tmp_path))

    assert counts(taken) == (1, 0, 2, 0) and taken.status == "accepted"
    assert states(centre)[2] == ("held", "newer")
    assert central.status(centre).held == 2


def test_a_bundle_of_nothing_but_held_lines_says_held(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    pen.write("drone_licence", 2, {"name": "ข"})
    assert central.ingest(centre, pen.seal(tmp_path)).status == "held"
    receipt, _lines = receipt_of(centre, pen, tmp_path)
    assert [each.outcome for each in receipt.bundles] == ["held"]


def test_a_line_that_only_the_centre_may_write_is_rejected_with_its_whole_act(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    act = uuid(77)
    pen.person(1, "ก", act=act)
    pen.write("fund_round", 2, {}, act=act)
    pen.write("group", 3, {"name": "กลุ่ม"}, act=act)
    pen.person(4, "ข")

    taken = central.ingest(centre, pen.seal(tmp_path))

    assert counts(taken) == (1, 0, 0, 3) and taken.status == "accepted"
    assert states(centre) == {
        1: ("rejected", "act"),
        2: ("rejected", "foreign_writer"),
        3: ("rejected", "act"),
        4: ("accepted", ""),
    }


def test_a_value_that_no_table_can_hold_is_rejected_and_named(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    pen.write("person", 1, {"first_th": ["not", "text"]})

    taken = central.ingest(centre, pen.seal(tmp_path))
    receipt, _lines = receipt_of(centre, pen, tmp_path)

    assert counts(taken) == (0, 0, 0, 1) and taken.status == "rejected"
    (remark,) = receipt.rejected
    assert (remark.type, remark.id, remark.code) == ("person", uuid(1), "field_form")
    assert remark.text
    assert receipt.acknowledged[0].through == 1


@pytest.mark.parametrize(
    "data",
    [
        {"void_reason": 1},
        {"reasons": "none"},
        {"reasons": {"same_name": ["a", "list"]}},
    ],
)
def test_what_some_database_cannot_keep_is_rejected(
    centre: Centre, pen: Pen, tmp_path: Path, data: dict[str, Any]
) -> None:
    pen.write("person", 1, {"first_th": "ก", **data})
    pen.person(2, "ข")
    assert counts(central.ingest(centre, pen.seal(tmp_path))) == (1, 0, 0, 1)
    assert states(centre)[1] == ("rejected", "field_form")


def test_a_bundle_of_thousands_is_taken_piece_by_piece(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    for record in range(1, 2102):
        pen.person(record, "ก")
    assert counts(central.ingest(centre, pen.seal(tmp_path))) == (2101, 0, 0, 0)


def test_a_broken_programme_rule_is_no_reason_to_reject(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    pen.write("person", 1, {"id_no": "not a number at all", "birth_date": "3000-01-01"})
    assert central.ingest(centre, pen.seal(tmp_path)).accepted == 1


def test_lines_without_a_body_and_deletions_are_taken(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    withheld = pen.person(1, "ก")
    first = pen.person(2, "ข")
    pen.write("person", 2, {}, first, op="del")

    path = pen.seal(tmp_path, raw={1: Line(withheld.header, None).to_bytes()})

    assert central.ingest(centre, path).accepted == 3


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda line: b"{", id="not_json"),
        pytest.param(lambda line: line.to_bytes()[:-1] + b" }", id="not_canonical"),
        pytest.param(
            lambda line: Line(
                line.header, replace(line.body, data={"first_th": "another"})
            ).to_bytes(),
            id="another_body",
        ),
        pytest.param(
            lambda line: Line(replace(line.header, office="93"), line.body).to_bytes(),
            id="foreign_office",
        ),
        pytest.param(
            lambda line: Line(replace(line.header, seq=99), line.body).to_bytes(), id="outside"
        ),
        pytest.param(lambda line: canonical({"h": {}, "b": {}}), id="no_header"),
    ],
)
def test_a_spoilt_line_is_rejected_with_a_reason_and_stops_no_other(
    centre: Centre, pen: Pen, tmp_path: Path, spoil: object
) -> None:
    pen.person(1, "ก")
    spoilt = pen.person(2, "ข")
    pen.person(3, "ค")

    path = pen.seal(tmp_path, raw={2: spoil(spoilt)})  # type: ignore[operator]
    taken = central.ingest(centre, path)
    receipt, _lines = receipt_of(centre, pen, tmp_path)

    assert counts(taken) == (2, 0, 0, 1)
    (remark,) = receipt.rejected
    assert remark.type == "person" and remark.code and remark.text
    assert receipt.acknowledged[0].through == 3


def test_a_line_twice_in_one_bundle_is_counted_and_said(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    first = pen.person(1, "ก")
    pen.person(2, "ข")

    taken = central.ingest(centre, pen.seal(tmp_path, raw={2: first.to_bytes()}))

    assert sum(counts(taken)) == 2 and taken.rejected == 2


def test_a_sound_line_lifts_what_a_spoilt_copy_of_it_left_rejected(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    line = pen.person(1, "ก")
    other = Line(line.header, replace(line.body, data={}))  # type: ignore[type-var]
    central.ingest(centre, pen.seal(tmp_path, raw={1: other.to_bytes()}))

    taken = central.ingest(centre, pen.seal(tmp_path))

    assert counts(taken) == (1, 0, 0, 0)
    assert central.status(centre).rejected == 0
    assert central.status(centre).records == {"person": 1}


def test_a_line_of_a_newer_program_is_held_though_a_spoilt_copy_of_it_was_rejected(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    line = pen.write("drone_licence", 1, {"name": "ก"})
    other = Line(line.header, replace(line.body, data={}))  # type: ignore[type-var]
    central.ingest(centre, pen.seal(tmp_path, raw={1: other.to_bytes()}))
    assert states(centre)[1][0] == "rejected"

    taken = central.ingest(centre, pen.seal(tmp_path))

    assert counts(taken) == (0, 0, 1, 0)
    assert states(centre) == {1: ("held", "newer")}


def test_a_held_line_that_comes_again_is_a_duplicate(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    pen.write("drone_licence", 1, {"name": "ก"})
    central.ingest(centre, pen.seal(tmp_path))

    assert counts(central.ingest(centre, pen.seal(tmp_path))) == (0, 1, 0, 0)
    assert states(centre) == {1: ("held", "newer")}


def test_a_line_that_stands_on_a_rejected_one_is_taken_and_is_the_only_head(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    first = pen.person(1, "ก")
    wrong = pen.write("person", 1, {"first_th": 7}, first)
    central.ingest(centre, pen.seal(tmp_path))
    before = central.status(centre)
    last = pen.person(1, "ข", wrong)

    taken = central.ingest(centre, pen.seal(tmp_path, 3))

    assert taken.accepted == 1 and before.conflicts == 0
    with tables.reading(centre.engine) as connection:
        assert connection.scalars(select(tables.heads.c.rev)).all() == [last.header.rev]


def test_a_line_cannot_overtake_another_record(centre: Centre, pen: Pen, tmp_path: Path) -> None:
    victim = pen.person(1, "ก")
    pen.person(2, "ข", victim)

    central.ingest(centre, pen.seal(tmp_path))

    assert central.status(centre).records == {"person": 2}


def test_what_is_not_known_here_goes_out_as_it_came_in(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    known = pen.write("person", 1, {"first_th": "ก", "blood_type": {"abo": "AB", "rh": None}})
    strange = pen.write("drone_licence", 2, {"name": "ข"})
    central.ingest(centre, pen.seal(tmp_path))

    sealed = central.export_office(centre, "15", tmp_path / "full")

    trusted = {key.key_id: key for key in pen.centre.keys}
    with open_bundle(sealed.path, trusted=trusted, identities=[pen.identity]) as opened:
        assert {each.raw for each in opened.lines()} == {known.to_bytes(), strange.to_bytes()}


def test_a_fork_keeps_both_lines_and_is_said_loudly(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    pen.person(1, "ก")
    copy = pen.clone()
    pen.person(2, "ข")
    copy.person(2, "ค")

    first = central.ingest(centre, pen.seal(tmp_path))
    second = central.ingest(centre, copy.seal(tmp_path))
    receipt, lines = receipt_of(centre, pen, tmp_path)

    assert (first.status, second.status) == ("accepted", "fork")
    assert counts(second) == (1, 1, 0, 0)
    assert [each.outcome for each in receipt.bundles] == ["accepted", "fork"]
    assert sorted(line.header.seq for line in lines) == [2, 2]


def test_the_full_file_of_an_office_with_a_fork_can_be_opened(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    pen.person(1, "ก")
    copy = pen.clone()
    for name in "ขคง":
        pen.person(2, name)
        copy.person(3, name)
    central.ingest(centre, pen.seal(tmp_path))
    central.ingest(centre, copy.seal(tmp_path))

    sealed = central.export_office(centre, "15", tmp_path / "full")

    trusted = {key.key_id: key for key in pen.centre.keys}
    with open_bundle(sealed.path, trusted=trusted, identities=[pen.identity]) as opened:
        assert sorted(each.line.header.seq for each in opened.lines() if each.line) == [1, 2, 3, 4]


def test_an_office_with_disputed_records_hears_of_every_version_and_field(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    first = pen.write("person", 1, {"first_th": "ก", "phone": "1"})
    pen.write("person", 1, {"first_th": "ก", "phone": "2"}, first)
    pen.write("person", 1, {"first_th": "ก", "phone": "3"}, first)
    pen.person(2, "ข")
    central.ingest(centre, pen.seal(tmp_path))

    receipt, lines = receipt_of(centre, pen, tmp_path)

    (disputed,) = receipt.disputed
    assert (disputed.id, disputed.fields) == (uuid(1), ("phone",))
    assert {line.header.id for line in lines} == {uuid(1)} and len(lines) == 3


def test_the_header_of_a_rejected_line_travels_where_a_disputed_record_stands_on_it(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    first = pen.person(1, "ก")
    wrong = pen.write("person", 1, {"first_th": 7}, first)
    pen.person(1, "ข", wrong)
    pen.person(1, "ค", first)
    central.ingest(centre, pen.seal(tmp_path))

    receipt, lines = receipt_of(centre, pen, tmp_path)

    assert len(receipt.disputed) == 1
    assert [line.header.seq for line in lines if line.body is None] == [2]


def test_what_is_acknowledged_waits_for_a_gap_to_close(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    for record in range(1, 7):
        pen.person(record, "ก")
    late = pen.seal(tmp_path, 3, 4)

    def through() -> list[tuple[int, str]]:
        receipt, _lines = receipt_of(centre, pen, tmp_path)
        return [(each.through, each.head) for each in receipt.acknowledged]

    central.ingest(centre, pen.seal(tmp_path, 5, 6))
    assert through() == [(0, "")]
    central.ingest(centre, pen.seal(tmp_path, 1, 2))
    assert through() == [(2, pen.lines[1].header.rev)]
    central.ingest(centre, late)
    assert through() == [(6, pen.lines[5].header.rev)]


def test_the_same_bundle_any_number_of_times_gives_the_same_receipt(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    pen.person(1, "ก")
    pen.write("fund_round", 2, {})
    path = pen.seal(tmp_path)
    central.ingest(centre, path)
    first, _lines = receipt_of(centre, pen, tmp_path)

    again = [central.ingest(centre, path).status for _time in range(3)]
    second, _lines = receipt_of(centre, pen, tmp_path)

    assert again == ["duplicate"] * 3
    assert replace(second, number=first.number, at=first.at) == first


def test_a_dry_run_answers_as_the_real_one_and_changes_no_table(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    pen.person(1, "ก")
    pen.write("fund_round", 2, {})
    good, bad = pen.seal(tmp_path), tmp_path / "bad.zip"
    bad.write_bytes(good.read_bytes()[:-200])
    before = contents(centre)

    dry = [central.ingest(centre, path, dry_run=True) for path in (good, bad)]

    assert contents(centre) == before
    assert [central.ingest(centre, path) for path in (good, bad)] == dry
    assert central.ingest(centre, good, dry_run=True).status == "duplicate"


def test_the_very_bytes_that_were_judged_are_archived(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    pen.person(1, "ก")
    path = pen.seal(tmp_path)

    central.ingest(centre, path)

    pieces = contents(centre)["archive"]
    assert b"".join(piece for _office, _bundle, _part, piece in pieces) == path.read_bytes()


@pytest.mark.parametrize(
    ("status", "outcome"), [("superseded", "accepted"), ("revoked", "quarantined")]
)
def test_a_superseded_key_still_opens_and_a_revoked_one_does_not(
    centre: Centre, pen: Pen, tmp_path: Path, status: str, outcome: str
) -> None:
    pen.person(1, "ก")
    path = pen.seal(tmp_path)
    set_status(centre, status)

    taken = central.ingest(centre, path)

    assert taken.status == outcome
    assert taken.code == ("revoked_key" if status == "revoked" else "")


def set_status(centre: Centre, status: str) -> None:
    with tables.acting(centre.engine) as connection:
        connection.execute(tables.office_keys.update().values(status=status))


def test_a_revoked_key_is_not_enrolled_again_and_reads_no_more(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    pen.person(1, "ก")
    central.ingest(centre, pen.seal(tmp_path))
    set_status(centre, "revoked")

    with pytest.raises(UserError) as refused:
        pen.enrol(centre, tmp_path)
    with pytest.raises(UserError) as unanswered:
        central.write_receipts(centre, tmp_path / "receipts", office="15")

    assert central.write_receipts(centre, tmp_path / "receipts") == []
    assert (refused.value.code, unanswered.value.code) == ("revoked_key", "no_desk")
    assert not list((tmp_path / "receipts").iterdir())


def test_a_new_key_of_a_desk_supersedes_the_one_before(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    pen.key = keys.new_signing_key()
    pen.enrol(centre, tmp_path)
    with tables.reading(centre.engine) as connection:
        found = {row.status for row in connection.execute(select(tables.office_keys.c.status))}
    assert found == {"active", "superseded"}


def test_a_file_that_cannot_be_read_stops_no_other(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    taken = central.ingest(centre, tmp_path / "gone.zip")
    assert (taken.status, taken.code) == ("quarantined", "not_read") and taken.reason
    assert central.status(centre).quarantined == 0


def test_a_centre_whose_keys_are_gone_says_so_and_quarantines_nothing(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    pen.person(1, "ก")
    path = pen.seal(tmp_path)
    (centre.keys / "centre.agekey").unlink()

    with pytest.raises(UserError) as refused:
        central.ingest(centre, path)

    assert refused.value.code == "no_keys"
    assert central.status(centre).quarantined == 0


def test_a_database_that_is_no_centre_says_so(tmp_path: Path) -> None:
    nowhere = open_centre(f"sqlite:///{tmp_path / 'other.db'}", tmp_path)
    with pytest.raises(UserError) as refused:
        central.status(nowhere)
    assert refused.value.code == "no_centre"


def test_a_database_of_another_kind_is_refused_by_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        open_centre("postgresql://somewhere/centre", tmp_path)
    assert refused.value.code == "database_url"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_an_act_that_came_in_pieces_ends_alike_in_either_order(
    centre: Centre, pen: Pen, tmp_path: Path, order: tuple[int, int]
) -> None:
    pen.person(1, "ก", act=uuid(77))
    pen.person(2, "ข", act=uuid(77))
    pen.write("person", 3, {"first_th": 7}, act=uuid(77))
    files = pen.seal(tmp_path, 1, 2), pen.seal(tmp_path, 1, 3)

    for place in order:
        central.ingest(centre, files[place])

    assert [state for state, _code in states(centre).values()] == [
        "accepted",
        "accepted",
        "rejected",
    ]
    assert central.status(centre).records == {"person": 2}


def test_a_centre_is_made_once(centre: Centre) -> None:
    with pytest.raises(UserError) as refused:
        central.initialise(centre)
    assert refused.value.code == "exists"


def test_an_office_of_which_nothing_is_here_has_no_full_file(
    centre: Centre, tmp_path: Path
) -> None:
    with pytest.raises(UserError) as refused:
        central.export_office(centre, "93", tmp_path / "full")
    assert refused.value.code == "no_office"
    assert not list((tmp_path / "full").iterdir())


def test_the_state_is_told_for_one_office_too(centre: Centre, pen: Pen, tmp_path: Path) -> None:
    other = Pen(office="93")
    other.enrol(centre, tmp_path)
    for each in (pen, other):
        each.person(each.number, "ก")
        central.ingest(centre, each.seal(tmp_path))

    whole, part = central.status(centre), central.status(centre, office="93")

    assert (whole.offices, whole.lines) == (2, 2)
    assert (part.offices, part.lines) == (1, 1)
    assert part.state_digest != whole.state_digest


def test_a_full_bundle_of_a_desk_that_has_nothing_is_taken(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    facts = Facts("15", pen.replica, pen.epoch, FULL, 0, 0, 1, "2025-10-02T03:04:05Z")
    path = seal(tmp_path, facts, [], signing_key=pen.key, recipients=pen.centre.recipients).path

    taken = central.ingest(centre, path)
    receipt, lines = receipt_of(centre, pen, tmp_path)

    assert (taken.status, counts(taken)) == ("accepted", (0, 0, 0, 0))
    assert receipt.acknowledged == () and lines == []
