"""Usages that a waiver of the bundle names: judged with the waivers, each by itself.

In: usages that are not clean. Out: whether any waiver names a route; the usage judged, and what each waiver did for it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ....evaluate import Program
from ....evaluate.waiver_index import WaiverIndex
from ....evaluate.waiver_uses import Counted, ToldUse, notices_of, state_of, told_use, uses_of
from ....model.identity import Identity
from ....model.manifest import Manifest
from ....model.policy import Bundle
from ....model.registry import Snapshot
from ....model.result import Notice, Result
from ....model.subject import Subject
from ....model.vocabulary import FailOn
from ..model import MetWaiver, VoidWaiver
from .cases import RouteCase, Usages, judged


class Waiving:
    """Judges with the waivers of a bundle."""

    def __init__(self, bundle: Bundle, as_of: datetime.date, fail_on: FailOn) -> None:
        self._program = Program(bundle)
        self.index = WaiverIndex(bundle.waivers)
        self._places = {id(one): place for place, one in enumerate(bundle.waivers)}
        self._as_of = as_of
        self._fail_on = fail_on

    def names(self, identity: Identity, project: str, usage: str, route: RouteCase) -> bool:
        """Whether any waiver names a route, whatever the policy and the day."""
        named = self.index.of_names(
            project, usage, route.offering, route.account, route.vendor, is_stranger=identity.is_stranger
        )
        return named != 0

    def judged(
        self, manifest: Manifest, subjects: tuple[Subject, ...], snapshot: Snapshot
    ) -> tuple[Usages, tuple[MetWaiver, ...]]:
        """A manifest of one usage, and what waivers do for it."""
        found = judged(manifest, subjects, snapshot, self._program, self._as_of, self._fail_on)
        return found, tuple(self._met(found.results))

    def _met(self, results: tuple[Result, ...]) -> Iterator[MetWaiver]:
        bits = 0
        for result in results:
            bits |= self.index.of_subject(result.subject)
        named = WaiverIndex(self.index.among(bits))
        for use in uses_of(named, results, self._as_of):
            told = told_use(use)
            if told.met is not None:
                covered = told.covered or Counted(0, "")
                void = tuple(VoidWaiver(rule, words, some.count, some.first) for rule, words, some in told.void)
                place, shown = self._places[id(use.waiver)], len(use.waives)
                yield MetWaiver(place, told.met.count, told.met.first, shown, covered.count, covered.first, void)


def joined(earlier: MetWaiver, later: MetWaiver) -> MetWaiver:
    """What one waiver does for the results of both, the earlier ones first."""
    void = {one.rule: one for one in earlier.void}
    for one in later.void:
        before = void.get(one.rule)
        void[one.rule] = (
            one if before is None else VoidWaiver(one.rule, before.words, before.count + one.count, before.first)
        )
    return MetWaiver(
        earlier.index,
        earlier.met + later.met,
        earlier.first_met,
        earlier.shown + later.shown,
        earlier.covered + later.covered,
        earlier.first_covered or later.first_covered,
        tuple(void.values()),
    )


def waiver_notices(bundle: Bundle, met: dict[int, MetWaiver], as_of: datetime.date) -> Iterator[Notice]:
    """What is worth knowing of each waiver of a bundle, by what it did for all results of a run."""
    for place, waiver in enumerate(bundle.waivers):
        use = met.get(place)
        if use is None:
            yield from notices_of(ToldUse(waiver, state_of(waiver, as_of, False, False, False), None, None, ()), as_of)
            continue
        state = state_of(waiver, as_of, use.shown > 0, bool(use.void), True)
        covered = Counted(use.covered, use.first_covered) if use.covered else None
        void = tuple((one.rule, one.words, Counted(one.count, one.first)) for one in use.void)
        yield from notices_of(ToldUse(waiver, state, Counted(use.met, use.first_met), covered, void), as_of)
