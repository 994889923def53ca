"""All formats say the same numbers, those of the evaluation, and the same verdict as the exit code."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from lxml import html as lxml_html

from tests.command import vendorgate
from tests.golden.cast import CAST
from tests.report import runner
from tests.report.evaluations import EVALUATIONS
from tests.thoroughness import share
from vendorgate.model.evaluation import Evaluation
from vendorgate.report import csv as csv_report
from vendorgate.report import github, gitlab, html, intoto, junit, markdown, oscal, sarif, text
from vendorgate.report import json as json_report
from vendorgate.report.look import TextLook
from vendorgate.report.resting import in_full
from vendorgate.report.surroundings import Surroundings
from vendorgate.terminal.escape import escape

Judged = tuple[Evaluation, Surroundings]
random_evaluations = settings(
    max_examples=share(40), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@random_evaluations
@given(EVALUATIONS)
def test_sarif_has_a_result_for_all_that_fails_or_is_not_known(judged: Judged) -> None:
    counts = judged[0].summary
    results = json.loads(sarif.render(*judged))["runs"][0]["results"]
    outcomes = Counter(result["properties"]["outcome"] for result in results)
    assert outcomes == Counter({"fail": counts.fail, "unknown": counts.unknown})
    assert sum(result["properties"]["blocks"] for result in results) == counts.blocking


@random_evaluations
@given(EVALUATIONS)
def test_junit_counts_add_up(judged: Judged) -> None:
    evaluation = judged[0]
    counts = evaluation.summary
    root = etree.fromstring(junit.render(*judged).encode())
    assert [int(root.get(name, "")) for name in ("tests", "failures", "errors")] == [
        len(evaluation.results),
        counts.fail,
        counts.unknown,
    ]
    suites = root.findall("testsuite")
    assert len(suites) == len(evaluation.manifests)
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"), ("tests", None)):
        for suite in suites:
            cases = suite.findall("testcase") if tag is None else suite.findall(f"testcase/{tag}")
            assert suite.get(name) == str(len(cases))
    assert sum(int(suite.get("skipped", "")) for suite in suites) == counts.waived + counts.not_applicable
    blocking = [one.get("value", "") for one in root.iterfind("testsuite/properties/property[@name='blocking']")]
    assert sum(map(int, blocking)) == counts.blocking
    messages = [one.get("message", "") for one in root.iter("failure", "error")]
    assert sum(message.startswith("blocks: ") for message in messages) == counts.blocking


@random_evaluations
@given(EVALUATIONS)
def test_annotations_and_those_that_are_missing_are_all_there_is(judged: Judged) -> None:
    evaluation = judged[0]
    counts = evaluation.summary
    *lines, last = github.render(*judged).splitlines()
    commands = [runner.read(line) for line in lines]
    found = [command for command in commands if command is not None]
    assert len(found) == len(lines)
    more = [re.findall(r"(\d+) result", one.message) for one in found if one.properties["title"] == "vendorgate"]
    results = [one for one in found if re.match(r"p\d: ", one.properties["title"])]
    assert len(results) + sum(int(number) for one in more for number in one) == counts.fail + counts.unknown
    assert last.startswith(evaluation.verdict.upper())
    alone = evaluation.on_claims_alone
    numbers = [counts.fail, counts.unknown, counts.waived, counts.passed, alone, counts.not_applicable, counts.blocking]
    assert [int(number) for number in re.findall(r"\d+", last.rpartition(": ")[2])] == numbers


@random_evaluations
@given(EVALUATIONS)
def test_markdown_shows_the_counts_and_each_finding(judged: Judged) -> None:
    evaluation = judged[0]
    counts = evaluation.summary
    page = markdown.render(*judged)
    assert page.startswith(f"## vendorgate: {evaluation.verdict.upper()}\n")
    alone = evaluation.on_claims_alone
    numbers = (counts.fail, counts.unknown, counts.waived, counts.passed, alone, counts.not_applicable, counts.blocking)
    assert f"\n| {' | '.join(map(str, numbers))} |\n" in page
    assert f": {counts.blocking} result" in page if counts.blocking else "### Blocking" not in page
    assert rows(page, "Waived") == counts.waived
    assert details(page) == counts.fail + counts.unknown


def details(page: str) -> int:
    """Findings that are told in full, and those that are left out."""
    every = page.partition("\n### Every finding\n")[2].partition("\n### ")[0]
    more = re.search(r"^and the details of (\d+) findings", every, re.MULTILINE)
    return len(re.findall("^<details>", every, re.MULTILINE)) + (int(more.group(1)) if more else 0)


def rows(page: str, title: str) -> int:
    """Rows of a section's table, and those that it says are left out."""
    _, found, rest = page.partition(f"\n### {title}\n\n")
    table, _, beyond = rest.partition("\n\n")
    more = re.match(r"and (\d+) more", beyond)
    return len(table.split("\n")) - 2 + (int(more.group(1)) if more else 0) if found else 0


