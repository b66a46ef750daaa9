"""Lines of Thai: filled word by word, made smaller before they wrap, widened to an even edge."""

from itertools import accumulate
from typing import NamedTuple

from app.core import thai
from app.reports.layout.faces import Face

SMALLEST = 0.7  # of the wanted size; below that a text wraps rather than shrinks


class Fitted(NamedTuple):
    """A text laid out: the type size it took and its lines."""

    size: float
    lines: tuple[str, ...]


def wrap(text: str, face: Face, size: float, width: float) -> tuple[str, ...]:
    """Fill lines of at most `width` points; a line feed ends one.

    A word that is wider than a line breaks between clusters, never inside one.
    """
    return tuple(
        line for part in text.split("\n") for line in _wrap_part(part.strip(), face, size, width)
    )


def fit(
    text: str, face: Face, size: float, width: float, *, most: int = 1, shrink: bool = True
) -> Fitted | None:
    """Bring a text into `most` lines of `width` points, or return None.

    One line is made smaller, to 70 % at most; what is still too long wraps, in the largest type
    that is possible.
    """
    sizes = [size * (1 - step / 20) for step in range(7)] if shrink else [size]
    if "\n" not in text and face.width(text, size) * (SMALLEST if shrink else 1) <= width:
        natural = face.width(text, size)
        return Fitted(size if natural <= width else size * width / natural, (text,))
    for smaller in sizes:
        lines = wrap(text, face, smaller, width)
        if len(lines) <= most:
            return Fitted(smaller, lines)
    return None


def squeeze(text: str, face: Face, size: float, width: float, *, most: int = 1) -> Fitted:
    """Fit a text of the form itself: in more lines than wished rather than not at all."""
    smallest = size * SMALLEST
    return fit(text, face, size, width, most=most) or Fitted(
        smallest, wrap(text, face, smallest, width)
    )


def gaps(line: str, face: Face, size: float, width: float) -> dict[int, float]:
    """Share what a line lacks to `width` points among its gaps: points before each offset.

    A space takes five times what a place between two clusters takes; nothing moves inside a
    cluster. A line that lacks more than a twelfth stays as it is: stretched, it would look wrong.
    """
    missing = width - face.width(line, size)
    if not 0 < missing <= width / 12:
        return {}
    ends = list(accumulate(len(cluster) for cluster in thai.graphemes(line)))[:-1]
    weights = {end: 5.0 if line[end - 1] == " " else 1.0 for end in ends}
    whole = sum(weights.values())
    return {end: missing * weight / whole for end, weight in weights.items()}


def _wrap_part(text: str, face: Face, size: float, width: float) -> list[str]:
    offsets = [*thai.word_breaks(text), len(text)] if text else []
    starts = [0, *offsets]
    words = [text[a:b] for a, b in zip(starts, offsets, strict=False)]
    lines: list[str] = []
    line, filled = "", 0.0
    for word in words:
        if filled + face.width(word.rstrip(), size) > width:
            if line:
                lines.append(line.rstrip())
            *full, line = _cut(word, face, size, width)
            lines += full
            filled = face.width(line, size)
        else:
            line += word
            filled += face.width(word, size)
    return [*lines, line.rstrip()]


def _cut(word: str, face: Face, size: float, width: float) -> list[str]:
    """Cut a word that is wider than a line between its clusters."""
    if face.width(word.rstrip(), size) <= width:
        return [word]
    pieces = [""]
    for cluster in thai.graphemes(word):
        if pieces[-1] and face.width((pieces[-1] + cluster).rstrip(), size) > width:
            pieces.append("")
        pieces[-1] += cluster
    return pieces
