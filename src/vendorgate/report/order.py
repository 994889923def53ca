"""Which results a report shows that cannot show all, and in which order.

In: an evaluation. Out: results, those that decide the verdict first.
"""

from __future__ import annotations

from typing import Final

from ..model.detect import DRIFT_KINDS
from ..model.evaluation import Evaluation
from ..model.result import Notice, Result
from ..model.vocabulary import Outcome, Severity
from . import unjudged

_SEVERITY: Final[dict[Severity, int]] = {"error": 0, "warning": 1, "note": 2}
_OUTCOME: Final[dict[Outcome, int]] = {"fail": 0, "unknown": 1, "waived": 2, "pass": 3, "not_applicable": 4}


def worst_first(evaluation: Evaluation, *outcomes: Outcome) -> list[Result]:
    """The results of some outcomes: what blocks, then by severity, failures before unknowns, else as they stand."""
    found = [result for result in evaluation.results if result.outcome in outcomes]
    return sorted(found, key=lambda one: (not one.blocks, _SEVERITY[one.severity], _OUTCOME[one.outcome]))


def findings(evaluation: Evaluation, waived: bool) -> list[Result]:
    """What fails or is not known, and what is waived where somebody asked for it; worst first."""
    results = worst_first(evaluation, "fail", "unknown")
    return [*results, *worst_first(evaluation, "waived")] if waived else results


def worst_notices_first(evaluation: Evaluation) -> list[Notice]:
    """Notices, warnings before notes."""
    return sorted(evaluation.notices, key=lambda notice: _SEVERITY[notice.severity])


def found_beside(evaluation: Evaluation) -> list[Notice]:
    """What is found and is no result: manifests that were not judged, what a review finds of a whole one, and what code
    does otherwise than is declared, where that does not block, too."""
    return [*unjudged.findings(evaluation), *filter(is_finding, evaluation.notices)]


def is_finding(notice: Notice) -> bool:
    """Whether a notice is something to mend, at its place."""
    return notice.blocks or notice.id in DRIFT_KINDS
