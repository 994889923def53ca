"""Results by the one fact that keeps them from passing, so that a fact is told once, whomever it hits.

In: results. Out: groups, the largest first. Refuses to know how they are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from ..logic.wording import count
from ..model.result import Result
from ..model.subject import Subject
from ..model.vocabulary import Severity
from .cause import Cause, causes_of, first_of, said

SEVERITY: Final[dict[Severity, int]] = {"error": 0, "warning": 1, "note": 2}
"""The worst first."""


class Group(msgspec.Struct, frozen=True):
    """Results that are told under one cause."""

    causes: tuple[Cause, ...]
    """The cause as each of them has it; their keys are the same, and what they are said of may differ."""
    results: tuple[Result, ...]
    """As they stand in the evaluation; at least one."""
    others: tuple[Cause, ...]
    """What else keeps any of them from passing, each cause once."""

    @property
    def cause(self) -> Cause:
        return self.causes[0]

    @property
    def headline(self) -> str:
        """The fact in words, with all that it is said of."""
        return said(self.causes)

    @property
    def severity(self) -> Severity:
        """That of the worst."""
        return min((one.severity for one in self.results), key=SEVERITY.__getitem__)

    @property
    def policies(self) -> tuple[str, ...]:
        """The ids of the policies, each once."""
        return (*dict.fromkeys(one.policy.id for one in self.results),)

    @property
    def usages(self) -> int:
        return len({(id(one.subject.manifest), one.subject.usage) for one in self.results})

    @property
    def projects(self) -> int:
        return len({one.subject.manifest.project for one in self.results})

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """The routes, each once."""
        return (*{id(one.subject): one.subject for one in self.results}.values(),)

    @property
    def hit(self) -> str:
        """How many it hits: `3 policies of 2 usages`; the projects where they are several."""
        whose = f"{count(len(self.policies), 'policy', 'policies')} of {count(self.usages, 'usage')}"
        return whose + (f" in {self.projects} projects" if self.projects > 1 else "")


def grouped(results: Iterable[Result]) -> tuple[Group, ...]:
    """The results that have a cause, by the one that they are told under: the worst first, then the most, then as
    they stand."""
    found: dict[tuple[str, ...], list[tuple[Result, tuple[Cause, ...]]]] = {}
    for result in results:
        causes = causes_of(result)
        cause = first_of(causes)
        if cause is not None:
            found.setdefault(cause.key, []).append((result, causes))
    groups = (_group(key, alike) for key, alike in found.items())
    return (*sorted(groups, key=lambda one: (SEVERITY[one.severity], -len(one.results))),)


def _group(key: tuple[str, ...], alike: list[tuple[Result, tuple[Cause, ...]]]) -> Group:
    keyed = [(cause.key, cause) for _, causes in alike for cause in causes]
    own = tuple([cause for known, cause in keyed if known == key])
    others = {known: cause for known, cause in keyed if known != key}
    return Group(own, tuple([result for result, _ in alike]), (*others.values(),))


def each(groups: Iterable[Group]) -> Iterator[Result]:
    """Every result of several groups."""
    for group in groups:
        yield from group.results
