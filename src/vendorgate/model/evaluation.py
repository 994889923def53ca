"""The whole answer, and the only place that counts."""

from __future__ import annotations

import datetime
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import msgspec

from .identity import NOWHERE, RepositoryName

if TYPE_CHECKING:
    from ..errors import Problem
    from .manifest import Manifest
    from .policy import Bundle
    from .registry import Snapshot
    from .result import Notice, Result
    from .subject import Subject
    from .vocabulary import FailOn, Verdict


class Summary(msgspec.Struct, frozen=True):
    """Counts of results by outcome, of what blocks, and of subjects."""

    subjects: int
    passed: int = msgspec.field(name="pass")
    fail: int
    unknown: int
    waived: int
    not_applicable: int
    blocking: int


class NotJudged(msgspec.Struct, frozen=True):
    """A manifest that was meant and could not be judged."""

    path: str
    """As it was given, with forward slashes."""
    problems: tuple[Problem, ...]
    """Every mistake in it; at least one."""


class Evaluation(msgspec.Struct, frozen=True, dict=True):
    """Manifests judged by a bundle against a snapshot on a day."""

    as_of: datetime.date
    manifests: tuple[Manifest, ...]
    bundle: Bundle
    snapshot: Snapshot
    subjects: tuple[Subject, ...]
    results: tuple[Result, ...]
    """In manifest order, then route order, then policy order."""
    notices: tuple[Notice, ...]
    not_judged: tuple[NotJudged, ...] = ()
    """Manifests that were meant, too, of which nothing is known; where there are any, nothing has passed."""
    repository: RepositoryName = NOWHERE
    """That the manifests are judged in."""
    as_of_given: bool = False
    """Whether somebody chose the as-of day, so that it may be another than the day of the run."""
    fail_on: FailOn = "error"
    """The least severity that blocks."""

    @property
    def day(self) -> str:
        """The as-of day, and whether somebody chose it."""
        return f"{self.as_of} (given)" if self.as_of_given else self.as_of.isoformat()

    @property
    def agreements(self) -> Literal["register", "self-declared"]:
        """What counts as an agreement in force."""
        return "self-declared" if self.bundle.register is None else "register"

    @cached_property
    def summary(self) -> Summary:
        outcomes = Counter(result.outcome for result in self.results)
        return Summary(
            subjects=len(self.subjects),
            passed=outcomes["pass"],
            fail=outcomes["fail"],
            unknown=outcomes["unknown"],
            waived=outcomes["waived"],
            not_applicable=outcomes["not_applicable"],
            blocking=sum(result.blocks for result in self.results) + sum(notice.blocks for notice in self.notices),
        )

    @cached_property
    def on_claims_alone(self) -> int:
        """How many passes rest on claims alone; of the counts the one that takes long, since no check needs it."""
        return sum(result.on_claims_alone for result in self.results)

    @property
    def verdict(self) -> Verdict:
        """Incomplete as soon as one manifest was not judged, else fail as soon as anything blocks."""
        if self.not_judged:
            return "incomplete"
        return "fail" if self.summary.blocking else "pass"
