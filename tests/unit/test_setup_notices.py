"""The notices that go with the program."""

from importlib.metadata import distribution

import pytest

from devtools import notices

SHIPPED = sorted(notices.shipped(notices._asked_for()))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_package_that_ships_names_a_licence_that_lets_it(name):
    licence = notices.licence(distribution(name))

    assert licence
    assert "GPL" not in licence or "LGPL" in licence


def test_a_package_brings_its_own_needs_and_not_its_extras():
    assert "mako" in SHIPPED
    assert "pytest" not in SHIPPED
    assert "matplotlib" not in SHIPPED


def test_the_notices_hold_the_texts_and_credits_we_owe(tmp_path):
    notices.write(tmp_path / "notices.txt")

    text = (tmp_path / "notices.txt").read_text(encoding="utf-8")
    for owed in (
        "GNU LESSER GENERAL PUBLIC LICENSE",
        "Creative Commons\nAttribution 4.0",
        "SIL OPEN FONT LICENSE Version 1.1",
        "The Sarabun Project Authors",
    ):
        assert owed in text
