import json

import pytest

from app.core.json_text import canonical
from app.sync import keys
from app.sync.keys import EnrolledKey, Status


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "zip"},
        {"v": 0},
        {"v": 1},  # the first envelope had no diary
        {"diary": "d"},
        {"diary": None},
        {"name": "OTG-42-AAAA-000001-D"},
        {"office": "43"},
        {"replica": "0"},
        {"kind": "part"},
        {"kind": []},
        {"seq_from": 11},
        {"seq_to": -1},
        {"seq_to": True},
        {"created_at": "yesterday"},
        {"recipient_key_ids": "none"},
        {"recipient_key_ids": [1]},
        {"recipient_key_ids": ["0" * 16] * 21},
        {"more": 1},
        {"payload_size": 1.5},
    ],
    ids=str,
)
def test_an_envelope_in_another_form_is_refused(forger, changes):
    data = json.loads(forger.sealed.envelope.to_bytes()) | changes
    path = forger.frame(canonical(data), b"payload")

    assert forger.desk.refusal(path) == "envelope"


def test_the_second_envelope_without_its_diary_is_refused(forger):
    data = json.loads(forger.sealed.envelope.to_bytes())
    del data["diary"]

    assert forger.desk.refusal(forger.frame(canonical(data), b"payload")) == "envelope"


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"1", b"{}", b'{"v":1,"v":1}', b'{"a":"\\ud800"}', b'{"v":99999999999999999}'],
)
def test_an_envelope_that_is_not_canonical_json_is_refused(forger, raw):
    assert forger.desk.refusal(forger.frame(raw, b"payload")) == "envelope"


def test_an_envelope_with_blanks_is_refused(forger):
    raw = forger.sealed.envelope.to_bytes().replace(b":", b": ")

    assert forger.desk.refusal(forger.frame(raw, b"payload")) == "envelope"


def test_an_envelope_of_a_newer_version_waits_for_a_newer_program(forger):
    path = forger.frame(canonical({"format": "otg-bundle", "v": 3, "else": []}), b"payload")

    assert forger.desk.refusal(path) == "too_new"


def test_a_bundle_that_needs_a_newer_reader_waits_for_a_newer_program(forger):
    path = forger.seal(b"payload", min_reader=3)

    assert forger.desk.refusal(path) == "too_new"


def test_an_unknown_key_is_refused_before_its_signature_is_looked_at(forger):
    path = forger.frame(forger.sealed.envelope.to_bytes(), b"payload", signature=b"none")

    assert forger.desk.refusal(path, trusted={}) == "unknown_key"


def test_the_key_of_another_office_is_refused(forger):
    enrolled = {forger.desk.key.key_id: EnrolledKey(forger.desk.key.public, "43")}

    assert forger.desk.refusal(forger.sealed.path, trusted=enrolled) == "foreign_key"


def test_the_centre_may_sign_for_every_office(forger):
    enrolled = {forger.desk.key.key_id: EnrolledKey(forger.desk.key.public, "")}

    with forger.desk.open(forger.sealed.path, trusted=enrolled) as opened:
        assert len(list(opened.lines())) == 10


def test_a_receipt_signed_by_an_office_is_refused(forger):
    name = forger.name[:-1] + "R"
    path = forger.seal(b"payload", kind="receipt", name=name)

    assert forger.desk.refusal(path) == "foreign_key"


def test_a_withdrawn_key_is_refused_and_a_superseded_one_still_opens(forger):
    key = forger.desk.key
    revoked = {key.key_id: EnrolledKey(key.public, "42", Status.REVOKED)}
    superseded = {key.key_id: EnrolledKey(key.public, "42", Status.SUPERSEDED)}

    assert forger.desk.refusal(forger.sealed.path, trusted=revoked) == "revoked_key"
    with forger.desk.open(forger.sealed.path, trusted=superseded) as opened:
        assert len(list(opened.lines())) == 10


@pytest.mark.parametrize(
    "signature",
    [b"none", keys.SigningKey(b"\x09" * 32).sign(b"envelope")],
    ids=["none", "another key's"],
)
def test_a_signature_that_does_not_hold_is_refused(forger, signature):
    path = forger.frame(forger.sealed.envelope.to_bytes(), b"payload", signature=signature)

    assert forger.desk.refusal(path) == "signature"
