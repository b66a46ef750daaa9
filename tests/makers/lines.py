"""The lines of the journal, and what a stranger does to them."""

from app.services.office.desk import Desk
from app.services.records import history


def last_act(desk: Desk, type_: str, record_id: str) -> str:
    return history.history(desk.store, type_, record_id)[0].act


def tamper(desk: Desk, *statements: str) -> None:
    """Change the file as someone with the key and bad intent would."""
    plain = desk.store.main.connect()
    for name in (
        "journal_line_stays",
        "journal_line_kept",
        "journal_body_stays",
        "journal_body_kept",
        "journal_person_update",
    ):
        plain.execute(f"DROP TRIGGER {name}")
    plain.execute("PRAGMA foreign_keys=OFF")
    for statement in statements:
        plain.execute(statement)
    plain.close()
