"""The page of a register: axe finds nothing, it fits a telephone, loads nothing, and says what the JSON says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Open
from tests.browser.test_accessible import ASKED
from tests.golden.registered import listed

PAGES = (
    ("ropa", "light", 1280),
    ("ropa", "dark", 360),
    ("subprocessors", "light", 360),
    ("subprocessors", "dark", 1280),
)
"""A list a row, and a table."""


@pytest.fixture(scope="module", autouse=True)
def registers(folder: Path) -> None:
    """The pages, beside the others."""
    for view in ("ropa", "subprocessors"):
        (folder / f"{view}.html").write_text(listed(view, "html"), encoding="utf-8")


@pytest.mark.parametrize(("view", "scheme", "width"), PAGES)
def test_nothing_keeps_anybody_from_using_a_register(open_page: Open, view: str, scheme: str, width: int) -> None:
    page = open_page(view, color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True).page
    found = Axe().run(page, options=ASKED)
    assert found.response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("view", ["ropa", "subprocessors"])
def test_page_says_every_value_of_the_document(open_page: Open, view: str) -> None:
    shown = open_page(view).page.locator("main").inner_text()
    for row in json.loads(listed(view, "json"))["rows"]:
        for cell in row["cells"].values():
            for one in cell["values"]:
                assert " ".join(one["words"].split("\u202e")[0].split()) in " ".join(shown.split())


def test_table_becomes_a_list_with_names_where_it_is_narrow(open_page: Open) -> None:
    page = open_page("subprocessors", viewport={"width": 360, "height": 900}).page
    name = page.evaluate("getComputedStyle(document.querySelector('tbody td'), '::before').content")
    assert "Purpose" in name
