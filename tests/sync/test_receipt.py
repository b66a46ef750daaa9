import json
from dataclasses import fields, replace

import pytest

from app.core.json_text import canonical
from app.sync import keys, receipt
from app.sync.bundle import Refused
from app.sync.keys import EnrolledKey, Status
from app.sync.receipt import (
    Acknowledged,
    BundleOutcome,
    Centre,
    Disputed,
    Outcome,
    Receipt,
    Remark,
    read_receipt,
    write_receipt,
)

REV, ID = "ab" * 32, "01900000-0000-7000-8000-000000000001"
REMARK = Remark("person", ID, REV, ID, "line_digest", "เนื้อหาไม่ตรง", "people")
ANSWER = Receipt(
    office="42",
    number=7,
    at="2025-11-01T02:03:04Z",
    bundles=(BundleOutcome("cd" * 32, "OTG-42-AEAQ-000001-D", Outcome.ACCEPTED),),
    acknowledged=(
        Acknowledged("01" * 16, "11" * 16, 10, REV),
        Acknowledged("02" * 16, "12" * 16, 0, ""),
    ),
    rejected=(REMARK,),
    flagged=(replace(REMARK, code="ceiling", screen=""),),
    disputed=(Disputed("person", ID, (REV, "cd" * 32), ("phone",)),),
    desk_keys=(EnrolledKey(b"\x01" * 32, "42"), EnrolledKey(b"\x02" * 32, "42", Status.REVOKED)),
    statements=("note",),
    tables={"courses": [{"code": "1", "hours": 30}]},
)
SIGNING = keys.SigningKey(b"\x63" * 32)
CENTRE = Centre("99" * 16, "98" * 16, SIGNING)


def sealed(desk, folder, answer=ANSWER, lines=(), **options):
    to = (desk.recipient,)
    return write_receipt(folder, answer, lines, centre=CENTRE, recipients=to, **options)


def opened(desk, path):
    return desk.open(path, trusted={SIGNING.key_id: EnrolledKey(SIGNING.public, "")})


def refusal(desk, folder, raw):
    facts = receipt.Facts("42", CENTRE.replica, CENTRE.epoch, "receipt", 0, 0, 7, ANSWER.at)
    made = receipt.seal(
        folder, facts, [], signing_key=SIGNING, recipients=[desk.recipient], receipt=raw
    )
    with opened(desk, made.path) as bundle, pytest.raises(Refused) as caught:
        read_receipt(bundle)
    return caught.value.code


def test_a_receipt_comes_back_whole(desk, tmp_path):
    path = sealed(desk, tmp_path).path

    with opened(desk, path) as bundle:
        assert read_receipt(bundle) == ANSWER
        assert list(bundle.lines()) == []
    assert path.name == "OTG-42-TGMZ-000007-R.otg"


def test_the_sample_uses_every_part_of_a_receipt():
    empty = Receipt("42", 1, ANSWER.at)

    assert not any(getattr(empty, field.name) for field in fields(Receipt)[3:])
    assert all(getattr(ANSWER, field.name) for field in fields(Receipt))


def test_a_receipt_brings_lines_of_any_chain(desks, tmp_path):
    desk, other = next(desks), next(desks).people(9)
    extract = [other.rows()[0], *other.rows()[5:]]

    path = sealed(desk, tmp_path, lines=extract, schemas={"group": 1, "person": 1, "membership": 1})

    with opened(desk, path.path) as bundle:
        assert [entry.raw for entry in bundle.lines()] == [raw for _, raw in extract]
        assert read_receipt(bundle) == ANSWER


def test_the_same_receipt_has_the_same_content(desk, tmp_path):
    first, second = sealed(desk, tmp_path), sealed(desk, tmp_path)

    assert first.content_id == second.content_id
    assert sealed(desk, tmp_path, replace(ANSWER, number=8)).content_id != first.content_id


def test_a_bundle_of_a_desk_is_no_receipt(desk, tmp_path):
    with desk.open(desk.people(3).seal(tmp_path).path) as bundle, pytest.raises(Refused) as caught:
        read_receipt(bundle)

    assert caught.value.code == "not_a_receipt"


def test_a_receipt_without_its_answer_is_refused(desk, tmp_path):
    assert refusal(desk, tmp_path, b"") == "not_a_receipt"


@pytest.mark.parametrize(
    "changes",
    [
        {"office": "43"},
        {"number": 8},
        {"at": "2025-11-01T02:03:05Z"},
        {"v": 2},
        {"format": "receipt"},
        {"more": 1},
        {"bundles": [{"content_id": "cd" * 32, "name": "", "outcome": "lost"}]},
        {"bundles": {}},
        {"acknowledged": [{"replica": "01" * 16}]},
        {"rejected": [1]},
        {"desk_keys": [{"public_key": "x", "status": "new"}]},
        {"tables": []},
        {"tables": {"Courses": 1}},
    ],
    ids=lambda changes: str(changes)[:40],
)
def test_a_receipt_in_another_form_is_refused(desk, tmp_path, changes):
    data = json.loads(ANSWER.to_bytes()) | changes

    assert refusal(desk, tmp_path, canonical(data)) == "receipt_form"


def test_a_receipt_with_a_key_that_is_none_is_refused(desk, tmp_path):
    bad = [{"public_key": "ssh-rsa AAAA", "status": "active"}]

    assert refusal(
        desk, tmp_path, canonical(json.loads(ANSWER.to_bytes()) | {"desk_keys": bad})
    ) == ("public_key")
