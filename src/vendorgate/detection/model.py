"""What was detected: findings with their places, and what they come to by offering.

In: nothing. Out: the nouns of `Detection`, which the command's formats and drift read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import msgspec

from ..model.detect import UseStatus
from ..source import Location
from .sighting import Kind, Setting

Status: TypeAlias = UseStatus
"""What the use is for, as a bundle names it; the weightiest first."""


class Finding(msgspec.Struct, frozen=True):
    """One place at which a use is seen. Exactly one of offering and vendor is there."""

    offering: str | None
    """The id in the registry or the bundle."""
    vendor: str | None
    """Who it is where no offering of that id is listed, or where the place does not tell which of several it is."""
    status: Status
    kind: Kind
    location: Location
    endpoint: str | None = None
    model: str | None = None
    region: str | None = None
    settings: tuple[Setting, ...] = ()
    via: str | None = None
    """The gateway that it passes through."""
    is_recipient: bool = False
    """Whether it gets prompts beside the model's host."""
    token: str = ""
    """What stands there: a name or a host, never a value that could be a secret."""

    @property
    def name(self) -> str:
        """Of the offering or the vendor."""
        return self.offering or self.vendor or ""


class DetectedOffering(msgspec.Struct, frozen=True):
    """What all findings of one offering or vendor come to."""

    offering: str | None
    vendor: str | None
    status: Status
    """The weightiest of its findings'."""
    endpoints: tuple[str, ...]
    models: tuple[str, ...]
    regions: tuple[str, ...]
    recipients: tuple[str, ...]
    """Who gets its prompts beside, as far as files say it that use it."""

    @property
    def name(self) -> str:
        """Of the offering or the vendor."""
        return self.offering or self.vendor or ""


class Skipped(msgspec.Struct, frozen=True):
    """A file that was passed over."""

    path: str
    reason: str
    """In a word or two: `binary`, `minified`, `over 2 MiB`, `does not parse`."""
    names_somebody: bool = False
    """Whether it may name somebody, for all that anybody can tell."""
    count: int = 1
    """How many files are meant: of a folder more."""


class Commented(msgspec.Struct, frozen=True):
    """A line that holds the word `vendorgate:` in a file with findings, for what is suppressed in code."""

    location: Location
    text: str
    """The line."""


class Detection(msgspec.Struct, frozen=True):
    """Everything that was detected below a folder."""

    scanned: int
    """Files that were looked at, whether or not they name anybody."""
    skipped: tuple[Skipped, ...]
    offerings: tuple[DetectedOffering, ...]
    """By name."""
    findings: tuple[Finding, ...]
    """By path, line and column."""
    comments: tuple[Commented, ...] = ()

    @property
    def by_name(self) -> Mapping[str, Sequence[Finding]]:
        """The findings of each offering or vendor, by its name."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for one in self.findings:
            found[one.name].append(one)
        return found
