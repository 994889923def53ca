"""The site is built without a warning, its generated pages hold what the code has, and people can find and read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args
from urllib.parse import unquote, urlsplit

import click
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from tools.reference_files import FILES
from tools.site import build

from tests.browser import Listening, Opened, listening, opened
from tests.browser.test_accessible import ASKED
from tests.command import ROOT
from tests.command import vendorgate as run
from vendorgate.cli.commands import vendorgate
from vendorgate.commands.policy.lints.table import LINTS
from vendorgate.evaluate.program import OPERATORS
from vendorgate.model.notice_ids import NoticeId
from vendorgate.model.vocabulary import DIMENSIONS
from vendorgate.report.nouns import _PATHS as PATHS

COMMANDS = "reference/generated/commands"
LANGUAGE = "reference/language"
KINDS_OF_PAGES = (
    "index.html",
    "how-to/audits.html",
    f"{COMMANDS}/policy.html",
    "reference/generated/files.html",
    "reference/generated/files/bundle.html",
    f"{LANGUAGE}.html",
    "lints/hidden-unknown.html",
    "search.html?q=on_unknown",
)
FIRST = 3
"""How many results a reader looks at."""
FOUND = """([words, first]) => words.map(query =>
    Search._performSearch(...Search._parseQuery(query)).reverse().slice(0, first).map(one => [one[0], one[2]]))"""
"""What the site finds first for each of some words, best first: pages and anchors."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once."""
    folder = tmp_path_factory.mktemp("site")
    assert build(folder) == 0
    return folder


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.anchors.update(named[name] for name in ("id", "name") if name in named)
        self.links.extend(named[name] for name in ("href", "src") if name in named)


def _page(path: Path) -> _Links:
    found = _Links()
    found.feed(path.read_text(encoding="utf-8"))
    return found


def test_every_link_of_the_site_leads_somewhere(site: Path) -> None:
    pages = {path.resolve(): _page(path) for path in site.rglob("*.html")}
    lost = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            missing = not target.exists()
            anchor = bool(parts.fragment) and target in pages and unquote(parts.fragment) not in pages[target].anchors
            if missing or (anchor and parts.fragment != "top"):
                lost.append(f"{path.relative_to(site)}: {link}")
    assert lost == []


def test_no_page_of_the_site_loads_anything_from_another_host(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.findall(r"<(?:script|img|link)[^>]+(?:src|href)=\"https?://", text), path.name


def _commands(group: click.Group, path: str) -> Iterator[str]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{path} {name}"
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path} {name}")


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[Listening]:
    with listening(site) as server:
        yield server


@pytest.fixture(scope="module")
def reader(browser: Browser, served: Listening) -> Iterator[Opened]:
    """Somebody at the page of the search."""
    with opened(browser, f"{served.address}/search.html") as one:
        one.page.wait_for_function("Search.hasIndex()")
        yield one
        assert one.said == []
        assert all(request.startswith(served.address) for request in one.requests)


def _fields(schema: Any) -> Iterator[str]:
    """Every key that a schema of files knows, save operators, which are no fields."""
    for name, part in (("", schema), *schema.get("definitions", {}).items()):
        if name != "Operation":
            yield from part.get("properties", {})


def sought() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """What a reader may type, and how the address of what is meant begins, or one of these."""
    for command in _commands(vendorgate, "vendorgate"):
        yield command, f"{COMMANDS}/{command.split()[1]}#{command.replace(' ', '-')}"
    yield from ((operator, f"{LANGUAGE}#word") for operator in OPERATORS)
    yield from ((path, f"{LANGUAGE}#word") for path in PATHS)
    yield from ((dimension, "reference/generated/files#word") for dimension in DIMENSIONS)
    yield from ((lint, f"lints/{lint}") for lint in LINTS)
    yield from ((notice, "reference/notices#word") for notice in get_args(NoticeId))
    yield from ((code, "reference/exit-codes#word") for code in ("0", "1", "2", "3", "130"))
    for file in (ROOT / "policies").glob("*/*.yaml"):
        for policy in re.findall(r"^  - id: (\S+)$", file.read_text(encoding="utf-8"), re.MULTILINE):
            yield policy, ("reference/packs#word", "reference/generated/policies#word")
    for kind in FILES:
        schema = json.loads(run("schema", kind, "--policies", "builtin", "--registry", "builtin", folder=ROOT).stdout)
        yield from ((field, "reference/generated/files") for field in _fields(schema))


def test_search_finds_every_command_field_operator_path_lint_notice_and_policy(reader: Opened) -> None:
    asked = [*dict.fromkeys(sought())]
    answers = reader.page.evaluate(FOUND, [[word for word, _ in asked], FIRST])
    lost = []
    for (word, meant), answer in zip(asked, answers, strict=True):
        found = [page + (anchor or "") for page, anchor in answer]
        if not any(one.startswith(meant) for one in found):
            lost.append((word, meant, found))
    assert lost == []


def test_reader_who_searches_gets_to_the_row_that_explains_the_word(browser: Browser, served: Listening) -> None:
    with opened(browser, f"{served.address}/index.html") as one:
        one.page.get_by_role("textbox", name="Search").first.fill("===")
        one.page.keyboard.press("Enter")
        one.page.locator("ul.search a").first.click()
        row = one.page.locator("tr", has=one.page.locator(":target"))
        assert "equal or not" in row.inner_text()
        assert one.said == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_nothing_keeps_anybody_from_reading(browser: Browser, served: Listening, scheme: str, width: int) -> None:
    """Structure is the same in both; in the dark it is contrast that may fail."""
    asked: dict[str, Any] = (
        ASKED if scheme == "light" else {**ASKED, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
    )
    with opened(browser, served.address, color_scheme=scheme, viewport={"width": width, "height": 900}) as one:
        for page in KINDS_OF_PAGES:
            one.page.goto(f"{served.address}/{page}")
            if "?" in page:
                one.page.locator("ul.search li").first.wait_for()
            assert one.page.evaluate("document.documentElement.scrollWidth") <= width, page
            assert Axe().run(one.page, options=asked).response["violations"] == [], page
        assert one.said == []
