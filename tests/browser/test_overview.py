"""The page opens on what blocks, counts as the JSON report does, leaves out what applies nowhere, and fits."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PROJECTS, Open
from tests.browser.worlds import LONG, judged, write_manifests
from tests.command import ROOT


def manifest_text(name: str) -> str:
    """The manifest of an example."""
    return (ROOT / "examples" / name / "vendorgate.yaml").read_text(encoding="utf-8")


COLUMNS = ("blocks", "fail", "unknown", "waived", "pass", "not_applicable")
OWNERS = dict(
    found
    for name in PROJECTS
    for found in re.findall(r"^project: (\S+)\nowner: (\S+)", manifest_text(name), re.MULTILINE)
)
"""By project."""
TOTALS = """
facet => [...document.querySelector(`[data-facet=${facet}]`).rows].map(({ cells: [name, ...counts] }, row) => row
  ? [facet === "cause" ? name.textContent : name.dataset.value ?? name.textContent,
     ...counts.map(one => Number(one.textContent.replace(",", "")))]
  : ["", counts.map(one => one.firstChild.classList[1])])
"""
"""The rows of a table of totals: the first has the names of its columns."""


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
        assert told["remediation"].replace("`", "") in text
    expect(causes.first).to_contain_text("declare region")


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
