"""The page of a fleet in a browser: every figure leads to its rows, with or without a mouse, at whatever width."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser import Opened, Windows
from tests.browser.test_accessible import ASKED
from tests.commands.fleet.report.synthetic import HOSTILE, PLATFORMS, TEAMS, World, write_run
from vendorgate.commands.fleet.report.html import render
from vendorgate.commands.fleet.report.opening import opened

WIDTHS: Final = (360, 768, 1280)
OVER: Final = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FIGURES: Final = """
async (every) => {
  const shown = document.getElementById("shown");
  const strange = document.getElementById("strange");
  const last = (words) => [...words.matchAll(/([\\d,]+) subjects?/g)].pop()[1];
  const first = (words) => words.match(/\\d[\\d,]*(?<!,)/)[0];
  const figures = [...document.querySelectorAll(".cell, .bubble, .strand, .box")];
  const numbers = [...document.querySelectorAll(".totals td a, .as-table td a, .plain .num a, .counts a")];
  const said = [
    ...figures.map((one) => [one.getAttribute("href"), last(one.querySelector("title").textContent)]),
    ...numbers.map((one) => [one.getAttribute("href"), first(one.textContent)]),
  ];
  const wanted = [...new Set(said.map(String))]
    .map((one) => [one.slice(0, one.indexOf(",")), one.slice(one.indexOf(",") + 1)])
    .filter(([href], at) => at % every === 0 || href.includes("rest%3A") || href.includes("none"));
  const wrong = [];
  Element.prototype.scrollIntoView = () => {};
  for (const [href, number] of wanted) {
    if (href !== location.hash) {
      const changed = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
      location.hash = href;
      await changed;
    }
    if (!strange.hidden || shown.textContent.split(" ")[0] !== number) wrong.push([href, number, shown.textContent]);
  }
  return [wanted.length, wrong];
}
"""
"""Every figure's own number against the rows that its address shows."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`fleet.html` has what a fleet has, `many.html` more names than figures show, `hostile.html` means harm."""
    folder = tmp_path_factory.mktemp("fleet")
    few = World(teams=TEAMS[:5], platforms=PLATFORMS[:6])
    many = World(
        subjects=900,
        teams=[f"team-{one}" for one in range(60)],
        platforms=[f"Platform {one}" for one in range(40)],
        cases=200,
        repositories_without=90,
    )
    worlds = {
        "fleet": msgspec.structs.replace(few, subjects=400, cases=60),
        "many": many,
        "hostile": msgspec.structs.replace(few, subjects=60, cases=30, hostile=HOSTILE),
    }
    for name, world in worlds.items():
        page = render(opened(str(write_run(folder / name, world))))
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return folder


@pytest.fixture
def page(windows: Windows, pages: Path) -> Iterator[Opened]:
    with windows.opened(pages / "fleet.html", viewport={"width": 1280, "height": 900}) as one:
        yield one
        quiet(one, pages)


def quiet(one: Opened, pages: Path) -> None:
    """Nothing went wrong, and nobody else was asked for anything."""
    assert one.said == []
    assert all(request.startswith(pages.as_uri()) for request in one.requests), one.requests


@pytest.mark.parametrize(("name", "every"), [("fleet", 2), ("many", 20), ("hostile", 3)])
def test_every_figure_leads_to_as_many_rows_as_it_says(windows: Windows, pages: Path, name: str, every: int) -> None:
    with windows.opened(pages / f"{name}.html", viewport={"width": 1280, "height": 900}) as one:
        tried, wrong = one.page.evaluate(FIGURES, every)
        assert wrong == []
        assert tried > 80
        assert one.page.evaluate("typeof hacked") == "undefined"
        quiet(one, pages)


@pytest.mark.parametrize(("scheme", "width", "name"), [("light", 1280, "fleet"), ("dark", 360, "hostile")])
def test_nothing_keeps_anybody_from_using_the_page(
    browser: Browser, pages: Path, scheme: str, width: int, name: str
) -> None:
    window: dict[str, Any] = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}, "bypass_csp": True}
    with browser.new_context(**window) as context:
        page = context.new_page()
        page.goto((pages / f"{name}.html").as_uri())
        page.add_style_tag(content="section { content-visibility: visible !important }")
        page.locator("details").evaluate_all("all => all.slice(0, 12).forEach(one => { one.open = true })")
        found = Axe().run(page, options=ASKED)
        assert found.response["violations"] == []
        checked = {one["id"] for one in found.response["passes"]}
        assert {
            "color-contrast",
            "label",
            "landmark-one-main",
            "heading-order",
            "scrollable-region-focusable",
        } <= checked


