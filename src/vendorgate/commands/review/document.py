"""The JSON report on a change, `vendorgate.review/1`: its type, and what fills it.

In: a review. Out: ASCII text; JSON's own escapes keep every input harmless, on a terminal too.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal, Union

import msgspec

from ...comparison.document import (
    ReportedEdit,
    ReportedRegistryChange,
    changed_cell,
    changed_offering,
    edited,
    reported_fields,
    standing,
)
from ...comparison.model import Cause, ResultChange, ResultChangeKind
from ...comparison.registry_model import RegistryDifference
from ...model.vocabulary import Dimension, RouteOfUsage, Severity, Verdict
from ...report.document import (
    TOOL,
    DatedDocument,
    ReportedLocation,
    ReportedStanding,
    ReportedUsage,
    location,
    result_fields,
    subject_fields,
    written,
)
from ...report.json import Report, reported
from .model import Became, FolderOrigin, GoneManifest, Integration, JudgedBy, NamedCommit, NewData, Review
from .wording import is_listed


class ReportedCommit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A side of the change."""

    name: str
    """As it was given."""
    commit: Union[str, None]
    """Its id; null for an empty repository."""


class ReportedFolder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A folder that judged."""

    origin: FolderOrigin
    """The side whose commit it was read from; or a folder that git does not track, an address, or vendorgate."""
    path: str
    """Where it is there."""


class ReportedJudges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What judged head."""

    side: Literal["base", "head"]
    """Whose policies, waivers, agreements and registry."""
    policies: ReportedFolder
    """The policies, with waivers and agreements."""
    registry: ReportedFolder
    """The evidence."""


class ReportedCounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts; all but `gone` and `blocking` add up to the results of head."""

    new: int
    """Results that were not there, with something wrong."""
    worse: int
    """Results that got worse."""
    better: int
    """Results with less wrong than before."""
    fixed: int
    """Results with nothing wrong any more."""
    unchanged: int
    """All other results."""
    gone: int
    """Results that had something wrong and are not there any more."""
    blocking: int
    """Results and manifests gone that block in this review."""


class ReportedChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One policy on one subject, before and after."""

    change: ResultChangeKind
    """What became of it."""
    causes: tuple[Cause, ...]
    """Which inputs made it change; empty where it did not."""
    wider: tuple[str, ...]
    """Where something is wrong before and after: what is wider, or for which reasons more it falls short."""
    manifest: str
    """The path of the manifest now, or where it was at last."""
    previous_manifest: Union[str, None]
    """Its path before; null where the result was not there."""
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
    """Null where it was not there."""
    after: Union[ReportedStanding, None]
    """Null where it is gone."""


