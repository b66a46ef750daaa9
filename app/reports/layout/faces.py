"""Shaped and measured Thai: what HarfBuzz makes of a text in one font file."""

from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import uharfbuzz as hb

from app.core import paths
from app.core.errors import Invalid
from app.core.i18n import _


class Glyph(NamedTuple):
    """One shaped glyph; lengths are thousandths of the type size."""

    number: int
    text: str  # the characters it stands for; "" if the next glyph stands for them too
    advance: float
    right: float
    up: float
    lag: float  # how far the pen is to move after it, beyond the glyph's own advance


class Run(NamedTuple):
    """A shaped text; its width is in thousandths of the type size."""

    text: str
    glyphs: tuple[Glyph, ...]
    width: float


class Face:
    """One font file, ready to shape and measure."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self.file = hb.Face(hb.Blob.from_file_path(str(path)))
        self.scale: float = 1000 / self.file.upem
        self._font = hb.Font(self.file)
        self._runs: dict[str, Run] = {}

    def shape(self, text: str) -> Run:
        """Shape one line. Raises Invalid ("no_glyph") for a character that the font lacks."""
        run = self._runs.get(text)
        if run is None:
            if len(self._runs) > 20_000:
                self._runs.clear()
            run = self._runs[text] = self._shape(text)
        return run

    def width(self, text: str, size: float) -> float:
        """Measure one line in points."""
        return self.shape(text).width * size / 1000

    def lacks(self, text: str) -> str:
        """Name the characters that this font can't show, each once, in their order."""
        return "".join(
            dict.fromkeys(
                character
                for character in text
                if self._font.get_nominal_glyph(ord(character)) is None
                and character not in _INVISIBLE
            )
        )

    def natural_advance(self, number: int) -> float:
        """Return a glyph's own advance, before the shaper moved anything."""
        return float(self._font.get_glyph_h_advance(number)) * self.scale

    def extents(self) -> tuple[float, float]:
        """Return how far the font reaches above and below its baseline."""
        reach = self._font.get_font_extents("ltr")
        return reach.ascender * self.scale, reach.descender * self.scale

    def bounds(self) -> tuple[int, int, int, int]:
        """Return the box that holds every glyph: left, bottom, right, top."""
        head = bytes(self.file.reference_table("head").data)
        left, bottom, right, top = (
            round(int.from_bytes(head[at : at + 2], "big", signed=True) * self.scale)
            for at in (36, 38, 40, 42)
        )
        return left, bottom, right, top

    def subset(self, numbers: Iterable[int]) -> bytes:
        """Cut a font file that keeps these glyphs under their numbers; the same set, same bytes."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(numbers)
        wanted.flags = (
            hb.SubsetFlags.RETAIN_GIDS
            | hb.SubsetFlags.NO_HINTING
            | hb.SubsetFlags.NO_LAYOUT_CLOSURE
            | hb.SubsetFlags.NOTDEF_OUTLINE
        )
        wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _NOT_ON_PAPER)
        return bytes(hb.subset(self.file, wanted).blob.data)

    def _shape(self, text: str) -> Run:
        glyphs: list[Glyph] = []
        for script, part in _scripts(text):
            glyphs += self._shape_script(script, part)
        if any(glyph.number == 0 for glyph in glyphs):
            raise refusal(self.lacks(text))
        return Run(text, tuple(glyphs), sum(glyph.advance for glyph in glyphs))

    def _shape_script(self, script: str, part: str) -> list[Glyph]:
        buffer = hb.Buffer()
        buffer.add_str(part)
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.direction, buffer.script, buffer.language = "ltr", script, "th"
        hb.shape(self._font, buffer)
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        starts = sorted({info.cluster for info in infos} | {len(part)})
        texts = {first: part[first:end] for first, end in pairwise(starts)}
        counts = dict.fromkeys(texts, 0)
        for info in infos:
            counts[info.cluster] += 1
        shares = {first: _share(texts[first], counts[first]) for first in texts}
        return [
            self._glyph(info.codepoint, shares[info.cluster].pop(0), position)
            for info, position in zip(infos, positions, strict=True)
        ]

    def _glyph(self, number: int, text: str, position: Any) -> Glyph:
        advance, right = position.x_advance * self.scale, position.x_offset * self.scale
        lag = advance - right - self.natural_advance(number)
        return Glyph(number, text, advance, right, position.y_offset * self.scale, lag)


class Faces(NamedTuple):
    """The two faces of a document."""

    regular: Face
    bold: Face


@cache
def faces(family: str = "Sarabun") -> Faces:
    """Load the faces that set-up cut for paper."""
    return Faces(
        *(Face(paths.built("fonts", f"{family}-{weight}.ttf")) for weight in ("Regular", "Bold"))
    )


def refusal(characters: str) -> Invalid:
    """Make the error that names the characters no font of ours can print."""
    listed = " ".join(f"{character} (U+{ord(character):04X})" for character in characters)
    return Invalid(
        _("These characters can't be printed: {characters}. Replace them and print again.").format(
            characters=listed
        ),
        code="no_glyph",
    )


# tables that shape or name a font; a PDF reader gets glyph numbers and needs none of them
_NOT_ON_PAPER = (b"GSUB", b"GPOS", b"GDEF", b"name", b"post", b"OS/2", b"cmap")

# shapers drop these themselves: joiners, word joiner, soft hyphen, byte order mark
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


def _scripts(text: str) -> list[tuple[str, str]]:
    """Cut a text where Thai meets Latin; signs and digits stay with what is before them."""
    parts: list[tuple[str, str]] = []
    for character in text:
        script = _script(character) or (parts[-1][0] if parts else "")
        if parts and parts[-1][0] in (script, ""):
            parts[-1] = (script, parts[-1][1] + character)
        else:
            parts.append((script, character))
    return [(script or "Latn", part) for script, part in parts]


def _script(character: str) -> str:
    if "\u0e01" <= character <= "\u0e5b" and character != "฿":
        return "Thai"
    return "Latn" if character.isalpha() else ""


def _share(text: str, count: int) -> list[str]:
    """Share the characters of a cluster out among its glyphs, one each, the rest to the last.

    Glyphs in excess come first and get none: of ำ the ring above gets none, the stroke gets ำ,
    and in น้ำ the tone mark between them keeps its place in the text.
    """
    spare = max(0, count - len(text))
    singles = list(text[: count - spare - 1])
    return [""] * spare + singles + [text[len(singles) :]]
