"""GitLab's code quality report: an entry for all that fails or is not known.

In: an evaluation. Out: JSON. What blocks is a blocker, and nothing else is.
"""

from __future__ import annotations

from typing import Any, Final

from ..model.evaluation import Evaluation
from ..model.result import Notice, Result
from ..model.vocabulary import Severity
from ..terminal.escape import escape
from .ascii_json import dumps
from .identity import identities, notice_identity
from .lines import shortened, summary, title
from .order import blocking_notices, findings
from .surroundings import Surroundings

SEVERITY: Final[dict[Severity, str]] = {"error": "critical", "warning": "major", "note": "info"}
"""Of what does not block."""
WAIVED: Final = "vendorgate-waived"
"""The name of the entry that counts what is waived."""
_LONGEST: Final = 1_000
"""Characters of a description."""


def render(evaluation: Evaluation, surroundings: Surroundings = Surroundings()) -> str:
    """The report, worst first; the same evaluation gives the same bytes."""
    results = findings(evaluation, surroundings.waived)
    names = identities(results, surroundings)
    entries = [_entry(result, name, surroundings) for result, name in zip(results, names, strict=True)]
    whole = [_finding(notice, surroundings) for notice in blocking_notices(evaluation)]
    return dumps([*whole, *entries, *_left_out(evaluation, surroundings)])


def _left_out(evaluation: Evaluation, surroundings: Surroundings) -> list[dict[str, Any]]:
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


def _entry(result: Result, fingerprint: str, surroundings: Surroundings) -> dict[str, Any]:
    location = result.subject.location
    return {
        "description": shortened(f"{title(result.policy)}: {summary(result)}", _LONGEST),
        "check_name": result.policy.id,
        "fingerprint": fingerprint,
        "severity": _severity(result),
        "location": {"path": surroundings.path(location.path), "lines": {"begin": location.line}},
    }


def _finding(notice: Notice, surroundings: Surroundings) -> dict[str, Any]:
    """A notice that blocks."""
    path, line = ("", 1) if notice.location is None else (notice.location.path, notice.location.line)
    where = surroundings.path(path)
    return {
        "description": shortened(escape(notice.message), _LONGEST),
        "check_name": notice.id,
        "fingerprint": notice_identity(notice, surroundings),
        "severity": "blocker",
        "location": {"path": where, "lines": {"begin": line}},
    }


def _severity(result: Result) -> str:
    if result.outcome == "waived":
        return "info"
    return "blocker" if result.blocks else SEVERITY[result.severity]
