"""What judges a usage on trial, the same for every usage of an evaluation, and what its rules ask for."""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from ..evaluate.program import Program
from ..logic import Node
from ..model.registry import Snapshot
from ..model.vocabulary import FailOn, RegionGroups
from .asked import Asking

if TYPE_CHECKING:
    from ..model.agreement import Register


class Judges(msgspec.Struct, frozen=True, dict=True):
    """The policies, the registry, the day and the threshold."""

    program: Program
    snapshot: Snapshot
    as_of: datetime.date
    fail_on: FailOn

    @property
    def groups(self) -> RegionGroups:
        return self.program.bundle.region_groups

    @property
    def register(self) -> Register | None:
        return self.program.bundle.register

    @cached_property
    def asking(self) -> Asking:
        """What rules of the policies and of the registry ask for, for all searches."""
        return Asking()

    @cached_property
    def rules(self) -> tuple[Node, ...]:
        """The rules of the policies, each `when` before what it is for."""
        return tuple([rule for policy in self.program.bundle.policies for rule in policy.rules])

    @cached_property
    def observed(self) -> frozenset[str]:
        """The paths of which a policy asks whether they are observed."""
        return self.asking.observed(self.rules)

    @cached_property
    def _reading(self) -> dict[str, list[Node]]:
        return {}

    def reading(self, path: str) -> list[Node]:
        """The conditions of the policies that read a path."""
        found = self._reading.get(path)
        if found is None:
            found = self._reading[path] = self.asking.leaves(self.rules, path)
        return found