@pytest.mark.parametrize("name", ["fleet", "hostile"])
def test_page_never_scrolls_sideways_on_screen_or_paper(windows: Windows, pages: Path, name: str) -> None:
    with windows.opened(pages / f"{name}.html") as one:
        for width in WIDTHS:
            one.page.set_viewport_size({"width": width, "height": 900})
            assert one.page.evaluate(OVER) <= 0, width
        one.page.emulate_media(media="print")
        one.page.set_viewport_size({"width": 1017, "height": 700})  # what A4 has, across
        assert one.page.evaluate(OVER) <= 0
        for drawing in one.page.locator(".plot svg").all():
            expect(drawing).to_be_visible()
        expect(one.page.locator(".as-table").first).to_be_hidden()
        one.page.emulate_media(media="screen")
        quiet(one, pages)


BROKEN = """all => all.filter(one => {
  const range = document.createRange();
  range.selectNodeContents(one);
  return one.checkVisibility() && !one.textContent.includes(" ") && range.getClientRects().length > 1;
}).map(one => one.textContent)"""
"""Headings of one word that stand on several lines."""


@pytest.mark.parametrize("width", [360, 1280])
def test_no_heading_of_a_table_is_broken_within_a_word(page: Opened, width: int) -> None:
    page.page.set_viewport_size({"width": width, "height": 900})
    for list_name in ("subjects", "ends", "drift"):
        page.page.evaluate(f"location.hash = 'list={list_name}'")
        heads = page.page.locator(":is(.plain, #table) thead th:not(.hidden)")
        assert heads.evaluate_all(BROKEN) == [], list_name


def press(one: Opened, *keys: str) -> str:
    """Press keys one after the other; what has the keyboard then, in words."""
    for key in keys:
        one.page.keyboard.press(key)
    words: str = one.page.evaluate(
        "(document.activeElement.querySelector('title') ?? document.activeElement).textContent"
    )
    return words


def test_arrows_move_in_a_figure_and_enter_leads_to_its_rows(page: Opened) -> None:
    page.page.locator("section:has(#heat) .plot").focus()
    rows = page.page.locator("section:has(#heat) .names a").count()
    assert press(page, *["Tab"] * (rows + 1)) == PLATFORMS[0]
    first = press(page, "ArrowDown")
    assert first.startswith(f"{page.page.locator('.names a').first.inner_text()}, OpenAI: ")
    beside = press(page, "ArrowRight")
    assert beside.split(":")[0] != first.split(":")[0]
    assert press(page, "ArrowLeft") == first
    assert press(page, "ArrowLeft") == first, "there is nothing further"
    press(page, "Enter")
    number = first.split(": ")[1].split(" ")[0]
    expect(page.page.get_by_role("status")).to_have_text(f"{number} of 400 subjects")
    assert page.focused() == "div bar"
    assert press(page, "Tab").startswith("team: ")
    press(page, "Enter")
    expect(page.page.get_by_role("button", name="vendor: OpenAI")).to_be_visible()
    expect(page.page.get_by_role("button", name="team: ")).to_have_count(0)


def test_whatever_has_the_keyboard_is_seen_to(page: Opened) -> None:
    seen = (
        "(() => { const one = document.activeElement.closest('.chip') ?? document.activeElement;"
        " const shape = one.querySelector(':scope > :is(rect, circle, path, text)');"
        " const style = getComputedStyle(shape && one.closest('svg') ? shape : one);"
        " const drawn = parseFloat(style.strokeWidth) >= 3 || style.textDecorationLine !== 'none';"
        " return style.outlineStyle !== 'none' || drawn })()"
    )
    page.page.locator("section:has(#heat) .plot").focus()
    for _ in range(60):
        name = press(page, "Tab")
        assert page.page.evaluate(seen), name
    for figure in (".cell", ".bubble", ".strand", ".box"):
        one = page.page.locator(figure).first
        one.evaluate("one => { one.tabIndex = 0; one.focus({focusVisible: true}) }")
        assert page.page.evaluate(seen), figure


def test_filter_pages_and_lists_are_kept_in_the_address(page: Opened) -> None:
    status = page.page.get_by_role("status")
    page.page.get_by_role("combobox", name="Vendor").select_option("OpenAI")
    page.page.get_by_role("checkbox", name="blocks").check()
    for asked in ("vendor: OpenAI", "blocks"):
        expect(page.page.get_by_role("button", name=asked, exact=True)).to_be_visible()
    assert "platform=OpenAI&blocks=yes" in page.page.url or "blocks=yes&platform=OpenAI" in page.page.url
    found = status.inner_text()
    page.page.get_by_role("button", name="Next").click()
    expect(page.page.get_by_role("navigation", name="Pages of rows")).to_contain_text("Page 2 of")
    address = page.page.url
    assert "page=2" in address
    page.page.goto("about:blank")
    page.page.goto(address)
    expect(status).to_have_text(found)
    expect(page.page.get_by_role("navigation", name="Pages of rows")).to_contain_text("Page 2 of")
    page.page.get_by_role("combobox", name="List").select_option("repositories")
    expect(status).to_contain_text("repositories")
    expect(page.page.get_by_role("combobox", name="Vendor")).to_be_hidden()
    page.page.get_by_role("searchbox").fill("partner/closed-3")
    expect(status).to_have_text(f"1 of {status.inner_text().split(' of ')[1]}")
    expect(page.page.locator("#table")).to_contain_text("permission denied (403)")


