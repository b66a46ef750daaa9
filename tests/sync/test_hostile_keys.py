"""Keys, signatures and age files of somebody who is not who the file says, or means harm."""

import base64
import hashlib
import struct
import subprocess
import time

import pytest

from app.core.json_text import canonical
from app.sync import keys, sshsig, trust
from app.sync.bundle import Refused
from app.sync.keys import EnrolledKey, Status
from tests.pace import slower

AGE = b"age-encryption.org/v1\n"
LOW_ORDER = [bytes(32), b"\1" + bytes(31), b"\xec" + b"\xff" * 30 + b"\x7f"]


def stanza(kind=b"X25519", argument=bytes(range(32)), body=bytes(32)):
    encoded = [base64.b64encode(part).rstrip(b"=") for part in (argument, body)]
    return b"-> " + kind + b" " + encoded[0] + b"\n" + encoded[1] + b"\n"


def test_an_age_header_of_megabytes_is_refused_at_once(forger):
    whole = forger.encrypt(b"x" * 1000)
    begin, end = whole.split(b"\n--- ", 1)
    started = time.process_time()

    for header in (begin + b"\n" + stanza() * 40_000, begin + b"A" * 4_000_000, AGE + b"\n" * 9999):
        assert forger.desk.refusal(forger.seal(header + b"\n--- " + end)) == "payload"

    assert time.process_time() - started < 10 * slower()


@pytest.mark.parametrize(
    "stanzas",
    [
        b"",
        stanza(),
        stanza() * 20,
        b"-> scrypt c2FsdHNhbHRzYWx0c2FsdA 40\n" + b"A" * 43 + b"\n",
        stanza(b"ssh-ed25519"),
        stanza(b"\xff"),
        stanza(body=b""),
        stanza(body=b"x" * 48),
        stanza(argument=b""),
        *(stanza(argument=point) for point in LOW_ORDER),
        b"-> \n\n",
        b"->\n",
    ],
)
def test_an_age_file_for_somebody_else_is_refused(forger, stanzas):
    mac = base64.b64encode(bytes(32)).rstrip(b"=")
    payload = AGE + stanzas + b"--- " + mac + b"\n" + bytes(1000)

    assert forger.desk.refusal(forger.seal(payload)) == "payload"


@pytest.mark.parametrize("point", LOW_ORDER, ids=lambda point: point.hex()[:4])
def test_a_recipient_of_whom_age_dies_is_no_recipient(point, desk, tmp_path):
    recipient = keys._bech32("age", point)
    request = trust.KeyRequest("42", "1f" * 16, desk.key.public, recipient, "2025-10-01T02:03:04Z")
    statement = trust.state(
        None, signer=desk.key, public=desk.key.public, recipients=[recipient], escrow=[]
    )

    assert not keys.recipient_is_valid(recipient)
    with pytest.raises(Refused) as asked:
        trust.read_request(trust.write_request(tmp_path, request, desk.key))
    with pytest.raises(Refused) as stated:
        trust.follow(None, [statement])
    assert (asked.value.code, stated.value.code) == ("note_form", "note_form")


def test_a_payload_of_another_office_under_one_s_own_envelope_is_refused(desks, forger, tmp_path):
    victim = next(desks)
    thief = next(desks)
    folder = tmp_path / "victim"
    folder.mkdir()
    sealed = victim.people(10).seal(folder, recipients=[thief.recipient])
    whole = sealed.path.read_bytes()
    at = whole.index(AGE)
    stolen = whole[at : at + sealed.envelope.payload_size]
    forger.desk.key, forger.sealed = thief.key, sealed
    enrolled = {thief.key.key_id: EnrolledKey(thief.key.public, "42")}

    path = forger.seal(stolen, sender_key_id=thief.key.key_id)

    assert victim.refusal(path, trusted=enrolled) == "inner_signature"


def signature_with(key, message, *, algorithm=b"ssh-ed25519", namespace=b"otg-bundle-1", **parts):
    """Write an SSHSIG in which one part is another."""

    def text(data):
        return struct.pack(">I", len(data)) + data

    hashed, version = parts.get("hashed", b"sha512"), parts.get("version", 1)
    reserved = parts.get("reserved", b"")
    signed = b"SSHSIG" + text(namespace) + text(reserved) + text(hashed)
    raw = sshsig.Ed25519PrivateKey.from_private_bytes(key.seed).sign(
        signed + text(hashlib.sha512(message).digest())
    )
    blob = b"SSHSIG" + struct.pack(">I", version) + text(text(algorithm) + text(key.public))
    blob += text(namespace) + text(reserved) + text(hashed) + text(text(algorithm) + text(raw))
    rows = base64.b64encode(blob + parts.get("tail", b"")).decode()
    return f"-----BEGIN SSH SIGNATURE-----\n{rows}\n-----END SSH SIGNATURE-----\n".encode()


def test_a_signature_put_together_by_hand_is_the_one_that_holds(desk):
    assert sshsig.holds(
        signature_with(desk.key, b"x"), b"x", public=desk.key.public, namespace="otg-bundle-1"
    )


