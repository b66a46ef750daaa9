"""The fonts that set-up cuts."""

import hashlib
import shutil
from pathlib import Path

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont

from devtools import fonts

THAI = [*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C)]
LATIN = range(0x20, 0x7F)
pytestmark = pytest.mark.xdist_group("fonts")  # they are cut once for all of these


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fonts")
    fonts.cut(folder)
    return folder


@pytest.mark.parametrize("name", [one.name for one in fonts.CUTS])
def test_a_font_has_every_thai_and_ascii_character(folder, name):
    has = TTFont(folder / name).getBestCmap()

    assert [chr(c) for c in (*THAI, *LATIN) if c not in has] == []


@pytest.mark.parametrize("name", [one.name for one in fonts.CUTS])
def test_a_tone_mark_after_a_high_vowel_still_moves_up(folder, name):
    face = uharfbuzz.Face((folder / name).read_bytes())

    low, high = (_mark(face, text) for text in ("ก่", "กี่"))

    assert low != high


@pytest.mark.parametrize("one", fonts.CUTS, ids=lambda one: one.name)
def test_the_weight_is_in_the_file_and_no_longer_varies(folder, one):
    font = TTFont(folder / one.name)

    assert font["OS/2"].usWeightClass == (700 if "Bold" in one.name else 400)
    assert bool(font["head"].macStyle & 1) == ("Bold" in one.name)
    assert "fvar" not in font


def test_a_second_run_touches_nothing(folder):
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}

    assert fonts.cut(folder) is False
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_a_lost_font_is_cut_again_and_the_same_sources_give_the_same_bytes(folder, tmp_path):
    spoiled = shutil.copytree(folder, tmp_path / "fonts")
    (spoiled / "Sarabun-Bold.ttf").unlink()
    (spoiled / "NotoSansThai-Bold.ttf").write_bytes(b"")

    assert fonts.cut(spoiled) is True
    assert _digests(spoiled) == _digests(folder)


def test_each_family_has_its_licence_beside_it(folder):
    for name in ("OFL-sarabun.txt", "OFL-noto-sans-thai.txt"):
        assert "SIL Open Font License" in (folder / name).read_text(encoding="utf-8")


def _mark(face: uharfbuzz.Face, text: str) -> tuple[int, int]:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(uharfbuzz.Font(face), buffer)
    return buffer.glyph_infos[-1].codepoint, buffer.glyph_positions[-1].y_offset


def _digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}
