"""What a certification file completes by itself: its checklist, and when its certificate ends."""

from app.models import shapes
from app.services.certification import expiry, templates
from app.services.records.autofill import completes
from app.services.records.record_view import View


@completes(shapes.CERTIFICATION)
def with_checklist(view: View, _record_id: str, data: shapes.Certification) -> shapes.Certification:
    """Return the file with the checklist of its standard and the end of its certificate.

    A file keeps the items it was begun with; those of another standard only while nothing is
    answered.
    """
    scheme, version = data.get("scheme", ""), data.get("template_version", "")
    if version.partition("/")[0] != scheme and not data.get("answers"):
        product = view.get(shapes.PRODUCT, data.get("product")) or {}
        found = templates.checklist(view, scheme, product.get("kind", ""))
        if found is not None:
            data = data | {"template_version": found.version, "items": found.items}
    end = expiry.end_of(data)
    return data | {"expires_on": end} if end and not data.get("expires_on") else data
