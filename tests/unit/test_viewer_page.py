"""What the viewer's page may never hold; bench/viewer.py opens it in a real browser."""

import re
from pathlib import Path

import pytest

from devtools import viewer

PAGE = (Path(__file__).parents[2] / "docs" / "viewer" / "viewer.html").read_text("utf-8")
SCRIPT = re.search(r"<script>(.*?)</script>", PAGE, re.DOTALL)[1]


def policy(page):
    return re.search(r'Content-Security-Policy" content="(.*?)"', page)[1]


def test_the_policy_allows_nothing_but_the_page_s_own_script_and_style():
    rules = dict(rule.split(" ", 1) for rule in policy(PAGE).split("; "))

    assert rules["default-src"] == "'none'"
    assert re.fullmatch(r"'sha256-\S{44}'", rules["script-src"])
    assert re.fullmatch(r"'sha256-\S{44}'", rules["style-src"])
    assert "unsafe" not in policy(PAGE)


def test_another_script_has_another_policy():
    changed = viewer.page(PAGE.replace('"use strict";', '"use strict"; alert(1);'))

    assert policy(changed) != policy(PAGE)
    assert policy(viewer.page(PAGE)) == policy(PAGE)


@pytest.mark.parametrize(
    "forbidden",
    [
        r"(inner|outer)HTML",
        r"insertAdjacentHTML|document\.write|DOMParser|srcdoc|createContextualFragment",
        r"\beval\(|new Function|import\(|setTimeout\(\s*[\"'`]",
        r"https?://|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|EventSource|Worker\(",
        r"localStorage|sessionStorage|indexedDB|document\.cookie",
        r"\b(href|src|action|style)\s*[:=]",
    ],
)
def test_the_script_has_no_way_to_run_send_or_keep_what_a_file_says(forbidden):
    assert re.findall(forbidden, SCRIPT) == []


def test_no_element_loads_or_runs_anything():
    outside = PAGE.replace(SCRIPT, "")

    assert re.findall(r"<(?:link|img|iframe|object|embed|base|form)\b", outside) == []
    assert re.findall(r"\son\w+=|\ssrc=|\shref=|\sstyle=", outside) == []
    assert outside.count("<script") == 2


def test_no_label_can_end_the_script_it_stands_in():
    assert "<" not in viewer.labels()
