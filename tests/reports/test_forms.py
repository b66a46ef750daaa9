"""Every printed form: what it looks like, what it says, and what it never does."""

import dataclasses
import functools
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from app.core import thai
from app.core.errors import Invalid, UserError
from app.reports import registry
from app.reports.forms.attendance_sheet import Signing
from app.reports.forms.group_registration import GroupRegistration
from app.reports.forms.loan_application import LoanApplication
from app.reports.forms.member_list import MemberList
from app.reports.history_copy import overlaid
from app.reports.loans import Guarantor
from app.reports.people import Address
from app.reports.stamp import Stamp
from tests.makers.laws import share
from tests.reports.drafts import LONG_NAME, drafts
from tests.reports.layout import faults, texts_of

GOLDEN = Path(__file__).parents[1] / "golden"
ANEW = "look at the paper (dev.py shots paper), then approve it: dev.py test THIS --update-golden"
NAMES = sorted(registry.FORMS)
MODES: dict[str, dict[str, bool]] = {
    "filled": {},
    "blank": {"blank": True},
    "thai_digits": {"thai_digits": True},
}
STAMP = Stamp("สำนักงานจัดหางานจังหวัดทดลอง", "เจ้าหน้าที่", "2025-01-02T10:15")


def a_person_borrows() -> LoanApplication:
    group = registry.FORMS["loan_application"].sample()
    return dataclasses.replace(
        group,
        kind="individual",
        income=900_000,
        capital=1_500_000,
        amount=2_200_000,
        months=24,
        purpose_lines=group.purpose_lines[3:],
        account_name=group.applicant.name,
        co_borrowers=(),
        guarantors=(
            Guarantor(group.co_borrowers[3], "company", "บริษัท ตัวอย่างการผ้า จำกัด", 1_850_000),
            Guarantor(group.co_borrowers[5], "village_head", "หมู่ 3 ต.ย่านซื่อ"),
        ),
        documents=("id_card", "house_registration", "bank_book", "salary_certificate", "receipt"),
    )


SAMPLES: dict[str, Callable[[], Any]] = {
    **{name: registry.FORMS[name].sample for name in NAMES},
    "loan_application_of_a_person": a_person_borrows,
}


@functools.cache
def print_sample(sample: str, mode: str = "filled") -> bytes:
    """Draw a sample; once in a process for each mode, however many tests look at it."""
    name = sample.removesuffix("_of_a_person")
    return registry.draw(name, SAMPLES[sample](), **MODES[mode])


def _in_one_process(samples: Iterable[str]) -> list[Any]:
    """Keep the tests of one sample together, for it is drawn once in a process."""
    return [
        pytest.param(sample, marks=pytest.mark.xdist_group(f"paper {sample}")) for sample in samples
    ]


of_each_sample = pytest.mark.parametrize("sample", _in_one_process(SAMPLES))
of_each_form = pytest.mark.parametrize("name", _in_one_process(NAMES))


@pytest.mark.parametrize("mode", MODES)
@of_each_sample
def test_the_pages_look_as_they_were_approved(
    sample: str, mode: str, pictures: Any, golden: Callable[[str, list[Image.Image]], None]
) -> None:
    golden(f"{sample}-{mode}", pictures(print_sample(sample, mode), dpi=80))


@pytest.mark.parametrize("mode", MODES)
@of_each_sample
def test_nothing_overlaps_or_leaves_the_page(sample: str, mode: str) -> None:
    assert faults(print_sample(sample, mode)) == []


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
@given(data=st.data(), blank=st.booleans(), thai_digits=st.booleans())
@settings(
    max_examples=share(1 / 4), phases=[Phase.explicit, Phase.reuse, Phase.generate]
)  # no shrinking
def test_no_data_makes_texts_overlap_or_leave_the_page(
    name: str, data: Any, blank: bool, thai_digits: bool
) -> None:
    draft = data.draw(drafts(type(registry.FORMS[name].sample())))

    assert faults(registry.draw(name, draft, blank=blank, thai_digits=thai_digits)) == []


@of_each_sample
def test_every_value_can_be_searched_and_copied(sample: str, readers: Any) -> None:
    pdf = print_sample(sample)

    wanted = _values(sample)
    assert len(wanted) > 5
    for read in readers:
        found = _bare(read(pdf))
        assert [ways for ways in wanted if not any(_bare(way) in found for way in ways)] == []


