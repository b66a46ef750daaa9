import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sync import keys, sshsig
from app.sync.refused import Refused

KEY = keys.SigningKey(b"\x07" * 32)
MESSAGE = "ข้อมูลตัวอย่าง".encode()


def holds(signature, message=MESSAGE, public=KEY.public, namespace=sshsig.BUNDLE):
    return sshsig.holds(signature, message, public=public, namespace=namespace)


@given(st.binary(max_size=200))
def test_a_signature_holds_for_its_message_alone(message):
    signature = KEY.sign(message)

    assert holds(signature, message)
    assert not holds(signature, message + b" ")


def test_a_signature_holds_for_its_key_and_its_use_alone():
    signature = KEY.sign(MESSAGE)

    assert not holds(signature, public=keys.SigningKey(b"\x08" * 32).public)
    assert not holds(signature, namespace=sshsig.KEYS)
    assert not holds(KEY.sign(MESSAGE, sshsig.KEYS))


def test_every_flipped_bit_of_a_signature_is_noticed_or_changes_nothing():
    signature = KEY.sign(MESSAGE)

    for place in range(len(signature)):
        for bit in range(8):
            flipped = bytearray(signature)
            flipped[place] ^= 1 << bit
            is_white_space = signature[place : place + 1].isspace()
            assert not holds(bytes(flipped)) or is_white_space


@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_no_signature(data):
    assert not holds(data)
    assert not holds(b"-----BEGIN SSH SIGNATURE-----\n" + data + b"\n-----END SSH SIGNATURE-----\n")


def test_a_signature_is_the_same_each_time():
    assert KEY.sign(MESSAGE) == KEY.sign(MESSAGE)


def test_ssh_keygen_verifies_our_signature(tmp_path):
    allowed, signature = tmp_path / "allowed_signers", tmp_path / "message.sig"
    allowed.write_text(f'office-42 namespaces="otg-bundle-1" {sshsig.public_line(KEY.public)}\n')
    signature.write_bytes(KEY.sign(MESSAGE))

    command = ["ssh-keygen", "-Y", "verify", "-f", allowed, "-I", "office-42"]
    command += ["-n", "otg-bundle-1", "-s", signature]

    assert subprocess.run(command, input=MESSAGE, capture_output=True, check=False).returncode == 0
    assert subprocess.run(command, input=b"other", capture_output=True, check=False).returncode != 0


@pytest.mark.parametrize("algorithm", ["sha512", "sha256"])
def test_we_verify_the_signature_of_ssh_keygen(tmp_path, algorithm):
    private, message = tmp_path / "key", tmp_path / "message"
    make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", private, "-C", "a desk"]
    subprocess.run(make, check=True)
    message.write_bytes(MESSAGE)
    sign = ["ssh-keygen", "-q", "-Y", "sign", "-f", private, "-n", "otg-bundle-1"]
    subprocess.run([*sign, "-O", f"hashalg={algorithm}", message], check=True, capture_output=True)

    signature = (tmp_path / "message.sig").read_bytes()
    public = sshsig.parse_public_line((tmp_path / "key.pub").read_text())

    assert holds(signature, public=public)
    assert not holds(signature, b"other", public=public)


def test_the_fingerprint_is_the_one_ssh_keygen_shows(tmp_path):
    path = tmp_path / "key.pub"
    path.write_text(sshsig.public_line(KEY.public, "desk") + "\n")

    shown = subprocess.run(
        ["ssh-keygen", "-l", "-f", path], capture_output=True, text=True, check=True
    )

    assert keys.fingerprint(KEY.public) in shown.stdout


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ssh-ed25519",
        "ssh-ed25519 AAAA",
        "ssh-ed25519 not-base64!",
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7",
        sshsig.public_line(bytes(32))[:-4],
        sshsig.public_line(bytes(32)).replace("AAAAC3Nz", "AAAAC3Nx"),
    ],
)
def test_a_text_that_is_no_public_key_is_refused(text):
    with pytest.raises(Refused) as caught:
        sshsig.parse_public_line(text)

    assert caught.value.code == "public_key"


@given(st.binary(min_size=32, max_size=32))
def test_a_public_key_comes_back_from_its_line(public):
    assert sshsig.parse_public_line(sshsig.public_line(public, "desk 2")) == public
