"""What is printed, read back as a person or a scanner reads it."""

import re

import zxingcpp
from pypdfium2 import PdfDocument


def text_of(pdf: bytes) -> str:
    document = PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def words_of(pdf: bytes) -> str:
    """Return the text without the minute of the print, in which two prints of one record differ."""
    return re.sub(r"เวลา \d\d\.\d\d น\.", "", text_of(pdf))


def code_on(pdf: bytes) -> str:
    """Scan the QR code of the first page."""
    document = PdfDocument(pdf)
    image = document[0].render(scale=3).to_pil()
    document.close()
    return next(found.text for found in zxingcpp.read_barcodes(image) if "QR" in str(found.format))
