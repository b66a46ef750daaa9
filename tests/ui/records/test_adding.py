"""A record that is not there yet is added from the field that wants it, and a word is never it."""

import pytest
from PySide6.QtWidgets import QDialog, QListWidget, QWidget

from app.core.fields import Field, Kind
from app.core.ids import new_id, short_id
from app.models.records.base import Writer, entities, fields_of
from app.services.records import records, search
from app.ui.fields.editors import make_editor
from app.ui.fields.record_edit import RecordEdit
from tests.makers.office import from_elsewhere
from tests.ui.clerk import Clerk
from tests.ui.office import Office, citizen

NOBODY = "สมหมาย ใจดี"


def kept(office: Office, type_: str) -> list[search.Row]:
    store = office.desk.store
    return search.page(store, type_, search.rows(store, type_))


def offered(dialog: QWidget) -> list[str]:
    """Read the list under the field; [] when none is showing."""
    return [
        lines.item(row).text()
        for lines in dialog.findChildren(QListWidget, "offerList")
        if lines.isVisible()
        for row in range(lines.count())
    ]


def scrolls(dialog: QWidget) -> bool:
    """Tell whether the clerk has to scroll the list under the field to see all of it."""
    (lines,) = [each for each in dialog.findChildren(QListWidget) if each.isVisible()]
    return lines.verticalScrollBar().maximum() > 0


@pytest.fixture
def member(office: Office, clerk: Clerk) -> QDialog:
    """The dialog of a new member of the group."""
    clerk.press("Down", "Enter")
    office.rest()
    office.window.page._related[0].add()
    office.rest()
    return office.dialog()


def test_a_name_that_nobody_has_is_an_error_and_stays_to_be_put_right(
    office: Office, clerk: Clerk, member: QDialog
) -> None:
    clerk.type(NOBODY)
    office.rest()
    clerk.press("Enter")
    clerk.type("6")  # the role
    assert "บุคคล: โปรดเลือกจากรายการ หรือเพิ่มรายการใหม่" in clerk.words(member)

    clerk.press("Ctrl+S")
    office.rest()

    assert "บุคคล: โปรดเลือกจากรายการ หรือเพิ่มรายการใหม่" in clerk.words(member)
    assert clerk.where() == "person" and clerk.reads(member, "person") == NOBODY
    assert kept(office, "membership") == []
    clerk.press("Esc", "Tab", "Enter")


def test_a_person_is_added_from_the_field_and_stands_in_it(
    office: Office, clerk: Clerk, member: QDialog
) -> None:
    clerk.type(NOBODY)
    office.rest()
    assert offered(member) == [f"+ เพิ่มบุคคล “{NOBODY}”"]
    clerk.press("Down", "Enter")
    office.rest()

    person = office.dialog()
    assert person is not member and person.windowTitle() == "บุคคล"
    assert clerk.reads(person, "first_th") == "สมหมาย" and clerk.reads(person, "last_th") == "ใจดี"
    clerk.type(citizen(77))
    for name, typed in (("birth_date", "15/3/2520"), ("nationality", "ไทย")):
        person.form.go_to(name)  # type: ignore[attr-defined]
        clerk.type(typed)
    clerk.press("Ctrl+S")
    office.rest()

    assert office.dialog() is member and clerk.where() == "person"
    assert clerk.reads(member, "person") == NOBODY
    clerk.press("Enter")
    clerk.type("6")
    clerk.press("Ctrl+S")
    office.rest()
    (made,) = [row for row in kept(office, "person") if row.data["first_th"] == "สมหมาย"]
    assert [row.data["person"] for row in kept(office, "membership")] == [made.id]
    clerk.press("Alt+3")
    office.rest()
    assert "สมหมาย" in office.rows()


def test_what_is_half_typed_is_there_again_when_the_new_record_is_given_up(
    office: Office, clerk: Clerk, member: QDialog
) -> None:
    clerk.press("Enter")
    clerk.type("6")
    clerk.press("Shift+Enter")
    clerk.type(NOBODY)
    office.rest()
    clerk.press("Down", "Enter")
    office.rest()
    clerk.press("Esc")
    office.rest()

    assert office.dialog() is member and clerk.where() == "person"
    assert clerk.reads(member, "person") == NOBODY
    assert "สมาชิก" in clerk.reads(member, "role")
    assert len(kept(office, "person")) == 3
    clerk.press("Enter")
    office.rest()
    assert "หรือเพิ่มรายการใหม่" in clerk.words(member)
    clerk.press("Esc", "Tab", "Enter")


