"""Everything that there is to know about a register beside the usages of some manifests.

In: an evaluation. Out: `RegisterCheck`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, get_args

from ...evaluate.judge import stricter_or_equal
from ...model.evaluation import Evaluation
from ...model.vocabulary import SEVERITIES, FailOn
from .claims import claim_only
from .clashes import clashes, odd_days
from .inquiry import Inquiry
from .model import AgreementFinding, FindingId, RegisterCheck
from .periods import ended, ends_soon, gaps
from .unused import matches_nothing, unused

_FINDINGS: Final[tuple[Callable[[Inquiry], Iterator[AgreementFinding]], ...]] = (
    matches_nothing,
    odd_days,
    clashes,
    ended,
    gaps,
    ends_soon,
    claim_only,
    unused,
)
_IDS: Final[tuple[FindingId, ...]] = get_args(FindingId)


def check(evaluation: Evaluation, within: int, fail_on: FailOn) -> RegisterCheck:
    """Look at the register; `within` says how many days are soon."""
    inquiry = Inquiry(evaluation, within)
    findings = [finding for look in _FINDINGS for finding in look(inquiry)]
    blocking = sum(stricter_or_equal(fail_on, finding.severity) for finding in findings)
    return RegisterCheck(
        evaluation, tuple(sorted(findings, key=_order)), len(inquiry.entries), within, fail_on, blocking
    )


def _order(finding: AgreementFinding) -> tuple[int, int]:
    return SEVERITIES.index(finding.severity), _IDS.index(finding.id)
