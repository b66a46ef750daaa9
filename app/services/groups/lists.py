"""Lists of groups, known by their name in their subdistrict, and of the members of one."""

from collections.abc import Mapping

from app.core import thai
from app.core.i18n import N_
from app.services.records.lists import Key, Listed, ListKind, Place, register


def _name_in_subdistrict(data: Mapping[str, object]) -> Key:
    address = data.get("address")
    place = address.get("subdistrict", "") if isinstance(address, dict) else ""
    name = thai.search_key(str(data.get("name", "")))
    found = (name.removeprefix(thai.search_key("กลุ่ม")), place)
    return found if all(found) else ()


register(
    listed=[
        Listed(
            type="group",
            known_by=("name", "address"),
            key=_name_in_subdistrict,
            named_by=("group_no", "name"),
        ),
        Listed(type="membership"),
    ],
    kinds=[
        ListKind(name="groups", type="group"),
        ListKind(
            name="members",
            type="person",
            # ตำแหน่ง above a column of members is their place in the group, not in a firm
            without=("position",),
            place=Place(
                type="membership",
                member="person",
                own=("role", "joined_on", "co_borrower"),
                ended="left_on",
                asked=("membership",),
            ),
            owner="group",
            no_owner=N_("This group is not here. Choose the group again."),
        ),
    ],
)