class ReportedWatchOut(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cell that is not a clean public yes."""

    dimension: Dimension
    """The dimension."""
    concerns: tuple[str, ...]
    """Why not."""


class ReportedIntegration(ReportedUsage, frozen=True):
    """An offering that a usage did not use before."""

    offering: str
    """The offering."""
    account: Union[str, None]
    """Which account at the vendor; null where the manifest names none."""
    vendor: Union[str, None]
    """Who an unlisted vendor is; null of every other."""
    name: str
    """Its name."""
    route: RouteOfUsage
    """How the usage comes to it."""
    data: tuple[str, ...]
    """The data classes that it gets."""
    location: Union[ReportedLocation, None]
    """Where the manifest names it."""
    watch_outs: tuple[ReportedWatchOut, ...]
    """What to look at before it is used."""


class ReportedNewData(ReportedUsage, frozen=True):
    """Data classes that a usage did not send before."""

    data: tuple[str, ...]
    """The classes."""


class ReportedGone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A manifest that was judged before the change and is not any more, or of whose usages none is left."""

    manifest: str
    """Where it was at last."""
    became: Became
    """What the change made of it."""
    moved_to: Union[str, None]
    """Where it is now; null where it is nowhere, or where it was."""
    usages: tuple[str, ...]
    """The ids of the usages that it had."""
    elsewhere: dict[str, tuple[str, ...]]
    """Those that stand in other manifests of the same project now, by the path of the manifest."""
    severity: Severity
    """As the bundle that judges says."""
    blocks: bool
    """Whether it fails the review."""


class ReportedEdits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the change edits of what judges."""

    in_force: bool
    """Whether the edits count in this review."""
    files: tuple[str, ...]
    """Files that differ."""
    edits: tuple[ReportedEdit, ...]
    """Policies, waivers, agreements and settings of the bundle."""
    registry: tuple[ReportedRegistryChange, ...]
    """The registry."""


class ReviewReport(DatedDocument, frozen=True):
    """A change, judged."""

    schema: Literal["vendorgate.review/1"]
    """The format."""
    as_of: datetime.date
    """The day that head was judged by."""
    base_as_of: datetime.date
    """The day that the results before the change are of."""
    base: ReportedCommit
    """What the change is to go into."""
    merge_base: Union[str, None]
    """The commit at which the change began, and from which its results before are; null where there is none."""
    head: ReportedCommit
    """What the change comes to."""
    judged_by: ReportedJudges
    """What judged head."""
    new_only: bool
    """Whether only what is new or worse blocks."""
    verdict: Verdict
    """Incomplete as soon as one manifest was not judged, else fail as soon as anything blocks in this review."""
    summary: ReportedCounts
    """Counts."""
    changes: tuple[ReportedChange, ...]
    """All but what is unchanged with nothing wrong."""
    integrations: tuple[ReportedIntegration, ...]
    """Offerings that usages did not use before."""
    data: tuple[ReportedNewData, ...]
    """Data classes that usages did not send before."""
    gone: tuple[ReportedGone, ...]
    """Manifests that left the review."""
    edits: ReportedEdits
    """What the change edits of what judges."""
    report: Report
    """On head, as a check writes it; a result blocks where it does in this review."""


def render(review: Review) -> str:
    """The report; the same review gives the same bytes."""
    return written(_report(review))


def _report(review: Review) -> ReviewReport:
    return ReviewReport(
        schema="vendorgate.review/1",
        tool=TOOL,
        as_of=review.evaluation.as_of,
        base_as_of=review.base_as_of,
        base=_commit(review.base),
        merge_base=review.parting,
        head=_commit(review.head),
        judged_by=_judges(review.judges, review.trust_head),
        new_only=review.new_only,
        verdict=review.verdict,
        summary=ReportedCounts(*msgspec.structs.astuple(review.summary)),
        changes=tuple(_change(change) for change in review.changes if is_listed(change)),
        integrations=tuple(_integration(one) for one in review.integrations),
        data=tuple(_data(one) for one in review.data),
        gone=tuple(_gone(one) for one in review.gone),
        edits=_edits(review),
        report=reported(review.evaluation),
    )


def _commit(named: NamedCommit) -> ReportedCommit:
    return ReportedCommit(named.name, named.commit)


def _judges(judges: JudgedBy, trust_head: bool) -> ReportedJudges:
    return ReportedJudges(
        "head" if trust_head else "base",
        ReportedFolder(judges.policies, judges.policies_path),
        ReportedFolder(judges.registry, judges.registry_path),
    )


def _change(change: ResultChange) -> ReportedChange:
    result, before = change.result, change.before
    return ReportedChange(
        change=change.kind,
        causes=change.causes,
        wider=change.wider,
        **result_fields(result.subject, result.policy),
        previous_manifest=None if before is None else before.subject.manifest.source.path,
        location=location(result.subject.location),
        before=standing(before),
        after=standing(change.after),
    )


def _integration(one: Integration) -> ReportedIntegration:
    subject = one.subject
    return ReportedIntegration(
        **subject_fields(subject),
        name=subject.offering.written.name,
        data=one.data,
        location=location(subject.location),
        watch_outs=tuple(ReportedWatchOut(*pair) for pair in one.watch_outs.items()),
    )


def _data(one: NewData) -> ReportedNewData:
    manifest = one.subject.manifest
    return ReportedNewData(manifest.source.path, manifest.project, one.subject.usage, one.data)


def _gone(one: GoneManifest) -> ReportedGone:
    elsewhere = dict(one.elsewhere)
    return ReportedGone(one.manifest, one.became, one.moved_to, one.usages, elsewhere, one.severity, one.blocks)


def _edits(review: Review) -> ReportedEdits:
    edits = review.edits
    registry = () if edits.registry is None else tuple(_registry(edits.registry))
    return ReportedEdits(edits.in_force, edits.files, tuple(edited(one) for one in edits.edits), registry)


def _registry(found: RegistryDifference) -> Iterator[ReportedRegistryChange]:
    for one in found.snapshot:
        yield ReportedRegistryChange(None, None, "changed", one.direction, reported_fields((one,)))
    yield from map(changed_offering, found.offerings)
    yield from map(changed_cell, found.cells)
