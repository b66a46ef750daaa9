"""An address out of a list: in one cell or in many, brought to the code of its subdistrict."""

import re
from collections.abc import Mapping

from app.core import places, thai
from app.core.errors import Problem
from app.core.fields import ADDRESS_PARTS, Field
from app.core.i18n import _
from app.services.spreadsheets.sheets import cells
from app.services.spreadsheets.sheets.cells import Rules
from app.services.spreadsheets.sheets.workbook import Cell


def read(
    field: Field, parts: Mapping[str, Cell], rules: Rules, *, home: str
) -> tuple[dict[str, str], list[Problem]]:
    """Read the cells of an address by part; "" holds a whole address in one cell.

    `home` is the province (two digits) to look in first where none is named. The postcode is
    filled in where the subdistrict has only one. Problems stand at "address.moo" and the like,
    with the codes of cells.read, "place_unknown", "place_several" or "place_missing".
    """
    texts: dict[str, Cell] = {**_taken_apart(cells.as_text(parts.get("", ""))), **parts}
    address: dict[str, str] = {}
    problems: list[Problem] = []
    for part in ADDRESS_PARTS:
        if part.name != "subdistrict" and part.name in texts:
            value, said = cells.read(part, _without_label(part.name, texts[part.name]), rules)
            problems += [_at(field, part.name, problem) for problem in said]
            address |= {part.name: value} if value else {}
    names = [_level(texts.get(level, "")) for level in ("subdistrict", "district", "province")]
    found, problem = _subdistrict(field, names, home)
    if problem:
        problems.append(problem)
    if found:
        address["subdistrict"] = found.code
        if len(found.postcodes) == 1:
            address.setdefault("postcode", found.postcodes[0])
    return address, problems


_LABELS = {
    "house_no": "(?:บ้าน)?เลขที่",
    "moo": r"หมู่ที่|หมู่(?!บ้าน)|ม\.",
    "village": "หมู่บ้าน|บ้าน(?!เลขที่)|ชุมชน",
    "soi": r"ตรอก|ซอย|ซ\.",
    "road": r"ถนน|ถ\.",
    "subdistrict": r"ตำบล|แขวง|ต\.",
    "district": r"อำเภอ|เขต|อ\.",
    "province": r"จังหวัด|จ\.",
}
_LABEL = re.compile(
    r"(?:^|(?<=[\s\d,]))(?:"
    + "|".join(f"(?P<{name}>{form})" for name, form in _LABELS.items())
    + ")"
)
_POSTCODE = re.compile(r"(?:รหัสไปรษณีย์)? ?(?<!\d)(\d{5})$")


def _taken_apart(text: str) -> dict[str, str]:
    """Cut "99/1 ม.4 ต.ย่านซื่อ อ.เมือง จ.อ่างทอง 14000" at its labels."""
    text = thai.to_arabic_digits(text)
    parts: dict[str, str] = {}
    if code := _POSTCODE.search(text):
        parts["postcode"] = code[1]
        text = text[: code.start()]
    marks = list(_LABEL.finditer(text))
    starts = [mark.start() for mark in marks] + [len(text)]
    parts["house_no"] = text[: starts[0]]
    for mark, end in zip(marks, starts[1:], strict=True):
        parts[str(mark.lastgroup)] = text[mark.end() : end]
    parts = {name: part.strip(" ,") for name, part in parts.items()}
    if "province" not in parts:
        # "เขตคลองเตย กรุงเทพฯ": Bangkok is written without a label
        parts["district"], _gap, parts["province"] = parts.get("district", "").partition(" ")
    return {name: part for name, part in parts.items() if part}


def _without_label(name: str, cell: Cell) -> Cell:
    """Drop หมู่ before a number and เลขที่ before a house; other labels are part of a name."""
    if name in ("moo", "house_no") and isinstance(cell, str):
        return re.sub(f"^ *(?:{_LABELS[name]}) *", "", cell)
    return cell


def _level(cell: Cell) -> str:
    text = cells.as_text(cell)
    return "" if text.strip("-–. ") == "" else text


def _subdistrict(
    field: Field, names: list[str], home: str
) -> tuple[places.Place | None, Problem | None]:
    name, district, province = names
    if not name:
        message = _("The address has no subdistrict, so its district and province were left out.")
        missing = Problem(f"{field.name}.subdistrict", message, "place_missing", warning=True)
        return None, missing if district or province else None
    if place := places.subdistrict(name):
        return place, None
    found = places.named(name, district=district, province=province)
    if not province:
        found = [place for place in found if place.code.startswith(home)] or found
    if len(found) == 1:
        return found[0], None
    written = " ".join(filter(None, names))
    if found:
        message = _("{count} subdistricts are called {name}; write the district and the province.")
        code = "place_several"
    else:
        message = _("There is no subdistrict {name}; check the spelling, district and province.")
        code = "place_unknown"
    text = message.format(count=len(found), name=written)
    return None, Problem(f"{field.name}.subdistrict", text, code)


def _at(field: Field, part: str, problem: Problem) -> Problem:
    return Problem(
        f"{field.name}.{part}", problem.message, problem.code, problem.source, problem.warning
    )
