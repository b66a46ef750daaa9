"""Cut the program's fonts into build/fonts from the packages the lock pins."""

import hashlib
import json
import os
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from app.core import paths


class Cut(NamedTuple):
    """One font file to make: its name, where it comes from, and at which weight if it varies."""

    name: str
    package: str
    source: str
    weight: int | None = None


CUTS = (
    Cut("Sarabun-Regular.ttf", "fontpkg_sarabun", "Sarabun-Regular.ttf"),
    Cut("Sarabun-Bold.ttf", "fontpkg_sarabun", "Sarabun-Bold.ttf"),
    Cut("NotoSansThai-Regular.ttf", "fontpkg_noto_sans_thai", "NotoSansThai[wdth,wght].ttf", 400),
    Cut("NotoSansThai-Bold.ttf", "fontpkg_noto_sans_thai", "NotoSansThai[wdth,wght].ttf", 700),
)

# Thai, Latin for names of any European passport, and the signs of letters and sums.
CHARACTERS = frozenset(
    character
    for first, last in (
        (0x0020, 0x007E),  # ASCII
        (0x00A0, 0x017F),  # Latin-1 and Latin Extended-A
        (0x0300, 0x0328),  # combining accents, for names that come decomposed
        (0x0E01, 0x0E5B),  # Thai
        (0x200B, 0x200D),  # zero-width break and joiners
        (0x2010, 0x203A),  # dashes, quotation marks, ellipsis
        (0x2190, 0x2193),  # arrows
        (0x2212, 0x2212),  # minus
        (0x2260, 0x2265),  # not equal, at most, at least
        (0x25CC, 0x25CC),  # the dotted circle a lone mark sits on
    )
    for character in range(first, last + 1)
)
FEATURES = ("ccmp", "liga", "locl", "kern", "dist", "mark", "mkmk")
_STAMP = "made-from.json"


def cut(folder: Path) -> bool:
    """Write every font of CUTS and its licence into `folder`; say whether anything was written.

    The stamp beside the fonts holds the hashes of all that decides their bytes (sources,
    package versions, this file): while it matches, nothing is touched.
    """
    stamp = _stamp()
    if _read(folder / _STAMP) == stamp and all((folder / one.name).is_file() for one in CUTS):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    for one in CUTS:
        _replace(folder / one.name, _font_bytes(one))
    for package in sorted({one.package for one in CUTS}):
        name = package.removeprefix("fontpkg_").replace("_", "-")
        _replace(folder / f"OFL-{name}.txt", (_root(package) / "LICENSE").read_bytes())
    _replace(folder / _STAMP, stamp.encode())
    return True


def _font_bytes(one: Cut) -> bytes:
    from io import BytesIO

    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    # The source's own date stays in the file, so that the same input gives the same bytes.
    font: Any = TTFont(_source(one), recalcTimestamp=False)
    if one.weight is not None:
        place = {"wght": one.weight, "wdth": 100}
        font = instancer.instantiateVariableFont(font, place, updateFontNames=True)
    options = Options(
        layout_features=list(FEATURES),
        name_IDs=["*"],
        notdef_outline=True,
        recalc_timestamp=False,
    )
    options.drop_tables += ["DSIG"]  # a signature over the whole file, void after the cut
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _stamp() -> str:
    files = {one.source: _digest(_source(one)) for one in CUTS}
    packages = {one.package: version(one.package) for one in CUTS}
    made_from = {
        "files": files,
        "packages": {**packages, "fonttools": version("fonttools")},
        "recipe": _digest(Path(__file__)),
    }
    return json.dumps(made_from, indent=1, sort_keys=True) + "\n"


def _source(one: Cut) -> Path:
    return _root(one.package) / "files" / one.source


def _root(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"The package {package} is missing: run python3 dev.py again.")
    return Path(spec.origin).parent


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _replace(path: Path, content: bytes) -> None:
    # Aside and over it: a test running meanwhile never reads half a font.
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    aside.write_bytes(content)
    aside.replace(path)


if __name__ == "__main__":
    cut(paths.built("fonts"))
