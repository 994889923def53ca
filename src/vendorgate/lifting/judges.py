"""What judges a usage on trial, the same for every usage of an evaluation."""

from __future__ import annotations

import datetime

import msgspec

from ..evaluate.program import Program
from ..model.agreement import Register
from ..model.registry import Snapshot
from ..model.vocabulary import FailOn, RegionGroups


class Judges(msgspec.Struct, frozen=True):
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
