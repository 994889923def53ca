"""A review: both sides judged by what judged before the change, and everything that the change does.

In: `PreparedReview`. Out: a `Review`. Decides nothing by itself: the gate judges, `comparison` compares.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import msgspec

from ...comparison.causes import Causes
from ...comparison.model import ResultChange
from ...comparison.results import compare, keyed
from ...comparison.worlds import World, threshold
from ...errors import InputError, Problem
from ...gate import Gate
from ...load.manifest import routed_offerings
from ...model.evaluation import Evaluation
from ...model.manifest import Manifest
from ...model.result import Notice, Result
from ...model.subject import Subject
from ...model.vocabulary import SEVERITIES
from .changed_inputs import changed_inputs, not_in_force
from .earlier import judge_before
from .evaluations import gate, judge_head, judging_folders
from .folders import UnpackedFolders
from .gone_manifests import gone_manifests
from .integrations import integrations, new_data
from .model import GoneManifest, Review
from .notices import notices
from .preparing import PreparedReview

_COUNT: Final = ("new", "worse")
"""What blocks where only what is new or worse does."""


def review(prepared: PreparedReview, scratch: str) -> Review:
    """Judge both sides and compare them; files of commits are unpacked below `scratch`.

    Raises:
        InputError: what judges is not valid, or no manifest of head is.
        UsageError: the threshold asked for is laxer than the bundle's.
    """
    question, found, unpacked = prepared.question, prepared.commits, UnpackedFolders(prepared.repository, scratch)
    judge, after = _judged(prepared, unpacked)
    earlier, unready = _earlier(prepared, judge, unpacked)
    before, invalid = judge_before(prepared, (earlier, judge), after)
    edits, unloadable = changed_inputs(prepared, unpacked)
    changes = _counting(_changes(prepared, before, after, (earlier, judge)), question.new_only)
    gone = _gone(prepared, before, after, (earlier, judge))
    found_notices = notices(prepared, edits, (unready, unloadable), invalid, gone)
    if question.code:
        found_notices = (*_code(prepared, before, after, unpacked), *found_notices)
    subjects = [subject for one in before for subject in one.subjects]
    if judge.bundle.observations:
        found_notices = (*found_notices, *_accounts(prepared, subjects, after, judge))
    return Review(
        base=found.base,
        parting=found.parting,
        head=found.head,
        judges=prepared.judges,
        trust_head=question.trust_head,
        new_only=question.new_only,
        base_as_of=question.base_as_of or question.as_of,
        evaluation=_evaluation(after, changes, found_notices),
        changes=changes,
        integrations=integrations(subjects, after.subjects, prepared.now),
        data=new_data(subjects, after.subjects, prepared.now),
        edits=edits,
        gone=gone,
    )


def _code(
    prepared: PreparedReview, before: list[Evaluation], after: Evaluation, unpacked: UnpackedFolders
) -> tuple[Notice, ...]:
    """What the change makes code do otherwise than is declared."""
    from ...drift.telling import notices as told  # most reviews read no code
    from .code import code_since

    return tuple(told(code_since(prepared, before, after, judging_folders(prepared, prepared.judge, unpacked))))


def _accounts(prepared: PreparedReview, before: list[Subject], after: Evaluation, judge: Gate) -> tuple[Notice, ...]:
    """What the change moves to other accounts than those that were observed."""
    from .accounts import other_accounts  # few bundles observe anything

    return tuple(other_accounts(before, after.subjects, prepared.now, judge.bundle.observing, after.as_of))


def _gone(
    prepared: PreparedReview, before: list[Evaluation], after: Evaluation, gates: tuple[Gate, Gate]
) -> tuple[GoneManifest, ...]:
    """By the bundle that judges; where head is trusted, by the stricter of both: base decides what may leave."""
    _, judge = gates
    severity = min((one.bundle.review.gone for one in gates), key=SEVERITIES.index)
    least = threshold(prepared.question.fail_on, judge.bundle)
    stood = [manifest for one in before for manifest in one.manifests]
    return gone_manifests(prepared, stood, after.manifests, severity, least)


def _judged(prepared: PreparedReview, unpacked: UnpackedFolders) -> tuple[Gate, Evaluation]:
    """Head, and the gate that judged it."""
    try:
        judge = gate(prepared, prepared.judge, unpacked)
        return judge, judge_head(prepared, judge)
    except InputError as error:
        raise InputError([*error.problems, *not_in_force(prepared)]) from None


def _earlier(prepared: PreparedReview, judge: Gate, unpacked: UnpackedFolders) -> tuple[Gate, tuple[Problem, ...]]:
    """The gate for the results before the change: base's own, or that of head where head is trusted and base's does
    not load."""
    if not prepared.question.trust_head:
        return judge, ()
    try:
        found = gate(prepared, "base", unpacked)
        _ = found.bundle
    except InputError as error:
        return judge, error.problems
    return found, ()


def _changes(
    prepared: PreparedReview, before: list[Evaluation], after: Evaluation, gates: tuple[Gate, Gate]
) -> tuple[ResultChange, ...]:
    """Every change with its causes."""
    now = prepared.now
    old = keyed((result for one in before for result in one.results), now)
    found = compare(old, keyed(after.results, {}))
    changed = {key.manifest for key, change in found.items() if change.kind != "unchanged"}
    causes = Causes(*_worlds(prepared, before, after, gates, changed), now)
    return tuple(msgspec.structs.replace(change, causes=causes.of(key, change)) for key, change in found.items())


def _worlds(
    prepared: PreparedReview,
    before: list[Evaluation],
    after: Evaluation,
    gates: tuple[Gate, Gate],
    changed: Collection[str],
) -> tuple[World, World]:
    """Both sides, with those manifests alone of which a result changed: nobody asks why the others are as they were."""
    question, now = prepared.question, prepared.now
    manifests = tuple(manifest for one in before for manifest in one.manifests)
    named = _offerings((*manifests, *after.manifests))
    days = (question.base_as_of or question.as_of, question.as_of)
    sides = (_concerned(manifests, now, changed), _concerned(after.manifests, {}, changed))
    old, new = (
        World(own, one.bundle, one.snapshot(named), day, question.fail_on)
        for own, one, day in zip(sides, gates, days, strict=True)
    )
    return old, new


def _concerned(manifests: Iterable[Manifest], now: Mapping[str, str], changed: Collection[str]) -> tuple[Manifest, ...]:
    """The manifests of some paths of today."""
    return tuple(one for one in manifests if now.get(one.source.path, one.source.path) in changed)


def _offerings(manifests: Iterable[Manifest]) -> set[str]:
    return {name for manifest in manifests for name in routed_offerings(manifest.usages)}


def _counting(changes: tuple[ResultChange, ...], new_only: bool) -> tuple[ResultChange, ...]:
    """The changes, with no result blocking that does not count."""
    return tuple(
        msgspec.structs.replace(change, after=msgspec.structs.replace(change.after, blocks=False))
        if new_only and change.after is not None and change.kind not in _COUNT
        else change
        for change in changes
    )


def _evaluation(after: Evaluation, changes: tuple[ResultChange, ...], found_notices: tuple[Notice, ...]) -> Evaluation:
    """Of head, as it counts in this review."""
    results: tuple[Result, ...] = tuple(change.after for change in changes if change.after is not None)
    return msgspec.structs.replace(after, results=results, notices=(*found_notices, *after.notices))
