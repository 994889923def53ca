"""From requirements to results: outcome, severity in effect, what blocks, what is cited and what rules read.

The contract has it under "Policies" and "Outcome and exit code".
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.world import AS_OF, Part, judge
from vendorgate.evaluate.case import Case
from vendorgate.evaluate.judge import evaluate, result_for, stricter_or_equal, unknown_blocks
from vendorgate.evaluate.program import Program
from vendorgate.model.result import Remedy, Result
from vendorgate.model.vocabulary import FailOn, OnUnknown, Severity

CELL: Part = {"value": "yes_public", "confidence": "high", "verified": "2026-11-01"}
BAA: Part = {"kind": "baa", "offerings": ["alpha"], "status": "executed", "signed": "2026-01-01"}
OPEN: Part = {"==": [{"var": "usage.region"}, "us"]}
RULES: dict[str, Any] = {"pass": True, "fail": False, "unknown": OPEN}
RANK = {"note": 0, "warning": 1, "error": 2, "never": 3}


def judged(folder: Path, policy: Part, cells: dict[str, Part] | None = None, **more: Any) -> Result:
    offering = {"dimensions": {name: {**CELL, **cell} for name, cell in (cells or {}).items()}}
    (result,) = judge(folder, offering, policy, {"data": ["phi"]}, **more).results
    return result


# --- Outcome


@pytest.mark.parametrize(
    "outcomes", [*itertools.product(RULES, repeat=2), *itertools.product(RULES, repeat=3)], ids=",".join
)
def test_failing_beats_unknown_beats_passing(outcomes: tuple[str, ...], tmp_path: Path) -> None:
    result = judged(tmp_path, {"require": [RULES[outcome] for outcome in outcomes]})
    assert result.outcome == ("fail" if "fail" in outcomes else "unknown" if "unknown" in outcomes else "pass")
    assert [requirement.outcome for requirement in result.requirements] == list(outcomes)
    assert result.blocks is (result.outcome != "pass")


@pytest.mark.parametrize(("when", "outcome"), [(True, "fail"), (OPEN, "fail"), (False, "not_applicable")])
def test_policy_applies_unless_it_is_certain_that_it_does_not(when: Any, outcome: str, tmp_path: Path) -> None:
    result = judged(tmp_path, {"when": when, "require": [False]})
    assert (result.outcome, result.blocks) == (outcome, outcome == "fail")
    assert len(result.requirements) == (outcome == "fail")


def test_a_value_that_is_truthy_passes_and_one_that_is_not_fails(tmp_path: Path) -> None:
    result = judged(tmp_path, {"require": [{"var": "usage.data"}, {"var": "usage.via"}]})
    assert [requirement.outcome for requirement in result.requirements] == ["pass", "fail"]


def test_reasons_of_what_passes_are_given_where_they_are_asked_for_alone(tmp_path: Path) -> None:
    policy = {"require": [{"covered": "hipaa_baa"}]}
    found = judge(tmp_path, {"dimensions": {"hipaa_baa": CELL}}, policy, {"data": ["phi"]})
    world = (found.manifests, found.subjects, found.snapshot, Program(found.bundle), found.as_of)
    for evaluation, told in ((evaluate(*world), False), (evaluate(*world, full=True), True)):
        (result,) = evaluation.results
        assert (result.outcome, bool(result.requirements[0].reasons)) == ("pass", told)
    program = Program(found.bundle)
    result = result_for(program.policies[0], Case(found.subjects[0], program, found.as_of), "error")
    assert (result.outcome, result.requirements[0].reasons) == ("pass", ())


# --- Severity and what blocks

DAYS = {None: False, "2026-11-22": False, "2026-11-23": False, "2026-11-24": True}
"""Values of `enforce_from`, and whether the policy is not yet enforced on the as-of day."""


@pytest.mark.parametrize("outcome", ["pass", "fail", "unknown"])
@pytest.mark.parametrize(
    ("severity", "on_unknown", "enforce_from"),
    [*itertools.product(get_args(Severity), get_args(OnUnknown), DAYS)],
)
def test_severity_in_effect_is_lowered_until_it_is_enforced_and_for_what_is_unknown(
    severity: Severity, on_unknown: OnUnknown, enforce_from: str | None, outcome: str, tmp_path: Path
) -> None:
    policy: Part = {"severity": severity, "on_unknown": on_unknown, "require": [RULES[outcome]]}
    if enforce_from is not None:
        policy["enforce_from"] = enforce_from
    most = [severity]
    if DAYS[enforce_from]:
        most.append("warning")
    if outcome == "unknown":
        most.append({"fail": severity, "warn": "warning", "pass": "note"}[on_unknown])
    assert judged(tmp_path, policy).severity == min(most, key=RANK.__getitem__)


@pytest.mark.parametrize("fail_on", get_args(FailOn))
@pytest.mark.parametrize(
    ("severity", "on_unknown", "outcome"),
    [*itertools.product(get_args(Severity), get_args(OnUnknown), ["pass", "fail", "unknown"])],
)
def test_result_blocks_where_its_severity_reaches_the_threshold(
    severity: Severity, on_unknown: OnUnknown, outcome: str, fail_on: FailOn, tmp_path: Path
) -> None:
    policy: Part = {"severity": severity, "on_unknown": on_unknown, "require": [RULES[outcome]]}
    result = judged(tmp_path, policy, fail_on=fail_on)
    blocks = outcome != "pass" and RANK[result.severity] >= RANK[fail_on]
    assert result.blocks is (blocks and not (outcome == "unknown" and on_unknown == "pass"))
    if outcome == "unknown":
        assert unknown_blocks(result.policy, AS_OF, fail_on) is result.blocks


@pytest.mark.parametrize("enforce_from", DAYS)
def test_unknown_blocks_once_a_policy_is_enforced(enforce_from: str | None, tmp_path: Path) -> None:
    policy: Part = {"severity": "error", "on_unknown": "fail", "require": [OPEN]}
    if enforce_from is not None:
        policy["enforce_from"] = enforce_from
    result = judged(tmp_path, policy)
    assert unknown_blocks(result.policy, AS_OF, "error") is result.blocks is not DAYS[enforce_from]


def test_waived_result_keeps_its_severity_and_blocks_nothing(tmp_path: Path) -> None:
    result = judged(tmp_path, {"severity": "warning", "require": [False]}, waivers=[{}], fail_on="note")
    assert (result.outcome, result.severity, result.blocks) == ("waived", "warning", False)


@pytest.mark.parametrize(("asked", "bundle"), [*itertools.product(RANK, RANK)])
def test_threshold_is_stricter_the_less_it_takes_to_block(asked: FailOn, bundle: FailOn) -> None:
    assert stricter_or_equal(asked, bundle) is (RANK[asked] <= RANK[bundle])


# --- What is cited


def cited(result: Result) -> list[tuple[str, bool]]:
    return [(citation.dimension, citation.cell is not None) for citation in result.evidence]


def test_cells_are_cited_in_the_order_of_the_dimensions_though_the_registry_has_none(tmp_path: Path) -> None:
    rule = {"or": [{"covered": "retention_zdr"}, {"documented": "soc2_type2"}, {"var": "registry.gdpr_dpa.value"}]}
    result = judged(tmp_path, {"require": [rule]}, {"gdpr_dpa": {}, "soc2_type2": {}, "iso_27001": {}})
    assert cited(result) == [("soc2_type2", True), ("gdpr_dpa", True), ("retention_zdr", False)]


def test_cells_that_conditions_rest_on_are_cited_too(tmp_path: Path) -> None:
    cells: dict[str, Part] = {
        "hipaa_baa": {"conditions": [{"covered": "retention_zdr"}, {"covered": "soc2_type2"}]},
        "retention_zdr": {"conditions": [{"and": [{"documented": "iso_27001"}, {"covered": "soc2_type2"}]}]},
        "iso_42001": {},
    }
    result = judged(tmp_path, {"require": [{"covered": "hipaa_baa"}]}, cells)
    assert cited(result) == [("soc2_type2", False), ("iso_27001", False), ("hipaa_baa", True), ("retention_zdr", True)]


def test_policy_that_does_not_apply_cites_nothing(tmp_path: Path) -> None:
    result = judged(tmp_path, {"when": False, "require": [{"covered": "hipaa_baa"}]}, {"hipaa_baa": {}})
    assert result.evidence == ()


# --- Messages


def test_requirements_that_come_to_the_same_each_have_their_own_message(tmp_path: Path) -> None:
    rules = [{"covered": "hipaa_baa"}, {"covered": "gdpr_dpa"}, {"that": False, "message": "no"}]
    result = judged(tmp_path, {"require": rules}, {"hipaa_baa": {"value": "no"}, "gdpr_dpa": {"value": "no"}})
    assert [requirement.message for requirement in result.requirements] == [
        "hipaa_baa is not covered",
        "gdpr_dpa is not covered",
        "no",
    ]


# --- What rules read of the registry and of agreements


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("agreements.baa.kind", "baa"),
        ("agreements.baa.status", "executed"),
        ("agreements.baa.signed", "2026-01-01"),
        ("agreements.baa.expires", "2027-03-01"),
        ("agreements.baa.reference", "L-2"),
        ("agreements.baa.offerings", ["alpha", "beta"]),
        ("agreements.baa.projects", ["*"]),
        ("agreements.baa.counterparty", "Alpha Inc."),
        ("agreements.baa.document", "contracts/L-2.pdf"),
        ("agreements.baa.sha256", "0" * 64),
        ("agreements.baa.owner", "legal"),
        ("agreements.baa.notice_days", 30),
        ("agreements.baa.reviewed.by", "legal"),
        ("agreements.baa.reviewed.on", "2026-06-01"),
    ],
)
def test_rule_reads_the_agreement_in_force_that_ends_last(path: str, value: Any, tmp_path: Path) -> None:
    told = {"counterparty": "Alpha Inc.", "document": "contracts/L-2.pdf", "sha256": "0" * 64, "owner": "legal"}
    review = {"notice_days": 30, "reviewed": {"by": "legal", "on": "2026-06-01"}}
    later = {**BAA, "expires": "2027-03-01", "reference": "L-2", "offerings": ["alpha", "beta"], **told, **review}
    register = [{**BAA, "expires": "2027-02-01", "reference": "L-1"}, later, {**BAA, "status": "pending"}]
    reads: Part = {"var": path}
    same = {"subset": [reads, value]} if isinstance(value, list) else {"==": [reads, value]}
    back = {"subset": [value, reads]} if isinstance(value, list) else True
    assert judged(tmp_path, {"require": [same, back]}, agreements=register).outcome == "pass"


TOLD = ("expires", "reference", "counterparty", "document", "sha256", "owner", "notice_days", "scc_modules")


@pytest.mark.parametrize("field", [*TOLD, "reviewed.by", "reviewed.on"])
def test_what_an_agreement_does_not_say_is_unknown(field: str, tmp_path: Path) -> None:
    policy = {"require": [{"!": {"var": f"agreements.baa.{field}"}}]}
    result = judged(tmp_path, policy, agreements=[BAA])
    (reason,) = result.requirements[0].reasons
    assert (result.outcome, reason.message) == ("unknown", f"no agreement `baa` in force states {field}")
    assert reason.remedy == Remedy("do", f"have the register say `{field}` of `baa`")


def test_of_what_is_not_in_force_nothing_can_be_said_in_the_register(tmp_path: Path) -> None:
    policy = {"require": [{"!": {"var": "agreements.baa.owner"}}]}
    (reason,) = judged(tmp_path, policy, agreements=[{**BAA, "status": "pending"}]).requirements[0].reasons
    assert (reason.message, reason.remedy) == ("no agreement `baa` in force states owner", None)


@pytest.mark.parametrize(
    ("reviewed", "outcome"),
    [("2025-11-23", "pass"), ("2025-11-22", "fail"), ("2026-11-23", "pass"), ("2026-11-24", "unknown")],
)
@pytest.mark.parametrize("of_all", [False, True])
def test_review_counts_for_as_long_as_a_rule_says_and_never_before_its_day(
    reviewed: str, outcome: str, of_all: bool, tmp_path: Path
) -> None:
    on, all = ("reviewed.on", "agreements.dpa.all") if of_all else ("agreements.dpa.reviewed.on", "")
    rule: Part = {"<=": [{"days_since": {"var": on}}, 365]}
    entry = {**BAA, "kind": "dpa", "signed": "2025-01-01", "reviewed": {"by": "legal", "on": reviewed}}
    policy = {"require": [{"some": [{"var": all}, rule]} if of_all else rule]}
    assert judged(tmp_path, policy, agreements=[entry]).outcome == outcome


def test_modules_of_clauses_are_numbers_in_a_list(tmp_path: Path) -> None:
    entry = {**BAA, "kind": "scc", "scc_modules": [2, 3]}
    rules = [{"in": [2, {"var": "agreements.scc.scc_modules"}]}, {"in": [1, {"var": "agreements.scc.scc_modules"}]}]
    result = judged(tmp_path, {"require": rules}, agreements=[entry])
    assert [one.outcome for one in result.requirements] == ["pass", "fail"]


@pytest.mark.parametrize("register", [None, [], [{**BAA, "status": "terminated"}], [{**BAA, "signed": "2026-11-24"}]])
def test_fields_of_an_agreement_that_is_not_in_force_are_unknown(register: Any, tmp_path: Path) -> None:
    policy = {"require": [{"==": [{"var": "agreements.baa.kind"}, "baa"]}]}
    assert judged(tmp_path, policy, agreements=register).outcome == "unknown"


@pytest.mark.parametrize(
    ("cell", "path", "value"),
    [
        ({}, "value", "yes_public"),
        ({}, "confidence", "high"),
        ({}, "verified", "2026-11-01"),
        ({"verified": "2026-11-23"}, "verified", "2026-11-23"),
        ({"verified": "2020-01-01"}, "verified", "2020-01-01"),
        ({"verified": "2020-01-01"}, "confidence", "high"),
        ({"verified": "2026-11-24"}, "verified", None),
        ({"verified": "2026-11-24"}, "note", None),
        ({"verified": "2026-11-24"}, "value", None),
        ({"verified": "2020-01-01"}, "value", None),
        ({"verified": None}, "value", None),
        ({"verified": None}, "verified", None),
        ({"value": "unclear"}, "value", None),
        ({"value": "no"}, "value", "no"),
        ({"value": "partial"}, "value", None),
        ({"value": "partial", "scope": {"lifecycle": {"only": ["ga"]}}}, "value", "partial"),
        ({"value": "partial", "scope": {"lifecycle": {"only": ["preview"]}}}, "value", None),
        ({"value": "no", "scope": {"lifecycle": {"only": ["preview"]}}}, "value", None),
        ({"scope": {"lifecycle": {"only": ["preview"]}}}, "confidence", None),
        ({"scope": {"models": {"only": ["m"]}}, "facts": {"days": 30}}, "facts.days", None),
        ({"tier": "enterprise"}, "tier", None),
        ({"tier": "enterprise", "facts": {"days": 30}}, "facts.days", None),
        ({"valid_until": "2026-11-22", "facts": {"days": 30}}, "facts.days", None),
        ({"valid_until": "2026-11-22"}, "valid_until", "2026-11-22"),
        ({"value": "partial", "scope": {"models": {"only": ["m"]}}}, "value", None),
        ({"facts": {"days": 30}}, "facts.days", 30),
        ({"facts": {"days": {"default": 30}}}, "facts.days.default", 30),
        ({"facts": {"days": 30}}, "facts.days.default", None),
        ({"facts": {"days": 30}}, "facts.hours", None),
        ({"facts": {"days": None}}, "facts.days", None),
        ({"facts": {"days": 30}, "verified": None}, "facts.days", None),
        ({"note": "n", "verified": None}, "note", "n"),
    ],
)
def test_rule_reads_a_cell_as_far_as_grade_and_evidence_bear_it(
    cell: Part, path: str, value: Any, tmp_path: Path
) -> None:
    read: Part = {"var": f"registry.hipaa_baa.{path}"}
    rules = [{"==": [read, value]}, {"known": read["var"]}]
    result = judged(tmp_path, {"require": rules}, {"hipaa_baa": cell})
    expected = ["unknown", "fail"] if value is None else ["pass", "pass"]
    assert [requirement.outcome for requirement in result.requirements] == expected


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        ({"==": [{"days_since": "2026-11-20"}, 3]}, "pass"),
        ({"==": [{"days_since": "2026-11-24"}, -1]}, "pass"),
        ({"==": [{"days_until": "2026-11-24"}, 1]}, "pass"),
        ({"==": [{"days_until": "2026-11-20"}, -3]}, "pass"),
        ({"==": [{"days_since": {"var": "today"}}, 0]}, "pass"),
        ({"==": [{"days_until": {"var": "registry.hipaa_baa.verified"}}, -22]}, "pass"),
        ({"==": [{"days_since": {"var": "usage.id"}}, 0]}, "unknown"),
        ({"==": [{"days_until": {"var": "usage.purpose"}}, 0]}, "unknown"),
        ({"some": [["2026-11-20"], {"==": [{"days_since": {"var": ""}}, 3]}]}, "pass"),
    ],
)
def test_days_are_counted_from_the_as_of_day(rule: Any, outcome: str, tmp_path: Path) -> None:
    assert judged(tmp_path, {"require": [rule]}, {"hipaa_baa": {}}).outcome == outcome


def test_today_is_the_as_of_day(tmp_path: Path) -> None:
    assert judged(tmp_path, {"require": [{"==": [{"var": "today"}, AS_OF.isoformat()]}]}).outcome == "pass"


def test_routes_are_read_as_offerings_however_they_are_written(tmp_path: Path) -> None:
    rules = [
        {"!": {"in": ["beta", {"var": "usage.fallbacks"}]}},
        {"!": {"in": ["gamma", {"var": "usage.fallbacks"}]}},
        {"!=": [{"var": "usage.via"}, "delta"]},
    ]
    routes = {"fallbacks": [{"offering": "beta", "region": "us"}, "gamma"], "via": {"offering": "delta"}}
    empty: Part = {"dimensions": {}}
    others = dict.fromkeys(("beta", "gamma", "delta"), empty)
    found = judge(tmp_path, empty, {"require": rules}, {"data": ["phi"], **routes}, others=others)
    assert [one.outcome for one in found.results[0].requirements] == ["fail", "fail", "fail"]
