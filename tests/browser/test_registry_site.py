"""The registry's pages in a browser: whoever reads them, at whatever width, loads nothing from elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser import Listening, Opened, Windows, listening, opened
from tests.browser.test_accessible import ASKED
from tests.commands.registry.test_site import CHANGELOG, FEW, few, site, write

PAGES = (
    "index.html",
    "offerings/claude-bedrock/",
    "questions/hipaa-baa/",
    "compare/azure-openai-vs-openai-api/",
    "latest/",
    "changelog/",
    "about/",
    "search/",
)
COLOURED = ("index.html", "offerings/claude-bedrock/", "latest/")
HOSTILE = ("index.html", "offerings/alpha/", "questions/our-question/", "compare/alpha-vs-beta/", "changelog/")
WIDTHS = (360, 768, 1280)
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of some offerings that ship, with an index of every word."""
    pytest.importorskip("pagefind_bin")
    home = tmp_path_factory.mktemp("shipped")
    few(home / "registry")
    shutil.copytree(home / "registry", home / "before")
    (home / "before" / "offerings" / "openrouter.yaml").unlink()
    more = ("--policies", "builtin", "--previous", "before", "--search", "full")
    assert site(home, *more, "--contact", "https://registry.example.org/").code == 0
    return home / "site"


@pytest.fixture(scope="module")
def served(shipped: Path) -> Iterator[Listening]:
    with listening(shipped) as server:
        yield server


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a registry that means harm, and of an organization's own cells."""
    pytest.importorskip("pagefind_bin")
    home = write(tmp_path_factory.mktemp("hostile"))
    assert site(home, "--policies", "policies", "--search", "full").code == 0
    return home / "site"


def quiet(one: Opened, address: str) -> None:
    """Nothing went wrong, and nobody else was asked for anything."""
    assert one.said == []
    assert all(request.startswith(address) for request in one.requests), one.requests


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_from_reading(browser: Browser, served: Listening, scheme: str) -> None:
    """Structure is the same in both; in the dark it is contrast that may fail."""
    contrast = {**ASKED, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
    pages, asked = (PAGES, ASKED) if scheme == "light" else (COLOURED, contrast)
    window: dict[str, Any] = {"color_scheme": scheme, "viewport": {"width": 360, "height": 900}, "bypass_csp": True}
    with opened(browser, served.address, **window) as one:
        for name in pages:
            one.page.goto(f"{served.address}/{name}")
            assert Axe().run(one.page, options=asked).response["violations"] == [], name


@pytest.mark.parametrize(("kind", "names"), [("shipped", PAGES), ("hostile", HOSTILE)])
def test_page_never_scrolls_sideways_and_nobody_else_is_asked(
    windows: Windows, shipped: Path, hostile: Path, kind: str, names: tuple[str, ...]
) -> None:
    with listening(shipped if kind == "shipped" else hostile) as server, windows.opened(server.address) as one:
        for name in names:
            one.page.goto(f"{server.address}/{name}")
            for width in WIDTHS:
                one.page.set_viewport_size({"width": width, "height": 900})
                assert one.page.evaluate(OVER) <= 0, (name, width)
            assert one.page.evaluate("typeof hacked") == "undefined"
        quiet(one, server.address)


def test_every_word_is_found_and_leads_to_its_page(windows: Windows, served: Listening) -> None:
    with windows.opened(f"{served.address}/search/") as one:
        one.page.get_by_role("searchbox").fill("zero retention bedrock")
        expect(one.page.locator(".found mark").first).to_be_visible()
        one.page.locator(".found a").first.click()
        expect(one.page.locator("h1")).to_be_visible()
        quiet(one, served.address)


def test_words_that_mean_harm_are_found_as_words(windows: Windows, hostile: Path) -> None:
    with listening(hostile) as server, windows.opened(f"{server.address}/search/") as one:
        one.page.get_by_role("searchbox").fill("hacked")
        expect(one.page.locator(".found a").first).to_contain_text("<script>hacked=1</script>")
        assert one.page.locator(".found").locator("script, img").count() == 0
        assert one.page.evaluate("typeof hacked") == "undefined"
        quiet(one, server.address)


def test_from_a_folder_links_and_the_filter_work_and_what_does_not_is_said(windows: Windows, shipped: Path) -> None:
    with windows.opened(shipped / "index.html") as one:
        one.page.get_by_role("searchbox").fill("openai azure")
        expect(one.page.get_by_role("status")).to_have_text(f"1 of {len(FEW)}")
        one.page.get_by_role("link", name="Azure OpenAI Service").click()
        expect(one.page.locator("h1")).to_have_text("Azure OpenAI Service")
        one.page.get_by_role("link", name="Search", exact=True).click()
        expect(one.page.locator("#how")).to_contain_text(
            "Opened from a folder, only the names below are looked through"
        )
        one.page.get_by_role("searchbox").fill("claude")
        expect(one.page.get_by_role("link", name="Claude via AWS Bedrock")).to_be_visible()
        quiet(one, shipped.as_uri())


def test_pages_are_whole_without_a_script(browser: Browser, shipped: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((shipped / "index.html").as_uri())
    expect(page.get_by_role("search")).to_be_hidden()
    assert page.locator("tr[data-text]").count() == len(FEW)
    page.goto((shipped / "offerings" / "openai-api" / "index.html").as_uri())
    page.locator("summary").first.click()
    expect(page.locator("details[open] code").first).to_be_visible()
    context.close()


def test_tab_goes_through_the_page_in_the_order_of_reading(windows: Windows, hostile: Path) -> None:
    with windows.opened(hostile / "index.html") as one:
        press = one.page.keyboard.press

        def after(*keys: str) -> str:
            for key in keys:
                press(key)
            return one.focused()

        assert after("Tab") == "a Skip to the content"
        assert after("Enter", "Tab").startswith("input")
        assert after("Tab").startswith("div")  # the table, which scrolls
        columns = one.page.locator("thead a").all_inner_texts()
        assert [after("Tab") for _ in columns] == [f"a {' '.join(name.split())}" for name in columns]
        rows = one.page.locator("tbody th a").count()
        assert all(after("Tab").startswith("a ") for _ in range(rows)), (
            "one stop a row: its cells lead to parts of its page"
        )
        assert after("Tab").startswith("a Licence")


def test_answer_is_a_word_and_a_sign_beside_its_colour(windows: Windows, hostile: Path) -> None:
    with windows.opened(hostile / "index.html") as one:
        signs = one.page.evaluate(
            "Object.fromEntries([...document.querySelectorAll('td.mark a')].map(one =>"
            " [one.parentElement.className, getComputedStyle(one, '::before').content.split(' ')[0]]))"
        )
        assert len(signs) == len(set(signs.values())) >= 5
        assert all(one.page.locator("td.mark a").evaluate_all("all => all.map(one => one.innerText.trim())"))


def test_what_slipped_through_would_be_stopped_by_the_policy_of_the_page(windows: Windows, hostile: Path) -> None:
    assert "iframe" in CHANGELOG
    page = hostile / "changelog" / "slipped.html"
    text = (hostile / "changelog" / "index.html").read_text(encoding="utf-8")
    slipped = "<script>hacked=1</script><img src='https://elsewhere.example/i.png'><p onclick=hacked=1 id=bait>x</p>"
    page.write_text(text.replace("<h1>", f"{slipped}<h1>"), encoding="utf-8")
    with windows.opened(page) as one:
        one.page.locator("#bait").click()
        assert one.page.evaluate("typeof hacked") == "undefined"
        assert "Content Security Policy" in " ".join(one.said)
    page.unlink()
