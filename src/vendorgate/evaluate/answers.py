"""What a rule asks of whatever is judged, and what a rule is that can be asked: types alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..logic import Evaluator, Unknown, Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from ..model.vocabulary import RegionGroups


class Answers(Protocol):
    """What a rule may ask of whatever is judged: a `Case`, or what stands in for one."""

    @property
    def as_of(self) -> datetime.date:
        """The day that is judged by."""

    @property
    def stated(self) -> Mapping[str, Value]:
        """What is declared, by whole path."""

    @property
    def undeclared_setting(self) -> Unknown:
        """What is known of a setting that nobody stated."""

    @property
    def region_groups(self) -> RegionGroups:
        """Groups of regions that the bundle and its packs add."""

    def covered(self, dimension: str) -> Value:
        """Whether a dimension is covered."""

    def documented(self, dimension: str) -> Value:
        """Whether a dimension is documented."""

    def in_force(self, kind: str) -> Value:
        """Whether an agreement of a kind is in force."""

    def is_observed(self, path: str) -> bool:
        """Whether the value of a path comes from an observation."""

    def agreement_field(self, kind: str, field: str) -> Value:
        """`agreements.<kind>.<field>`."""

    def name(self) -> Value:
        """`project.name`."""

    def registry(self, dimension: str, field: str, below: list[str]) -> Value:
        """`registry.<dimension>.<field>`, and what stands below it."""


CompiledRule = Evaluator[Answers]
"""A compiled rule, to be called with None and what answers it."""
