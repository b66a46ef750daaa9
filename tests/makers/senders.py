"""Another desk of the office, in a hostile hand: its key is known here, and it seals anything."""

from pathlib import Path

from app.models.office.store import setting
from app.services.exchange.introduction import keep_desk_keys
from app.services.office.desk import Desk
from app.sync import keys
from app.sync.keys import EnrolledKey
from tests.makers.pens import Pen


def befriend(desk: Desk, pen: Pen) -> Pen:
    """Let a desk believe what another one of its office signs; give that one."""
    key = EnrolledKey(pen.key.public, pen.office)
    desk.store.write(lambda connection: keep_desk_keys(connection, [key]))
    return pen


def seal_for(desk: Desk, pen: Pen, folder: Path, first: int = 1, last: int | None = None) -> Path:
    """Seal lines so that a desk can read them."""
    with desk.store.read() as connection:
        identity = setting(connection, "age_identity")
    return pen.seal(folder, first, last, recipient=keys.recipient_of(identity))
