"""The lock as it lies in the tree; whether it is fresh the check asks of the registry."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import dev

PROJECT = tomllib.loads((Path(dev.__file__).parent / "pyproject.toml").read_text(encoding="utf-8"))
TEXT = dev.LOCK.read_text(encoding="utf-8")
PINS = dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", TEXT, re.MULTILINE))


def test_no_address_of_any_site_is_in_the_lock():
    assert re.findall(r"https?:|file:|index-url|find-links| @ ", TEXT) == []


def test_every_pin_has_a_hash():
    blocks = re.split(r"\n(?=\S)", TEXT.strip())

    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_what_pyproject_asks_for_is_pinned_within_its_bounds():
    asked = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]

    loose = [
        text
        for text in asked
        if not Requirement(text).specifier.contains(PINS[canonicalize_name(Requirement(text).name)])
    ]
    assert loose == []


def test_qt_stays_below_the_version_that_loses_references():
    assert PINS["pyside6-essentials"].startswith("6.11.")
