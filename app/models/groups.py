"""An occupation group, the registrations it holds elsewhere, and its members."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped

from app.core import codes
from app.core.fields import Field, Kind
from app.core.i18n import N_
from app.models.records.base import Record, field

ORIGIN = (
    Field("group", N_("Group"), Kind.RECORD, target="group", required=True),
    Field("how", N_("How"), Kind.CHOICE, choices=codes.GROUP_ORIGINS, required=True),
    Field("on", N_("On"), Kind.DATE),
)

FORMER_NAME = (
    Field("name", N_("Former name"), Kind.TEXT, required=True, most=200),
    Field("until", N_("Until"), Kind.DATE),
)


def _track(label: str) -> Any:
    """Describe one of the six tracks of a group's development."""
    return field(label, Kind.CHOICE, choices=codes.TRACK_STATES, default="not_started")


# The tracks in the order of the form, each a field of the group.
TRACKS = (
    "track_training", "track_product", "track_standard", "track_mark", "track_capital",
    "track_market",
)  # fmt: skip


class Group(Record):
    """An independent-occupation group of the programme."""

    __tablename__ = "group"
    label = N_("Group")
    listed = True
    numbered = "group_no"
    details = ("group_no", "occupation_type")

    group_no: Mapped[str | None] = field(N_("Group number"), Kind.TEXT, derived=True)
    name: Mapped[str | None] = field(
        N_("Group name"), Kind.TEXT, required=True, most=200, hint="กลุ่มดอกไม้จันทน์ย่านซื่อ"
    )
    occupation_type: Mapped[str | None] = field(
        N_("Kind of occupation"), Kind.CHOICE, choices=codes.OCCUPATION_TYPES, required=True
    )
    cohort: Mapped[str | None] = field(
        N_("Cohort (B.E.)"), Kind.DIGITS, least=4, most=4, hint="2567"
    )
    cohort_kind: Mapped[str | None] = field(
        N_("Place in the cohort"), Kind.CHOICE, choices=codes.COHORT_KINDS
    )
    address: Mapped[dict[str, str] | None] = field(N_("Place of work"), Kind.ADDRESS, required=True)
    phone: Mapped[str | None] = field(N_("Phone"), Kind.DIGITS, least=9, most=10, hint="0812345678")
    founded_on: Mapped[str | None] = field(N_("Founded"), Kind.PARTIAL_DATE, hint="2563")
    products: Mapped[str | None] = field(N_("Products and services"), Kind.NOTE, most=1000)
    capacity: Mapped[str | None] = field(N_("Production capacity"), Kind.TEXT, most=200)
    sales_channels: Mapped[str | None] = field(N_("Sales channels"), Kind.TEXT, most=200)
    capital: Mapped[int | None] = field(N_("Capital and assets (baht)"), Kind.BAHT, least=0)
    income_before: Mapped[int | None] = field(
        N_("Income a month before (baht)"), Kind.BAHT, least=0
    )
    income_before_on: Mapped[str | None] = field(N_("Income before, as of"), Kind.PARTIAL_DATE)
    income_after: Mapped[int | None] = field(N_("Income a month after (baht)"), Kind.BAHT, least=0)
    income_after_on: Mapped[str | None] = field(N_("Income after, as of"), Kind.PARTIAL_DATE)
    problems: Mapped[str | None] = field(N_("Problems and obstacles"), Kind.NOTE, most=2000)
    needs: Mapped[str | None] = field(N_("Needs"), Kind.NOTE, most=2000)
    registered_on: Mapped[str | None] = field(N_("Date of the application"), Kind.DATE)
    track_training: Mapped[str | None] = _track(N_("Training"))
    track_product: Mapped[str | None] = _track(N_("Product development"))
    track_standard: Mapped[str | None] = _track(N_("Standards"))
    track_mark: Mapped[str | None] = _track(N_("Logo and mark"))
    track_capital: Mapped[str | None] = _track(N_("Capital"))
    track_market: Mapped[str | None] = _track(N_("Market"))
    origins: Mapped[list[dict[str, Any]] | None] = field(
        N_("Came from"), Kind.ROWS, rows=ORIGIN, most=10
    )
    former_names: Mapped[list[dict[str, Any]] | None] = field(
        N_("Former names"), Kind.ROWS, rows=FORMER_NAME, most=20
    )
    status: Mapped[str | None] = field(
        N_("Status"), Kind.CHOICE, choices=codes.GROUP_STATUSES, default="applied", derived=True
    )
    status_on: Mapped[str | None] = field(N_("Status since"), Kind.DATE, derived=True)
    status_reason: Mapped[str | None] = field(
        N_("Reason for the status"), Kind.NOTE, most=500, derived=True
    )

    @classmethod
    def search_words(cls, data: Mapping[str, Any]) -> list[str]:
        """Find by name, number and phone, and by the names it had."""
        former = [str(row.get("name", "")) for row in data.get("former_names") or ()]
        return [str(data.get(name, "")) for name in ("name", "group_no", "phone")] + former


class GroupRegistration(Record):
    """A registration that the group holds elsewhere: home workers, community enterprise, OTOP."""

    __tablename__ = "group_registration"
    label = N_("Other registration")

    group: Mapped[str | None] = field(
        N_("Group"), Kind.RECORD, target="group", required=True, index=True
    )
    kind: Mapped[str | None] = field(
        N_("Kind of registration"), Kind.CHOICE, choices=codes.REGISTRATION_KINDS, required=True
    )
    number: Mapped[str | None] = field(N_("Registration number"), Kind.TEXT, most=60)
    issued_on: Mapped[str | None] = field(N_("Registered on"), Kind.PARTIAL_DATE)
    issuer: Mapped[str | None] = field(N_("Registered by"), Kind.TEXT, most=200)

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Name the registration by its number."""
        return str(data.get("number", ""))


class Membership(Record):
    """A person's place in a group, from joining to leaving."""

    __tablename__ = "membership"
    label = N_("Member")

    group: Mapped[str | None] = field(
        N_("Group"), Kind.RECORD, target="group", required=True, index=True
    )
    person: Mapped[str | None] = field(
        N_("Person"), Kind.RECORD, target="person", required=True, index=True
    )
    role: Mapped[str | None] = field(
        N_("Role in the group"), Kind.CHOICE, choices=codes.ROLES, required=True, default="member"
    )
    joined_on: Mapped[str | None] = field(N_("Joined"), Kind.PARTIAL_DATE)
    left_on: Mapped[str | None] = field(N_("Left"), Kind.PARTIAL_DATE)
    left_reason: Mapped[str | None] = field(N_("Reason for leaving"), Kind.TEXT, most=200)
    co_borrower: Mapped[bool | None] = field(N_("Borrows with the group"), Kind.FLAG)

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Return "": a member is named by the person and the group."""
        return ""
