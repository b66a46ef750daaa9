"""Lists of people: an id number tells one from all others, a name and a birth date never do."""

from app.models import shapes
from app.services.records.lists import Listed, ListKind, register


def _begun(defaults: shapes.Person, row: shapes.Person) -> shapes.Person:
    """Tell the kind by the number where the list does not: 0, 6 and 7 begin no Thai's (S30)."""
    if row.get("passport_no") and not row.get("id_no"):
        kind = "passport"
    else:
        foreign = str(row.get("id_no", "")).startswith(("0", "6", "7"))
        kind = "foreigner13" if foreign else "thai13"
    begun = defaults | {"id_kind": kind}
    if kind != "thai13":
        # whoever is Thai decides what the group may ask for, so it is never guessed
        del begun["nationality"]
    return begun


register(
    listed=[
        Listed(type="person", known_by=("id_no", "passport_no"), named_by=("id_no",), begun=_begun)
    ],
    kinds=[ListKind(name="people", type="person")],
)
