"""Who visits the groups of the invented province, where they sell, and what the office aims at."""

from datetime import date, timedelta

from app.core import codes
from app.models import shapes
from app.services.demonstration.province.groups import Team, words
from app.services.demonstration.province.people import SAMPLE, Land
from app.services.demonstration.province.writing import Book

_OPEN = ("registered", "model", "developing", "developed", "followed")


def visits(book: Book, land: Land, teams: list[Team]) -> None:
    """Visit every registered group, those that are developed more often."""
    dice = book.dice
    for team in teams:
        if team.status not in _OPEN:
            continue
        times = (
            dice.randint(1, 4) if team.status in ("developed", "followed") else dice.randint(0, 2)
        )
        since = date.fromisoformat(team.registered_on)
        for time in range(times):
            kind = "evaluation" if time == 3 else "follow_up"
            visit(book, land, kind, land.day(dice, since), {"group": team.id})
        if dice.random() < 0.3:
            _sell(book, land, team, since)


def visit(book: Book, land: Land, kind: str, on: date, whose: shapes.FieldVisit) -> None:
    """Enter a visit; that there was no obstacle is an answer too."""
    dice = book.dice
    kinds = [code for code, _label in codes.OBSTACLES if code != "none"]
    seen = dice.sample(kinds, dice.choice((0, 0, 1, 1, 2))) or ["none"]
    data: shapes.FieldVisit = {
        **whose,
        "visited_on": on.isoformat(),
        "kind": kind,
        "team": "คณะทำงานขับเคลื่อนการพัฒนาศักยภาพในการประกอบอาชีพอิสระ",
        "progress": f"{dice.choice(words()['progress'])} ({SAMPLE})",
        "obstacles": [{"kind": each} for each in seen],
        "needs": dice.choice(words()["needs"]),
        "income": dice.randint(20, 160) * 50_000,
        "next_step": "ติดตามครั้งต่อไป",
        "due_on": (on + timedelta(days=dice.randint(20, 90))).isoformat(),
    }
    book.add(shapes.FIELD_VISIT, data)


def _sell(book: Book, land: Land, team: Team, since: date) -> None:
    dice = book.dice
    data: shapes.MarketingActivity = {
        "group": team.id,
        "held_on": land.day(dice, since).isoformat(),
        "kind": dice.choice(codes.MARKETING_KINDS)[0],
        "place": dice.choice(("งานของดีประจำจังหวัด", "เพจของกลุ่ม", "ตลาดประชารัฐ")),
        "sales": dice.randint(5, 200) * 50_000,
        "note": SAMPLE,
    }
    book.add(shapes.MARKETING_ACTIVITY, data)


def aims(book: Book, land: Land, people: int) -> None:
    """Enter the office itself, its targets of each fiscal year and quarter, and its money."""
    first, last = (day.year + 543 + (day.month >= 10) for day in (land.since, land.until))
    whole = {
        "groups_registered": max(people // 60, 4),
        "groups_model": max(people // 100, 4),
        "groups_developed": max(people // 250, 4),
        "trainees_passed": max(people // 8, 4),
        "products_certified": max(people // 120, 4),
        "loans_disbursed": max(people // 160, 4),
        "visits": max(people // 40, 4),
    }
    for year in range(first, last + 1):
        letter = f"รง 0000/ต{year % 100}"
        for measure, count in whole.items():
            aim: shapes.Target = {"fiscal_year": str(year), "measure": measure, "letter_no": letter}
            book.add(shapes.TARGET, aim | {"count": count})
            for quarter in range(1, 5):
                book.add(shapes.TARGET, aim | {"quarter": quarter, "count": count // 4})
        book.add(shapes.BUDGET_SOURCE, _budget(year))
    signer: shapes.Signer = {
        "name": "นายสมมติ ตัวอย่างดี",
        "position": "จัดหางานจังหวัด",
        "from_on": land.since.isoformat(),
    }
    book.add(shapes.SIGNER, signer)


def _budget(year: int) -> shapes.BudgetSource:
    return {
        "name": "งบพัฒนาศักยภาพผู้ประกอบอาชีพอิสระ",
        "agency": "กรมการจัดหางาน",
        "fiscal_year": str(year),
        "amount": 50_000_000,
        "as_of": f"{year - 544}-10-15",
        "note": SAMPLE,
    }
