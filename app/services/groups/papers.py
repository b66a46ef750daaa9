"""From records to the papers of a group: registration (P1), list of members (P2)."""

from app.models import shapes
from app.reports.forms.group_registration import GroupRegistration, Registration
from app.reports.forms.member_list import MemberList
from app.reports.stamp import Stamp
from app.services.groups.rules import members_of
from app.services.people import on_paper
from app.services.printing import gathering
from app.services.printing.gathering import gathers
from app.services.records.record_view import View


@gathers("group_registration", shapes.GROUP)
def group_registration(
    view: View, stamp: Stamp, record_id: str, data: shapes.Group
) -> GroupRegistration:
    """Gather P1: the group, its other registrations, and who has an office in it."""
    members = members_of(view, record_id)
    registrations = view.where(shapes.GROUP_REGISTRATION, group=record_id)
    return GroupRegistration(
        stamp=stamp,
        **gathering.texts(data, "name", "group_no", "registered_on", "occupation_type", "phone"),
        **gathering.texts(data, "founded_on", "products", "capacity", "sales_channels"),
        **gathering.texts(data, "income_before_on", "income_after_on", "problems", "needs"),
        address=gathering.address(data.get("address")),
        members=len(members),
        registrations=tuple(
            Registration(**gathering.texts(each, "kind", "number", "issued_on", "issuer"))
            for _id, each in registrations
        ),
        capital=data.get("capital"),
        income_before=data.get("income_before"),
        income_after=data.get("income_after"),
        committee=tuple(
            on_paper.person(person, view.today, membership)
            for membership, person in members
            if membership.get("role", "member") != "member"
        ),
    )


@gathers("member_list", shapes.GROUP)
def member_list(view: View, stamp: Stamp, record_id: str, data: shapes.Group) -> MemberList:
    """Gather P2: every active member, leader first."""
    return MemberList(
        stamp=stamp,
        group_name=data.get("name", ""),
        group_no=data.get("group_no", ""),
        place=gathering.address(data.get("address")).text,
        listed_on=view.today.isoformat(),
        members=tuple(
            on_paper.person(person, view.today, membership)
            for membership, person in members_of(view, record_id)
        ),
    )
