"""The codes a scanner reads on paper: a QR code for the proof, a bar code for the short number."""

from functools import lru_cache
from itertools import groupby

QUIET = 4  # modules of white that a QR code needs around it (ISO/IEC 18004)


@lru_cache(maxsize=256)
def qr_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Encode a text with error correction M; rows from the top, true is dark."""
    # ReportLab's bar codes bring its whole graphics library along (0.4 s): on first use only
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    return tuple(tuple(map(bool, row)) for row in code.modules)


def qr_path(text: str, *, left: float, top: float, size: float) -> str:
    """Return the operators that draw a QR code as one path, its quiet zone inside `size` points."""
    rows = qr_modules(text)
    module = size / (len(rows) + 2 * QUIET)
    parts: list[str] = []
    for number, row in enumerate(rows):
        bottom = top - module * (number + 1 + QUIET)
        column = QUIET
        for dark, same in groupby(row):
            count = len(list(same))
            if dark:
                x, width = left + module * column, module * count
                parts.append(f"{x:.3f} {bottom:.3f} {width:.3f} {module:.3f} re")
            column += count
    return " ".join(parts) + " f"


def bar_code_path(text: str, *, left: float, bottom: float, width: float, height: float) -> str:
    """Return the operators that draw a Code 128 bar code as one path, without quiet zones."""
    parts: list[str] = []
    bars = _bars(text)
    module = width / sum(abs(bar) for bar in bars)
    x = left
    for bar in bars:
        if bar > 0:
            parts.append(f"{x:.3f} {bottom:.3f} {bar * module:.3f} {height:.3f} re")
        x += abs(bar) * module
    return " ".join(parts) + " f"


@lru_cache(maxsize=256)
def _bars(text: str) -> tuple[int, ...]:
    """Return the widths in modules: bars above zero, spaces below."""
    from reportlab.graphics.barcode.code128 import Code128

    code = Code128(text, quiet=0)
    code.validate()  # type: ignore[no-untyped-call]
    code.encode()  # type: ignore[no-untyped-call]
    letters: str = code.decompose()  # type: ignore[no-untyped-call]
    # ReportLab writes bars as upper-case letters and spaces as lower-case ones; A is one module
    return tuple(ord(letter) - 64 if letter.isupper() else 96 - ord(letter) for letter in letters)
