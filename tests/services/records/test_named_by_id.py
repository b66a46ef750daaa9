"""A record names another one by its id alone: no word gets in, by whatever way it comes."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.core.errors import Invalid, UserError
from app.core.fields import Field, Kind
from app.core.ids import short_id
from app.models.records.base import Writer, entities, fields_of
from app.models.records.lines import lines
from app.services import central, exchange
from app.services.central import Centre
from app.services.office.desk import Desk
from app.services.records import history, naming, projection, records, verify
from app.services.records.verdicts import REJECTED, judge
from app.services.spreadsheets import imports
from tests.makers.lists import xlsx
from tests.makers.office import from_elsewhere, group, person
from tests.makers.pens import Pen
from tests.makers.senders import befriend, seal_for

ID = "0190aaaa-b123-7c00-8d00-00000000000e"
NO_IDS = (
    "สมชาย", "somchai", "1", "กลุ่มดอกไม้จันทน์ย่านซื่อ", ID[:8], ID[:-1], ID + "0", ID.upper(),
    " " + ID, ID + " ", ID + "\n", ID + "\x00", "\x00" + ID, ID.replace("-", ""),
    ID.replace("-", " "), ID.replace("-", "‐"), f"{{{ID}}}", f"urn:uuid:{ID}",
    ID.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")),
    ID.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
)  # fmt: skip
FORM = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def naming_fields(writer: Writer) -> list[tuple[str, Field, str]]:
    """List the fields that name a record, (type, field, name within its rows or "")."""
    found = []
    for type_, entity in entities().items():
        if entity.writer is not writer:
            continue
        for field in fields_of(entity):
            if field.kind is Kind.RECORD:
                found.append((type_, field, ""))
            found += [(type_, field, row.name) for row in field.rows if row.kind is Kind.RECORD]
    return found


OF_OFFICES = naming_fields(Writer.OFFICE)
no_ids = st.sampled_from(NO_IDS) | st.text().filter(lambda text: not FORM.fullmatch(text))


def holding(field: Field, inner: str, value: Any) -> dict[str, Any]:
    return {field.name: [{inner: value}] if inner else value}


def place(field: Field, inner: str) -> str:
    return f"{field.name}.0.{inner}" if inner else field.name


def count(desk: Desk) -> int:
    with desk.store.read() as connection:
        return connection.scalar(select(func.count()).select_from(lines)) or 0


def test_fields_in_rows_are_among_those_that_are_tried() -> None:
    assert {"membership", "loan_file", "field_visit"} < {type_ for type_, *_rest in OF_OFFICES}
    assert [(type_, inner) for type_, _field, inner in OF_OFFICES if inner] == [("group", "group")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.sampled_from(OF_OFFICES), text=no_ids)
def test_a_save_refuses_every_text_that_is_no_id(
    desk: Desk, where: tuple[str, Field, str], text: str
) -> None:
    type_, field, inner = where
    before = count(desk)

    with pytest.raises(Invalid) as refused:
        records.save(desk.store, type_, holding(field, inner, text), reasons={"record": "ตรวจแล้ว"})

    said = [each for each in refused.value.problems if each.field == place(field, inner)]
    assert not any(problem.warning for problem in said)
    if text.isprintable() and text:  # nothing typed is nothing named
        assert "record" in {problem.code for problem in said}
        assert any("เลือกจากรายการ หรือเพิ่มรายการใหม่" in problem.message for problem in said)
    assert said or not text
    assert count(desk) == before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.sampled_from(OF_OFFICES), text=no_ids)
def test_the_centre_rejects_every_text_that_is_no_id(
    where: tuple[str, Field, str], text: str
) -> None:
    type_, field, inner = where

    verdict = judge(Pen().write(type_, 1, holding(field, inner, text)))

    assert (verdict.state, verdict.code) == (REJECTED, "field_form")


def test_words_come_back_from_the_centre(pilot: Centre, tmp_path: Path) -> None:
    pen = Pen()
    pen.enrol(pilot, tmp_path)
    for number, (type_, field, inner) in enumerate(OF_OFFICES, 1):
        pen.write(type_, number, holding(field, inner, NO_IDS[number % len(NO_IDS)]))

    taken = central.ingest(pilot, pen.seal(tmp_path))

    assert (taken.accepted, taken.rejected) == (0, len(OF_OFFICES))


def test_no_desk_takes_a_word_from_another(desk: Desk, tmp_path: Path) -> None:
    other = befriend(desk, Pen())
    for number, (type_, field, inner) in enumerate(OF_OFFICES, 1):
        other.write(type_, number, holding(field, inner, NO_IDS[number % len(NO_IDS)]))
    for number, (type_, field, inner) in enumerate(OF_OFFICES, 1001):
        other.write(type_, number, holding(field, inner, ID))

    taken = exchange.import_bundle(desk.store, seal_for(desk, other, tmp_path))

    assert (taken.new, taken.left_out) == (len(OF_OFFICES), len(OF_OFFICES))
    left = exchange.lines_left_out(desk.store)
    assert {each.code for each in left} == {"field_form"}
    assert {each.type for each in left} == {type_ for type_, *_rest in OF_OFFICES}
    assert verify.verify(desk.store).ok


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.sampled_from([each for each in OF_OFFICES if not each[2]]))
def test_an_id_that_is_not_here_is_pointed_out_and_no_error(
    desk: Desk, where: tuple[str, Field, str]
) -> None:
    type_, field, _inner = where

    found = records.check(desk.store, type_, {field.name: ID})

    here = [each for each in found if each.field == field.name]
    assert ("not_here", True) in {(each.code, each.warning) for each in here}
    assert judge(Pen().write(type_, 1, {field.name: ID})).code == ""


@pytest.mark.parametrize("text", ["สมชาย", ID, ID.upper()])
@pytest.mark.parametrize("column", ["กลุ่ม", "ผู้กู้"])
def test_a_list_names_records_as_people_do_and_never_by_a_raw_text(
    desk: Desk, tmp_path: Path, column: str, text: str
) -> None:
    path = xlsx(tmp_path / "loans.xlsx", [("100000", text)], ("จำนวนเงิน", column))

    plan = imports.plan(desk.store, path, "loans")

    assert plan.counts["refused"] == 1 and not plan.rows[0].entries


def old_member(desk: Desk, word: str = "สมชาย") -> str:
    """Take in a line of a program that let a word through."""
    return from_elsewhere(
        desk, "membership", {"group": group(desk), "person": word, "role": "member"}
    )


def test_a_word_of_an_old_line_is_still_there_to_be_read_and_verify_holds(desk: Desk) -> None:
    member = old_member(desk)

    record = records.get(desk.store, "membership", member)

    assert record.data["person"] == "สมชาย"
    assert ("บุคคล", "สมชาย") in naming.described(desk.store, record)
    projection.rebuild_all(desk.store)
    assert verify.verify(desk.store).ok


def test_a_word_of_an_old_line_is_put_right_by_a_save(desk: Desk) -> None:
    member, somchai = old_member(desk), person(desk)
    opened = records.get(desk.store, "membership", member)

    with pytest.raises(Invalid) as refused:
        records.save(
            desk.store, "membership", opened.data | {"role": "leader"},
            record_id=member, base=opened.opened_from,
        )  # fmt: skip
    records.save(
        desk.store, "membership", opened.data | {"person": somchai},
        record_id=member, base=opened.opened_from,
    )  # fmt: skip

    assert [(each.field, each.code) for each in refused.value.problems] == [("person", "record")]
    assert records.get(desk.store, "membership", member).data["person"] == somchai


def test_taking_an_old_line_out_of_use_leaves_the_word_behind(desk: Desk) -> None:
    member = old_member(desk)

    records.void(desk.store, "membership", member, "กรอกผิด")

    data = records.get(desk.store, "membership", member).data
    assert "person" not in data and data["role"] == "member"
    first = history.history(desk.store, "membership", member)[-1]
    assert first.data and first.data["person"] == "สมชาย"


def test_an_undo_brings_no_word_back(desk: Desk) -> None:
    member, somchai = old_member(desk), person(desk)
    opened = records.get(desk.store, "membership", member)
    saved = records.save(
        desk.store, "membership", opened.data | {"person": somchai},
        record_id=member, base=opened.opened_from,
    )  # fmt: skip

    with pytest.raises(UserError) as refused:
        history.undo(desk.store, saved.act)

    assert refused.value.code == "field_form" and "บุคคล" in refused.value.sentence
    assert records.get(desk.store, "membership", member).data["person"] == somchai


def test_a_record_that_is_not_here_is_named_by_its_number(desk: Desk) -> None:
    somchai = person(desk)

    assert naming.named(desk.store, "person", somchai) == "สมาชิก1 ตัวอย่าง"
    assert short_id(ID) in naming.named(desk.store, "person", ID)
    assert naming.named(desk.store, "person", "สมชาย") == "สมชาย"
