"""An office whose computer is lost, and what is left of it."""

from pathlib import Path
from typing import Any

import pytest

from app.core.errors import UserError
from app.models.office.store import origin, setting
from app.services import central, exchange
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records import records
from app.services.records.verify import state_digest
from app.services.safekeeping import rebuilding
from tests.makers.lists import GROUP
from tests.makers.pens import introduce, new_centre
from tests.makers.people import enter
from tests.services.conftest import PASSWORD, WEAK


class Lost:
    """An office whose PC is gone: the centre, its file, and the sheet in the safe."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.opened: list[Desk] = []
        self.centre = new_centre(folder)
        desk, self.recovery = desks.create(
            folder / "lost", office="15", user="กานดา", password=PASSWORD, cost=WEAK
        )
        introduce(desk, self.centre, folder)
        self.person = enter(desk)
        opened = records.get(desk.store, "person", self.person)
        changed = opened.data | {"phone": "0811111111", "nickname_of_tomorrow": "ชาย"}
        records.save(desk.store, "person", changed, record_id=self.person, base=opened.heads)
        self.group = self.number(desk)
        central.ingest(self.centre, exchange.export(desk.store, folder).path)
        self.digest = state_digest(desk.store)
        with desk.store.read() as connection:
            self.origin = origin(connection)
            self.seed = setting(connection, "signing_key")
        desk.close()
        self.file = central.export_office(self.centre, "15", folder / "full").path

    def number(self, desk: Desk) -> str:
        """Enter a group and give the number it got."""
        problems = records.check(desk.store, "group", GROUP)
        reasons = {problem.code: "ข้อมูลตัวอย่าง" for problem in problems}
        saved = records.save(desk.store, "group", GROUP, reasons=reasons)
        return str(records.get(desk.store, "group", saved.id).data["group_no"])

    def rebuild(self, **changes: Any) -> Desk:
        options = {
            "path": self.file,
            "recovery": self.recovery,
            "user": "กานดา",
            "password": PASSWORD,
            "cost": WEAK,
        }
        made = rebuilding.rebuild(self.folder / "new", **options | changes)
        self.opened.append(made)
        return made

    def refusal(self, **changes: Any) -> str:
        """Give the code with which a rebuild is refused; nothing may be left of it."""
        with pytest.raises(UserError) as refused:
            self.rebuild(**changes)
        assert refused.value.sentence
        assert not list(self.folder.glob("new*"))
        return refused.value.code
