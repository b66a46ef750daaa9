"""People and places as forms print them: the data, and the rows that show it."""

from dataclasses import dataclass, field

from app.core import thai
from app.core.thai.calendar import Style
from app.reports.layout.blocks import Fill, citizen_id, fills
from app.reports.layout.page import Sheet


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; the names of the places are bare, without ตำบล, อำเภอ, จังหวัด."""

    house_no: str = ""
    moo: str = ""
    village: str = ""
    soi: str = ""
    road: str = ""
    subdistrict: str = ""
    district: str = ""
    province: str = ""
    postcode: str = ""

    @property
    def is_bangkok(self) -> bool:
        """Tell whether the places are called แขวง and เขต."""
        return self.province == "กรุงเทพมหานคร"

    @property
    def text(self) -> str:
        """Return the address in one line; absent parts leave nothing behind."""
        low, high = ("แขวง", "เขต") if self.is_bangkok else ("ต.", "อ.")
        parts = (
            ("", self.house_no),
            ("หมู่ ", self.moo),
            ("บ้าน", self.village.removeprefix("บ้าน")),
            ("ซอย", self.soi.removeprefix("ซอย")),
            ("ถนน", self.road.removeprefix("ถนน")),
            (low, self.subdistrict),
            (high, self.district),
            ("" if self.is_bangkok else "จ.", self.province),
            ("", self.postcode),
        )
        return " ".join(label + value for label, value in parts if value)


@dataclass(frozen=True, slots=True)
class Person:
    """A person as forms print one; `name` is whole with its title, `age` may be a range.

    Who has no Thai number is known by `passport_no`. `reached_by` is who passes word on to one
    without a phone.
    """

    name: str = ""
    id_no: str = ""
    passport_no: str = ""
    age: str = ""
    nationality: str = ""
    occupation: str = ""
    phone: str = ""
    reached_by: str = ""
    registered: Address = field(default_factory=Address)
    current: Address = field(default_factory=Address)
    role: str = ""

    @property
    def lives_at(self) -> Address:
        """Return the current address; only a different one is filled in beside the registered."""
        return self.registered if self.current == Address() else self.current

    @property
    def number(self) -> str:
        """Return the number grouped as on the card; that of a passport says what it is."""
        if self.id_no or not self.passport_no:
            return thai.format_citizen_id(self.id_no)
        return f"{PASSPORT} {self.passport_no}"

    @property
    def call(self) -> str:
        """Return the phone, or through whom the person is reached."""
        return self.phone or (f"ผ่าน {self.reached_by}" if self.reached_by else "")


PASSPORT = "หนังสือเดินทาง"


def person_rows(sheet: Sheet, person: Person, *, label: str) -> None:
    """Write who a person is, and where to be reached."""
    fills(
        sheet,
        Fill(label, person.name),
        Fill("อายุ", person.age, width=42, unit="ปี", align="center"),
        Fill("สัญชาติ", person.nationality, width=58, align="center"),
    )
    number_row(sheet, person)
    address_rows(sheet, person.registered, label="ที่อยู่ตามทะเบียนบ้าน เลขที่")
    fills(
        sheet,
        Fill("โทรศัพท์", person.call, share=0.8),
        Fill("อาชีพ", person.occupation, share=1.4),
    )


def number_row(sheet: Sheet, person: Person) -> None:
    """Write the 13 digits into their boxes, or the passport of one who has no such number."""
    if person.passport_no and not person.id_no and not sheet.blank:
        fills(sheet, Fill(f"{PASSPORT}เลขที่", person.passport_no))
    else:
        citizen_id(sheet, "เลขประจำตัวประชาชน", person.id_no)


def address_rows(sheet: Sheet, address: Address, *, label: str) -> None:
    """Write an address part by part, as it is asked for at the counter."""
    low, high = ("แขวง", "เขต") if address.is_bangkok and not sheet.blank else ("ตำบล", "อำเภอ")
    if sheet.blank:
        low, high = "ตำบล/แขวง", "อำเภอ/เขต"
    fills(
        sheet,
        Fill(label, address.house_no, width=62, align="center"),
        Fill("หมู่ที่", address.moo, width=30, align="center"),
        Fill("หมู่บ้าน", address.village.removeprefix("บ้าน"), share=1.0),
    )
    fills(
        sheet,
        Fill("ตรอก/ซอย", address.soi.removeprefix("ซอย")),
        Fill("ถนน", address.road.removeprefix("ถนน")),
        Fill(low, address.subdistrict),
    )
    fills(
        sheet,
        Fill(high, address.district),
        Fill("จังหวัด", address.province),
        Fill("รหัสไปรษณีย์", address.postcode, width=52, align="center"),
    )


def day(iso: str, style: Style = "long") -> str:
    """Write a stored date in words; an absent date is ""."""
    return thai.format_date(iso, style) if iso else ""


def baht(satang: int | None) -> str:
    """Write an amount; an absent amount is ""."""
    return "" if satang is None else thai.format_baht(satang)
