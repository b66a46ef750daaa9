"""Two desks and a centre on a bad week: the sticks come in any order, some twice, some never."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.office import backup
from app.models.records.base import table_of
from app.services import central, exchange
from app.services.central import Centre
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records import records
from app.services.records.verify import state_digest, verify
from app.services.safekeeping import rebuilding, restoring
from app.sync.bundle import Sealed
from tests.makers.office import change, person
from tests.makers.pens import introduce, new_centre
from tests.services.conftest import PASSWORD, WEAK
from tests.sync import checker


class Week:
    """An office of two desks, its centre, and everything that was sealed."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.centre: Centre = new_centre(folder, url)
        self.first, recovery = desks.create(
            folder / "first", office="15", user="กานดา", password=PASSWORD, cost=WEAK
        )
        introduce(self.first, self.centre, folder)
        self.shared = person(self.first)
        whole = exchange.export(self.first.store, self.mail("whole"), full=True)
        self.second, _fingerprint = rebuilding.join(
            folder / "second",
            whole.path,
            recovery=recovery,
            user="อรทัย",
            password=PASSWORD,
            cost=WEAK,
        )
        introduce(self.second, self.centre, folder)

    def mail(self, name: str) -> Path:
        (self.folder / name).mkdir(exist_ok=True)
        return self.folder / name

    def seal(self, desk: Desk, name: str) -> Sealed:
        mail = self.mail(name)
        sealed = exchange.export(desk.store, mail)
        for request in mail.glob("*-key-request.txt"):
            central.enrol(self.centre, request, mail)
        return sealed

    def meet(self) -> None:
        """Let both desks send what is left, and read what the centre has."""
        for name, desk in (("first", self.first), ("second", self.second)):
            if exchange.waiting(desk.store):
                central.ingest(self.centre, self.seal(desk, f"end-{name}").path)
        for desk in (self.first, self.second):
            for receipt in central.write_receipts(self.centre, self.mail("receipts")):
                exchange.apply_receipt(desk.store, receipt.path)
            whole = central.export_office(self.centre, "15", self.mail("whole"))
            exchange.import_bundle(desk.store, whole.path)

    def close(self) -> None:
        self.first.close()
        self.second.close()
        self.centre.engine.dispose()


@pytest.fixture
def week(tmp_path: Path, centre_url: str) -> Iterator[Week]:
    made = Week(tmp_path, centre_url)
    yield made
    made.close()


def ids(desk: Desk) -> set[str]:
    with desk.store.read() as connection:
        return set(
            connection.scalars(
                table_of("person").select().with_only_columns(table_of("person").c.id)
            )
        )


def test_ten_bundles_shuffled_three_lost_two_repeated_one_desk_restored(week: Week) -> None:
    entered = {week.shared}
    sealed = []
    for day in range(5):
        for number, desk in enumerate((week.first, week.second)):
            entered.add(person(desk, 10 + day * 2 + number))
            change(desk, "person", week.shared, note=f"เครื่อง {number + 1} วันที่ {day + 1}")
            sealed.append(week.seal(desk, f"day-{day}-{number}"))
        if day == 1:
            kept = backup.write(week.second.store.main, week.folder / "backups")
    assert len({each.content_id for each in sealed}) == 10
    week.second.close()
    week.second = restoring.restore(week.folder / "second", kept, user="อรทัย", password=PASSWORD)

    luck = random.Random(20250310)
    by_luck = luck.sample(sealed[:-2], 5) + sealed[-2:]  # three of the others are lost
    arriving = [*by_luck, *luck.sample(by_luck, 2)]
    luck.shuffle(arriving)
    statuses = [central.ingest(week.centre, each.path).status for each in arriving]
    assert statuses.count("duplicate") == 2 and "quarantined" not in statuses
    week.meet()
    week.meet()

    lines = checker.lines_of_centre(week.centre, "15")
    digest = checker.state_digest(lines)
    assert central.status(week.centre, office="15").state_digest == digest
    assert {state_digest(desk.store) for desk in (week.first, week.second)} == {digest}
    assert ids(week.first) == ids(week.second) == entered
    disputed = checker.disputed(lines)
    assert disputed == {("person", week.shared)}
    assert central.status(week.centre, office="15").conflicts == 1
    for desk in (week.first, week.second):
        assert verify(desk.store).ok
        assert len(records.get(desk.store, "person", week.shared).heads) == 2
        assert exchange.lost(desk.store) == exchange.waiting(desk.store) == 0
