"""A register by control: it counts as a check does, and says of no row more than was judged of it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from tests.command import Ended, vendorgate
from tests.golden import grouped
from tests.report import test_controls
from tests.report.evaluations import EVALUATIONS, judge
from tests.thoroughness import share
from tests.workbooks import table, texts
from vendorgate.inventory import controls_csv, controls_html, controls_markdown, controls_text, controls_xlsx, document
from vendorgate.inventory.by_control import by_control
from vendorgate.inventory.filling import row_usage
from vendorgate.inventory.model import Inventory, Row, View
from vendorgate.inventory.view_file import RowKind
from vendorgate.model.evaluation import Evaluation, NotJudged
from vendorgate.model.subject import Subject
from vendorgate.report.controls import STANDINGS, grouped_by_control
from vendorgate.report.surroundings import Surroundings
from vendorgate.terminal.escape import escape

Judged = tuple[Evaluation, Surroundings]
random_evaluations = settings(
    max_examples=share(12), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
KEYS: dict[RowKind, Callable[[Subject], tuple[str, ...]]] = {
    "usage": lambda one: (one.manifest.source.path, one.usage),
    "route": lambda one: (one.manifest.source.path, one.usage, one.route, str(one.name)),
    "vendor": lambda one: (one.offering.written.platform,),
}
RENDERED = (
    controls_text.render,
    controls_text.render_verbose,
    controls_csv.render,
    controls_markdown.render,
    controls_html.render,
    document.render_by_control,
)


def register(evaluation: Evaluation, kind: RowKind, left_out: Iterable[str] = ()) -> Inventory:
    """The rows of a register without a column; usages in `left_out` have none."""
    found: dict[tuple[str, ...], list[Subject]] = {}
    for one in evaluation.subjects:
        if one.usage not in left_out:
            found.setdefault(KEYS[kind](one), []).append(one)
    rows = tuple(Row("/".join(key), "/".join(key), tuple(map(row_usage, one)), ()) for key, one in found.items())
    return Inventory(View("v", "V", ("a law",), kind, (), None, False, None, "0" * 64), evaluation, rows, 0)


@pytest.mark.parametrize("kind", KEYS)
@random_evaluations
@given(judged=EVALUATIONS)
def test_counts_by_control_are_those_of_a_check_by_control(kind: RowKind, judged: Judged) -> None:
    inventory = register(judged[0], kind, ["u1"])
    told = [one for framework in by_control(inventory) for one in framework.controls]
    checked = [one for framework in grouped_by_control(judged[0]) for one in framework.controls]
    assert [(one.group.standing, one.group.counts) for one in told] == [(one.standing, one.counts) for one in checked]
    for one in told:
        parts = [it.group for it in one.rows] + ([] if one.outside is None else [one.outside])
        counted = sum((part.counts for part in parts), Counter[str]())
        assert counted == Counter({key: number for key, number in one.group.counts.items() if key != "not_applicable"})
        assert sum(part.on_claims_alone for part in parts) == one.group.on_claims_alone


@random_evaluations
@given(EVALUATIONS)
def test_row_comes_to_the_worst_of_its_results_and_stands_nowhere_else(judged: Judged) -> None:
    inventory = register(judged[0], "usage")
    for framework in by_control(inventory):
        for one in framework.controls:
            for under in one.rows:
                routes = {*under.row.routes}
                results = [it for it in one.group.results if row_usage(it.subject) in routes]
                outcomes = {it.outcome for it in results} - {"not_applicable"}
                assert outcomes
                words = {"fail": "falls short", "unknown": "not known", "waived": "waived"}
                worst = next((word for outcome, word in words.items() if outcome in outcomes), None)
                said = STANDINGS[under.group.standing]
                assert said == worst if worst is not None else said.startswith("passes")


@random_evaluations
@given(EVALUATIONS)
def test_what_was_not_judged_keeps_every_row_and_control_from_passing(judged: Judged) -> None:
    left = (NotJudged(path="b/vendorgate.yaml", problems=()),)
    inventory = register(msgspec.structs.replace(judged[0], not_judged=left), "vendor")
    for framework in by_control(inventory):
        for one in framework.controls:
            for group in (one.group, *(it.group for it in one.rows)):
                assert STANDINGS[group.standing] in ("falls short", "not known", "not addressed")


@random_evaluations
@given(EVALUATIONS)
def test_every_format_is_the_same_twice_and_has_every_control(judged: Judged) -> None:
    inventory = register(judged[0], "usage")
    assert [render(inventory) for render in RENDERED] == [render(inventory) for render in RENDERED]
    rows = [*csv.DictReader(io.StringIO(controls_csv.render(inventory)))]
    told = [one for framework in by_control(inventory) for one in framework.controls]
    assert len(rows) == sum(len(one.rows) or 1 for one in told)
    assert all(one["standing"] and one["row"] for one in rows)
    assert len(table(controls_xlsx.render(inventory), "Controls")) in (len(rows), len(rows) + 1)


def documents() -> Iterator[dict[str, Any]]:
    found = json.loads(grouped.inventory("json"))
    yield from found["controls"]


def test_document_and_table_say_the_same() -> None:
    said = [
        (one["framework"] or "", escape(one["control"]), STANDINGS[row["standing"]])
        for one in documents()
        for row in one["rows"]
    ]
    rows = csv.DictReader(io.StringIO(grouped.inventory("csv")))
    told = [(one["framework"], one["control"], one["standing"]) for one in rows if one["row"] != "no row"]
    assert said == told


def test_every_pass_says_what_it_rests_on() -> None:
    for one in documents():
        for row in one["rows"]:
            passes = sum(policy["results"].get("pass", 0) for policy in row["policies"])
            assert bool(row["rests_on"]) == bool(passes)


def test_document_without_the_option_says_nothing_of_controls(tmp_path: Path) -> None:
    found = inventory("--format", "json")
    assert found.code == 0
    assert "controls" not in json.loads(found.stdout)


def inventory(*more: str) -> Ended:
    with grouped.cast() as folder:
        inputs = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")
        return vendorgate("inventory", "vendorgate.yaml", *inputs, *more, folder=folder)


@pytest.mark.parametrize("format", ["text", "json", "csv", "markdown", "html", "xlsx"])
def test_page_for_everybody_is_not_told_by_control(format: str) -> None:
    found = inventory("--view", "subprocessors", "--group-by", "control", "--format", format)
    assert (found.code, "is for everybody (`public: true`)" in found.stderr) == (2, True)
    assert "falls short" not in found.stdout


def test_policy_that_is_off_is_named_under_a_control_that_another_serves(tmp_path: Path) -> None:
    both = {"require": [{"covered": "hipaa_baa"}], "controls": [{"framework": "acme", "id": "7"}]}
    files = test_controls.world(kept=both, hard=both)
    files["policies/bundle.yaml"] = {"overrides": [{"policy": "hard", "off": True, "reason": "too hard"}]}
    found = register(judge(files, tmp_path), "usage")
    words = "the policy hard is off: too hard"
    for render in RENDERED:
        told = re.sub("`|</?code>|\\\\", "", render(found))
        assert words in told or re.search(r'"off": \[\s+"hard"', told), render
    assert words in texts(controls_xlsx.render(found)).replace("`", "")
