"""What decides fast comes to what decides plainly, in random worlds and for what ships."""

from __future__ import annotations

import datetime
import json
import tempfile
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluate.law_worlds import World, agreed_world, observed_world, wide_world, world
from tests.evaluate.plain_case import PlainCase, hold_of_what_is_decided_plainly
from tests.evaluate.removing import judged
from tests.evaluate.shipped_laws import shipped_evaluation
from tests.thoroughness import share
from tests.world import judge
from vendorgate.evaluate import cells
from vendorgate.evaluate.case import Case
from vendorgate.evaluate.judge import decide
from vendorgate.evaluate.program import CompiledPolicy, Program
from vendorgate.evaluate.stepwise import StepwiseCase
from vendorgate.evaluate.texts import RuleTexts
from vendorgate.logic import parse

SEEDS = st.integers(0, 2**64)
KINDS = [world, wide_world, agreed_world, observed_world]
ASKED = ("value", "verified", "tier")


def drawn(seed: int) -> World:
    random = Random(seed)
    return random.choice(KINDS)(random)


@settings(max_examples=share(600), deadline=None)
@given(SEEDS.map(drawn), st.booleans())
def test_results_are_those_of_the_plain_way(found: World, full: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        evaluation = judged({**found, "full": full}, Path(folder))
        hold_of_what_is_decided_plainly(
            evaluation.subjects, evaluation.results, evaluation.bundle, evaluation.as_of, full
        )


@pytest.mark.parametrize("seed", range(12))
def test_cases_of_some_worlds_answer_alike(seed: int) -> None:
    hold_of_all_ways(drawn(seed))


@settings(max_examples=share(600), deadline=None)
@given(SEEDS.map(drawn))
def test_cases_answer_alike_whichever_way_they_are_judged(found: World) -> None:
    hold_of_all_ways(found)


def hold_of_all_ways(found: World) -> None:
    """Fails where a case answers otherwise than one that goes step by step, or one that remembers nothing."""
    with tempfile.TemporaryDirectory() as folder:
        evaluation = judged(found, Path(folder))
    program = Program(evaluation.bundle)
    for subject in evaluation.subjects:
        fast, stepwise, plain = (one(subject, program, evaluation.as_of) for one in (Case, StepwiseCase, PlainCase))
        for name in (*subject.offering.cells, "gdpr_dpa"):
            answers = [answers_of(case, name) for case in (fast, stepwise, plain)]
            assert answers[0] == answers[1] == answers[2], (name, subject.stated, answers)


def answers_of(case: Case, dimension: str) -> str:
    """All that a rule can hear of a cell; a true and a 1 are apart."""
    cell = case.cell(dimension)
    facts = [] if cell is None else sorted({*(cell.written.facts or {}), *_scoped(case, dimension)})
    read = [case.registry(dimension, field, []) for field in ASKED]
    gaps = [] if cell is None else case.gaps(cell)
    return repr((case.covered(dimension), case.documented(dimension), read, _read_facts(case, dimension, facts), gaps))


def _scoped(case: Case, dimension: str) -> list[str]:
    cell = case.cell(dimension)
    return [name for entry in (cell.written.scoped_facts or () if cell is not None else ()) for name in entry.facts]


def _read_facts(case: Case, dimension: str, names: list[str]) -> str:
    return json.dumps([repr(case.registry(dimension, "facts", [name])) for name in names])


@settings(max_examples=share(250), deadline=None)
@given(SEEDS, st.booleans())
def test_results_of_what_ships_are_those_of_the_plain_way(seed: int, full: bool) -> None:
    """One gate and one program judge them all, so that what is remembered of one usage is met by another."""
    evaluation = shipped_evaluation(Random(seed), full)
    if evaluation is not None:
        hold_of_what_is_decided_plainly(
            evaluation.subjects, evaluation.results, evaluation.bundle, evaluation.as_of, full
        )


@pytest.mark.parametrize("most", ["_MOST_NAMES", "_MOST_DAYS", "_MOST_TOLD"])
def test_what_is_forgotten_is_worked_out_again(most: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    cell = {"value": "yes_public", "verified": "2026-11-01", "scope": {"models": {"only": ["m-*"]}}}
    offering = {"models": ["m-*", "n-1"], "dimensions": {"hipaa_baa": cell}}
    usage = {"data": ["internal"], "models": ["m-1", "n-1", "o-1"]}
    evaluation = judge(tmp_path, offering, {"require": [{"covered": "hipaa_baa"}]}, usage)
    monkeypatch.setattr(cells, most, 1)
    program, (subject,) = Program(evaluation.bundle), evaluation.subjects
    days = [evaluation.as_of, evaluation.as_of + datetime.timedelta(days=500)] * 2
    found = [decide(program.policies[0], Case(subject, program, day)).outcome for day in days]
    assert found == ["fail", "fail"] * 2
    within = msgspec.structs.replace(subject, stated={**subject.stated, "usage.models": ["m-1"]})
    found = [decide(program.policies[0], Case(within, program, day)).outcome for day in days]
    assert found == ["pass", "unknown"] * 2


def test_what_a_rule_comes_to_is_worded_once() -> None:
    said = RuleTexts(parse({"covered": "hipaa_baa"}))
    assert said.state("fail") == "hipaa_baa is not covered"
    assert said.state("fail") is said.state("fail")


def test_rules_that_are_watched_stand_in_the_place_of_what_is_required(tmp_path: Path) -> None:
    evaluation = judge(tmp_path, {"dimensions": {}}, {"require": [True]}, {"data": ["internal"]})
    program, (subject,) = Program(evaluation.bundle), evaluation.subjects
    (compiled,) = program.policies
    watching = CompiledPolicy(compiled.policy, None, (lambda data, context: False,))
    found = [decide(one, Case(subject, program, evaluation.as_of)).outcome for one in (compiled, watching)]
    assert found == ["pass", "fail"]
