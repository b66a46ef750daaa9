"""The loan application (P10) in two scenarios: who cannot sign, and the blank form."""

import re
import zlib
from collections.abc import Callable

from app.reports import registry

FORM = "loan_application"


def test_scenario_33_who_cannot_sign_finds_a_thumbprint_line_and_two_witnesses(
    pdfium_text: Callable[[bytes], str],
) -> None:
    found = pdfium_text(registry.draw(FORM, registry.FORMS[FORM].sample()))

    assert "ลายพิมพ์นิ้วมือ" in found
    assert "ลงลายมือชื่อไม่ได้" in "".join(found.split())
    assert len(re.findall(r"พยาน\r?\n", found)) == 2


def test_scenario_34_the_blank_form_has_dotted_lines_and_nothing_of_anybody(
    pdfium_text: Callable[[bytes], str],
) -> None:
    sample = registry.FORMS[FORM].sample()
    blank = registry.draw(FORM, sample, blank=True)
    filled = registry.draw(FORM, sample)

    found = "".join(pdfium_text(blank).split())
    assert _dotted(blank) > 2 * _dotted(filled)
    for value in (sample.applicant.name, sample.group.name, sample.bank, sample.applicant.phone):
        assert "".join(value.split()) not in found
    assert "ลงชื่อ" in found and "None" not in found


def _dotted(pdf: bytes) -> int:
    """Count the dotted lines that the pages draw."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    return sum(_opened(each).count(b"[0 2.1] 0 d") for each in streams)


def _opened(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream.strip(b"\r\n"))
    except zlib.error:
        return b""  # a font, packed in another way
