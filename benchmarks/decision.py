"""Decisions on usages that are loaded already: vendorgate, the same policies as Python functions, and datalogic-py.

Twelve policies with 28 requirements on a fresh mix of usages (`mix.py`): no call meets the usage of another call. Once
of people who mind the rules, once with every field drawn by itself. Verdicts are held equal for every usage first. Then
what results cost through the library: time and memory for 1,000 manifests and for 4,000.
"""

from __future__ import annotations

import datetime
import gc
import json
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from datalogic_py import DataHandle, Engine

from as_json_logic import RULES, facts_of
from by_hand import Verdict, judge
from by_hand_conditions import Truth
from by_hand_reasons import judge_and_explain
from mix import mix
from timing import Limit, interleaved, judged, processor, ratio, rounds, show
from vendorgate.evaluate import Program, evaluate
from vendorgate.evaluate.case import Case
from vendorgate.evaluate.judge import decide
from vendorgate.gate import Gate
from vendorgate.load.manifest import GivenManifest
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.result import Result

HERE = Path(__file__).parent
TODAY = datetime.date(2026, 11, 24)
ROUNDS, CALLS = 100, 20
MANY, MORE = 1_000, 4_000
MOST, MOST_WITH_REASONS, MOST_MEMORY, MOST_GROWTH = 2.0, 3.0, 1.0, 1.25

GATE, DECIDE = "vendorgate, evaluate: verdicts and reasons", "vendorgate, decide: verdicts"
WHY, HAND = "Python functions: verdicts and reasons", "Python functions: verdicts"
OTHER = "datalogic-py: verdicts"
TRUTHS: dict[str, Truth] = {"pass": True, "fail": False, "unknown": None}
One = TypeVar("One")


def as_verdict(result: Result) -> Verdict:
    """A result in the words of the functions."""
    requirements = [TRUTHS[one.outcome] for one in result.requirements]
    return Verdict(result.policy.id, result.outcome, result.severity, result.blocks, requirements)


def json_logic() -> Callable[[dict[str, Any]], list[list[bool] | None]]:
    """The rules compiled; given facts, whether each requirement holds, and None where a policy does not apply."""
    engine = Engine()
    session = engine.session()
    rules = [engine.compile(rule) for when, require in RULES.values() for rule in (when, *require)]
    sizes = [len(require) for _, require in RULES.values()]

    def decide_all(facts: dict[str, Any]) -> list[list[bool] | None]:
        answers = iter(session.evaluate_many(rules, DataHandle(json.dumps(facts))))
        policies: list[list[bool] | None] = []
        for size in sizes:
            applies = next(answers) == "true"
            holds = [next(answers) == "true" for _ in range(size)]
            policies.append(holds if applies else None)
        return policies

    return decide_all


def in_turn(calls: Sequence[Callable[[], One]]) -> Callable[[], One]:
    """A call that is the next of several each time."""
    waiting: Iterator[Callable[[], One]] = iter(calls)
    return lambda: next(waiting)()


def hold_equal(found: Evaluation, rules: Callable[[dict[str, Any]], list[list[bool] | None]]) -> dict[str, Any]:
    """Fail where one of the others comes to something else; the facts for datalogic-py."""
    [subject] = found.subjects
    usage, agreements = subject.manifest.usages[0], subject.agreements or ()
    theirs = judge(usage, subject.offering, agreements, TODAY)
    explained = judge_and_explain(usage, subject.offering, agreements, TODAY)
    ours = [as_verdict(result) for result in found.results]
    assert ours == theirs, [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]
    assert [one.verdict for one in explained] == theirs
    for one, result in zip(explained, found.results, strict=True):
        assert len(one.why) == sum(bool(part.reasons) for part in result.requirements), one
        assert all(reasons for _, reasons in one.why), one
    facts = facts_of(subject, Case(subject, Program(found.bundle), TODAY))
    holds = [
        None if one.outcome == "not_applicable" else [truth is True for truth in one.requirements] for one in theirs
    ]
    assert list(RULES) == [one.policy for one in theirs]
    assert rules(facts) == holds, list(zip(RULES, rules(facts), holds, strict=True))
    return facts


