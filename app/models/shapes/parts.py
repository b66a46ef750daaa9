"""What the shapes share. Written by devtools.shapes, never by hand."""

from typing import TypedDict


class Address(TypedDict, total=False):
    """An address."""

    house_no: str
    moo: str
    village: str
    soi: str
    road: str
    subdistrict: str
    postcode: str
    house_code: str
    card_text: str


class AnyRecord(TypedDict, total=False):
    """The marks that any record may have."""

    void_reason: str
    reasons: dict[str, str]
