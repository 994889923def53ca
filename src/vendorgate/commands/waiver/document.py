"""The report on waivers, `vendorgate.waivers/1`, as it is written."""

from __future__ import annotations

from typing import Literal, Union

import msgspec

from ...model.report import ReportedInputs, ReportedLocation, ReportedTool
from ...model.vocabulary import RouteOfUsage
from ...model.waiver import WaiverRule, WaiverState


class ReportedFinding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One policy on one subject."""

    manifest: str
    """The path of the manifest."""
    project: str
    """The project."""
    usage: str
    """The id of the usage."""
    offering: str
    """The offering that was judged."""
    route: RouteOfUsage
    """How the usage comes to it."""
    policy: str
    """The id of the policy."""


class ReportedBreach(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule that makes the waiver void."""

    rule: WaiverRule
    """A rule of the bundle, or the waiver's own fingerprint."""
    message: str
    """What is wrong with the first of the findings, and what to do."""
    findings: tuple[ReportedFinding, ...]
    """What it does not waive because of it."""


class ReportedRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A waiver, and where it stands."""

    policy: str
    """The policies that it names."""
    project: str
    """The projects."""
    usage: str
    """The usages."""
    offering: str
    """The offerings."""
    reason: str
    """Why it was given."""
    approved_by: str
    """By whom."""
    ticket: Union[str, None]
    """Where it is tracked."""
    expires: str
    """Its last day, YYYY-MM-DD."""
    fingerprint: Union[str, None]
    """Of the finding that it was given for."""
    days_left: int
    """Until its last day; below zero where that is over."""
    state: WaiverState
    """Where it stands."""
    waives: tuple[ReportedFinding, ...]
    """What it waives."""
    void: tuple[ReportedBreach, ...]
    """Why it does not waive something else that it names."""
    location: ReportedLocation
    """Where it stands in its file."""


class ReportedStates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts of waivers by state."""

    in_use: int
    """Waive something."""
    ends_soon: int
    """Waive something, for at most 30 more days."""
    expired: int
    """Their last day is over."""
    void: int
    """Waive nothing, because they break a rule or the reasons have changed."""
    outlived: int
    """Another waiver that ends later covers all that they would."""
    unused: int
    """Meet no failing or unknown result."""


class WaiversReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The waivers of a bundle, held against manifests."""

    schema: Literal["vendorgate.waivers/1"]
    """The format."""
    tool: ReportedTool
    """What made it."""
    as_of: str
    """The day that was judged by, YYYY-MM-DD."""
    inputs: ReportedInputs
    """What was judged, by what."""
    waived: int
    """Results that a waiver covers."""
    summary: ReportedStates
    """Counts of waivers."""
    waivers: tuple[ReportedRecord, ...]
    """In the order of their file."""
