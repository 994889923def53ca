"""Everything that there is to know about a register beside the usages of some manifests.

In: an evaluation, the folder of its bundle. Out: `RegisterCheck`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, get_args

from ...evaluate.judge import stricter_or_equal
from ...load.files import Folder
from ...model.evaluation import Evaluation
from ...model.vocabulary import SEVERITIES, FailOn
from .claims import claim_only
from .clashes import clashes, odd_days
from .filing import documents, incomplete, notices, reviews
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
    documents,
    reviews,
    notices,
    incomplete,
)
REVIEWED: Final = 365
"""Days for which a review counts, unless somebody says otherwise."""
_IDS: Final[tuple[FindingId, ...]] = get_args(FindingId)


def check(
    evaluation: Evaluation, within: int, fail_on: FailOn, *, review_within: int = REVIEWED, folder: Folder
) -> RegisterCheck:
    """Look at the register; `within` says how many days are soon, `review_within` for how many a review counts."""
    inquiry = Inquiry(evaluation, within, review_within, folder)
    findings = [finding for look in _FINDINGS for finding in look(inquiry)]
    blocking = sum(stricter_or_equal(fail_on, finding.severity) for finding in findings)
    told, entries = tuple(sorted(findings, key=_order)), len(inquiry.entries)
    return RegisterCheck(evaluation, told, entries, within, review_within, fail_on, blocking)


def _order(finding: AgreementFinding) -> tuple[int, int]:
    return SEVERITIES.index(finding.severity), _IDS.index(finding.id)
