"""What usages could declare so that results that block no longer do.

In: an evaluation, some of its usages. Out: for each the fewest declarations that lift the most results, tried by
judging with them. Refuses to change anything that is declared, and to claim an agreement.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from ..evaluate.resting import program_of
from ..model.evaluation import Evaluation
from ..model.manifest import Manifest
from ..model.proposal import Declaration, DeclaredValue, Proposal
from ..model.result import Result
from ..source import Path
from .candidates import Candidates
from .changes import LISTED
from .judges import Judges
from .model import Change, Repair, RepairStep
from .rules import RulesOfOfferings
from .search import Bounds, Search
from .trial import Only, Trial
from .tried import Numbers

_BOUNDS: Final = Bounds(repairs=1, judgements=400)
NO_NUMBERS: Final = Numbers()
_FIELDS: Final = ("purpose", "endpoints", "models", "subjects", "region", "cloud_region", "settings", "attributes")
"""In the order in which a manifest has them."""
UsageKey = tuple[str, str]
"""The path of a manifest, as it is shown, and the id of a usage."""


def proposals(evaluation: Evaluation, usages: Collection[UsageKey] | None = None) -> tuple[Proposal, ...]:
    """A proposal for each usage, or each of some, with results that block and that declarations lift."""
    blocking: dict[UsageKey, list[Result]] = {}
    for result in evaluation.results:
        key = (result.subject.manifest.source.path, result.subject.usage)
        if result.blocks and (usages is None or key in usages):
            blocking.setdefault(key, []).append(result)
    if not blocking:
        return ()
    judges = Judges(program_of(evaluation), evaluation.snapshot, evaluation.as_of, evaluation.fail_on)
    rules = RulesOfOfferings(judges)
    found = (_proposal(judges, rules, results) for results in blocking.values())
    return tuple(one for one in found if one is not None)


def _proposal(judges: Judges, rules: RulesOfOfferings, results: list[Result]) -> Proposal | None:
    """The proposal for one usage, by all of its results that block."""
    manifest, usage = results[0].subject.manifest, results[0].subject.usage
    index = next(index for index, one in enumerate(manifest.usages) if one.id == usage)
    trial = Trial(judges, manifest, index)
    by_key = {_key(result): result for result in results}
    lifting = _Lifting(trial, by_key, rules)
    repair = lifting.repair()
    if repair is None:
        return None
    left = lifting.blocked(repair.steps)
    declarations = tuple(_declaration(step, repair, lifting, by_key, left) for step in _ordered(repair, trial))
    lifted = tuple(result for key, result in by_key.items() if key not in left)
    return Proposal(manifest, usage, declarations, lifted, tuple(by_key[key] for key in by_key if key in left))


def _key(result: Result) -> Only:
    return result.subject.name, result.policy.id


class _Lifting:
    """Searches for declarations of one usage that lift results; they share what they look up."""

    def __init__(self, trial: Trial, blocking: Collection[Only], rules: RulesOfOfferings) -> None:
        self.trial = trial
        self._blocking = frozenset(blocking)
        self._candidates = Candidates(trial, rules)

    def repair(self) -> Repair | None:
        """The declarations that lift all results; else as many as there are that lift some."""
        whole = self._search(self._blocking)
        numbers = self._sets(whole)
        if numbers is not None:
            return whole.run()[0]
        wanted, numbers = self._together()
        return self._search(wanted, begin=numbers).run()[0] if wanted else None

    def _together(self) -> tuple[frozenset[Only], Numbers]:
        """Result by result, those that are lifted by the fewest first: each that can be beside those before it."""
        alone = {key: self._sets(self._search(self._blocking, key)) for key in sorted(self._blocking, key=str)}
        found = {key: numbers for key, numbers in alone.items() if numbers is not None}
        wanted, numbers = frozenset[Only](), Numbers()
        for key in sorted(found, key=lambda one: (len(found[one]), str(one))):
            more = wanted | {key}
            begins = (numbers | found[key], numbers) if self._is_one(numbers | found[key]) else (numbers,)
            ways = (self._sets(self._search(more, begin=begin)) for begin in begins)
            joined = next((way for way in ways if way is not None), None)
            if joined is not None:
                wanted, numbers = more, joined
        return wanted, numbers

    def _search(self, wanted: frozenset[Only], only: Only | None = None, begin: Numbers = NO_NUMBERS) -> Search:
        """A search for what lifts some results and lets no other block that does not now; or for what lifts one."""
        aside = self._blocking - wanted
        trial = self.trial.without(aside) if aside else self.trial
        return Search(trial, _BOUNDS, only, declaring=True, candidates=self._candidates, begin=begin)

    def _sets(self, search: Search) -> Numbers | None:
        found = search.sets()
        return found[0] if found and found[0] else None

    def blocked(self, steps: Iterable[RepairStep]) -> frozenset[Only]:
        """What blocks with the changes of some steps and no others, which the search has tried already."""
        changes = [step.change for step in steps]
        numbers = Numbers(map(self._candidates.number, changes))
        blocked = self.trial.blocked(self._candidates.tried.of(numbers, lambda: self.trial.tried(changes)))
        return frozenset((one.case.subject.name, one.compiled.policy.id) for one in blocked or ())

    def _is_one(self, numbers: Numbers) -> bool:
        """Whether a set declares each field once."""
        targets = [self._candidates.targets[number] for number in numbers]
        return len(set(targets)) == len(targets)


def _ordered(repair: Repair, trial: Trial) -> Iterator[RepairStep]:
    """By route, then as a manifest has them."""
    routes = [subject.name for subject in trial.subjects]

    def rank(step: RepairStep) -> tuple[int, int, str]:
        field = step.change.field
        return routes.index(step.change.name), _FIELDS.index(field.partition(".")[0]), field

    yield from sorted(repair.steps, key=rank)


def _declaration(
    step: RepairStep, repair: Repair, lifting: _Lifting, blocking: dict[Only, Result], left: frozenset[Only]
) -> Declaration:
    change = step.change
    subject = next(one for one in lifting.trial.subjects if one.name == change.name)
    needing = lifting.blocked(one for one in repair.steps if one is not step) - left
    lifts = tuple(result for key, result in blocking.items() if key in needing)
    at = subject.within()
    named = _is_only_named(lifting.trial.manifest, at)
    return Declaration(change.route, change.name, change.field, _value(change), step.options, lifts, at, named)


def _value(change: Change) -> DeclaredValue:
    assert change.new is not None, "a declaration has a value"
    return (change.new,) if change.field in LISTED else change.new


def _is_only_named(manifest: Manifest, at: Path) -> bool:
    usage = manifest.usages[int(at[1])]
    match at[2:]:
        case ("fallbacks", int(index)):
            return isinstance(usage.fallbacks[index], str)
        case ("recipients", int(index)):
            return isinstance(usage.recipients[index], str)
        case ("via",):
            return isinstance(usage.via, str)
    return False