def test_the_row_that_adds_is_the_last_and_is_never_taken_by_the_way(
    office: Office, clerk: Clerk, member: QDialog
) -> None:
    clerk.type("อรทัย")
    office.rest()
    found, last = offered(member)
    assert "อรทัย" in found and last == "+ เพิ่มบุคคล “อรทัย”"
    assert not scrolls(member)
    clerk.press("Enter")
    office.rest()
    assert office.dialog() is member and clerk.reads(member, "person") == "นายอรทัย คำแสน"

    clerk.press("Shift+Enter", "F4")
    office.rest()
    assert offered(member) == ["+ เพิ่มบุคคล"]
    clerk.press("Del")
    office.rest()
    assert offered(member) == [] and clerk.reads(member, "person") == ""
    clerk.press("Esc", "Tab", "Enter")


def test_ctrl_enter_too_comes_back_with_the_new_record(office: Office, clerk: Clerk) -> None:
    clerk.press("Alt+P")
    office.rest()
    clerk.press("Ctrl+N")
    clerk.type("กลุ่มข้าวมาลี")
    office.rest()
    clerk.press("Down", "Enter")
    office.rest()
    group = office.dialog()
    assert clerk.reads(group, "name") == "กลุ่มข้าวมาลี"
    group.form.go_to("occupation_type")  # type: ignore[attr-defined]
    clerk.type("1")
    group.form.go_to("address.subdistrict")  # type: ignore[attr-defined]
    clerk.type("150101")
    office.rest()
    clerk.press("Enter", "Ctrl+Enter")
    office.rest()

    assert not [each for each in office.window.findChildren(QDialog) if each.isVisible()]
    assert clerk.reads(office.window.page, "group") == "กลุ่มข้าวมาลี"
    assert {row.data["name"] for row in kept(office, "group")} > {"กลุ่มข้าวมาลี"}
    office.window.page.form.mark_saved()


def test_every_record_that_a_clerk_may_write_can_be_added_where_it_is_named(
    office: Office, clerk: Clerk
) -> None:
    around = office.window._around
    named = {
        field.target
        for entity in entities().values()
        for each in fields_of(entity)
        for field in (each, *each.rows)
        if field.kind is Kind.RECORD
    }

    assert named <= around.adds.keys()
    for type_ in around.adds:
        assert entities()[type_].writer is Writer.OFFICE and not entities()[type_].head_only
    for target in sorted(named):
        editor = make_editor(Field("it", "It", Kind.RECORD, target=target), around)
        assert isinstance(editor, RecordEdit)
        editor.setParent(office.window)
        editor.setGeometry(200, 200, 300, 30)
        editor.show()
        editor.setFocus()
        clerk.press("F4")
        office.rest()
        assert offered(office.window) == [f"+ เพิ่ม{records.label(target)}"]
        clerk.press("Down", "Enter")
        office.rest()
        assert office.dialog().windowTitle() == records.label(target)
        clerk.press("Esc")
        office.rest()
        assert clerk.at() is editor
        editor.deleteLater()


@pytest.mark.parametrize("is_word", [True, False])
def test_what_names_nobody_here_is_shown_in_the_list_and_in_the_form(
    office: Office, clerk: Clerk, is_word: bool
) -> None:
    (group,) = [row.id for row in kept(office, "group")]
    person = "สมชาย" if is_word else new_id()
    shown = person if is_word else f"ไม่อยู่ในเครื่องนี้ (เลข {short_id(person)})"
    line = {"group": group, "person": person, "role": "member"}
    from_elsewhere(office.desk, "membership", line)
    clerk.press("Down", "Enter")
    office.rest()
    members = office.window.page._related[0]._list
    assert members.model().index(0, 0).data() == shown

    members.setFocus()
    clerk.press("Down", "Enter")
    office.rest()

    member = office.dialog()
    assert clerk.reads(member, "person") == shown
    error = "บุคคล: โปรดเลือกจากรายการ หรือเพิ่มรายการใหม่"
    assert (error in clerk.words(member)) == is_word
    clerk.press("Ctrl+S")
    office.rest()
    kind = error if is_word else "ไม่พบระเบียนนี้ในเครื่องนี้ หรือถูกยกเลิกการใช้แล้ว"
    assert kind in clerk.words(member)
    clerk.press("Esc")
