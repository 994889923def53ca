"""The page needs nothing but itself: no network, no script, no wide screen, no screen at all."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser import Opened, listening, opened
from tests.browser.conftest import PROJECTS, Open
from tests.command import ROOT
from tests.world import AS_OF, OFFERING, SNAPSHOT
from vendorgate.gate import Gate
from vendorgate.report.html import render


def manifest_text(name: str) -> str:
    """The manifest of an example."""
    return (ROOT / "examples" / name / "vendorgate.yaml").read_text(encoding="utf-8")


COLUMNS = ("blocks", "fail", "unknown", "waived", "pass", "not_applicable")
OWNERS = dict(
    found
    for name in PROJECTS
    for found in re.findall(
        r"^project: (\S+)\nowner: (\S+)",
        (ROOT / "examples" / name / "vendorgate.yaml").read_text("utf-8"),
        re.MULTILINE,
    )
)
"""By project."""
TOTALS = """
facet => [...document.querySelector(`[data-facet=${facet}]`).rows].map(({ cells: [name, ...counts] }, row) => row
  ? [facet === "cause" ? name.textContent : name.dataset.value ?? name.textContent,
     ...counts.map(one => Number(one.textContent.replace(",", "")))]
  : ["", counts.map(one => one.firstChild.classList[1])])
