"""CSV: one row a result, the columns that the documentation names, and nothing that a spreadsheet computes."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.command import ROOT
from tests.report.evaluations import PIECES
from tests.report.one import MANIFEST, evaluation
from vendorgate.report import csv as csv_report
from vendorgate.report.csv import COLUMNS, INPUTS
from vendorgate.report.csv_rows import cell, joined
from vendorgate.report.surroundings import Surroundings

FORMULA = tuple("=+-@＝＋－＠\t\r")


@given(st.lists(st.sampled_from(PIECES)).map("".join), st.sampled_from([",", ";", "|", "\t"]))
@example('a;" =1', ";")
@example("\t=1", ",")
def test_no_text_makes_a_formula_or_a_line(text: str, delimiter: str) -> None:
    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(["first", cell(text)])
    line = file.getvalue()
    assert line.count("\n") == 1
    (row,) = csv.reader(io.StringIO(line), delimiter=delimiter)
    assert not [one for one in row if one.lstrip(" ").startswith(FORMULA)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'=1"),
        ("＝1", "'＝1"),
        ("a;=1", "a;'=1"),
        ("a=1, b-2 @c", "a=1, b-2 @c"),
        ("a, -b", "a, '-b"),
        ("", ""),
    ],
)
def test_apostrophe_stands_where_a_formula_would_begin_and_nowhere_else(text: str, shown: str) -> None:
    assert cell(text) == shown


def test_every_result_has_a_row(tmp_path: Path) -> None:
    found = evaluation(tmp_path)
    report = csv_report.render(found, Surroundings(str(tmp_path), str(tmp_path)))
    assert "\r" not in report
    rows = {row["policy"]: row for row in csv.DictReader(io.StringIO(report))}
    assert {name: row["outcome"] for name, row in rows.items()} == {
        "unknown-but-passes": "unknown",
        "needs-baa": "fail",
        "waived": "waived",
        "never-applies": "not_applicable",
        "passes": "pass",
    }
    assert rows["needs-baa"]["blocks"] == "yes"
    assert (rows["needs-baa"]["manifest"], rows["needs-baa"]["line"]) == (MANIFEST, "1")
    assert rows["needs-baa"]["evidence"] == "hipaa_baa: no source, verified 2026-11-01, confidence high"
    assert rows["waived"]["waived_until"] == "2027-11-30"
    assert rows["waived"]["waiver_reason"] == "pilot"
    assert rows["passes"]["reasons"] == ""
    assert {row["bundle_sha256"] for row in rows.values()} == {found.bundle.sha256}
    assert {row["manifest_sha256"] for row in rows.values()} == {found.manifests[0].sha256}


@given(st.lists(st.text(alphabet="a| \n=", min_size=1, max_size=6).filter(str.strip), min_size=1, max_size=4))
def test_no_text_of_a_cell_can_pass_for_two(texts: list[str]) -> None:
    assert len(joined(texts).split(" | ")) == len(texts)


def test_columns_are_those_that_the_documentation_names() -> None:
    page = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    table = page.partition("## csv")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([a-z0-9_]+)`", table, re.MULTILINE) == [*COLUMNS, *INPUTS]
