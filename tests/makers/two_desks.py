"""Two desks of one office that hear of one another by sticks."""

from pathlib import Path

from app.services import exchange
from app.services.exchange import Taken
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records.verify import state_digest, verify
from app.services.safekeeping import rebuilding
from tests.makers.office import person
from tests.makers.pens import introduce, new_centre
from tests.services.conftest import PASSWORD, WEAK


class Two:
    """The first desk of an office, and a second that joined by its sheet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.centre = new_centre(folder)
        self.first, self.recovery = desks.create(
            folder / "first", office="15", user="กานดา", password=PASSWORD, cost=WEAK
        )
        introduce(self.first, self.centre, folder)
        self.person = person(self.first)
        self.whole = exchange.export(self.first.store, folder, full=True).path
        self.second, self.fingerprint = self.join("second")
        self.greet()

    def join(self, name: str, **changes: object) -> tuple[Desk, str]:
        options = {"recovery": self.recovery, "user": "อรทัย", "password": PASSWORD}
        return rebuilding.join(self.folder / name, self.whole, **(options | changes), cost=WEAK)

    def greet(self) -> None:
        """Let the first desk know the second, whose fingerprint was compared on the screens."""
        exchange.apply_trust(self.first.store, exchange.request_key(self.second.store, self.folder))

    def give(self, giver: Desk, taker: Desk, *, full: bool = False) -> Taken:
        sealed = exchange.export(giver.store, self.folder / "stick", full=full)
        return exchange.import_bundle(taker.store, sealed.path)

    def agree(self) -> bool:
        digests = {state_digest(each.store) for each in (self.first, self.second)}
        return len(digests) == 1 and all(
            verify(each.store).ok for each in (self.first, self.second)
        )
