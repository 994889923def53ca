"""Everything can be done with a keyboard alone."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser import Opened
from tests.browser.conftest import Open

CONTROLS = [
    *(f"input {name}" for name in ("outcome",) * 5),
    "input blocks",
    "select project",
    "select offering",
    "select policy",
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


def test_tab_goes_through_the_page_in_the_order_of_reading(open_page: Open) -> None:
    page = open_page()
    stops = [press(page, "Tab") for _ in range(5 + len(CONTROLS))]
    links = ["a Skip to the results", "a Matrix", "a Results", "a Notices", "a Inputs"]
    assert stops == [*links, *CONTROLS]
    assert press(page, "Tab").startswith("div ")  # the matrix, which scrolls
    assert press(page, "Tab") == "a ✓ pass".replace("✓ ", "")
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
    page.page.get_by_role("checkbox", name="fail").focus()
    press(page, "Space")
    expect(page.page.get_by_role("status")).not_to_have_text("231 of 231 results shown")
    before = page.count()
    page.page.get_by_role("searchbox").focus()
    press(page, "Enter")
    assert page.count() == before
    page.page.get_by_role("search").get_by_role("button", name="Show all").focus()
    press(page, "Space")
    expect(page.page.get_by_role("status")).not_to_have_text(before)


def test_arrows_move_in_the_matrix_and_enter_goes_to_the_result(open_page: Open) -> None:
    page = open_page()
    to_the_matrix(page)
    place = "(td => [td.parentElement.rowIndex, td.cellIndex])(document.activeElement.parentElement)"
    assert page.page.evaluate(place) == [1, 1]
    moves = {"ArrowRight": [1, 2], "ArrowDown": [2, 2], "ArrowLeft": [2, 1], "ArrowUp": [1, 1]}
    for key, cell in moves.items():
        press(page, key)
        assert page.page.evaluate(place) == cell
    press(page, "ArrowUp", "ArrowLeft")
    assert page.page.evaluate(place) == [1, 1]
    columns = page.page.get_by_role("table").first.get_by_role("columnheader").count() - 1
    press(page, *["ArrowRight"] * (columns - 1))
    assert page.page.evaluate(place) == [1, columns]
    press(page, "ArrowRight")
    assert page.page.evaluate(place) == [2, 1]
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
        assert press(page, "Tab") == "button Open all"


def test_results_fold_and_unfold(open_page: Open) -> None:
    page = open_page()
    result = page.page.locator("details.result").first
    reasons = result.locator("dl")
    expect(reasons).to_be_visible()
    result.locator("summary").focus()
    press(page, "Enter")
    expect(reasons).not_to_be_visible()
    press(page, "Space")
    expect(reasons).to_be_visible()
    page.page.get_by_role("button", name="Close all").press("Enter")
    assert page.page.locator("details[open]").count() == 0
    page.page.get_by_role("button", name="Open all").press("Enter")
    assert page.page.locator("details:not([open])").count() == 0


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
