"""What runs on every page: office and marks above; form, print, bar code and page number below."""

from app.core import thai
from app.reports.layout import codes
from app.reports.layout.page import GREY, HEIGHT, LEFT, RIGHT, WIDTH, Sheet
from app.reports.layout.paragraph import squeeze

SMALL = 8.5
ROW = 15.0  # points from line to line: what stands below one never meets the marks of the next


def frame(sheet: Sheet, number: int, count: int) -> None:
    """Draw the head and the foot of page `number` of `count`."""
    _head(sheet, _marks(sheet), is_first=number == 1)
    _foot(sheet, number, count)


def _marks(sheet: Sheet) -> list[str]:
    """Name what a reader must not overlook, the rightmost first."""
    stamp = sheet.stamp
    if sheet.blank:
        return []
    marks = ["ข้อมูลตัวอย่าง"] if stamp.sample else []
    marks += ["แบบร่าง"] if stamp.draft else []
    marks += ["ตัวอย่างก่อนพิมพ์"] if stamp.preview else []
    return marks + ([f"พิมพ์ซ้ำครั้งที่ {stamp.again}"] if stamp.again else [])


def _head(sheet: Sheet, marks: list[str], *, is_first: bool) -> None:
    x = RIGHT
    for mark in marks:
        width = sheet.face(bold=True).width(sheet.digits(mark), SMALL) + 12
        x -= width
        sheet.box(x, 24, width, 14, weight=0.7)
        sheet.text(x + width / 2, 33.8, mark, size=SMALL, bold=True, align="center")
        x -= 5
    office = sheet.stamp.office
    text = office if is_first else f"{office}  ·  {sheet.heading.title}"
    _small(sheet, text, 34, width=x - LEFT - 6)


def _foot(sheet: Sheet, number: int, count: int) -> None:
    stamp = sheet.stamp
    sheet.line(LEFT, 790, RIGHT, 790, weight=0.4, grey=GREY)
    sheet.text(LEFT, 801.5, sheet.heading.code, size=SMALL, bold=True)
    day, clock = stamp.printed_at[:10], stamp.printed_at[11:16].replace(":", ".")
    printed = f"พิมพ์เมื่อ {thai.format_date(day, 'short')} เวลา {clock} น."
    sheet.text(LEFT, 812, printed, size=SMALL)
    _small(sheet, f"โดย {stamp.user or '-'}", 822.5, width=180, most=1)
    sheet.text(RIGHT, 802, f"หน้า {number}/{count}", size=SMALL, bold=True, align="right")
    if sheet.blank:
        return
    if stamp.file_no:
        sheet.text(RIGHT, 812, f"เลขที่แฟ้ม {stamp.file_no}", size=SMALL, align="right")
    if stamp.copy or stamp.preview:
        copy = "(ตัวอย่าง)" if stamp.preview else str(stamp.copy)
        said = f"ฉบับพิมพ์ที่ {copy} · เครื่อง {stamp.desk}"
        sheet.text(RIGHT, 822.5, said, size=SMALL, align="right")
    if stamp.short_id:
        bars = codes.bar_code_path(
            stamp.short_id, left=WIDTH / 2 - 46, bottom=HEIGHT - 811, width=92, height=16
        )
        sheet.draw(bars)
        sheet.code(WIDTH / 2, 819, stamp.short_id, size=7.5)


def _small(sheet: Sheet, text: str, y: float, *, width: float, most: int = 2) -> None:
    fitted = squeeze(sheet.digits(text), sheet.face(), SMALL, width, most=most)
    y -= ROW / 2 * (len(fitted.lines) - 1)
    for line, row in enumerate(fitted.lines):
        sheet.text(LEFT, y + ROW * line, row, size=fitted.size)
