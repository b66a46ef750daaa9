"""The text layer against a renderer that is trusted, and against those who search and copy."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from app.core import paths
from app.core.errors import Invalid
from app.reports.layout.faces import faces

# One consonant of each class that fonts treat alike: short, tall at the right, with a part
# below that gives way, with a part below that stays, wide, narrow.
CONSONANTS = "กปฟญฐฎฏฬณร"
ABOVE = ("", "ั", "ิ", "ี", "ึ", "ื", "็")
BELOW = ("ุ", "ู")
TONES = ("", "่", "้", "๊", "๋", "์")
STACKS = [
    consonant + vowel + tone
    for consonant in CONSONANTS
    for vowel in ABOVE + BELOW
    for tone in TONES
] + [consonant + tone + "ำ" for consonant in CONSONANTS for tone in TONES[:5]]
SENTENCES = [
    "น้ำใจที่ปรึกษา กำไร ฟ้ำ ปี่ ปู่ ฐานุ ญู ผู้ ซึ่ง หนี้",
    "ว่าที่ร้อยตรีหญิง พรรณทิพย์วรรณลักษมี ศรีสุวรรณภูมิวัฒนานนท์",
    "กลุ่มดอกไม้จันทน์และพวงหรีดย่านซื่อ จ.อ่างทอง",
    "หลักสูตร Social Commerce For Business ปี 2568 (EDC Plus)",
    "300,000.50 บาท (สามแสนบาทห้าสิบสตางค์) ๓๑ มี.ค. ๖๘ ฯลฯ ต่าง ๆ",
    "AVATAR To fi — ‘office’ … 9-1234-56789-01-2",
]

# It keeps a pool of threads from its first use on: begun before any test, it is left by none.
typst.compile(b"", ignore_system_fonts=True)

COLUMNS, PITCH_X, PITCH_Y, SIZE, DPI = 20, 36, 44, 20, 288


@pytest.mark.parametrize("family", ["Sarabun", "NotoSansThai"])
@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_every_legal_stack_looks_as_another_renderer_draws_it(
    family: str, weight: str, typeset: Any, pictures: Any
) -> None:
    face = getattr(faces(family), weight.lower())
    places = [
        (8 + PITCH_X * (number % COLUMNS), 30 + PITCH_Y * (number // COLUMNS), text)
        for number, text in enumerate(STACKS)
    ]
    last = places[-1][1]
    places += [(8, last + PITCH_Y * line, text) for line, text in enumerate(SENTENCES, 1)]
    page = (COLUMNS * PITCH_X + 16, last + PITCH_Y * (len(SENTENCES) + 1))

    ours = pictures(typeset(face, places, page=page, size=SIZE), dpi=DPI)[0]
    theirs = pictures(_by_typst(face.name, places, page), dpi=DPI)[0]

    wide = [PITCH_X] * len(STACKS) + [page[0] - 8] * len(SENTENCES)
    unlike = [
        text
        for (x, y, text), width in zip(places, wide, strict=True)
        if _difference(ours, theirs, (x - 6, y - 28, x + width - 8, y + 14)) > 0.02
    ]
    assert unlike == []


@pytest.mark.parametrize("family", ["Sarabun", "NotoSansThai"])
def test_what_was_written_comes_back_from_search_and_copy(
    family: str, typeset: Any, pdfium_text: Callable[..., str], poppler_text: Callable[..., str]
) -> None:
    lines = [*SENTENCES, *(" ".join(STACKS[at : at + 12]) for at in range(0, len(STACKS), 12))]
    places = [(20.0, 30.0 + 20 * number, line) for number, line in enumerate(lines)]

    pdf = typeset(faces(family).regular, places, page=(600, 60 + 20 * len(lines)), size=11)

    for read in (pdfium_text, poppler_text):
        found = [" ".join(line.split()) for line in read(pdf).replace("\r", "").split("\n")]
        assert [line for line in lines if line not in found] == []


def test_text_without_its_marking_still_reads_in_writing_order() -> None:
    glyphs = faces().regular.shape("น้ำ").glyphs + faces("NotoSansThai").regular.shape("น้ำ").glyphs

    assert "".join(glyph.text for glyph in glyphs) == "น้ำน้ำ"


def test_a_file_holds_only_the_glyphs_it_uses(typeset: Any) -> None:
    pdf = typeset(faces().regular, [(10, 20, "กขค")], page=(100, 40), size=10)

    assert len(pdf) < 6000


def test_a_face_that_was_not_used_is_not_in_the_file(typeset: Any) -> None:
    assert b"FontFile2" not in typeset(faces().bold, [], page=(100, 40), size=10)


def test_the_same_text_gives_the_same_bytes(typeset: Any) -> None:
    first = typeset(faces().bold, [(10, 20, "กองทุน 2568")], page=(200, 40), size=10)

    assert typeset(faces().bold, [(10, 20, "กองทุน 2568")], page=(200, 40), size=10) == first


def test_characters_that_no_font_has_are_named() -> None:
    with pytest.raises(Invalid) as caught:
        faces().regular.shape("นาย 漢 ดี \U0001f600")

    assert caught.value.code == "no_glyph"
    assert "漢 (U+6F22)" in caught.value.sentence
    assert "U+1F600" in caught.value.sentence


def test_joiners_and_soft_hyphens_are_not_refused() -> None:
    assert faces().regular.lacks("ก\u200bข\u00adค") == ""


@given(st.text(alphabet="กปญฐฎนรเแโไาะำิีึืุู่้๊๋์็ๆฯ 09AVfi().,-", max_size=60))
def test_shaping_loses_no_character_and_measures_what_it_draws(text: str) -> None:
    run = faces().regular.shape(text)

    assert "".join(glyph.text for glyph in run.glyphs) == text
    assert run.width == pytest.approx(sum(glyph.advance for glyph in run.glyphs))


def test_a_full_cache_of_runs_starts_anew() -> None:
    face = faces("NotoSansThai").bold
    for number in range(20_002):
        face.shape(str(number))

    assert face.width("1", 10) == face.width("1", 5) * 2


def _by_typst(
    name: str, places: list[tuple[float, float, str]], page: tuple[float, float]
) -> bytes:
    family, weight = name.replace("NotoSansThai", "Noto Sans Thai").lower().split("-")
    source = (
        f"#set page(width: {page[0]}pt, height: {page[1]}pt, margin: 0pt)\n"
        f'#set text(font: "{family}", weight: "{weight}", size: {SIZE}pt, lang: "th", '
        'fallback: false, top-edge: "baseline", bottom-edge: "baseline")\n'
        + "\n".join(
            f"#place(dx: {x}pt, dy: {y}pt, text({json.dumps(text, ensure_ascii=False)}))"
            for x, y, text in places
        )
    )
    folder = str(paths.built("fonts"))
    return typst.compile(source.encode(), font_paths=[folder], ignore_system_fonts=True)


def _difference(
    ours: Image.Image, theirs: Image.Image, box: tuple[float, float, float, float]
) -> float:
    """Give the share of ink pixels that differ by more than 96 of 255."""
    corners = tuple(round(edge * DPI / 72) for edge in box)
    a, b = ours.crop(corners), theirs.crop(corners)
    ink = sum(ImageChops.darker(a, b).histogram()[:128])
    assert ink > 100, "nothing was drawn"
    return sum(ImageChops.difference(a, b).histogram()[97:]) / ink
