"""The JSON report on an adoption, `vendorgate.impact/1`, as it is written."""

from __future__ import annotations

from typing import Literal, Union

import msgspec

from ...comparison.document import ReportedEdit, ReportedRegistryChange, ReportedStanding
from ...comparison.model import Cause
from ...model.report import (
    ReportedBundle,
    ReportedLocation,
    ReportedManifest,
    ReportedNotice,
    ReportedRegistry,
    ReportedSummary,
    ReportedTool,
)
from ...model.vocabulary import RouteOfUsage
from .model import ImpactKind


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
    """As a check would have it; refused where there is a usage that it could not judge."""
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


class ReportedProblem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a usage could not be judged."""

    message: str
    """What is wrong."""
    help: Union[str, None]
    """What to do."""
    location: Union[ReportedLocation, None]
    """Where."""


class ReportedRefusal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A usage that can be judged now and could not be any more."""

    manifest: str
    """The path of the manifest."""
    project: str
    """The project."""
    usage: str
    """The id of the usage."""
    causes: tuple[Cause, ...]
    """Which inputs lack what it needs."""
    because: ReportedDifferences
    """The differences that it rests on."""
    problems: tuple[ReportedProblem, ...]
    """Why."""
    judged: int
    """Results that it has now."""


class ImpactReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What adopting another registry or other policies would do."""

    schema: Literal["vendorgate.impact/1"]
    """The format."""
    tool: ReportedTool
    """What made it."""
    as_of: str
    """The day that both sides judge by, YYYY-MM-DD."""
    manifests: tuple[ReportedManifest, ...]
    """What is judged."""
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
