"""The reports R1-R9: gathered as plain rows, drawn as P24, written as xlsx, csv or JSON.

The way in is gather(store, name, scope), then draw or write.
"""

from importlib import import_module

from app.core import places, thai
from app.core.errors import UserError
from app.core.i18n import _
from app.models.office.store import Store, origin
from app.services.figures import Scope
from app.services.records.record_view import View
from app.services.reporting.output import as_data, draw, texts, write
from app.services.reporting.report import REPORTS, Asked, Described, Part, Report

__all__ = [
    "Described", "Part", "Report", "as_data", "draw", "gather", "reports", "texts", "write",
]  # fmt: skip


def reports() -> list[Described]:
    """List the reports in the order of their numbers."""
    return sorted(REPORTS.values(), key=lambda each: each.number)


def gather(store: Store, name: str, scope: Scope) -> Report:
    """Gather a report by its name or number. Raises UserError "not_found"."""
    found = next(
        (each for each in reports() if name.lower() in (each.name, each.number.lower())), None
    )
    if found is None:
        names = ", ".join(each.name for each in reports())
        sentence = _("There is no report {name}. There are: {names}.")
        raise UserError(sentence.format(name=name, names=names), code="not_found")
    with store.read() as connection:
        view = View(connection, origin(connection).office, scope.as_of)
        parts = found.gather(Asked(view, scope))
    return Report(
        found.name, f"{found.number} {found.title}", scope, _area(view.office, scope), parts
    )


def _area(office: str, scope: Scope) -> str:
    province = places.province_name(office[:2])
    if not scope.district:
        return thai.normalise(f"จังหวัด{province}")
    inside = next(each for each in places.all_places() if each.code.startswith(scope.district))
    return f"อำเภอ{inside.district} จังหวัด{province}"


for _name in ("access", "progress", "registers", "training", "watch_lists"):
    import_module(f"{__name__}.{_name}")
