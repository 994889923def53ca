"""Fleet policies on a run as JSON, `vendorgate.fleet-policy/1`: types, and what fills them.

In: what they came to. Out: ASCII text.
"""

from __future__ import annotations

from typing import Literal, Union

import msgspec

from ....model.control import Control
from ....model.fleet_policy import FleetResult
from ....model.vocabulary import Decision, FailOn, Severity, Verdict
from ....report.document import TOOL, DatedDocument, ReportedBundle, ReportedLocation, place, reported_bundle, written
from .asking import FleetPolicyReport
from .told import ReportedFleetRequirement, reported_requirements


class ReportedFleetResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one fleet policy came to."""

    policy: str
    """Its id."""
    title: str
    """What it demands, in one line."""
    outcome: Decision
    """What it came to."""
    severity: Severity
    """In effect on the day."""
    blocks: bool
    """Whether it blocks."""
    requirements: tuple[ReportedFleetRequirement, ...]
    """In the order of the policy."""
    remediation: Union[str, None]
    """The way out."""
    references: tuple[str, ...]
    """Articles, clauses, tickets."""
    controls: tuple[Control, ...]
    """What it serves of frameworks."""
    location: ReportedLocation
    """Where it stands."""


class FleetPolicies(DatedDocument, frozen=True):
    """Rules over all usages, on a run."""

    schema: Literal["vendorgate.fleet-policy/1"]
    """The format."""
    verdict: Verdict
    """`incomplete` where a manifest or repository of the run was not judged, else `fail` as soon as any rule blocks."""
    fail_on: FailOn
    """The least severity that blocks."""
    run: str
    """The SHA-256 of the run's database."""
    bundle: ReportedBundle
    """The policies whose rules these are."""
    same_bundle: bool
    """Whether the run was judged by the same policies."""
    usages: int
    """Usages of the run, each route by itself."""
    not_judged: int
    """Manifests and repositories of the run that were not judged: they may have any usage."""
    policies: tuple[ReportedFleetResult, ...]
    """In the order of the bundle."""


def render(found: FleetPolicyReport) -> str:
    """The report; the same run and bundle give the same bytes."""
    return written(
        FleetPolicies(
            schema="vendorgate.fleet-policy/1",
            tool=TOOL,
            as_of=found.as_of,
            verdict=found.verdict,
            fail_on=found.fail_on,
            run=found.run_sha256,
            bundle=reported_bundle(found.bundle),
            same_bundle=found.same_bundle,
            usages=found.usages,
            not_judged=found.not_judged,
            policies=tuple(map(_result, found.results)),
        )
    )


def _result(one: FleetResult) -> ReportedFleetResult:
    policy = one.policy
    return ReportedFleetResult(
        policy=policy.id,
        title=policy.title,
        outcome=one.outcome,
        severity=one.severity,
        blocks=one.blocks,
        requirements=reported_requirements(one),
        remediation=policy.remediation,
        references=policy.references,
        controls=policy.controls,
        location=place(policy.source.locate(("policies", policy.index, "id"))),
    )
