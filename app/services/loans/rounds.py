"""The lending rounds as this desk knows them: shipped data, the centre's lines, typed letters."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.core import programme
from app.core.programme import Extension, Round
from app.models import shapes
from app.services.records.record_view import View


def round_of(view: View, code: str | None) -> Round | None:
    """Return a round by its code, None for an unknown one.

    What the centre announced replaces the shipped figures; extension letters typed at the office
    move the closing date. A round that only the centre knows has its other figures from the last
    shipped one.
    """
    if not code:
        return None
    announced = [data for _id, data in view.where(shapes.FUND_ROUND, code=code)]
    found = next((each for each in programme.rounds() if each.code == code), None)
    if found is None and announced:
        last = programme.rounds()[-1]
        found = replace(last, code=code, name=code, contract_by=None, extensions=())
    if found is None:
        return None
    for data in announced:
        found = _as_announced(found, data)
    letters = [
        Extension(date.fromisoformat(data["apply_to"]), data.get("letter_no", ""))
        for _id, data in view.where(shapes.ROUND_EXTENSION, round=code)
        if "apply_to" in data
    ]
    return replace(found, extensions=(*found.extensions, *letters))


def choices(view: View | None = None) -> tuple[tuple[str, str], ...]:
    """List the (code, name) of the rounds a loan file may belong to, the newest first.

    A view adds the rounds that only the centre announced, and the centre's names.
    """
    known = list(programme.rounds())
    if view is not None:
        announced = [data["code"] for _id, data in view.where(shapes.FUND_ROUND) if "code" in data]
        codes = dict.fromkeys([*(each.code for each in known), *announced])
        known = [found for code in codes if (found := round_of(view, code))]
    newest_first = sorted(known, key=lambda each: (each.apply_from, each.code), reverse=True)
    return tuple((each.code, each.name) for each in newest_first)


def _as_announced(found: Round, data: shapes.FundRound) -> Round:
    """Lay the centre's figures over the shipped ones; what it does not say stays."""
    figures: dict[str, Any] = {
        name: data[name]
        for name in ("name", "base_rate", "free_instalments", "needs_homeworker_registration")
        if name in data
    }
    for name in ("apply_from", "apply_to", "contract_by"):
        if name in data:
            figures[name] = date.fromisoformat(data[name])
    return replace(
        found,
        individual=replace(
            found.individual,
            most=data.get("individual_most", found.individual.most),
            most_months=data.get("individual_months", found.individual.most_months),
        ),
        group=replace(
            found.group,
            most=data.get("group_most", found.group.most),
            most_months=data.get("group_months", found.group.most_months),
        ),
        national_frame=data.get("pot", found.national_frame),
        **figures,
    )
