"""What could stand in for a case: a world that somebody made up.

In: values by atom, as `reading.atoms_of` names them (`covered hipaa_baa`, `usage.region`). Out: answers to rules.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final

from ..logic import UNKNOWN, Value
from ..model.asking import OBSERVED
from ..model.vocabulary import NO_GROUPS, RegionGroups


class PossibleCase:
    """Answers what a rule asks from values alone; of what has none, nothing is known."""

    __slots__ = ("as_of", "region_groups", "stated")
    undeclared_setting: Final = UNKNOWN

    def __init__(
        self, stated: Mapping[str, Value], as_of: datetime.date, region_groups: RegionGroups = NO_GROUPS
    ) -> None:
        self.region_groups = region_groups
        self.stated = stated
        self.as_of = as_of

    def covered(self, dimension: str) -> Value:
        return self.stated.get(f"covered {dimension}", UNKNOWN)

    def documented(self, dimension: str) -> Value:
        return self.stated.get(f"documented {dimension}", UNKNOWN)

    def in_force(self, kind: str) -> Value:
        return self.stated.get(f"agreement {kind}", UNKNOWN)

    def is_observed(self, path: str) -> bool:
        return self.stated.get(f"{OBSERVED} {path}") is True

    def registry(self, dimension: str, field: str, below: list[str]) -> Value:
        return self.stated.get(".".join(("registry", dimension, field, *below)), UNKNOWN)

    def agreement_field(self, kind: str, field: str) -> Value:
        return self.stated.get(f"agreements.{kind}.{field}", UNKNOWN)

    def name(self) -> Value:
        return self.stated.get("project.name", UNKNOWN)
