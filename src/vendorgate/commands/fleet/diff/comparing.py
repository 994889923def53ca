"""Two runs compared: what turned and why, and what came, went or failed.

In: two runs, open for reading. Out: a `FleetDifference`. Both are gone through once, side by side; what is remembered
does not grow with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from ..run.reading import Run
from .cases import Cases
from .causing import CAME, WENT, Causes
from .grouping import Groups
from .merging import Presence, SeenSubject, manifests_of, merged, repositories_of, subjects_of
from .model import (
    Cause,
    Example,
    FleetDifference,
    PlaceKind,
    Places,
    RunSide,
    Standing,
    SubjectName,
    TurnKind,
)
from .rules import turned_rules
from .turning import turn

_REMEMBERED: Final = 10_000
"""Pairs of cases of which it is remembered what turned."""
_EXAMPLES: Final = 5
"""Repositories or manifests that are named one by one."""
_TurnedResult = tuple[TurnKind, Cause, str, "Standing | None", "Standing | None"]


def fleet_difference(before: Run, after: Run) -> FleetDifference:
    """What is another in a run than in an earlier one."""
    comparing = _Comparing(before, after)
    comparing.go_through()
    return FleetDifference(
        before=_side(before),
        after=_side(after),
        turned=comparing.groups.turned(),
        rules=turned_rules(before.database, after.database, incomplete=after.about.verdict == "incomplete"),
        unchanged=comparing.unchanged,
        added=comparing.added,
        removed=comparing.removed,
        repositories=_places(merged(repositories_of(before), repositories_of(after))),
        manifests=_places(_manifests(before, after)),
    )


def _manifests(before: Run, after: Run) -> Iterator[tuple[str, bool | None, bool | None]]:
    for (repository, path), old, new in merged(manifests_of(before), manifests_of(after)):
        below = not repository or path.startswith(f"{repository}/")
        yield path if below else f"{repository}: {path}", old, new


class _Comparing:
    """The subjects of two runs, side by side."""

    def __init__(self, before: Run, after: Run) -> None:
        self._runs = before, after
        self._cases = Cases(before), Cases(after)
        self._causes = Causes(before.about, after.about)
        self._there = Presence(before), Presence(after)
        self._pair = lru_cache(_REMEMBERED)(self._turned_between)
        self.groups = Groups()
        self.unchanged = 0
        self.added = 0
        self.removed = 0

    def go_through(self) -> None:
        before, after = self._runs
        policies = before.database.execute("SELECT id FROM policies ORDER BY id").fetchall()
        same = policies == after.database.execute("SELECT id FROM policies ORDER BY id").fetchall()
        for name, old, new in merged(subjects_of(before), subjects_of(after)):
            if old is not None and new is not None and same and old.digest == new.digest:
                self.unchanged += len(policies)
            else:
                self._take(name, old, new)

    def _take(self, name: SubjectName, old: SeenSubject | None, new: SeenSubject | None) -> None:
        self.added += old is None
        self.removed += new is None
        if old is None or new is None:
            turned = self._came_or_went(name, old, new)
        else:
            same_manifest = old.sha256 == new.sha256
            turned, unchanged = self._pair(old.case, new.case, same_manifest, old.whose == new.whose)
            self.unchanged += unchanged
        line = new.line if new is not None else None if old is None else old.line
        for kind, cause, policy, was, now in turned:
            self.groups.take(kind, cause, Example(name, line, policy, was, now))

    def _came_or_went(
        self, name: SubjectName, old: SeenSubject | None, new: SeenSubject | None
    ) -> Iterable[_TurnedResult]:
        """What turns where a subject is on one side alone."""
        if old is not None:
            there = self._there[1].of(name)
            kind: TurnKind = "lost" if there == "failed" else "gone"
            for policy, standing in self._cases[0].of(old.case).standings.items():
                if turn(standing, None, (None, None)) is not None:
                    yield kind, WENT[there], policy, standing, None
        if new is not None:
            cause = CAME[self._there[0].of(name)]
            for policy, standing in self._cases[1].of(new.case).standings.items():
                if turn(None, standing, (None, None)) is not None:
                    yield "new", cause, policy, None, standing

    def _turned_between(
        self, old: int, new: int, same_manifest: bool, same_owner: bool
    ) -> tuple[tuple[_TurnedResult, ...], int]:
        """What turned between two cases, and how many results did not."""
        told = self._cases[0].of(old), self._cases[1].of(new)
        found: list[_TurnedResult] = []
        unchanged = 0
        for policy in dict.fromkeys((*told[0].standings, *told[1].standings)):
            was, now = (one.standings.get(policy) for one in told)
            kind = turn(was, now, (told[0].results.get(policy), told[1].results.get(policy)))
            if kind is None:
                unchanged += 1
            elif was is None or now is None:
                found.append((kind, self._causes.of_policy(policy), policy, was, now))
            else:
                cause = self._causes.of(policy, told, same_manifest=same_manifest, same_owner=same_owner)
                found.append((kind, cause, policy, was, now))
        return tuple(found), unchanged


def _places(sides: Iterable[tuple[str, bool | None, bool | None]]) -> tuple[Places, ...]:
    """What came, went, failed or can be judged again; a side is None where it is not there, True where it failed."""
    found: dict[PlaceKind, list[str]] = {"appeared": [], "vanished": [], "failed": [], "mended": []}
    counts: dict[PlaceKind, int] = dict.fromkeys(found, 0)
    for name, old, new in sides:
        kind = _place_kind(old, new)
        if kind is not None:
            counts[kind] += 1
            if len(found[kind]) < _EXAMPLES:
                found[kind].append(name)
    return tuple(Places(kind, counts[kind], tuple(names)) for kind, names in found.items() if counts[kind])


def _place_kind(old: bool | None, new: bool | None) -> PlaceKind | None:
    if new is None:
        return "vanished"
    if new and not old:
        return "failed"
    if old is None:
        return "appeared"
    return "mended" if old and not new else None


def _side(run: Run) -> RunSide:
    about = run.about
    return RunSide(
        run.shown,
        about.as_of,
        about.verdict,
        about.database.sha256,
        about.inputs.bundle.sha256,
        about.inputs.registry.sha256,
        about.tool.version,
        about.fail_on,
        about.summary.subjects,
        about.summary.blocking,
        sum(one.differences for one in about.drift if one.blocks),
    )
