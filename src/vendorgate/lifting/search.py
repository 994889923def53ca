"""The smallest sets of changes with which a usage passes, the cheapest first.

In: a trial and bounds. Out: sets, and what ended the search. From a set that does not pass it goes on with one more
change of a target of the result that blocks. Every set that passes is met on such a way, the cheapest first, so
that none is reported which contains another.
"""

from __future__ import annotations

import datetime
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec
from msgspec import UnsetType

from ..model.manifest import RouteName, SettingValue
from .candidates import Candidates
from .model import OF_ACCOUNTS, Change, Limit, Repair, RepairStep
from .targets import BlockingTargets, Target, Targets, UsageTargets
from .trial import MANY, Blocked, Only, Trial
from .tried import Numbers, Routes


class Bounds(msgspec.Struct, frozen=True):
    """Where a search ends, whatever it has found."""

    repairs: int = 5
    """So many, and all others that cost as little as the cheapest."""
    changes: int = 12
    """On one route."""
    judgements: int = 20_000
    """Of a subject by a policy."""


_A_YEAR: Final = datetime.timedelta(days=365)
_MOST_SUBSETS: Final = 10
"""Changes of a set whose subsets are tried one by one, whatever the search has proved."""


def _order(target: Target) -> tuple[str, str, str, str, str]:
    route, field, name = target
    return route.offering, route.account or "", route.vendor or "", field, name


class _Waiting:
    """Sets that are to be tried: the cheapest first, and of those that cost the same in the order of their numbers.

    Each set that is added is one that has been taken, with one more change, and each change costs something: of what
    costs as little as what is being taken nothing is added any more.
    """

    __slots__ = ("_by_cost", "_cheapest", "_cost")

    def __init__(self, begin: Numbers) -> None:
        self._cost = 0
        self._cheapest: list[Numbers] = [begin]
        """Those that cost as little as the last that was taken, the last of them first."""
        self._by_cost: dict[int, list[Numbers]] = {}
        """The others."""

    def __bool__(self) -> bool:
        return bool(self._cheapest or self._by_cost)

    @property
    def cost(self) -> int:
        """Of the next set."""
        return self._cost if self._cheapest else min(self._by_cost)

    def add(self, cost: int, numbers: Numbers) -> None:
        self._by_cost.setdefault(cost, []).append(numbers)

    def take(self) -> Numbers:
        """The next set, which waits no longer."""
        if not self._cheapest:
            self._cost = min(self._by_cost)
            self._cheapest = sorted(self._by_cost.pop(self._cost), key=sorted, reverse=True)
        return self._cheapest.pop()


