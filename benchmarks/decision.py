"""A decision on one usage that is already loaded: vendorgate, the same policies as Python functions, and datalogic-py.

Twelve policies with 28 requirements; once where everything passes, once where much fails. Verdicts are held equal.
"""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from datalogic_py import DataHandle, Engine

from as_json_logic import RULES, facts_of
from by_hand import Truth, Verdict, judge
from by_hand_reasons import judge_and_explain
from timing import Limit, interleaved, judged, ratio, show
from vendorgate.evaluate import Program, evaluate
from vendorgate.evaluate.case import Case
from vendorgate.evaluate.judge import decide
from vendorgate.gate import Gate
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.result import Result

HERE = Path(__file__).parent
TODAY = datetime.date(2026, 11, 24)
ROUNDS, CALLS = 200, 20
MOST = 8.0

GATE, DECIDE = "vendorgate, evaluate: verdicts and reasons", "vendorgate, decide: verdicts"
WHY, HAND = "Python functions: verdicts and reasons", "Python functions: verdicts"
OTHER = "datalogic-py: verdicts"
TRUTHS: dict[str, Truth] = {"pass": True, "fail": False, "unknown": None}


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


def compare(name: str, titled: str) -> list[Limit]:
    """Judge one usage three ways, hold the verdicts equal, and time them."""
    gate = Gate(HERE / "bundle", HERE.parent / "registry-snapshot")
    loaded = gate.check(HERE / name, as_of=TODAY)
    [subject] = loaded.subjects
    program = Program(loaded.bundle)
    usage = subject.manifest.usages[0]
    agreements = subject.agreements or ()
    facts = facts_of(subject, Case(subject, program, TODAY))
    decide_by_rules = json_logic()

    def by_gate() -> Evaluation:
        return evaluate(loaded.manifests, (subject,), loaded.snapshot, program, TODAY)

    def by_deciding() -> object:
        case = Case(subject, program, TODAY)
        return [decide(policy, case) for policy in program.policies]

    def by_functions() -> list[Verdict]:
        return judge(usage, subject.offering, agreements, TODAY)

    explained = judge_and_explain(usage, subject.offering, agreements, TODAY)
    ours, theirs = [as_verdict(result) for result in by_gate().results], by_functions()
    assert ours == theirs, [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]
    assert [one.verdict for one in explained] == theirs
    for one, result in zip(explained, by_gate().results, strict=True):
        assert len(one.why) == sum(bool(part.reasons) for part in result.requirements), one
        assert all(reasons for _, reasons in one.why), one
    holds = [
        None if one.outcome == "not_applicable" else [truth is True for truth in one.requirements] for one in theirs
    ]
    assert list(RULES) == [one.policy for one in theirs]
    assert decide_by_rules(facts) == holds, list(zip(RULES, decide_by_rules(facts), holds, strict=True))
    assert (len(ours), sum(len(require) for _, require in RULES.values())) == (12, 28)

    seconds = interleaved(
        {
            GATE: by_gate,
            WHY: lambda: judge_and_explain(usage, subject.offering, agreements, TODAY),
            DECIDE: by_deciding,
            HAND: by_functions,
            OTHER: lambda: decide_by_rules(facts),
        },
        ROUNDS,
        CALLS,
    )
    outcomes = [one.outcome for one in ours]
    counts = ", ".join(f"{outcomes.count(outcome)} {outcome}" for outcome in dict.fromkeys(outcomes))
    show(f"{titled}: {counts}", seconds, HAND, "us")
    return [
        Limit(f"{titled}: verdicts, vendorgate to Python functions", ratio(seconds, DECIDE, HAND), MOST),
        Limit(f"{titled}: verdicts and reasons, vendorgate to Python functions", ratio(seconds, GATE, WHY), MOST),
    ]


def main() -> int:
    """Measure both usages; 1 where a limit is exceeded."""
    return judged(compare("passing.yaml", "everything passes") + compare("failing.yaml", "much fails"))


if __name__ == "__main__":
    sys.exit(main())
