"""The repairs of a usage, and what no repair lifts.

In: a judged manifest, the name of a usage. Out: its repairs.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Final

import msgspec

from ..evaluate import Program, evaluate
from ..model.evaluation import Evaluation
from ..model.manifest import RouteName
from ..model.registry import Snapshot
from ..model.result import Result
from ..model.subject import Subject
from ..model.vocabulary import FailOn
from .candidates import Candidates
from .judges import Judges
from .model import Limit, Repair, Repairs, SearchResult
from .search import Bounds, Search
from .trial import Trial

_FOR_ALL: Final = 20_000
"""Judgements for all results that block and are looked at one by one."""
_FOR_ONE: Final = Bounds(repairs=1, judgements=2_000)


def judges_for(
    evaluation: Evaluation, snapshot: Snapshot, fail_on: FailOn | None, *, ignore_waivers: bool = False
) -> Judges:
    """What judged an evaluation, with or without its waivers, and with the offerings of a snapshot."""
    bundle = evaluation.bundle
    if ignore_waivers:
        bundle = msgspec.structs.replace(bundle, waivers=())
    return Judges(Program(bundle), snapshot, evaluation.as_of, fail_on or bundle.fail_on)


def trial_of(evaluation: Evaluation, usage: str, judges: Judges) -> Trial:
    """The trial of a usage, by its id, of the only manifest that was judged."""
    (manifest,) = evaluation.manifests
    index = next(index for index, one in enumerate(manifest.usages) if one.id == usage)
    return Trial(judges, manifest, index)


def repairs_of(trial: Trial, bounds: Bounds, *, ignored_waivers: bool = False) -> Repairs:
    """The repairs of a usage; none are looked for where it passes."""
    current = judged(trial, trial.subjects)
    found = None if current.verdict == "pass" else search_repairs(trial, bounds)
    return Repairs(current, found, ignored_waivers)


def judged(trial: Trial, subjects: Iterable[Subject]) -> Evaluation:
    """The evaluation of subjects as a check makes it, without notices."""
    judges = trial.judges
    found = evaluate((trial.manifest,), tuple(subjects), judges.snapshot, judges.program, judges.as_of, judges.fail_on)
    return msgspec.structs.replace(found, notices=())


def search_repairs(trial: Trial, bounds: Bounds, kept: RouteName | None = None) -> SearchResult:
    """The repairs; where there are none, what stands in their way. The `kept` route must stay."""
    candidates = Candidates(trial)
    search = Search(trial, bounds, kept=kept, candidates=candidates)
    repairs = search.run()
    obstacles = () if repairs else _obstacles(trial, kept, candidates)
    rest = _rest(trial, obstacles, kept, candidates) if obstacles else None
    return SearchResult(repairs, search.more, search.stopped, _bound(search.stopped, bounds), obstacles, rest)


def _bound(stopped: Limit | None, bounds: Bounds) -> int | None:
    return None if stopped is None else bounds.judgements if stopped == "judgements" else bounds.changes


def _obstacles(trial: Trial, kept: RouteName | None, candidates: Candidates) -> tuple[Result, ...]:
    """The results that block and that nothing on our side lifts, each taken by itself; of very many the first."""
    blocking = [one for one in judged(trial, trial.subjects).results if one.blocks]
    most = trial.judgements + _FOR_ALL
    in_time = itertools.takewhile(lambda _: trial.judgements < most, blocking)
    return tuple(one for one in in_time if not _can_be_lifted(one, trial, kept, candidates))


def _rest(trial: Trial, obstacles: Iterable[Result], kept: RouteName | None, candidates: Candidates) -> Repair | None:
    """The cheapest changes with which nothing but the obstacles blocks; None where it takes none, or none would do."""
    aside = {(one.subject.name, one.policy.id) for one in obstacles}
    found = Search(trial.without(aside), _FOR_ONE, kept=kept, candidates=candidates).run()
    return found[0] if found and found[0].steps else None


def _can_be_lifted(result: Result, trial: Trial, kept: RouteName | None, candidates: Candidates) -> bool:
    search = Search(trial, _FOR_ONE, (result.subject.name, result.policy.id), kept, candidates=candidates)
    return bool(search.run()) or search.stopped is not None
