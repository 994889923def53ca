"""What a change does to results, and what it edits of what judges."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Literal

import msgspec

from ...comparison.model import Edit, ResultChange
from ...comparison.registry_model import RegistryDifference
from ...model.evaluation import Evaluation
from ...model.subject import Subject
from ...model.vocabulary import Dimension, Severity, Verdict

Became = Literal["removed", "moved", "emptied"]
"""What a change made of a manifest that is not judged any more."""
FolderOrigin = Literal["base", "head", "disk", "address", "built-in"]
"""Where policies or a registry are read from: a commit, a folder that git does not track, an address, or vendorgate."""


class Integration(msgspec.Struct, frozen=True):
    """An offering that a usage did not use before."""

    subject: Subject
    data: tuple[str, ...]
    watch_outs: Mapping[Dimension, tuple[str, ...]]
    """What is not a clean public yes, and why; by the registry that judges."""


class NewData(msgspec.Struct, frozen=True):
    """Data classes that a usage did not send before."""

    subject: Subject
    """The usage's own route."""
    data: tuple[str, ...]


class GoneManifest(msgspec.Struct, frozen=True):
    """A manifest that was judged before the change and is not any more, or of whose usages none is left."""

    manifest: str
    """Where it was at last, as it is shown."""
    became: Became
    moved_to: str | None
    """Where it is now, under a name by which no manifest is found."""
    usages: tuple[str, ...]
    """The usages that it had; none where it was not valid."""
    elsewhere: Mapping[str, tuple[str, ...]]
    """Those that stand in other manifests of the same project now, by the path of the manifest."""
    severity: Severity
    blocks: bool


class Edits(msgspec.Struct, frozen=True):
    """Everything that judges and that the change edits."""

    edits: tuple[Edit, ...] = ()
    registry: RegistryDifference | None = None
    """None where the registry is as it was, or cannot be read."""
    files: tuple[str, ...] = ()
    """Paths of the files that differ, policies first."""
    in_force: bool = False
    """Whether the edits count in this review."""


class NamedCommit(msgspec.Struct, frozen=True):
    """A commit by the name that was given, and by its id."""

    name: str
    commit: str | None
    """None: nothing at all, an empty repository."""


class JudgedBy(msgspec.Struct, frozen=True):
    """Where what judges head comes from."""

    policies: FolderOrigin
    policies_path: str
    registry: FolderOrigin
    registry_path: str


class ReviewSummary(msgspec.Struct, frozen=True):
    """Counts of changes by kind, and of what blocks; all but `gone` add up to the results of head."""

    new: int
    worse: int
    better: int
    fixed: int
    unchanged: int
    gone: int
    blocking: int


class Review(msgspec.Struct, frozen=True, dict=True):
    """A change, judged."""

    base: NamedCommit
    parting: str | None
    """The commit at which the change began."""
    head: NamedCommit
    judges: JudgedBy
    trust_head: bool
    new_only: bool
    """Whether only what is new or worse blocks."""
    base_as_of: datetime.date
    """The day that the results before the change are of."""
    evaluation: Evaluation
    """Of head; a result blocks where it counts in this review."""
    changes: tuple[ResultChange, ...]
    """In the order of head's results, then what is gone."""
    integrations: tuple[Integration, ...]
    data: tuple[NewData, ...]
    edits: Edits
    gone: tuple[GoneManifest, ...] = ()
    """Manifests that left the review; each is a notice of `evaluation`, too."""

    @cached_property
    def summary(self) -> ReviewSummary:
        kinds = Counter(change.kind for change in self.changes)
        return ReviewSummary(
            new=kinds["new"],
            worse=kinds["worse"],
            better=kinds["better"],
            fixed=kinds["fixed"],
            unchanged=kinds["unchanged"],
            gone=kinds["gone"],
            blocking=self.evaluation.summary.blocking,
        )

    @property
    def verdict(self) -> Verdict:
        """Of head, in this review."""
        return self.evaluation.verdict
