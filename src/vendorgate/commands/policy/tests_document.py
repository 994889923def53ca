"""Results of policy tests as JSON, `vendorgate.policy-test/1`.

In: a run. Out: ASCII text.
"""

from __future__ import annotations

from typing import Any, Final

from ...report.ascii_json import dumps
from ...source import Location
from ...version import VERSION
from .model import PolicyCoverage, PolicyTestResult, PolicyTestRun, percentage

SCHEMA: Final = "vendorgate.policy-test/1"


def render(run: PolicyTestRun) -> str:
    """The report; the same run gives the same bytes."""
    report = {
        "schema": SCHEMA,
        "tool": {"name": "vendorgate", "version": VERSION},
        "as_of": run.as_of.isoformat(),
        "summary": {
            "policies": len(run.policies),
            "tests": len(run.results),
            "passed": len(run.results) - run.failed,
            "failed": run.failed,
        },
        "tests": [_result(result) for result in run.results],
        "untested": [policy.id for policy in run.untested],
        "coverage": None if run.coverage is None else _coverage(run.coverage),
    }
    return dumps(report)


def _result(result: PolicyTestResult) -> dict[str, Any]:
    case = result.case
    return {
        "policy": case.policy.id,
        "name": case.name,
        "passed": result.passed,
        "expected": case.expect if isinstance(case.expect, str) else dict(case.expect),
        "found": dict(result.outcomes),
        "mistakes": list(result.mistakes),
        "location": _location(case.location),
    }


def _coverage(coverage: tuple[PolicyCoverage, ...]) -> dict[str, Any]:
    return {
        "percent": percentage(coverage),
        "policies": [
            {
                "policy": one.policy.id,
                "percent": percentage((one,)),
                "conditions": [
                    {
                        "condition": condition.words,
                        "location": _location(one.policy.source.locate(condition.place)),
                        "reachable": list(condition.reachable),
                        "reached": list(condition.reached),
                        "missed": list(condition.missed),
                    }
                    for condition in one.conditions
                ],
            }
            for one in coverage
        ],
    }


def _location(location: Location) -> dict[str, Any]:
    return {"path": location.path, "line": location.line, "column": location.column}
