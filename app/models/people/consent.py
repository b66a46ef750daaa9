"""What a person agreed to, and the facts that leave the office only where they agreed.

Personal Data Protection Act B.E. 2562, sections 19 and 26: disability is kept and passed on by
explicit consent alone, which is as easy to take back as to give; refusing it stops no service.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped

from app.core import codes
from app.core.fields import Field, Kind
from app.core.i18n import N_
from app.models.records.base import Record, field


class Consent(Record):
    """One answer of a person to one purpose, given on a notice and perhaps taken back."""

    __tablename__ = "consent"
    label = N_("Consent")

    person: Mapped[str | None] = field(
        N_("Person"), Kind.RECORD, target="person", required=True, index=True
    )
    purpose: Mapped[str | None] = field(
        N_("Purpose"), Kind.CHOICE, choices=codes.CONSENT_PURPOSES, required=True
    )
    agrees: Mapped[bool | None] = field(N_("Agrees"), Kind.FLAG, required=True)
    notice_version: Mapped[str | None] = field(N_("Version of the notice"), Kind.TEXT, most=20)
    given_on: Mapped[str | None] = field(N_("Answered on"), Kind.DATE, required=True)
    withdrawn_on: Mapped[str | None] = field(N_("Taken back on"), Kind.DATE)

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Return "": a consent is named by the person and the purpose."""
        return ""


class Disability(Record):
    """The disabilities of a person; a record of its own, so that it can be withheld whole."""

    __tablename__ = "disability"
    label = N_("Disability")
    consent = "disability"

    person: Mapped[str | None] = field(
        N_("Person"), Kind.RECORD, target="person", required=True, index=True
    )
    kinds: Mapped[list[dict[str, Any]] | None] = field(
        N_("Kinds of disability"),
        Kind.ROWS,
        rows=(
            Field("kind", N_("Disability"), Kind.CHOICE, choices=codes.DISABILITIES, required=True),
        ),
        most=7,
    )

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Return "": it is named by the person, and shown to those who ask for it."""
        return ""
