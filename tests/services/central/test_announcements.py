"""What the centre decides reaches the office by receipt, and never spends more than there is."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.core.errors import UserError
from app.core.line import ERASE
from app.services import central, exchange
from app.services.central import Centre
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records import records
from app.services.records.record_view import View
from app.services.records.verify import state_digest, verify
from app.services.safekeeping import rebuilding
from devtools.pen import uuid
from tests.makers.announcements import MILLION, ROUND, apply, decision, figures, send
from tests.makers.central import receipt_of
from tests.makers.office import borrowing_group, from_elsewhere, loan
from tests.makers.pens import Pen, introduce, where
from tests.services.conftest import PASSWORD, WEAK


def refusal(call: Callable[..., Any], *given: Any) -> UserError:
    with pytest.raises(UserError) as refused:
        call(*given)
    assert refused.value.sentence
    return refused.value


def test_a_decision_reaches_the_desk_and_both_hold_the_same_state(
    desk: Desk, centre: Centre, tmp_path: Path
) -> None:
    introduce(desk, centre, tmp_path)
    draft = loan(borrowing_group(desk)) | {
        "docs_complete_on": "2025-03-11",
        "status": "documents_complete",
    }
    reasons = {"purpose_sum": "รอ", "capital": "รอ", "documents": "รอ", "allotment": "รอ"}
    file = records.save(desk.store, "loan_file", draft, reasons=reasons).id
    central.ingest(centre, exchange.export(desk.store, tmp_path).path)
    central.announce_round(
        centre,
        {
            "code": ROUND,
            "name": "รอบตัวอย่าง",
            "apply_from": "2024-12-01",
            "apply_to": "2025-04-30",
            "pot": 5 * MILLION,
        },
    )
    plain = {"code": "2570-1", "name": "ยังไม่มีวงเงิน"}
    plain |= {"apply_from": "2026-12-01", "apply_to": "2027-03-31"}
    assert central.announce_round(centre, plain) == {"15": True}
    central.allot(centre, "15", ROUND, MILLION)
    done = central.decide(centre, "15", file, decision(amount=10_000_000, meeting="3/2568"))

    for _time in range(2):
        (receipt,) = central.write_receipts(centre, tmp_path)
        exchange.apply_receipt(desk.store, receipt.path)

        with desk.store.read() as connection:
            view = View(connection, "15")
            (allotted,), (decided,) = view.where("allotment"), view.where("loan_decision")
            (announced,) = view.where("fund_round", code=ROUND)
            assert announced[1]["apply_to"] == "2025-04-30"
        assert (allotted[1]["amount"], allotted[1]["left"]) == (MILLION, 90_000_000)
        assert (decided[0], decided[1]["loan_file"]) == (done.id, file)
        assert verify(desk.store).ok
        assert state_digest(desk.store) == central.status(centre, office="15").state_digest


def test_a_full_file_of_the_office_brings_the_centres_lines_back_and_they_are_known(
    desk: Desk, centre: Centre, tmp_path: Path
) -> None:
    introduce(desk, centre, tmp_path)
    central.ingest(centre, exchange.export(desk.store, tmp_path).path)
    central.allot(centre, "15", ROUND, MILLION)
    (receipt,) = central.write_receipts(centre, tmp_path)
    exchange.apply_receipt(desk.store, receipt.path)

    taken = central.ingest(centre, exchange.export(desk.store, tmp_path, full=True).path)

    assert (taken.accepted, taken.duplicate, taken.rejected) == (0, 3, 0)
    assert state_digest(desk.store) == central.status(centre, office="15").state_digest


def test_an_office_can_neither_decide_nor_erase(centre: Centre, pen: Pen, tmp_path: Path) -> None:
    first = apply(pen, 1, MILLION)
    pen.write("loan_decision", 2, decision(loan_file=uuid(1)))
    pen.write("loan_file", 1, {}, first, op=ERASE)

    taken = central.ingest(centre, pen.seal(tmp_path))

    assert (taken.accepted, taken.rejected) == (1, 2)


def test_a_rebuilt_desk_leaves_out_what_was_written_in_the_centres_name(
    centre: Centre, tmp_path: Path
) -> None:
    desk, recovery = desks.create(
        tmp_path / "lost", office="15", user="กานดา", password=PASSWORD, cost=WEAK
    )
    introduce(desk, centre, tmp_path)
    from_elsewhere(desk, "loan_decision", decision(loan_file=uuid(1)))
    central.ingest(centre, exchange.export(desk.store, tmp_path, full=True).path)
    desk.close()
    sealed = central.export_office(centre, "15", tmp_path / "full")

    made = rebuilding.rebuild(
        tmp_path / "new",
        sealed.path,
        recovery=recovery,
        user="กานดา",
        password=PASSWORD,
        cost=WEAK,
    )

    with made.store.read() as connection:
        assert View(connection, "15").where("loan_decision") == []
    assert verify(made.store).ok
    made.close()


def test_an_office_that_comes_later_hears_of_the_rounds_before(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    draft = {"code": "2569-1", "apply_from": "2025-12-01", "apply_to": "2026-03-31"}
    for name in ("ประกาศแรก", "ประกาศแก้ไข"):
        central.announce_round(centre, draft | {"name": name})
    late = Pen(office="93")
    late.enrol(centre, tmp_path)
    late.person(1, "ก")
    central.ingest(centre, late.seal(tmp_path))

    for _time in range(2):
        _receipt, lines = receipt_of(centre, late, tmp_path)
        told = [line.body.data["name"] for line in lines if line.body]
        assert told == ["ประกาศแก้ไข"]


def test_the_same_decision_twice_changes_nothing(centre: Centre, pen: Pen, tmp_path: Path) -> None:
    apply(pen, 1, MILLION)
    send(centre, pen, tmp_path)
    central.allot(centre, "15", ROUND, 2 * MILLION)

    first = central.decide(centre, "15", "15-2568-A-0001", decision())
    before = figures(centre), central.status(centre).state_digest
    again = central.decide(centre, "15", uuid(1), decision())
    central.allot(centre, "15", ROUND, 2 * MILLION)

    assert (first.new, again.new, again.id) == (True, False, first.id)
    assert (figures(centre), central.status(centre).state_digest) == before
    assert before[0] == (2 * MILLION, 0, MILLION, 0, MILLION)


def test_what_is_beyond_the_allotment_or_the_pot_is_refused_with_the_figures(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    apply(pen, 1, 2 * MILLION)
    apply(pen, 2, 2 * MILLION)
    send(centre, pen, tmp_path)
    central.allot(centre, "15", ROUND, 2 * MILLION)
    before = figures(centre)

    beyond = refusal(central.decide, centre, "15", uuid(2), decision())
    asked = refusal(central.decide, centre, "15", uuid(1), decision(amount=3 * MILLION))
    pot = refusal(central.allot, centre, "15", ROUND, 6 * MILLION)
    central.decide(centre, "15", uuid(1), decision(amount=2 * MILLION))
    used = refusal(central.allot, centre, "15", ROUND, MILLION)
    frame = {"code": ROUND, "name": "ก", "apply_from": "2024-12-01", "apply_to": "2025-04-30"}
    below = refusal(central.announce_round, centre, frame | {"pot": MILLION})

    assert [each.code for each in (beyond, asked, pot, used, below)] == [
        "over_allotment",
        "over_asked",
        "over_pot",
        "below_used",
        "below_allotted",
    ]
    assert "2,000,000" in beyond.sentence and "1,000,000" in beyond.sentence
    assert "5,000,000" in pot.sentence and "6,000,000" in pot.sentence
    assert figures(centre) == (before[0], 0, 2 * MILLION, 0, 0)


def test_what_is_not_known_or_not_complete_is_refused(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    apply(pen, 1, MILLION)
    send(centre, pen, tmp_path)
    codes = [
        refusal(central.allot, centre, "99", ROUND, MILLION).code,
        refusal(central.allot, centre, "15", "2599-1", MILLION).code,
        refusal(central.decide, centre, "15", "15-2568-A-0009", decision()).code,
        refusal(central.decide, centre, "15", uuid(1), {"outcome": "approved"}).code,
        refusal(central.decide, centre, "15", uuid(1), decision(amount=0)).code,
        refusal(central.decide, centre, "15", uuid(1), decision("perhaps")).code,
        refusal(central.announce_round, centre, {"kode": "x"}).code,
    ]
    assert codes == [
        "unknown_office",
        "no_round",
        "no_loan",
        "missing",
        "missing",
        "choice",
        "field",
    ]
    assert figures(centre)[2] == 0


def test_the_commands_keep_their_contract(
    centre: Centre, pen: Pen, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    apply(pen, 1, MILLION)
    send(centre, pen, tmp_path)
    round_file = tmp_path / "round.json"
    round_file.write_text(
        json.dumps(
            {
                "code": "2569-1",
                "name": "รอบ 2569",
                "apply_from": "2025-12-01",
                "apply_to": "2026-03-31",
                "pot": 5000000,
            }
        ),
        encoding="utf-8",
    )
    db = where(centre)

    def run(*words: str) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = main(["central", *words, *db, "--json"])
        rows = capsys.readouterr().out.splitlines()
        return code, json.loads(rows[0]) if rows else {}

    code, told = run("round", str(round_file))
    assert (code, told) == (0, {"offices": {"15": True}})
    assert run("round", str(round_file))[1] == {"offices": {"15": False}}
    code, allotted = run("allot", "--office", "15", "--round", ROUND, "--amount", "2,000,000.00")
    assert (code, allotted["allotted"], allotted["new"]) == (0, 2 * MILLION, True)
    words = ["decide", "--office", "15", "--file", "15-2568-A-0001", "--outcome", "partly"]
    words += ["--amount", "500000", "--meeting", "3/2568", "--decided-on", "20/3/2568"]
    code, decided = run(*words, "--contract-by", "2025-06-30", "--reason", "ลดวงเงิน")
    assert (code, decided["committed"], decided["left"]) == (0, MILLION // 2, MILLION * 3 // 2)
    assert run("decide", *words[1:3], "--file", "x", *words[5:])[0] == 2
    for text in ("[]", "{"):
        round_file.write_text(text, encoding="utf-8")
        assert run("round", str(round_file))[0] == 2
    assert main(["central", "allot", *words[1:3], "--round", ROUND, "--amount", "3", *db]) == 2
