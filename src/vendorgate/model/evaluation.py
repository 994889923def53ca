"""The whole answer, and the only place that counts."""

from __future__ import annotations

import datetime
from collections import Counter
from functools import cached_property
from typing import Literal

import msgspec

from .manifest import Manifest
from .policy import Bundle
from .registry import Snapshot
from .result import Notice, Result
from .subject import Subject


class Summary(msgspec.Struct, frozen=True):
    """Counts of results by outcome, of what blocks, and of subjects."""

    subjects: int
    passed: int = msgspec.field(name="pass")
    fail: int
    unknown: int
    waived: int
    not_applicable: int
    blocking: int


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

    @property
    def verdict(self) -> Literal["pass", "fail"]:
        """Fail as soon as anything blocks."""
        return "fail" if self.summary.blocking else "pass"
