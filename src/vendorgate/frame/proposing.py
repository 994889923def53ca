"""What usages could declare so that they pass, found once however many reports tell it.

In: an evaluation, usages. Out: proposals. The search is imported when something blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ..model.evaluation import Evaluation
from ..report.look import UsageKey

if TYPE_CHECKING:
    from ..model.proposal import Proposal


def proposals_once() -> Callable[[Evaluation, Sequence[UsageKey]], Sequence[Proposal]]:
    """A search that remembers what it has found for the last evaluation that it was asked about."""
    kept: dict[tuple[UsageKey, ...], Sequence[Proposal]] = {}
    of: list[Evaluation] = []

    def propose(evaluation: Evaluation, usages: Sequence[UsageKey]) -> Sequence[Proposal]:
        from ..lifting.proposals import proposals

        if not of or of[0] is not evaluation:
            kept.clear()
            of[:] = [evaluation]
        asked = (*usages,)
        if asked not in kept:
            kept[asked] = proposals(evaluation, asked)
        return kept[asked]

    return propose
