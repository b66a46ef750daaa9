"""A printed form proves offline which desk printed which revision of which record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sync import proof
from app.sync.keys import SigningKey, new_signing_key
from app.sync.refused import Refused

RECORD = "0190aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee"


@given(st.binary(min_size=32, max_size=32), st.integers(0, 65535), st.integers(0, 65535))
def test_what_was_signed_comes_back_and_holds(rev: bytes, copy: int, form: int) -> None:
    key = SigningKey(b"k" * 32)

    found = proof.read(proof.write(key, record=RECORD, rev=rev.hex(), copy=copy, form=form))

    assert (found.record, found.rev, found.copy, found.form) == (RECORD, rev.hex(), copy, form)
    assert found.key == key.key_id[:8]
    assert found.holds(key.public)
    assert not found.holds(new_signing_key().public)


def test_a_proof_has_121_bytes_in_the_alphabet_of_qr_codes() -> None:
    text = proof.write(new_signing_key(), record=RECORD, rev="0" * 64, copy=1, form=10)
    assert len(text) == 182
    assert set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def test_a_proof_that_begins_with_a_space_is_read_after_a_scanner_trimmed_it() -> None:
    seeds = (number.to_bytes(32, "big") for number in range(10_000))
    texts = (
        proof.write(SigningKey(seed), record=RECORD, rev="ab" * 32, copy=1, form=2)
        for seed in seeds
    )
    text = next(text for text in texts if text.startswith(" "))

    assert proof.read(text.strip() + "\r\n") == proof.read(text)


def test_one_changed_letter_never_holds() -> None:
    key = new_signing_key()
    text = proof.write(key, record=RECORD, rev="ab" * 32, copy=1, form=10)
    for place in range(0, len(text), 7):
        changed = text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1 :]
        try:
            assert not proof.read(changed).holds(key.public)
        except Refused as refused:
            assert refused.code == "proof_form"


@pytest.mark.parametrize("text", ["", "hello", "ก", ":::", "A" * 182, "0" * 182, "AB" * 90])
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        proof.read(text)
    assert refused.value.code == "proof_form"
