"""Pictures of labels, marks and papers travel in a bundle once, with the records that name them."""

from pathlib import Path

import pytest

from app.core.errors import UserError
from app.services import central, exchange
from app.services.office import attachments
from app.services.office.desk import Desk
from tests.makers.attachments import JPEG, PDF, scan, sealed_files
from tests.makers.certification import begin, certified, data_of, product, step
from tests.makers.office import change
from tests.makers.pens import introduce, new_centre


def test_a_label_a_paper_and_a_mark_go_out_once_and_are_acknowledged(
    desk: Desk, tmp_path: Path
) -> None:
    centre = new_centre(tmp_path)
    introduce(desk, centre, tmp_path)
    label = attachments.attach(desk.store, scan(tmp_path))
    paper = attachments.attach(desk.store, scan(tmp_path, PDF, "คำขอ.pdf"))
    made = product(desk, "goods", label_photos=[{"file": label, "title": "ฉลากด้านหน้า"}])
    file = certified(desk, made)
    change(desk, "certification", file, answers=[
        *data_of(desk, file)["answers"][1:],
        {"code": "application", "answer": "present", "file": paper},
    ])  # fmt: skip
    first = exchange.export(desk.store, tmp_path).path
    assert sealed_files(first, desk) == {label, paper}

    central.ingest(centre, first)
    (receipt,) = central.write_receipts(centre, tmp_path)
    exchange.apply_receipt(desk.store, receipt.path)
    mark = attachments.attach(desk.store, scan(tmp_path, JPEG + b"the mark", "ฉลาก.jpg"))
    step(desk, file, "mark", mark_used_on="2024-03-10")
    rows = [{"file": label, "title": "ฉลากเดิม"}, {"file": mark, "title": "ฉลากมีเครื่องหมาย"}]
    change(desk, "certification", file, mark_photos=rows)

    assert sealed_files(exchange.export(desk.store, tmp_path).path, desk) == {mark}


def test_a_scan_too_large_and_one_that_is_no_scan_are_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        attachments.attach(desk.store, scan(tmp_path, JPEG * 4000))
    assert refused.value.code == "file_size"
    file = begin(desk, product(desk))
    wrong = [{"code": "application", "answer": "present", "file": "บัตร.jpg"}]
    with pytest.raises(UserError) as unnamed:
        change(desk, "certification", file, answers=wrong)
    assert unnamed.value.code == "file"
    assert "answers" not in data_of(desk, file)
