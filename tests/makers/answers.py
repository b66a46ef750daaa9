"""The voice of the centre: what it says to a desk, sealed as a centre seals it."""

from pathlib import Path
from typing import Any

import pytest

from app.models.office.store import origin, setting
from app.services import central, exchange
from app.services.central import Centre
from app.services.exchange import acknowledged_through
from app.services.office.desk import Desk
from app.services.records import acts
from app.services.records.acts import Acting
from app.services.records.verify import state_digest
from app.sync import keys
from app.sync.bundle import Refused
from app.sync.receipt import Receipt, write_receipt
from devtools.pen import uuid


def answer(desk: Desk, centre: Centre, folder: Path) -> int:
    (receipt,) = central.write_receipts(centre, folder)
    return exchange.apply_receipt(desk.store, receipt.path).number


def write_what_only_the_centre_may(desk: Desk) -> str:
    """Write a line whose form the centre returns, together with a person, in one act."""

    def work(acting: Acting) -> str:
        acting.put("fund_round", uuid(1), {"code": "2569-1", "name": "รอบ"}, ())
        acting.put("person", uuid(2), {"first_th": "เกษม", "last_th": "คำแสน"}, ())
        return uuid(2)

    return acts.act(desk.store, work)


class Voice:
    """The centre's own key, with which it may say anything at all to a desk."""

    def __init__(self, desk: Desk, centre: Centre, folder: Path) -> None:
        from app.models.central import tables

        self.desk, self.folder = desk, folder
        with tables.reading(centre.engine) as connection:
            self.sender = centre.sender(connection)
        with desk.store.read() as connection:
            self.recipient = keys.recipient_of(setting(connection, "age_identity"))
            self.own = origin(connection)

    def say(self, lines: list[tuple[str, bytes]] = [], **facts: Any) -> Path:  # noqa: B006
        receipt = Receipt(**{"office": "15", "number": 1, "at": "2025-10-01T02:03:04Z"} | facts)
        folder = self.folder / f"receipt-{len(list(self.folder.iterdir()))}"
        folder.mkdir()
        return write_receipt(
            folder, receipt, lines, centre=self.sender, recipients=(self.recipient,)
        ).path

    def refusal(self, path: Path) -> str:
        """Give the code with which the desk refuses a receipt; nothing of it may stay."""
        before = state_digest(self.desk.store), exchange.sent(self.desk.store)
        with pytest.raises(Refused) as refused:
            exchange.apply_receipt(self.desk.store, path)
        assert refused.value.sentence
        assert (state_digest(self.desk.store), exchange.sent(self.desk.store)) == before
        with self.desk.store.read() as connection:
            assert acknowledged_through(connection) == 0
        return refused.value.code
