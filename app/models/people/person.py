"""A person: member, trainee, guarantor or contact; one table for all of them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped

from app.core import codes
from app.core.fields import Field, Kind
from app.core.i18n import N_
from app.models.records.base import Record, field

FORMER_NAME = (
    Field("first_th", N_("First name"), Kind.TEXT, required=True, most=100),
    Field("last_th", N_("Family name"), Kind.TEXT, most=100),
    Field("until", N_("Until"), Kind.PARTIAL_DATE),
)


class Person(Record):
    """One human being, known to the office by id number or, with a reason, without one."""

    __tablename__ = "person"
    label = N_("Person")
    listed = True
    details = ("id_no", "phone")

    id_kind: Mapped[str | None] = field(
        N_("Kind of id"), Kind.CHOICE, choices=codes.ID_KINDS, required=True, default="thai13"
    )
    id_no: Mapped[str | None] = field(
        N_("Id number"), Kind.CITIZEN_ID, index=True, hint="1-2345-67890-12-3"
    )
    passport_no: Mapped[str | None] = field(N_("Passport number"), Kind.TEXT, most=20)
    id_verified: Mapped[str | None] = field(
        N_("Id checked by"), Kind.CHOICE, choices=codes.ID_VERIFIED
    )
    title_th: Mapped[str | None] = field(N_("Title"), Kind.TEXT, most=40, hint="นาย")
    first_th: Mapped[str | None] = field(N_("First name"), Kind.TEXT, required=True, most=100)
    middle_th: Mapped[str | None] = field(N_("Middle name"), Kind.TEXT, most=100)
    last_th: Mapped[str | None] = field(N_("Family name"), Kind.TEXT, most=100)
    first_en: Mapped[str | None] = field(N_("First name in English"), Kind.TEXT, most=100)
    last_en: Mapped[str | None] = field(N_("Family name in English"), Kind.TEXT, most=100)
    sex: Mapped[str | None] = field(N_("Sex"), Kind.CHOICE, choices=codes.SEX)
    nationality: Mapped[str | None] = field(
        N_("Nationality"), Kind.TEXT, required=True, most=60, default="ไทย"
    )
    birth_date: Mapped[str | None] = field(N_("Date of birth"), Kind.PARTIAL_DATE, hint="15/3/2520")
    phone: Mapped[str | None] = field(N_("Phone"), Kind.DIGITS, least=9, most=10, hint="0812345678")
    no_phone: Mapped[bool | None] = field(N_("Has no phone"), Kind.FLAG)
    contact_via: Mapped[str | None] = field(
        N_("Reached through"), Kind.TEXT, most=200, hint="ผู้ใหญ่บ้าน หมู่ 4"
    )
    email: Mapped[str | None] = field(N_("E-mail"), Kind.TEXT, most=100)
    line_id: Mapped[str | None] = field(N_("LINE"), Kind.TEXT, most=60)
    address: Mapped[dict[str, str] | None] = field(N_("Registered address"), Kind.ADDRESS)
    current_address: Mapped[dict[str, str] | None] = field(N_("Current address"), Kind.ADDRESS)
    education: Mapped[str | None] = field(
        N_("Highest education"), Kind.CHOICE, choices=codes.EDUCATION
    )
    major: Mapped[str | None] = field(N_("Field of study"), Kind.TEXT, most=100)
    work_status: Mapped[str | None] = field(
        N_("Work status"), Kind.CHOICE, choices=codes.WORK_STATUS
    )
    work_sector: Mapped[str | None] = field(N_("Sector"), Kind.CHOICE, choices=codes.WORK_SECTORS)
    unemployed_reason: Mapped[str | None] = field(
        N_("Why not working"), Kind.CHOICE, choices=codes.UNEMPLOYED_REASONS
    )
    income_band: Mapped[str | None] = field(
        N_("Average income a month"), Kind.CHOICE, choices=codes.INCOME_BANDS
    )
    income: Mapped[int | None] = field(N_("Income a month (baht)"), Kind.BAHT, least=0)
    occupation: Mapped[str | None] = field(N_("Occupation"), Kind.TEXT, most=100)
    position: Mapped[str | None] = field(N_("Position"), Kind.TEXT, most=100)
    work_years: Mapped[int | None] = field(N_("Years at work"), Kind.WHOLE, least=0, most=80)
    life_status: Mapped[str | None] = field(
        N_("Life status"), Kind.CHOICE, choices=codes.LIFE_STATUS, default="living"
    )
    photo: Mapped[str | None] = field(N_("Photo"), Kind.FILE)
    former_names: Mapped[list[dict[str, Any]] | None] = field(
        N_("Former names"), Kind.ROWS, rows=FORMER_NAME, most=20
    )
    died_on: Mapped[str | None] = field(N_("Date of death"), Kind.PARTIAL_DATE)
    note: Mapped[str | None] = field(N_("Note"), Kind.NOTE, most=2000)

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Return the full name; no space follows the title, as Thai is written."""
        first = f"{data.get('title_th', '')}{data.get('first_th', '')}"
        return " ".join(filter(None, (first, data.get("middle_th"), data.get("last_th"))))

    @classmethod
    def search_words(cls, data: Mapping[str, Any]) -> list[str]:
        """Find by name with and without the title, by id number, passport and phone."""
        names = (data.get("first_th"), data.get("middle_th"), data.get("last_th"))
        return [
            " ".join(filter(None, names)),
            *(str(data.get(name, "")) for name in ("id_no", "passport_no", "phone")),
            f"{data.get('first_en', '')} {data.get('last_en', '')}".strip(),
            cls.title(data) if data.get("title_th") else "",
            *(
                " ".join(filter(None, (row.get("first_th"), row.get("last_th"))))
                for row in data.get("former_names") or ()
            ),
        ]
