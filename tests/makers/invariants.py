"""What must hold of every office, however large: asserted over invented provinces of any size."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import orjson
from sqlalchemy import text

from app.core import programme, thai
from app.core.line import Data
from app.core.states import machines
from app.services.office.desk import Desk
from app.services.records.record_view import View

Records = dict[str, Data]


def broken(desk: Desk, until: date) -> list[str]:
    """Name what does not hold; nothing of it may lie after the last day."""
    with desk.store.read() as connection:
        view = View(connection, desk.office)
        found = [
            *_people(view),
            *_leaders(view),
            *_members(view),
            *_loans(view, until.isoformat()),
            *_classes(view),
            *_certificates(view, until.isoformat()),
        ]
    return [*found, *_pasts(desk)]


def states_seen(desk: Desk) -> dict[str, set[str]]:
    """Give every status that some record has or had, by type."""
    seen: dict[str, set[str]] = defaultdict(set)
    for type_, _id, statuses in _statuses(desk):
        seen[type_] |= set(statuses)
    return dict(seen)


def reachable(type_: str) -> set[str]:
    """Give the states that the moves of a machine lead to."""
    machine = machines()[type_]
    return {machine.first, *(move.to for move in machine.moves)}


def _all(view: View, type_: str) -> Records:
    return dict(view.where(type_))


def _people(view: View) -> Iterator[str]:
    numbers = Counter(data["id_no"] for data in _all(view, "person").values())
    for number, times in numbers.items():
        if times > 1 or not number.startswith("9") or not thai.citizen_id_is_valid(number):
            yield f"id number {number[:4]}"


def _leaders(view: View) -> Iterator[str]:
    led = Counter(
        data["group"]
        for data in _all(view, "membership").values()
        if data["role"] == "leader" and "left_on" not in data
    )
    yield from (
        f"leaders of {group}: {led[group]}" for group in _all(view, "group") if led[group] != 1
    )
    numbers = [data["group_no"] for data in _all(view, "group").values()]
    yield from _gaps("group number", numbers)


def _members(view: View) -> Iterator[str]:
    people = _all(view, "person")
    active = [d for d in _all(view, "membership").values() if "left_on" not in d]
    for person, times in Counter(data["person"] for data in active).items():
        if times > 1:
            yield f"member of {times} groups: {person}"
        if people[person].get("life_status") == "dead":
            yield f"dead member {person}"


def _loans(view: View, until: str) -> Iterator[str]:
    decided = {d["loan_file"]: d for d in _all(view, "decision_letter").values()}
    paid: dict[str, list[Data]] = defaultdict(list)
    for payment in _all(view, "payment").values():
        paid[payment["loan_file"]].append(payment)
    files = _all(view, "loan_file")
    for loan, data in files.items():
        yield from (
            f"{what}: {loan}" for what in _loan(data, decided.get(loan, {}), paid[loan], until)
        )
    yield from _gaps("file number", [data["file_no"] for data in files.values()])
    with_voided = view.connection.execute(text("SELECT receipt_no FROM payment")).scalars()
    yield from _gaps("receipt", list(with_voided))


def _loan(data: Data, decision: Data, paid: list[Data], until: str) -> Iterator[str]:
    asked = data["amount_requested"]
    if sum(line["quantity"] * line["unit_price"] for line in data["purpose_lines"]) != asked:
        yield "purpose lines"
    amount = decision.get("amount", asked) if "contract_on" in data else asked
    yield from _schedule(data.get("schedule", []), amount) if "schedule" in data else ()
    owed = sum(row["principal"] + row["interest"] for row in data.get("schedule", []))
    total = sum(payment["amount"] for payment in paid)
    if total > owed:
        yield "more paid than owed"
    if (data["status"] == "closed") != (total == owed > 0):
        yield "closed and paid"
    last = programme.rounds()[-1].closes_on.isoformat()
    if data.get("docs_complete_on", "") > last:
        yield "documents after the last day of the round"
    yield from _in_order(
        [
            data.get("submitted_on"),
            data.get("docs_complete_on"),
            decision.get("decided_on"),
            data.get("contract_on"),
            data.get("disbursed_on"),
        ],
        until,
    )
    if "contract_on" in data and data["contract_on"] > decision["contract_by"]:
        yield "contract after its last day"
    if any(not data["disbursed_on"] <= payment["paid_on"] <= until for payment in paid):
        yield "day of a payment"


def _schedule(rows: list[Data], amount: int) -> Iterator[str]:
    if [row["number"] for row in rows] != list(range(1, len(rows) + 1)):
        yield "gap in the instalments"
    if sum(row["principal"] for row in rows) != amount or rows[-1]["balance"] != 0:
        yield "sum of the instalments"
    if any(one.get("due_on", "") >= other.get("due_on", "~") for one, other in pairwise(rows)):
        yield "days of the instalments"


def _classes(view: View) -> Iterator[str]:
    seated: Counter[str] = Counter()
    classes = _all(view, "training_class")
    certificates: Counter[str] = Counter()
    for trainee, data in _all(view, "enrolment").items():
        of_class = classes[data["training_class"]]
        seated[data["training_class"]] += data["status"] in _SEATED
        certificates[data.get("certificate_no", "")] += 1
        yield from (f"{what}: {trainee}" for what in _trainee(data, of_class))
    yield from (f"seats of {each}" for each, n in seated.items() if n > classes[each]["seats"])
    del certificates[""]
    yield from (f"certificate {number}" for number, times in certificates.items() if times > 1)
    for class_id, data in classes.items():
        if sum(day["minutes"] for day in data["days"]) != data["hours"] * 60:
            yield f"hours of {class_id}"


_SEATED = {
    "selected", "training", "assessable", "passed", "certificated", "failed", "short_of_time",
}  # fmt: skip


def _trainee(data: Data, of_class: Data) -> Iterator[str]:
    if data["applied_on"] > of_class["apply_to"]:
        yield "applied after the last day"
    came = sum(day["minutes"] for day in data.get("attended", ()))
    is_enough = came * 100 >= of_class["hours"] * 60 * 80
    if data["status"] == "short_of_time" and is_enough:
        yield "time is enough"
    if data["status"] in ("assessable", "passed", "certificated", "failed") and not is_enough:
        yield "time is short"
    if (data["status"] in ("passed", "certificated")) != (data.get("score", 0) >= 6_000):
        yield "score"
    if (data["status"] == "certificated") != ("certificate_no" in data):
        yield "certificate"


def _certificates(view: View, until: str) -> Iterator[str]:
    products = _all(view, "product")
    files = _all(view, "certification")
    for file, data in files.items():
        inspected = None if "defects" in data else data.get("inspected_on")
        before = [
            data.get("submitted_on"),
            inspected,
            data.get("sampled_on"),
            data.get("result_on"),
        ]
        found = list(_in_order([*before, data.get("issued_on")], until))
        if "expires_on" in data and data["expires_on"] <= data["issued_on"]:
            found.append("expiry")
        if data["status"] == "expired" and data["expires_on"] >= until:
            found.append("expired")
        if products[data["product"]]["kind"] == "service":
            found.append("service")
        if not data.get("serial_no", "").startswith(data.get("place_no", "")):
            found.append("serial number")
        yield from (f"{what}: {file}" for what in found)
    yield from _gaps("file number", [data["file_no"] for data in files.values()])


def _in_order(days: list[str | None], until: str) -> Iterator[str]:
    known = [day for day in days if day]
    if known != sorted(known) or (known and known[-1] > until):
        yield f"days {known}"


def _gaps(what: str, numbers: list[str]) -> Iterator[str]:
    """Each series of numbers runs from 1 without a gap or a double."""
    series: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        head = number.rstrip("0123456789")
        series[head].append(int(number[len(head) :]))
    for head, found in series.items():
        if sorted(found) != list(range(1, len(found) + 1)):
            yield f"{what} {head}: a gap"


def _pasts(desk: Desk) -> Iterator[str]:
    """Every status but the first was reached by a move that the machine allows."""
    allowed = {
        type_: {(source, move.to) for move in machine.moves for source in move.sources}
        for type_, machine in machines().items()
    }
    for type_, record_id, statuses in _statuses(desk):
        moved = [pair for pair in pairwise(statuses) if pair[0] != pair[1]]
        if statuses[0] != machines()[type_].first or not set(moved) <= allowed[type_]:
            yield f"{type_} went {statuses}: {record_id}"


def _statuses(desk: Desk) -> Iterator[tuple[str, str, list[str]]]:
    """Give (type, id, statuses from its lines, oldest first) of each record that has a status."""
    with desk.store.read() as connection:
        for type_ in machines():
            by_record: dict[str, list[str]] = defaultdict(list)
            rows = connection.execute(
                text(
                    "SELECT line.id, line_body.body FROM line JOIN line_body USING (rev) "
                    "WHERE line.type = :type ORDER BY line.no"
                ),
                {"type": type_},
            )
            for record_id, body in rows:
                by_record[record_id].append(orjson.loads(body)["data"].get("status", ""))
            yield from ((type_, record_id, found) for record_id, found in by_record.items())
