"""The lending rounds as this desk knows them: shipped data, the centre's lines, typed letters."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.core import programme
from app.core.line import Data
from app.core.programme import Extension, Round
from app.services.view import View


def round_of(view: View, code: str | None) -> Round | None:
    """Give a round by its code, None for an unknown one.

    What the centre announced replaces the shipped figures; extension letters typed at the office
    move the closing date.
    """
    shipped = {each.code: each for each in programme.rounds()}
    found = shipped.get(code or "")
    if found is None:
        return None
    for _id, data in view.where("fund_round", code=code):
        found = _as_announced(found, data)
    letters = [
        Extension(date.fromisoformat(data["apply_to"]), data["letter_no"])
        for _id, data in view.where("round_extension", round=code)
    ]
    return replace(found, extensions=(*found.extensions, *letters))


def choices() -> tuple[tuple[str, str], ...]:
    """List the rounds a loan file may belong to, the newest first."""
    return tuple((each.code, each.name) for each in reversed(programme.rounds()))


def _as_announced(found: Round, data: Data) -> Round:
    """Lay the centre's figures over the shipped ones; what it does not say stays."""
    figures: dict[str, Any] = {
        name: data[name]
        for name in ("name", "base_rate", "free_instalments", "needs_homeworker_registration")
        if name in data
    }
    for name in ("apply_from", "apply_to", "contract_by"):
        if name in data:
            figures[name] = date.fromisoformat(data[name])
    for kind in ("individual", "group"):
        tier = found.tier(kind)
        figures[kind] = replace(
            tier,
            most=data.get(f"{kind}_most", tier.most),
            most_months=data.get(f"{kind}_months", tier.most_months),
        )
    return replace(found, **figures, national_frame=data.get("pot", found.national_frame))
