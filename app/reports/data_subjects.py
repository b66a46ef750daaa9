"""The person whose data the office keeps, as the papers about that data print one."""

from dataclasses import dataclass

from app.reports import samples
from app.reports.layout.blocks import Fill, fills
from app.reports.layout.page import Sheet
from app.reports.stamp import Stamp


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person answered to a purpose, by its code; `given` is yes, no or "" for nothing."""

    kind: str
    given: str = ""
    given_on: str = ""


@dataclass(frozen=True, slots=True)
class DataSubject:
    """A person with the answers that still stand, and the telephone of the office."""

    stamp: Stamp
    name: str
    number: str = ""
    address: str = ""
    phone: str = ""
    office_phone: str = ""
    answers: tuple[Answer, ...] = ()

    def answer(self, kind: str) -> Answer:
        """Return the answer to a purpose; where there is none, an empty one."""
        return next((each for each in self.answers if each.kind == kind), Answer(kind))


PURPOSES = {
    "disability": "ให้เก็บและใช้ข้อมูลความพิการหรือสุขภาพ เพื่อจัดการฝึกและบริการที่เหมาะสม",
    "linking": "ให้เชื่อมโยงข้อมูลกับหน่วยงานของรัฐอื่นที่ร่วมดำเนินโครงการ",
    "publicity": "ให้เผยแพร่ภาพและเรื่องราวของข้าพเจ้าเพื่อประชาสัมพันธ์โครงการ",
}


def sample() -> DataSubject:
    """Return an invented member who answered two purposes of three."""
    one = samples.MEMBERS[2]
    return DataSubject(
        stamp=samples.stamp("อท-68-A-0003"),
        name=one.name,
        number=one.number,
        address=one.lives_at.text,
        phone=one.phone,
        office_phone="035000000",
        answers=(
            Answer("disability", "no", "2025-03-19"),
            Answer("linking", "yes", "2025-03-19"),
            Answer("publicity"),
        ),
    )


def subject_rows(sheet: Sheet, data: DataSubject) -> None:
    """Write who the person is, and where to be reached."""
    fills(
        sheet,
        Fill("เจ้าของข้อมูล", data.name, share=1.7),
        Fill("เลขประจำตัว", data.number, align="center"),
    )
    fills(
        sheet,
        Fill("ที่อยู่", data.address, share=2.4),
        Fill("โทรศัพท์", data.phone, align="center"),
    )


def office_row(sheet: Sheet, data: DataSubject, label: str) -> None:
    """Write which office keeps the data, and its telephone."""
    fills(
        sheet,
        Fill(label, "" if sheet.blank else data.stamp.office, share=2),
        Fill("โทรศัพท์", data.office_phone, align="center"),
    )
