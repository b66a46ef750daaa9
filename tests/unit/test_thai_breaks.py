"""Line breaks: between words, and never inside what is one thing."""

import re
import sys
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
import thaibreak
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core import thai
from app.core.thai import words
from app.core.thai.words import starts_by_our_words, word_starts

PIECES = [
    *("สำนักงาน", "จัดหางาน", "กลุ่มอาชีพ", "และ", "ตำบล", "ศักดิ์", "จันทร์", "เก็บ", "น้ำ", "ก็"),
    *(
        " ",
        "  ",
        "ๆ",
        "ฯ",
        "ฯลฯ",
        ".",
        ",",
        "(",
        ")",
        "“",
        "”",
        '"',
        "/",
        "-",
        "%",
        "\u200b",
        "\u00a0",
    ),
    *(
        "1,234.50",
        "15",
        "2568",
        "๒",
        "มี.ค.",
        "พ.ศ.",
        "ข้อ",
        "ที่",
        "บาท",
        "นาย",
        "อย.",
        "จ.",
        "A",
        "Social",
    ),
    *("เ", "ะ", "า", "่", "์", "ั", "ื", "ณ", "e\u0301", "\n", "\x00", "\ud800", "a@b.co"),
]
pieced = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
runs = st.text("กขนรลสอัาำิืุเแไ็่้์", min_size=1, max_size=20)
any_text = pieced | runs | st.text(max_size=20)

SENTENCES = [
    "สำนักงานจัดหางานจังหวัดอ่างทองขึ้นทะเบียนกลุ่มอาชีพอิสระในพื้นที่ตำบลย่านซื่อ",
    "ข้าพเจ้าขอรับรองว่าข้อความข้างต้นถูกต้องตามความเป็นจริงทุกประการ",
    "ผู้กู้ต้องชำระเงินกู้คืนให้แก่กองทุนตามกำหนดเวลาในสัญญา",
    "กลุ่มดอกไม้จันทน์และพวงหรีดได้รับการฝึกอบรมหลักสูตรการตลาดออนไลน์",
    "เจ้าหน้าที่ตรวจเยี่ยมสถานที่ผลิตและบันทึกปัญหาอุปสรรคของกลุ่ม",
    "โปรดแนบสำเนาบัตรประจำตัวประชาชนและสำเนาทะเบียนบ้าน",
]


def lines(text: str) -> str:
    edges = [0, *thai.word_breaks(text), len(text)]
    return "|".join(text[start:end] for start, end in pairwise(edges))


def obeys_the_laws(text: str) -> bool:
    breaks = thai.word_breaks(text)
    clusters = set(accumulate(map(len, thai.graphemes(text))))
    return (
        breaks == sorted(set(breaks))
        and set(breaks) < clusters | {-1}
        and 0 not in breaks
        and len(text) not in breaks
        and not any(text[at] in "ๆฯ)%?!,.:;”" or text[at - 1] in "(“เแโใไ" for at in breaks)
        and not any(text[at - 1].isalnum() and text[at].isdigit() for at in breaks)
        and not any(re.fullmatch("[A-Za-z]{2}", text[at - 1 : at + 1]) for at in breaks)
    )


@given(any_text)
def test_breaks_of_any_text_obey_the_laws(text: str) -> None:
    assert obeys_the_laws(text)


@given(text=any_text)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_breaks_obey_the_laws_where_thaibreak_is_missing(
    without_thaibreak: None, text: str
) -> None:
    assert obeys_the_laws(text)


