"""What the requirements of a fleet policy came to, for programs: types, and what fills them.

In: a result. Out: plain values of JSON; a run keeps them in its table `rules`, and the report of the command has them.
"""

from __future__ import annotations

from typing import Any, Union

import msgspec

from ....logic import Json
from ....model.fleet_policy import FleetReason, FleetRequirementResult, FleetResult, Sight
from ....model.vocabulary import Decision


class ReportedSight(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A usage where it is seen."""

    repository: Union[str, None]
    """OWNER/NAME; null where nobody knows it."""
    manifest: str
    """The path of the manifest."""
    project: Union[str, None]
    """The project."""
    usage: str
    """The id of the usage."""
    offering: str
    """The offering, with the vendor in brackets where it is unlisted."""


class ReportedCount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value that was counted."""

    value: Any
    """The value."""
    usages: int
    """How many usages have it, each route by itself."""
    seen: ReportedSight
    """The first of them."""


class ReportedFleetReason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a part of a rule is of the truth that it is."""

    outcome: Decision
    """What it comes to."""
    message: str
    """In words."""
    values: tuple[ReportedCount, ...]
    """What was counted, the most frequent first."""
    usages: int
    """How many usages decide it, or leave it open."""
    seen: tuple[ReportedSight, ...]
    """The first few of them."""


class ReportedFleetRequirement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One requirement, judged."""

    expression: Any
    """The rule, in JSON Logic."""
    outcome: Decision
    """What it came to."""
    message: str
    """In words."""
    reasons: tuple[ReportedFleetReason, ...]
    """Why; none where it passes."""


def reported_requirements(result: FleetResult) -> tuple[ReportedFleetRequirement, ...]:
    """What each requirement of a policy came to, and why."""
    return tuple(map(_requirement, result.requirements))


def told_requirements(result: FleetResult) -> list[Json]:
    """The same, as plain values."""
    return [msgspec.to_builtins(one) for one in reported_requirements(result)]


def _requirement(one: FleetRequirementResult) -> ReportedFleetRequirement:
    return ReportedFleetRequirement(
        one.requirement.expression, one.outcome, one.message, tuple(map(_reason, one.reasons))
    )


def _reason(one: FleetReason) -> ReportedFleetReason:
    values = tuple(ReportedCount(each.value, each.usages, _sight(each.seen)) for each in one.values)
    return ReportedFleetReason(one.outcome, one.message, values, one.usages, tuple(map(_sight, one.seen)))


def _sight(one: Sight) -> ReportedSight:
    return ReportedSight(one.repository, one.manifest, one.project, one.usage, one.offering)
