"""The page by control: read without its script at any width, and nothing that a program can check keeps anybody out."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import Windows
from tests.browser.test_accessible import ASKED
from tests.command import ROOT, vendorgate
from tests.golden.grouped import cast

INPUTS = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The hostile cast, and the examples."""
    folder = tmp_path_factory.mktemp("controls")
    made = {name: folder / f"{name}.html" for name in ("cast", "examples")}
    with cast() as hostile:
        words = ("check", *INPUTS, "--group-by", "control", "--output", f"html={made['cast']}")
        assert vendorgate(*words, folder=hostile).code == 1
    manifests = [f"examples/{name}/vendorgate.yaml" for name in ("clinic", "eu-support-bot", "newsletter")]
    day = ("--as-of", "2026-11-24", "--group-by", "control", "--output", f"html={made['examples']}")
    assert vendorgate("check", *manifests, *day, folder=ROOT).code == 1
    return made


@pytest.mark.parametrize(("name", "width"), [("cast", 360), ("cast", 1280), ("examples", 360), ("examples", 1280)])
def test_section_is_read_without_a_script_and_fits(
    windows: Windows, pages: dict[str, Path], name: str, width: int
) -> None:
    context = {"viewport": {"width": width, "height": 900}, "java_script_enabled": False}
    with windows.opened(f"{pages[name].as_uri()}#controls", **context) as one:
        section = one.page.locator("section.controls")
        assert section.is_visible()
        box = section.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        short = section.locator("details.fail > summary").first
        short.click()
        short.click()
        assert short.inner_text().startswith("falls short")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_keeps_anybody_from_using_the_section(
    windows: Windows, pages: dict[str, Path], scheme: str, width: int
) -> None:
    context = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "bypass_csp": True}
    with windows.opened(pages["cast"].as_uri(), **context) as one:
        one.page.add_style_tag(content=".control { content-visibility: visible !important }")
        one.page.locator("details.control").evaluate_all("all => all.forEach(one => { one.open = true })")
        found = Axe().run(one.page, context="section.controls", options=ASKED)
        assert found.response["violations"] == []


def test_usage_that_falls_short_leads_to_its_reasons(windows: Windows, pages: dict[str, Path]) -> None:
    with windows.opened(pages["examples"].as_uri()) as one:
        link = one.page.locator("details.control.fail li a").first
        target = link.get_attribute("href")
        assert target is not None
        one.page.locator("details.control.fail").first.evaluate("one => { one.open = true }")
        link.click()
        assert one.page.locator(target).is_visible()
        assert one.said == []
        assert len(one.requests) == 1
