"""From certification files to the checklists P7, P8 and P9."""

from collections.abc import Callable

from app.core.line import Data
from app.models.person import Person
from app.reports.certification import CertificationFile, ChecklistRow, FollowUp, serial
from app.reports.stamp import Stamp
from app.services import on_paper, schemes
from app.services.on_paper import gathers
from app.services.rules.certification import place_numbers
from app.services.rules.group import members_of
from app.services.view import View


def certification(view: View, stamp: Stamp, record_id: str, data: Data) -> CertificationFile:
    """Gather a checklist: the standard's own words, the product, the answers, the certificate."""
    scheme = schemes.scheme_of(data.get("scheme"))
    product = view.get("product", data.get("product")) or {}
    group_id = product.get("group", "")
    group = view.get("group", group_id) or {}
    leaders = (p for m, p in members_of(view, group_id) if m.get("role") == "leader")
    places = place_numbers(view, data)
    return CertificationFile(
        stamp=stamp,
        title=scheme.title if scheme else data.get("scheme", ""),
        issuer=scheme.issuer if scheme else "",
        version=_version(data.get("template_version", "")),
        standard=schemes.name_of(data.get("scheme", "")),
        group_name=group.get("name", ""),
        leader=Person.title(next(leaders, {})),
        place=on_paper.address(group.get("address")).text,
        product=product.get("name", ""),
        **on_paper.texts(product, "kind", "brand"),
        place_no=places[0] if len(places) == 1 else "",
        serial_no=serial(data.get("serial_no", "")),
        rows=_rows(data),
        **on_paper.texts(data, "standard_no", "submitted_on", "inspected_on", "sampled_on"),
        sample_count=data.get("sample_count"),
        **on_paper.texts(data, "lab", "result", "result_on", "defects", "cert_no"),
        **on_paper.texts(data, "issued_on", "expires_on", "mark_used_on"),
        follow_ups=tuple(
            FollowUp(
                each.get("year", 0), each.get("on", ""), **on_paper.texts(each, "result", "note")
            )
            for each in data.get("follow_ups", ())
        ),
    )


def _is_printed_by(form: str) -> Callable[[Data], bool]:
    def fits(data: Data) -> bool:
        scheme = schemes.scheme_of(data.get("scheme"))
        return (scheme.form if scheme else OTHER) == form

    return fits


OTHER = "certification_other"
for _form in ("certification_fda", "certification_tcps", OTHER):
    gathers(_form, fits=_is_printed_by(_form))(certification)


def _rows(data: Data) -> tuple[ChecklistRow, ...]:
    given = {each.get("code"): each for each in data.get("answers", ())}
    return tuple(
        ChecklistRow(
            item.get("text", ""),
            item.get("need", ""),
            **on_paper.texts(given.get(item.get("code"), {}), "answer", "note"),
        )
        for item in data.get("items", ())
    )


def _version(text: str) -> str:
    """Word the version of a checklist: that of the program, or the office's own."""
    version = text.partition("/")[2]
    own = version.removeprefix(schemes.OWN)
    return version if own == version else f"สำนักงาน {own}"
