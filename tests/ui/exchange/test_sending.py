"""The clerk sends the week's work, and never wonders whether it arrived."""

import re
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QListWidget
from sqlalchemy import Connection

from app.models.exchange import outbox as table
from app.services import central, exchange
from app.services.central import Centre
from app.services.exchange import sending
from app.services.exchange.introduction import keep_desk_keys, own_recipient
from app.services.records import acts, records
from app.sync.bundle import Sealed
from app.sync.keys import EnrolledKey
from app.ui.exchange.export_dialog import ExportDialog
from app.ui.exchange.outbox_page import OutboxPage
from app.ui.paper.paper_preview import PaperPreview
from tests.makers.pens import Pen
from tests.makers.tasks import run_command, told
from tests.ui.clerk import Clerk
from tests.ui.office import Office

FOREIGN = "01900000-0000-7000-8000-000000000001"


def outbox(office: Office) -> OutboxPage:
    office.clerk.press("Alt+8")
    office.rest()
    assert isinstance(office.window.front, OutboxPage)
    return office.window.front


def shown(page: OutboxPage) -> list[list[str]]:
    model = page.list.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def send(office: Office, usb: Path) -> None:
    """Send to where the last file went, or to the drive that is typed once."""
    office.clerk.press("Ctrl+E")
    office.rest()
    office.clerk.press("Enter", "Enter")
    if office.clerk.where() == "folder":
        office.clerk.type(str(usb))
        office.clerk.press("Enter")
    office.clerk.press("Enter")
    office.rest()


def test_sending_writes_one_file_and_gives_its_check_code(
    trusted: Office, clerk: Clerk, usb: Path
) -> None:
    send(trusted, usb)
    words = clerk.words(trusted.dialog(ExportDialog))
    assert re.search(r"^[0-9A-F]{4} [0-9A-F]{4} [0-9A-F]{4} [0-9A-F]{4}$", words, re.MULTILINE)
    assert "บุคคล 3" in words
    assert len(list(usb.iterdir())) == 1
    assert "ส่งข้อมูลแล้ววันนี้" in clerk.words(trusted.window)


def test_the_weekly_file_takes_five_keys_once_the_drive_is_known(
    trusted: Office, clerk: Clerk, usb: Path
) -> None:
    send(trusted, usb)
    clerk.press("Enter")
    next(usb.iterdir()).unlink()

    before = clerk.presses
    send(trusted, usb)
    clerk.press("Enter")

    assert clerk.presses - before <= 5
    assert len(list(usb.iterdir())) == 1
    assert not [each for each in trusted.window.findChildren(QDialog) if each.isVisible()]


def test_what_the_centre_would_return_is_named_first_and_leads_to_its_record(
    trusted: Office, clerk: Clerk
) -> None:
    def work(acting: acts.Acting) -> None:
        (person,) = [record for record in _people(trusted) if record[1] == "เกษม"]
        acting.put("fund_round", FOREIGN, {"code": "2569-1", "name": "รอบ"}, ())
        found = acts.current(acting.connection, "person", person[0])
        assert found is not None
        acting.put("person", person[0], found.data | {"note": "ก"}, found.heads)

    acts.act(trusted.desk.store, work)
    clerk.press("Ctrl+E")
    trusted.rest()
    clerk.press("Enter")
    trusted.rest()
    dialog = trusted.dialog(ExportDialog)
    assert "ส่วนกลางจะไม่รับ 2 จาก" in clerk.words(dialog)
    listed = dialog.findChild(QListWidget)
    assert "เกษม" in listed.item(1).text()
    clerk.press("Shift+Tab")
    assert clerk.at() is listed
    clerk.press("Down", "Enter")
    trusted.rest()
    assert trusted.window.page.editing.record is not None
    assert trusted.window.page.editing.record.title == "นายเกษม คำแสน"


def _people(office: Office) -> list[tuple[str, str]]:
    from app.services.records import search

    store = office.desk.store
    found = search.page(store, "person", search.rows(store, "person"))
    return [(row.id, row.data["first_th"]) for row in found]