"""
"""The rows of a table of totals: the first has the names of its columns."""
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
HOSTILE = "<b>bold</b> \u202egnp.exe `tick` | ]]> "
LONG_TEXT, LONG_SLUG = HOSTILE + "w" * 300, "s" * 300
CELL = {
    "value": "yes_public",
    "verified": "2026-07-05",
    "confidence": "high",
    "source": "https://alpha.example/" + "p" * 300,
    "note": LONG_TEXT,
}
RULES = [{"covered": "hipaa_baa"}, {"that": {"==": [{"var": "usage.settings.a"}, LONG_TEXT]}, "message": LONG_TEXT}]
LONG: dict[str, Any] = {
    "project": LONG_SLUG,
    "owner": LONG_TEXT,
    "policies": [
        {"id": LONG_SLUG, "title": LONG_TEXT, "remediation": LONG_TEXT, "references": [LONG_TEXT], "require": RULES},
        *(
            {"id": f"{number}-{LONG_SLUG[:40]}", "title": "T", "require": [{"covered": "hipaa_baa"}]}
            for number in range(21)
        ),
        {"id": "n", "title": LONG_TEXT, "when": {"in": ["pci", {"var": "usage.data"}]}, "require": RULES[:1]},
    ],
    "usages": [
        {
            "id": LONG_SLUG,
            "offering": "alpha",
            "account": LONG_SLUG,
            "data": ["phi"],
            "purpose": LONG_TEXT,
            "recipients": [{"offering": "unlisted", "vendor": f"Vendor {LONG_TEXT}"}],
        },
        {"id": "u", "offering": "beta", "data": ["phi"], "settings": {"a": LONG_TEXT}},
    ],
    "own": {"hipaa_baa": {**CELL, "value": "yes_contract", "agreement": LONG_TEXT[:150]}},
}
"""Names of 300 characters, a right-to-left override and markup wherever an input can have them; 22 policies."""


def write_manifests(home: Path, world: dict[str, Any]) -> None:
    """Write a bundle, a registry of two offerings and a manifest."""
    policies = world.get("policies", [{"id": "p", "title": "T", "require": [{"covered": "hipaa_baa"}]}])
    stated = {"hipaa_baa": {**CELL, "value": "no"}} if "own" in world else {}
    agreement = {"kind": "baa", "offerings": ["beta"], "status": "executed", "signed": "2025-01-01"}
    files: dict[str, Any] = {
        "registry/snapshot.yaml": SNAPSHOT,
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, "dimensions": stated},
        "registry/offerings/beta.yaml": {"id": "beta", **OFFERING, "dimensions": {"hipaa_baa": CELL}},
        "policies/p.yaml": {"version": 1, "policies": policies},
        "vendorgate.yaml": {"version": 1, "project": world.get("project", "p"), "usages": world["usages"]},
    }
    if "own" in world:
        files["vendorgate.yaml"]["owner"] = world["owner"]
        files["policies/offerings/beta.yaml"] = {"extends": "beta", "dimensions": world["own"]}
        register = [{**agreement, "reference": LONG_TEXT[:150]}]
        files["policies/agreements.yaml"] = {"version": 1, "agreements": register}
    for name, value in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(json.dumps(value), encoding="utf-8")


def judged(folder: Path, name: str) -> str:
    """Write the page of a world, and its name."""
    home = folder / name
    evaluation = Gate(home / "policies", home / "registry").check(home / "vendorgate.yaml", as_of=AS_OF)
    (folder / f"{name}.html").write_text(render(evaluation), encoding="utf-8")
    return name


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
        f"{summary['pass']} passed",
        f"{summary['not_applicable']} not applicable",
    ]
    assert [text.replace("\n", " ") for text in page.page.locator(".counts li").all_inner_texts()] == counts
    expect(page.page.locator(".verdict")).to_have_text(f"FAIL {summary['blocking']} results block")
    assert page.page.locator("details.blocks").count() == summary["blocking"]
    expect(page.page).to_have_title("FAIL: AI vendors of 4 projects, 2026-11-24")


def test_page_opens_on_what_blocks_by_cause_with_the_fix(open_page: Open, report: dict[str, Any]) -> None:
    page = open_page()
    blocking = [one for one in report["results"] if one["blocks"]]
    causes = page.page.locator("#blocks ~ .causes > .cause")
    assert causes.count() == len({one["cause"] for one in blocking}) > 2
    expect(causes.first).to_be_in_viewport()
    expect(page.page.locator("#totals")).not_to_be_in_viewport()
    links = causes.locator(".places a").evaluate_all("all => all.map(one => one.getAttribute('href').slice(1))")
    assert sorted(links) == sorted(f"r{n}" for n, one in enumerate(report["results"], 1) if one["blocks"])
    for cause in causes.all():
        text = re.sub(r"\s+", " ", cause.text_content() or "")
        told = next(one for one in blocking if one["cause"].replace("`", "") in text)
        assert told["policy"] in text
        assert told["remediation"] in text
    expect(causes.first).to_contain_text("declare settings.data_sharing")


def test_totals_are_the_counts_of_the_json_report(open_page: Open, report: dict[str, Any]) -> None:
    page = open_page()
    results = report["results"]
    for facet in ("policy", "offering", "project", "owner", "route"):
        found = {name: counts for name, *counts in page.page.evaluate(TOTALS, facet)}
        heads, *_ = found.pop("")
        wanted: dict[str, Counter[str]] = {}
        for one in results:
            name = OWNERS[one["project"]] if facet == "owner" else one[facet]
            wanted.setdefault(name, Counter()).update([one["outcome"], *(["blocks"] if one["blocks"] else [])])
        assert list(heads) == [one for one in COLUMNS if any(counts[one] for counts in wanted.values())]
        assert found == {name: [counts[one] for one in heads] for name, counts in wanted.items()}, facet
    causes = page.page.evaluate(TOTALS, "cause")
    lacking = [one for one in results if one["cause"] is not None]
    counts = Counter(one["outcome"] for one in lacking) + Counter("blocks" for one in lacking if one["blocks"])
    assert {name: sum(row[n] for row in causes[1:]) for n, name in enumerate(causes[0][1], 1)} == counts
    summary = report["summary"]
    every = [row[1:] for row in page.page.evaluate(TOTALS, "project")[1:]]
    assert [sum(column) for column in zip(*every, strict=True)] == [
        summary["blocking" if one == "blocks" else one] for one in COLUMNS
    ]


def test_what_applies_nowhere_has_no_column_no_table_and_no_control(open_page: Open, folder: Path) -> None:
    page = open_page()
    heads = page.page.locator("[data-facet=cause] thead th").all_inner_texts()
    assert [text.split()[-1] for text in heads] == ["Cause", "block", "fail", "unknown", "waived"]
    shown = set(page.page.locator("#cells thead th").all_inner_texts()[1:])
    left_out = set(page.page.locator(".nowhere code").all_text_contents())
    assert left_out
    assert not shown & left_out
    assert page.page.locator("[name=account], [data-facet=account]").count() == 0
    assert page.page.locator("[name=route], [data-facet=route]").count() == 2  # one usage has a fallback
    write_manifests(folder / "plain", {"usages": [{"id": "u", "offering": "alpha", "data": ["phi"]}]})
    page = open_page(judged(folder, "plain"))
    assert page.page.locator("select").evaluate_all("all => all.map(one => one.name)") == [
        "project",
        "offering",
        "policy",
        "cause",
    ]
    assert [text.split()[-1] for text in page.page.locator("[data-facet=policy] thead th").all_inner_texts()] == [
        "Policy",
        "block",
        "unknown",
    ]


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
        assert result["remediation"] in text
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


@pytest.mark.parametrize("name", ["examples", "cast", "long"])
def test_page_fits_every_width(open_page: Open, folder: Path, name: str) -> None:
    if name == "long":
        write_manifests(folder / name, LONG)
        judged(folder, name)
    page = open_page(name)
    page.page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    for width in (320, 390, 800, 1280):
        page.page.set_viewport_size({"width": width, "height": 800})
        assert page.page.evaluate("document.documentElement.scrollWidth") <= width
    page.page.set_viewport_size({"width": 1280, "height": 720})
    cells = page.page.locator("#overview .scroll")
    assert cells.evaluate("one => one.scrollWidth <= one.clientWidth")


def test_cell_of_the_organization_is_shown_as_its_own(open_page: Open, folder: Path) -> None:
    write_manifests(folder / "own", LONG)
    page = open_page(judged(folder, "own"))
    beta = page.page.locator(".sheet", has=page.page.get_by_role("heading", name="beta Alpha", exact=True))
    expect(beta).to_contain_text(
        "yes_contract, verified 2026-07-05, confidence high, the organization's own, by contract"
    )
    assert "organization's own" not in page.page.locator(".sheet").first.inner_text()


def test_paper_has_the_reasons_though_they_were_closed_and_no_control(open_page: Open, report: dict[str, Any]) -> None:
    page = open_page()
    page.page.get_by_role("button", name="Close all").click()
    text = printed(page.page)
    results = [one for one in report["results"] if one["outcome"] == "fail"]
    assert len(results) > 3
    for result in results:
        for requirement in result["requirements"]:
            assert requirement["message"].replace("`", "") in text
        assert result["remediation"] in text
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
    """A page of 250 policies."""
    home = folder / "wide"
    policies = [
        {"id": f"policy-{number:03}", "title": "T", "require": [{"covered": "hipaa_baa"}]} for number in range(250)
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
    expect(page.page.get_by_role("status")).to_have_text("1 of 250 results shown")
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
