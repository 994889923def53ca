"""The waivers of all that blocks, each of one result as it is now: a baseline that ends.

In: an evaluation, and on whose word. Out: waivers, what they waive, and what none could waive, with the reason, in the
words of the rules that judge. What does not block gets none, and what is waived already no second one.
"""

from __future__ import annotations

import msgspec

from ...evaluate.naming import way_out
from ...model.evaluation import Evaluation
from ...model.result import Result
from ...model.waiver import Waiver, WaiverEntry
from .permission import Key, Permission, entry_for, judged_with, key, refuse_past


class Baseline(msgspec.Struct, frozen=True):
    """Waivers of what blocks."""

    entries: tuple[WaiverEntry, ...]
    """One for each finding; of manifests that share a project, a usage and a finding one for all of them."""
    waived: tuple[Result, ...]
    """What blocks without them, and is waived by them."""
    left: tuple[tuple[str, tuple[Result, ...]], ...]
    """What goes on blocking, by the reason why no waiver of it would hold."""
    outdated: tuple[Waiver, ...]
    """Waivers that name what is waived and are void for it."""


def baseline(evaluation: Evaluation, permission: Permission) -> Baseline:
    """The waivers of all that blocks, as far as they hold.

    Raises:
        UsageError: the permission ends before the day to judge by.
    """
    refuse_past(permission, evaluation.as_of)
    entries = {key(one): entry_for(one, permission) for one in evaluation.results if one.blocks}
    why = _why_not(evaluation, entries)
    waived = tuple(one for one in evaluation.results if one.blocks and key(one) not in why)
    left: dict[str, list[Result]] = {}
    for one in evaluation.results:
        if one.blocks and key(one) in why:
            left.setdefault(why[key(one)], []).append(one)
    void = {id(one.waiver): one.waiver for result in waived for one in result.void}
    return Baseline(
        tuple(dict.fromkeys(entries[key(one)] for one in waived)),
        waived,
        tuple((words, tuple(results)) for words, results in left.items()),
        tuple(void.values()),
    )


def _why_not(evaluation: Evaluation, entries: dict[Key, WaiverEntry]) -> dict[Key, str]:
    """Of each result whose waiver would not hold: why."""
    new = tuple(dict.fromkeys(entries.values()))
    after = judged_with(evaluation, new)
    waivers = dict(zip(new, after.bundle.waivers[len(evaluation.bundle.waivers) :], strict=True))
    results = {key(one): one for one in after.results}
    return {of: _words(results[of], waivers[entry]) for of, entry in entries.items() if results[of].waiver is None}


def _words(result: Result, waiver: Waiver) -> str:
    """Why a waiver does not hold for the result that it is for."""
    breaches = [breach.words for void in result.void if void.waiver is waiver for breach in void.breaches]
    if breaches:
        return "; ".join(breaches)
    manifest = result.subject.manifest
    return f"no entry of `projects` in bundle.yaml binds project `{manifest.project}`; {way_out(manifest)}"
