"""The manifests as they stood before the change, judged.

In: `PreparedReview`, what judges both sides, head as it was judged. Out: an evaluation of each manifest, and those that
were not valid. What the change leaves as it was and the same judges on the same day is judged once, for both sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from ...comparison.worlds import threshold
from ...errors import InputError, Problem
from ...gate import Gate
from ...load.manifest import GivenManifest
from ...model.evaluation import Evaluation
from ...model.result import Result
from ...model.subject import Subject
from .evaluations import read
from .manifests import in_one_folder
from .preparing import PreparedReview


class InvalidBefore(msgspec.Struct, frozen=True):
    """A manifest that could not be judged as it stood before the change."""

    path: str
    """As it is shown."""
    problems: tuple[Problem, ...]


def judge_before(
    prepared: PreparedReview, gates: tuple[Gate, Gate], after: Evaluation
) -> tuple[list[Evaluation], list[InvalidBefore]]:
    """The manifests as they stood before the change, each by itself, and those that were not valid.

    `gates` judge what was before, and head. What cannot be judged at head is not looked at: there is nothing to hold it
    against, and its results are not gone.
    """
    left = {one.path for one in after.not_judged}
    pairs = (pair for pair in prepared.chosen.pairs if prepared.shown(pair.path) not in left)
    stood = [*(pair.before for pair in pairs), *prepared.chosen.gone]
    paths = [*dict.fromkeys(path for path in stood if path is not None)]
    as_they_were = _unchanged(prepared, gates, after, paths)
    judged = _judged(prepared, gates[0], [path for path in paths if path not in as_they_were])
    every = [as_they_were[path] if path in as_they_were else judged[path] for path in paths]
    return (
        [one for one in every if isinstance(one, Evaluation)],
        [one for one in every if isinstance(one, InvalidBefore)],
    )


def _unchanged(
    prepared: PreparedReview, gates: tuple[Gate, Gate], after: Evaluation, paths: Iterable[str]
) -> dict[str, Evaluation]:
    """What head was judged by and has as it was, by path. Where both sides are judged by something else, or on
    other days, nothing is the same."""
    question, (earlier, judge) = prepared.question, gates
    if earlier is not judge or (question.base_as_of or question.as_of) != question.as_of:
        return {}
    own = _by_path(after)
    return {path: own[shown] for path in paths if (shown := prepared.shown(path)) in own and _is_same(prepared, path)}


def _is_same(prepared: PreparedReview, path: str) -> bool:
    """Whether head has the same content at a path, and before the change, too, no other manifest stood beside it."""
    before, after = prepared.commits.parting_tree, prepared.commits.head_tree
    return before.get(path) == after.get(path) and not in_one_folder(path, before, prepared.repository.here)


def _judged(prepared: PreparedReview, gate: Gate, paths: Sequence[str]) -> Mapping[str, Evaluation | InvalidBefore]:
    """Manifests by path: all at once, and where something is wrong that is no manifest's own, each by itself."""
    if not paths:
        return {}
    given = read(prepared, paths, prepared.commits.parting_tree)
    try:
        whole = _judge(prepared, gate, given, allow_incomplete=True)
    except InputError:
        return {path: _alone(prepared, gate, one) for path, one in zip(paths, given, strict=True)}
    own = _by_path(whole)
    invalid = {one.path: InvalidBefore(one.path, InputError(one.problems).problems) for one in whole.not_judged}
    shown = {path: prepared.shown(path) for path in paths}
    return {path: own[name] if name in own else invalid[name] for path, name in shown.items()}


def _alone(prepared: PreparedReview, gate: Gate, one: GivenManifest) -> Evaluation | InvalidBefore:
    try:
        return _judge(prepared, gate, [one], allow_incomplete=False)
    except InputError as error:
        return InvalidBefore(one.path, error.problems)


def _judge(
    prepared: PreparedReview, gate: Gate, given: Sequence[GivenManifest], *, allow_incomplete: bool
) -> Evaluation:
    question = prepared.question
    return gate.judge(
        given,
        as_of=question.base_as_of or question.as_of,
        fail_on=threshold(question.fail_on, gate.bundle),
        repository=question.repository,
        allow_incomplete=allow_incomplete,
        asked_on=question.asked_on,
    )


def _by_path(whole: Evaluation) -> dict[str, Evaluation]:
    """The evaluation of each manifest by itself, by its path as it is shown; notices are of the whole, and left out."""
    subjects: dict[int, list[Subject]] = {id(one): [] for one in whole.manifests}
    results: dict[int, list[Result]] = {id(one): [] for one in whole.manifests}
    for subject in whole.subjects:
        subjects[id(subject.manifest)].append(subject)
    for result in whole.results:
        results[id(result.subject.manifest)].append(result)
    return {
        one.source.path: msgspec.structs.replace(
            whole,
            manifests=(one,),
            subjects=tuple(subjects[id(one)]),
            results=tuple(results[id(one)]),
            notices=(),
            not_judged=(),
        )
        for one in whole.manifests
    }
