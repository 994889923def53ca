"""Everything can be done with a keyboard alone."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser import Opened
from tests.browser.conftest import Open

CONTROLS = [
    *(f"input {name}" for name in ("outcome",) * 5),
    "input blocks",
    "input claims",
    "select project",
    "select owner",
    "select offering",
    "select route",
    "select policy",
    "select cause",
    "input text",
    "button Show all",
]


def press(opened: Opened, *keys: str) -> str:
    """Press keys one after the other; what has the keyboard then."""
    for key in keys:
        opened.page.keyboard.press(key)
    return opened.focused()


def to_the_matrix(opened: Opened) -> str:
    """Set the keyboard on the one cell of the matrix that the tab key stops at."""
    opened.page.locator("#overview .scroll").focus()
    return press(opened, "Tab")


def test_tab_goes_through_the_page_in_the_order_of_reading(open_page: Open, report: dict[str, Any]) -> None:
    page = open_page()
    links = [
        "a Skip to the results",
        f"a {report['summary']['on_claims_alone']} on claims alone",
        *(f"a {name}" for name in ("What blocks", "Totals", "Matrix", "Results", "Evidence", "Notices", "Inputs")),
    ]
    assert [press(page, "Tab") for _ in links] == links
    assert press(page, "Tab").startswith("a ")  # of the first cause: to its results
    assert press(page, "Tab") == "summary Where"
    page.page.locator("#by-cause + .scroll a").last.focus()
    assert [press(page, "Tab") for _ in CONTROLS] == CONTROLS
    assert press(page, "Tab").startswith("div ")  # the matrix, which scrolls
    assert press(page, "Tab") == "a pass"
    assert press(page, "Tab").startswith("summary ")  # the policies without a column
    assert press(page, "Tab") == "button Open all"
    assert press(page, "Tab", "Tab").startswith("summary r")


def test_skip_link_is_seen_when_it_is_reached_and_skips(open_page: Open) -> None:
    page = open_page()
    link = page.page.get_by_role("link", name="Skip to the results")
    expect(link).not_to_be_in_viewport()
    press(page, "Tab")
    expect(link).to_be_in_viewport()
    assert press(page, "Enter") == "h2 results"
    assert press(page, "Tab") == "button Open all"


def test_space_sets_a_choice_and_enter_reloads_nothing(open_page: Open) -> None:
    page = open_page()
    everything = page.count()
    page.page.get_by_role("checkbox", name="fail").focus()
    press(page, "Space")
    expect(page.page.get_by_role("status")).not_to_have_text(everything)
    before = page.count()
    page.page.get_by_role("searchbox").focus()
    press(page, "Enter")
    assert page.count() == before
    page.page.get_by_role("search").get_by_role("button", name="Show all").focus()
    press(page, "Space")
    expect(page.page.get_by_role("status")).to_have_text(everything)


def test_arrows_move_in_the_matrix_and_enter_goes_to_the_result(open_page: Open) -> None:
    page = open_page()
    to_the_matrix(page)
    place = "(td => [td.parentElement.rowIndex, td.cellIndex])(document.activeElement.parentElement)"
    cells = page.page.locator("td a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    here = "document.activeElement.getAttribute('href')"
    assert page.page.evaluate(here) == cells[0]
    for cell in cells[1:]:
        press(page, "ArrowRight")
        assert page.page.evaluate(here) == cell
    press(page, "ArrowRight")
    assert page.page.evaluate(here) == cells[-1]
    press(page, "ArrowLeft")
    assert page.page.evaluate(here) == cells[-2]
    row, _ = page.page.evaluate(place)
    press(page, "ArrowUp")
    assert page.page.evaluate(place)[0] == row - 1
    press(page, "ArrowDown", *["ArrowUp"] * 20)
    assert page.page.evaluate(place)[0] == 1
    wanted = page.page.evaluate("document.activeElement.getAttribute('href').slice(1)")
    assert press(page, "Enter").endswith(wanted)


def test_arrows_pass_over_cells_that_the_filter_hides(open_page: Open) -> None:
    page = open_page(fragment="#outcome=fail")
    to_the_matrix(page)
    result = "document.activeElement.getAttribute('href').slice(1)"
    found = [page.page.evaluate(result)]
    for _ in range(len(page.results())):
        press(page, "ArrowRight")
        found.append(page.page.evaluate(result))
    assert set(found) == page.results()
    press(page, *["ArrowUp"] * 20)
    assert page.page.evaluate(result) == found[0]


def test_matrix_is_one_stop_of_the_tab_key_whatever_is_shown(open_page: Open) -> None:
    for fragment in ("", "#outcome=fail", "#project=newsletter"):
        page = open_page(fragment=fragment)
        to_the_matrix(page)
        stops = page.page.locator("td a").evaluate_all("all => all.filter(one => one.tabIndex === 0).length")
        assert stops == 1
        assert press(page, "Tab", "Tab") == "button Open all"


def test_results_fold_and_unfold(open_page: Open) -> None:
    page = open_page()
    result = page.page.locator("details.result").first
    reasons = result.locator("dl")
    result.locator("summary").focus()
    for is_open in (False, True):  # on a page of few findings they are open
        press(page, "Space" if is_open else "Enter")
        expect(reasons).to_be_visible(visible=is_open)
    results = page.page.locator(".subject details")
    for name, attribute in (("Open all", ":not([open])"), ("Close all", "[open]")):
        page.page.get_by_role("button", name=name).press("Enter")
        assert page.page.locator(f".subject details{attribute}").count() == 0
    assert results.count() > 0


def test_whatever_has_the_keyboard_has_an_outline(open_page: Open) -> None:
    page = open_page("cast")
    outline = (
        "(() => { const one = document.activeElement.closest('.chip') ?? document.activeElement;"
        " const style = getComputedStyle(one); return [style.outlineStyle, parseFloat(style.outlineWidth)] })()"
    )
    for _ in range(40):
        name = press(page, "Tab")
        if name.startswith("body"):
            break
        style, width = page.page.evaluate(outline)
        assert style != "none", name
        assert width >= 2, name
