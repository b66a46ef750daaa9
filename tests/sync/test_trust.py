import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import schema
from app.core.errors import UserError
from app.core.json_text import canonical
from app.sync import keys, sshsig, trust
from app.sync.keys import Status
from app.sync.refused import Refused
from app.sync.trust import KeyRequest

DESK = keys.SigningKey(b"\x01" * 32)
RECIPIENT = keys.recipient_of(keys.office_identity(b"\x01" * 20))
REQUEST = KeyRequest("10A", "1f" * 16, DESK.public, RECIPIENT, "2025-10-01T02:03:04Z")
CENTRE = [keys.SigningKey(bytes([number]) * 32) for number in range(10, 14)]


def statements(*signing_keys):
    """Give a chain of statements, each naming the next of the keys and signed by the one before."""
    notes, held = [], None
    for signer, key in zip([signing_keys[0], *signing_keys], signing_keys, strict=False):
        note = trust.state(
            held, signer=signer, public=key.public, recipients=[RECIPIENT], escrow=[]
        )
        notes.append(note)
        held = trust.follow(held, [note])
    return notes


def refusal(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def rewritten(path, **changes):
    """Sign changed facts anew with the desk's key."""
    facts = schema.load(path.read_bytes().split(b"\n")[0]) | changes
    line = canonical(facts)
    path.write_bytes(line + b"\n" + DESK.sign(line, sshsig.KEYS))
    return path


def test_a_key_request_comes_back(tmp_path):
    path = trust.write_request(tmp_path, REQUEST, DESK)

    assert path.name == "OTG-10A-1f1f1f1f-key-request.txt"
    assert trust.read_request(path) == REQUEST
    assert keys.fingerprint(DESK.public) in path.read_text()


def test_a_key_request_survives_the_line_ends_of_mail(tmp_path):
    path = trust.write_request(tmp_path, REQUEST, DESK)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert trust.read_request(path) == REQUEST


def test_every_flipped_byte_of_a_key_request_is_refused(tmp_path):
    path = trust.write_request(tmp_path, REQUEST, DESK)
    whole = path.read_bytes()
    for place in range(len(whole)):
        if not whole[place : place + 1].isspace():
            flipped = bytearray(whole)
            flipped[place] ^= 4
            path.write_bytes(flipped)
            assert refusal(lambda: trust.read_request(path)) in {
                "note_form",
                "note_signature",
                "public_key",
            }


def test_a_key_request_signed_with_another_key_is_refused(tmp_path):
    path = trust.write_request(tmp_path, REQUEST, CENTRE[0])

    assert refusal(lambda: trust.read_request(path)) == "note_signature"


@pytest.mark.parametrize(
    "changes",
    [
        {"fingerprint": "SHA256:another"},
        {"office": "1"},
        {"replica": ""},
        {"recipient": "age1short"},
        {"recipient": RECIPIENT[:-1] + ("q" if RECIPIENT[-1] != "q" else "p")},
        {"recipient": 1},
        {"v": 2},
        {"format": "otg-trust"},
        {"more": 1},
    ],
    ids=str,
)
def test_a_key_request_in_another_form_is_refused(tmp_path, changes):
    path = rewritten(trust.write_request(tmp_path, REQUEST, DESK), **changes)

    assert refusal(lambda: trust.read_request(path)) == "note_form"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{}", b"x" * (trust.MOST_BYTES + 1)])
def test_another_file_is_not_a_key_request(tmp_path, content):
    path = tmp_path / "file.txt"
    path.write_bytes(content)

    assert refusal(lambda: trust.read_request(path)) == "note_form"


def test_a_file_that_is_not_there_is_said_to_the_clerk(tmp_path):
    with pytest.raises(UserError) as caught:
        trust.read_request(tmp_path / "none.txt")

    assert caught.value.code == "not_read"


def test_the_stock_tool_verifies_a_note(tmp_path):
    path = trust.write_request(tmp_path, REQUEST, DESK)
    line, _, signature = path.read_bytes().partition(b"\n")
    (tmp_path / "sig").write_bytes(signature)
    (tmp_path / "allowed").write_text(f"desk {sshsig.public_line(DESK.public)}\n")

    command = ["ssh-keygen", "-Y", "verify", "-f", tmp_path / "allowed", "-I", "desk"]
    command += ["-n", "otg-keys-1", "-s", tmp_path / "sig"]

    assert subprocess.run(command, input=line, capture_output=True, check=False).returncode == 0


def test_a_desk_follows_the_centre_from_its_first_statement_to_its_last(tmp_path):
    path = tmp_path / "trust.txt"
    trust.write_trust(path, statements(*CENTRE[:3]))

    held = trust.follow(None, trust.read_trust(path))

    assert (held.number, held.public) == (3, CENTRE[2].public)
    assert (held.recipients, held.escrow) == ((RECIPIENT,), ())
    assert [(key.public, key.office, key.status) for key in held.keys] == [
        (CENTRE[2].public, "", Status.ACTIVE),
        (CENTRE[1].public, "", Status.SUPERSEDED),
        (CENTRE[0].public, "", Status.SUPERSEDED),
    ]


def test_a_statement_that_keeps_the_key_adds_no_former_key():
    held = trust.follow(None, statements(CENTRE[0], CENTRE[0]))

    assert held.former == ()


@given(st.lists(st.integers(0, 3), max_size=8))
def test_statements_may_come_again_and_change_nothing(again):
    notes = statements(*CENTRE)
    held = trust.follow(None, notes)

    assert trust.follow(held, [notes[number] for number in again]) == held


def test_a_missing_statement_is_refused():
    first, _, third = statements(*CENTRE[:3])

    assert refusal(lambda: trust.follow(trust.follow(None, [first]), [third])) == "trust_gap"
    assert refusal(lambda: trust.follow(None, [third])) == "trust_gap"


def test_a_second_statement_of_the_same_number_is_refused():
    first, second = statements(CENTRE[0], CENTRE[1])
    _, other = statements(CENTRE[0], CENTRE[2])
    held = trust.follow(None, [first, second])

    assert refusal(lambda: trust.follow(held, [other])) == "trust_fork"


def test_a_statement_on_another_chain_is_refused():
    held = trust.follow(None, statements(CENTRE[0]))
    _, stranger = statements(CENTRE[2], CENTRE[3])

    assert refusal(lambda: trust.follow(held, [stranger])) == "trust_gap"


def test_a_statement_is_signed_with_the_key_in_force_before():
    held = trust.follow(None, statements(CENTRE[0]))
    note = trust.state(
        held, signer=CENTRE[1], public=CENTRE[1].public, recipients=[RECIPIENT], escrow=[]
    )

    assert refusal(lambda: trust.follow(held, [note])) == "note_signature"


def test_nothing_to_follow_is_no_trust():
    assert refusal(lambda: trust.follow(None, [])) == "note_form"


def test_a_trust_file_that_was_cut_is_refused(tmp_path):
    path = tmp_path / "trust.txt"
    trust.write_trust(path, statements(*CENTRE[:2]))
    path.write_bytes(path.read_bytes()[:-10])

    assert refusal(lambda: trust.read_trust(path)) == "note_form"
