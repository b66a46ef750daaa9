"""What joins records: one person entered twice, a group that moved, who signs from when."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped

from app.core import codes
from app.core.fields import Kind
from app.core.i18n import N_
from app.models.records.base import Record, Writer, field


class PersonLink(Record):
    """What a clerk found of two records: one person, or two. Voiding it takes the merge back."""

    __tablename__ = "person_link"
    label = N_("Persons compared")

    person: Mapped[str | None] = field(
        N_("Person kept"), Kind.RECORD, target="person", required=True, index=True
    )
    other: Mapped[str | None] = field(
        N_("Other record"), Kind.RECORD, target="person", required=True, index=True
    )
    answer: Mapped[str | None] = field(
        N_("Found to be"), Kind.CHOICE, choices=codes.PERSON_LINKS, required=True
    )
    note: Mapped[str | None] = field(N_("Note"), Kind.TEXT, most=500)

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Return "": it is named by the two persons."""
        return ""


class Transfer(Record):
    """A group that moves from one office to another; the centre writes it for both."""

    __tablename__ = "transfer"
    label = N_("Transfer")
    writer = Writer.CENTRE

    group: Mapped[str | None] = field(
        N_("Group"), Kind.RECORD, target="group", required=True, index=True
    )
    from_office: Mapped[str | None] = field(N_("From office"), Kind.TEXT, required=True, most=3)
    to_office: Mapped[str | None] = field(N_("To office"), Kind.TEXT, required=True, most=3)
    moved_on: Mapped[str | None] = field(N_("Moved on"), Kind.DATE, required=True)
    letter_no: Mapped[str | None] = field(N_("Letter number"), Kind.TEXT, most=60)

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Name the transfer by its letter."""
        return str(data.get("letter_no", ""))


class Signer(Record):
    """Who signs for the office from one day to another; prints of earlier days keep theirs."""

    __tablename__ = "signer"
    label = N_("Signer")

    name: Mapped[str | None] = field(N_("Name with title"), Kind.TEXT, required=True, most=200)
    position: Mapped[str | None] = field(N_("Position"), Kind.TEXT, required=True, most=200)
    acting_for: Mapped[str | None] = field(
        N_("Acting for"), Kind.TEXT, most=200, hint="จัดหางานจังหวัด"
    )
    from_on: Mapped[str | None] = field(N_("Signs from"), Kind.DATE, required=True)
    until_on: Mapped[str | None] = field(N_("Signs until"), Kind.DATE)

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Name the signer."""
        return str(data.get("name", ""))
