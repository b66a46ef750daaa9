"""What happens to groups over the years: they split, merge, and choose a new leader.

Each is one act: undone whole, and every record in it keeps its history.
"""

from collections.abc import Mapping, Sequence

from app.core.errors import Invalid, Problem, UserError
from app.core.i18n import _
from app.models import shapes
from app.models.office.store import Store
from app.services.people.ages import is_alive
from app.services.records import moves, records
from app.services.records.acts import Acting, act, current
from app.services.records.moves import Wanted
from app.services.records.record_view import View
from app.services.records.records import Saved

# What a group hands on to one that came from it; numbers, sums and dates are each group's own.
HANDED_ON = ("occupation_type", "address", "phone", "products", "sales_channels")


def split(
    store: Store,
    group: str,
    *,
    name: str,
    people: Sequence[str],
    on: str,
    reasons: Mapping[str, str] | None = None,
) -> Saved:
    """Let some members leave a group for a new one on a day; the first of them leads it.

    `people` are ids of persons. Raises Invalid for a name or people that are missing, and as a
    save does; returns the new group.
    """

    def work(acting: Acting) -> Saved:
        _ask(name=name, people=people, on=on)
        view, given = records.view_of(acting.connection), reasons or {}
        kept = {view.kept(shapes.PERSON, person) for person in people}
        leaving = [
            (membership, data)
            for membership, data in _active(view, group)
            if view.kept(shapes.PERSON, data["person"]) in kept
        ]
        if len({view.kept(shapes.PERSON, data["person"]) for _id, data in leaving}) < len(kept):
            raise Invalid(
                [Problem("people", _("Choose among the members of the group."), "not_member")]
            )
        for membership, data in leaving:
            _leave(acting, membership, data, on, _("The group split"))
        made = _found(acting, name, [(group, "split")], on, given)
        for place, person in enumerate(people):
            _join(acting, made.id, person, "member" if place else "leader", on, given)
        return made

    return act(store, work)


def merge(
    store: Store,
    groups: Sequence[str],
    *,
    name: str,
    on: str,
    reason: str,
    reasons: Mapping[str, str] | None = None,
) -> Saved:
    """Let groups become one new group on a day: every member goes over, the old ones are dissolved.

    The leader of the first group leads; another leader becomes a committee member. Raises Invalid
    for fewer than two groups, a name or a reason that is missing, and as the steps do; returns the
    new group.
    """

    def work(acting: Acting) -> Saved:
        _ask(name=name, on=on, reason=reason, others=groups[1:])
        given = reasons or {}
        made = _found(acting, name, [(each, "merged") for each in groups], on, given)
        view = records.view_of(acting.connection)
        over: dict[str, str] = {}
        for place, group in enumerate(groups):
            for membership, data in _active(view, group):
                role = data.get("role", "member")
                role = "committee" if role == "leader" and place else role
                over.setdefault(view.kept(shapes.PERSON, data["person"]), role)
                _leave(acting, membership, data, on, _("The groups merged"))
            wanted = Wanted("dissolve", on=on, reason=reason, reasons=given)
            moves.put(acting, "group", group, wanted)
        for person, role in over.items():
            _join(acting, made.id, person, role, on, given)
        return made

    return act(store, work)


def choose_leader(
    store: Store,
    group: str,
    person: str,
    *,
    on: str,
    reasons: Mapping[str, str] | None = None,
) -> Saved:
    """Make a member the leader; the leader so far becomes a member, or leaves the group if dead.

    Old papers keep the signature they have. Raises Invalid where the person is no living member.
    """

    def work(acting: Acting) -> Saved:
        _ask(on=on)
        view, given = records.view_of(acting.connection), reasons or {}
        active = _active(view, group)
        kept = view.kept(shapes.PERSON, person)
        chosen = [pair for pair in active if view.kept(shapes.PERSON, pair[1]["person"]) == kept]
        if not chosen or not is_alive(view.get(shapes.PERSON, person) or {}):
            raise Invalid(
                [Problem("person", _("Choose a living member of the group."), "not_member")]
            )
        for membership, data in active:
            if data.get("role") == "leader" and (membership, data) not in chosen:
                former = view.get(shapes.PERSON, data["person"]) or {}
                if is_alive(former):
                    _change(acting, membership, data | {"role": "member"}, given)
                else:
                    _leave(acting, membership, data, former.get("died_on", on), _("Died"))
        membership, data = chosen[0]
        return _change(acting, membership, data | {"role": "leader"}, given)

    return act(store, work)


def _ask(**needed: object) -> None:
    """Ask for what the act cannot do without."""
    labels = {
        "name": _("Group name"),
        "people": _("Members who go over"),
        "on": _("On"),
        "reason": _("Reason"),
        "others": _("Group that joins"),
    }
    missing = [
        Problem(each, _("Fill in: {label}").format(label=labels[each]), "missing")
        for each, value in needed.items()
        if not value or (isinstance(value, str) and not value.strip())
    ]
    if missing:
        raise Invalid(missing)


def _active(view: View, group: str) -> list[tuple[str, shapes.Membership]]:
    found = view.where(shapes.MEMBERSHIP, group=group)
    return [(record_id, data) for record_id, data in found if not data.get("left_on")]


def _found(
    acting: Acting,
    name: str,
    origins: Sequence[tuple[str, str]],
    on: str,
    reasons: Mapping[str, str],
) -> Saved:
    first = current(acting.connection, "group", origins[0][0])
    if first is None:
        raise UserError(_("This record is not here. Search for it again."), code="not_found")
    handed_on = {each: first.data[each] for each in HANDED_ON if each in first.data}
    own: shapes.Group = {
        "name": name,
        "founded_on": on,
        "origins": [{"group": group, "how": how, "on": on} for group, how in origins],
    }
    return records.put(acting, "group", {**handed_on, **own}, reasons=reasons)


def _leave(acting: Acting, membership: str, data: shapes.Membership, on: str, reason: str) -> None:
    left = data | {"left_on": on, "left_reason": reason}
    left.pop("co_borrower", None)
    _change(acting, membership, left, {})


def _join(
    acting: Acting, group: str, person: str, role: str, on: str, reasons: Mapping[str, str]
) -> None:
    draft: shapes.Membership = {"group": group, "person": person, "role": role, "joined_on": on}
    records.put(acting, "membership", draft, reasons=reasons)


def _change(
    acting: Acting, membership: str, data: shapes.Membership, reasons: Mapping[str, str]
) -> Saved:
    before = current(acting.connection, "membership", membership)
    heads = before.heads if before else ()
    return records.put(
        acting, "membership", data, record_id=membership, base=heads, reasons=reasons
    )
