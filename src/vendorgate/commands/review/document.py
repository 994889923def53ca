"""The JSON report on a change, `vendorgate.review/1`, as it is written."""

from __future__ import annotations

from typing import Literal, Union

import msgspec

from ...comparison.document import ReportedEdit, ReportedRegistryChange, ReportedStanding
from ...comparison.model import Cause, ChangeKind
from ...model.report import Report, ReportedLocation, ReportedTool
from ...model.vocabulary import Dimension, RouteOfUsage, Severity, Verdict
from .model import Became, Origin


class ReportedCommit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A side of the change."""

    name: str
    """As it was given."""
    commit: Union[str, None]
    """Its id; null for an empty repository."""


class ReportedFolder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A folder that judged."""

    origin: Origin
    """The side whose commit it was read from; or a folder that git does not track, or what comes with vendorgate."""
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

    change: ChangeKind
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


class ReportedIntegration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An offering that a usage did not use before."""

    manifest: str
    """The path of the manifest."""
    project: str
    """The project."""
    usage: str
    """The id of the usage."""
    offering: str
    """The offering."""
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


class ReportedNewData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Data classes that a usage did not send before."""

    manifest: str
    """The path of the manifest."""
    project: str
    """The project."""
    usage: str
    """The id of the usage."""
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


class ReviewReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A change, judged."""

    schema: Literal["vendorgate.review/1"]
    """The format."""
    tool: ReportedTool
    """What made it."""
    as_of: str
    """The day that head was judged by, YYYY-MM-DD."""
    base_as_of: str
    """The day that the results before the change are of, YYYY-MM-DD."""
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
