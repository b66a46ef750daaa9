"""The shapes of the records of people. Written by devtools.shapes, never by hand."""

from typing import TypedDict

from app.models.records.record_type import RecordType
from app.models.shapes.parts import Address, AnyRecord


class Consent(AnyRecord, total=False):
    """Consent."""

    person: str  # the id of a person
    purpose: str
    agrees: bool
    notice_version: str
    given_on: str
    withdrawn_on: str


CONSENT = RecordType[Consent]("consent")


class DisabilityKindsRow(TypedDict, total=False):
    """A row of kinds."""

    kind: str


class Disability(AnyRecord, total=False):
    """Disability."""

    person: str  # the id of a person
    kinds: list[DisabilityKindsRow]


DISABILITY = RecordType[Disability]("disability")


class PersonFormerNamesRow(TypedDict, total=False):
    """A row of former_names."""

    first_th: str
    last_th: str
    until: str


class Person(AnyRecord, total=False):
    """Person."""

    id_kind: str
    id_no: str
    passport_no: str
    id_verified: str
    title_th: str
    first_th: str
    middle_th: str
    last_th: str
    first_en: str
    last_en: str
    sex: str
    nationality: str
    birth_date: str
    phone: str
    no_phone: bool
    contact_via: str
    email: str
    line_id: str
    address: Address
    current_address: Address
    education: str
    major: str
    work_status: str
    work_sector: str
    unemployed_reason: str
    income_band: str
    income: int  # satang
    occupation: str
    position: str
    work_years: int
    life_status: str
    photo: str
    former_names: list[PersonFormerNamesRow]
    died_on: str
    note: str


PERSON = RecordType[Person]("person")


class PersonLink(AnyRecord, total=False):
    """Persons compared."""

    person: str  # the id of a person
    other: str  # the id of a person
    answer: str
    note: str


PERSON_LINK = RecordType[PersonLink]("person_link")


class Signer(AnyRecord, total=False):
    """Signer."""

    name: str
    position: str
    acting_for: str
    from_on: str
    until_on: str


SIGNER = RecordType[Signer]("signer")


class Transfer(AnyRecord, total=False):
    """Transfer."""

    group: str  # the id of a group
    from_office: str
    to_office: str
    moved_on: str
    letter_no: str


TRANSFER = RecordType[Transfer]("transfer")
