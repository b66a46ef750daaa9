"""R1: what was reached of the targets, and how the groups, loans and payments stand."""

from app.core import codes
from app.core.i18n import _
from app.services.figures import Figure, count, debts, standing
from app.services.figures.overview import loans_by_status, obstacles_seen, pot_of
from app.services.figures.questions import QUESTIONS, SLOW
from app.services.reporting.report import Asked, Part, day, label, report, told

_MEASURED = (
    "groups_registered", "groups_model", "groups_developed", "trainees_passed",
    "products_certified", "loans_disbursed", "visits",
)  # fmt: skip
_OTHER = (
    "groups_remaining", "trainees_applied", "loans_applied", "loans_approved", "expiring",
)  # fmt: skip
_MEMBERS = ("members", "members_male", "members_female", "members_elderly", "members_disabled")


@report("progress", "R1", "ผลการดำเนินงาน")
def progress(asked: Asked) -> tuple[Part, ...]:
    """Gather the results of the period beside the targets, then how things stand."""
    found = count(asked.view.connection, asked.scope, [*QUESTIONS, *SLOW])
    return (
        Part("results", tuple(_result(found[name]) for name in _MEASURED)),
        Part("work", tuple(_work(found[name]) for name in _OTHER)),
        Part("members", tuple(_member(found[name]) for name in _MEMBERS)),
        _loans(asked),
        _money(asked),
        _arrears(asked),
        Part("obstacles", obstacle_rows(asked)),
    )


def obstacle_rows(asked: Asked) -> tuple[tuple[str, int], ...]:
    """Return the obstacles that visits of the period met, the most frequent first."""
    labels = dict(codes.OBSTACLES)
    return tuple(
        (_(labels.get(each.code, each.code)), each.count)
        for each in obstacles_seen(asked.view.connection, asked.scope)
    )


def _result(figure: Figure) -> tuple[str, int | None, int, int | None]:
    return figure.title, figure.target, figure.count, figure.share


def _work(figure: Figure) -> tuple[str, int, int | None]:
    return figure.title, figure.count, figure.baht or None


def _member(figure: Figure) -> tuple[str, str | int | None]:
    is_delicate = figure.name == "members_disabled"
    return figure.title, told(figure.count) if is_delicate else f"{figure.count:,}"


def _loans(asked: Asked) -> Part:
    found = loans_by_status(asked.view.connection, asked.scope)
    order = {code: place for place, (code, _label) in enumerate(codes.LOAN_STATUSES)}
    # A status that only a newer program knows stands last, under its code.
    found = tuple(sorted(found, key=lambda each: order.get(each.code, len(order))))
    rows = tuple(
        (label("loan_file", "status", each.code), each.count, each.other) for each in found
    )
    sums = (_("Total"), sum(each.count for each in found), sum(each.other for each in found))
    return Part("loans", rows, sums)


def _money(asked: Asked) -> Part:
    pot = pot_of(asked.view)
    as_of = day(pot.as_of)
    today = day(asked.scope.as_of.isoformat())
    rows = (
        (_("Frame of the country"), pot.frame, ""),
        (_("Allotted to the office"), pot.allotted, as_of),
        (_("Approved"), pot.approved, today),
        (_("Paid out"), pot.disbursed, today),
        (_("Left to lend"), pot.left, day(pot.left_on)),
    )
    return Part("money", rows)


def _arrears(asked: Asked) -> Part:
    now = standing(debts(asked.view.connection, asked.scope))
    rows = tuple((_step(each.most), len(each.ids), each.baht) for each in now.ladder)
    total = sum(each.baht for each in now.ladder)
    sums = (_("Total"), sum(len(each.ids) for each in now.ladder), total)
    return Part("arrears", rows, sums)


def _step(most: int) -> str:
    if not most:
        return _("More than 90 days")
    return _("{first} - {last} days").format(first=most - 29, last=most)
