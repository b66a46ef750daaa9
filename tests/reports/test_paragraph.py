"""Lines of Thai: what a reader of a printed page may rely on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import thai
from app.reports.layout.faces import faces
from app.reports.layout.paragraph import fit, gaps, squeeze, wrap

FACE = faces().regular
LONG_NAME = "ว่าที่ร้อยตรีหญิง พรรณทิพย์วรรณลักษมี ศรีสุวรรณภูมิวัฒนานนท์"
TEXTS = st.lists(
    st.sampled_from(
        ["กองทุน", "เพื่อ", "ผู้รับงาน", "ไปทำที่บ้าน", " ", "น้ำ", "300,000", "(ก)", "ๆ", "ETDA", LONG_NAME]
    ),
    max_size=25,
).map(lambda words: thai.normalise("".join(words)))
WIDTHS = st.floats(min_value=25, max_value=400)


@given(TEXTS, WIDTHS)
def test_no_line_is_wider_than_its_place_and_no_character_is_lost(text: str, width: float) -> None:
    lines = wrap(text, FACE, 10, width)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(
        FACE.width(line, 10) <= width + 0.5 or len(thai.graphemes(line)) == 1 for line in lines
    )


@given(TEXTS, st.floats(min_value=2, max_value=30))
def test_a_word_without_room_breaks_between_clusters_only(text: str, width: float) -> None:
    cut = [cluster for line in wrap(text, FACE, 10, width) for cluster in thai.graphemes(line)]

    assert "".join(cut).replace(" ", "") == text.replace(" ", "")
    assert not any(cluster[0] in "ัำิีึืุู็่้๊๋์" for cluster in cut)


def test_a_line_feed_ends_a_line() -> None:
    assert wrap("หนึ่ง\nสอง", FACE, 10, 400) == ("หนึ่ง", "สอง")


def test_an_empty_text_is_one_empty_line() -> None:
    assert wrap("", FACE, 10, 400) == ("",)


@given(TEXTS, WIDTHS, st.integers(min_value=1, max_value=4))
def test_a_fitted_text_keeps_to_its_lines_and_to_70_percent(
    text: str, width: float, most: int
) -> None:
    fitted = fit(text, FACE, 10, width, most=most)

    if fitted is None:
        assert len(wrap(text, FACE, 7, width)) > most
    else:
        assert 7 - 1e-6 <= fitted.size <= 10
        assert len(fitted.lines) <= most
        assert "".join("".join(fitted.lines).split()) == "".join(text.split())


def test_a_line_shrinks_before_it_wraps() -> None:
    natural = FACE.width(LONG_NAME, 10)

    assert fit(LONG_NAME, FACE, 10, natural * 0.8, most=2) == (
        pytest.approx(8),
        (LONG_NAME,),
    )


def test_running_text_wraps_before_it_shrinks() -> None:
    natural = FACE.width(LONG_NAME, 10)
    fitted = fit(LONG_NAME, FACE, 10, natural * 0.8, most=2, shrink=False)

    assert fitted is not None
    assert (fitted.size, len(fitted.lines)) == (10, 2)


def test_a_text_of_the_form_itself_is_never_left_out() -> None:
    fitted = squeeze(LONG_NAME * 3, FACE, 10, 100, most=1)

    assert "".join(fitted.lines).replace(" ", "") == (LONG_NAME * 3).replace(" ", "")


@given(TEXTS, st.floats(min_value=60, max_value=400))
def test_an_even_edge_widens_gaps_between_clusters_to_the_full_width(
    text: str, width: float
) -> None:
    line = wrap(text, FACE, 10, width)[0]
    widened = gaps(line, FACE, 10, width)
    ends, end = set(), 0
    for cluster in thai.graphemes(line):
        end += len(cluster)
        ends.add(end)

    assert set(widened) <= ends
    if widened:
        assert FACE.width(line, 10) + sum(widened.values()) == pytest.approx(width)


def test_a_short_last_line_is_not_stretched() -> None:
    assert gaps("กองทุน", FACE, 10, 400) == {}
