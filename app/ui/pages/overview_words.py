"""How the figures of the first page are written: numbers in words, for the eye and for the ear."""

from app.core import codes, thai
from app.core.i18n import _
from app.services.figures import Details, Figure, Overview, Pot
from app.ui.widgets.figure_button import Shown

RESULTS = (
    "groups_registered", "groups_model", "groups_developed", "groups_remaining", "trainees_applied",
    "trainees_passed", "products", "products_certified", "loans_applied", "loans_approved",
    "loans_disbursed", "visits",
)  # fmt: skip
PEOPLE = (
    "members", "members_male", "members_female", "members_elderly", "members_disabled",
    "people_incomplete", "groups_incomplete", "visits_due",
)  # fmt: skip


def funnel(found: Overview) -> list[tuple[Figure, Shown]]:
    """Write the steps of the funnel; the bars are parts of the first."""
    widest = max(max((each.count for each in found.funnel), default=0), 1)
    return [
        (
            each,
            Shown(
                each.title,
                f"{each.count:,}",
                _("{title}: {count} groups").format(title=each.title, count=f"{each.count:,}"),
                each.count / widest,
            ),
        )
        for each in found.funnel
    ]


def figure(found: Figure) -> Shown:
    """Write a figure, with its sum and its target where it has them."""
    number = f"{found.count:,}"
    said = [f"{found.title}: {number}"]
    if found.baht:
        baht = _("{sum} baht").format(sum=thai.format_baht(found.baht))
        number = f"{number} · {baht}"
        said.append(baht)
    if found.target is not None:
        number += f" / {found.target:,}"
        aim = _("target {target}, {share} percent")
        said.append(aim.format(target=f"{found.target:,}", share=found.share or 0))
    share = found.count / found.target if found.target else None
    return Shown(found.title, number, ", ".join(said), share)


def to_do(found: Figure) -> Shown:
    """Write a line of work: what waits stands out."""
    tone = "caution" if found.count else "quiet"
    return Shown(found.title, f"{found.count:,}", f"{found.title}: {found.count:,}", tone=tone)


def pot(found: Pot) -> Shown:
    """Write how much of the allotment is used; without one only what was approved."""
    approved = thai.format_baht(found.approved)
    if found.allotted is None or found.left is None:
        words = _("Approved {sum} baht; no allotment is entered").format(sum=approved)
        return Shown(words, "", words)
    day = thai.format_date(found.as_of, "short")
    used = (found.allotted - found.left) / found.allotted if found.allotted else 1.0
    left = thai.format_baht(found.left)
    spoken = _("Approved {approved} of {allotted} baht; {left} baht left; allotment of {day}")
    said = spoken.format(
        approved=approved, allotted=thai.format_baht(found.allotted), left=left, day=day
    )
    tone = "bad" if found.left < 0 else ""
    return Shown(_("Left to lend"), _("{left} baht").format(left=left), said, used, tone)


def arrears(found: Details) -> list[tuple[str, Shown, tuple[str, ...]]]:
    """Write the steps of the arrears: name, words and the files behind each."""
    lines = []
    for rung in found.standing.ladder:
        most = rung.most
        span = _("{first} - {last} days").format(first=most - 29, last=most)
        words = _("In arrears: {span}").format(span=span if most else _("More than 90 days"))
        number = _("{count} files · {sum} baht").format(
            count=len(rung.ids), sum=thai.format_baht(rung.baht)
        )
        tone = "bad" if rung.ids else "quiet"
        lines.append(
            (f"arrears_{most}", Shown(words, number, f"{words}: {number}", None, tone), rung.ids)
        )
    return lines


def plain(found: Details) -> list[str]:
    """Write what has no list of its own: subdistricts, courses, obstacles, income."""
    served = _("Subdistricts with a group: {count} of {all}")
    lines = [served.format(count=found.served, all=found.subdistricts)]
    if found.standing.collected is not None:
        lines.append(
            _("Collected of what fell due: {share} percent").format(share=found.standing.collected)
        )
    before, after = (thai.format_baht(each) for each in found.income)
    lines.append(
        _("Income a month of a group: {before} → {after} baht").format(before=before, after=after)
    )
    for each in found.courses:
        course = _("{course}: {count} applied, {passed} completed")
        lines.append(course.format(course=each.code, count=each.count, passed=each.other))
    labels = dict(codes.OBSTACLES)
    seen = [f"{_(labels.get(each.code, each.code))} {each.count}" for each in found.obstacles]
    if seen:
        lines.append(_("Obstacles seen: {list}").format(list=" · ".join(seen)))
    return lines
