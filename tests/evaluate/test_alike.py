"""Reasons that were worked out for one subject are those of another where they are remembered, and of no other."""

from __future__ import annotations

import datetime
import json
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluate.plain_case import PlainCase
from tests.thoroughness import share
from tests.world import AS_OF, judge
from vendorgate import Gate
from vendorgate.evaluate import cells
from vendorgate.evaluate.case import Case
from vendorgate.evaluate.judge import result_for
from vendorgate.evaluate.program import Program
from vendorgate.load.manifest import GivenManifest, manifest_from
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.identity import RepositoryName
from vendorgate.model.subject import Subject

MODE, NAMES = {"var": "usage.settings.mode"}, {"var": "usage.subjects"}
RULES: list[Any] = [
    {"==": [MODE, True]},
    {"===": [MODE, True]},
    {"!=": [MODE, 1]},
    {"and": [{"known": "usage.settings.mode"}, {"!": {"missing": ["usage.region"]}}]},
    {"or": [{"agreement": "baa"}, {"==": [MODE, "1"]}]},
    {"in": ["us", NAMES]},
    {"some": [NAMES, {"in": [{"var": ""}, ["us", "de"]]}]},
    {"if": [{"agreement": "zdr"}, {"==": [{"var": "usage.tier"}, "enterprise"]}, {"==": [MODE, False]}]},
    {"<=": [{"days_since": {"var": "registry.hipaa_baa.verified"}}, 5]},
    {"==": [{"var": "registry.hipaa_baa.facts.days"}, 30]},
    {"or": [{"covered": "hipaa_baa"}, {"==": [{"var": "project.name"}, "p"]}]},
    {"==": [{"var": "project.name"}, "q"]},
    {"==": [{"var": "project.owner"}, "team"]},
    {"covered": "retention_zdr"},
    {"<=": [{"days_since": {"var": "usage.attributes.read"}}, 5]},
    {"==": [{"var": "offering.platform"}, "A"]},
]
CELL = {"source": "https://alpha.example", "verified": "2026-11-01", "confidence": "high"}
OFFERING: dict[str, Any] = {
    "models": ["m-*"],
    "dimensions": {
        "hipaa_baa": {**CELL, "value": "yes_public", "facts": {"days": 30}, "scope": {"models": {"only": ["m-1"]}}},
        "retention_zdr": {
            **CELL,
            "value": "yes_public",
            "conditions": [{"==": [MODE, True]}, {"agreement": "zdr"}, {"in": ["us", NAMES]}],
        },
    },
}
ALL = {"offerings": ["alpha"], "status": "executed", "signed": "2026-01-01"}
AGREEMENTS: list[dict[str, Any]] = [
    {**ALL, "kind": "baa", "reference": "B-1", "projects": ["p"]},
    {**ALL, "kind": "zdr", "reference": "Z-1", "projects": ["p"], "expires": "2026-12-01"},
    {**ALL, "kind": "zdr", "reference": "Z-2", "projects": ["q"], "expires": "2026-01-02"},
]
MODES: tuple[Any, ...] = (True, 1, 1.0, "1", "true", False, 0, 0.0, -0.0, "", None)


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Gate:
    return _gate(tmp_path_factory.mktemp("world"), agreements=AGREEMENTS)


def _gate(home: Path, **more: Any) -> Gate:
    judge(home, OFFERING, {"require": RULES}, {"data": ["phi"]}, **more)
    return Gate(home / "policies", home / "registry")


def _judged(
    gate: Gate, usage: dict[str, Any], project: str = "p", owner: str = "team", repository: str | None = None
) -> Evaluation:
    stated = {name: value for name, value in usage.items() if value is not None}
    whole = {"id": "u", "offering": "alpha", "data": ["phi"], **stated}
    text = json.dumps({"version": 1, "project": project, "owner": owner, "usages": [whole]}).encode()
    read = manifest_from(text, "m.yaml", [])
    assert read is not None
    name = RepositoryName(repository, "none" if repository is None else "option")
    return gate.judge([GivenManifest("m.yaml", read, ())], as_of=AS_OF, repository=name)


def _usage(mode: Any, **more: Any) -> dict[str, Any]:
    return {**({} if mode is None else {"settings": {"mode": mode}}), **more}


