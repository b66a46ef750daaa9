"""What is published of the data and made from the code: the data dictionary and the JSON Schemas.

`write` makes docs/data-dictionary.md, docs/schemas and the labels of docs/viewer/viewer.html anew;
`check` fails when one of them is not what the code says.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from app.core import i18n
from app.core.fields import ADDRESS_PARTS, Field, Kind
from app.core.i18n import _
from app.models.records.base import Record, Writer, entities, fields_of
from devtools import catalogue, viewer
from devtools.schemas import schemas

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
VIEWER = DOCS / "viewer" / "viewer.html"


def main(task: str) -> int:
    """Run write or check; return the exit code."""
    if task == "write":  # in the words that the catalogue has now
        catalogue.main("compile")
    i18n.use("th")
    wanted = documents()
    stale = [path for path, text in wanted.items() if _text(path) != text]
    left_over = sorted(set((DOCS / "schemas").rglob("*.json")) - set(wanted))
    if task == "write":
        for path in left_over:
            path.unlink()
        for path in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8", newline="\n")
        print(f"{len(wanted)} documents, {len(stale)} written, {len(left_over)} removed")
        return 0
    for path in [*stale, *left_over]:
        print(f"{path.relative_to(ROOT)} is not what the code says.", file=sys.stderr)
    if stale or left_over:
        print("Run: .venv/bin/python -m devtools.dictionary write", file=sys.stderr)
    return 1 if stale or left_over else 0


def documents() -> dict[Path, str]:
    """Give the text of every document that is made from the code, in Thai where it is read."""
    found = {DOCS / "data-dictionary.md": dictionary()}
    for name, schema in schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=1)
        found[DOCS / "schemas" / name] = text + "\n"
    found[VIEWER] = viewer.page(_text(VIEWER))
    return found


def dictionary() -> str:
    """Write the data dictionary: every entity, every field, every code."""
    rows = [_INTRODUCTION]
    rows += [f"| {_kind(kind)} | `{kind}` | {_FORMS[kind][1]} |" for kind in Kind]
    rows += ["", "## ส่วนของที่อยู่ (address)", "", *_table(ADDRESS_PARTS)]
    rows += ["", "## ประเภทข้อมูล", "", *_contents()]
    for type_, entity in entities().items():
        rows += ["", *_entity(type_, entity)]
    return "\n".join(rows) + "\n"


def _contents() -> Iterator[str]:
    yield from ("| ประเภท | ไทย | English | ผู้เขียน |", "|---|---|---|---|")
    for type_, entity in entities().items():
        link = f"[`{type_}`](#{type_})"
        yield f"| {link} | {_(entity.label)} | {entity.label} | {_WRITERS[entity.writer]} |"


def _entity(type_: str, entity: type[Record]) -> Iterator[str]:
    yield f'<a id="{type_}"></a>'
    yield ""
    yield f"## {_(entity.label)} ({entity.label}) `{type_}`"
    yield ""
    yield (
        f"ผู้เขียน: {_WRITERS[entity.writer]} · รุ่นของโครงสร้าง (schema version): {entity.schema} · "
        f"แฟ้ม `data/{type_}.ndjson` · [JSON Schema](schemas/records/{type_}.schema.json)"
    )
    yield ""
    if entity.consent:
        yield "เนื้อหาออกจากสำนักงานเฉพาะเมื่อเจ้าของข้อมูลยินยอม มิฉะนั้นส่งเฉพาะส่วนหัวของบรรทัด"
        yield ""
    fields = fields_of(entity)
    yield from _table(fields)
    for field in fields:
        if field.rows:
            yield from ("", f"แถวของ `{field.name}` ({_(field.label)}):", "", *_table(field.rows))
    chosen = [field for field in fields if field.choices]
    for field in chosen:
        yield from ("", f"รหัสของ `{field.name}` ({_(field.label)}):", "")
        yield from ("| รหัส | ไทย | English |", "|---|---|---|")
        yield from (f"| `{code}` | {_(label)} | {label} |" for code, label in field.choices)


def _table(fields: tuple[Field, ...]) -> Iterator[str]:
    yield "| ชื่อ | ไทย | English | ชนิด | ค่าที่เก็บ | ขอบเขต | ต้องมี |"
    yield "|---|---|---|---|---|---|---|"
    for field in fields:
        kind = f"{_kind(field.kind)} `{field.kind}`"
        if field.target:
            kind += f" → [`{field.target}`](#{field.target})"
        stored = _FORMS[field.kind][1] + (" · โปรแกรมคำนวณให้" if field.derived else "")
        needed = "ต้องมี" if field.required else ""
        cells = (_(field.label), field.label, kind, stored, _bounds(field), needed)
        yield f"| `{field.name}` | " + " | ".join(cells) + " |"


def _bounds(field: Field) -> str:
    """Word the bounds with their unit: satang, whole numbers, rows or characters."""
    unit = _UNITS.get(field.kind, "อักขระ")
    parts = []
    if field.least is not None:
        parts.append(f"อย่างน้อย {field.least:,}")
    if field.most is not None:
        parts.append(f"ไม่เกิน {field.most:,}")
    if field.least is not None and field.least == field.most:
        parts = [f"{field.least:,}"]
    if field.choices:
        return f"{len(field.choices)} รหัส ดูตารางข้างล่าง"
    return " ".join([*parts, unit]).strip() if parts else ""


def _kind(kind: Kind) -> str:
    return _FORMS[kind][0]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


_WRITERS = {Writer.OFFICE: "สำนักงาน (office)", Writer.CENTRE: "ส่วนกลาง (centre)"}
_UNITS = {Kind.BAHT: "สตางค์", Kind.WHOLE: "", Kind.ROWS: "แถว", Kind.CITIZEN_ID: "หลัก"}
_FORMS = {
    Kind.TEXT: ("ข้อความบรรทัดเดียว", "ข้อความ NFC"),
    Kind.NOTE: ("ข้อความหลายบรรทัด", "ข้อความ NFC ขึ้นบรรทัดด้วย LF"),
    Kind.CITIZEN_ID: ("เลขประจำตัว 13 หลัก", "ข้อความ เลขอารบิก 13 ตัว ไม่มีขีด"),
    Kind.DIGITS: ("ตัวเลขที่ไม่ใช่จำนวน", "ข้อความ เลขอารบิกเท่านั้น"),
    Kind.BAHT: ("จำนวนเงิน", "จำนวนเต็ม หน่วยสตางค์ (100 = 1 บาท)"),
    Kind.WHOLE: ("จำนวนเต็ม", "จำนวนเต็ม"),
    Kind.POINTS: ("คะแนน", "จำนวนเต็ม หน่วยหนึ่งในร้อย (5950 = 59.50)"),
    Kind.DATE: ("วันที่", "ข้อความ ค.ศ. `YYYY-MM-DD`"),
    Kind.PARTIAL_DATE: ("วันที่ตามที่ทราบ", "ข้อความ ค.ศ. `YYYY`, `YYYY-MM` หรือ `YYYY-MM-DD`"),
    Kind.CHOICE: ("ตัวเลือก", "ข้อความ รหัสหนึ่งรหัส"),
    Kind.FLAG: ("ใช่หรือไม่", "`true` หรือ `false`"),
    Kind.SUBDISTRICT: ("ตำบลหรือแขวง", "ข้อความ รหัสตำบล 6 หลักของกรมการปกครอง"),
    Kind.ADDRESS: ("ที่อยู่", "วัตถุ ดูส่วนของที่อยู่"),
    Kind.FILE: (
        "แฟ้มแนบ",
        "ข้อความ `<sha256>.<นามสกุล>` (jpg, png, pdf) ของแฟ้มใน `data/files/`",
    ),
    Kind.RECORD: ("อ้างถึงระเบียน", "ข้อความ UUID ตัวพิมพ์เล็กของระเบียนปลายทาง"),
    Kind.ROWS: ("รายการหลายแถว", "รายการของวัตถุ"),
}
_INTRODUCTION = """\
# พจนานุกรมข้อมูล (data dictionary)

