"""Rules about products and the checklists of the office."""

from collections import Counter
from collections.abc import Iterator

from app.core import thai
from app.core.errors import Problem
from app.core.i18n import _
from app.models import shapes
from app.services.certification import templates
from app.services.records.record_view import View
from app.services.records.rules import rule


@rule(shapes.PRODUCT)
def the_product_is_not_here_yet(
    view: View, record_id: str, data: shapes.Product
) -> Iterator[Problem]:
    """Warn of a second product of the same name in one group."""
    name = thai.search_key(data.get("name", ""))
    others = view.where(shapes.PRODUCT, group=data.get("group"))
    if name and any(
        other_id != record_id and thai.search_key(other.get("name", "")) == name
        for other_id, other in others
    ):
        yield Problem(
            "name",
            _("The group has a product of this name already."),
            "same_product",
            warning=True,
        )


@rule(shapes.PRODUCT)
def the_kind_fits_the_files(view: View, record_id: str, data: shapes.Product) -> Iterator[Problem]:
    """Warn where a product becomes of a kind that the standard of one of its files is not for."""
    for _id, file in view.where(shapes.CERTIFICATION, product=record_id):
        scheme = templates.scheme_of(file.get("scheme"))
        if scheme is not None and data.get("kind") and data["kind"] not in scheme.kinds:
            yield Problem(
                "kind",
                _("The product has a file for {name}, which is not for this kind.").format(
                    name=scheme.name
                ),
                "kind_of_files",
                warning=True,
            )
            return


@rule(shapes.LOCAL_TEMPLATE)
def the_copy_is_of_a_standard(
    view: View, record_id: str, data: shapes.LocalTemplate
) -> Iterator[Problem]:
    """Refuse a checklist of no known standard, a version used before, and an item twice."""
    code = data.get("scheme", "")
    if code and templates.scheme_of(code) is None:
        yield Problem(
            "scheme", _("This standard is not known. Choose one of the list."), "unknown_scheme"
        )
    used = view.where(shapes.LOCAL_TEMPLATE, scheme=code, version=data.get("version"))
    if any(other_id != record_id for other_id, _data in used):
        yield Problem("version", _("This version is used already. Take the next."), "version")
    counted = Counter(row.get("code") for row in data.get("items", []))
    for number, row in enumerate(data.get("items", [])):
        if row.get("code") and counted[row["code"]] > 1:
            yield Problem(f"items.{number}.code", _("This item stands there twice."), "twice")
