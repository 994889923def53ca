"""axe-core, which knows the rules of WCAG that a program can check, finds nothing in the page."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Open

PAGES = (
    ("cast", "light", 1280),
    ("cast", "dark", 390),
    ("examples", "light", 390),
    ("examples", "dark", 1280),
)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
ASKED = {"runOnly": list(RULES), "resultTypes": ["violations"]}
"""Every violation, and of what holds the rule alone: naming each element that keeps it takes longer than the rest."""

DRAWN = ".subject, .cause, .sheet, #cells tr { content-visibility: visible !important }"
"""What Chromium would leave out until somebody scrolls there, it has drawn, or axe measures what is not there yet."""


@pytest.mark.parametrize(("name", "scheme", "width"), PAGES)
def test_nothing_keeps_anybody_from_using_the_page(open_page: Open, name: str, scheme: str, width: int) -> None:
    # Chromium's own policy would keep axe out as it keeps everybody out.
    page = open_page(name, color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
    page.page.add_style_tag(content=DRAWN)
    if name == "cast":  # the other page has more of the same, and naming all of it takes long
        page.page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    found = Axe().run(page.page, options=ASKED)
    assert found.response["violations"] == []
    checked = {one["id"] for one in found.response["passes"]}
    assert {"color-contrast", "label", "landmark-one-main", "heading-order"} <= checked


def test_nothing_keeps_anybody_from_using_a_filtered_page(open_page: Open) -> None:
    page = open_page(fragment="#outcome=unknown&colour=red&text=assistants", bypass_csp=True)
    page.page.add_style_tag(content=DRAWN)
    assert Axe().run(page.page, options=ASKED).response["violations"] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_outcomes_are_words_and_signs_beside_their_colours(open_page: Open, scheme: str) -> None:
    page = open_page(color_scheme=scheme)
    signs = page.page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('.badge, td a')].map(one =>"
        " [one.firstChild.textContent, getComputedStyle(one, '::before').content.split(' ')[0]]))"
    )
    assert set(signs) >= {"fail", "unknown", "waived", "pass", "n/a"}
    assert len(set(signs.values())) == 5


def test_page_is_in_landmarks_and_headings(open_page: Open, report: dict[str, Any]) -> None:
    page = open_page()
    for role in ("banner", "navigation", "main", "search", "contentinfo"):
        assert page.page.get_by_role(role).count() == 1, role
    headings = page.page.locator("h1, h2").all_inner_texts()
    sections = ["What blocks", "Totals", "Matrix", "Results", "Evidence", "Notices", "Inputs"]
    assert headings == ["AI vendors of 4 projects", *sections]
    tables = ["By policy", "By offering", "By project", "By owner", "By cause"]
    assert [page.page.get_by_role("table", name=name, exact=True).count() for name in tables] == [1] * 5
    cells = page.page.locator("#cells")
    applying = len({one["policy"] for one in report["results"] if one["outcome"] != "not_applicable"})
    assert 1 < applying < 22
    assert cells.get_by_role("columnheader").count() == 1 + applying
    assert cells.get_by_role("rowheader").count() == 8
    assert cells.get_by_role("cell").count() == 8 * applying
