"""What a bundle says of detection: what of it is held against manifests, how much that matters, what is excepted."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, Final, Literal, get_args

import msgspec
from msgspec import UNSET, Meta, UnsetType

from ..source import Source
from .projects import PATH_GLOB, PATH_GLOB_WORDS
from .text import Text

UseStatus = Literal["used", "optional", "test", "tooling", "ci", "docs", "dependency", "self_hosted"]
"""What a use is for: the product itself; a choice of whoever runs it; tests, tools, pipelines, documentation; only
depended on; on machines of one's own."""
BY_THE_PRODUCT: Final[tuple[UseStatus, ...]] = ("used", "optional")
"""Uses of the product itself, whether or not somebody chooses them."""
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
    "code-not-read",
]
"""How code and manifest can differ."""
DriftSeverity = Literal["error", "warning", "note", "off"]
DRIFT_KINDS: Final[tuple[DriftKind, ...]] = get_args(DriftKind)
NOTICES_OF_CODE: Final = frozenset(
    (
        *DRIFT_KINDS,
        "drift-suppressed",
        "drift-off",
        "expired-exception",
        "unused-exception",
        "comment-not-obeyed",
        "unused-comment",
    )
)
"""What is said where code is held against manifests."""
DRIFT_SEVERITIES: Final[tuple[DriftSeverity, ...]] = ("off", "note", "warning", "error")
"""From the least."""
_NEED_A_DECLARATION: Final[tuple[DriftKind, ...]] = (
    "undeclared-endpoint",
    "undeclared-model",
    "region-mismatch",
    "setting-mismatch",
)
"""Kinds that a use can have only where somebody declares it."""
_OF_NOBODY: Final[tuple[DriftKind, ...]] = ("route-mismatch", "undeclared-recipient", "not-in-a-project")
"""Kinds of uses that nobody declares, beside `undeclared-offering`."""


def severity_of(kind: DriftKind, written: Mapping[DriftKind, DriftSeverity]) -> DriftSeverity:
    """How much a kind matters, by what is written or by default.

    What nobody declares matters as much as the worst that a declaration of it could be found wrong in, unless it is
    written otherwise: else a project would get rid of an error by declaring less.
    """
    if kind in written:
        return written[kind]
    if kind == "declared-not-found":
        return "note"
    if kind in _OF_NOBODY:
        return severity_of("undeclared-offering", written)
    if kind != "undeclared-offering":
        return "warning"
    others = (written[one] for one in _NEED_A_DECLARATION if one in written)
    return max(("warning", *others), key=DRIFT_SEVERITIES.index)


class ExceptionEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What code may do although no manifest declares it; `path` or `offering`, or both, say what is meant."""

    reason: Text
    """Why it may."""
    path: Annotated[str, Meta(pattern=PATH_GLOB, description=PATH_GLOB_WORDS)] | UnsetType = UNSET
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

    statuses: Annotated[tuple[UseStatus, ...], Meta(min_length=1)] = BY_THE_PRODUCT
    """Uses that a manifest must declare; others are only shown."""
    severity: dict[DriftKind, DriftSeverity] = {}
    """By what differs: how much it matters, or `"off"`. What is not named is a warning, `declared-not-found` a note;
    but `undeclared-offering` is no less than any of endpoint, model, region and setting that is named, and
    `route-mismatch`, `undeclared-recipient` and `not-in-a-project` are what `undeclared-offering` is."""
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

    statuses: tuple[UseStatus, ...] = BY_THE_PRODUCT
    severity: Mapping[DriftKind, DriftSeverity] = {}
    """As it is written: `severity_of` says what it comes to."""
    exceptions: tuple[DetectException, ...] = ()
    comment_days: int | None = None
    """The most days that a comment in code may still run; None: no comment suppresses anything."""
