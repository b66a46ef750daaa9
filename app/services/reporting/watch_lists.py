# ruff: noqa: S608 (the fragments are ours; what is asked for comes as parameters)
"""R6, R7, R9: what stands in the way, what is due within 30 days, what is not complete."""

from datetime import date

from sqlalchemy import text

from app.core import json_text, thai
from app.core.i18n import _
from app.models.people.person import Person
from app.reports.periodic import Cell
from app.services.figures.counting import narrowed, parameters, within
from app.services.figures.overview import deadlines_of
from app.services.figures.questions import QUESTIONS, SLOW, Question
from app.services.reporting.progress import obstacle_rows
from app.services.reporting.report import Asked, Part, day, label, report

_LACKING = (
    ("birth_date", "วันเกิด"), ("sex", "เพศ"), ("address", "ที่อยู่"), ("phone", "โทรศัพท์"),
)  # fmt: skip
_LACKING_OF_GROUP = (
    ("phone", "โทรศัพท์"), ("capital", "ทุน"), ("founded_on", "วันก่อตั้ง"), ("leader", "ผู้นำกลุ่ม"),
)  # fmt: skip


@report("obstacles", "R6", "ปัญหา อุปสรรค ข้อเสนอแนะ")
def obstacles(asked: Asked) -> tuple[Part, ...]:
    """Count the obstacles that visits of the period met, and list what the visitors advise."""
    statement = (
        "SELECT t.visited_on, t.obstacles, t.needs, t.next_step, "
        "coalesce(g.name, l.file_no) AS whose "
        'FROM field_visit t LEFT JOIN "group" g ON g.id = t."group" '
        "LEFT JOIN loan_file l ON l.id = t.loan_file "
        "WHERE t.void_reason IS NULL AND t.visited_on BETWEEN :since AND :until "
        "AND t.obstacles NOT LIKE '%\"none\"%'"
        + within("field_visit", asked.scope)
        + " ORDER BY t.visited_on"
    )
    found = asked.view.connection.execute(text(statement), asked.scope.parameters).mappings()
    advice = tuple(
        (
            day(row["visited_on"]),
            row["whose"] or "",
            label("field_visit", "obstacles", json_text.kept(row["obstacles"])),
            row["needs"] or "",
            row["next_step"] or "",
        )
        for row in found
    )
    return (Part("obstacles", obstacle_rows(asked)), Part("advice", advice))


@report("due", "R7", "งานครบกำหนด 30 วัน")
def due(asked: Asked) -> tuple[Part, ...]:
    """List what falls due within 30 days of the day of the figures, the nearest first."""
    rows: list[tuple[str, str, str]] = [
        (each.on.isoformat(), each.text, "") for each in deadlines_of(asked.view) if each.days <= 30
    ]
    for statement, what in (
        (
            "SELECT t.due_on AS day, coalesce(g.name, l.file_no, '') AS whose FROM field_visit t "
            'LEFT JOIN "group" g ON g.id = t."group" LEFT JOIN loan_file l ON l.id = t.loan_file '
            "WHERE " + narrowed(QUESTIONS["visits_due"], asked.scope),
            _("Next step of a visit"),
        ),
        (
            "SELECT t.expires_on AS day, coalesce(t.cert_no, t.file_no, '') AS whose "
            "FROM certification t WHERE t.expires_on <= :month AND "
            + narrowed(QUESTIONS["expiring"], asked.scope),
            _("Certificate expires"),
        ),
        (
            "SELECT json_extract(i.value, '$.due_on') AS day, t.file_no AS whose "
            "FROM loan_file t, json_each(t.schedule) i WHERE t.void_reason IS NULL "
            "AND t.status = 'disbursed' AND json_extract(i.value, '$.due_on') "
            "BETWEEN :as_of AND :month" + within("loan_file", asked.scope),
            _("Instalment falls due"),
        ),
    ):
        found = asked.view.connection.execute(text(statement), asked.scope.parameters)
        rows += [(row.day, what, row.whose or "") for row in found]
    today = asked.scope.as_of
    return (
        Part(
            "due",
            tuple(
                (day(on), _days_until(on, today), what, whose) for on, what, whose in sorted(rows)
            ),
        ),
    )


def _days_until(on: str, today: date) -> int | str:
    try:
        return (date.fromisoformat(on) - today).days
    except ValueError:  # a day that is none, stored before the gate asked for one
        return ""


@report("incomplete", "R9", "ข้อมูลไม่สมบูรณ์")
def incomplete(asked: Asked) -> tuple[Part, ...]:
    """List the people and groups whose data lacks something, and what; ids are masked."""
    people = tuple(
        (
            number,
            Person.title({key: value for key, value in row.items() if value}),
            thai.mask_citizen_id(str(row["id_no"] or "")),
            _lacks(row, _LACKING),
        )
        for number, row in enumerate(_found(asked, SLOW["people_incomplete"]), 1)
    )
    groups = tuple(
        (number, row["name"] or "", row["group_no"] or "", _lacks(row, _LACKING_OF_GROUP))
        for number, row in enumerate(_found(asked, QUESTIONS["groups_incomplete"]), 1)
    )
    return (Part("people", people), Part("incomplete_groups", groups))


def _found(asked: Asked, question: Question) -> list[dict[str, Cell]]:
    statement = (
        f'SELECT t.* FROM "{question.type}" t '
        f"WHERE {narrowed(question, asked.scope)} ORDER BY t.sort_key"
    )
    connection = asked.view.connection
    given = parameters(connection, asked.scope, question.type)
    return [dict(row) for row in connection.execute(text(statement), given).mappings()]


def _lacks(row: dict[str, Cell], wanted: tuple[tuple[str, str], ...]) -> str:
    """Name the missing fields; a group with every field filled is listed for want of a leader."""
    lacking = [words for name, words in wanted if name in row and row[name] is None]
    if row.get("no_phone"):
        lacking = [words for words in lacking if words != "โทรศัพท์"]
    return ", ".join(lacking) or wanted[-1][1]