@of_each_sample
def test_a_blank_form_holds_no_value_of_the_record(sample: str, readers: Any) -> None:
    codes = SAMPLES[sample]().stamp
    data = dataclasses.replace(
        SAMPLES[sample](),
        stamp=dataclasses.replace(codes, office=STAMP.office, printed_at=STAMP.printed_at),
    )
    pdf = registry.draw(sample.removesuffix("_of_a_person"), data, blank=True)

    found = _bare(readers[0](pdf))
    values = [
        way for ways in _values(sample, WORDING.get(sample, ())) for way in ways if len(way) > 9
    ]
    assert values
    assert [value for value in values if _bare(value) in found] == []
    assert not zxingcpp.read_barcodes(_page(pdf, dpi=200))


@of_each_sample
def test_thai_digits_are_everywhere_but_in_codes_with_latin_letters_and_for_scanners(
    sample: str, readers: Any
) -> None:
    data = SAMPLES[sample]()

    found = readers[0](print_sample(sample, "thai_digits"))

    arabic = {word for word in found.split() if re.search(r"[0-9]", word)}
    assert {word for word in arabic if not re.search(r"[A-Za-z]", word)} == {data.stamp.short_id}


def test_the_same_data_gives_the_same_bytes_in_every_process() -> None:
    code = (
        "import hashlib, json; from app.reports.registry import FORMS, draw; "
        "print(json.dumps({name: hashlib.sha256(draw(name, form.sample())).hexdigest()"
        " for name, form in reversed(FORMS.items())}))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(Path.cwd())}

    elsewhere = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True
    ).stdout

    here = {name: hashlib.sha256(print_sample(name)).hexdigest() for name in NAMES}
    assert json.loads(elsewhere) == here


@of_each_form
def test_the_same_data_gives_the_same_bytes_again(name: str) -> None:
    assert registry.draw(name, registry.FORMS[name].sample()) == print_sample(name)


@of_each_form
def test_the_file_says_what_it_is(name: str) -> None:
    form, data = registry.FORMS[name], registry.FORMS[name].sample()
    pdf = print_sample(name)

    facts = pypdfium2.PdfDocument(pdf).get_metadata_dict()

    assert (facts["Title"], facts["Author"], facts["Subject"]) == (
        form.title,
        data.stamp.office,
        form.code,
    )
    assert b"/Lang (th)" in pdf


@of_each_sample
def test_a_strict_reader_finds_nothing_to_complain_of(sample: str, tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(print_sample(sample))

    checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False)

    assert (checked.returncode, checked.stderr) == (0, b"")


@of_each_form
def test_every_font_is_inside_the_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(print_sample(name))

    listed = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True)

    fonts = [line.split() for line in listed.stdout.splitlines()[2:]]
    assert [font[0].split("+")[1] for font in fonts] == ["Sarabun-Regular", "Sarabun-Bold"]
    assert all(font[-5:-2] == ["yes", "yes", "yes"] for font in fonts)


@of_each_form
def test_scanners_read_the_qr_code_and_the_bar_code(name: str) -> None:
    proof = "OTG1" + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:" * 4  # as much as a proof has
    stamp = dataclasses.replace(STAMP, short_id="0123456789", qr=proof[:182])
    data = dataclasses.replace(registry.FORMS[name].sample(), stamp=stamp)

    page = _page(registry.draw(name, data), dpi=300)

    read = {code.format.name: code.text for code in zxingcpp.read_barcodes(page)}
    assert read["QRCode"] == stamp.qr
    assert read["Code128"] == stamp.short_id


def test_who_has_no_phone_no_surname_and_no_address_prints_as_a_dash(readers: Any) -> None:
    person = dataclasses.replace(
        registry.FORMS["loan_application"].sample().applicant, name="นางสาวสมหญิง", phone=""
    )
    lonely = LoanApplication(STAMP, "individual", person)

    for read in readers:
        found = read(registry.draw("loan_application", lonely))
        assert "โทรศัพท์ - " in " ".join(found.split())
        assert "None" not in found


def test_a_name_with_stray_spaces_prints_without_them(readers: Any) -> None:
    one = dataclasses.replace(registry.FORMS["member_list"].sample().members[0], name=" นาง  ดี ")

    found = readers[0](registry.draw("member_list", MemberList(STAMP, "กลุ่ม", members=(one,))))

    assert "นาง ดี\r\n" in found


