"""What another registry or other policies do to results, and which of their differences does it."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Literal

import msgspec

from ...comparison.model import Cause, Edit
from ...comparison.registry_model import CellChange, OfferingChange
from ...errors import Problem
from ...model.evaluation import Evaluation
from ...model.manifest import Manifest
from ...model.result import Notice, Result

ImpactKind = Literal["blocking", "worse", "dropped", "loosened", "better", "fixed", "added"]


class ResultImpact(msgspec.Struct, frozen=True):
    """One policy on one subject, where its result changes.

    `blocking`: blocks, and did not. `worse`: a greater standing, or a requirement further from being met, without that.
    `dropped`: was judged, and is not any more, because the policy is gone or does not apply. `loosened`: less wrong,
    only because policies or waivers ask for less. `fixed`: passes. `better`: less wrong. `added`: newly judged, with
    nothing wrong.
    """

    kind: ImpactKind
    before: Result | None
    after: Result | None
    causes: tuple[Cause, ...]
    """What made it; several where each suffices by itself, or where only together they do."""

    @property
    def result(self) -> Result:
        """As it would be, or was at last."""
        found = self.after if self.after is not None else self.before
        assert found is not None
        return found


class Origins(msgspec.Struct, frozen=True):
    """Differences between both sides: what results change because of, or what changes none."""

    cells: tuple[CellChange, ...] = ()
    offerings: tuple[OfferingChange, ...] = ()
    edits: tuple[Edit, ...] = ()


class ImpactGroup(msgspec.Struct, frozen=True):
    """Everything that changes for the same reason."""

    causes: tuple[Cause, ...]
    origins: Origins
    """The differences that the results rest on; nothing where none of them is named by a result."""
    impacts: tuple[ResultImpact, ...]
    """The worst first, then in the order of the results."""


class Refusal(msgspec.Struct, frozen=True):
    """A usage that can be judged now and could not be any more: `check` would judge nothing at all."""

    manifest: Manifest
    usage: str
    causes: tuple[Cause, ...]
    origins: Origins
    problems: tuple[Problem, ...]
    judged: int
    """Results that it has now."""


class ImpactSummary(msgspec.Struct, frozen=True):
    """Counts of what changes by kind, and of usages that could not be judged any more."""

    refused: int
    blocking: int
    worse: int
    dropped: int
    loosened: int
    better: int
    fixed: int
    added: int


class JudgedSide(msgspec.Struct, frozen=True):
    """What judges on one side, and the evaluation by it."""

    policies: str
    """The folder as it was named."""
    registry: str
    evaluation: Evaluation


class ImpactAnalysis(msgspec.Struct, frozen=True, dict=True):
    """What judges now, what might judge instead, and what that does."""

    before: JudgedSide
    after: JudgedSide
    refusals: tuple[Refusal, ...]
    groups: tuple[ImpactGroup, ...]
    """Those with the worst first."""
    without_effect: Origins
    """Differences that change no result."""
    notices: tuple[Notice, ...]

    @property
    def impacts(self) -> tuple[ResultImpact, ...]:
        """Everything that changes, each once."""
        return tuple(one for group in self.groups for one in group.impacts)

    @cached_property
    def summary(self) -> ImpactSummary:
        kinds = Counter(one.kind for one in self.impacts)
        return ImpactSummary(
            refused=len(self.refusals),
            blocking=kinds["blocking"],
            worse=kinds["worse"],
            dropped=kinds["dropped"],
            loosened=kinds["loosened"],
            better=kinds["better"],
            fixed=kinds["fixed"],
            added=kinds["added"],
        )
