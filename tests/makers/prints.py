"""What goes out on paper: a preview, the prints of it, and how the desk counts them."""

from app.services.office import print_diary
from app.services.office.desk import Desk
from app.services.printing import printing, prints
from app.services.printing.printing import Preview
from app.services.printing.prints import Outgoing

FORM = "member_list"


def look(desk: Desk, record: str, form: str = FORM) -> Preview:
    return printing.draw(desk.store, form, record)


def send(desk: Desk, *previews: Preview, copies: int = 1) -> Outgoing:
    return prints.request(desk.store, previews, copies=copies)


def numbers(desk: Desk, record: str) -> list[int]:
    return [each.copy for each in reversed(print_diary.of_record(desk.store, record))]


def states(desk: Desk, record: str) -> list[str]:
    return [each.state for each in reversed(print_diary.of_record(desk.store, record))]