def test_sending_is_cancelled_and_leaves_nothing_behind(
    trusted: Office, clerk: Clerk, usb: Path
) -> None:
    clerk.press("Ctrl+E")
    trusted.rest()
    clerk.press("Enter", "Enter")
    clerk.type(str(usb))
    gate = threading.Event()
    trusted.program._jobs.run(trusted.window, lambda _job: gate.wait(20), lambda _result: None)
    clerk.press("Enter", "Enter", "Esc")
    assert "กำลังหยุด" in clerk.words(trusted.dialog(ExportDialog))
    gate.set()
    trusted.rest()
    assert "ไม่มีการเขียนไฟล์" in clerk.words(trusted.dialog(ExportDialog))
    assert list(usb.iterdir()) == []


def test_a_file_that_was_sealed_before_sending_could_be_stopped_is_said(
    trusted: Office, clerk: Clerk, usb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the last line and the file on the drive nothing looks whether the clerk stopped."""
    at_work, gate = threading.Event(), threading.Event()
    copy = sending.copy

    def copy_slowly(sealed: Sealed, folder: Path) -> Sealed:
        at_work.set()
        assert gate.wait(20)
        return copy(sealed, folder)

    monkeypatch.setattr(sending, "copy", copy_slowly)
    clerk.press("Ctrl+E")
    trusted.rest()
    clerk.press("Enter", "Enter")
    clerk.type(str(usb))
    clerk.press("Enter", "Enter")
    assert at_work.wait(20)
    clerk.press("Esc")
    gate.set()
    trusted.rest()

    words = clerk.words(trusted.dialog(ExportDialog))
    assert "หยุดไม่ทัน" in words
    assert "บุคคล 3" in words
    assert len(list(usb.iterdir())) == 1


def test_without_the_answer_of_the_centre_sending_says_what_is_missing(
    office: Office, clerk: Clerk
) -> None:
    clerk.press("Ctrl+E")
    office.rest()
    assert "ยังไม่รู้จักส่วนกลาง" in clerk.words(office.dialog(ExportDialog))
    clerk.press("Enter")
    assert not [each for each in office.window.findChildren(QDialog) if each.isVisible()]


def test_when_the_centre_has_everything_there_is_nothing_to_send(
    trusted: Office, clerk: Clerk, usb: Path, receipt: Callable[[Path], Path]
) -> None:
    sealed = exchange.export(trusted.desk.store, usb)
    exchange.apply_receipt(trusted.desk.store, receipt(sealed.path))
    clerk.press("Ctrl+E")
    trusted.rest()
    assert "ไม่มีข้อมูลใหม่ที่ต้องส่ง" in clerk.words(trusted.dialog(ExportDialog))


def test_a_drive_that_is_not_there_is_named(trusted: Office, clerk: Clerk, tmp_path: Path) -> None:
    clerk.press("Ctrl+E")
    trusted.rest()
    clerk.press("Enter", "Enter")
    clerk.type(str(tmp_path / "none"))
    clerk.press("Enter", "Enter")
    assert str(tmp_path / "none") in clerk.words(trusted.dialog(ExportDialog))
    assert clerk.where() == "folder"


def test_a_file_that_was_sealed_by_a_command_counts_as_sent(
    trusted: Office, clerk: Clerk, tmp_path: Path
) -> None:
    exchange.export(trusted.desk.store, tmp_path)
    outbox(trusted)
    assert len(shown(outbox(trusted))) == 1


def test_the_outbox_follows_a_file_until_the_receipt(
    trusted: Office,
    clerk: Clerk,
    usb: Path,
    receipt: Callable[[Path], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = outbox(trusted)
    assert "ยังไม่มีไฟล์ที่ผนึกไว้" in clerk.words(page)
    send(trusted, usb)
    clerk.press("Enter")
    trusted.rest()
    assert "ผนึกแล้ว ยังไม่ได้ส่งมอบ" in shown(page)[0]

    clerk.press("Ctrl+H")
    trusted.rest()
    clerk.type("นางสาวอรทัย")
    clerk.press("Ctrl+S")
    trusted.rest()
    assert "ส่งมอบแล้ว ยังไม่มีใบตอบรับ" in shown(page)[0]
    assert "นางสาวอรทัย" in clerk.words(page)
    clerk.press("Ctrl+Z")
    trusted.rest()
    assert "ผนึกแล้ว ยังไม่ได้ส่งมอบ" in shown(page)[0]

    path = receipt(next(usb.iterdir()))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    clerk.press("Ctrl+O")
    trusted.rest()
    assert "ส่วนกลางไม่ได้ส่งคืนรายการใด" in told(trusted)
    trusted.rest()
    assert "ส่วนกลางได้รับแล้ว · ใบตอบรับที่ 1" in shown(page)[0][2]
    assert "รอส่ง" not in clerk.words(trusted.window)


def test_a_returned_line_is_named_in_thai_and_opens_on_its_page(
    trusted: Office, clerk: Clerk, usb: Path, receipt: Callable[[Path], Path]
) -> None:
    test_what_the_centre_would_return_is_named_first_and_leads_to_its_record(trusted, clerk)
    path = receipt(exchange.export(trusted.desk.store, usb).path)
    trusted.window.take_file(path)
    trusted.rest()
    assert "2 รายการถูกส่งคืน" in told(trusted)
    assert "ถูกส่งคืน 2" in clerk.words(trusted.window)
    page = outbox(trusted)
    assert "ส่วนกลางส่งคืน 2 รายการ" in clerk.words(page)
    clerk.press("Enter")
    while "เกษม" not in page.card.returned.currentItem().text():
        clerk.press("Down")
    clerk.press("Enter")
    trusted.rest()
    assert trusted.window.page.form.heading.text() == "นายเกษม คำแสน"
    assert "ถูกส่งคืน: " in clerk.words(trusted.window.page.form)


def test_saving_what_came_back_sends_the_rest_of_its_entry_again_and_says_so(
    trusted: Office, clerk: Clerk, usb: Path, receipt: Callable[[Path], Path]
) -> None:
    def work(acting: acts.Acting) -> None:
        acting.put("fund_round", FOREIGN, {"code": "2569-1", "name": "รอบ"}, ())
        for person, _name in _people(trusted):
            found = acts.current(acting.connection, "person", person)
            assert found is not None
            acting.put("person", person, found.data | {"note": "ก"}, found.heads)

    acts.act(trusted.desk.store, work)
    trusted.window.take_file(receipt(exchange.export(trusted.desk.store, usb).path))
    trusted.rest()
    assert "4 รายการถูกส่งคืน" in told(trusted)
    outbox(trusted)
    clerk.press("Enter", "Down", "Enter")
    trusted.rest()

    clerk.press("Ctrl+S")
    trusted.rest()

    assert "อีก 2 รายการที่ถูกส่งคืนพร้อมกันจะส่งไปใหม่ด้วย" in clerk.words(trusted.window)
    assert "ถูกส่งคืน 1" in clerk.words(trusted.window)


def test_what_a_file_of_another_desk_may_not_bring_is_said(trusted: Office, tmp_path: Path) -> None:
    pen = Pen(office=trusted.desk.office)
    pen.person(1, "ก")
    pen.write("loan_decision", 2, {"outcome": "approved"})

    def vouch(connection: Connection) -> str:
        keep_desk_keys(connection, [EnrolledKey(pen.key.public, trusted.desk.office)])
        return own_recipient(connection)

    recipient = trusted.desk.store.write(vouch)
    for first, new in ((1, "1"), (2, "0")):
        trusted.window.take_file(pen.seal(tmp_path, first, recipient=recipient))
        trusted.rest()
        said = told(trusted)
        assert f"{new} รายการ" in said and "ไม่ได้รับ 1 รายการ" in said
        assert "มีอยู่ในเครื่องนี้แล้ว" not in said


def test_the_same_file_goes_out_again_and_its_cover_sheet_is_looked_at(
    trusted: Office, clerk: Clerk, usb: Path
) -> None:
    sealed = exchange.export(trusted.desk.store, usb)
    before = sealed.path.read_bytes()
    sealed.path.unlink()
    outbox(trusted)
    clerk.press("Ctrl+R")
    trusted.rest()
    assert "อ่านกลับมาเทียบแล้วตรงกันทุกไบต์" in told(trusted)
    assert sealed.path.read_bytes() == before

    clerk.press("Ctrl+P")
    trusted.rest()
    assert trusted.dialog(PaperPreview).windowTitle() == f"ใบนำส่ง {sealed.path.stem}"


def test_the_way_of_a_record_stands_beside_its_name_and_can_be_filtered(
    trusted: Office, clerk: Clerk, usb: Path, receipt: Callable[[Path], Path]
) -> None:
    clerk.press("Alt+3")
    trusted.rest()
    clerk.press("Down")
    trusted.rest()
    page = trusted.window.page
    assert "ยังไม่ได้ส่ง" in clerk.words(page.form)
    sealed = exchange.export(trusted.desk.store, usb)
    clerk.press("F5")
    trusted.rest()
    assert "ผนึกแล้วในไฟล์ 000001" in clerk.words(page.form)
    exchange.apply_receipt(trusted.desk.store, receipt(sealed.path))
    clerk.press("F5")
    trusted.rest()
    assert "ส่วนกลางได้รับแล้ว · ใบตอบรับที่ 1" in clerk.words(page.form)
    waiting = next(each for each in _chips(trusted) if each.text() == "รอส่ง")
    waiting.setFocus()
    clerk.press("Space")
    trusted.rest()
    assert trusted.rows() == []


def _chips(office: Office) -> list:
    from PySide6.QtWidgets import QPushButton

    return office.window.page.list.findChildren(QPushButton)


def test_a_file_dragged_onto_the_window_is_taken_in(
    trusted: Office, usb: Path, receipt: Callable[[Path], Path]
) -> None:
    path = receipt(exchange.export(trusted.desk.store, usb).path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    centre_of = QPointF(trusted.window.rect().center())
    entering = QDragEnterEvent(centre_of.toPoint(), copy, data, left, none)
    QApplication.sendEvent(trusted.window, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(trusted.window, QDropEvent(centre_of, copy, data, left, none))
    trusted.rest()
    assert "รับใบตอบรับที่ 1" in told(trusted)


def test_the_keys_of_the_centre_are_exchanged_and_a_bundle_is_no_answer(
    office: Office,
    clerk: Clerk,
    usb: Path,
    centre: Centre,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run_command(office, "คำขอกุญแจ")
    assert "โปรดส่งให้ส่วนกลาง" in told(office)
    answer = central.enrol(centre, next(usb.iterdir()), tmp_path)[1]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(answer), ""))
    clerk.press("Ctrl+O")
    office.rest()
    assert "ทางโทรศัพท์" in told(office)

    office.window.take_file(exchange.export(office.desk.store, usb).path)
    office.rest()
    assert "มีอยู่ในเครื่องนี้แล้ว" in told(office)


def test_the_age_of_the_last_file_is_a_caution_after_a_week(
    trusted: Office, clerk: Clerk, usb: Path
) -> None:
    exchange.export(trusted.desk.store, usb)
    trusted.desk.store.write(
        lambda connection: connection.exec_driver_sql(
            "UPDATE outbox SET made_at = '2025-01-01T00:00:00Z'"
        )
    )
    outbox(trusted)
    trusted.window._foot.count_waiting()
    trusted.rest()
    late = [
        label
        for label in trusted.window.statusBar().findChildren(QLabel)
        if "ส่งข้อมูลล่าสุด" in label.text()
    ]
    assert [label.property("tone") for label in late] == ["caution"]


@pytest.mark.parametrize("scale", [1, 1.5])
def test_every_line_of_a_file_is_seen_on_a_small_screen(
    trusted: Office, clerk: Clerk, usb: Path, scale: float
) -> None:
    exchange.export(trusted.desk.store, usb, full=True)
    counts = dict.fromkeys(records.types(), 1000)
    trusted.desk.store.write(
        lambda connection: connection.execute(table.update().values(counts=counts))
    )
    trusted.window.resize(round(1366 / scale), round(728 / scale))
    page = outbox(trusted)
    assert "ผู้ค้ำประกัน 1,000" in clerk.words(page.card)
    assert clerk.misses(page) == []


def test_the_foot_keeps_its_words_together_at_the_right(trusted: Office, usb: Path) -> None:
    exchange.export(trusted.desk.store, usb)
    trusted.window._foot.count_waiting()
    trusted.rest()
    bar = trusted.window.statusBar()
    shown = [each for each in bar.findChildren(QLabel) if each.isVisible() and each.text()]
    left = min(each.mapTo(bar, QPoint()).x() for each in shown)
    widths = sum(each.sizeHint().width() for each in shown)
    assert bar.width() - left < widths + 100


@pytest.mark.parametrize("scale", [1, 1.5])
def test_the_cover_sheet_is_looked_at_within_the_window(
    trusted: Office, clerk: Clerk, usb: Path, scale: float
) -> None:
    exchange.export(trusted.desk.store, usb)
    outbox(trusted)
    trusted.window.resize(round(1366 / scale), round(728 / scale))
    clerk.press("Ctrl+P")
    trusted.rest()
    preview = trusted.dialog(PaperPreview)
    assert preview.height() <= trusted.window.height()
    assert preview.width() <= trusted.window.width()
