"""The JSON report on an adoption, `vendorgate.impact/1`: its type, and what fills it.

In: an adoption. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

import datetime
from typing import Literal, Union

import msgspec

from ...comparison.document import (
    ReportedEdit,
    ReportedRegistryChange,
    changed_cell,
    changed_offering,
    edited,
    standing,
)
from ...comparison.model import Cause
from ...errors import Problem
from ...model.vocabulary import RouteOfUsage
from ...report.document import (
    TOOL,
    DatedDocument,
    ReportedBundle,
    ReportedLocation,
    ReportedManifest,
    ReportedNotice,
    ReportedNotJudged,
    ReportedRegistry,
    ReportedStanding,
    ReportedSummary,
    ReportedUsage,
    inputs,
    location,
    not_judged,
    notice,
    result_fields,
    summary,
    written,
)
from ...report.finding import shortfalls
from .model import ImpactAnalysis, ImpactGroup, ImpactKind, JudgedSide, Origins, Refusal, ResultImpact


class ReportedSide(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What judges on one side, and what it comes to."""

    policies: str
    """The folder of the policies, as it was named."""
    bundle: ReportedBundle
    """The policies."""
    registry_path: str
    """The folder of the registry, as it was named."""
    registry: ReportedRegistry
    """The evidence."""
    agreements: Literal["register", "self-declared"]
    """What counts as an agreement in force."""
    verdict: Literal["pass", "fail", "incomplete", "refused"]
    """As a check would have it, incomplete where a manifest was not judged; refused where there is a usage that it
    could not judge."""
    summary: ReportedSummary
    """Counts of the results of those usages that can be judged."""


class ReportedImpactCounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts of what changes."""

    refused: int
    """Usages that could not be judged any more."""
    blocking: int
    """Results that block and did not."""
    worse: int
    """Other results that are worse than they were."""
    dropped: int
    """Results that are not judged any more, whatever they came to."""
    loosened: int
    """Results with less wrong, only because policies or waivers ask for less."""
    better: int
    """Results with less wrong than before."""
    fixed: int
    """Results that pass and did not."""
    added: int
    """Results that are judged for the first time, with nothing wrong."""


class ReportedDifferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What differs between both sides."""

    registry: tuple[ReportedRegistryChange, ...]
    """Cells and offerings."""
    edits: tuple[ReportedEdit, ...]
    """Policies, waivers, agreements and settings of the bundle."""


class ReportedImpact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One policy on one subject, now and then."""

    kind: ImpactKind
    """What becomes of it."""
    manifest: str
    """The path of the manifest."""
    project: str
    """The project."""
    usage: str
    """The id of the usage."""
    offering: str
    """The offering."""
    account: Union[str, None]
    """Which account at the vendor; null where the manifest names none."""
    vendor: Union[str, None]
    """Who an unlisted vendor is; null of every other."""
    route: RouteOfUsage
    """How the usage comes to it."""
    policy: str
    """The id of the policy."""
    title: str
    """Its title."""
    location: Union[ReportedLocation, None]
    """Where the manifest names the offering."""
    before: Union[ReportedStanding, None]
    """Null where it is not there now."""
    after: Union[ReportedStanding, None]
    """Null where it would not be there."""
    why: tuple[str, ...]
    """The requirements that would not be met."""


class ReportedGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that changes for the same reason."""

    causes: tuple[Cause, ...]
    """Which inputs make it change."""
    because: ReportedDifferences
    """The differences that the results rest on."""
    results: tuple[ReportedImpact, ...]
    """The worst first."""


class ReportedHindrance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a usage could not be judged."""

    message: str
    """What is wrong."""
    help: Union[str, None]
    """What to do."""
    location: Union[ReportedLocation, None]
    """Where."""


class ReportedRefusal(ReportedUsage, frozen=True):
    """A usage that can be judged now and could not be any more."""

    causes: tuple[Cause, ...]
    """Which inputs lack what it needs."""
    because: ReportedDifferences
    """The differences that it rests on."""
    problems: tuple[ReportedHindrance, ...]
    """Why."""
    judged: int
    """Results that it has now."""


class ImpactReport(DatedDocument, frozen=True):
    """What adopting another registry or other policies would do."""

    schema: Literal["vendorgate.impact/1"]
    """The format."""
    as_of: datetime.date
    """The day that both sides judge by."""
    manifests: tuple[ReportedManifest, ...]
    """What is judged."""
    not_judged: tuple[ReportedNotJudged, ...]
    """Manifests that were meant, too, and have mistakes; nothing else in the report is about them."""
    before: ReportedSide
    """Now."""
    after: ReportedSide
    """Then."""
    summary: ReportedImpactCounts
    """Counts of what changes."""
    refused: tuple[ReportedRefusal, ...]
    """What could not be judged any more, so that a check would judge nothing at all."""
    groups: tuple[ReportedGroup, ...]
    """What changes, by what it is because of; each result once."""
    without_effect: ReportedDifferences
    """What differs and changes no result."""
    notices: tuple[ReportedNotice, ...]
    """What is worth knowing."""


def render(analysis: ImpactAnalysis) -> str:
    """The report; the same analysis gives the same bytes."""
    return written(_report(analysis))


def _report(analysis: ImpactAnalysis) -> ImpactReport:
    now = analysis.before.evaluation
    return ImpactReport(
        schema="vendorgate.impact/1",
        tool=TOOL,
        as_of=now.as_of,
        manifests=inputs(now).manifests,
        not_judged=not_judged(now),
        before=_side(analysis.before),
        after=_side(analysis.after, refused=bool(analysis.refusals)),
        summary=ReportedImpactCounts(*msgspec.structs.astuple(analysis.summary)),
        refused=tuple(map(_refusal, analysis.refusals)),
        groups=tuple(map(_group, analysis.groups)),
        without_effect=_differences(analysis.without_effect),
        notices=tuple(map(notice, analysis.notices)),
    )


def _side(side: JudgedSide, refused: bool = False) -> ReportedSide:
    found = inputs(side.evaluation)
    return ReportedSide(
        policies=side.policies,
        bundle=found.bundle,
        registry_path=side.registry,
        registry=found.registry,
        agreements=found.agreements,
        verdict="refused" if refused else side.evaluation.verdict,
        summary=summary(side.evaluation),
    )


def _refusal(refusal: Refusal) -> ReportedRefusal:
    return ReportedRefusal(
        manifest=refusal.manifest.source.path,
        project=refusal.manifest.project,
        usage=refusal.usage,
        causes=refusal.causes,
        because=_differences(refusal.origins),
        problems=tuple(map(_hindrance, refusal.problems)),
        judged=refusal.judged,
    )


def _hindrance(problem: Problem) -> ReportedHindrance:
    return ReportedHindrance(problem.title, problem.help, location(problem.location))


def _group(group: ImpactGroup) -> ReportedGroup:
    return ReportedGroup(group.causes, _differences(group.origins), tuple(map(_impact, group.impacts)))


def _differences(origins: Origins) -> ReportedDifferences:
    registry = (*map(changed_cell, origins.cells), *map(changed_offering, origins.offerings))
    return ReportedDifferences(registry, tuple(map(edited, origins.edits)))


def _impact(impact: ResultImpact) -> ReportedImpact:
    result, after = impact.result, impact.after
    return ReportedImpact(
        kind=impact.kind,
        **result_fields(result.subject, result.policy),
        location=location(result.subject.location),
        before=standing(impact.before),
        after=standing(after),
        why=() if after is None else tuple(one.message for one in shortfalls(after)),
    )
