"""Facts in reports: those that policies read stand beside the evidence, as the usage reads them, and no others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.world import Part, judge
from vendorgate.model.evaluation import Evaluation
from vendorgate.report import csv, html, markdown, text
from vendorgate.report import json as json_report

HOSTILE = "<b>|]]>\u001b[31m\u202e`"
FACTS: Part = {
    "auditor": HOSTILE,
    "retention_days": 30,
    "never_read": "SECRET",
    "certifications_listed": {"names": ["c5"]},
}
CELL: Part = {"value": "yes_public", "confidence": "high", "verified": "2026-11-01", "facts": FACTS}
SCOPED: Part = {"scope": {"endpoints": {"only": ["files"]}}, "facts": {"retention_days": 0}}


def fact(name: str, dimension: str = "trust_center") -> Part:
    return {"var": f"registry.{dimension}.facts.{name}"}


def judged(folder: Path, *rules: Any, cell: Part | None = None, usage: Part | None = None) -> Evaluation:
    offering = {
        "endpoints": ["chat", "files"],
        "dimensions": {"trust_center": {**CELL, "scoped_facts": [SCOPED], **(cell or {})}},
    }
    return judge(folder, offering, {"require": list(rules)}, {"data": ["phi"], "endpoints": ["chat"], **(usage or {})})


READ = ({"==": [fact("auditor"), "x"]}, {">": [fact("retention_days"), 30]}, fact("certifications_listed.soc_2"))


def test_json_has_the_facts_that_rules_read_as_the_usage_reads_them(tmp_path: Path) -> None:
    for endpoints, days in ((["chat"], 30), (["files"], 0), (["chat", "files"], None)):
        found = judged(tmp_path, *READ, usage={"endpoints": endpoints})
        (result,) = json.loads(json_report.render(found))["results"]
        (evidence,) = result["evidence"]
        assert evidence["facts"] == {"auditor": HOSTILE, "retention_days": days, "certifications_listed.soc_2": None}


def test_evidence_of_which_no_rule_reads_a_fact_has_none(tmp_path: Path) -> None:
    found = judged(tmp_path, {"covered": "trust_center"}, {"==": [fact("days", "hipaa_baa"), 1]})
    (result,) = json.loads(json_report.render(found))["results"]
    assert ["facts" in one for one in result["evidence"]] == [False, False]
    assert result["evidence"][1]["value"] is None


def test_facts_that_a_condition_of_a_cell_reads_are_among_them(tmp_path: Path) -> None:
    found = judged(tmp_path, {"covered": "trust_center"}, cell={"conditions": [{"==": [fact("auditor"), "x"]}]})
    (evidence,) = found.results[0].evidence
    assert evidence.facts == (("auditor", HOSTILE),)


def test_every_report_says_what_was_read_and_nothing_of_the_rest(tmp_path: Path) -> None:
    found = judged(tmp_path, *READ)
    page = html.render(found)
    assert "<code>retention_days</code>: 30 days" in page
    assert "<code>retention_days</code>: 0 days (endpoints: only files)" in page
    assert "<code>certifications_listed</code>: c5 (not said to be complete)" in page
    assert "vendorgate registry show alpha" in page
    assert "&lt;b&gt;|]]&gt;\\x1b[31m\\u202e`" in page
    plain = [text.render(found), csv.render(found), markdown.render(found).replace("\\", "")]
    for shown in plain:
        assert "retention_days: 30 days; `soc_2` listed (certifications_listed): not known" in shown.replace('""', '"')
    for shown in (page, *plain):
        assert "SECRET" not in shown
        assert "\u001b" not in shown


@pytest.mark.parametrize(("owner", "who"), [({}, "the registry"), ({"overlays": True}, "your bundle")])
def test_fact_that_nobody_states_is_told_with_the_way_to_state_it(owner: Part, who: str, tmp_path: Path) -> None:
    cell = {**CELL, "scope": {}}
    overlays = {"o": {"extends": "alpha", "dimensions": {"trust_center": cell}}} if owner else {}
    offering = {"dimensions": {"trust_center": CELL}}
    policy = {"require": [fact("certifications_listed.soc_2")]}
    shown = text.render(judge(tmp_path, offering, policy, {"data": ["phi"]}, overlays=overlays))
    assert f"nothing in the manifest lifts this: what {who} states decides" in shown
    assert "what the vendor told you counts when the bundle states it, with its day and source" in shown
