"""Read a finished PDF back as boxes, and name what overlaps or leaves the page."""

import ctypes
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

SLACK = 1.0  # points; ink boxes of neighbours may touch


class Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: "Box") -> bool:
        return (
            min(self.right, other.right) - max(self.left, other.left) > SLACK
            and min(self.top, other.top) - max(self.bottom, other.bottom) > SLACK
        )


def faults(pdf: bytes) -> list[str]:
    """List texts that overlap, cross a rule or leave the page's margins."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document, 1):
        width, height = page.get_size()
        inside = Box(40, 14, width - 40, height - 14)
        texts, rules = _boxes(page)
        found += [
            f"page {number}: {text!r} leaves the page"
            for text, box in texts
            if not _holds(inside, box)
        ]
        found += [f"page {number}: {fault}" for fault in _collisions(texts, rules)]
    document.close()
    return found


def texts_of(pdf: bytes) -> list[list[tuple[str, Box]]]:
    """Give each page's texts with the boxes of their ink."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [_boxes(page)[0] for page in document]
    document.close()
    return pages


def _collisions(texts: list[tuple[str, Box]], rules: list[Box]) -> Iterator[str]:
    """Sweep the page upwards, so that only boxes of one height are compared."""
    boxes = sorted([*texts, *(("", rule) for rule in rules)], key=lambda item: item[1].bottom)
    for place, (text, box) in enumerate(boxes):
        for other_place in range(place + 1, len(boxes)):
            other, other_box = boxes[other_place]
            if other_box.bottom > box.top:
                break
            if text and other and box.meets(other_box):
                yield f"{text!r} overlaps {other!r}"
            elif text and not other and _cuts(other_box, box):
                yield f"{text!r} crosses a rule"
            elif other and not text and _cuts(box, other_box):
                yield f"{other!r} crosses a rule"


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.left <= inner.left
        and outer.bottom <= inner.bottom
        and inner.right <= outer.right
        and inner.top <= outer.top
    )


def _cuts(rule: Box, text: Box) -> bool:
    """Tell whether a thin rule runs through the ink of a text, not merely along its edge."""
    x = min(rule.right, text.right) - max(rule.left, text.left)
    y = min(rule.top, text.top) - max(rule.bottom, text.bottom)
    if x <= 0 or y <= 0:
        return False
    if rule.right - rule.left < 2:
        return text.left + SLACK < rule.left and rule.right < text.right - SLACK
    return text.bottom + SLACK < rule.bottom and rule.top < text.top - SLACK


def _boxes(page: pypdfium2.PdfPage) -> tuple[list[tuple[str, Box]], list[Box]]:
    texts: dict[int, tuple[str, Box]] = {}
    rules: list[Box] = []
    for item in page.get_objects():
        box = Box(*item.get_bounds())
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            mark, text = _marked(item.raw)
            known = texts.get(mark)
            texts[mark] = (text, _join(known[1], box) if known else box)
        elif item.type == pdfium.FPDF_PAGEOBJ_PATH and _is_stroked(item.raw):
            rules += _edges(box)
    return list(texts.values()), rules


def _join(a: Box, b: Box) -> Box:
    return Box(
        min(a.left, b.left), min(a.bottom, b.bottom), max(a.right, b.right), max(a.top, b.top)
    )


def _edges(box: Box) -> Iterator[Box]:
    if box.right - box.left < 2 or box.top - box.bottom < 2:
        yield box
        return
    yield box._replace(right=box.left + 1)
    yield box._replace(left=box.right - 1)
    yield box._replace(top=box.bottom + 1)
    yield box._replace(bottom=box.top - 1)


def _is_stroked(item: object) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, mode, stroke)
    return bool(stroke.value)


def _marked(item: object) -> tuple[int, str]:
    """Give the mark that text belongs to, by its address, and the text it says it is."""
    mark = pdfium.FPDFPageObj_GetMark(item, 0)
    size = ctypes.c_ulong()
    buffer = (ctypes.c_ubyte * 4096)()
    pdfium.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", buffer, 4096, size)
    address = ctypes.cast(mark, ctypes.c_void_p).value or 0
    return address, bytes(buffer[: size.value]).decode("utf-16")
