"""A record goes from status to status: who, when and why are kept, and nothing is overwritten."""

import pytest

from app.core.errors import Changed, Invalid, UserError
from app.core.fields import today
from app.services.office.desk import Desk
from app.services.records import history, moves, records
from app.services.records.autofill import complete
from app.services.records.moves import Wanted
from tests.makers.office import YANSUE, group, loan, looking, person


def base(desk: Desk, type_: str, record_id: str) -> tuple[str, ...]:
    return records.get(desk.store, type_, record_id).heads


def status(desk: Desk, type_: str, record_id: str) -> str:
    return str(records.get(desk.store, type_, record_id).data["status"])


def test_a_new_record_stands_at_the_first_status_whatever_the_draft_says(desk: Desk) -> None:
    made = group(desk, status="followed")
    assert status(desk, "group", made) == "applied"


def test_the_steps_offered_are_those_that_begin_here(desk: Desk) -> None:
    made = group(desk)

    names = [offer.name for offer in moves.offered(desk.store, "group", made)]

    assert names == ["check", "ask_papers", "dissolve"]


def test_a_step_keeps_its_day_and_its_reason(desk: Desk) -> None:
    made = group(desk)
    moves.move(
        desk.store, "group", made, Wanted("ask_papers", on="2025-01-20", reason=" ขาดสำเนาบัตร "),
        base=base(desk, "group", made),
    )  # fmt: skip
    moves.move(desk.store, "group", made, Wanted("check"), base=base(desk, "group", made))

    told = moves.past(desk.store, "group", made)

    assert [(each.before, each.to, each.on, each.reason) for each in told] == [
        ("", "applied", "", ""),
        ("applied", "incomplete", "2025-01-20", "ขาดสำเนาบัตร"),
        ("incomplete", "checking", today().isoformat(), ""),
    ]
    assert {each.by for each in told} == {desk.store.user}
    assert "status_reason" not in records.get(desk.store, "group", made).data


def test_an_ordinary_save_between_two_steps_is_no_step(desk: Desk) -> None:
    made = group(desk)
    opened = records.get(desk.store, "group", made)
    draft = opened.data | {"phone": "0812345678"}
    records.save(desk.store, "group", draft, record_id=made, base=opened.heads)

    assert [each.to for each in moves.past(desk.store, "group", made)] == ["applied"]


def test_a_step_that_does_not_begin_here_is_refused(desk: Desk) -> None:
    made = group(desk)
    for name in ("follow", "no_such_step"):
        with pytest.raises(Invalid) as refused:
            moves.move(desk.store, "group", made, Wanted(name), base=base(desk, "group", made))
        assert [problem.code for problem in refused.value.problems] == ["move"]
    assert status(desk, "group", made) == "applied"


def test_a_step_that_needs_a_reason_asks_for_it(desk: Desk) -> None:
    made = group(desk)
    with pytest.raises(Invalid) as refused:
        moves.move(
            desk.store,
            "group",
            made,
            Wanted("ask_papers", reason=" "),
            base=base(desk, "group", made),
        )
    assert refused.value.problems[0].field == "status_reason"


def test_a_step_asks_for_its_fields_and_keeps_the_others(desk: Desk) -> None:
    file = records.save(desk.store, "loan_file", loan(person(desk), "individual")).id
    without = {name: value for name, value in loan("").items() if name == "submitted_on"}
    with pytest.raises(Invalid) as refused:
        moves.move(
            desk.store, "loan_file", file,
            Wanted("lodge", reasons={"purpose_sum": "แนบแผนภายหลัง"}),
            base=base(desk, "loan_file", file),
        )  # fmt: skip
    assert [(each.field, each.code) for each in refused.value.problems] == [
        ("submitted_on", "missing")
    ]

    moves.move(
        desk.store, "loan_file", file,
        Wanted("lodge", without | {"amount_requested": 1}, reasons={"purpose_sum": "แนบแผนภายหลัง"}),
        base=base(desk, "loan_file", file),
    )  # fmt: skip

    data = records.get(desk.store, "loan_file", file).data
    assert (data["status"], data["submitted_on"]) == ("submitted", "2025-03-10")
    assert data["amount_requested"] == 5_000_000


def test_a_step_over_another_desks_change_is_refused(desk: Desk) -> None:
    made = group(desk)
    old = base(desk, "group", made)
    moves.move(desk.store, "group", made, Wanted("check"), base=old)
    with pytest.raises(Changed):
        moves.move(desk.store, "group", made, Wanted("ask_papers", reason="ขาดเอกสาร"), base=old)


def test_a_step_is_undone_like_any_act(desk: Desk) -> None:
    made = group(desk)
    saved = moves.move(desk.store, "group", made, Wanted("check"), base=base(desk, "group", made))

    history.undo(desk.store, saved.act)

    assert status(desk, "group", made) == "applied"
    assert [each.to for each in moves.past(desk.store, "group", made)] == [
        "applied", "checking", "applied",
    ]  # fmt: skip


def test_a_status_set_by_hand_needs_the_head_and_a_reason(desk: Desk) -> None:
    made = group(desk)
    for to, reason, code in (
        ("registered", " ", "missing"),
        ("no_such_status", "ขึ้นทะเบียนตั้งแต่ปีก่อน", "choice"),
    ):
        with pytest.raises(Invalid) as refused:
            moves.correct(
                desk.store, "group", made, to, base=base(desk, "group", made), reason=reason
            )
        assert [problem.code for problem in refused.value.problems] == [code]

    moves.correct(
        desk.store, "group", made, "registered",
        base=base(desk, "group", made), reason="ขึ้นทะเบียนตั้งแต่ปีก่อน",
    )  # fmt: skip
    assert status(desk, "group", made) == "registered"

    records.save(desk.store, "user", {"name": "วิชัย", "role": "head"})
    user = records.get(desk.store, "user", desk.store.user)
    records.save(
        desk.store, "user", user.data | {"role": "clerk"}, record_id=user.id, base=user.heads
    )
    with pytest.raises(UserError) as stopped:
        moves.correct(
            desk.store, "group", made, "followed",
            base=base(desk, "group", made), reason="ข้ามขั้นตอน",
        )  # fmt: skip
    assert stopped.value.code == "not_head"


def test_a_record_that_is_not_here_takes_no_step(desk: Desk) -> None:
    for work in (
        lambda: moves.offered(desk.store, "group", "x"),
        lambda: moves.move(desk.store, "group", "x", Wanted("check"), base=()),
        lambda: moves.correct(desk.store, "group", "x", "checking", base=(), reason="ก"),
    ):
        with pytest.raises(UserError) as refused:
            work()
        assert refused.value.code == "not_found"


def test_a_creation_that_was_undone_leaves_its_first_status_in_the_past(desk: Desk) -> None:
    draft = {"name": "กลุ่มข้าวมาลี", "occupation_type": "food", "address": {"subdistrict": YANSUE}}
    saved = records.save(desk.store, "group", draft)

    history.undo(desk.store, saved.act)

    assert [each.to for each in moves.past(desk.store, "group", saved.id)] == ["applied"]


def test_a_file_of_an_unknown_standard_gets_no_checklist(desk: Desk) -> None:
    with looking(desk, "2025-03-10") as view:
        data = complete(view, "certification", "", {"scheme": "no_such_standard"})

    assert data["file_no"] and "items" not in data
