"""Rules about groups, their other registrations and their members."""

from collections.abc import Iterator

from app.core import programme, thai
from app.core.errors import Problem
from app.core.fields import Field, show
from app.core.i18n import _
from app.models import shapes
from app.models.groups import Group, Membership
from app.models.people.person import Person
from app.models.records.base import fields_of
from app.services.people.ages import is_alive, is_at_least, is_thai, too_young
from app.services.records.record_view import View
from app.services.records.rules import rule
from app.services.records.sources import S4, S24


@rule(shapes.GROUP)
def the_group_is_not_here_yet(view: View, record_id: str, data: shapes.Group) -> Iterator[Problem]:
    """Warn of a group of like name in the subdistrict, or of any: one for each is the goal (S1)."""
    subdistrict = data.get("address", {}).get("subdistrict")
    if not subdistrict:
        return
    near = [
        Group.title(other)
        for other_id, other in view.where(shapes.GROUP)
        if other_id != record_id
        and other.get("status") != "dissolved"
        and other.get("address", {}).get("subdistrict") == subdistrict
    ]
    for name in near:
        if _is_like(name, Group.title(data)):
            yield Problem(
                "name",
                _("There is {name} in this subdistrict already.").format(name=name),
                "like_group",
                warning=True,
            )
            return
    if near:
        yield Problem(
            "address.subdistrict",
            _("This subdistrict has a group already: {name}.").format(name=near[0]),
            "second_group",
            warning=True,
        )


@rule(shapes.GROUP)
def the_group_was_founded(view: View, record_id: str, data: shapes.Group) -> Iterator[Problem]:
    """Refuse a foundation in the future."""
    if data.get("founded_on", "") > view.today.isoformat():
        yield Problem("founded_on", _("This date is in the future."), "future")


@rule(shapes.GROUP_REGISTRATION)
def the_registered_group_is_large_enough(
    view: View, record_id: str, data: shapes.GroupRegistration
) -> Iterator[Problem]:
    """Warn below five Thai members of 20 for home workers (S4), seven for an enterprise (S24)."""
    people = living_members_of(view, data.get("group"))
    if data.get("kind") == "home_worker":
        able = [p for p in people if is_thai(p) and is_at_least(p, 20, view.today) is not False]
        if len(able) < 5:
            yield Problem(
                "kind",
                _(
                    "A group of home workers needs five Thai members of 20 or more; "
                    "{count} are entered."
                ).format(count=len(able)),
                "few_members",
                S4,
                warning=True,
            )
    if data.get("kind") == "community_enterprise" and len(people) < 7:
        yield Problem(
            "kind",
            _("A community enterprise needs seven members; {count} are entered.").format(
                count=len(people)
            ),
            "few_members",
            S24,
            warning=True,
        )


@rule(shapes.GROUP_REGISTRATION)
def an_enterprise_is_not_one_house(
    view: View, record_id: str, data: shapes.GroupRegistration
) -> Iterator[Problem]:
    """Warn where the members of a community enterprise live in fewer than seven houses (S24).

    A house is told by its registration code; a member without one counts as a house of their own.
    """
    people = living_members_of(view, data.get("group"))
    if data.get("kind") != "community_enterprise" or len(people) < 7:
        return
    codes = [person.get("address", {}).get("house_code", "") for person in people]
    houses = len(set(filter(None, codes))) + codes.count("")
    if houses < 7:
        yield Problem(
            "kind",
            _(
                "The members of a community enterprise come from seven houses or more; "
                "these are of {count}."
            ).format(count=houses),
            "few_houses",
            S24,
            warning=True,
        )


@rule(shapes.GROUP)
def the_group_has_not_moved_away(
    view: View, record_id: str, data: shapes.Group
) -> Iterator[Problem]:
    """Warn of a group that the centre moved to another office, and has not moved back."""
    moved = (
        [each for _id, each in view.where(shapes.TRANSFER, group=record_id)] if record_id else []
    )
    last = max(moved, key=lambda each: each.get("moved_on", ""), default=shapes.Transfer())
    if last and last.get("to_office") != view.office:
        yield Problem(
            "",
            _(
                "The group moved to {office} on {date} by letter {letter}: what is changed here "
                "no longer counts there."
            ).format(
                office=_office(last.get("to_office", "")),
                date=thai.format_date(last.get("moved_on", ""), "short"),
                letter=last.get("letter_no", "-"),
            ),
            "moved_away",
            warning=True,
        )


@rule(shapes.GROUP)
def the_leader_lives(view: View, record_id: str, data: shapes.Group) -> Iterator[Problem]:
    """Warn of a group whose leader has died: its members choose a new one."""
    for membership, person in members_of(view, record_id) if record_id else ():
        if membership.get("role") == "leader" and not is_alive(person):
            yield Problem(
                "",
                _("{name}, who leads this group, has died: choose a new leader.").format(
                    name=Person.title(person)
                ),
                "leader_died",
                warning=True,
            )


