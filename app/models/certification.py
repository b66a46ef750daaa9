"""What a group makes or offers, and the certification of it (S18, S20)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped

from app.core import codes
from app.core.fields import Field, Kind
from app.core.i18n import N_
from app.models.loans.file import ATTACHMENT
from app.models.records.base import Record, field

CHECKLIST_ITEM = (
    Field("code", N_("Code of the item"), Kind.TEXT, required=True, most=40),
    Field("text", N_("What is asked for"), Kind.TEXT, required=True, most=300),
    Field("need", N_("Needed"), Kind.CHOICE, choices=codes.CHECKLIST_NEEDS, required=True),
)

ANSWER = (
    Field("code", N_("Code of the item"), Kind.TEXT, required=True, most=40),
    Field("answer", N_("Answer"), Kind.CHOICE, choices=codes.CHECKLIST_ANSWERS),
    Field("note", N_("Note"), Kind.TEXT, most=300),
    Field("file", N_("Scan or picture"), Kind.FILE),
)

FOLLOW_UP = (
    Field("year", N_("Year of follow-up"), Kind.WHOLE, required=True, least=1, most=10),
    Field("on", N_("Inspected on"), Kind.DATE, required=True),
    Field("result", N_("Result"), Kind.CHOICE, choices=codes.TEST_RESULTS, required=True),
    Field("note", N_("Note"), Kind.TEXT, most=300),
)


class Product(Record):
    """One product or service of a group."""

    __tablename__ = "product"
    counted = ("group", "void_reason", "id")
    label = N_("Product")
    listed = True
    details = ("kind", "brand")

    group: Mapped[str | None] = field(N_("Group"), Kind.RECORD, target="group", required=True)
    name: Mapped[str | None] = field(N_("Product name"), Kind.TEXT, required=True, most=200)
    kind: Mapped[str | None] = field(
        N_("Kind of product"), Kind.CHOICE, choices=codes.PRODUCT_KINDS, required=True
    )
    brand: Mapped[str | None] = field(N_("Brand"), Kind.TEXT, most=100)
    logo_status: Mapped[str | None] = field(
        N_("Logo"), Kind.CHOICE, choices=codes.LOGO_STATUSES, default="none"
    )
    label_photos: Mapped[list[dict[str, Any]] | None] = field(
        N_("Pictures of label and logo"), Kind.ROWS, rows=ATTACHMENT, most=10
    )
    capacity: Mapped[str | None] = field(N_("Production capacity"), Kind.TEXT, most=200)
    price: Mapped[int | None] = field(N_("Price (baht)"), Kind.BAHT, least=0)
    channels: Mapped[list[dict[str, Any]] | None] = field(
        N_("Sales channels"),
        Kind.ROWS,
        rows=(Field("channel", N_("Channel"), Kind.CHOICE, choices=codes.CHANNELS, required=True),),
        most=10,
    )
    note: Mapped[str | None] = field(N_("Note"), Kind.NOTE, most=2000)

    @classmethod
    def search_words(cls, data: Mapping[str, Any]) -> list[str]:
        """Find by name and brand."""
        return [str(data.get(name, "")) for name in ("name", "brand")]


class LocalTemplate(Record):
    """The office's own copy of a checklist, edited by the head; files begun before keep theirs."""

    __tablename__ = "local_template"
    label = N_("Checklist of the office")
    head_only = True

    scheme: Mapped[str | None] = field(N_("Standard"), Kind.TEXT, required=True, index=True)
    version: Mapped[int | None] = field(
        N_("Version"), Kind.WHOLE, required=True, least=1, most=9_999
    )
    valid_from: Mapped[str | None] = field(N_("Valid from"), Kind.DATE, required=True)
    items: Mapped[list[dict[str, Any]] | None] = field(
        N_("Items"), Kind.ROWS, rows=CHECKLIST_ITEM, required=True, most=60
    )

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Name the checklist by its standard and version."""
        return f"{data.get('scheme', '')} {data.get('version', '')}".strip()


class Certification(Record):
    """The file of one product for one standard, from the first paper to the mark on the label."""

    __tablename__ = "certification"
    counted = ("product", "status", "issued_on", "expires_on", "void_reason")
    label = N_("Certification file")
    listed = True
    numbered = "file_no"
    details = ("cert_no", "status")

    file_no: Mapped[str | None] = field(N_("File number"), Kind.TEXT, derived=True)
    product: Mapped[str | None] = field(N_("Product"), Kind.RECORD, target="product", required=True)
    scheme: Mapped[str | None] = field(N_("Standard"), Kind.TEXT, required=True, index=True)
    template_version: Mapped[str | None] = field(
        N_("Version of the checklist"), Kind.TEXT, derived=True
    )
    items: Mapped[list[dict[str, Any]] | None] = field(
        N_("Items"), Kind.ROWS, rows=CHECKLIST_ITEM, most=60, derived=True
    )
    answers: Mapped[list[dict[str, Any]] | None] = field(
        N_("Answers"), Kind.ROWS, rows=ANSWER, most=60
    )
    standard_no: Mapped[str | None] = field(
        N_("Number of the standard"), Kind.TEXT, most=40, hint="มผช. 1/2560"
    )
    place_no: Mapped[str | None] = field(
        N_("Number of the place of production"), Kind.DIGITS, least=8, most=8, hint="10100155"
    )
    serial_no: Mapped[str | None] = field(
        N_("Food serial number"), Kind.DIGITS, least=13, most=13, hint="10-1-00155-1-0001"
    )
    submitted_on: Mapped[str | None] = field(N_("Submitted on"), Kind.DATE)
    inspected_on: Mapped[str | None] = field(N_("Inspected on"), Kind.DATE)
    sampled_on: Mapped[str | None] = field(N_("Samples taken on"), Kind.DATE)
    sample_count: Mapped[int | None] = field(
        N_("Number of samples"), Kind.WHOLE, least=1, most=10_000
    )
    lab: Mapped[str | None] = field(N_("Laboratory"), Kind.TEXT, most=200)
    result: Mapped[str | None] = field(N_("Test result"), Kind.CHOICE, choices=codes.TEST_RESULTS)
    result_on: Mapped[str | None] = field(N_("Date of the result"), Kind.DATE)
    defects: Mapped[str | None] = field(N_("Defects"), Kind.NOTE, most=2000)
    cert_no: Mapped[str | None] = field(N_("Certificate number"), Kind.TEXT, most=60)
    issued_on: Mapped[str | None] = field(N_("Issued on"), Kind.DATE)
    expires_on: Mapped[str | None] = field(N_("Expires on"), Kind.DATE, index=True)
    follow_ups: Mapped[list[dict[str, Any]] | None] = field(
        N_("Follow-up inspections"), Kind.ROWS, rows=FOLLOW_UP, most=10
    )
    mark_used_on: Mapped[str | None] = field(N_("Mark on the label since"), Kind.DATE)
    mark_photos: Mapped[list[dict[str, Any]] | None] = field(
        N_("Pictures of the mark"), Kind.ROWS, rows=ATTACHMENT, most=10
    )
    note: Mapped[str | None] = field(N_("Note"), Kind.NOTE, most=2000)
    status: Mapped[str | None] = field(
        N_("Status"),
        Kind.CHOICE,
        choices=codes.CERTIFICATION_STATUSES,
        default="preparing",
        derived=True,
    )
    status_on: Mapped[str | None] = field(N_("Status since"), Kind.DATE, derived=True)
    status_reason: Mapped[str | None] = field(
        N_("Reason for the status"), Kind.NOTE, most=500, derived=True
    )

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Name the file by its number."""
        return str(data.get("file_no", ""))

    @classmethod
    def search_words(cls, data: Mapping[str, Any]) -> list[str]:
        """Find by file number, certificate and food serial number."""
        return [str(data.get(name, "")) for name in ("file_no", "cert_no", "serial_no")]