@given(runs)
def test_no_break_leaves_a_consonant_alone(run: str) -> None:
    edges = [0, *thai.word_breaks(run), len(run)]
    pieces = [run[start:end] for start, end in pairwise(edges)]

    assert len(pieces) == 1 or not set(pieces) & set("กขนรลสอ")


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("สำนักงานจัดหางาน", "สำนักงาน|จัดหางาน"),
        ("ตามพระราชบัญญัติ พ.ศ. 2568", "ตาม|พระราชบัญญัติ |พ.ศ. 2568"),
        ("มากๆและอื่น ๆ ฯลฯ", "มากๆ|และ|อื่น ๆ ฯลฯ"),
        ("ข้อ 2(ข)และ", "ข้อ 2(ข)|และ"),
        ("อยู่หมู่ 4 ต.ย่านซื่อ จ. อ่างทอง", "อยู่|หมู่ 4 |ต.ย่านซื่อ |จ. อ่างทอง"),
        ("ลงวันที่ 15 มีนาคม 2568 ถึง", "ลง|วันที่ 15 มีนาคม 2568 |ถึง"),
        ("วันเสาร์ที่ ๑๕ มี.ค. ๖๘", "วันเสาร์ที่ ๑๕ มี.ค. ๖๘"),
        ("ม.ค. 2568 15/3/2568", "ม.ค. 2568 |15/3/2568"),
        ("เงิน 1,234.50 บาท", "เงิน |1,234.50 บาท"),
        ("เลข 1-2345-67890-12-3 หรือ", "เลข |1-2345-67890-12-3 |หรือ"),
        ("เลข 1 2345 67890 12 3 หรือ", "เลข |1 2345 67890 12 3 |หรือ"),
        ("โทร. 08 1234 5678 บ้าน", "โทร. 08 1234 5678 |บ้าน"),
        ("มผช. 123/2568 อย. และ", "มผช. 123/2568 |อย. |และ"),
        ("ที่ รง 0309.5/ว 9190", "ที่ |รง 0309.5/ว 9190"),
        ("ชื่อ (ไทย) “กลุ่ม” และ", "ชื่อ |(ไทย) |“กลุ่ม” |และ"),
        ('คำว่า "กลุ่ม" และ " บ้าน "', 'คำ|ว่า |"กลุ่ม" |และ |" บ้าน "'),
        ("กลุ่ม(เดิม)", "กลุ่ม|(เดิม)"),
        ("ตำบล/แขวง ว/ด/ป", "ตำบล/|แขวง |ว/ด/ป"),
        ("หลักสูตรSocial Commerceและ", "หลักสูตร|Social |Commerce|และ"),
        ("ติดต่อ www.doe.go.th/กลุ่ม หรือ a.b@doe.go.th", "ติดต่อ |www.doe.go.th/กลุ่ม |หรือ |a.b@doe.go.th"),
        ("นายสมชาย ใจดี นายจ้างของ", "นายสมชาย |ใจดี |นายจ้าง|ของ"),
        ("ฯพณฯ ท่าน", "ฯพณฯ |ท่าน"),
        ("ตำบล\u200bย่านซื่อ\u00a0และ", "ตำบล\u200b|ย่านซื่อ\u00a0และ"),
        ("A B", "A |B"),
        ("", ""),
    ],
)
def test_lines_break_between_words_and_not_inside_one_thing(text: str, broken: str) -> None:
    assert lines(text) == broken


@pytest.mark.parametrize("engine", ["thaibreak", "ours"])
def test_no_word_of_our_list_is_divided(engine: str, request: pytest.FixtureRequest) -> None:
    if engine == "ours":
        request.getfixturevalue("without_thaibreak")
    listed = Path(words.__file__).with_name("words.txt").read_text(encoding="utf-8")
    ours = [word for line in listed.splitlines() if line[:1] != "#" for word in line.split()]

    assert len(ours) == len(set(ours)) > 900
    assert [word for word in ours if thai.word_breaks(f"{word} {word}") != [len(word) + 1]] == []


def test_the_two_ways_of_finding_words_mostly_agree(without_thaibreak: None) -> None:
    alone = [set(word_starts(sentence)) for sentence in SENTENCES]
    sys.modules["thaibreak"] = thaibreak
    together = [set(word_starts(sentence)) for sentence in SENTENCES]
    common = sum(len(one & other) for one, other in zip(alone, together, strict=True))

    assert common >= 0.9 * sum(map(len, together))
    assert common >= 0.9 * sum(map(len, alone))


def test_words_are_found_when_the_compiled_library_cannot_be_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("thaibreak.core._lib", None)
    monkeypatch.setattr("thaibreak.core._lib_candidates", lambda: iter(()))

    assert lines("สำนักงานจัดหางานจังหวัดอ่างทอง") == "สำนักงาน|จัดหางานจังหวัด|อ่างทอง"


def test_unknown_letters_are_divided_only_where_a_syllable_surely_begins() -> None:
    assert starts_by_our_words("ฟฟเฟฟฟ") == [2]
    assert starts_by_our_words("ฟฟฟฟฟ") == []
    assert starts_by_our_words("ฟฟฟและฟฟ") == [3, 6]


def test_a_text_of_many_pages_is_no_trouble() -> None:
    text = "".join(SENTENCES) * 200

    assert len(thai.word_breaks(text)) > 200 * len(SENTENCES)
    assert starts_by_our_words("ฟ" * 20_000) == []


@pytest.fixture
def without_thaibreak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "thaibreak", None)
