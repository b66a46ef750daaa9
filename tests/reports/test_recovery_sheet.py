"""The recovery sheet holds every group of the recovery text, in its order."""

import pypdfium2

from app.reports import recovery_sheet
from app.reports.stamp import Stamp
from app.sync import keys


def test_every_group_of_the_recovery_text_is_on_the_sheet() -> None:
    recovery = keys.recovery_text(keys.new_secret())
    stamp = Stamp("สำนักงานจัดหางานจังหวัดอ่างทอง", "กานดา ตัวอย่าง", "2025-03-19T10:15")
    pdf = recovery_sheet.draw(recovery, stamp)
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_range()
    places = [text.index(group) for group in recovery.replace("-", " ").split()]
    assert len(places) == 8
    assert places == sorted(places)
    assert "ใบกู้คืนข้อมูล" in text
    assert recovery_sheet.draw(recovery, stamp) == pdf
