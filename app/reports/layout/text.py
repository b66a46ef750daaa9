"""Thai text in a PDF: drawn as HarfBuzz shapes it, found and copied as it was written.

One composite font per face holds a code for every pair of a glyph and the characters it stands
for, so that one glyph may stand for different text. The fonts are written when ReportLab saves.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from app.reports.layout.faces import Face, Glyph, Run


class Typesetter:
    """One face inside one document: writes text and, when the file is saved, the font."""

    def __init__(self, face: Face, document: Any) -> None:
        self.face = face
        self._codes: dict[tuple[int, str], str] = {}
        self._written: dict[tuple[str, float], str] = {}
        self._name = f"T{len(document.fontMapping) + 1}"
        document.fontMapping[f"{face.name} {self._name}"] = f"/{self._name}"
        document.delayedFonts.append(self)

    def show(self, x: float, y: float, text: str, size: float) -> str:
        """Return the operators that write one line from (x, y), in points from the lower left."""
        body = self._written.get((text, size))
        if body is None:
            run = self.face.shape(text)
            body = self._written[text, size] = self.glyphs(run, size)
        return span(text, f"BT /{self._name} {size:g} Tf {x:.2f} {y:.2f} Td {body} ET")

    def show_spread(
        self, x: float, y: float, text: str, size: float, gaps: Mapping[int, float]
    ) -> str:
        """Write one line with the gaps (in points) before some of its characters widened."""
        body = self.glyphs(self.face.shape(text), size, gaps)
        return span(text, f"BT /{self._name} {size:g} Tf {x:.2f} {y:.2f} Td {body} ET")

    def glyphs(self, run: Run, size: float, gaps: Mapping[int, float] | None = None) -> str:
        """Return the operators that write a run's glyphs at the current place."""
        parts: list[str] = []
        codes = ""
        pen = rise = 0.0  # pen: how far the next glyph is from where a reader would put it
        offset = 0
        for glyph in run.glyphs:
            if gaps and offset in gaps and glyph.text:
                pen += gaps[offset] * 1000 / size
            offset += len(glyph.text)
            shift = pen + glyph.right
            if glyph.up != rise or shift > 0.01 or shift < -0.01:
                parts.append(f"<{codes}>" if codes else "")
                parts.append("" if glyph.up == rise else f"]TJ {glyph.up * size / 1000:.3f} Ts [")
                parts.append(f"{-shift:.4g}")
                codes, rise = "", glyph.up
            codes += self._codes.get((glyph.number, glyph.text)) or self._code(glyph)
            pen = glyph.lag
        return f"[{''.join(parts)}<{codes}>]TJ" + (" 0 Ts" if rise else "")

    def addObjects(self, document: Any) -> None:  # noqa: N802 (ReportLab calls it by this name)
        """Write the font: descriptor, cut font file, widths, glyph numbers and the way back."""
        from reportlab.pdfbase import pdfdoc

        if not self._codes:
            return
        numbers = [0, *(number for number, _text in self._codes)]
        data = self.face.subset(sorted(set(numbers)))
        tag = hashlib.sha256(data + repr(list(self._codes)).encode()).digest()
        name = "".join(chr(65 + byte % 26) for byte in tag[:6]) + "+" + self.face.name
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": pdfdoc.PDFName(name),
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": document.Reference(self._descriptor(document, name, data)),
                "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray(self._widths(numbers))]),
                "CIDToGIDMap": _stream(
                    document, b"".join(number.to_bytes(2, "big") for number in numbers)
                ),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(name),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant)]),
                "ToUnicode": _stream(document, _to_unicode([text for _n, text in self._codes])),
            }
        )
        document.idToObject["BasicFonts"].dict[self._name] = document.Reference(font)

    def _code(self, glyph: Glyph) -> str:
        code = self._codes[glyph.number, glyph.text] = f"{len(self._codes) + 1:04x}"
        return code

    def _widths(self, numbers: list[int]) -> list[str]:
        return [f"{self.face.natural_advance(number):.4g}" for number in numbers]

    def _descriptor(self, document: Any, name: str, data: bytes) -> Any:
        from reportlab.pdfbase import pdfdoc

        ascent, descent = self.face.extents()
        return pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": pdfdoc.PDFName(name),
                "Flags": 4,  # symbolic: its codes are no standard encoding
                "FontBBox": pdfdoc.PDFArray(list(self.face.bounds())),
                "ItalicAngle": 0,
                "Ascent": round(ascent),
                "Descent": round(descent),
                "CapHeight": round(ascent * 0.7),
                "StemV": 80,
                "FontFile2": _stream(document, data, Length1=len(data)),
            }
        )


def span(text: str, operators: str) -> str:
    """Mark what operators draw as this text, so that search and copy give it as it was written."""
    actual = text.encode("utf-16-be").hex()
    return f"/Span<</ActualText<feff{actual}>>>BDC {operators} EMC"


def _stream(document: Any, content: bytes, **entries: int) -> Any:
    from reportlab.pdfbase import pdfdoc

    stream = pdfdoc.PDFStream(
        pdfdoc.PDFDictionary(dict(entries)), content, filters=[pdfdoc.PDFZCompress]
    )
    return document.Reference(stream)


def _to_unicode(texts: list[str]) -> bytes:
    entries = [
        f"<{code:04x}><{text.encode('utf-16-be').hex()}>" for code, text in enumerate(texts, 1)
    ]
    blocks = [entries[at : at + 100] for at in range(0, len(entries), 100)]
    maps = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000><ffff> endcodespacerange\n"
        f"{maps}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")
