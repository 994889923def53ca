"""What a lint finds in a policy, and how it can be mended."""

from __future__ import annotations

from typing import Literal, Union

import msgspec

from ...logic import Json
from ...source import Location, Path, Source

LintId = Literal[
    "never-applies",
    "always-applies",
    "never-fails",
    "never-passes",
    "constant-condition",
    "duplicate-policy",
    "shadowed-policy",
    "duplicate-requirement",
    "repeated-word",
    "redundant-operator",
    "missing-remediation",
    "missing-references",
    "misspelt-control",
    "missing-tests",
    "no-failing-test",
    "hidden-unknown",
    "unknown-passes",
    "negated-declaration",
    "negated-order",
    "future-day",
    "known-setting",
    "truth-of-setting",
    "loose-setting",
    "unbounded-setting",
    "denied-setting",
    "part-of-text",
    "negated-coverage",
    "claim-not-agreement",
    "unused-data-class",
    "misspelt-fact",
    "unobserved-account",
    "unused-exception",
]


class Put(msgspec.Struct, frozen=True):
    """A fix: another rule in the place of one."""

    place: Path
    rule: Json


class Remove(msgspec.Struct, frozen=True):
    """A fix: an entry of a list that goes."""

    place: Path


Fix = Union[Put, Remove]


class LintFinding(msgspec.Struct, frozen=True):
    """One thing that a lint found."""

    id: LintId
    message: str
    help: str
    source: Source
    place: Path
    policy: str | None = None
    """The id of the policy that it is about."""
    fix: Fix | None = None
    """What mends it without a doubt."""
    at_key: bool = False
    """Whether the key at `place` is meant, not its value."""

    @property
    def location(self) -> Location:
        return self.source.locate(self.place, key=self.at_key)

    @property
    def more(self) -> str:
        """The command that prints the page of the lint."""
        return f"vendorgate policy lint --explain {self.id}"


class LintRun(msgspec.Struct, frozen=True):
    """What was found, and what was not said because somebody switched it off."""

    findings: tuple[LintFinding, ...]
    """By file and line."""
    excepted: int
    """Findings that an exception of the bundle covers."""
    policies: int
    """Those that were looked at, those over all usages of a fleet among them."""
    fixed: int = 0
    """Findings that have been mended and are not among them."""