@pytest.mark.parametrize(("members", "pages"), [(0, 1), (1, 1), (15, 1), (16, 2), (30, 2), (60, 4)])
def test_a_member_list_has_fifteen_to_a_page_with_the_heading_on_each(
    members: int, pages: int, readers: Any
) -> None:
    one = registry.FORMS["member_list"].sample().members[1]
    data = MemberList(STAMP, "กลุ่มทดลอง", members=(one,) * members)

    pdf = registry.draw("member_list", data)

    assert len(pypdfium2.PdfDocument(pdf)) == pages
    assert readers[0](pdf).count("ลายมือชื่อ") == pages


@pytest.mark.parametrize(("count", "pages"), [(24, 1), (60, 2)])
def test_an_instalment_table_takes_one_page_for_two_years_and_two_for_five(
    count: int, pages: int
) -> None:
    whole = registry.FORMS["instalment_table"].sample()
    data = dataclasses.replace(whole, instalments=whole.instalments[:count])

    assert len(pypdfium2.PdfDocument(registry.draw("instalment_table", data))) == pages


def test_a_request_stays_on_one_page_for_who_lives_far_away_and_has_no_phone(readers: Any) -> None:
    far = Address(
        "123/456", "12", "หนองบัวใหญ่พัฒนา", "สุขสันต์ร่มเย็น", "พหลโยธินสายเก่า", "ศรีสำราญราษฎร์",
        "พระนครศรีอยุธยา", "พระนครศรีอยุธยา", "13000",
    )  # fmt: skip
    data = dataclasses.replace(
        registry.FORMS["data_request"].sample(),
        number="หนังสือเดินทาง AA1234567",
        address=far.text,
        phone="ผ่าน ผู้ใหญ่บ้าน หมู่ 4",
    )

    printed = registry.draw("data_request", data)

    assert len(pypdfium2.PdfDocument(printed)) == 1
    assert _bare(far.text) in _bare(readers[0](printed))
    assert faults(printed) == []


def test_a_class_of_forty_signs_each_day_on_three_pages_and_everybody_once(readers: Any) -> None:
    whole = registry.FORMS["attendance_sheet"].sample()
    trainees = tuple(Signing(f"นายตัวอย่าง ลำดับ{number:02}") for number in range(1, 41))
    data = dataclasses.replace(whole, days=whole.days[:1], trainees=trainees)

    printed = registry.draw("attendance_sheet", data)

    assert len(pypdfium2.PdfDocument(printed)) == 3
    found = readers[0](printed)
    assert [found.count(each.name) for each in trainees] == [1] * 40
    assert faults(printed) == []


def test_a_visit_with_much_to_tell_goes_on_and_the_pictures_stay_whole() -> None:
    whole = registry.FORMS["field_visit"].sample()
    data = dataclasses.replace(whole, progress="สมาชิกพบปะกันทุกสัปดาห์ " * 150)

    printed = registry.draw("field_visit", data)

    assert len(pypdfium2.PdfDocument(printed)) == 3
    assert faults(printed) == []


def test_instalments_show_their_sums_and_both_rates(readers: Any) -> None:
    found = readers[0](print_sample("instalment_table"))

    assert "300,000.00 8,325.00 308,325.00" in " ".join(found.split())
    assert "งวดที่ 1-24 ปลอดดอกเบี้ย, งวดที่ 25-60 ร้อยละ 3 ต่อปี" in found
    assert "450.00" in found


def test_all_who_borrow_sign_before_two_witnesses_and_may_use_a_thumb(readers: Any) -> None:
    data = registry.FORMS["loan_application"].sample()

    found = readers[0](print_sample("loan_application"))

    assert found.count("ผู้กู้ร่วม") == len(data.co_borrowers) + 1  # and the section's title
    assert found.count("พยาน\r\n") == 2
    assert "ลายพิมพ์นิ้วมือ" in found


def test_signatures_leave_twelve_millimetres_for_the_hand() -> None:
    for sample in SAMPLES:
        for page in texts_of(print_sample(sample)):
            for text, box in page:
                if text != "ลงชื่อ":
                    continue
                above = box._replace(right=box.right + 100, bottom=box.top, top=box.bottom + 34)
                assert [other for other, spot in page if spot.meets(above)] == []


def test_a_value_without_room_goes_to_the_continuation_sheet(readers: Any) -> None:
    address = "ซอยยาวมาก " * 40 + "จบ"
    data = MemberList(STAMP, "กลุ่ม", place=address)

    found = readers[0](registry.draw("member_list", data))

    assert "(ดูแผ่นต่อ ข้อ 1)" in found
    assert "ข้อ 1 (*1) ที่ตั้งกลุ่ม" in " ".join(found.split())
    assert _bare(address) in _bare(found.split("แผ่นต่อ\r\n")[1])


