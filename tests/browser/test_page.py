"""The page needs nothing but itself: no network, no script, no wide screen, no screen at all."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser import Opened, listening, opened
from tests.browser.conftest import Open
from tests.world import AS_OF, OFFERING, SNAPSHOT
from vendorgate.gate import Gate
from vendorgate.report.html import render

TEXTS = """
selector => Object.fromEntries([...document.querySelectorAll(selector)].map(one => [one.id, [
  one.textContent.replace(/\\s+/g, " "),
  [...one.querySelectorAll("a[href^='#e']")].map(link => link.getAttribute("href")),
]]))
"""
"""By the id of each result: its text, and the evidence that it points to."""
SOURCES = """
Object.fromEntries([...document.querySelectorAll(".sheet dt")].map(one => {
  const link = one.nextElementSibling.querySelector("a");
  return ["#" + one.id, [one.textContent, link?.getAttribute("href"), link?.rel]];
}))
"""
CITED = """
Object.fromEntries([...document.querySelectorAll(".result.pass")].map(one => [one.id,
  [...one.closest(".subject").querySelectorAll(".cited a")].map(link => link.getAttribute("href"))]))
"""


def printed(page: Page) -> str:
    """The words on paper, in one line."""
    text = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text))  # without ligatures


def evidence(cited: dict[str, Any]) -> str:
    """How the page names a piece of evidence of the JSON report."""
    verified = f"verified {cited['verified']}" if cited["verified"] else "never verified"
    return f"{cited['dimension']} {cited['value']}, {verified}, confidence {cited['confidence']}"


@pytest.mark.parametrize("name", ["examples", "cast"])
def test_page_says_nothing_on_the_console_and_asks_nobody_for_anything(open_page: Open, name: str) -> None:
    page = open_page(name)
    page.page.wait_for_timeout(300)
    assert page.page.evaluate("performance.getEntriesByType('resource').length") == 0


def test_server_is_asked_for_the_page_and_nothing_else(browser: Browser, folder: Path) -> None:
    with listening(folder) as server, opened(browser, f"{server.address}/examples.html") as page:
        page.page.wait_for_timeout(300)
        assert page.said == []
    assert server.asked == ["/examples.html"]


def test_counts_are_those_of_the_json_report(open_page: Open, report: dict[str, Any]) -> None:
    page = open_page()
    summary = report["summary"]
    counts = [
        f"{summary['fail']} failed",
        f"{summary['unknown']} unknown",
        f"{summary['waived']} waived",
        f"{summary['pass']} passed, {summary['on_claims_alone']} on claims alone",
        f"{summary['not_applicable']} not applicable",
    ]
    assert [text.replace("\n", " ") for text in page.page.locator(".counts li").all_inner_texts()] == counts
    expect(page.page.locator(".verdict")).to_have_text(f"FAIL {summary['blocking']} results block")
    assert page.page.locator("details.blocks").count() == summary["blocking"]
    expect(page.page).to_have_title("FAIL: AI vendors of 4 projects, 2026-11-24")


def test_every_result_that_applies_has_its_cell(open_page: Open, report: dict[str, Any]) -> None:
    page = open_page()
    cells = page.page.evaluate(
        "[...document.querySelectorAll('td a')].map(one => [one.getAttribute('href').slice(1), one.textContent,"
        " document.querySelector(one.getAttribute('href') + ' .name').textContent])"
    )
    applying = {
        f"r{number}": (result["outcome"] + (", blocks" if result["blocks"] else ""), result["policy"])
        for number, result in enumerate(report["results"], 1)
        if result["outcome"] != "not_applicable"
    }
    assert {id: (word, policy) for id, word, policy in cells} == applying
    assert page.page.locator(".result, .beside li").count() == len(report["results"])
    policies = {one["policy"] for one in report["results"] if one["outcome"] != "not_applicable"}
    assert page.page.locator("#cells tbody td").count() == 8 * len(policies)


def test_result_says_all_that_the_json_report_says(open_page: Open, report: dict[str, Any]) -> None:
    page = open_page()
    texts = page.page.evaluate(TEXTS, ".result")
    sources = page.page.evaluate(SOURCES)
    cited = 0
    for number, result in enumerate(report["results"], 1):
        if result["outcome"] not in ("fail", "unknown", "waived"):
            continue
        text, links = texts[f"r{number}"]
        for requirement in result["requirements"]:
            assert requirement["message"].replace("`", "") in text
        for one, link in zip(result["evidence"], links, strict=True):
            assert evidence(one) in text
            assert sources[link] == [one["dimension"], one["source"], "noopener noreferrer nofollow"]
            cited += 1
        assert result["cause"].replace("`", "") in text
        assert result["remediation"].replace("`", "") in text
        assert "; ".join(result["references"]) in text
        if result["waiver"] is not None:
            assert "until 2026-12-31 by dpo@example.org" in text
            assert result["waiver"]["reason"] in text
    assert cited > 10


def test_what_passes_names_its_requirements_and_its_evidence(open_page: Open, report: dict[str, Any]) -> None:
    page = open_page()
    texts, groups = page.page.evaluate(TEXTS, ".result"), page.page.evaluate(CITED)
    dimensions = {link: found[0] for link, found in page.page.evaluate(SOURCES).items()}
    for number, result in enumerate(report["results"], 1):
        if result["outcome"] == "pass":
            for requirement in result["requirements"]:
                assert requirement["message"].replace("`", "") in texts[f"r{number}"][0]
            for one in result["rests_on"]:
                assert one["kind"] == "evidence" or f"{one['kind']} {one['what']}: " in texts[f"r{number}"][0]
            cited = {dimensions[link] for link in groups[f"r{number}"]}
            assert cited >= {one["dimension"] for one in result["evidence"]}


def test_inputs_stand_there_with_their_digests(open_page: Open, report: dict[str, Any]) -> None:
    page = open_page()
    text = page.page.locator("section", has=page.page.locator("#inputs")).inner_text()
    inputs = report["inputs"]
    for one in (*inputs["manifests"], inputs["bundle"], inputs["registry"]):
        assert one["sha256"] in text
    assert "as of 2026-11-24" in text
    assert "Agreements are self-declared" in text


def test_notices_stand_there_with_their_places(open_page: Open, report: dict[str, Any]) -> None:
    page = open_page()
    shown = page.page.locator(".notices li").all_inner_texts()
    wanted = [f"{one['severity']} {one['id']} {one['message'].replace('`', '')}" for one in report["notices"]]
    assert [text[: len(start)] for text, start in zip(shown, wanted, strict=True)] == wanted
    places = [one["location"] for one in report["notices"] if one["location"]]
    assert all(any(f"{place['path']}:{place['line']}:{place['column']}" in text for text in shown) for place in places)


def test_without_a_script_all_results_are_shown_and_no_control(open_page: Open, report: dict[str, Any]) -> None:
    page = open_page(java_script_enabled=False)
    assert len(page.results()) == len(report["results"])
    assert page.shown("details.result dl") == page.shown("details.result") != set()
    assert page.shown("form, button, input, select, .scripted") == set()
    page.page.locator("td a").first.click()
    assert re.search(r"#r\d+$", page.page.url)


def test_where_a_server_forbids_scripts_all_results_are_shown(browser: Browser, folder: Path, tmp_path: Path) -> None:
    text = (folder / "examples.html").read_text(encoding="utf-8")
    forbidden, number = re.subn("script-src &#39;[^;]*;", "script-src &#39;none&#39;", text)
    assert number == 1
    (tmp_path / "page.html").write_text(forbidden, encoding="utf-8")
    with opened(browser, tmp_path / "page.html") as page:
        assert len(page.results()) == page.page.locator(".result, .beside li").count() > 0
        assert page.shown("details.result dl") == page.shown("details.result") != set()
        assert page.shown("form, button, input, select, .scripted") == set()


def test_paper_has_the_reasons_though_they_were_closed_and_no_control(open_page: Open, report: dict[str, Any]) -> None:
    page = open_page()
    page.page.get_by_role("button", name="Close all").click()
    text = printed(page.page)
    results = [one for one in report["results"] if one["outcome"] == "fail"]
    assert len(results) > 3
    for result in results:
        for requirement in result["requirements"]:
            assert requirement["message"].replace("`", "") in text
        assert result["remediation"].replace("`", "") in text
        assert all(one["source"].replace("-", "") in re.sub("[- ]", "", text) for one in result["evidence"])
    assert "Show all" not in text
    assert "Open all" not in text


def test_paper_has_what_is_shown_and_says_so(open_page: Open, report: dict[str, Any]) -> None:
    page = open_page(fragment="#outcome=unknown&project=code-assistant")
    text = printed(page.page)
    assert re.search(r"\d+ of \d+ results shown unknown, code-assistant", text)
    for result in report["results"]:
        shown = result["outcome"] == "unknown" and result["project"] == "code-assistant"
        if result["outcome"] in ("fail", "unknown"):
            assert (f"{result['title']} {result['policy']}" in text) == shown or not shown


def test_paper_is_white_in_the_dark(open_page: Open) -> None:
    page = open_page(color_scheme="dark")
    ground = "getComputedStyle(document.body).color"
    dark = page.page.evaluate(ground)
    page.page.emulate_media(media="print", color_scheme="dark")
    assert page.page.evaluate(ground) != dark
    assert page.page.evaluate(ground) == "rgb(27, 35, 48)"


@pytest.fixture(scope="module")
def wide(folder: Path) -> str:
    """A page of 120 policies."""
    home = folder / "wide"
    policies = [
        {"id": f"policy-{number:03}", "title": "T", "require": [{"covered": "hipaa_baa"}]} for number in range(120)
    ]
    usages = [{"id": "u", "offering": "alpha", "data": ["phi"]}]
    files = {
        "registry/snapshot.yaml": SNAPSHOT,
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, "dimensions": {}},
        "policies/p.yaml": {"version": 1, "policies": policies},
        "vendorgate.yaml": {"version": 1, "project": "p", "usages": usages},
    }
    for name, value in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(json.dumps(value), encoding="utf-8")
    evaluation = Gate(home / "policies", home / "registry").check(home / "vendorgate.yaml", as_of=AS_OF)
    (folder / "wide.html").write_text(render(evaluation), encoding="utf-8")
    return "wide"


def left(page: Opened, element: str) -> float:
    return float(page.page.evaluate(f"document.querySelector({element!r}).getBoundingClientRect().left"))


def test_matrix_of_hundreds_of_policies_scrolls_under_its_headers(open_page: Open, wide: str) -> None:
    page = open_page(wide, viewport={"width": 1000, "height": 500})
    region = page.page.get_by_role("region", name="Usages by policies")
    usage, column = "#cells tbody th", "#cells thead th:nth-child(9)"
    before = left(page, usage), left(page, column)
    region.focus()
    page.page.keyboard.press("ArrowRight")
    for _ in range(50):  # it scrolls smoothly
        page.page.wait_for_timeout(100)
        if region.evaluate("one => one.scrollLeft") >= 40:
            break
    page.page.wait_for_timeout(200)
    region.evaluate("one => { one.scrollLeft = 900 }")
    assert left(page, usage) == before[0]
    assert left(page, column) == before[1] - 900
    expect(page.page.get_by_role("columnheader", name="policy-020")).to_be_in_viewport()
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 1000


def test_paper_leaves_out_a_matrix_that_would_not_fit_and_says_so(open_page: Open, wide: str) -> None:
    page = open_page(wide)
    assert "The matrix is left out, because more than 40 policies do not fit on paper" in printed(page.page)
    page.page.get_by_role("combobox", name="Policy").select_option("policy-007")
    expect(page.page.get_by_role("status")).to_have_text("1 of 120 results shown")
    assert "The matrix is left out" not in printed(page.page)


def test_empty_manifest_makes_a_page_without_results(open_page: Open, folder: Path, tmp_path: Path) -> None:
    source = Path(__file__).parent.parent / "golden" / "cast"
    (tmp_path / "vendorgate.yaml").write_text("version: 1\nproject: p\nusages: []\n", encoding="utf-8")
    gate = Gate(source / "policies", source / "registry")
    (folder / "empty.html").write_text(render(gate.check(tmp_path / "vendorgate.yaml", as_of=AS_OF)), encoding="utf-8")
    page = open_page("empty")
    expect(page.page.get_by_text("Nothing blocks.")).to_be_visible()
    expect(page.page.get_by_text("No manifest declares a usage.")).to_be_visible()
    expect(page.page.locator(".verdict")).to_have_text("PASS nothing blocks")
    assert page.count() == "0 of 0 results shown"
