"""The page of words: each names one thing, and its module is there."""

import re
from pathlib import Path

import dev

ROOT = Path(dev.__file__).parent
TEXT = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if line.startswith("| ") and not line.startswith("| word ")
]


def is_module(name):
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def test_every_word_stands_once():
    words = [word for row in ROWS for word in row[0].split(", ")]

    assert len(words) >= 40
    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_every_word_names_its_module():
    named = [re.fullmatch(r"`(app\.[a-z_.]+)`", row[3]) for row in ROWS]

    assert [row[0] for row, name in zip(ROWS, named, strict=True) if name is None] == []
    assert [name[1] for name in named if name and not is_module(name[1])] == []


def test_what_a_clerk_reads_stands_on_the_screen_or_on_paper():
    catalogue = ROOT / "resources" / "locale" / "th" / "LC_MESSAGES" / "app.po"
    shown = catalogue.read_text(encoding="utf-8")
    words = {word for row in ROWS for word in row[1].split(", ") if word != "–"}

    assert sorted(word for word in words if word not in shown) == []


def test_a_bundle_has_one_name_in_thai():
    catalogue = ROOT / "resources" / "locale" / "th" / "LC_MESSAGES" / "app.po"
    texts = [catalogue, ROOT / "docs" / "data-dictionary.md", ROOT / "docs/viewer/viewer.html"]
    other = re.compile("(?:ไฟล์|แฟ้ม)ส่งข้อมูล")

    assert [path.name for path in texts if other.search(path.read_text("utf-8"))] == []
