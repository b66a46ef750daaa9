"""The sheet that goes with a file: paper and file prove each other."""

from pathlib import Path

import pytest
import zxingcpp
from pypdfium2 import PdfDocument

from app.core.errors import UserError
from app.services import exchange
from app.services.exchange.cover import cover_sheet
from app.services.office.desk import Desk
from app.services.printing import printing, prints
from tests.makers.papers import text_of
from tests.makers.pens import introduce, new_centre
from tests.makers.people import enter


@pytest.fixture
def sealed(desk: Desk, tmp_path: Path) -> exchange.Sent:
    introduce(desk, new_centre(tmp_path), tmp_path)
    enter(desk)
    exchange.export(desk.store, tmp_path)
    return exchange.sent(desk.store)[0]


def test_the_sheet_names_the_file_its_content_and_both_hands(
    desk: Desk, sealed: exchange.Sent
) -> None:
    exchange.hand_over(desk.store, sealed.name, to="นางสาวอรทัย ใจสมมติ")

    preview = cover_sheet(desk.store, sealed.name)
    (done,) = prints.request(desk.store, [preview]).prints

    words = text_of(done.pdf)
    for wanted in (
        f"{sealed.name}.otg",
        "บุคคล",
        exchange.check_code(sealed.content_id),
        sealed.content_id,
        "นางสาวอรทัย ใจสมมติ",
        "1 - 3",
    ):
        assert wanted in words
    document = PdfDocument(done.pdf)
    page = document[0].render(scale=300 / 72).to_pil()
    document.close()
    codes = {code.format.name: code.text for code in zxingcpp.read_barcodes(page)}
    assert codes["QRCode"] == sealed.content_id


def test_a_file_that_goes_in_parts_says_how_many_belong_together(
    desk: Desk, sealed: exchange.Sent
) -> None:
    assert "ส่งเป็นส่วน" not in text_of(cover_sheet(desk.store, sealed.name).pdf)

    words = text_of(cover_sheet(desk.store, sealed.name, parts=3).pdf)

    assert f"{sealed.name}.1-of-3 ถึง 3-of-3" in words


def test_a_sheet_that_goes_out_has_a_number_and_the_next_says_it_was_printed_again(
    desk: Desk, sealed: exchange.Sent
) -> None:
    first = cover_sheet(desk.store, sealed.name)
    (one,) = prints.request(desk.store, [first]).prints

    second = cover_sheet(desk.store, sealed.name, thai_digits=True)
    (two,) = prints.request(desk.store, [second]).prints

    assert (one.copy, two.copy) == (1, 2)
    assert "พิมพ์ซ้ำครั้งที่ ๑" in text_of(two.pdf)


def test_a_file_that_is_not_there_and_a_record_have_no_cover_sheet(desk: Desk) -> None:
    with pytest.raises(UserError) as refused:
        cover_sheet(desk.store, "OTG-15-AAAA-000009-D")
    assert refused.value.code == "not_found"
    with pytest.raises(UserError) as refused:
        printing.draw(desk.store, "bundle_cover", desk.store.user)
    assert refused.value.code == "not_found"
