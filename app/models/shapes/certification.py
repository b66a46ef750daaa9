"""The shapes of the records of certification. Written by devtools.shapes, never by hand."""

from typing import TypedDict

from app.models.records.record_type import RecordType
from app.models.shapes.parts import AnyRecord


class CertificationItemsRow(TypedDict, total=False):
    """A row of items."""

    code: str
    text: str
    need: str


class CertificationAnswersRow(TypedDict, total=False):
    """A row of answers."""

    code: str
    answer: str
    note: str
    file: str


class CertificationFollowUpsRow(TypedDict, total=False):
    """A row of follow_ups."""

    year: int
    on: str
    result: str
    note: str


class CertificationMarkPhotosRow(TypedDict, total=False):
    """A row of mark_photos."""

    file: str
    title: str


class Certification(AnyRecord, total=False):
    """Certification file."""

    file_no: str
    product: str  # the id of a product
    scheme: str
    template_version: str
    items: list[CertificationItemsRow]
    answers: list[CertificationAnswersRow]
    standard_no: str
    place_no: str
    serial_no: str
    submitted_on: str
    inspected_on: str
    sampled_on: str
    sample_count: int
    lab: str
    result: str
    result_on: str
    defects: str
    cert_no: str
    issued_on: str
    expires_on: str
    follow_ups: list[CertificationFollowUpsRow]
    mark_used_on: str
    mark_photos: list[CertificationMarkPhotosRow]
    note: str
    status: str
    status_on: str
    status_reason: str


CERTIFICATION = RecordType[Certification]("certification")


class LocalTemplateItemsRow(TypedDict, total=False):
    """A row of items."""

    code: str
    text: str
    need: str


class LocalTemplate(AnyRecord, total=False):
    """Checklist of the office."""

    scheme: str
    version: int
    valid_from: str
    items: list[LocalTemplateItemsRow]


LOCAL_TEMPLATE = RecordType[LocalTemplate]("local_template")


class ProductLabelPhotosRow(TypedDict, total=False):
    """A row of label_photos."""

    file: str
    title: str


class ProductChannelsRow(TypedDict, total=False):
    """A row of channels."""

    channel: str


class Product(AnyRecord, total=False):
    """Product."""

    group: str  # the id of a group
    name: str
    kind: str
    brand: str
    logo_status: str
    label_photos: list[ProductLabelPhotosRow]
    capacity: str
    price: int  # satang
    channels: list[ProductChannelsRow]
    note: str


PRODUCT = RecordType[Product]("product")
