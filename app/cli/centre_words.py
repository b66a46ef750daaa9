"""Words of the central office's commands: what became of a file or a key, and how all stands."""

from collections.abc import Iterator
from typing import Any

from app.core.i18n import N_, _
from app.core.thai import format_baht
from app.services.central import Figures, Status
from app.services.records import records

FILE_STATES = {
    "accepted": N_("accepted"),
    "held": N_("some lines held"),
    "rejected": N_("rejected"),
    "duplicate": N_("known already"),
    "fork": N_("two desks under one key"),
    "quarantined": N_("put aside"),
    "refused": N_("refused"),
    "copying": N_("still being copied"),
    "incomplete": N_("parts are missing"),
    "fault": N_("the program failed"),
}
KEY_STATES = {
    "active": N_("in use"),
    "superseded": N_("replaced by a newer one"),
    "revoked": N_("withdrawn"),
}
_STANDING = (
    ("offices", N_("Offices")),
    ("bundles", N_("Files taken in")),
    ("lines", N_("Lines accepted")),
    ("held", N_("Lines held")),
    ("rejected", N_("Lines rejected")),
    ("conflicts", N_("Records to be settled")),
    ("quarantined", N_("Files put aside")),
    ("state_digest", N_("Digest of the state")),
)
_COHORT = (
    ("announced", N_("Model groups announced")),
    ("recorded", N_("Model groups recorded")),
    ("developed", N_("Model groups developed")),
    ("waiting", N_("Model groups waiting")),
)


def worded(words: dict[str, str], code: str) -> str:
    """Return the word for a code; a code without one stays as it is."""
    return _(words[code]) if code in words else code


def standing(status: Status, figures: Figures) -> Iterator[tuple[str, str]]:
    """Yield (label, text) of all that the centre counts; money in baht."""
    yield from ((_(label), _number(getattr(status, name))) for name, label in _STANDING)
    for type_, count in status.records.items():
        yield records.label(type_), _number(count)
    if status.owed:
        yield _("Offices that wait for another version"), ", ".join(status.owed)
    yield from ((_(label), _number(getattr(figures.cohort, name))) for name, label in _COHORT)
    yield _("People whom two offices have"), _number(figures.duplicate_persons)
    for office, groups in figures.groups.items():
        yield _("Groups of office {code}").format(code=office), _number(sum(groups.values()))
    for round_, balance in figures.rounds.items():
        sentence = _("allotted {allotted}, paid out {paid}, left {left} baht")
        yield (
            _("Round {code}").format(code=round_),
            sentence.format(
                allotted=format_baht(balance.allotted),
                paid=format_baht(balance.disbursed),
                left=format_baht(balance.left),
            ),
        )
    for office, days in figures.silent_days.items():
        heard = _("never") if days is None else _("{days} days ago").format(days=days)
        yield _("Office {code} last heard of").format(code=office), heard


def _number(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