def _told(case: Case, program: Program, full: bool) -> str:
    """All reasons; a true and a 1 are apart."""
    results = [result_for(one, case, "error", full) for one in program.policies]
    return repr([(one.outcome, one.when, one.requirements) for one in results])


def _hold(subject: Subject, program: Program, as_of: datetime.date = AS_OF) -> None:
    """A case says what one says that remembers nothing."""
    for full in (False, True):
        wanted = _told(PlainCase(subject, program, as_of), program, full)
        assert _told(Case(subject, program, as_of), program, full) == wanted


def _subjects(gate: Gate) -> list[Subject]:
    subjects = [["us"], ["de"], ["us", "de"], ["de", "us"], None]
    varied = [
        _usage(mode, subjects=people, models=models)
        for (mode, people), models in zip(product(MODES, subjects), 28 * [["m-1"], ["m-2"], ["x"]], strict=False)
    ]
    found = [subject for usage in varied for subject in _judged(gate, usage).subjects]
    for project, owner in (("q", "team"), ("p", "else"), ("r", "team")):
        found.extend(_judged(gate, _usage(True, subjects=["us"]), project, owner).subjects)
    return found


def test_values_that_a_careless_key_takes_for_one_another_have_reasons_of_their_own(gate: Gate) -> None:
    program, subjects = Program(gate.bundle), _subjects(gate)
    for subject in (*subjects, *reversed(subjects)):
        _hold(subject, program)


@settings(max_examples=share(60), deadline=None)
@given(st.integers(0, 2**32))
def test_reasons_are_the_same_in_whatever_order_subjects_come(gate: Gate, seed: int) -> None:
    random = Random(seed)
    program = Program(gate.bundle)
    for _ in range(12):
        usage = _usage(
            random.choice(MODES), region=random.choice(["us", "de", None]), tier=random.choice(["free", None])
        )
        (subject,) = _judged(gate, usage, random.choice("pqr"), random.choice(["team", "else"])).subjects
        _hold(subject, program)


@pytest.mark.parametrize("most", ["_MOST_TOLD", "_MOST_NAMES"])
def test_reasons_that_are_forgotten_are_worked_out_again(
    gate: Gate, most: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cells, most, 1)
    program = Program(gate.bundle)
    for subject in _subjects(gate)[::4]:
        _hold(subject, program)


def test_agreements_that_are_claimed_are_told_apart(tmp_path: Path) -> None:
    gate = _gate(tmp_path)
    program = Program(gate.bundle)
    for claims in (["baa"], ["zdr"], ["baa", "zdr"], None, ["baa"]):
        for subject in _judged(gate, _usage(False, agreements=claims)).subjects:
            _hold(subject, program)


def test_stranger_of_a_name_is_told_apart(tmp_path: Path) -> None:
    gate = _gate(tmp_path, agreements=AGREEMENTS, bundle={"projects": [{"project": "*", "repositories": ["a/b"]}]})
    program = Program(gate.bundle)
    for repository in ("a/b", None, "a/c", "a/b"):
        for project in "pqr":
            for subject in _judged(gate, _usage(False), project, repository=repository).subjects:
                _hold(subject, program)


def test_vendors_that_nobody_has_looked_at_are_told_apart(gate: Gate) -> None:
    program = Program(gate.bundle)
    for vendor in ("Acme Models", "Other Models", "Acme Models"):
        for subject in _judged(gate, _usage(False, offering="unlisted", vendor=vendor)).subjects:
            _hold(subject, program)


def test_days_are_told_apart(gate: Gate) -> None:
    program = Program(gate.bundle)
    (subject,) = _judged(gate, _usage(False, attributes={"read": AS_OF.isoformat()})).subjects
    for days in (0, 10, 400, 0):
        _hold(subject, program, AS_OF + datetime.timedelta(days=days))


def test_reasons_of_subjects_that_say_the_same_are_made_once(gate: Gate) -> None:
    program = Program(gate.bundle)
    made = []
    for _ in range(2):
        (subject,) = _judged(gate, _usage(False, subjects=["de"])).subjects
        (result,) = [result_for(one, Case(subject, program, AS_OF), "error") for one in program.policies]
        made.append([reason for one in result.requirements[:8] for reason in one.reasons])
    assert made[0]
    assert all(first is second for first, second in zip(*made, strict=True))
