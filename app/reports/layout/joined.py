"""Several documents as one: their pages in order, each as it was drawn."""

import hashlib
import io
import re
import threading
from collections.abc import Iterable

ONE_AT_A_TIME = threading.Lock()  # pdfium serves one thread at a time


def joined(pdfs: Iterable[bytes]) -> bytes:
    """Return one PDF with the pages of all; the same documents give the same bytes."""
    from pypdfium2 import PdfDocument  # opened on first use

    out = io.BytesIO()
    with ONE_AT_A_TIME:
        whole = PdfDocument.new()
        try:
            for pdf in pdfs:
                part = PdfDocument(pdf)
                whole.import_pages(part)
                part.close()
            whole.save(out)
        finally:
            whole.close()
    return named_by_content(out.getvalue())


def named_by_content(pdf: bytes) -> bytes:
    """Blank the time in what pdfium wrote, and write a digest where it names a file by chance."""
    timeless = _TIME.sub(lambda found: b" " * len(found[0]), pdf)
    name = hashlib.sha256(_NAMES.sub(b"", timeless)).hexdigest()[:32].encode()
    return _NAMES.sub(b"/ID[<" + name + b"><" + name + b">]", timeless)


_TIME = re.compile(rb"/CreationDate\(D:[^)]*\)")  # of the same length: the table of places stays
_NAMES = re.compile(rb"/ID\[<[0-9A-Fa-f]{32}><[0-9A-Fa-f]{32}>\]")