def test_two_members_of_one_endless_address_share_a_note_of_the_continuation_sheet(
    readers: Any,
) -> None:
    endless = Address(village="บ้านที่ชื่อยาวมาก " * 20, province="อ่างทอง")
    members = tuple(
        dataclasses.replace(one, registered=endless)
        for one in registry.FORMS["member_list"].sample().members[:2]
    )

    found = readers[0](registry.draw("member_list", MemberList(STAMP, "กลุ่ม", members=members)))

    assert found.count("(ดูแผ่นต่อ ข้อ 1)") == 2
    assert "ข้อ 2" not in found


def test_a_group_without_other_registrations_ticks_none_and_has_no_table(readers: Any) -> None:
    found = readers[0](registry.draw("group_registration", GroupRegistration(STAMP, "กลุ่ม")))

    assert "ประเภททะเบียน" not in found
    assert "None" not in found


def test_long_products_push_the_group_to_a_third_page_and_nothing_is_lost(readers: Any) -> None:
    products = "ดอกไม้จันทน์และพวงหรีด " * 150
    pdf = registry.draw("group_registration", GroupRegistration(STAMP, "กลุ่ม", products=products))

    assert faults(pdf) == []
    assert _bare(readers[1](pdf)).count("ดอกไม้จันทน์และพวงหรีด") == 150


def test_a_number_that_is_no_citizen_id_stands_on_a_line(readers: Any) -> None:
    applicant = dataclasses.replace(a_person_borrows().applicant, id_no="AA1234567")

    found = readers[0](
        registry.draw("loan_application", LoanApplication(STAMP, "individual", applicant))
    )

    assert "AA1234567" in found


def test_a_reprint_a_draft_and_a_sample_say_so_on_every_page(readers: Any) -> None:
    sample = registry.FORMS["instalment_table"].sample()
    stamp = dataclasses.replace(sample.stamp, copy=3, again=2, desk="A-3F9C", draft=True)

    found = readers[0](registry.draw("instalment_table", dataclasses.replace(sample, stamp=stamp)))

    for mark in ("พิมพ์ซ้ำครั้งที่ 2", "แบบร่าง", "ข้อมูลตัวอย่าง", "ฉบับพิมพ์ที่ 3 · เครื่อง A-3F9C"):
        assert found.count(mark) == 2
    assert "หน้า 1/2" in found
    assert "หน้า 2/2" in found


NUMBERED = {
    "preview": {"preview": True},
    "first": {"copy": 1},
    "again": {"copy": 12, "again": 2},
}


@pytest.mark.parametrize("mode", ["filled", "thai_digits"])
@pytest.mark.parametrize("kind", NUMBERED)
def test_the_number_of_a_paper_looks_as_it_was_approved(
    kind: str, mode: str, pictures: Any, golden: Callable[[str, list[Image.Image]], None]
) -> None:
    sample = registry.FORMS["member_list"].sample()
    stamp = dataclasses.replace(sample.stamp, desk="A-3F9C", **NUMBERED[kind])
    pdf = registry.draw("member_list", dataclasses.replace(sample, stamp=stamp), **MODES[mode])

    golden(f"paper_{kind}-{mode}", pictures(pdf, dpi=80))


def test_a_copy_from_history_looks_as_it_was_approved_and_can_still_be_read(
    pictures: Any, readers: Any, golden: Callable[[str, list[Image.Image]], None]
) -> None:
    pdf = print_sample("loan_application")
    copy = overlaid(pdf, by="นางสาวกนกพร ตัวอย่างดี", at="2026-12-01T13:05")

    golden("history_copy", pictures(copy, dpi=80))
    assert copy == overlaid(pdf, by="นางสาวกนกพร ตัวอย่างดี", at="2026-12-01T13:05")
    said = "ไม่ใช่ฉบับพิมพ์ใหม่ · ออกเมื่อ 1 ธ.ค. 2569 เวลา 13.05 น. โดย นางสาวกนกพร ตัวอย่างดี"
    for read in readers:
        assert _bare(read(copy)).count(_bare(said)) == 3  # pages
    wanted = _values("loan_application")
    assert all(any(_bare(way) in _bare(readers[0](copy)) for way in ways) for ways in wanted)


