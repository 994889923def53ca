"""One usage on trial: judged as it would be with changes, by the function that decides a check.

In: a usage among what judges it, and changes. Out: what would block. Counts its judgements, so that a search can end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, cast

import msgspec

from ..evaluate.case import Case
from ..evaluate.judge import Ruling
from ..evaluate.kinds import Kinds
from ..evaluate.program import CompiledPolicy
from ..identity import identify
from ..logic import Json
from ..model.identity import Identity
from ..model.manifest import Manifest, RouteName, Usage
from ..model.subject import Subject
from ..resolve import subjects_of
from .accounts import current, observed_anew
from .changes import applied
from .judges import Judges
from .model import OF_ACCOUNTS, Change
from .tried import Routes, Tried

if TYPE_CHECKING:
    from ..model.agreement import Register
    from ..model.observation import Observations

_CHANGEABLE: Final = (
    *(f"usage.{name}" for name in ("region", "cloud_region", "tier", "endpoints", "models", "features", "lifecycle")),
    *("usage.purpose", "usage.subjects"),
    *("usage.agreements", "usage.fallbacks", "usage.via", "usage.recipients", "primary.region", "project.bound"),
)


Only = tuple[RouteName, str]
"""The name of a route and the id of a policy."""


MANY: Final = 5
"""Routes, or results that block, that weigh as much, each time that all of a usage are looked at."""


class Blocked(msgspec.Struct, frozen=True):
    """A policy that blocks a subject."""

    compiled: CompiledPolicy
    case: Case
    ruling: Ruling


class Trial:
    """A usage at an index of its manifest, or one that would stand there."""

    def __init__(
        self,
        judges: Judges,
        manifest: Manifest,
        index: int,
        usage: Usage | None = None,
        kinds: Mapping[RouteName, Kinds] | None = None,
    ) -> None:
        self.judges = judges
        self.manifest = manifest
        self.index = index
        self.usage = manifest.usages[index] if usage is None else usage
        self.kinds: Mapping[RouteName, Kinds] = kinds or {}
        """What routes are for, beside what they declare."""
        self._identity = identify(manifest, judges.program.bundle.projects)
        self._observations = judges.program.bundle.observations
        self.subjects = tuple(self._resolved(self.usage, judges.register, self._identity, self._observations))
        """As it stands, without changes."""
        self._before = {subject.name: Tried(subject, judges) for subject in self.subjects}
        self.weight = sum(one.weight for one in self._before.values())
        """Of all routes."""
        policies = judges.program.policies
        self._asked = {name: [one for one in policies if self._can_apply(one, it)] for name, it in self._before.items()}
        """Of each route, the policies that apply or can come to."""
        self._judge_first(())

    @property
    def claimable(self) -> frozenset[str] | None:
        """The kinds of agreement that a claim brings into force; None: a register says what is."""
        return self.judges.program.bundle.agreement_kinds if self.judges.register is None else None

    def without(self, aside: Collection[Only]) -> Trial:
        """The same trial, in which some policies on some routes are left out of account."""
        from copy import copy  # slow to import, and where all results can be lifted nothing is left out

        other = copy(self)
        other._judge_first(aside)
        return other

    def _judge_first(self, aside: Collection[Only]) -> None:
        """Find what blocks each route as it stands, and put the policies that do before the others."""
        self.judgements = 0
        self._policies: dict[RouteName, list[CompiledPolicy]] = {}
        self._blocked: dict[RouteName, list[Blocked]] = {}
        left_out = Counter(name for name, _ in aside)
        for name, tried in self._before.items():
            asked = [one for one in self._asked[name] if (name, one.policy.id) not in aside]
            self._policies[name] = sorted(asked, key=lambda one: not tried.ruling(one).blocks)
            self._blocked[name] = [*_blocked(tried, asked)]
            self.judgements += tried.weight * (len(self.judges.program.policies) - left_out[name])

    def _can_apply(self, compiled: CompiledPolicy, tried: Tried) -> bool:
        return tried.ruling(compiled).outcome != "not_applicable" or self._may_come_to(compiled)

    def _may_come_to(self, compiled: CompiledPolicy) -> bool:
        """Whether a policy that does not apply might after changes."""
        when = compiled.policy.when
        return when is not None and any(map(_is_changeable, self.judges.asking.of(when).paths))

    def _resolved(
        self, usage: Usage, register: Register | None, identity: Identity, observations: Observations
    ) -> Iterable[Subject]:
        groups, snapshot = self.judges.groups, self.judges.snapshot
        return subjects_of(self.manifest, usage, self.index, snapshot, register, identity, groups, observations)

    def changed(self, changes: Sequence[Change]) -> Iterable[Subject] | None:
        """The subjects with changes; None where no manifest could say so."""
        found = applied(self.usage, self.judges.register, changes)
        binds = any(change.kind == "bind" for change in changes)
        identity = msgspec.structs.replace(self._identity, bound=True) if binds else self._identity
        return None if found is None else self._resolved(*found, identity, self._observed(changes))

    def _observed(self, changes: Sequence[Change]) -> Observations:
        """What is observed once accounts are as changes have them."""
        of_accounts = [change for change in changes if change.kind in OF_ACCOUNTS]
        if not of_accounts:
            return self._observations
        told: dict[RouteName, dict[str, Json]] = {}
        for one in of_accounts:
            told.setdefault(one.name, {})[one.field] = current(self.case(one.name), one.field)
        return observed_anew(self._observations, of_accounts, told, self.judges.as_of, self.manifest.source)

    def observed_features(self) -> dict[RouteName, tuple[str, ...]]:
        """By route: the features that its account is observed to have."""
        found = {name: one.case.observed.get("usage.features") for name, one in self._before.items()}
        return {name: (*cast("list[str]", one.value),) for name, one in found.items() if one is not None}

    def case(self, name: RouteName) -> Case:
        """A route as it stands, without changes."""
        return self._before[name].case

    def tried(self, changes: Sequence[Change]) -> Routes | None:
        """The routes with changes; None where no manifest could say so."""
        before = self._before
        if not changes:
            return Routes(iter(before.values()))
        subjects = self.changed(changes)
        if subjects is None:
            return None
        return Routes(Tried(one, self.judges, before[one.name]) for one in subjects)

    def blocked(self, routes: Routes | None, only: Only | None = None) -> list[Blocked] | None:
        """What blocks on routes, or of it what one policy says of one route; None where no manifest could say so."""
        self.judgements += len(self.subjects) // MANY
        return None if routes is None else [one for tried in routes for one in self._blocking(tried, only)]

    def passes(self, routes: Routes | None, only: Only | None = None) -> bool:
        """Whether nothing blocks, of what `blocked` looks at."""
        self.judgements += len(self.subjects) // MANY
        return routes is not None and not any(True for one in routes for _ in self._blocking(one, only))

    def _blocking(self, tried: Tried, only: Only | None) -> Iterator[Blocked]:
        """What blocks a subject, one by one; asking again counts as much as asking, so that a search ends where it
        would, whatever has been tried before."""
        name = tried.subject.name
        if tried.is_as_before:
            yield from (one for one in self._blocked[name] if only in (None, (name, one.compiled.policy.id)))
            return
        for compiled in self._policies[name]:
            if only in (None, (name, compiled.policy.id)):
                self.judgements += tried.weight
                yield from _blocked(tried, (compiled,))


def _blocked(tried: Tried, asked: Iterable[CompiledPolicy]) -> Iterator[Blocked]:
    for compiled in asked:
        ruling = tried.ruling(compiled)
        if ruling.blocks:
            yield Blocked(compiled, tried.case, ruling)


def _is_changeable(path: str) -> bool:
    return path.startswith(("usage.settings.", "usage.attributes.")) or path in _CHANGEABLE
