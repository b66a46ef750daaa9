"""The office and its users."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped

from app.core.fields import Kind
from app.core.i18n import N_
from app.models.records.base import Record, field

ROLE_CHOICES = (
    ("clerk", N_("Clerk")),
    ("checker", N_("Checker")),
    ("head", N_("Head of office")),
)


class Office(Record):
    """The office of this desk as it appears on paper: who signs, which letter prefix."""

    __tablename__ = "office"
    label = N_("Office")

    name: Mapped[str | None] = field(N_("Office name"), Kind.TEXT, required=True, most=200)
    letter_prefix: Mapped[str | None] = field(
        N_("Letter prefix"), Kind.TEXT, most=40, hint="รง 0309.5"
    )
    signer: Mapped[str | None] = field(N_("Signer"), Kind.TEXT, most=200)
    position: Mapped[str | None] = field(N_("Position of the signer"), Kind.TEXT, most=200)
    address: Mapped[dict[str, str] | None] = field(N_("Address"), Kind.ADDRESS)
    phone: Mapped[str | None] = field(N_("Phone"), Kind.DIGITS, least=9, most=10)


class User(Record):
    """Someone who signs in at this office."""

    __tablename__ = "user"
    label = N_("User")
    signs_in = True

    name: Mapped[str | None] = field(N_("User name"), Kind.TEXT, required=True, most=60)
    full_name: Mapped[str | None] = field(N_("Full name"), Kind.TEXT, most=200)
    role: Mapped[str | None] = field(
        N_("Role"), Kind.CHOICE, choices=ROLE_CHOICES, required=True, default="clerk"
    )

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Name the user in full where the full name is known."""
        return str(data.get("full_name") or data.get("name", ""))
