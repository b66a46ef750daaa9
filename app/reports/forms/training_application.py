"""P4: the application for training of the Department of Skill Development, on one page (S16)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.reports import samples
from app.reports.layout.blocks import Fill, choices, fills, masthead
from app.reports.layout.page import Sheet
from app.reports.layout.signing import Signer, signatures
from app.reports.people import Person, address_rows, day, number_row
from app.reports.registry import form
from app.reports.stamp import Stamp
from app.reports.training import (
    BODY,
    CONSENT,
    DISABILITIES,
    EDUCATION,
    HEARD_FROM,
    INCOMES,
    JOB_HELP,
    PURPOSES,
    SECTORS,
    SEX,
    UNEMPLOYED,
)


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applies, by the lists of the form; a code of "" leaves its boxes empty.

    `disabilities` holds what the person agreed to have passed on, `body` "" where that is nothing.
    """

    person: Person = field(default_factory=Person)
    name_en: str = ""
    sex: str = ""
    birth_on: str = ""
    email: str = ""
    education: str = ""
    major: str = ""
    body: str = ""
    disabilities: tuple[str, ...] = ()
    work_status: str = ""
    work_sector: str = ""
    unemployed_reason: str = ""
    income_band: str = ""
    position: str = ""
    work_years: int | None = None


@dataclass(frozen=True, slots=True)
class TrainingApplication:
    """One application; `purpose` is a kind of course, `is_minor` asks the guardian to sign."""

    stamp: Stamp
    purpose: str = ""
    course: str = ""
    class_no: str = ""
    hours: int | None = None
    start_on: str = ""
    end_on: str = ""
    applicant: Applicant = field(default_factory=Applicant)
    workplace: str = ""
    industry: str = ""
    heard_from: str = ""
    link_consent: str = ""
    job_help: str = ""
    applied_on: str = ""
    is_minor: bool = False


def sample() -> TrainingApplication:
    """Return an invented application."""
    member = samples.MEMBERS[2]
    return TrainingApplication(
        stamp=samples.stamp("15-2568-A-0004"),
        purpose="upgrading",
        course="การสร้างคอนเทนต์ทางการตลาดบนสื่อออนไลน์แบบมือโปร",
        class_no="15-2568-A-0004",
        hours=30,
        start_on="2025-03-17",
        end_on="2025-03-21",
        applicant=Applicant(
            person=member,
            name_en="Acting Sub Lt. Pantipwanlaksamee Srisuwanphumiwattananon",
            sex="female",
            birth_on="1990-08-14",
            email="sample@example.com",
            education="higher_vocational",
            major="การตลาด",
            body="disabled",
            disabilities=("hearing", "movement"),
            work_status="working",
            work_sector="community_enterprise",
            income_band="9001-15000",
            position="เลขานุการกลุ่ม",
            work_years=6,
        ),
        workplace=samples.GROUP,
        industry="หัตถกรรม",
        heard_from="office",
        link_consent="refuses",
        job_help="none",
        applied_on="2025-03-03",
    )


@form(
    name="training_application",
    number="P4",
    title="ใบสมัครเข้ารับการฝึกอบรมฝีมือแรงงาน",
    code="แบบ ฝร.1 ฉบับร่าง 1",
    entity="enrolment",
    sample=sample,
)
def layout(sheet: Sheet, data: TrainingApplication) -> None:
    """Lay the application out; rows stand close, so that it stays on one page."""
    masthead(
        sheet,
        (
            "ใบสมัครเข้ารับการฝึกอบรมฝีมือแรงงาน/ทดสอบมาตรฐานฝีมือแรงงาน",
            "กรมพัฒนาฝีมือแรงงาน กระทรวงแรงงาน",
        ),
        photo=True,
    )
    sheet.y -= 6
    with sheet.dense(pitch=15.8, body=9):
        _purpose(sheet, data)
        _person(sheet, data.applicant)
        _work(sheet, data)
        _answers(sheet, data)
    _sign(sheet, data)


def _section(sheet: Sheet, title: str) -> None:
    sheet.need(34)
    sheet.sections += 1
    sheet.shade(sheet.left, sheet.y + 2, sheet.width, 13.5)
    sheet.text(sheet.left + 4, sheet.y + 12, f"{sheet.sections}. {title}", size=9.5, bold=True)
    sheet.y += 17


@contextmanager
def _beside(sheet: Sheet, by: float) -> Iterator[None]:
    """Go on in the row just written, so far from its left edge."""
    left = sheet.left
    sheet.left, sheet.y = left + by, sheet.y - sheet.pitch
    yield
    sheet.left = left


