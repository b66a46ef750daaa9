"""A group moves from one office to another: the centre tells both, and each sees it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import main
from app.core.errors import Invalid, UserError
from app.services import central, exchange
from app.services.central import Centre
from app.services.office.desk import Desk
from app.services.records import records, search
from tests.makers.office import borrowing_group, said
from tests.makers.pens import introduce, new_centre, where


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    return new_centre(tmp_path)


def sent(desk: Desk, centre: Centre, folder: Path) -> str:
    introduce(desk, centre, folder)
    made = borrowing_group(desk, members=2)
    central.ingest(centre, exchange.export(desk.store, folder).path)
    return made


def test_both_offices_learn_of_a_transfer_by_their_receipts(
    new_desk: Callable[..., Desk], centre: Centre, tmp_path: Path
) -> None:
    giver, taker = new_desk("15", "giver"), new_desk("14", "taker")
    made = sent(giver, centre, tmp_path)
    introduce(taker, centre, tmp_path)

    facts = {"giver": "15", "taker": "14", "on": "2025-03-01", "letter_no": "รง 0301/12"}
    done = central.transfer(centre, made, **facts)
    again = central.transfer(centre, made, **facts)

    assert (done.new, again.new) == (True, False)
    for sealed in central.write_receipts(centre, tmp_path / "receipts"):
        desk = giver if sealed.envelope.office == "15" else taker
        exchange.apply_receipt(desk.store, sealed.path)
    for desk in (giver, taker):
        (row,) = search.page(desk.store, "transfer", search.rows(desk.store, "transfer"))
        assert row.data == done.data
    data = records.get(giver.store, "group", made).data
    assert "moved_away" in said(giver, "group", data, made)
    assert len(search.rows(taker.store, "group")) == 0
    assert [each.title for each in exchange.from_centre(giver.store).transfers] == [data["name"]]
    assert [each.title for each in exchange.from_centre(taker.store).transfers] == [""]


def test_a_transfer_that_cannot_be_is_refused(desk: Desk, centre: Centre, tmp_path: Path) -> None:
    made = sent(desk, centre, tmp_path)
    facts = {"giver": "15", "taker": "14", "on": "2025-03-01", "letter_no": ""}
    for changed, code in (
        ({"taker": "99"}, "unknown_office"),
        ({"taker": "15"}, "same_office"),
        ({"giver": "14", "taker": "15"}, "no_group"),
    ):
        with pytest.raises(UserError) as refused:
            central.transfer(centre, made, **(facts | changed))
        assert refused.value.code == code
    with pytest.raises(Invalid):
        central.transfer(centre, made, **(facts | {"on": ""}))


def test_the_command_writes_a_transfer(
    desk: Desk, centre: Centre, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = sent(desk, centre, tmp_path)
    options = ["--group", made, "--from", "15", "--to", "14", "--on", "1/3/2568"]

    code = main(
        ["central", "transfer", *where(centre), *options, "--letter", "รง 0301/12", "--json"]
    )

    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (code, told["new"], told["moved_on"]) == (0, True, "2025-03-01")
