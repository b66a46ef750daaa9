"""Docstrings in plain words: what the tree check finds."""

import pytest

from devtools import prose


def function(returns, text):
    return f'def f() -> {returns}:\n    """{text}"""\n'


@pytest.mark.parametrize(
    "sentence",
    [
        "Count what is here, of those that are there.",
        "Say what is wrong with that which stands here.",
    ],
)
def test_a_sentence_of_pointing_words_is_vague(sentence):
    assert prose.is_vague(sentence)


def test_a_sentence_that_names_its_things_is_not():
    assert not prose.is_vague("Count the centre's bundles, lines and records, for one office.")


def test_a_vague_sentence_is_told_with_the_words_that_make_it_so():
    source = function("int", "Tell what is wrong with that which stands here.")

    (fault,) = prose.faults(source)

    assert "(here, is, stands, that, what)" in fault


def test_a_short_sentence_is_never_vague():
    assert not prose.is_vague("Say what it is.")


def test_only_the_first_sentence_counts():
    source = (
        'def f() -> int:\n    """Return the sum of the rows. It is what it is, and that is it."""\n'
    )

    assert list(prose.faults(source)) == []


def test_a_getter_returns_and_does_not_give():
    source = (
        'def f() -> int:\n    """Give the sum."""\n\n\ndef g() -> None:\n    """Give it up."""\n'
    )

    assert list(prose.faults(source)) == ["1: begin with Return or Yield: Give the sum."]


def test_the_line_of_a_fault_is_that_of_its_function():
    source = '"""Sums."""\n\n' + function("int", "Tell what it is that is there, or is not.")

    assert [fault.split(":")[0] for fault in prose.faults(source)] == ["3"]