class Search:
    """One search for what lifts every result that blocks, or those of one policy on one route."""

    def __init__(
        self,
        trial: Trial,
        bounds: Bounds,
        only: Only | None = None,
        kept: RouteName | None = None,
        *,
        declaring: bool = False,
        candidates: Candidates | None = None,
        begin: Numbers = frozenset(),
    ) -> None:
        """A search that begins with no changes, or some.

        `declaring`: by declaring what is not declared, and in no other way; `candidates`: of the same usage.
        """
        self.stopped: Limit | None = None
        self.more = False
        """Whether there may be more than were found."""
        self._trial = trial
        self._bounds = bounds
        self._only = only
        self._declaring = declaring
        self._stated = {subject.name: subject.stated for subject in trial.subjects}
        self._most = trial.judgements + bounds.judgements
        asking, features = trial.judges.asking, trial.observed_features()
        self._usage_targets = UsageTargets(trial.usage, trial.claimable, asking, kept, features)
        self._candidates = candidates or Candidates(trial)
        self._passing: list[Numbers] = []
        self._found: dict[Numbers, dict[int, list[int]]] = {}
        """Sets, and for each of their changes what else would do."""
        self._waiting = _Waiting(begin)
        self._met: set[Numbers] = {begin}

    def run(self) -> tuple[Repair, ...]:
        """The repairs, the cheapest first; one of no changes where nothing blocks."""
        return tuple(self._repair(numbers) for numbers in self.sets())

    def sets(self) -> tuple[Numbers, ...]:
        """The same as numbers of the candidates."""
        while self._waiting and not self._is_over():
            numbers = self._waiting.take()
            if any(passing <= numbers for passing in self._passing):
                continue
            blocked = self._blocked(numbers)
            if blocked is not None and not blocked:
                self._keep(numbers)
            elif blocked is not None:
                self._go_on(numbers, blocked)
        self.more = bool(self._waiting) or self.stopped is not None
        return tuple(self._found)

    def _is_over(self) -> bool:
        if self._trial.judgements >= self._most:
            self.stopped = "judgements"
            return True
        costs = [self._cost(numbers) for numbers in self._found]
        return len(costs) >= self._bounds.repairs and self._waiting.cost > costs[0]

    def _changes(self, numbers: Iterable[int]) -> list[Change]:
        return [self._candidates.changes[number] for number in sorted(numbers)]

    def _cost(self, numbers: Numbers) -> int:
        return sum(change.cost for change in self._changes(numbers))

    def _blocked(self, numbers: Numbers) -> list[Blocked] | None:
        return self._trial.blocked(self._tried(numbers), self._only)

    def _go_on(self, numbers: Numbers, blocked: list[Blocked]) -> None:
        """With each change of the targets of the result that has the fewest; nowhere where a result has none."""
        changed = frozenset(self._candidates.targets[number] for number in numbers)
        fail_on = self._trial.judges.fail_on
        allowed = self._is_undeclared if self._declaring else None
        self._trial.judgements += len(blocked) // MANY
        found = (BlockingTargets(self._usage_targets, one, changed, fail_on, allowed).of_result() for one in blocked)
        targets: Targets = min(found, key=len)
        cost = self._cost(numbers)
        for target in sorted(targets, key=_order):
            for number in self._candidates.of(target):
                if not (self._declaring and self._candidates.changes[number].kind in OF_ACCOUNTS):
                    self._wait(numbers | {number}, cost + self._candidates.changes[number].cost)

    def _is_undeclared(self, target: Target) -> bool:
        """Whether a target is a field that a route does not declare."""
        route, field, name = target
        stated = self._stated.get(route)
        return stated is not None and not name and f"usage.{field}" not in stated

    def _wait(self, numbers: Numbers, cost: int) -> None:
        """Have a set wait for its turn, unless one of those that were met is the same; `cost`: of all its changes."""
        if numbers in self._met:
            return
        self._met.add(numbers)
        changes = self._changes(numbers)
        if not _are_of_one_kind(changes):
            return
        if len(changes) > self._bounds.changes and self._is_too_much(changes):
            self.stopped = self.stopped or "changes"
            return
        self._waiting.add(cost, numbers)

    def _is_too_much(self, changes: Iterable[Change]) -> bool:
        return max(Counter(change.name for change in changes).values()) > self._bounds.changes

    def _keep(self, numbers: Numbers) -> None:
        """Keep a set that passes, or what of it does; one that differs in a single value is an option of another."""
        fewer = self._without_what_nothing_needs(numbers) if len(numbers) > _MOST_SUBSETS else numbers
        smallest = next((one for one in self._subsets(fewer) if self._passes(one)), fewer)
        self._passing.append(smallest)
        if not any(self._is_variant(smallest, earlier) for earlier in self._found):
            self._found[smallest] = {}

    def _is_variant(self, numbers: Numbers, earlier: Numbers) -> bool:
        """Whether a set differs from an earlier one only in values that are known to do as well there.

        Where a single value differs, it is kept as one that does as well.
        """
        own = {self._candidates.targets[number]: number for number in numbers}
        found = {self._candidates.targets[number]: number for number in earlier}
        if own.keys() != found.keys() or self._cost(numbers) != self._cost(earlier):
            return False
        others = self._found[earlier]
        changed = {found[target]: own[target] for target in found if own[target] != found[target]}
        if len(changed) == 1:
            for number, other in changed.items():
                others.setdefault(number, []).append(other)
        return all(other in others.get(number, ()) for number, other in changed.items())

    def _subsets(self, numbers: Numbers) -> Iterator[Numbers]:
        """Proper subsets, the smallest first."""
        ordered = sorted(numbers)
        sizes = range(len(ordered)) if len(ordered) <= _MOST_SUBSETS else ()
        return (frozenset(subset) for size in sizes for subset in itertools.combinations(ordered, size))

    def _without_what_nothing_needs(self, numbers: Numbers) -> Numbers:
        """A set without the changes that it passes without, one after the other."""
        kept = numbers
        for number in sorted(numbers):
            if self._passes(kept - {number}):
                kept -= {number}
        return kept

    def _passes(self, numbers: Numbers) -> bool:
        return self._trial.passes(self._tried(numbers), self._only)

    def _tried(self, numbers: Numbers) -> Routes | None:
        """What a set comes to, which other searches may have tried."""
        return self._candidates.tried.of(numbers, lambda: self._trial.tried(self._changes(numbers)))

    def _values(self, number: int) -> list[SettingValue]:
        """What does as well as a value, as a reader would name it; of an agreement's ends the earliest is enough."""
        change = self._candidates.changes[number]
        return [] if change.new is None or change.agreement is not None else [change.new, *change.others]

    def _repair(self, numbers: Numbers) -> Repair:
        return Repair(tuple(self._step(number, numbers) for number in self._ordered(numbers)))

    def _ordered(self, numbers: Numbers) -> list[int]:
        """As a reader would do them: by route, then the least first."""
        routes = [*self._usage_targets.accounts]
        changes = self._candidates.changes

        def rank(number: int) -> tuple[int, int, str, str]:
            change = changes[number]
            return routes.index(change.name), change.cost, change.field, str(change.new)

        return sorted(numbers, key=rank)

    def _step(self, number: int, numbers: Numbers) -> RepairStep:
        change = self._candidates.changes[number]
        without = self._blocked(numbers - {number}) or []
        needed_by = dict.fromkeys(one.compiled.policy.id for one in without)
        options = [one for one in change.others if self._does_as_well(one, number, numbers)]
        options.extend(value for other in self._found[numbers].get(number, ()) for value in self._values(other))
        return RepairStep(change, tuple(options), tuple(needed_by), self._may_run_longer(number, numbers))

    def _may_run_longer(self, number: int, numbers: Numbers) -> bool:
        """Whether an agreement that ends may end a year later."""
        entry = self._candidates.changes[number].agreement
        if entry is None or isinstance(entry.expires, UnsetType):
            return False
        later = min(entry.expires, datetime.date.max - _A_YEAR) + _A_YEAR
        longer = msgspec.structs.replace(entry, expires=later)
        return self._passes_with(
            msgspec.structs.replace(self._candidates.changes[number], agreement=longer), number, numbers
        )

    def _does_as_well(self, value: SettingValue, number: int, numbers: Numbers) -> bool:
        change = msgspec.structs.replace(self._candidates.changes[number], new=value)
        return self._passes_with(change, number, numbers)

    def _passes_with(self, change: Change, number: int, numbers: Numbers) -> bool:
        """Whether a set passes with another change in the place of one of its own."""
        changes = [*self._changes(numbers - {number}), change]
        return _are_of_one_kind(changes) and self._trial.passes(self._trial.tried(changes), self._only)


def _are_of_one_kind(changes: list[Change]) -> bool:
    """Whether the endpoints and the models that changes bring, if any, may be of one kind."""
    if not any(change.field in ("endpoints", "models") for change in changes):
        return True
    from .names import are_of_one_kind  # few usages that fail are to change these

    return are_of_one_kind(changes)
