"""From certification files to the checklists P7, P8 and P9."""

from collections.abc import Callable

from app.models import shapes
from app.models.people.person import Person
from app.reports.certification import CertificationFile, ChecklistRow, FollowUp, serial
from app.reports.stamp import Stamp
from app.services.certification import templates
from app.services.certification.rules import place_numbers
from app.services.groups.rules import members_of
from app.services.printing import gathering
from app.services.printing.gathering import gathers
from app.services.records.record_view import View


def certification(
    view: View, stamp: Stamp, record_id: str, data: shapes.Certification
) -> CertificationFile:
    """Gather a checklist: the standard's own words, the product, the answers, the certificate."""
    scheme = templates.scheme_of(data.get("scheme"))
    product = view.get(shapes.PRODUCT, data.get("product")) or {}
    group_id = product.get("group", "")
    group = view.get(shapes.GROUP, group_id) or {}
    leaders = (p for m, p in members_of(view, group_id) if m.get("role") == "leader")
    places = place_numbers(view, data)
    return CertificationFile(
        stamp=stamp,
        title=scheme.title if scheme else data.get("scheme", ""),
        issuer=scheme.issuer if scheme else "",
        version=_version(data.get("template_version", "")),
        standard=templates.name_of(data.get("scheme", "")),
        group_name=group.get("name", ""),
        leader=Person.title(next(leaders, {})),
        place=gathering.address(group.get("address")).text,
        product=product.get("name", ""),
        **gathering.texts(product, "kind", "brand"),
        place_no=places[0] if len(places) == 1 else "",
        serial_no=serial(data.get("serial_no", "")),
        rows=_rows(data),
        **gathering.texts(data, "standard_no", "submitted_on", "inspected_on", "sampled_on"),
        sample_count=data.get("sample_count"),
        **gathering.texts(data, "lab", "result", "result_on", "defects", "cert_no"),
        **gathering.texts(data, "issued_on", "expires_on", "mark_used_on"),
        follow_ups=tuple(
            FollowUp(
                each.get("year", 0), each.get("on", ""), **gathering.texts(each, "result", "note")
            )
            for each in data.get("follow_ups", ())
        ),
    )


def _is_printed_by(form: str) -> Callable[[shapes.Certification], bool]:
    def fits(data: shapes.Certification) -> bool:
        scheme = templates.scheme_of(data.get("scheme"))
        return (scheme.form if scheme else OTHER) == form

    return fits


OTHER = "certification_other"
for _form in ("certification_fda", "certification_tcps", OTHER):
    gathers(_form, shapes.CERTIFICATION, fits=_is_printed_by(_form))(certification)


def _rows(data: shapes.Certification) -> tuple[ChecklistRow, ...]:
    given = {each.get("code"): each for each in data.get("answers", ())}
    return tuple(
        ChecklistRow(
            item.get("text", ""),
            item.get("need", ""),
            **gathering.texts(given.get(item.get("code"), {}), "answer", "note"),
        )
        for item in data.get("items", ())
    )


def _version(text: str) -> str:
    """Word the version of a checklist: that of the program, or the office's own."""
    version = text.partition("/")[2]
    own = version.removeprefix(templates.OWN)
    return version if own == version else f"สำนักงาน {own}"
