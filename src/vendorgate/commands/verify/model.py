"""Whether a report can be reproduced, and what differs."""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

from ...archive.reading import MemberFault
from ...logic import Json
from ...model.vocabulary import FailOn, Verdict

VerifyOutcome = Literal[
    "holds", "tampered", "other-version", "other-form", "other-threshold", "other-inputs", "differs"
]
DivergenceKind = Literal[
    "version",
    "manifest",
    "bundle",
    "registry",
    "agreements",
    "verdict",
    "not-judged",
    "summary",
    "result",
    "usage",
    "notice",
    "order",
    "form",
]


class Divergence(msgspec.Struct, frozen=True):
    """One thing that a report says and a new check does not, or says otherwise."""

    what: DivergenceKind
    name: str
    """Which one; empty where there is only one."""
    field: str
    """What of it, as a path; empty where all of it is there on one side only."""
    recorded: Json
    """As the report has it; None where it does not."""
    found: Json
    """As a check has it now."""


class PackFindings(msgspec.Struct, frozen=True):
    """An evidence pack, held against its own digests and against what follows from its inputs."""

    verdict: Verdict
    """As the pack says."""
    members: int
    faults: tuple[MemberFault, ...]
    """Members that are not as they should be, by name."""
    not_compared: tuple[str, ...] = ()
    """Members that follow from the inputs, and were made by another version, which may word them otherwise."""


class Verification(msgspec.Struct, frozen=True):
    """A report, compared with a new check of its inputs.

    `holds`: byte for byte. `other-version`: in all but the version of the tool that made it. `other-form`: in what it
    says, but not in how it is written. `other-threshold`: with a stricter threshold. `other-inputs`: a manifest, the
    policies or the registry are not those of the report, so that nothing is known of it. `differs`: the inputs are the
    same, and the report says something else. Of an evidence pack alone: `tampered`: a member is not the one that the
    pack lists; and `differs` where any member does not follow from the inputs.
    """

    path: str
    """Of the report, as it was named."""
    sha256: str
    """Of its bytes."""
    version: str
    """Of the tool that made it, as it says."""
    as_of: datetime.date
    outcome: VerifyOutcome
    divergences: tuple[Divergence, ...]
    """The most useful first."""
    fail_on: FailOn | None = None
    """The threshold with which it holds."""
    packs: tuple[str, ...] = ()
    """Packs that have policies which the report has and these inputs lack."""
    as_of_given: bool = False
    """Whether somebody chose the day, as the report says."""
    repository: str | None = None
    """Of the manifests, as the report says."""
    said: tuple[str, ...] = ()
    """Ids of notices about where policies were found, as the report says."""
    source: str | None = None
    """Where the policies are kept, as the report says; None where it does not, or these are from there."""
    pack: PackFindings | None = None
    """What was found of an evidence pack; None: a report was verified."""