@pytest.mark.parametrize(
    "parts",
    [
        {"namespace": b"otg-keys-1"},
        {"namespace": b"file"},
        {"namespace": b""},
        {"algorithm": b"ssh-rsa"},
        {"algorithm": b"sk-ssh-ed25519@openssh.com"},
        {"hashed": b"md5"},
        {"hashed": b"sha256"},
        {"version": 2},
        {"reserved": b"x"},
        {"tail": b"x"},
        {"tail": b"\0" * 2000},
    ],
    ids=str,
)
def test_a_signature_for_another_use_or_of_another_form_is_refused(forger, parts):
    raw = forger.sealed.envelope.to_bytes()

    path = forger.frame(raw, b"payload", signature=signature_with(forger.desk.key, raw, **parts))

    assert forger.desk.refusal(path) == "signature"


def test_the_signature_of_the_envelope_is_none_of_the_bag(forger):
    entries = forger.listed(forger.entries())
    outer = forger.desk.key.sign(forger.sealed.envelope.to_bytes())
    payload = forger.encrypt(forger.zip(entries | {"tagmanifest-sha256.txt.sig": outer}))

    assert forger.desk.refusal(forger.seal(payload)) == "inner_signature"


def test_a_key_that_was_withdrawn_is_refused_only_when_it_signed_indeed(forger):
    key = forger.desk.key
    revoked = {key.key_id: EnrolledKey(key.public, "42", Status.REVOKED)}
    forged = forger.frame(
        forger.sealed.envelope.to_bytes(), b"payload", keys.SigningKey(b"\x09" * 32).sign(b"x")
    )

    assert forger.desk.refusal(forged, trusted=revoked) == "signature"
    assert forger.desk.refusal(forger.sealed.path, trusted=revoked) == "revoked_key"


def test_a_key_under_the_id_of_another_is_refused(forger):
    other = keys.SigningKey(b"\x09" * 32)
    path = forger.seal(b"payload", sender_key_id=other.key_id)

    assert forger.desk.refusal(path) == "unknown_key"
    assert (
        forger.desk.refusal(
            path, trusted=forger.desk.enrolled | {other.key_id: EnrolledKey(other.public, "42")}
        )
        == "signature"
    )


def test_a_file_under_another_name_is_the_same_file(forger, tmp_path):
    renamed = tmp_path / "OTG-43-BBBB-000099-F.zip"
    renamed.write_bytes(forger.sealed.path.read_bytes())

    with forger.desk.open(renamed) as opened:
        assert opened.envelope == forger.sealed.envelope


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "OTG-42-AEAQ-000007-D", "bundle_no": 7},
        {"seq_to": 9},
        {"seq_from": 2},
        {"replica": "0101013" + "0" * 25},
        {"epoch": "22" * 16},
        {"kind": "full", "name": "OTG-42-AEAQ-000001-F"},
        {"office": "43", "name": "OTG-43-AEAQ-000001-D"},
    ],
    ids=str,
)
def test_the_content_of_one_bundle_under_the_facts_of_another_is_refused(forger, changes):
    whole = forger.sealed.path.read_bytes()
    at = whole.index(AGE)
    payload = whole[at : at + forger.sealed.envelope.payload_size]

    code = forger.desk.refusal(forger.seal(payload, **changes))

    assert code in {"inner_form", "facts", "foreign_key", "envelope"}


def test_ssh_keygen_refuses_what_we_refuse(forger, tmp_path):
    raw = forger.sealed.envelope.to_bytes()
    signers = tmp_path / "allowed_signers"
    signers.write_text(f"desk {sshsig.public_line(forger.desk.key.public)}\n")
    for parts, holds in (({}, True), ({"tail": b"x"}, False), ({"hashed": b"md5"}, False)):
        signature = tmp_path / "sig"
        signature.write_bytes(signature_with(forger.desk.key, raw, **parts))
        command = ["ssh-keygen", "-Y", "verify", "-f", signers, "-I", "desk", "-n", "otg-bundle-1"]
        run = subprocess.run(
            [*command, "-s", signature], input=raw, capture_output=True, check=False
        )
        assert (run.returncode == 0) == holds


def test_a_request_signed_by_another_key_than_it_names_is_refused(desk, tmp_path):
    request = trust.KeyRequest(
        "42", "1f" * 16, desk.key.public, desk.recipient, "2025-10-01T02:03:04Z"
    )
    path = trust.write_request(tmp_path, request, keys.SigningKey(b"\x09" * 32))

    with pytest.raises(Refused) as caught:
        trust.read_request(path)

    assert caught.value.code == "note_signature"


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line.replace(b'"v":1', b'"v":1.0'),
        lambda line: line.replace(b'"v":1', b'"v":1,"v":1'),
        lambda line: line.replace(b'"v":1', b'"v": 1'),
        lambda line: line.replace(b'"office":"42"', b'"office":"\\ud800"'),
        lambda line: line.replace(b'"office":"42"', b'"office":"42\\u0000"'),
        lambda line: line.replace(b"2025-10-01", b"2025-99-01"),
        lambda line: b"\xef\xbb\xbf" + line,
        lambda line: line + b"," + line,
        lambda line: canonical({"a": [[[[[[[[[]]]]]]]]]}),
    ],
)
def test_a_signed_request_in_another_form_is_refused(desk, tmp_path, change):
    request = trust.KeyRequest(
        "42", "1f" * 16, desk.key.public, desk.recipient, "2025-10-01T02:03:04Z"
    )
    path = trust.write_request(tmp_path, request, desk.key)
    line = change(path.read_bytes().split(b"\n")[0])
    path.write_bytes(line + b"\n" + desk.key.sign(line, sshsig.KEYS))

    with pytest.raises(Refused) as caught:
        trust.read_request(path)

    assert caught.value.code == "note_form"
