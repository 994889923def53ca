"""What was detected as JSON, `vendorgate.detect/1`: its types, and what fills them.

In: a detection. Out: ASCII text.
"""

from __future__ import annotations

from typing import Literal, Union

import msgspec

from ...detection.model import DetectedOffering, Finding, Status
from ...detection.sighting import Kind
from ...report.document import TOOL, JsonDocument, ReportedLocation, place, written
from ...source import Location
from .model import Detected


class ReportedFiles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much was looked at."""

    scanned: int
    """Files that were looked at."""
    skipped: int
    """Files that were passed over, or of which a part was."""


class ReportedSkipped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that was passed over."""

    path: str
    """From `root`."""
    reason: str
    """Why."""


class ReportedOffering(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What all findings of one offering or vendor come to."""

    offering: Union[str, None]
    """The id in the registry or the bundle; null where none has it, or the code does not tell it."""
    vendor: Union[str, None]
    """Who it is then; `openai-compatible` where the host is not known, `self-hosted` for what runs on our machines."""
    status: Status
    """What the use is for: the weightiest of its findings'."""
    endpoints: tuple[str, ...]
    """As the registry names them."""
    models: tuple[str, ...]
    """As the provider names them."""
    regions: tuple[str, ...]
    """As the platform names them."""
    recipients: tuple[str, ...]
    """Who else gets the prompts."""


class ReportedSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a call or a configuration sets what a manifest may declare otherwise."""

    name: str
    """As the vendor calls it."""
    value: Union[str, bool, int, float]
    """Its value."""


class ReportedFinding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One place at which a use is seen."""

    offering: Union[str, None]
    """The id in the registry or the bundle."""
    vendor: Union[str, None]
    """Who it is where no offering is."""
    status: Status
    """What it is for."""
    kind: Kind
    """What was seen."""
    endpoint: Union[str, None]
    """As the registry names it."""
    model: Union[str, None]
    """As the provider names it."""
    region: Union[str, None]
    """As the platform names it."""
    settings: tuple[ReportedSetting, ...]
    """What it sets."""
    via: Union[str, None]
    """The gateway that it passes through."""
    location: ReportedLocation
    """Where, with a path from `root`."""


class DetectReport(JsonDocument, frozen=True):
    """Which AI vendors code uses, and where. A finding is evidence of use, its absence no proof of anything."""

    schema: Literal["vendorgate.detect/1"]
    """The format."""
    root: str
    """The folder that all paths are below; empty for the working directory."""
    files: ReportedFiles
    """How much was looked at."""
    skipped: tuple[ReportedSkipped, ...]
    """By path."""
    offerings: tuple[ReportedOffering, ...]
    """By name."""
    findings: tuple[ReportedFinding, ...]
    """By path, line and column."""


def render(found: Detected) -> str:
    """The report; the same files give the same bytes."""
    seen = found.detection
    return written(
        DetectReport(
            schema="vendorgate.detect/1",
            tool=TOOL,
            root=found.root.rstrip("/"),
            files=ReportedFiles(seen.scanned, len(seen.skipped)),
            skipped=tuple(ReportedSkipped(one.path.removeprefix(found.root), one.reason) for one in seen.skipped),
            offerings=tuple(map(_offering, seen.offerings)),
            findings=tuple(_finding(one, found.root) for one in seen.findings),
        )
    )


def _offering(one: DetectedOffering) -> ReportedOffering:
    return ReportedOffering(
        one.offering, one.vendor, one.status, one.endpoints, one.models, one.regions, one.recipients
    )


def _finding(one: Finding, root: str) -> ReportedFinding:
    at = one.location
    below = Location(at.path.removeprefix(root), at.line, at.column, at.width)
    settings = tuple(ReportedSetting(setting.name, setting.value) for setting in one.settings)
    return ReportedFinding(
        offering=one.offering,
        vendor=one.vendor,
        status=one.status,
        kind=one.kind,
        endpoint=one.endpoint,
        model=one.model,
        region=one.region,
        settings=settings,
        via=one.via,
        location=place(below),
    )
