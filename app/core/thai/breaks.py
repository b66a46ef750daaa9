"""Where a line of Thai may break: after spaces, between words, and in nothing that is one thing.

Kept whole are dates, amounts and ids written with spaces, an abbreviation with its number or name
(พ.ศ. 2568, จ. อ่างทอง), an article with its number (ข้อ 2(ข)), addresses of the internet, and a
title with the name behind it. No line begins with ๆ or closing marks, none ends with opening ones.
"""

import re

from app.core.thai.calendar import MONTHS, SHORT_MONTHS
from app.core.thai.text import extends_cluster
from app.core.thai.words import word_starts


def word_breaks(text: str) -> list[int]:
    """Return the offsets at which a line may begin, ascending, 0 and the end left out.

    They lie between the clusters of `graphemes`. Latin words, numbers and what is kept whole hold
    none, so a narrow column must be ready to cut a long one between clusters.
    """
    offsets = {found.end() for found in _SPACES.finditer(text)}
    offsets.update(found.start() for found in _EDGES.finditer(text))
    for run in _THAI_RUN.finditer(text):
        offsets.update(run.start() + start for start in word_starts(run[0]))
    offsets -= {0, len(text)}
    kept = {
        offset
        for pattern in (_KEPT, _NUMBERED)
        for found in pattern.finditer(text)
        for offset in range(found.start() + 1, found.end())
    }
    for found in _NAME.finditer(text):
        # between its parts a name may break
        inside = range(found.start() + 1, found.end())
        kept.update(offset for offset in inside if text[offset - 1] != " ")
    return sorted(offset for offset in offsets - kept if _may_break(text, offset))


_LETTER = "[ก-ฮะ-ฺเ-ๅ็-๎]"
_BEGIN = "[ก-ฮเ-ไ]"
_DIGIT = "[0-9๐-๙]"
_LATIN = "[A-Za-z\u00c0-\u024f]"

_THAI_RUN = re.compile(f"{_LETTER}+")
_BLANKS = " \t\n\r\u3000\u200b"
_SPACES = re.compile(f"[{_BLANKS}]+")
_EDGES = re.compile(
    f"(?<={_LETTER})(?={_LATIN})|(?<={_LATIN})(?={_BEGIN})"
    # a bracket of one letter, as in ก(1), belongs to the letter
    rf"|(?<={_LETTER}{_LETTER})(?=[(\[{{“‘«])"
    rf"|(?<=[ๆฯ)\]}}”’»,;:!?])(?={_BEGIN})"
    # ตำบล/แขวง may break after the stroke, ว/ด/ป not
    f"|(?<={_LETTER}{_LETTER}[/–—-])(?={_BEGIN}{_LETTER})"
)

_NEVER_FIRST = "ๆฯ๚๛)]}%‰?!,.:;”’»›…\u00a0\u202f\u2060\ufeff"
_NEVER_LAST = "เแโใไ([{“‘«‹\u00a0\u202f\u2060\ufeff"


def _may_break(text: str, offset: int) -> bool:
    after, last = text[offset], offset - 1
    while last and text[last] in _BLANKS:
        last -= 1
    if after in _NEVER_FIRST or text[last] in _NEVER_LAST or extends_cluster(after):
        return False
    # straight quotes open and close in turn
    if after == '"':
        return text.count('"', 0, offset) % 2 == 0
    return text[last] != '"' or text.count('"', 0, offset) % 2 == 0


def _any(*names: str) -> str:
    return "|".join(map(re.escape, names))


_MONTH = _any(*MONTHS, *SHORT_MONTHS)
_ERA = _any("พ.ศ.", "ค.ศ.", "ร.ศ.", "จ.ศ.")
_COUNTED = _any(
    "ที่", "ข้อ", "หมู่", "มาตรา", "วรรค", "ซอย", "ชั้น", "ห้อง", "แบบ", "ไตรมาส", "ปี", "หน้า", "ระดับ", "รุ่น"
)
_TITLE = "นาย|นางสาว|นาง|เด็กชาย|เด็กหญิง|ว่าที่ร้อย(?:ตรี|โท|เอก)(?:หญิง)?"
# with these นาย and นาง make a word and stand before no name
_NO_NAME = (
    "จ้าง|กรัฐมนตรี|กเทศมนตรี|กสมาคม|กองค์การ|กสภา|อำเภอ|ทะเบียน|หน้า|ช่าง|ทุน|ทหาร|ตำรวจ|แบบ|"
    "ประกัน|พยาบาล|งาม|สนม"
)
_NAME = re.compile(
    rf"(?<![ก-๎])(?:{_TITLE})(?!{_NO_NAME})(?: ?{_LETTER}{{1,24}}(?!{_LETTER})){{1,2}}"
)
_SHORT_TITLE = (
    r"จ|อ|ต|ถ|ซ|ม|ร\.ร|น\.ส|ด\.[ชญ]|ดร|[รผ]?ศ|นพ|พญ|"
    r"ม\.[รลจ](?:\.ว)?|[สรพจด]\.(?:ส\.)?[ตทอ](?:\.[ตทอ])?"
)

# beside _KEPT, because its number may itself be the day of a date or the first group of an id
_NUMBERED = re.compile(
    rf"(?:{_ERA}|(?<![ก-๎.])(?:{_BEGIN}{_LETTER}{{0,4}}\.)+|{_COUNTED}) ?{_DIGIT}"
)
# D stands for a digit of either kind
_KEPT = re.compile(
    "|".join(
        (
            r"(?:https?://|www\.)\S+|(?<![\w.+-])[A-Za-z0-9_.+-]+@[A-Za-z0-9.-]+",
            "ฯ(?:ล|พณ)ฯ",
            # 15 มีนาคม 2568, มี.ค. 68, 15 มีนาคม พ.ศ. 2568
            rf"(?<!D)(?:DD? ?)?(?:{_MONTH})(?: ?(?:{_ERA}))?(?: ?D{{2,4}})?",
            # 1 2345 67890 12 3 and 08 1234 5678
            r"(?<!D)D D{4} D{5} D{2} D(?!D)|(?<!D)[0๐]DD?[ -]D{3,4}[ -]D{3,4}(?!D)",
            # รง 0309.5/ว 9190
            r"(?<![ก-๎])[ก-ฮ]{2,3} D{4}(?:\.D+)*/ ?ว? ?D+",
            rf"(?<![ก-๎.])(?:{_SHORT_TITLE})\. ?{_BEGIN}",
            r"D (?:บาท|น\.)",
        )
    ).replace("D", _DIGIT)
)