def test_what_no_font_has_is_named_before_anything_is_printed() -> None:
    sample = registry.FORMS["member_list"].sample()
    odd = dataclasses.replace(sample.members[0], name="李 \U0001f600", phone="☎")

    with pytest.raises(Invalid) as caught:
        registry.draw("member_list", dataclasses.replace(sample, members=(odd,)))

    assert caught.value.code == "no_glyph"
    assert all(code in caught.value.sentence for code in ("U+674E", "U+1F600", "U+260E"))


def test_a_form_that_is_not_there_is_refused_with_a_sentence() -> None:
    with pytest.raises(UserError) as caught:
        registry.draw("no_such_form", None)

    assert caught.value.code == "unknown_form"


@of_each_form
def test_samples_are_marked_and_of_nobody(name: str) -> None:
    data = registry.FORMS[name].sample()

    ids = [value for _path, value in _leaves(data) if re.fullmatch(r"[0-9]{13}", value)]
    assert data.stamp.sample
    assert all(one.startswith("9") and thai.citizen_id_is_valid(one) for one in ids)


def test_the_longest_name_prints_whole(readers: Any) -> None:
    assert _bare(LONG_NAME) in _bare(readers[0](print_sample("member_list")))


@pytest.fixture
def readers(pdfium_text: Any, poppler_text: Any) -> tuple[Callable[[bytes], str], ...]:
    return pdfium_text, poppler_text


@pytest.fixture
def golden(update_golden: bool) -> Callable[[str, list[Image.Image]], None]:
    """Compare pages with the approved pictures; a missing one fails, and none may be left over."""

    def compare(name: str, pages: list[Image.Image]) -> None:
        if update_golden:
            assert not os.environ.get("CI"), "golden files are approved by a person, not by CI"
            for old in GOLDEN.glob(f"{name}-[0-9].png"):
                old.unlink()
            for number, page in enumerate(pages, 1):
                page.save(GOLDEN / f"{name}-{number}.png", optimize=True)
        approved = sorted(path.name for path in GOLDEN.glob(f"{name}-[0-9].png"))
        assert approved == [f"{name}-{number}.png" for number in range(1, len(pages) + 1)], ANEW
        for page, file in zip(pages, approved, strict=True):
            with Image.open(GOLDEN / file) as picture:
                assert picture.size == page.size, f"{file}: {ANEW}"
                assert ImageChops.difference(picture, page).getbbox() is None, f"{file}: {ANEW}"

    return compare


def _page(pdf: bytes, *, dpi: int) -> Image.Image:
    return pypdfium2.PdfDocument(pdf)[0].render(scale=dpi / 72, grayscale=True).to_pil()


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


# what a record holds and a form leaves out; a path ends where the dots end
LEFT_OUT: dict[str, tuple[str, ...]] = {
    "group_registration": ("committee.nationality", "committee.occupation", "committee.registered"),
    "loan_application": ("co_borrowers.nationality", "co_borrowers.occupation"),
    "loan_application_of_a_person": (
        "group",
        "documents",
        "guarantors.person.nationality",
        "guarantors.person.occupation",
        "guarantors.person.registered",
    ),
    "member_list": ("members.nationality", "members.occupation"),
    "training_application": ("applicant.income_band",),
}


# the form's own wording, which a blank one prints, too
OWN_WORDS = ("title", "issuer", "standard", "rows.item")
WORDING = {name: OWN_WORDS for name in NAMES if name.startswith("certification")}


def _leaves(data: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Give every text in a form's data with the names of the fields it lies in."""
    if isinstance(data, str):
        yield path.strip("."), data
    elif isinstance(data, tuple):
        for each in data:
            yield from _leaves(each, path)
    elif dataclasses.is_dataclass(data):
        for each in dataclasses.fields(data):
            if each.name != "stamp":
                yield from _leaves(getattr(data, each.name), f"{path}.{each.name}")


def _values(sample: str, left_out: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Give the values as they may be printed: dates in words, ids grouped; codes left out."""
    values: list[tuple[str, ...]] = []
    for path, leaf in _leaves(SAMPLES[sample]()):
        if path.startswith((*LEFT_OUT.get(sample, ()), *left_out)):
            continue
        if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", leaf):
            values.append((thai.format_date(leaf, "long"), thai.format_date(leaf, "short")))
        elif re.fullmatch(r"[0-9]{13}", leaf):
            values.append((leaf, thai.format_citizen_id(leaf)))
        elif leaf and not re.fullmatch(r"[a-z_]+", leaf):
            values.append((leaf,))
    return values