def compare(gate: Gate, kept: bool, titled: str) -> list[Limit]:
    """Judge a mix in all ways, hold the verdicts equal, and time them."""
    every = [found for _, found in mix(gate, 7, (rounds(ROUNDS) + 1) * CALLS, kept, TODAY)]
    rules = json_logic()
    facts = [hold_equal(found, rules) for found in every]
    program = Program(gate.bundle)

    def evaluating(one: Evaluation) -> Callable[[], object]:
        return lambda: evaluate(one.manifests, one.subjects, one.snapshot, program, TODAY)

    def deciding(one: Evaluation) -> Callable[[], object]:
        def call() -> object:
            case = Case(one.subjects[0], program, TODAY)
            return [decide(policy, case) for policy in program.policies]

        return call

    def by_hand(one: Evaluation, function: Callable[..., object]) -> Callable[[], object]:
        [subject] = one.subjects
        usage, agreements = subject.manifest.usages[0], subject.agreements or ()
        return lambda: function(usage, subject.offering, agreements, TODAY)

    def by_rules(one: dict[str, Any]) -> Callable[[], object]:
        return lambda: rules(one)

    seconds = interleaved(
        {
            GATE: in_turn([evaluating(one) for one in every]),
            WHY: in_turn([by_hand(one, judge_and_explain) for one in every]),
            DECIDE: in_turn([deciding(one) for one in every]),
            HAND: in_turn([by_hand(one, judge) for one in every]),
            OTHER: in_turn([by_rules(one) for one in facts]),
        },
        ROUNDS,
        CALLS,
        processor,
    )
    counts = Counter(result.outcome for one in every for result in one.results)
    distinct = len({str(one.manifests[0].usages[0]) for one in every})
    shares = ", ".join(f"{count / len(every):.1f} {outcome}" for outcome, count in counts.most_common())
    show(f"{titled}, {distinct:,} usages, of twelve policies {shares}", seconds, HAND, "us")
    return [
        Limit(f"{titled}: verdicts, vendorgate to Python functions", ratio(seconds, DECIDE, HAND), MOST),
        Limit(f"{titled}: verdicts and reasons, the same", ratio(seconds, GATE, WHY), MOST_WITH_REASONS),
    ]


def through_the_library(gate: Gate, read: list[GivenManifest]) -> tuple[float, float]:
    """Seconds and bytes that a result takes, of manifests that are read already; the collector as Python has it."""
    assert gc.isenabled()
    start = time.process_time()
    found = gate.judge(read, as_of=TODAY)
    took = (time.process_time() - start) / len(found.results)
    del found
    gc.collect()
    tracemalloc.start()
    found = gate.judge(read, as_of=TODAY)
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    count = len(found.results)
    print(f"  {len(read):>6,} manifests, {count:,} results: {took * 1e6:.1f} us a result", end="")
    print(f", {held / count:,.0f} bytes held of each, {peak / count:,.0f} at the most")
    return took, peak / count / 1000


def collected(gate: Gate) -> list[Limit]:
    """What a result costs, and whether it costs more where there are more of them."""
    print("through the library, `Gate.judge`, fields drawn by themselves")
    read = [one for one, _ in mix(gate, 11, MORE, False, TODAY)]
    fewer, size = through_the_library(gate, read[:MANY])
    more, _ = through_the_library(gate, read)
    return [
        Limit("memory of a result", size, MOST_MEMORY, "kB"),
        Limit(f"time of a result of {MORE:,} manifests to one of {MANY:,}", more / fewer, MOST_GROWTH),
    ]


def main() -> int:
    """Measure both mixes and the library; 1 where a limit is exceeded."""
    gate = Gate(HERE / "bundle", HERE.parent / "registry-snapshot")
    kept = compare(gate, True, "minding the rules")
    return judged([*kept, *compare(gate, False, "every field drawn"), *collected(gate)])


if __name__ == "__main__":
    sys.exit(main())
