"""The workbook of a check says what the other formats say, and no cell of it is a formula."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from tests.command import vendorgate
from tests.golden.cast import CAST
from tests.report.evaluations import CONTROL, EVALUATIONS
from tests.terminal import Terminal
from tests.thoroughness import share
from tests.workbooks import cells, sheets, table
from vendorgate.model.evaluation import Evaluation
from vendorgate.report import csv as csv_report
from vendorgate.report.surroundings import Surroundings
from vendorgate.report.xlsx import render

Judged = tuple[Evaluation, Surroundings]
random_evaluations = settings(
    max_examples=share(25), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
JUDGED = ("check", "--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")


@random_evaluations
@given(EVALUATIONS)
def test_results_are_those_of_the_csv_report(judged: Judged) -> None:
    data = render(*judged)
    rows = [{name: value or "" for name, value in row.items()} for row in table(data, "Results")]
    plain = list(csv.DictReader(io.StringIO(csv_report.render(*judged))))
    assert Counter(row["outcome"] for row in rows) == Counter(row["outcome"] for row in plain)
    assert [row["policy"] for row in rows] == [row["policy"].removeprefix("'") for row in plain]


@random_evaluations
@given(EVALUATIONS)
def test_no_cell_is_a_formula_a_link_or_holds_a_control_character(judged: Judged) -> None:
    for one in cells(render(*judged)):
        assert one.data_type in ("s", "n", "d")
        assert one.hyperlink is None
        assert not CONTROL.search(str(one.value))


@random_evaluations
@given(EVALUATIONS)
def test_summary_counts_as_the_evaluation_does(judged: Judged) -> None:
    counts = judged[0].summary
    told = {str(row[0]): row[1] for row in sheets(render(*judged))["Summary"]}
    assert told["verdict"] == judged[0].verdict
    assert told["results that pass"] == counts.passed
    assert told["of these on claims alone"] == judged[0].on_claims_alone
    assert told["results that block"] == counts.blocking
    assert told["manifests not judged"] == len(judged[0].not_judged)


def test_workbook_on_standard_output_is_the_one_in_a_file(tmp_path: Path) -> None:
    ended = vendorgate(*JUDGED, "--format", "xlsx", "--output", f"xlsx={tmp_path / 'r.xlsx'}", folder=CAST)
    assert ended.stdout.encode("utf-8", "surrogateescape") == (tmp_path / "r.xlsx").read_bytes()


def test_workbook_is_refused_at_a_terminal_before_anything_is_judged(tmp_path: Path) -> None:
    typing = Terminal(tmp_path)
    try:
        typing.write("vendorgate.yaml", "version: 1\nproject: p\nusages: []\n")
        shown = typing.type("vendorgate check --format xlsx")
    finally:
        typing.close()
    assert shown.code == 2
    assert "not for a terminal" in shown.text
    assert "--output xlsx=report.xlsx" in shown.text
