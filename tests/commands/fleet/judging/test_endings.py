"""What ends by itself is said of everything that a pass rests on until some day."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Final

import pytest

from tests.command import ROOT
from tests.world import OFFERING, SNAPSHOT
from vendorgate.commands.fleet.judging.endings import JudgedEnding, endings
from vendorgate.errors import Problem
from vendorgate.gate import Gate

AS_OF: Final = datetime.date(2026, 11, 24)
CELL: Final = {"value": "yes_public", "verified": "2026-07-05", "confidence": "high", "source": "https://a.example/"}
AGREEMENT: Final[dict[str, object]] = {
    "kind": "dpa",
    "offerings": ["al*"],
    "status": "executed",
    "signed": "2025-01-01",
}


def world(folder: Path, agreements: list[dict[str, object]], **policy: object) -> Gate:
    cells = {"gdpr_dpa": {**CELL, "conditions": [{"agreement": "dpa"}]}, "iso_27001": {**CELL, "value": "no"}}
    rules = [{"covered": "gdpr_dpa"}, {"covered": "iso_27001"}]
    files = {
        "registry/snapshot.yaml": SNAPSHOT,
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, "dimensions": cells},
        "policies/p.yaml": {"version": 1, "policies": [{"id": "p", "title": "T", "require": rules, **policy}]},
        "policies/agreements.yaml": {"version": 1, "agreements": agreements},
    }
    for name, value in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(value), encoding="utf-8")
    gate = Gate(folder / "policies", folder / "registry")
    problems: list[Problem] = []
    gate.snapshot(["alpha"], problems)
    assert problems == []
    return gate


def test_evidence_agreements_and_enforcement_end_on_their_last_day(tmp_path: Path) -> None:
    paper = {**AGREEMENT, "expires": "2027-01-31", "reference": "LEGAL-7"}
    gate = world(tmp_path, [paper], enforce_from="2027-03-01")
    found = [*endings(gate, ["alpha", "unlisted"], AS_OF)]
    last = datetime.date(2026, 7, 5) + datetime.timedelta(days=gate.bundle.registry.max_age("gdpr_dpa"))
    assert found == [
        JudgedEnding("p", "enforcement", "", None, datetime.date(2027, 2, 28)),
        JudgedEnding("p", "evidence", "gdpr_dpa", "alpha", last, "https://a.example/"),
        JudgedEnding("p", "agreement", "dpa", "alpha", datetime.date(2027, 1, 31), "LEGAL-7"),
    ]


@pytest.mark.parametrize(
    "agreement",
    [
        {**AGREEMENT, "expires": "2026-11-23"},
        {**AGREEMENT, "status": "terminated", "expires": "2027-01-31"},
        {**AGREEMENT, "offerings": ["beta"], "expires": "2027-01-31"},
        {**AGREEMENT, "kind": "baa", "expires": "2027-01-31"},
        AGREEMENT,
    ],
    ids=["over", "terminated", "of another offering", "not asked for", "without an end"],
)
def test_agreement_that_turns_nothing_is_no_end(tmp_path: Path, agreement: dict[str, object]) -> None:
    found = endings(world(tmp_path, [agreement]), ["alpha"], AS_OF)
    assert [one for one in found if one.kind == "agreement"] == []


def test_agreement_for_some_projects_says_which(tmp_path: Path) -> None:
    papers = [
        {**AGREEMENT, "projects": ["pay-*"], "expires": "2027-01-31"},
        {**AGREEMENT, "projects": ["pay-*", "*"], "expires": "2027-02-28"},
    ]
    found = endings(world(tmp_path, papers), ["alpha"], AS_OF)
    assert [one.projects for one in found if one.kind == "agreement"] == [("pay-*",), None]


def test_everything_that_a_shipped_pass_rests_on_until_a_day_is_an_end() -> None:
    gate = Gate(ROOT / "policies", ROOT / "registry-snapshot")
    names = ("clinic", "code-assistant", "eu-support-bot", "newsletter")
    manifests = [ROOT / "examples" / name / "vendorgate.yaml" for name in names]
    results = [one for path in manifests for one in gate.check(path, as_of=AS_OF).results if one.outcome == "pass"]
    offerings = {one.subject.offering.id for one in results}
    found = {(one.policy, one.kind, one.what, one.offering, one.until) for one in endings(gate, offerings, AS_OF)}
    rested = {
        (one.policy.id, support.kind, support.what, one.subject.offering.id, support.until)
        for one in results
        for support in one.rests_on
        if support.until is not None
    }
    assert len(rested) > 10
    assert rested <= found
