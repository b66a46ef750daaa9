import subprocess

import pyrage
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.sync import keys

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
secrets = st.binary(min_size=20, max_size=20)


def refusal(text):
    with pytest.raises(Invalid) as caught:
        keys.parse_recovery(text)
    return caught.value


@given(secrets)
def test_a_recovery_text_is_8_groups_of_5_and_gives_the_secret_back(secret):
    text = keys.recovery_text(secret)

    assert [len(group) for group in text.split("-")] == [5] * 8
    assert keys.parse_recovery(text) == secret


@given(secrets, st.sampled_from(["", " ", "-", " - ", "\n"]))
def test_case_and_grouping_do_not_matter(secret, between):
    typed = between.join(keys.recovery_text(secret).split("-"))

    assert keys.parse_recovery(typed.lower()) == secret


@given(secrets)
def test_digits_typed_for_letters_that_look_alike_are_put_right(secret):
    text = keys.recovery_text(secret)
    typed = text.replace("O", "0").replace("I", "1").replace("B", "8")

    assert keys.parse_recovery(typed) == secret


def test_1_is_read_as_the_letter_l_where_the_check_letter_says_so():
    secret = next(
        secret
        for secret in (bytes([number] * 20) for number in range(256))
        if "L" in keys.recovery_text(secret)
    )

    assert keys.parse_recovery(keys.recovery_text(secret).replace("L", "1")) == secret


@given(secrets, st.integers(0, 39), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_found_and_its_group_is_named(secret, place, letter):
    typed = list(keys.recovery_text(secret).replace("-", ""))
    assume(typed[place] != letter)
    typed[place] = letter

    error = refusal("".join(typed))

    assert error.code == "recovery_group"
    assert f"กลุ่มที่ {place // 5 + 1} " in error.sentence
    assert "".join(typed[place // 5 * 5 :][:5]) in error.sentence


@given(secrets, st.integers(0, 38))
def test_two_exchanged_letters_are_found(secret, place):
    typed = list(keys.recovery_text(secret).replace("-", ""))
    assume(typed[place] != typed[place + 1])
    typed[place], typed[place + 1] = typed[place + 1], typed[place]

    assert refusal("".join(typed)).code == "recovery_group"


@given(secrets, st.integers(0, 7), st.integers(0, 7))
def test_two_exchanged_groups_are_found(secret, left, right):
    groups = keys.recovery_text(secret).split("-")
    assume(groups[left] != groups[right])
    groups[left], groups[right] = groups[right], groups[left]

    assert refusal("-".join(groups)).code == "recovery_group"


@given(secrets, st.text(alphabet="019ก", min_size=1, max_size=1), st.integers(0, 39))
def test_a_letter_that_the_sheet_never_has_is_put_right_or_named(secret, letter, place):
    typed = list(keys.recovery_text(secret).replace("-", ""))
    typed[place] = letter
    try:
        found = keys.parse_recovery("".join(typed))
    except Invalid as error:
        assert error.code == "recovery_group"
    else:
        assert found == secret


@pytest.mark.parametrize("text", ["", "ABCDE", "A" * 41])
def test_a_text_of_another_length_is_refused_with_both_counts(text):
    error = refusal(text)

    assert error.code == "recovery_length"
    assert "40" in error.sentence
    assert str(len(text)) in error.sentence


@given(secrets)
def test_what_is_sealed_for_the_office_opens_with_its_recovery_secret(secret):
    identity = keys.office_identity(secret)
    sealed = pyrage.encrypt(
        b"sample", [pyrage.x25519.Recipient.from_str(keys.recipient_of(identity))]
    )

    assert pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity)]) == b"sample"
    assert identity == keys.office_identity(secret)


def test_the_age_program_opens_what_is_sealed_for_the_office(tmp_path):
    identity = keys.office_identity(bytes(range(20)))
    sealed, key = tmp_path / "sample.age", tmp_path / "key.txt"
    key.write_text(identity + "\n")
    to = pyrage.x25519.Recipient.from_str(keys.recipient_of(identity))
    sealed.write_bytes(pyrage.encrypt(b"sample", [to]))

    opened = subprocess.run(["age", "-d", "-i", key, sealed], capture_output=True, check=True)
    named = subprocess.run(
        ["age-keygen", "-y", key], capture_output=True, text=True, check=True
    ).stdout.strip()

    assert opened.stdout == b"sample"
    assert named == keys.recipient_of(identity)


def test_a_signing_key_never_shows_its_seed():
    key = keys.SigningKey(b"\x07" * 32)

    assert "07" not in repr(key)
    assert "\\x07" not in repr(key)


def test_every_new_key_and_secret_is_another():
    assert keys.new_signing_key().key_id != keys.new_signing_key().key_id
    assert len({keys.new_secret() for _ in range(10)}) == 10


def test_a_key_and_its_enrolment_have_the_same_name():
    key = keys.new_signing_key()

    assert keys.EnrolledKey(key.public, "42").key_id == key.key_id == keys.key_id(key.public)
