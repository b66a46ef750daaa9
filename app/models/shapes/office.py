"""The shapes of the records of office. Written by devtools.shapes, never by hand."""

from app.models.records.record_type import RecordType
from app.models.shapes.parts import Address, AnyRecord


class Office(AnyRecord, total=False):
    """Office."""

    name: str
    letter_prefix: str
    signer: str
    position: str
    address: Address
    phone: str


OFFICE = RecordType[Office]("office")


class User(AnyRecord, total=False):
    """User."""

    name: str
    full_name: str
    role: str


USER = RecordType[User]("user")
