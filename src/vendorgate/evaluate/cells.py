"""The cells of an offering as they judge: what each step of coverage comes to for all of them at once, a bit for each.

In: an offering, what the bundle demands of evidence, its groups of regions; then a day, and what a subject declares.
Out: sets of cells. Each step is that of `StepwiseCase`, worked out once for all subjects with the same declarations.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from ..logic import Node, Value
from ..logic.globs import names_any
from ..model.grades import meaning_of
from ..model.policy import Policy, RegistryDemands
from ..model.registry import Cell, Offering, Reach
from ..model.result import Citation, Reason
from ..model.vocabulary import CONFIDENCES, TIERS, Decision, Dimension, RegionGroups, Tier
from ..source import Location, Path, Place
from .calendar import days_since
from .scope import DECLARED_BY, Axis, Gap, declared_names, outside

if TYPE_CHECKING:
    from ..model.agreement import Agreement
    from .facts import Exceptions

Bits = int
"""A set of cells: the bit of each that is in it."""
_ALL: Final[Bits] = -1
Name = TypeVar("Name")
Known = TypeVar("Known")
_MOST_NAMES: Final = 4096
"""Declared names of one axis that are remembered: manifests of strangers may declare any."""
_MOST_TOLD: Final = 512
"""Rules with their values whose reasons are remembered."""
_MOST_DAYS: Final = 8
"""Days that are remembered: a plan walks over many, and needs few at once."""


def grade_of(cell: Cell) -> Decision:
    """Step 1, with the reach of a partial grade left to step 4, and whether a contract counts to the subject."""
    if cell.written.value == "partial" and cell.written.scope is None:
        return "unknown"
    return meaning_of(cell.written.value).covers


def evidence_on(cell: Cell, demands: RegistryDemands, as_of: datetime.date) -> Decision:
    """Step 2: verified, not in the future, not too old, not announced to end, and confident enough."""
    verified = cell.written.verified
    if cell.written.valid_until is not None and cell.written.valid_until < as_of:
        return "unknown"
    if verified is None or not 0 <= days_since(verified, as_of) <= demands.max_age(cell.dimension):
        return "unknown"
    confidence = CONFIDENCES.index(cell.written.confidence or "low")
    return "pass" if confidence >= CONFIDENCES.index(demands.min_confidence) else "unknown"


def tier_of(cell: Cell, declared: Tier) -> Decision:
    """Step 3: the usage's tier is the cell's or above it."""
    least = cell.written.tier
    return "pass" if least is None or TIERS.index(declared) >= TIERS.index(least) else "fail"


class Cited(msgspec.Struct, frozen=True):
    """The cells that a policy rests on, through conditions too."""

    policy: Policy
    """Kept, so that its id stays its own."""
    cells: tuple[tuple[Dimension, Cell | None], ...]
    facts: tuple[str, ...]
    """The paths of the facts that it reads of them."""
    citations: tuple[Citation, ...]
    """Of all cells, where it reads no facts."""


class Told(msgspec.Struct, frozen=True):
    """The reasons of a rule at a place, and what they were worked out from."""

    reasons: tuple[Reason, ...]
    tree: Node
    locate: Callable[[], Location]
    agreements: tuple[Agreement, ...] | None
    """Those that were looked through, kept so that their id stays their own; None where none were."""


class Steps(msgspec.Struct, frozen=True):
    """Which cells of an offering pass which steps of coverage for one subject."""

    refusing: Bits
    """Not covered, whatever their conditions come to."""
    doubtful: Bits
    """Of which that is not known."""
    undocumented: Bits
    unclear: Bits
    """Of which it is not known whether they are documented."""
    untold: Bits
    """Of which nobody knows what they say: their grade is none, or their evidence does not count."""
    silent: Bits
    """Which say nothing of this usage: of its models, its tier or its scope."""
    outside: Bits
    """Whose scope leaves something declared out, or may."""
    strange: bool
    """Whether a model is declared that the offering does not list; then nothing is documented of any cell."""


class JudgingCells:
    """The cells of one offering under the demands of one bundle."""

    __slots__ = (
        *("_axes", "_below", "_demands", "_exceptions", "_gaps", "_groups", "_listed", "_partial", "_places"),
        *("_refused", "_ungraded"),
        *("_unproven", "_where_stated", "bits", "cited", "offering", "options", "own", "said", "told"),
    )

    def __init__(self, offering: Offering, demands: RegistryDemands, groups: RegionGroups) -> None:
        self.offering = offering
        self._demands = demands
        self._places = [(1 << place, cell) for place, cell in enumerate(offering.cells.values())]
        self.bits: Mapping[str, Bits] = {dimension: 1 << place for place, dimension in enumerate(offering.cells)}
        self._refused = self._ungraded = self._partial = 0
        for bit, cell in self._places:
            grade = grade_of(cell)
            self._refused |= bit if grade == "fail" else 0
            self._ungraded |= bit if grade == "unknown" else 0
            self._partial |= bit if cell.written.value == "partial" else 0
        self._below: dict[Tier, Bits] = {}
        scoped = [(bit, cell) for bit, cell in self._places if cell.written.scope is not None]
        axes = (_AxisOfCells(axis, scoped, offering, groups) for axis in DECLARED_BY)
        self._axes = [one for one in axes if one.restricted]
        self._groups = groups
        self._gaps: dict[tuple[str, Axis, str], tuple[Gap, ...]] = {}
        """By dimension, axis and declared name what the scope of a cell leaves out, or may."""
        self._listed: dict[str, bool] = {}
        """Of declared models, whether the offering lists them."""
        self._unproven: dict[datetime.date, Bits] = {}
        self._where_stated: dict[Path, Place] = {}
        self._exceptions: dict[tuple[str, str], tuple[Exceptions, ...]] = {}
        self.cited: dict[int, Cited] = {}
        """What policies cite, by their ids."""
        self.options: dict[tuple[object, ...], tuple[str, ...]] = {}
        """Names that can stand in the place of others which a scope leaves out."""
        self.said: dict[tuple[object, ...], Reason] = {}
        """Steps that are said alike of every subject with the same declarations."""
        self.own: dict[tuple[object, ...], tuple[Reason, ...]] = {}
        """By dimension, day and tier the grade, evidence and tier of a cell as steps."""
        self.told: dict[tuple[object, ...], Told] = {}
        """Reasons of rules that are alike for every subject with the same values; see `alike`."""

    def steps(self, stated: Mapping[str, Value], as_of: datetime.date) -> Steps:
        """What the steps come to on a day for what a subject declares; whether contracts count is left to the case."""
        out, unclear = self._reached(stated)
        below = self._below_of(stated["usage.tier"])  # type: ignore[arg-type]  # every usage has a tier
        untold = self._ungraded | self._unproven_on(as_of)
        refusing, undocumented = self._refused | below | out, self._refused | self._partial & out
        if self._is_strange(stated):
            return Steps(refusing, _ALL, undocumented, _ALL, untold, _ALL, out | unclear, True)
        outside = out | unclear
        partly = untold | self._partial & unclear
        return Steps(refusing, untold | unclear, undocumented, partly, untold, below | outside, outside, False)

    def gaps(self, cell: Cell, stated: Mapping[str, Value]) -> list[Gap]:
        """Every gap between the scope of a cell and what a subject declares; those of a name are made once."""
        bit = self.bits[cell.dimension]
        found: list[Gap] = []
        for axis in self._axes:
            if not axis.restricted & bit:
                continue
            names = declared_names(stated, axis.path)
            if names is None:
                found.append(Gap(axis.axis, None, "unknown", getattr(cell.written.scope, axis.axis)))
                continue
            for name in names:
                out, unclear = axis.known.get(name) or axis.learn(name)
                if (out | unclear) & bit:
                    found.extend(self._gaps.get((cell.dimension, axis.axis, name)) or self._gaps_of(cell, axis, name))
        return found

    def _gaps_of(self, cell: Cell, axis: _AxisOfCells, name: str) -> tuple[Gap, ...]:
        reach: Reach = getattr(cell.written.scope, axis.axis)
        found = tuple(outside(axis.axis, [name], reach, self.offering, self._groups))
        return _remember(self._gaps, (cell.dimension, axis.axis, name), found)

    def keep_own(self, key: tuple[object, ...], steps: tuple[Reason, ...]) -> tuple[Reason, ...]:
        """Remember the steps that a cell has by itself."""
        return _remember(self.own, key, steps)

    def offer(self, key: tuple[object, ...], options: tuple[str, ...]) -> tuple[str, ...]:
        """Remember names that can stand in the place of others."""
        return _remember(self.options, key, options)

    def place(self, *below: str | int) -> Place:
        """Where a cell stands, or a part of it, or would."""
        found = self._where_stated.get(below)
        if found is None:
            place = Place(self.offering.source_of(str(below[0])), ("dimensions", *below), "key")
            found = self._where_stated[below] = place
        return found

    def exceptions(self, cell: Cell, fact: str) -> tuple[Exceptions, ...]:
        """The axes on which a fact of a cell is stated apart for some names."""
        found = self._exceptions.get((cell.dimension, fact))
        if found is None:
            from .facts import exceptions_of  # few checks read facts

            found = self._exceptions[cell.dimension, fact] = exceptions_of(cell, fact)
        return found

    def say(self, key: tuple[object, ...], reason: Reason) -> Reason:
        """Remember a step that is said."""
        return _remember(self.said, key, reason)

    def tell(self, key: tuple[object, ...], told: Told) -> Told:
        """Remember the reasons of a rule."""
        return _remember(self.told, key, told, _MOST_TOLD)

    def _below_of(self, declared: Tier) -> Bits:
        """Cells that are offered at higher tiers alone."""
        found = self._below.get(declared)
        if found is None:
            found = sum(bit for bit, cell in self._places if tier_of(cell, declared) == "fail")
            self._below[declared] = found
        return found

    def _unproven_on(self, as_of: datetime.date) -> Bits:
        """Cells whose evidence does not count on a day."""
        found = self._unproven.get(as_of)
        if found is None:
            if len(self._unproven) >= _MOST_DAYS:
                self._unproven.clear()
            doubtful = (bit for bit, cell in self._places if evidence_on(cell, self._demands, as_of) != "pass")
            found = self._unproven[as_of] = sum(doubtful)
        return found

    def _reached(self, stated: Mapping[str, Value]) -> tuple[Bits, Bits]:
        """Cells whose scope leaves something declared out, and those of which that is not known."""
        out = unclear = 0
        for axis in self._axes:
            names = declared_names(stated, axis.path)
            if names is None:
                unclear |= axis.restricted
                continue
            for name in names:
                found = axis.known.get(name) or axis.learn(name)
                out |= found[0]
                unclear |= found[1]
        return out, unclear

    def _is_strange(self, stated: Mapping[str, Value]) -> bool:
        """Whether a model is declared that the offering does not list."""
        listed = self.offering.written.models
        if listed is None:
            return False
        for name in declared_names(stated, "usage.models") or ():
            known = self._listed.get(name)
            if known is None:
                known = _remember(self._listed, name, names_any(name, listed))
            if not known:
                return True
        return False


class _AxisOfCells:
    """What one axis of all scopes says of declared names."""

    __slots__ = ("_groups", "_offering", "_reaches", "axis", "known", "path", "restricted")

    def __init__(
        self, axis: Axis, places: Sequence[tuple[Bits, Cell]], offering: Offering, groups: RegionGroups
    ) -> None:
        self.path = DECLARED_BY[axis]
        self.known: dict[str, tuple[Bits, Bits]] = {}
        """By name: the cells that leave it out, and those of which that is not known."""
        self.axis: Axis = axis
        self._offering = offering
        self._groups = groups
        self._reaches = _reaches(axis, places)
        self.restricted = sum(bits for _, bits in self._reaches)
        """The cells that this axis restricts; of none of them it is known where nothing is declared."""

    def learn(self, name: str) -> tuple[Bits, Bits]:
        """What all scopes say of a name."""
        out = unclear = 0
        for reach, bits in self._reaches:
            for gap in outside(self.axis, [name], reach, self._offering, self._groups):
                if gap.outcome == "fail":
                    out |= bits
                else:
                    unclear |= bits
        return _remember(self.known, name, (out, unclear))


def _reaches(axis: Axis, places: Sequence[tuple[Bits, Cell]]) -> list[tuple[Reach, Bits]]:
    """Each reach once, with the cells that have it: many have the same."""
    found: dict[tuple[object, object], tuple[Reach, Bits]] = {}
    for bit, cell in places:
        reach: Reach | None = getattr(cell.written.scope, axis, None)
        if reach is not None:
            _, alike = found.get((reach.only, reach.excluded), (reach, 0))
            found[reach.only, reach.excluded] = reach, alike | bit
    return [*found.values()]


def _remember(known: dict[Name, Known], name: Name, value: Known, most: int = _MOST_NAMES) -> Known:
    if len(known) >= most:
        known.clear()
    known[name] = value
    return value