เอกสารนี้สร้างจากโปรแกรมด้วย `.venv/bin/python -m devtools.dictionary write` ห้ามแก้ด้วยมือ
`dev.py check` จะไม่ผ่านเมื่อเอกสารไม่ตรงกับโปรแกรม

สำหรับวิศวกรภายนอกที่อ่านข้อมูลจากชุดข้อมูล (bundle) รูปแบบของแฟ้มอยู่ใน
[bundle-format.md](bundle-format.md) ตัวอ่านอ้างอิงอยู่ใน [reader](reader/read_bundle.py)

- ข้อมูลหนึ่งบรรทัดของ `data/<ประเภท>.ndjson` คือหนึ่งฉบับของระเบียนหนึ่งระเบียน ค่าต่าง ๆ ข้างล่างอยู่ใน `b.data`
- ค่าที่ว่างไม่ถูกเก็บ ช่องที่ไม่มีในบรรทัดคือไม่ได้กรอก
- ช่องที่ไม่มีในเอกสารนี้อาจมาจากโปรแกรมรุ่นใหม่กว่า ให้เก็บและส่งต่อตามเดิม
- ชนิดของค่าเป็นข้อบังคับ รวมทั้งรูปแบบ UUID ของระเบียนที่อ้างถึง และวันที่ต้องมีอยู่จริงในปฏิทิน
  ห้ามเป็น null ห้ามมีอักขระควบคุม
  (ข้อความหลายบรรทัดมี LF และแท็บได้) และห้ามยาวเกินสี่เท่าของขอบเขต บรรทัดที่ผิดรูปแบบนี้ถูกตีกลับ
  ส่วนขอบเขตและ "ต้องมี" เป็นสิ่งที่เครื่องของสำนักงานตรวจก่อนบันทึก บรรทัดที่เกินขอบเขตไม่มากยังรับไว้
- ทุกระเบียนอาจมี `void_reason` (ข้อความ: เหตุผลที่ยกเลิกระเบียน) และ `reasons`
  (วัตถุ: รหัสคำเตือน → เหตุผลที่เจ้าหน้าที่ยืนยัน)

In English: made from the program; one line of `data/<type>.ndjson` is one version of one record,
and the values below stand in its `b.data`. Empty values are not stored, unknown fields are kept,
types are demanded, of a reference the form of a UUID, of a date a day of the calendar; bounds are
what a desk asks of a clerk. Any record may have `void_reason` (text) and `reasons` (object: code of
a warning to the clerk's reason).

## ชนิดของค่า (kinds)

| ชนิด | `kind` | ค่าที่เก็บใน JSON |
|---|---|---|"""


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