def _purpose(sheet: Sheet, data: TrainingApplication) -> None:
    _section(sheet, "ความประสงค์")
    choices(sheet, "", PURPOSES, (data.purpose,))
    fills(
        sheet,
        Fill("หลักสูตร", data.course, share=3),
        Fill("จำนวน", _number(data.hours), width=34, unit="ชั่วโมง", align="center"),
    )
    fills(
        sheet,
        Fill("ระหว่างวันที่", day(data.start_on), align="center"),
        Fill("ถึงวันที่", day(data.end_on), align="center"),
        Fill("รุ่น", data.class_no, align="center", share=0.7),
    )
    fills(
        sheet,
        Fill("กรณีทดสอบ: สาขา", None, share=1.6),
        Fill("ระดับ", None, width=40),
        Fill("ประเภทผู้สมัคร", None, share=1.2),
    )


def _person(sheet: Sheet, one: Applicant) -> None:
    _section(sheet, "ข้อมูลส่วนบุคคล")
    fills(sheet, Fill("ชื่อ-สกุล (นาย/นาง/นางสาว)", one.person.name))
    fills(sheet, Fill("ชื่อ-สกุล (ภาษาอังกฤษ)", one.name_en))
    sheet.y += 2
    number_row(sheet, one.person)
    fills(
        sheet,
        Fill("สัญชาติ", one.person.nationality, width=60, align="center"),
        Fill("วันเกิด", day(one.birth_on), share=1.3, align="center"),
        Fill("อายุ", one.person.age, width=32, unit="ปี", align="center"),
    )
    fills(sheet, Fill("โทรศัพท์", one.person.call), Fill("อีเมล (ถ้ามี)", one.email, share=1.6))
    address_rows(sheet, one.person.registered, label="ที่อยู่ตามทะเบียนบ้าน เลขที่")
    choices(sheet, "วุฒิการศึกษาสูงสุด", EDUCATION, (one.education,))
    fills(sheet, Fill("สาขา", one.major))
    choices(sheet, "เพศ", SEX, (one.sex,))
    with _beside(sheet, 150):
        choices(sheet, "สภาพร่างกาย", BODY, (one.body,))
    choices(sheet, "พิการ", DISABILITIES, one.disabilities)


def _work(sheet: Sheet, data: TrainingApplication) -> None:
    one = data.applicant
    _section(sheet, "สถานภาพแรงงาน")
    choices(sheet, "", (("working", "ทำงาน"),), (one.work_status,))
    with _beside(sheet, 60):
        choices(sheet, "", SECTORS, (one.work_sector,))
    choices(sheet, "รายได้เฉลี่ยต่อเดือน (บาท)", INCOMES, (one.income_band,))
    fills(
        sheet,
        Fill("อาชีพ", one.person.occupation, share=1.2),
        Fill("ตำแหน่ง", one.position),
        Fill("อายุงาน", _number(one.work_years), width=34, unit="ปี", align="center"),
    )
    fills(
        sheet,
        Fill("สถานที่ทำงาน", data.workplace, share=1.5),
        Fill("กลุ่มอุตสาหกรรม", data.industry),
    )
    choices(sheet, "", (("not_working", "ไม่ทำงาน"),), (one.work_status,))
    with _beside(sheet, 60):
        choices(sheet, "", UNEMPLOYED, (one.unemployed_reason,))


def _answers(sheet: Sheet, data: TrainingApplication) -> None:
    sheet.y += 3
    _asked(sheet, "แหล่งที่ทราบการฝึก", HEARD_FROM, data.heard_from)
    _asked(sheet, "การเปิดเผยข้อมูลส่วนบุคคลเพื่อเชื่อมโยงกับหน่วยงานภาครัฐ", CONSENT, data.link_consent)
    _asked(sheet, "ความประสงค์ให้กรมการจัดหางานหางานให้", JOB_HELP, data.job_help)


def _asked(sheet: Sheet, title: str, options: tuple[tuple[str, str], ...], answer: str) -> None:
    """Write a section of one question in the row of its answers."""
    sheet.need(sheet.pitch)
    sheet.sections += 1
    base = sheet.y + sheet.pitch - 6
    width = sheet.text(sheet.left, base, f"{sheet.sections}. {title}", size=9, bold=True)
    left, sheet.left = sheet.left, sheet.left + width + 10
    choices(sheet, "", options, (answer,))
    sheet.left = left


def _sign(sheet: Sheet, data: TrainingApplication) -> None:
    applicant = Signer("ผู้สมัคร", data.applicant.person.name)
    if data.is_minor or sheet.blank:
        signers: tuple[Signer, ...] = (Signer("เจ้าหน้าที่"), Signer("ผู้ปกครอง"), applicant)
    else:
        signers = (Signer("เจ้าหน้าที่รับสมัคร"), applicant)
    signatures(sheet, *signers, columns=len(signers))
    fills(
        sheet,
        Fill("วันที่รับสมัคร", day(data.applied_on), width=150, align="center"),
        Fill("หมายเหตุ", None),
    )


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"
