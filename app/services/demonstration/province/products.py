"""The products of the invented province, and their files for a standard."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from app.core import codes
from app.core.months import months_later
from app.core.schemes import schemes
from app.models import shapes
from app.services.certification.templates import shipped
from app.services.demonstration.province.groups import REASON, Team, words
from app.services.demonstration.province.people import SAMPLE, Land
from app.services.demonstration.province.writing import Book, Way, chosen

SCHEMES = {"food": ("fda_product", "tcps", "halal", "gap"), "goods": ("tcps", "otop")}
YEARS = 3
_ANSWERED = 0.6  # of the items that may wait

_TESTED = ("apply", "appoint", "inspect", "send_samples", "result")
# (weight, moves): every end of the machine is some file's
PLANS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (20, (*_TESTED, "certify", "mark")),
    (14, ("apply", "appoint", "inspect", "certify")),
    (6, ("apply", "appoint", "inspect", "find_defects", "defects_mended", "certify", "mark")),
    (5, (*_TESTED, "certify", "mark", "renew")),
    (5, (*_TESTED, "certify", "mark", "expire")),
    (4, (*_TESTED, "certify", "expire", "renew", "mark")),
    (3, (*_TESTED, "fail")),
    (2, ("apply", "appoint", "inspect", "certify", "revoke")),
    (4, ("apply", "withdraw")),
    (8, ()),
    (8, ("apply",)),
    (6, ("apply", "appoint")),
    (6, ("apply", "appoint", "inspect")),
    (5, ("apply", "appoint", "inspect", "find_defects")),
    (5, ("apply", "appoint", "inspect", "send_samples")),
    (4, _TESTED),
)
_WITH_REASON = {"fail", "revoke", "withdraw"}
_CHANNELS = ("shop", "fair", "online", "wholesale", "order")


@dataclass(slots=True)
class _Serial:
    """What numbers the certificates and places of production."""

    last: int = 0

    def next(self) -> int:
        self.last += 1
        return self.last


def products(book: Book, land: Land, teams: list[Team]) -> None:
    """Enter the products of the registered groups, and a file for about every second of them."""
    dice, serial = book.dice, _Serial()
    for team in teams:
        if not team.registered_on:
            continue
        kind = _kind(team.kind)
        for name in dice.sample(words()["products"][team.kind], dice.randint(1, 3)):
            product = book.add(shapes.PRODUCT, _product(dice, team, name, kind))
            if kind in SCHEMES and dice.random() < 0.55:
                _file(book, land, product, kind, serial)


def _kind(of_group: str) -> str:
    return {"food": "food", "farming": "food", "service": "service"}.get(of_group, "goods")


def _product(dice: random.Random, team: Team, name: str, kind: str) -> shapes.Product:
    return {
        "group": team.id,
        "name": name,
        "kind": kind,
        "brand": f"ตราตัวอย่าง {dice.randint(1, 500)}",
        "logo_status": dice.choice(codes.LOGO_STATUSES)[0],
        "capacity": f"{dice.randint(2, 40) * 10} ชิ้นต่อเดือน",
        "price": dice.randint(2, 60) * 1_000,
        "channels": [{"channel": each} for each in dice.sample(_CHANNELS, dice.randint(1, 2))],
        "note": SAMPLE,
    }


def _file(book: Book, land: Land, product: str, kind: str, serial: _Serial) -> None:
    dice, number = book.dice, serial.next()
    plan = PLANS[chosen(dice, number - 1, PLANS)][1]
    scheme = dice.choice(SCHEMES[kind])
    # who was certified before the programme is the first to be renewed or to expire
    goes_on = "renew" in plan or "expire" in plan
    begun = land.since - timedelta(days=dice.randint(700, 900)) if goes_on else land.day(dice)
    if number <= len(PLANS) and not goes_on:
        begun = land.since
    data: shapes.Certification = {
        "file_no": f"{land.office}-R-{number:05d}",
        "product": product,
        "scheme": scheme,
        "note": SAMPLE,
        **_checklist(dice, scheme, kind, is_lodged=bool(plan)),
    }
    if scheme == "fda_product":
        place_no = f"{land.office[:2]}{number:06d}"
        data |= {"place_no": place_no, "serial_no": place_no + f"{dice.randrange(100_000):05d}"}
    if scheme == "tcps":
        data["standard_no"] = f"มผช. {dice.randint(1, 1432)}/2560"
    way, on = Way(shapes.CERTIFICATION, data, until=land.until), begun
    for name in plan:
        on = _next_day(dice, way, name, on)
        reason = REASON if name in _WITH_REASON else ""
        if not way.step(name, on, reason=reason, **_changed(dice, name, plan, on, number)):
            break
    book.add(shapes.CERTIFICATION, *way.states)


def _checklist(
    dice: random.Random, scheme: str, kind: str, *, is_lodged: bool
) -> shapes.Certification:
    """Answer a checklist: all that must be there once the application is lodged, else a part."""
    found = shipped(schemes()[scheme], kind)
    answers: list[shapes.CertificationAnswersRow] = []
    for item in found.items:
        if is_lodged and item["need"] != "if_any":
            answers.append({"code": item["code"], "answer": "present"})
        elif dice.random() < _ANSWERED:
            answer = dice.choice(codes.CHECKLIST_ANSWERS)[0]
            answers.append({"code": item["code"], "answer": answer})
    return {"template_version": found.version, "items": found.items, "answers": answers}


def _next_day(dice: random.Random, way: Way[shapes.Certification], name: str, on: date) -> date:
    """A certificate expires the day after its last; it is renewed about then."""
    if name in ("expire", "renew") and way.status != "expired":
        last = date.fromisoformat(way.data["expires_on"])
        return last + timedelta(days=1 if name == "expire" else -20)
    return on + timedelta(days=dice.randint(3, 21))


def _changed(
    dice: random.Random, name: str, plan: tuple[str, ...], on: date, number: int
) -> shapes.Certification:
    day = on.isoformat()
    if name in ("certify", "renew"):
        until = months_later(on, 12 * YEARS).isoformat()
        return {"cert_no": f"{number}/{on.year + 543}", "issued_on": day, "expires_on": until}
    if name == "result":
        return {"result": "failed" if "fail" in plan else "passed", "result_on": day}
    found: dict[str, shapes.Certification] = {
        "apply": {"submitted_on": day},
        "inspect": {"inspected_on": day},
        "defects_mended": {"inspected_on": day},
        "find_defects": {"defects": "ป้ายฉลากไม่ครบ"},
        "send_samples": {
            "sampled_on": day,
            "sample_count": dice.randint(3, 9),
            "lab": "ห้องปฏิบัติการตัวอย่าง",
        },
        "mark": {"mark_used_on": day},
    }
    return found.get(name, {})
