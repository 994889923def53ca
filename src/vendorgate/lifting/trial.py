"""One usage on trial: judged as it would be with changes, by the function that decides a check.

In: a usage among what judges it, and changes. Out: what would block. Counts its judgements, so that a search can end.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from ..evaluate.case import Case
from ..evaluate.judge import Ruling, rule
from ..evaluate.kinds import Kinds
from ..evaluate.program import CompiledPolicy, Program
from ..identity import identify
from ..logic.paths import reads
from ..model.agreement import Register
from ..model.identity import Identity
from ..model.manifest import Manifest, RouteName, Usage
from ..model.registry import Snapshot
from ..model.subject import Subject
from ..model.vocabulary import FailOn, RegionGroups
from ..resolve import subjects_of
from .changes import LISTS, applied
from .model import Change

_CHANGEABLE: Final = (
    *(f"usage.{name}" for name in ("region", "cloud_region", "tier", "endpoints", "models", "features", "lifecycle")),
    *("usage.purpose", "usage.subjects"),
    *("usage.agreements", "usage.fallbacks", "usage.via", "usage.recipients", "primary.region", "project.bound"),
)


Only = tuple[RouteName, str]
"""The name of a route and the id of a policy."""


_LONG: Final = 20
"""Declared names that weigh as much as a judgement."""
MANY: Final = 5
"""Routes, or results that block, that weigh as much, each time that all of a usage are looked at."""


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
    def groups(self) -> RegionGroups:
        return self.program.bundle.region_groups

    @property
    def register(self) -> Register | None:
        return self.program.bundle.register


class Trial:
    """A usage at an index of its manifest, or one that would stand there."""

    def __init__(
        self,
        judges: Judges,
        manifest: Manifest,
        index: int,
        usage: Usage | None = None,
        aside: Collection[Only] = (),
        kinds: Mapping[RouteName, Kinds] | None = None,
    ) -> None:
        self.judges = judges
        self.manifest = manifest
        self.index = index
        self.usage = manifest.usages[index] if usage is None else usage
        self.kinds: Mapping[RouteName, Kinds] = kinds or {}
        """What routes are for, beside what they declare."""
        self._identity = identify(manifest, judges.program.bundle.projects)
        self.judgements = 0
        self.subjects = tuple(self._resolved(self.usage, judges.register, self._identity))
        """As it stands, without changes."""
        self._aside = aside
        self._before = {subject.name: subject for subject in self.subjects}
        self._policies: dict[RouteName, list[CompiledPolicy]] = {}
        self._blocked: dict[RouteName, list[Blocked]] = {}
        """Of each route, as it stands."""
        for subject in self.subjects:
            self._judge_first(subject)

    @property
    def claimable(self) -> frozenset[str] | None:
        """The kinds of agreement that a claim brings into force; None: a register says what is."""
        return self.judges.program.bundle.agreement_kinds if self.judges.register is None else None

    def without(self, aside: Collection[Only]) -> Trial:
        """The same trial, in which some policies on some routes are left out of account."""
        return Trial(self.judges, self.manifest, self.index, self.usage, aside, self.kinds)

    def _judge_first(self, subject: Subject) -> None:
        """Find what blocks as it stands, and which policies can ever apply, those that block before the others."""
        case = self._case(subject)
        name = subject.name
        asked = [one for one in self.judges.program.policies if (name, one.policy.id) not in self._aside]
        rulings = [(one, self._ruled(one, case)) for one in asked]
        kept = [(one, ruling) for one, ruling in rulings if ruling.outcome != "not_applicable" or _may_come_to(one)]
        self._policies[name] = [one for one, _ in sorted(kept, key=lambda pair: not pair[1].blocks)]
        self._blocked[name] = [Blocked(one, case, ruling) for one, ruling in kept if ruling.blocks]

    def _resolved(self, usage: Usage, register: Register | None, identity: Identity) -> Iterable[Subject]:
        groups = self.judges.program.bundle.region_groups
        return subjects_of(self.manifest, usage, self.index, self.judges.snapshot, register, identity, groups)

    def _case(self, subject: Subject) -> Case:
        return Case(subject, self.judges.program, self.judges.as_of)

    def _ruled(self, compiled: CompiledPolicy, case: Case) -> Ruling:
        self.judgements += weight(case.subject)
        return rule(compiled, case, self.judges.fail_on)

    def changed(self, changes: Sequence[Change]) -> Iterable[Subject] | None:
        """The subjects with changes; None where no manifest could say so."""
        self.judgements += len(self.subjects) // MANY
        found = applied(self.usage, self.judges.register, changes)
        binds = any(change.kind == "bind" for change in changes)
        identity = msgspec.structs.replace(self._identity, bound=True) if binds else self._identity
        return None if found is None else self._resolved(*found, identity)

    def blocked(self, changes: Sequence[Change], only: Only | None = None) -> list[Blocked] | None:
        """What blocks with changes, or of it what one policy says of one route; None where no manifest could say so."""
        subjects = self.changed(changes)
        if subjects is None:
            return None
        return [one for subject in subjects for one in self._blocking(subject, only)]

    def passes(self, changes: Sequence[Change], only: Only | None = None) -> bool:
        """Whether nothing blocks with changes, of what `blocked` looks at."""
        subjects = self.changed(changes)
        return subjects is not None and not any(True for one in subjects for _ in self._blocking(one, only))

    def _blocking(self, subject: Subject, only: Only | None) -> Iterator[Blocked]:
        """What blocks a subject, one by one; what is as it was is not judged again."""
        name = subject.name
        if _is_same(subject, self._before[name]):
            yield from (one for one in self._blocked[name] if only in (None, (name, one.compiled.policy.id)))
            return
        case = self._case(subject)
        for compiled in self._policies[name]:
            if only in (None, (name, compiled.policy.id)):
                ruling = self._ruled(compiled, case)
                if ruling.blocks:
                    yield Blocked(compiled, case, ruling)


def weight(subject: Subject) -> int:
    """What one judgement counts for: one, and more where a manifest declares lists without end."""
    lists = (subject.stated.get(f"usage.{field}") for field in LISTS)
    return 1 + sum(len(names) for names in lists if isinstance(names, list)) // _LONG


def _is_same(subject: Subject, other: Subject) -> bool:
    """Whether all that a rule may read of two subjects of one route is the same."""
    same = subject.stated == other.stated and subject.contradictions == other.contradictions
    return (
        same
        and subject.claims == other.claims
        and subject.agreements == other.agreements
        and subject.identity == other.identity
    )


def _may_come_to(compiled: CompiledPolicy) -> bool:
    """Whether a policy that does not apply might after changes."""
    return compiled.policy.when is not None and any(map(_is_changeable, reads(compiled.policy.when)))


def _is_changeable(path: str) -> bool:
    return path.startswith(("usage.settings.", "usage.attributes.")) or path in _CHANGEABLE
