"""Head and continuation sheet: what stands around a form, at its longest."""

import dataclasses
from typing import Any

import pytest

from app.reports import registry
from app.reports.forms.member_list import MemberList
from app.reports.stamp import Stamp
from tests.reports.layout import faults

# Vowels hang from the letters of the upper line; marks stand on the vowels of the lower one.
LONG = "สำนักงานจัดหางานจังหวัดญาติฎุฏู" + "ปี่ฎุน้ำกู้ฏู" * 9
WITHOUT_ROOM = "ที่ตั้งซึ่งยาวมาก " * 150


@pytest.mark.parametrize("again", [0, 1, 12])
@pytest.mark.parametrize("preview", [False, True])
@pytest.mark.parametrize("length", [60, 90, 120, 134])
def test_a_head_of_two_lines_has_no_mark_of_one_in_the_other(
    length: int, preview: bool, again: int
) -> None:
    stamp = Stamp(LONG[:length], "กานดา", "2025-03-19T10:15", preview=preview, again=again)
    data = MemberList(stamp, "กลุ่ม", place=WITHOUT_ROOM)

    assert faults(registry.draw("member_list", data)) == []


def test_a_heading_of_two_lines_stands_in_one_on_the_continuation_sheet(pdfium_text: Any) -> None:
    sample = registry.FORMS["loan_application"].sample()
    borrower = dataclasses.replace(sample.co_borrowers[0], id_no="", passport_no="AA 1234567 " * 90)
    data = dataclasses.replace(sample, co_borrowers=(borrower,))

    found = pdfium_text(registry.draw("loan_application", data))

    assert "(*1) เลขประจำตัว ประชาชน" in " ".join(found.split())
