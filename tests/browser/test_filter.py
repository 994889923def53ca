"""The page shows the results that are asked for, no others, and says how many."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser import Opened
from tests.browser.conftest import Open

Asked = list[tuple[str, str]]
"""Controls and what they are set to."""
FILTERS: list[Asked] = [
    [("outcome", "fail")],
    [("outcome", "unknown")],
    [("outcome", "waived")],
    [("outcome", "pass")],
    [("outcome", "not_applicable")],
    [("outcome", "fail"), ("outcome", "unknown")],
    [("blocks", "yes")],
    [("claims", "alone")],
    [("claims", "alone"), ("project", "newsletter")],
    [("project", "support-bot")],
    [("offering", "openai-api")],
    [("policy", "no-training-on-our-data")],
    [("text", "assistants")],
    [("text", "  ASSISTANTS phi-needs ")],
    [("outcome", "pass"), ("project", "code-assistant")],
    [("outcome", "fail"), ("blocks", "yes"), ("offering", "openai-api"), ("policy", "credentials-are-never-sent")],
    [("outcome", "fail"), ("project", "newsletter")],
]
WORDS = {"not_applicable": "n/a", "blocks": "blocks", "claims": "on claims alone"}


def expected(report: dict[str, Any], asked: Asked) -> set[str]:
    """The ids of the results that a reader asked for, worked out from the JSON report."""
    outcomes = {value for name, value in asked if name == "outcome"}
    tests: list[Callable[[dict[str, Any]], bool]] = [
        lambda result: not outcomes or result["outcome"] in outcomes,
        lambda result: ("blocks", "yes") not in asked or result["blocks"],
        lambda result: ("claims", "alone") not in asked or result["on_claims_alone"],
    ]
    for name, value in asked:
        if name in ("project", "offering", "policy", "route"):
            tests.append(lambda result, name=name, value=value: result[name] == value)  # type: ignore[misc]
        for word in value.lower().split() if name == "text" else ():
            tests.append(lambda result, word=word: word in str(result).lower())  # type: ignore[misc]
    results = enumerate(report["results"], 1)
    return {f"r{number}" for number, result in results if all(test(result) for test in tests)}


def ask(opened: Opened, asked: Asked) -> None:
    """Set the controls as a reader does."""
    form = opened.page.get_by_role("search")
    for name, value in asked:
        if name in ("outcome", "blocks", "claims"):
            word = WORDS.get(name, WORDS.get(value, value))
            form.get_by_role("checkbox", name=word, exact=True).check()
        elif name == "text":
            form.get_by_role("searchbox", name="Text").fill(value)
        else:
            form.get_by_role("combobox", name=name.capitalize()).select_option(value)


def assert_shows(opened: Opened, report: dict[str, Any], asked: Asked) -> None:
    wanted = expected(report, asked)
    count = f"{len(wanted)} of {len(report['results'])} results shown"
    expect(opened.page.get_by_role("status")).to_have_text(count)
    assert opened.results() == wanted
    applies = {f"r{number}" for number, one in enumerate(report["results"], 1) if one["outcome"] != "not_applicable"}
    assert opened.cells() == wanted & applies


@pytest.mark.parametrize("asked", FILTERS, ids=urlencode)
def test_controls_show_what_is_asked_for(open_page: Open, report: dict[str, Any], asked: Asked) -> None:
    page = open_page()
    ask(page, asked)
    assert_shows(page, report, asked)
    shown = page.page.get_by_text("No result is left")
    expect(shown).to_be_visible(visible=not expected(report, asked))
    kept = [(name, value) for name, value in parse_qsl(urlsplit(page.page.url).fragment)]
    assert sorted(kept) == sorted(asked)


def test_any_combination_in_the_address_shows_what_is_asked_for(open_page: Open, report: dict[str, Any]) -> None:
    chance = random.Random(5)
    page = open_page()
    values = {
        name: sorted({result[name] for result in report["results"]}) for name in ("project", "offering", "policy")
    }
    found = set()
    for _ in range(80):
        asked = [("outcome", one) for one in ("fail", "unknown", "waived", "pass") if chance.random() < 0.4]
        asked += [("blocks", "yes")] if chance.random() < 0.2 else []
        asked += [(name, chance.choice(values[name])) for name in values if chance.random() < 0.3]
        page.page.evaluate("fragment => { location.hash = fragment }", urlencode(asked))
        assert_shows(page, report, asked)
        found.add(len(expected(report, asked)))
    assert len(found) > 10


def test_address_brings_back_the_controls(open_page: Open, report: dict[str, Any]) -> None:
    asked: Asked = [("outcome", "fail"), ("blocks", "yes"), ("project", "clinical-notes"), ("text", "phi")]
    page = open_page(fragment=f"#{urlencode(asked)}")
    assert_shows(page, report, asked)
    form = page.page.get_by_role("search")
    expect(form.get_by_role("checkbox", name="fail")).to_be_checked()
    expect(form.get_by_role("checkbox", name="pass")).not_to_be_checked()
    expect(form.get_by_role("combobox", name="Project")).to_have_value("clinical-notes")
    expect(form.get_by_role("searchbox", name="Text")).to_have_value("phi")


def test_filter_that_the_page_does_not_know_is_said_in_words_with_the_way_to_clear_it(
    open_page: Open, report: dict[str, Any]
) -> None:
    page = open_page(
        fragment="#project=nobody&colour=red&result=r99999&outcome=sad&offering=openai-api&owner=%E2%80%AEx"
    )
    assert_shows(page, report, [("offering", "openai-api")])
    told = page.page.get_by_role("alert")
    expect(told).to_contain_text(
        "The address asks for what this page does not have, and that is left out of the filter: "
        "project “nobody”, colour “red”, result “r99999”, outcome “sad”, owner “x”."
    )
    told.get_by_role("button", name="Take it out of the address").click()
    expect(told).not_to_be_visible()
    assert page.page.url.endswith("#offering=openai-api")
    page.page.evaluate("location.hash = 'nowhere'")
    expect(told).to_contain_text("place “nowhere”")
    page.page.evaluate("location.hash = 'project=support-bot&project=newsletter&length=1'")
    expect(told).to_contain_text("filter: project “newsletter”, length “1”.")
    assert_shows(page, report, [("project", "support-bot")])
    page.page.evaluate("location.hash = 'inputs'")
    expect(told).not_to_be_visible()


def test_names_in_the_totals_and_causes_lead_to_their_results(open_page: Open, report: dict[str, Any]) -> None:
    page = open_page()
    tables = {
        "policy": "personal-data-needs-dpa",
        "offering": "openai-api",
        "project": "support-bot",
        "route": "fallback",
    }
    for facet, name in tables.items():
        page.page.locator(f"[data-facet={facet}] th a", has_text=name).click()
        assert_shows(page, report, [(facet, name)])
        for _ in range(2):  # the second time the address is the same
            expect(page.page.locator("#filter")).to_be_in_viewport()
            page.page.evaluate("scrollTo(0, 0)")
            page.page.locator(f"[data-facet={facet}] th a", has_text=name).click()
    page.page.get_by_role("link", name="2 results").first.click()
    cause = next(one["cause"] for one in report["results"] if one["blocks"] and "data_sharing" in one["cause"])
    wanted = {f"r{n}" for n, one in enumerate(report["results"], 1) if one["blocks"] and one["cause"] == cause}
    expect(page.page.get_by_role("status")).to_have_text(f"2 of {len(report['results'])} results shown")
    assert page.results() == wanted
    expect(page.page.locator("#asked")).to_have_text(f"blocks, {cause}")
    page.page.locator("#bar").get_by_role("button", name="Show all").click()
    assert_shows(page, report, [])


def test_show_all_shows_all_again_and_forgets_the_address(open_page: Open, report: dict[str, Any]) -> None:
    page = open_page()
    ask(page, [("outcome", "fail"), ("project", "newsletter")])
    assert_shows(page, report, [("outcome", "fail"), ("project", "newsletter")])
    page.page.get_by_role("search").get_by_role("button", name="Show all").click()
    assert_shows(page, report, [])
    assert "#" not in page.page.url
    ask(page, [("text", "no such words")])
    page.page.locator("#none").get_by_role("button", name="Show all").click()
    assert_shows(page, report, [])


def test_matrix_loses_rows_and_columns_without_a_result(open_page: Open, report: dict[str, Any]) -> None:
    page = open_page(fragment="#outcome=unknown")
    results = [result for result in report["results"] if result["outcome"] == "unknown"]
    heads = page.page.locator("#cells thead th:not([hidden])").all_inner_texts()
    assert set(heads[1:]) == {result["policy"] for result in results}
    rows = page.page.locator("#cells tbody tr:not([hidden])")
    assert rows.count() == len({(result["project"], result["usage"], result["offering"]) for result in results})


def test_cell_goes_to_its_result_and_keeps_the_filter(open_page: Open, report: dict[str, Any]) -> None:
    page = open_page()
    ask(page, [("outcome", "fail")])
    assert_shows(page, report, [("outcome", "fail")])
    cell = page.page.locator("td a:not(.off)").last
    result = (cell.get_attribute("href") or "").removeprefix("#")
    page.page.get_by_role("button", name="Close all").click()
    cell.click()
    assert page.page.url.endswith(f"#outcome=fail&result={result}")
    assert page.focused() == f"summary {result}"
    assert page.page.locator(f"#{result}").get_attribute("open") is not None
    expect(page.page.locator(f"#{result} summary")).to_be_in_viewport()
    page.page.go_back()
    assert_shows(page, report, [("outcome", "fail")])


def test_address_of_a_result_goes_there_though_the_filter_would_hide_it(
    open_page: Open, report: dict[str, Any]
) -> None:
    number, result = next((n, one) for n, one in enumerate(report["results"], 1) if one["outcome"] == "pass")
    for fragment in (f"#r{number}", f"#outcome=fail&result=r{number}"):
        page = open_page(fragment=fragment)
        assert_shows(page, report, [])
        assert page.focused() == f"div r{number}"
        expect(page.page.locator(f"#r{number}")).to_contain_text(result["title"])


def test_way_to_a_section_keeps_the_filter(open_page: Open, report: dict[str, Any]) -> None:
    page = open_page(fragment="#outcome=fail")
    page.page.get_by_role("navigation").get_by_role("link", name="Inputs").click()
    expect(page.page.get_by_role("heading", name="Inputs")).to_be_in_viewport()
    assert_shows(page, report, [("outcome", "fail")])
    assert page.page.url.endswith("#outcome=fail")
