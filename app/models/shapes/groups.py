"""The shapes of the records of groups. Written by devtools.shapes, never by hand."""

from typing import TypedDict

from app.models.records.record_type import RecordType
from app.models.shapes.parts import Address, AnyRecord


class GroupOriginsRow(TypedDict, total=False):
    """A row of origins."""

    group: str  # the id of a group
    how: str
    on: str


class GroupFormerNamesRow(TypedDict, total=False):
    """A row of former_names."""

    name: str
    until: str


class Group(AnyRecord, total=False):
    """Group."""

    group_no: str
    name: str
    occupation_type: str
    cohort: str
    cohort_kind: str
    address: Address
    phone: str
    founded_on: str
    products: str
    capacity: str
    sales_channels: str
    capital: int  # satang
    income_before: int  # satang
    income_before_on: str
    income_after: int  # satang
    income_after_on: str
    problems: str
    needs: str
    registered_on: str
    track_training: str
    track_product: str
    track_standard: str
    track_mark: str
    track_capital: str
    track_market: str
    origins: list[GroupOriginsRow]
    former_names: list[GroupFormerNamesRow]
    status: str
    status_on: str
    status_reason: str


GROUP = RecordType[Group]("group")


class GroupRegistration(AnyRecord, total=False):
    """Other registration."""

    group: str  # the id of a group
    kind: str
    number: str
    issued_on: str
    issuer: str


GROUP_REGISTRATION = RecordType[GroupRegistration]("group_registration")


class Membership(AnyRecord, total=False):
    """Member."""

    group: str  # the id of a group
    person: str  # the id of a person
    role: str
    joined_on: str
    left_on: str
    left_reason: str
    co_borrower: bool


MEMBERSHIP = RecordType[Membership]("membership")
