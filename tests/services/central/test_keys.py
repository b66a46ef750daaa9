"""Keys are withdrawn, let in by a person's word, and rolled over without losing anybody."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.core.errors import UserError
from app.services import central, exchange
from app.services.central import Centre
from app.services.office.desk import Desk
from app.services.records.verify import state_digest
from app.sync import keys, trust
from app.sync.bundle import Refused
from tests.makers.pens import Pen, introduce, where
from tests.makers.people import enter


def test_a_file_of_a_withdrawn_key_waits_until_a_person_lets_that_one_in(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    pen.person(1, "ก")
    pen.person(2, "ข")
    late, other = pen.seal(tmp_path, 1, 1), pen.seal(tmp_path, 2, 2)
    central.revoke(centre, "15", pen.key.key_id, "เครื่องหาย")
    central.revoke(centre, "15", pen.key.key_id, "เครื่องหาย")

    assert [central.ingest(centre, path).code for path in (late, other)] == ["revoked_key"] * 2
    assert central.status(centre).quarantined == 2
    released = central.release(centre, str(late), "ตรวจกับหัวหน้าสำนักงานแล้ว")

    assert central.ingest(centre, late).status == "accepted"
    assert central.ingest(centre, other).code == "revoked_key"
    assert (len(released), central.status(centre).quarantined) == (64, 1)
    assert central.status(centre).records == {"person": 1}


def test_what_does_not_wait_is_not_let_in_and_a_reason_is_kept(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    pen.person(1, "ก")
    path = pen.seal(tmp_path)
    codes = []
    for call in (
        lambda: central.release(centre, str(path), "ลองดู"),
        lambda: central.release(centre, "a" * 64, "ลองดู"),
        lambda: central.release(centre, str(path), " "),
        lambda: central.revoke(centre, "15", "0" * 16, "ไม่มี"),
        lambda: central.revoke(centre, "15", pen.key.key_id, ""),
    ):
        with pytest.raises(UserError) as refused:
            call()
        codes.append(refused.value.code)
    assert codes == ["not_quarantined", "not_quarantined", "reason", "no_key", "reason"]
    assert central.ingest(centre, path).status == "accepted"


def test_the_keys_are_listed_with_whose_they_are_and_what_they_may_write(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    pen.key = keys.new_signing_key()
    pen.enrol(centre, tmp_path)
    central.revoke(centre, "15", pen.key.key_id, "เครื่องหาย")
    central.roll(centre, signing=True, recipient=False)

    listed = central.known_keys(centre)

    assert [(key.office, key.status) for key in listed[:2]] == [("", "active"), ("", "superseded")]
    assert sorted((key.office, key.status, key.reason) for key in listed[2:]) == [
        ("15", "revoked", "เครื่องหาย"),
        ("15", "superseded", ""),
    ]
    assert set(listed[0].scope) == {"fund_round", "allotment", "loan_decision", "transfer"}
    assert "person" in listed[2].scope and not set(listed[0].scope) & set(listed[2].scope)
    assert all(key.fingerprint.startswith("SHA256:") for key in listed)
    signers = (centre.keys / "allowed_signers").read_text(encoding="ascii").splitlines()
    assert len(signers) == 3  # the centre's two, and the desk's that was not withdrawn


def test_a_desk_that_missed_two_roll_overs_follows_and_a_gap_is_refused(
    centre: Centre, desk: Desk, tmp_path: Path
) -> None:
    introduce(desk, centre, tmp_path)
    enter(desk)
    old = exchange.export(desk.store, tmp_path)
    central.roll(centre, signing=True, recipient=True)
    central.roll(centre, signing=True, recipient=False)
    assert central.ingest(centre, old.path).status == "accepted"  # sealed for the former key
    (receipt,) = central.write_receipts(centre, tmp_path)
    beside = receipt.path.with_name(f"{receipt.path.stem}-trust.txt")
    notes = trust.read_trust(beside)

    def refusal() -> str:
        with pytest.raises(Refused) as refused:
            exchange.apply_receipt(desk.store, receipt.path)
        return f"{refused.value.code} {refused.value.sentence}"

    trust.write_trust(beside, [notes[0], notes[2]])
    assert refusal().startswith("trust_gap")
    trust.write_trust(beside, notes[:1])
    not_in_it = refusal()
    beside.unlink()
    not_there = refusal()
    for said in (not_in_it, not_there):
        assert said.startswith("unknown_key") and beside.name in said
    assert not_in_it != not_there
    trust.write_trust(beside, notes)
    exchange.apply_receipt(desk.store, receipt.path)

    enter(desk, id_no=None, id_kind="passport", passport_no="A1")
    sealed = exchange.export(desk.store, tmp_path)
    known = trust.follow(None, notes)
    assert sealed.envelope.recipient_key_ids[0] == keys.recipient_id(known.recipients[0])
    assert known.recipients != trust.follow(None, notes[:1]).recipients
    assert central.ingest(centre, sealed.path).status == "accepted"
    assert central.status(centre, office="15").state_digest == state_digest(desk.store)


def test_a_roll_over_that_was_cut_short_leaves_the_centre_able_to_write(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    pen.person(1, "ก")
    central.ingest(centre, pen.seal(tmp_path))
    centre.add_secret("centre.signing", keys.new_signing_key().seed.hex())  # no statement yet

    (receipt,) = central.write_receipts(centre, tmp_path)

    assert receipt.envelope.sender_key_id == pen.centre.keys[0].key_id
    (centre.keys / "centre.signing").write_text(keys.new_signing_key().seed.hex())
    with pytest.raises(UserError) as refused:
        central.write_receipts(centre, tmp_path)
    assert refused.value.code == "no_keys"


def test_the_commands_keep_their_contract(
    centre: Centre, pen: Pen, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = where(centre)

    def run(*words: str) -> list[dict[str, Any]]:
        capsys.readouterr()
        assert main(["central", *words, *db, "--json"]) == 0
        return [json.loads(row) for row in capsys.readouterr().out.splitlines()]

    pen.person(1, "ก")
    path = pen.seal(tmp_path)
    assert [key["office"] for key in run("keys")] == ["", "15"]
    (gone,) = run("revoke", "--office", "15", "--key-id", pen.key.key_id, "--reason", "หาย")
    assert gone["status"] == "revoked"
    central.ingest(centre, path)
    (let_in,) = run("release", str(path), "--reason", "ตรวจแล้ว")
    assert len(let_in["sha256"]) == 64
    (same,) = run("roll", "--what", "recipient")
    assert run("keys")[0]["fingerprint"] == same["fingerprint"]
    (rolled,) = run("roll", "--what", "signing")
    assert run("keys")[0]["fingerprint"] == rolled["fingerprint"]
