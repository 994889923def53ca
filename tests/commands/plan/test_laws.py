"""A day is listed if and only if a check as of that day differs from one as of the day before: tried day by day."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.commands.plan.worlds import SPAN, START, Part, day, worlds, write
from tests.thoroughness import share
from tests.world import WAIVER
from vendorgate.commands.plan.model import Plan, PolicyState
from vendorgate.commands.plan.turns import plan_of
from vendorgate.evaluate import Program, evaluate
from vendorgate.evaluate.fingerprint import fingerprint
from vendorgate.model.evaluation import Evaluation

UNTIL = START + datetime.timedelta(days=SPAN)
Key = tuple[int, str]
"""The place of a subject, and a policy."""
Turned = dict[tuple[datetime.date, Key], tuple[PolicyState, PolicyState]]


def states(evaluation: Evaluation) -> dict[Key, PolicyState]:
    places = {id(subject): index for index, subject in enumerate(evaluation.subjects)}
    return {
        (places[id(one.subject)], one.policy.id): PolicyState(one.outcome, one.severity, one.blocks, one.waiver)
        for one in evaluation.results
    }


def by_brute_force(start: Evaluation) -> Turned:
    """Every difference between two days, each judged whole."""
    program = Program(start.bundle)
    found: Turned = {}
    before = states(start)
    for number in range(1, SPAN + 1):
        day = START + datetime.timedelta(days=number)
        after = states(evaluate(start.manifests, start.subjects, start.snapshot, program, day))
        for key, state in after.items():
            if state != before[key]:
                found[day, key] = before[key], state
        before = after
    return found


def listed(plan: Plan) -> Turned:
    places = {id(subject): index for index, subject in enumerate(plan.evaluation.subjects)}
    return {(turn.day, (places[id(turn.subject)], turn.policy.id)): (turn.before, turn.after) for turn in plan.turns}


def with_fingerprints(folder: Path, files: Mapping[str, Part], numbers: Iterable[int]) -> Mapping[str, Part]:
    """The same world with a waiver more for what fails on some days, each given for the reasons of its day."""
    waivers = list(files.get("policies/waivers.yaml", {}).get("waivers", []))
    gate = write(folder, files)
    for number in numbers:
        evaluation = gate.check(folder / "vendorgate.yaml", as_of=START + datetime.timedelta(days=number))
        for one in evaluation.results:
            if one.outcome in ("fail", "unknown"):
                waivers.append(
                    {
                        **WAIVER,
                        "policy": one.policy.id,
                        "offering": one.subject.offering.id,
                        "expires": day(SPAN - number),
                        "fingerprint": fingerprint(one.policy, one.subject, one.requirements),
                    }
                )
    return {**files, "policies/waivers.yaml": {"version": 1, "waivers": waivers}}


@settings(max_examples=share(120), deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds(), st.lists(st.integers(0, SPAN), max_size=3, unique=True))
def test_waivers_of_certain_reasons_are_followed_as_a_check_of_every_day_would(
    files: Mapping[str, Part], numbers: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = write(folder, with_fingerprints(folder, files, numbers)).check(folder / "vendorgate.yaml", as_of=START)
    plan = plan_of(start, UNTIL)
    assert listed(plan) == by_brute_force(start)
    for turn in plan.turns:
        assert turn.causes, turn
    event(f"void: {any(cause.kind == 'waiver-void' for turn in plan.turns for cause in turn.causes)}")


@settings(max_examples=share(150), deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds())
def test_a_turn_is_listed_if_and_only_if_a_check_differs_from_the_day_before(files: Mapping[str, Part]) -> None:
    hold(files)


@settings(max_examples=share(150), deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds(observing=True))
def test_observations_that_begin_and_grow_old_are_followed_as_a_check_of_every_day_would(
    files: Mapping[str, Part],
) -> None:
    hold(files)


def hold(files: Mapping[str, Part]) -> None:
    """Fails where a plan and checks of every day differ."""
    with tempfile.TemporaryDirectory() as folder:
        start = write(Path(folder), files).check(Path(folder, "vendorgate.yaml"), as_of=START)
    plan = plan_of(start, UNTIL)
    event(f"turns: {min(len(plan.turns), 10)}")
    event(f"observed: {any(one.kind.startswith('observation') for turn in plan.turns for one in turn.causes)}")
    assert listed(plan) == by_brute_force(start)
    assert len(listed(plan)) == len(plan.turns)
    assert [turn.day for turn in plan.turns] == sorted(turn.day for turn in plan.turns)
    for turn in plan.turns:
        assert turn.causes, turn
        assert (turn.result.outcome, turn.result.blocks) == (turn.after.outcome, turn.after.blocks)
