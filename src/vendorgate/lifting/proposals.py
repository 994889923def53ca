"""What usages could declare so that results that block no longer do.

In: an evaluation, some of its usages. Out: for each the fewest declarations that lift the most results, tried by
judging with them. Refuses to change anything that is declared, and to claim an agreement.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final

from ..evaluate import Program
from ..model.evaluation import Evaluation
from ..model.manifest import Manifest
from ..model.proposal import Declaration, DeclaredValue, Proposal
from ..model.result import Result
from ..source import Path
from .candidates import Candidates
from .changes import LISTED
from .model import Change, Repair, RepairStep
from .search import Bounds, Search
from .trial import Judges, Only, Trial

_BOUNDS: Final = Bounds(repairs=1, judgements=2_000)
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
    judges = Judges(Program(evaluation.bundle), evaluation.snapshot, evaluation.as_of, evaluation.fail_on)
    found = (_proposal(judges, results) for results in blocking.values())
    return tuple(one for one in found if one is not None)


def _proposal(judges: Judges, results: list[Result]) -> Proposal | None:
    """The proposal for one usage, by all of its results that block."""
    manifest, usage = results[0].subject.manifest, results[0].subject.usage
    index = next(index for index, one in enumerate(manifest.usages) if one.id == usage)
    trial = Trial(judges, manifest, index)
    by_key = {_key(result): result for result in results}
    repair = _repair(trial, by_key, Candidates(trial))
    if repair is None:
        return None
    changes = [step.change for step in repair.steps]
    left = _blocked(trial, changes)
    declarations = tuple(_declaration(step, repair, trial, by_key, left) for step in _ordered(repair, trial))
    lifted = tuple(result for key, result in by_key.items() if key not in left)
    return Proposal(manifest, usage, declarations, lifted, tuple(by_key[key] for key in by_key if key in left))


def _key(result: Result) -> Only:
    return result.subject.name, result.policy.id


def _repair(trial: Trial, blocking: Collection[Only], candidates: Candidates) -> Repair | None:
    """The declarations that lift all results; else all that declarations lift, each by itself; else as many as do."""

    def lifted(aside: Collection[Only], only: Only | None = None) -> Repair | None:
        """The fewest declarations with which nothing else blocks, or one result does not."""
        asked = trial.without(aside) if aside else trial
        found = Search(asked, _BOUNDS, only, declaring=True, candidates=candidates).run()
        return found[0] if found and found[0].steps else None

    whole = lifted(())
    if whole is not None:
        return whole
    liftable = [key for key in blocking if lifted((), key) is not None]
    found = lifted({*blocking}.difference(liftable)) if liftable else None
    return found or _greedily(lifted, blocking, liftable)


def _greedily(
    lifted: Callable[[Collection[Only]], Repair | None], blocking: Collection[Only], liftable: list[Only]
) -> Repair | None:
    """Result by result, each that can be lifted beside those before it."""
    found: Repair | None = None
    wanted: set[Only] = set()
    for key in liftable:
        more = lifted({*blocking} - wanted - {key})
        if more is not None:
            found = more
            wanted.add(key)
    return found


def _blocked(trial: Trial, changes: list[Change]) -> frozenset[Only]:
    return frozenset((one.case.subject.name, one.compiled.policy.id) for one in trial.blocked(changes) or ())


def _ordered(repair: Repair, trial: Trial) -> Iterator[RepairStep]:
    """By route, then as a manifest has them."""
    routes = [subject.name for subject in trial.subjects]

    def rank(step: RepairStep) -> tuple[int, int, str]:
        field = step.change.field
        return routes.index(step.change.name), _FIELDS.index(field.partition(".")[0]), field

    yield from sorted(repair.steps, key=rank)


def _declaration(
    step: RepairStep, repair: Repair, trial: Trial, blocking: dict[Only, Result], left: frozenset[Only]
) -> Declaration:
    change = step.change
    subject = next(one for one in trial.subjects if one.name == change.name)
    rest = [one.change for one in repair.steps if one is not step]
    needing = _blocked(trial, rest) - left
    lifts = tuple(result for key, result in blocking.items() if key in needing)
    at = subject.within()
    named = _is_only_named(trial.manifest, at)
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
