"""Names for the records that a figure counts, also for those that are called by another's name."""

from app.models.office.store import Store
from app.services.records import naming
from app.services.records.records import fields, title
from app.services.records.search import page, rows

MOST = 500  # more are not read by anyone; the figure itself says how many there are


def named(store: Store, type_: str, ids: list[str]) -> list[tuple[str, str]]:
    """Return (id, name) of the first records; a member or trainee is named by the person."""
    numbers = rows(store, type_, equal={"id": ids[:MOST]})
    found = page(store, type_, numbers)
    described = {each.name: each.target for each in fields(type_)}
    targets = {name: described[name] for name in _NAMED_BY if name in described}
    wanted = {
        (targets[name], row.data[name]) for row in found for name in targets if name in row.data
    }
    with store.read() as connection:
        names = naming.titles(connection, wanted)
    return [
        (row.id, title(type_, row.data) or _by_other(row.data, targets, names)) for row in found
    ]


def _by_other(
    data: dict[str, object], targets: dict[str, str], names: dict[tuple[str, str], str]
) -> str:
    parts = [names.get((target, str(data.get(name))), "") for name, target in targets.items()]
    return " · ".join(filter(None, parts))


_NAMED_BY = ("person", "group", "product", "loan_file")
