"""Draw the window or the paper into build/shots, for people to look at."""

import os
import sys
from datetime import date
from pathlib import Path

from PIL import Image
from pypdfium2 import PdfDocument

from app.core import i18n
from app.services import demonstration
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.printing import printing
from devtools import staging

OUT = Path("build/shots")
PICTURES = Path("docs/pictures")
# what README shows: the page of the window, the name of its picture
README = {"loan_file": "window.png", "outbox": "outbox.png"}
PAPER = ("loan_application", "paper.png")
SAMPLE = "ข้อมูลตัวอย่าง"
SCALES = ("100", "150", "200")  # percent
COLOURS = 64  # a picture of a window has few: this makes it small


def main(words: list[str]) -> None:
    """Draw every page of the window at 100, 150 and 200 %, or at the one that is named.

    "paper" draws every form's sample instead, "--readme" the pictures of README.
    """
    i18n.use("th")
    if words == ["paper"]:
        paper()
    elif words == ["--readme"]:
        readme()
    elif words and words[0] in SCALES:
        window(words[0])
    elif words:
        raise SystemExit(f"Nothing, paper, --readme or one of {', '.join(SCALES)} is asked for.")
    else:
        for percent in SCALES:
            # the scale is chosen before Qt begins, so each has a process of its own
            os.spawnl(os.P_WAIT, sys.executable, sys.executable, "-m", "devtools.shots", percent)


def paper() -> None:
    """Draw the sample of every form, filled and blank, page by page."""
    folder = OUT / "paper"
    folder.mkdir(parents=True, exist_ok=True)
    for form in printing.forms():
        for look in ("filled", "blank"):
            document = PdfDocument(printing.sample(form.name, blank=look == "blank"))
            for number, page in enumerate(document, 1):
                name = f"{form.number}-{form.name}-{look}-{number}.png"
                page.render(scale=110 / 72).to_pil().save(folder / name)
            document.close()
    print(folder)


def readme() -> None:
    """Draw the pictures of README into docs/pictures: invented people, few colours, small files."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from app.ui.shell import shots

    PICTURES.mkdir(exist_ok=True)
    desk = staged("readme")
    for path in shots.take_some(desk, OUT / "readme", tuple(README), SAMPLE):
        with Image.open(path) as picture:
            _keep_small(picture, PICTURES / README[path.stem])
    desk.close()
    form, name = PAPER
    document = PdfDocument(printing.sample(form))
    _keep_small(document[0].render(scale=96 / 72).to_pil(), PICTURES / name)
    document.close()


def _keep_small(picture: Image.Image, path: Path) -> None:
    picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)
    print(f"{path}: {path.stat().st_size:,} bytes")


def staged(name: str) -> Desk:
    """Return a desk in the middle of its week; the demonstration is made if it is missing."""
    demo = Path("build/demo")
    if not (demo / "README.txt").exists():
        demonstration.tell(demo)
    return staging.stage(demo, OUT / f"staged-{name}")


def window(percent: str) -> None:
    """Draw the window on the demonstration's data, and its pages on those of a whole province.

    What is missing of either is made first.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(int(percent) / 100)
    from app.ui.shell import shots

    desk = staged(percent)
    files = shots.take_all(desk, OUT / percent)
    desk.close()
    print(f"{OUT / percent}: {len(files)}")
    whole = OUT / "of-a-province"
    if not (whole / "keys").exists():
        size = demonstration.Size("15", 300, 1, date(2026, 11, 20))
        demonstration.tell_of_province(whole, size)
    password = (whole / "keys" / "password.txt").read_text("utf-8").strip()
    desk = desks.open_desk(whole / "office", user="", password=password)
    files = shots.take_pages(desk, OUT / percent / "province")
    desk.close()
    print(f"{OUT / percent / 'province'}: {len(files)}")


if __name__ == "__main__":
    main(sys.argv[1:])
