"""One usage on trial: judged as it would be with changes, by the function that decides a check.

In: a usage among what judges it, and changes. Out: what would block. Counts its judgements, so that a search can end.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from ..evaluate.case import Case
from ..evaluate.judge import Ruling, rule
from ..evaluate.program import CompiledPolicy, Program
from ..logic.reading import reads
from ..model.agreement import Register
from ..model.manifest import Manifest, Usage
from ..model.registry import Snapshot
from ..model.remedy import Change
from ..model.subject import Subject
from ..model.vocabulary import FailOn
from ..resolve import subjects_of
from .changes import applied

_CHANGEABLE: Final = (
    *(f"usage.{name}" for name in ("region", "cloud_region", "tier", "endpoints", "models", "features")),
    *("usage.agreements", "usage.fallbacks", "usage.via"),
)


class Blocked(msgspec.Struct, frozen=True):
    """A policy that blocks a subject."""

    compiled: CompiledPolicy
    case: Case
    ruling: Ruling


class Judges(msgspec.Struct, frozen=True):
    """What judges, the same for every usage."""

    program: Program
    snapshot: Snapshot
    as_of: datetime.date
    fail_on: FailOn

    @property
    def register(self) -> Register | None:
        return self.program.bundle.register


class Trial:
    """A usage at an index of its manifest, or one that would stand there."""

    def __init__(self, judges: Judges, manifest: Manifest, index: int, usage: Usage | None = None) -> None:
        self.judges = judges
        self.manifest = manifest
        self.index = index
        self.usage = manifest.usages[index] if usage is None else usage
        self.judgements = 0
        self.subjects = tuple(self._resolved(self.usage, judges.register))
        """As it stands, without changes."""
        self._policies = {
            subject.offering.id: [one for one in judges.program.policies if self._may_apply(one, subject)]
            for subject in self.subjects
        }

    def _resolved(self, usage: Usage, register: Register | None) -> Iterable[Subject]:
        return subjects_of(self.manifest, usage, self.index, self.judges.snapshot, register)

    def _may_apply(self, compiled: CompiledPolicy, subject: Subject) -> bool:
        """Whether a policy applies, or might after changes."""
        if compiled.policy.when is None or any(map(_is_changeable, reads(compiled.policy.when))):
            return True
        return self._ruled(compiled, self._case(subject)).outcome != "not_applicable"

    def _case(self, subject: Subject) -> Case:
        return Case(subject, self.judges.program, self.judges.as_of)

    def _ruled(self, compiled: CompiledPolicy, case: Case) -> Ruling:
        self.judgements += 1
        return rule(compiled, case, self.judges.fail_on)

    def changed(self, changes: Sequence[Change]) -> Iterable[Subject] | None:
        """The subjects with changes; None where no manifest could say so."""
        found = applied(self.usage, self.judges.register, changes)
        return None if found is None else self._resolved(*found)

    def blocked(self, changes: Sequence[Change]) -> list[Blocked] | None:
        """Everything that blocks with changes; None where no manifest could say so."""
        subjects = self.changed(changes) if changes else self.subjects
        if subjects is None:
            return None
        found = []
        for subject in subjects:
            case = self._case(subject)
            for compiled in self._policies[subject.offering.id]:
                ruling = self._ruled(compiled, case)
                if ruling.blocks:
                    found.append(Blocked(compiled, case, ruling))
        return found

    def passes(self, changes: Sequence[Change]) -> bool:
        """Whether nothing blocks with changes."""
        subjects = self.changed(changes) if changes else self.subjects
        if subjects is None:
            return False
        return not any(
            self._ruled(compiled, case).blocks
            for case in map(self._case, subjects)
            for compiled in self._policies[case.subject.offering.id]
        )


def _is_changeable(path: str) -> bool:
    return path.startswith("usage.settings.") or path in _CHANGEABLE
