"""What a bundle says of detection: what of it is held against manifests, how much that matters, what is excepted."""

import datetime
from collections.abc import Mapping
from typing import Annotated, Final, Literal, get_args

import msgspec
from msgspec import UNSET, Meta, UnsetType

from ..source import Source
from .projects import PathGlob
from .text import Text

UseStatus = Literal["used", "optional", "test", "tooling", "ci", "docs", "dependency", "self_hosted"]
"""What a use is for: the product itself; a choice of whoever runs it; tests, tools, pipelines, documentation; only
depended on; on machines of one's own."""
DriftKind = Literal[
    "undeclared-offering",
    "undeclared-endpoint",
    "undeclared-model",
    "region-mismatch",
    "route-mismatch",
    "setting-mismatch",
    "undeclared-recipient",
    "not-in-a-project",
    "declared-not-found",
]
"""How code and manifest can differ."""
DriftSeverity = Literal["error", "warning", "note", "off"]
DRIFT_KINDS: Final[tuple[DriftKind, ...]] = get_args(DriftKind)
DRIFT_SEVERITIES: Final[tuple[DriftSeverity, ...]] = ("off", "note", "warning", "error")
"""From the least."""
_BY_DEFAULT: Final[Mapping[DriftKind, DriftSeverity]] = {
    **dict.fromkeys(DRIFT_KINDS, "warning"),
    "declared-not-found": "note",
}


def severity_of(kind: DriftKind, written: Mapping[DriftKind, DriftSeverity]) -> DriftSeverity:
    """How much a kind matters, by what is written or by default."""
    return written.get(kind, _BY_DEFAULT[kind])


class ExceptionEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What code may do although no manifest declares it; `path` or `offering`, or both, say what is meant."""

    reason: Text
    """Why it may."""
    path: PathGlob | UnsetType = UNSET
    """Files, from the root of the repository; `*` stays within a segment, `**` crosses. Left out: every file."""
    offering: Text | UnsetType = UNSET
    """An offering, or a vendor as `vendorgate detect` calls it; or a glob. Left out: any."""
    expires: datetime.date | UnsetType = UNSET
    """The last day on which it excepts; left out: it has no end."""


class CommentRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That comments in code can suppress what is found on their line, and for how long."""

    max_days: Annotated[int, Meta(ge=1)]
    """The most days, from the day that is judged by, that a comment may still run. Each says until when it holds."""


class DetectSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of detection: how code and manifests are held against each other."""

    statuses: Annotated[tuple[UseStatus, ...], Meta(min_length=1)] = ("used", "optional")
    """Uses that a manifest must declare; others are only shown."""
    severity: dict[DriftKind, DriftSeverity] = {}
    """By what differs: how much it matters, or `"off"`. What is not named is a warning, `declared-not-found` a note."""
    exceptions: tuple[ExceptionEntry, ...] = msgspec.field(name="except", default=())
    """What code may do although no manifest declares it; each is reported, those that nothing needs, too."""
    comments: CommentRules | UnsetType = UNSET
    """Whether comments in code can suppress what is found on their line; left out: none does."""


class DetectException(msgspec.Struct, frozen=True):
    """An exception, and where it stands."""

    written: ExceptionEntry
    source: Source
    index: int


class DetectRules(msgspec.Struct, frozen=True):
    """What a bundle says of detection, checked."""

    statuses: tuple[UseStatus, ...] = ("used", "optional")
    severity: Mapping[DriftKind, DriftSeverity] = {}
    """As it is written: `severity_of` says what it comes to."""
    exceptions: tuple[DetectException, ...] = ()
    comment_days: int | None = None
    """The most days that a comment in code may still run; None: no comment suppresses anything."""
