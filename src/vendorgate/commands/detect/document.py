"""What was detected as JSON, `vendorgate.detect/1`: its types, and what fills them.

In: a detection. Out: ASCII text.
"""

from __future__ import annotations

import datetime
import posixpath
from typing import Literal, Union

import msgspec

from ...detection.model import DetectedOffering, Finding, Status
from ...detection.sighting import Kind
from ...drift.model import Drift, DriftFound, Suppressed
from ...model.detect import DriftKind
from ...model.result import Notice
from ...model.vocabulary import Severity, Verdict
from ...report.document import (
    TOOL,
    JsonDocument,
    ReportedLocation,
    ReportedNotice,
    ReportedNotJudged,
    not_judged,
    notice,
    place,
    written,
)
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


class ReportedDrift(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One difference between what code does and what a manifest declares."""

    kind: DriftKind
    """How they differ."""
    severity: Severity
    """How much it matters, by the bundle."""
    blocks: bool
    """Whether it reaches the threshold."""
    message: str
    """The difference in words."""
    help: str
    """What to do."""
    location: ReportedLocation
    """The first place that shows it, with a path from `root`."""
    places: tuple[ReportedLocation, ...]
    """Every place of the code that shows it."""
    manifest: Union[str, None]
    """The manifest that covers the code, from `root`; null where none does."""
    offering: Union[str, None]
    """Whom it is about."""
    vendor: Union[str, None]
    """Whom it is about where that is no offering."""
    names: tuple[str, ...]
    """Endpoints, models, regions or settings that it is about."""


class ReportedSuppressed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A difference that an exception of the bundle or a comment in the code suppresses."""

    by: Literal["exception", "comment"]
    """What suppresses it."""
    reason: str
    """Why."""
    expires: Union[datetime.date, None]
    """The last day on which it counts; null: it has no end."""
    location: ReportedLocation
    """Of the exception or the comment."""
    drift: ReportedDrift
    """As it would be."""


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
    verdict: Union[Verdict, None]
    """Of holding code against manifests; null where nobody asked."""
    as_of: Union[datetime.date, None]
    """The day of that."""
    not_judged: tuple[ReportedNotJudged, ...]
    """Manifests that were meant and have mistakes."""
    drift: tuple[ReportedDrift, ...]
    """Where code and manifests differ, by place."""
    suppressed: tuple[ReportedSuppressed, ...]
    """Differences that are suppressed."""
    notices: tuple[ReportedNotice, ...]
    """What is worth knowing of exceptions and comments."""


def render(found: Detected) -> str:
    """The report; the same files give the same bytes."""
    seen, against, root = found.detection, found.against, found.root
    came = DriftFound(()) if against is None else against.found
    return written(
        DetectReport(
            schema="vendorgate.detect/1",
            tool=TOOL,
            root=found.root.rstrip("/"),
            files=ReportedFiles(seen.scanned, sum(one.count for one in seen.skipped)),
            skipped=tuple(ReportedSkipped(one.path.removeprefix(found.root), one.reason) for one in seen.skipped),
            offerings=tuple(map(_offering, seen.offerings)),
            findings=tuple(_finding(one, found.root) for one in seen.findings),
            verdict=None if against is None else against.verdict,
            as_of=None if against is None else against.evaluation.as_of,
            not_judged=() if against is None else not_judged(against.evaluation),
            drift=tuple(_drift(one, root) for one in came.drift),
            suppressed=tuple(_suppressed(one, root) for one in came.suppressed),
            notices=tuple(_notice(one, root) for one in came.notices),
        )
    )


def _offering(one: DetectedOffering) -> ReportedOffering:
    return ReportedOffering(
        one.offering, one.vendor, one.status, one.endpoints, one.models, one.regions, one.recipients
    )


def _finding(one: Finding, root: str) -> ReportedFinding:
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
        location=place(_below(one.location, root)),
    )


def _drift(one: Drift, root: str) -> ReportedDrift:
    return ReportedDrift(
        kind=one.kind,
        severity=one.severity,
        blocks=one.blocks,
        message=one.message,
        help=one.help,
        location=place(_below(one.location, root)),
        places=tuple(place(_below(at, root)) for at in one.places),
        manifest=None if one.manifest is None else _path(one.manifest, root),
        offering=one.offering,
        vendor=one.vendor,
        names=one.names,
    )


def _suppressed(one: Suppressed, root: str) -> ReportedSuppressed:
    return ReportedSuppressed(
        by=one.by,
        reason=one.reason,
        expires=one.expires,
        location=place(_below(one.location, root)),
        drift=_drift(one.drift, root),
    )


def _notice(one: Notice, root: str) -> ReportedNotice:
    at = one.location
    return notice(one if at is None else msgspec.structs.replace(one, where=_below(at, root)))


def _below(at: Location, root: str) -> Location:
    return msgspec.structs.replace(at, path=_path(at.path, root))


def _path(path: str, root: str) -> str:
    """A path from the root, which may be above it: manifests and bundles stand where they stand."""
    if not root or path.startswith((root, "/")) or root.startswith("/"):
        return path.removeprefix(root)
    return posixpath.relpath(path, root)
