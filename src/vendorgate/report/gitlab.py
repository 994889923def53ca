"""GitLab's code quality report: an entry for all that fails or is not known.

In: an evaluation. Out: JSON. What blocks is a blocker, and nothing else is.
"""

from __future__ import annotations

from typing import Any, Final

from ..model.evaluation import Evaluation
from ..model.result import Result
from ..model.vocabulary import Severity
from .ascii_json import dumps
from .identity import identities
from .lines import shortened, summary, title
from .order import findings
from .surroundings import Surroundings

SEVERITY: Final[dict[Severity, str]] = {"error": "critical", "warning": "major", "note": "info"}
"""Of what does not block."""
_LONGEST: Final = 1_000
"""Characters of a description."""


def render(evaluation: Evaluation, surroundings: Surroundings = Surroundings()) -> str:
    """The report, worst first; the same evaluation gives the same bytes."""
    results = findings(evaluation, surroundings.waived)
    names = identities(results, surroundings)
    return dumps([_entry(result, name, surroundings) for result, name in zip(results, names, strict=True)])


def _entry(result: Result, fingerprint: str, surroundings: Surroundings) -> dict[str, Any]:
    location = result.subject.location
    return {
        "description": shortened(f"{title(result.policy)}: {summary(result)}", _LONGEST),
        "check_name": result.policy.id,
        "fingerprint": fingerprint,
        "severity": _severity(result),
        "location": {"path": surroundings.path(location.path), "lines": {"begin": location.line}},
    }


def _severity(result: Result) -> str:
    if result.outcome == "waived":
        return "info"
    return "blocker" if result.blocks else SEVERITY[result.severity]