def test_row_says_why_it_does_not_pass(page: Opened) -> None:
    row = page.page.locator("#table tbody tr").first
    row.locator("summary").press("Enter")
    expect(row.locator(".why li").first).to_contain_text("is not covered by")
    names = row.locator("summary .mark").all_inner_texts()
    assert names
    assert row.locator(".why li").count() >= len(names)


def test_lists_lead_on_to_their_subjects(page: Opened) -> None:
    for list_name in ("drift", "notices", "manifests", "ends"):
        page.page.evaluate(f"location.hash = 'list={list_name}'")
        expect(page.page.locator("#table tbody tr").first).to_be_visible()
    many = page.page.locator("#table tbody td:last-child").first.inner_text()
    page.page.locator("#table tbody td:last-child a").first.click()
    expect(page.page.get_by_role("status")).to_have_text(f"{many} of 400 subjects")


def test_parts_and_rows_are_gone_to_although_not_all_is_laid_out(page: Opened) -> None:
    for part in ("totals", "flow", "without", "heat", "beside"):
        page.page.get_by_role("navigation", name="On this page").locator(f"[href='#{part}']").click()
        page.page.wait_for_timeout(200)
        top = page.page.locator(f"#{part}").evaluate("one => one.getBoundingClientRect().top")
        assert 0 <= top <= 80, part
    page.page.evaluate("scrollTo(0, 0)")
    page.page.evaluate("location.hash = 'blocks=yes'")
    page.page.wait_for_timeout(200)
    assert 0 <= page.page.locator("#rows").evaluate("one => one.getBoundingClientRect().top") <= 80


def test_what_the_page_does_not_have_is_said_and_left_out(page: Opened) -> None:
    page.page.evaluate("location.hash = 'platform=OpenAI&team=%3Cb%3Enobody&constructor=1&page=0'")
    alert = page.page.get_by_role("alert")
    expect(alert).to_contain_text("team \u201c<b>nobody\u201d, constructor \u201c1\u201d, page \u201c0\u201d")
    expect(page.page.get_by_role("button", name="vendor: OpenAI")).to_be_visible()
    page.page.get_by_role("button", name="Take it out of the address").click()
    assert page.page.url.endswith("#platform=OpenAI")
    expect(alert).to_be_hidden()
    for words in (
        "end=length",
        "case=map",
        "outcome=toString",
        "list=repositories&state=constructor",
        "list=__proto__",
    ):
        page.page.evaluate("words => { location.hash = words }", words)
        name, _, value = words.rpartition("&")[2].partition("=")
        expect(alert).to_contain_text(f"{name} \u201c{value}\u201d")


def test_figures_and_tables_are_there_without_a_script(browser: Browser, pages: Path) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((pages / "fleet.html").as_uri())
        expect(page.locator("#heat ~ .plot svg")).to_be_visible()
        expect(page.get_by_text("The rows are drawn by a script")).to_be_visible()
        expect(page.get_by_role("search")).to_be_hidden()


def test_outcome_is_a_word_and_a_sign_beside_its_colour(page: Opened) -> None:
    signs = page.page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('section:has(#heat) .cell')].map(one =>"
        " [[...one.classList].find(name => name !== 'cell'), one.querySelector('text').textContent[0]]))"
    )
    assert len(signs) == len(set(signs.values())) >= 3
    badges = page.page.locator("#table .badge").all_inner_texts()
    assert badges
    assert all(badges)


def test_what_slipped_through_would_be_stopped_by_the_policy_of_the_page(windows: Windows, pages: Path) -> None:
    text = (pages / "fleet.html").read_text(encoding="utf-8")
    slipped = "<script>hacked=1</script><img src='https://elsewhere.example/i.png'><p onclick=hacked=1 id=bait>x</p>"
    (pages / "slipped.html").write_text(text.replace("<h1>", f"{slipped}<h1>"), encoding="utf-8")
    with windows.opened(pages / "slipped.html") as one:
        one.page.locator("#bait").click()
        assert one.page.evaluate("typeof hacked") == "undefined"
        assert "Content Security Policy" in " ".join(one.said)
