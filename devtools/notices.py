"""Write build/THIRD-PARTY-NOTICES.txt: the licence of every package the program ships with."""

import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from app.core import paths

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"
# Packages whose metadata names no licence, read in their licence file.
READ_BY_US = {"pyrage": "MIT", "sqlcipher3": "Zlib; SQLCipher: BSD-3-Clause; OpenSSL: Apache-2.0"}
# Packages that ship no licence file of their own; these are in resources/licences.
LGPL = ("pyside6-essentials", "shiboken6")
PYTHON = "Python and its standard library\nPSF-2.0, https://docs.python.org/3/license.html\n"
_RULE = "\n" + "=" * 78 + "\n\n"


def write(target: Path) -> None:
    """Write the notices of everything pyproject.toml makes the program need."""
    needed = [distribution(name) for name in sorted(shipped(_asked_for()))]
    target.parent.mkdir(parents=True, exist_ok=True)
    text = _RULE.join([PYTHON, *(_notice(one) for one in needed)])
    if not target.is_file() or target.read_text(encoding="utf-8") != text:
        target.write_text(text, encoding="utf-8", newline="\n")


def shipped(requirements: list[str]) -> set[str]:
    """Name the installed packages that `requirements` bring along here, themselves included."""
    names: set[str] = set()
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        asked = waiting.pop()
        name = canonicalize_name(asked.name)
        if name in names or not (asked.marker is None or asked.marker.evaluate({"extra": ""})):
            continue
        try:
            waiting += [Requirement(text) for text in distribution(name).requires or ()]
        except PackageNotFoundError:
            raise SystemExit(f"{name} is not installed: run python3 dev.py again.") from None
        names.add(name)
    return names


def licence(package: Distribution) -> str:
    """Name the licence of an installed package; empty when nobody says."""
    said: Any = package.metadata
    classified = [
        line.rsplit(" :: ", 1)[1]
        for line in said.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    first_line = (said.get("License") or "").strip().partition("\n")[0]
    own = READ_BY_US.get(canonicalize_name(package.name), "")
    return own or said.get("License-Expression") or first_line or " or ".join(classified)


def _asked_for() -> list[str]:
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    return [str(text) for text in project["dependencies"]]


def _notice(package: Distribution) -> str:
    head = f"{package.name} {package.version}\n{licence(package)}\n"
    return "\n".join([head, *(text.strip() + "\n" for text in _texts(package))])


def _texts(package: Distribution) -> Iterator[str]:
    if canonicalize_name(package.name) in LGPL:
        for name in ("LGPL-3.0.txt", "GPL-3.0.txt"):
            yield paths.resource("licences", name).read_text(encoding="utf-8")
    for file in sorted(package.files or (), key=str):
        kept_apart = ".dist-info" in str(file)
        if kept_apart and ("licenses" in file.parts or file.name.startswith(("LICENSE", "NOTICE"))):
            yield Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    write(paths.built("THIRD-PARTY-NOTICES.txt"))
