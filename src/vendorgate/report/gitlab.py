"""GitLab's code quality report: an entry for all that fails or is not known, and for each policy that is off.

In: an evaluation. Out: JSON. What blocks is a blocker, and nothing else is.
"""

from __future__ import annotations

from typing import Final

from ..model.evaluation import Evaluation
from ..model.result import Result
from .ascii_json import dumps
from .diagnostic import of_notice
from .diagnostics import gitlab as diagnostics
from .diagnostics.gitlab import LONGEST, severity
from .identity import identities
from .lines import shortened, summary, title
from .order import findings, found_beside
from .surroundings import Surroundings

WAIVED: Final = "vendorgate-waived"
"""The name of the entry that counts what is waived."""


def render(evaluation: Evaluation, surroundings: Surroundings = Surroundings()) -> str:
    """The report, worst first; the same evaluation gives the same bytes."""
    results = findings(evaluation, surroundings.waived)
    names = identities(results, surroundings)
    entries = [_entry(result, name, surroundings) for result, name in zip(results, names, strict=True)]
    off = (notice for notice in evaluation.notices if notice.id == "policy-off")
    whole = diagnostics.entries([of_notice(one) for one in (*found_beside(evaluation), *off)], surroundings)
    return dumps([*whole, *entries, *_left_out(evaluation, surroundings)])


def _left_out(evaluation: Evaluation, surroundings: Surroundings) -> list[dict[str, object]]:
    """One entry that counts what is waived, where that is not shown: the format has no other place for it."""
    waived = evaluation.summary.waived
    if surroundings.waived or not waived:
        return []
    first = next(result for result in evaluation.results if result.outcome == "waived").subject.location
    words = "1 result is waived" if waived == 1 else f"{waived} results are waived"
    return [
        {
            "description": f"{words}; --show-waived shows {'it' if waived == 1 else 'them'}",
            "check_name": WAIVED,
            "fingerprint": WAIVED,
            "severity": "info",
            "location": {"path": surroundings.path(first.path), "lines": {"begin": first.line}},
        }
    ]


def _entry(result: Result, fingerprint: str, surroundings: Surroundings) -> dict[str, object]:
    location = result.subject.location
    return {
        "description": shortened(f"{title(result.policy)}: {summary(result)}", LONGEST),
        "check_name": result.policy.id,
        "fingerprint": fingerprint,
        "severity": _severity(result),
        "location": {"path": surroundings.path(location.path), "lines": {"begin": location.line}},
    }


def _severity(result: Result) -> str:
    if result.outcome == "waived":
        return "info"
    return severity(result.severity, result.blocks)
