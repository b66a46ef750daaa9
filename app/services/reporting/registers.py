# ruff: noqa: S608 (the fragments are ours; what is asked for comes as parameters)
"""R2, R4, R5: registers of groups with their six tracks, of certificates, of debtors."""

from sqlalchemy import text

from app.services.certification import templates
from app.services.figures import debts
from app.services.figures.counting import within
from app.services.reporting.report import Asked, Part, borrowers, day, label, place, report

_TRACKS = ("training", "product", "standard", "mark", "capital", "market")
# shorter than the labels of the form: six columns stand beside each other
_AT_A_GLANCE = {"not_started": "ยัง", "doing": "กำลัง", "done": "แล้ว", "not_applicable": "ไม่มี"}


@report("groups", "R2", "รายชื่อกลุ่มและสถานะ 6 ด้าน")
def groups(asked: Asked) -> tuple[Part, ...]:
    """List every group that applied by the last day, by subdistrict and name."""
    statement = (
        "SELECT t.*, json_extract(t.address, '$.subdistrict') AS place FROM \"group\" t "
        "WHERE t.void_reason IS NULL AND coalesce(t.registered_on, '') <= :until"
        + within("group", asked.scope)
        + " ORDER BY place, t.sort_key"
    )
    found = asked.view.connection.execute(text(statement), asked.scope.parameters).mappings()
    rows = tuple(
        (
            number,
            row["name"] or "",
            place(row["place"]),
            label("group", "status", row["status"]),
            *(_AT_A_GLANCE.get(row[f"track_{each}"], "") for each in _TRACKS),
        )
        for number, row in enumerate(found, 1)
    )
    return (Part("groups", rows),)


@report("certificates", "R4", "ทะเบียนการรับรอง")
def certificates(asked: Asked) -> tuple[Part, ...]:
    """List every certification file that was begun by the last day, by file number."""
    statement = (
        "SELECT t.*, p.name AS product_name, g.name AS group_name FROM certification t "
        'LEFT JOIN product p ON p.id = t.product LEFT JOIN "group" g ON g.id = p."group" '
        "WHERE t.void_reason IS NULL AND coalesce(t.submitted_on, '') <= :until"
        + within("certification", asked.scope)
        + " ORDER BY t.file_no"
    )
    found = asked.view.connection.execute(text(statement), asked.scope.parameters).mappings()
    rows = tuple(
        (
            number,
            " · ".join(filter(None, (row["product_name"], row["group_name"]))),
            templates.name_of(row["scheme"] or ""),
            row["file_no"] or "",
            label("certification", "status", row["status"]),
            row["cert_no"] or "",
            day(row["issued_on"]),
            day(row["expires_on"]),
        )
        for number, row in enumerate(found, 1)
    )
    return (Part("certificates", rows),)


@report("debtors", "R5", "ทะเบียนลูกหนี้และค้างชำระ")
def debtors(asked: Asked) -> tuple[Part, ...]:
    """List who still owes on the day of the figures, and what is overdue."""
    found = [each for each in debts(asked.view.connection, asked.scope) if each.account.owed > 0]
    names = borrowers(asked.view, [(each.group, each.person) for each in found])
    rows = tuple(
        (
            number,
            each.file_no,
            names.get(each.group or each.person, ""),
            each.account.lent,
            each.due,
            each.paid,
            each.account.overdue,
            each.account.days_late,
        )
        for number, each in enumerate(found, 1)
    )
    columns = [[row[place] for row in rows] for place in range(3, 7)]
    totals = [sum(int(cell) for cell in column) for column in columns]
    return (Part("debtors", rows, (None, "", "รวม", *totals, None)),)
