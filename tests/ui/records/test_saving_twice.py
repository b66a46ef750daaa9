"""The save key pressed again while a save is under way: one record, written once."""

from threading import Event

from app.services.records import history, search
from tests.ui.clerk import Clerk
from tests.ui.office import Office


def test_a_new_record_that_is_saved_twice_at_once_is_one_record_of_one_line(
    office: Office, clerk: Clerk
) -> None:
    store = office.desk.store
    office.window.bring("budget_source")
    office.rest()
    clerk.press("Ctrl+N")
    form = office.window.page.form
    for name, typed in (
        ("name", "งบที่บันทึกสองครั้ง"),
        ("agency", "กรมการจัดหางาน"),
        ("fiscal_year", "2568"),
        ("amount", "5000"),
    ):
        form.go_to(name)
        clerk.type(typed)
    gate = Event()  # something long is under way, so the first save waits when the next key comes
    office.program._jobs.run(office.window, lambda _job: gate.wait(60), lambda _done: None)

    clerk.press("Ctrl+S", "Ctrl+S", "Ctrl+S")
    gate.set()
    office.rest()

    (kept,) = search.page(store, "budget_source", search.rows(store, "budget_source"))
    assert len(history.history(store, "budget_source", kept.id)) == 1
