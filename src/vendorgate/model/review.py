"""What a change does to the results, and what it would change about the judging."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

import msgspec

from .difference import Difference
from .evaluation import Evaluation
from .result import Result
from .subject import Subject
from .vocabulary import Dimension, Severity, Verdict

ChangeKind = Literal["new", "worse", "better", "fixed", "unchanged", "gone"]
Cause = Literal["manifest", "policy", "registry", "agreement", "waiver", "staleness"]
"""Which input made a result change; `staleness`: evidence that aged, or lost the confidence that is demanded."""
Effect = Literal["weaker", "stricter", "changed"]
"""What an edit does to the gate: lets more pass, or less; `changed` where nobody can say without reading."""
EditKind = Literal["added", "removed", "changed"]
Became = Literal["removed", "moved", "emptied"]
"""What a change made of a manifest that is not judged any more."""
Edited = Literal["policy", "waiver", "agreement", "bundle", "manifest"]
"""`manifest`: whose one says that it is."""
Origin = Literal["base", "head", "disk", "built-in"]
"""Where policies or a registry are read from: a commit, a folder that git does not track, or vendorgate itself."""


class Standing(msgspec.Struct, frozen=True, order=True):
    """How bad a result is; the order is that of the fields, the first that differs decides, the greater is worse.

    What stops a merge weighs most, then what was found, then how severe it is. Two results of equal standing are
    equally bad: a pass, a policy that does not apply and a result that is not there all have nothing wrong.
    """

    blocks: bool = False
    trouble: Literal[0, 1, 2, 3] = 0
    """0: nothing is wrong, 1: waived, 2: unknown, 3: fail."""
    weight: Literal[0, 1, 2, 3] = 0
    """Of the severity in effect, from note to error; 0 where nothing is wrong."""


class ResultChange(msgspec.Struct, frozen=True):
    """One policy on one subject, before and after.

    `new`: was not there, and has something wrong. `worse`: a greater standing; or the same and a requirement that is
    further from being met than it was; or still something wrong, with a usage that is wider or for more reasons.
    `fixed`: nothing is wrong any more. `better`: less wrong. `gone`: had something wrong and is not there any more.
    `unchanged`: all others, among them what is new and has nothing wrong.
    """

    kind: ChangeKind
    before: Result | None
    after: Result | None
    causes: tuple[Cause, ...] = ()
    """Where something changed, what made it; several where each suffices by itself, or where only together they do."""
    wider: tuple[str, ...] = ()
    """Where something is wrong before and after: what is wider, or for which reasons more it falls short."""

    @property
    def result(self) -> Result:
        """As it is now, or was at last."""
        found = self.after if self.after is not None else self.before
        assert found is not None
        return found


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


class Gone(msgspec.Struct, frozen=True):
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


class FieldEdit(msgspec.Struct, frozen=True):
    """One field of what was edited; None: not stated."""

    field: str
    old: Any
    new: Any
    effect: Effect


class Edit(msgspec.Struct, frozen=True):
    """Something that judges, and that the change edits."""

    what: Edited
    name: str
    kind: EditKind
    effect: Effect
    fields: tuple[FieldEdit, ...] = ()


class Edits(msgspec.Struct, frozen=True):
    """Everything that judges and that the change edits."""

    edits: tuple[Edit, ...] = ()
    registry: Difference | None = None
    """None where the registry is as it was, or cannot be read."""
    files: tuple[str, ...] = ()
    """Paths of the files that differ, policies first."""
    in_force: bool = False
    """Whether the edits count in this review."""


class Named(msgspec.Struct, frozen=True):
    """A commit; None stands for an empty repository."""

    name: str
    """As it was given."""
    commit: str | None


class Judges(msgspec.Struct, frozen=True):
    """Where what judges head comes from."""

    policies: Origin
    policies_path: str
    registry: Origin
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

    base: Named
    parting: str | None
    """The commit at which the change began."""
    head: Named
    judges: Judges
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
    gone: tuple[Gone, ...] = ()
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
