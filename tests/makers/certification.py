"""Products of a group and their certification files, taken step by step."""

from collections.abc import Mapping
from typing import Any

from app.services.office.desk import Desk
from app.services.records import moves, records
from app.services.records.moves import Wanted
from app.services.records.records import Saved
from tests.makers.office import group

FIRST_GROUP = "กลุ่มเกษตรแปรรูปข้าวมาลี"


def product(desk: Desk, kind: str = "food", *, of: str = "", **changed: Any) -> str:
    draft = {"group": of or group(desk, FIRST_GROUP), "name": "ข้าวแต๋นน้ำแตงโม", "kind": kind}
    return records.save(desk.store, "product", draft | changed).id


def file_draft(product_id: str, scheme: str = "tcps", **changed: Any) -> dict[str, Any]:
    return {"product": product_id, "scheme": scheme} | changed


def begin(desk: Desk, product_id: str, scheme: str = "tcps", **changed: Any) -> str:
    return records.save(desk.store, "certification", file_draft(product_id, scheme, **changed)).id


def data_of(desk: Desk, file: str) -> dict[str, Any]:
    return records.get(desk.store, "certification", file).data


def answer(desk: Desk, file: str, **answers: str) -> None:
    """Answer items by their codes, or all of them by `all`."""
    opened = records.get(desk.store, "certification", file)
    every = answers.pop("all", "")
    given = {row["code"]: every for row in opened.data["items"] if every} | answers
    rows = [{"code": code, "answer": each} for code, each in given.items()]
    draft = opened.data | {"answers": rows}
    records.save(desk.store, "certification", draft, record_id=file, base=opened.heads)


def step(
    desk: Desk, file: str, name: str, *, reasons: Mapping[str, str] | None = None, **draft: Any
) -> Saved:
    heads = records.get(desk.store, "certification", file).heads
    wanted = Wanted(name, draft, reason="ตามเอกสาร", reasons=reasons or {})
    return moves.move(desk.store, "certification", file, wanted, base=heads)


def lodge(desk: Desk, file: str, on: str = "2024-01-10", **reasons: str) -> None:
    """Take a file to its inspection."""
    step(desk, file, "apply", submitted_on=on, reasons=reasons)
    step(desk, file, "appoint")
    step(desk, file, "inspect", inspected_on=on)


def certify(desk: Desk, file: str, issued_on: str = "2024-02-29", **numbers: str) -> Saved:
    """Take an inspected file of the community standard through its test to the certificate."""
    step(desk, file, "send_samples", sampled_on="2024-01-15", sample_count=2, lab="ห้องปฏิบัติการกลาง")
    step(desk, file, "result", result="passed", result_on="2024-02-10")
    typed = {"cert_no": "อท 12/2567", "standard_no": "มผช. 744/2562", "issued_on": issued_on}
    return step(desk, file, "certify", **(typed | numbers))


def certified(desk: Desk, product_id: str, issued_on: str = "2024-02-29") -> str:
    """Give a file that went the whole way."""
    file = begin(desk, product_id)
    answer(desk, file, all="present")
    lodge(desk, file)
    certify(desk, file, issued_on)
    return file