@rule(shapes.MEMBERSHIP)
def a_group_has_one_leader(
    view: View, record_id: str, data: shapes.Membership
) -> Iterator[Problem]:
    """Refuse a second active leader (S4)."""
    if data.get("role") != "leader" or data.get("left_on"):
        return
    for other_id, other in view.where(shapes.MEMBERSHIP, group=data.get("group"), role="leader"):
        if other_id != record_id and not other.get("left_on"):
            leader = view.get(shapes.PERSON, other.get("person")) or {}
            yield Problem(
                "role",
                _("{name} leads this group. Change that role first.").format(
                    name=Person.title(leader)
                ),
                "second_leader",
                S4,
            )


@rule(shapes.MEMBERSHIP)
def nobody_joins_twice(view: View, record_id: str, data: shapes.Membership) -> Iterator[Problem]:
    """Warn of a second place in the group, and show the places in other groups."""
    if data.get("left_on"):
        return
    for other_id, other in view.where(shapes.MEMBERSHIP, person=data.get("person")):
        if other_id == record_id or other.get("left_on"):
            continue
        if other.get("group") == data.get("group"):
            yield Problem(
                "person",
                _("This person is a member of the group already."),
                "member_twice",
                warning=True,
            )
        elif group := active_group(view, other):
            yield Problem(
                "person",
                _("This person is also {role} of {group}.").format(
                    role=_role(other), group=Group.title(group)
                ),
                "other_group",
                warning=True,
            )


@rule(shapes.MEMBERSHIP)
def the_membership_is_possible(
    view: View, record_id: str, data: shapes.Membership
) -> Iterator[Problem]:
    """Refuse leaving before joining; warn of a member who has died."""
    if data.get("left_on") and data["left_on"] < data.get("joined_on", "")[: len(data["left_on"])]:
        yield Problem("left_on", _("The day of leaving is before that of joining."), "order")
    person = view.get(shapes.PERSON, data.get("person"))
    if person and not is_alive(person) and not data.get("left_on"):
        yield Problem(
            "person", _("This person has died; give the day of leaving."), "dead", warning=True
        )


@rule(shapes.MEMBERSHIP)
def a_co_borrower_is_thai_and_of_age(
    view: View, record_id: str, data: shapes.Membership
) -> Iterator[Problem]:
    """Refuse a co-borrower who is not Thai or is under 20 (S4, S6); ask where it is not known."""
    person = view.get(shapes.PERSON, data.get("person"))
    if not data.get("co_borrower") or person is None:
        return
    if not is_thai(person):
        yield Problem(
            "co_borrower", _("Only a Thai national may borrow with the group."), "not_thai", S4
        )
    words = _("A co-borrower must be 20 years old or more.")
    yield from too_young(person, 20, view.today, Problem("co_borrower", words, "under_age", S4))


def members_of(view: View, group_id: str | None) -> list[tuple[shapes.Membership, shapes.Person]]:
    """List the active (membership, person) pairs of a group, leader first, then as entered.

    A person who joined under two records stands there once, in the higher role.
    """
    order = {code: place for place, (code, _label) in enumerate(_role_field().choices)}
    found = [
        (membership, person)
        for _id, membership in view.where(shapes.MEMBERSHIP, group=group_id)
        if not membership.get("left_on")
        and (person := view.get(shapes.PERSON, membership.get("person"))) is not None
    ]
    in_order = sorted(found, key=lambda pair: order.get(pair[0].get("role", ""), 99))
    once: dict[str, tuple[shapes.Membership, shapes.Person]] = {}
    for membership, person in in_order:
        once.setdefault(view.kept(shapes.PERSON, membership["person"]), (membership, person))
    return list(once.values())


def living_members_of(view: View, group_id: str | None) -> list[shapes.Person]:
    """List the living people of a group, each once."""
    found = {m["person"]: person for m, person in members_of(view, group_id) if is_alive(person)}
    return list(found.values())


def active_group(view: View, membership: shapes.Membership) -> shapes.Group | None:
    """Return the group of a membership, None for one that is not here, voided or dissolved."""
    group = view.get(shapes.GROUP, membership.get("group"))
    return None if group is None or group.get("status") == "dissolved" else group


def _office(code: str) -> str:
    return next((each.name for each in programme.offices() if each.code == code), code)


def _role(membership: shapes.Membership) -> str:
    return show(_role_field(), membership.get("role"))


def _role_field() -> Field:
    return next(field for field in fields_of(Membership) if field.name == "role")


def _is_like(one: str, other: str) -> bool:
    """Tell whether one name holds the other, the word for group aside."""
    group = thai.search_key("กลุ่ม")
    a, b = (thai.search_key(name).removeprefix(group) for name in (one, other))
    return bool(a and b) and (a in b or b in a)