@random_evaluations
@given(EVALUATIONS)
def test_gitlab_has_an_entry_for_all_that_fails_or_is_not_known(judged: Judged) -> None:
    counts = judged[0].summary
    *entries, last = json.loads(gitlab.render(*judged)) or [{}]
    if last and last["check_name"] == gitlab.WAIVED:
        assert last["description"].startswith(f"{counts.waived} result")
    else:
        assert counts.waived == 0
        entries = [*entries, last] if last else []
    assert len(entries) == counts.fail + counts.unknown
    assert sum(entry["severity"] == "blocker" for entry in entries) == counts.blocking


@random_evaluations
@given(EVALUATIONS)
def test_csv_has_a_row_for_every_result(judged: Judged) -> None:
    counts = judged[0].summary
    table = list(csv.DictReader(io.StringIO(csv_report.render(*judged))))
    assert Counter(row["outcome"] for row in table) == Counter(
        {
            "pass": counts.passed,
            "fail": counts.fail,
            "unknown": counts.unknown,
            "waived": counts.waived,
            "not_applicable": counts.not_applicable,
        }
    )
    assert sum(row["blocks"] == "yes" for row in table) == counts.blocking


@random_evaluations
@given(EVALUATIONS)
def test_every_format_counts_alike_what_rests_on_claims_alone(judged: Judged) -> None:
    evaluation = judged[0]
    alone = sum(result.on_claims_alone for result in evaluation.results)
    document = json_report.reported(evaluation)
    assert document.summary.on_claims_alone == alone
    assert sum(result.on_claims_alone is True for result in document.results) == alone
    table = csv.DictReader(io.StringIO(csv_report.render(*judged)))
    assert sum(row["on_claims_alone"] == "yes" for row in table) == alone
    page = lxml_html.document_fromstring(html.render(*judged))
    marked = [one for one in page.iter("div") if one.get("data-claims") == "alone"]
    assert len(marked) == len(page.findall(".//small[@class='alone']")) == alone
    said = [f"{alone} on claims alone"] if evaluation.summary.passed else []
    assert [one.text for one in page.iterfind(".//span[@class='claimed']")] == said
    root = etree.fromstring(junit.render(*judged).encode())
    suites = root.iterfind("testsuite/properties/property[@name='on_claims_alone']")
    assert sum(int(one.get("value", "")) for one in suites) == alone
    assert json.loads(sarif.render(*judged))["runs"][0]["properties"]["summary"]["on_claims_alone"] == alone
    assert f'"on_claims_alone": {alone}' in intoto.render(*judged)
    observed = json.loads(oscal.render(*judged))["assessment-results"]["results"][0].get("observations", [])
    props = [prop for one in observed for prop in one["props"] if prop["name"] == "on-claims-alone"]
    assert sum(prop["value"] == "yes" for prop in props) == alone
    told = text.render(evaluation, look=TextLook("all"))
    assert len(re.findall(r"^  pass\[.* \(on claims alone\)$", told, re.MULTILINE)) == alone
    assert f" passed ({alone} on claims alone), " in told
    closing = text.render(evaluation, look=TextLook("verdict"))
    beside = any(result.outcome in ("pass", "waived") for result in evaluation.results)
    assert (f"; {alone} rest" in closing) == (evaluation.verdict == "pass" and beside)
    folds = re.findall(r"passed \((\d+) on claims alone\)", markdown.render(*judged))
    assert sum(map(int, folds)) == alone


@random_evaluations
@given(EVALUATIONS)
def test_every_pass_and_every_waived_result_says_what_it_rests_on(judged: Judged) -> None:
    evaluation = judged[0]
    told = [result for result in evaluation.results if result.outcome in ("pass", "waived")]
    page = lxml_html.document_fromstring(html.render(*judged))
    passing = [one for tag in ("summary", "p") for one in page.iter(tag) if (one.text or "").startswith("rests on ")]
    waived = [one for one in page.iter("details") if (one.get("class") or "").startswith("result waived")]
    assert len(passing) + len(waived) == len(told)
    verbose = text.render(evaluation, look=TextLook("all"))
    for result in told:
        for one in result.rests_on:
            if one.kind != "waiver":
                assert escape(in_full(one)) in verbose
    rows = list(csv.DictReader(io.StringIO(csv_report.render(*judged))))
    for row, result in zip(rows, evaluation.results, strict=True):
        for kind in ("evidence", "agreement", "observation", "claim", "waiver"):
            column = row[f"rests_on_{kind}{'' if kind == 'evidence' else 's'}"]
            assert bool(column) == any(one.kind == kind for one in result.rests_on)


@pytest.mark.parametrize(
    "format", ["sarif", "junit", "github", "markdown", "gitlab", "csv", "xlsx", "oscal", "intoto", "cyclonedx"]
)
@pytest.mark.parametrize(("threshold", "code"), [((), 1), (("--fail-on", "note"), 1)])
def test_exit_code_does_not_depend_on_the_format(format: str, threshold: tuple[str, ...], code: int) -> None:
    inputs = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")
    ended = vendorgate("check", *inputs, *threshold, "--format", format, folder=CAST)
    assert ended.code == code
    assert ended.stdout
