"""One subject as it is judged: everything that a rule may ask of it, each answer worked out once.

In: a subject, the bundle's demands, the as-of day. Out: coverage, agreements, registry values.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from msgspec import UnsetType

from ..logic import CONTRADICTED, UNKNOWN, WITHHELD, Json, Unknown, Value, truth_of
from ..logic.globs import names_any
from ..model.policy import RegistryDemands
from ..model.registry import Cell
from ..model.result import Reason
from ..model.subject import Subject
from ..model.vocabulary import CONTRACT, Decision, RegionGroups
from .calendar import is_current, last_day
from .cells import Steps, evidence_on, grade_of, tier_of
from .program import Program
from .scope import Gap, declared_names

if TYPE_CHECKING:
    from ..declarations.observing import Observed, Standing
    from ..model.agreement import Agreement
    from ..model.text import Decoded
    from .facts import FactSource
    from .kinds import Kinds


class Case:
    """A subject on the as-of day. A question of yes or no is answered True, False or UNKNOWN."""

    __slots__ = (
        *("_agreements", "_coverage", "_facts", "_sources", "_steps", "_strangers"),
        *("as_of", "asked_for_name", "cells", "contradictions", "demands", "explained", "kinds", "observed", "program"),
        *("region_groups", "stated", "subject", "undeclared_setting"),
    )

    def __init__(self, subject: Subject, program: Program, as_of: datetime.date) -> None:
        self.subject = subject
        self.program = program
        self.demands: RegistryDemands = program.bundle.registry
        self.as_of = as_of
        self.region_groups: RegionGroups = program.bundle.region_groups
        self.stated: dict[str, Value] = {**subject.stated, "today": as_of.isoformat()}
        """What paths read: of a declaration that is contradicted, only that it is."""
        self.contradictions = subject.contradictions
        self.observed: Mapping[str, Observed] = {}
        """What comes from an observation that counts, by path."""
        self.undeclared_setting: Unknown = UNKNOWN
        """What is known of a setting that nobody stated."""
        if subject.seen is not None:
            found = self.standing()
            self.stated.update(found.stated)
            self.observed, self.contradictions = found.observed, found.contradictions
        if subject.offering.id in program.bundle.observing.required:
            from ..declarations.observing import withheld

            self.undeclared_setting = WITHHELD
            unseen = withheld(self.stated, self.observed, program.bundle.observing)
            self.stated.update(dict.fromkeys([*unseen], WITHHELD))
        for contradiction in self.contradictions:
            self.stated[contradiction.path] = CONTRADICTED
        self.cells = program.cells(subject.offering)
        """Those of its offering, as they judge."""
        self._steps: Steps | None = None
        self._coverage: dict[str, Value] = {}
        self._facts: dict[tuple[str, ...], Value] = {}
        self._sources: dict[tuple[str, str], tuple[FactSource, ...]] = {}
        self.kinds: Kinds | None = None
        """The kinds that what is declared tells, once somebody has asked."""
        self._strangers: tuple[str, ...] | None = None
        self._agreements: dict[str, Agreement | None] = {}
        self.asked_for_name = False
        """Whether any rule has read the project's name."""
        self.explained: dict[tuple[object, ...], tuple[Reason, ...]] = {}
        """Reasons that have been worked out, by what was asked."""

    def standing(self) -> Standing:
        """What is declared of a subject of whose accounts anything was observed."""
        from ..declarations.observing import standing  # few bundles observe anything

        return standing(self.subject, self.as_of, self.program.bundle.observing, self.region_groups)

    def is_observed(self, path: str) -> bool:
        """Whether a value comes from an observation, and not from a claim."""
        found = self.observed.get(path)
        if found is None:
            return False
        from ..declarations.observing import is_enough

        return is_enough(found.observation, self.program.bundle.observing)

    def cell(self, dimension: str) -> Cell | None:
        """The offering's cell; None where the registry states nothing."""
        return self.subject.offering.cells.get(dimension)

    def covered(self, dimension: str) -> Value:
        """Coverage, all steps of the contract."""
        found = self._coverage.get(dimension)
        if found is None:
            found = self._coverage[dimension] = self._cover(dimension)
        return found

    def _cover(self, dimension: str) -> Value:
        bit = self.cells.bits.get(dimension, 0)
        if not bit:
            return UNKNOWN
        steps = self._steps or self._take_steps()
        if bit & steps.refusing:
            return False
        cell = self.subject.offering.cells[dimension]
        unknown = bool(bit & steps.doubtful) or self._lacks_contract(cell)
        for condition in self.program.conditions(cell):
            truth = truth_of(condition(None, self))
            if truth is False:
                return False
            unknown = unknown or truth is None
        return UNKNOWN if unknown else True

    def _take_steps(self) -> Steps:
        """What can be said of all cells without asking anybody."""
        found = self._steps = self.cells.steps(self.stated, self.as_of)
        return found

    def _lacks_contract(self, cell: Cell) -> bool:
        """Whether a cell rests on a contract that does not count for this subject."""
        return cell.written.value == CONTRACT and self.contract(cell) is None

    def documented(self, dimension: str) -> Value:
        """Steps 0 to 2 alone."""
        bit = self.cells.bits.get(dimension, 0)
        if not bit:
            return UNKNOWN
        steps = self._steps or self._take_steps()
        if bit & steps.undocumented:
            return False
        unknown = bit & steps.unclear or self._lacks_contract(self.subject.offering.cells[dimension])
        return UNKNOWN if unknown else True

    def names(self) -> Decision:
        """Step 0: what is documented is documented of the offering's own models."""
        return "unknown" if self.strangers() else "pass"

    def strangers(self) -> tuple[str, ...]:
        """Declared models that the offering does not list."""
        if self._strangers is None:
            listed = self.subject.offering.written.models
            declared = declared_names(self.stated, "usage.models") if listed is not None else None
            self._strangers = tuple(name for name in declared or () if not names_any(name, listed or ()))
        return self._strangers

    def grade(self, cell: Cell) -> Decision:
        """Step 1, with the reach of a partial grade left to step 4."""
        return "unknown" if self._lacks_contract(cell) else grade_of(cell)

    def evidence(self, cell: Cell) -> Decision:
        """Step 2: what counts as evidence on the day."""
        return evidence_on(cell, self.demands, self.as_of)

    def tier(self, cell: Cell) -> Decision:
        """Step 3: the usage's tier is the cell's or above it."""
        return tier_of(cell, self.stated["usage.tier"])  # type: ignore[arg-type]  # a tier

    def reach(self, cell: Cell) -> Decision:
        """Step 4: everything declared is inside the scope."""
        outcomes = {gap.outcome for gap in self.gaps(cell)}
        return "fail" if "fail" in outcomes else "unknown" if outcomes else "pass"

    def gaps(self, cell: Cell) -> list[Gap]:
        """What the scope of a cell does not reach."""
        steps = self._steps or self._take_steps()
        if not self.cells.bits[cell.dimension] & steps.outside:
            return []
        return self.cells.gaps(cell, self.stated)

    def in_force(self, kind: str) -> bool:
        """Whether an agreement of a kind is in force: by the register, or without one by the manifest's claims."""
        return kind in self.subject.claims if self.subject.agreements is None else self.agreement(kind) is not None

    def agreement(self, kind: str) -> Agreement | None:
        """Of the register's agreements in force, the one that ends last; the first of equals."""
        if kind not in self._agreements:
            listed = [one for one in self.subject.agreements or () if one.kind == kind]
            current = [one for one in listed if is_current(one, self.as_of)]
            self._agreements[kind] = max(current, key=last_day, default=None)
        return self._agreements[kind]

    def contract(self, cell: Cell) -> Agreement | None:
        """The agreement that a cell rests on, as far as it counts for this subject."""
        from .contracts import contract  # few bundles have cells of their own

        return contract(cell, self.subject, self.as_of)

    def agreement_field(self, kind: str, field: str) -> Value:
        """`agreements.<kind>.<field>`: unknown where nothing is in force or the register does not say."""
        if field == "all":
            return self._all_in_force(kind)
        agreement = self.agreement(kind)
        return UNKNOWN if agreement is None else agreement_value(agreement, field, self.as_of)

    def _all_in_force(self, kind: str) -> Value:
        """`agreements.<kind>.all`: none where none is in force; of what is merely claimed nobody knows what it says."""
        if self.subject.agreements is None:
            return UNKNOWN if kind in self.subject.claims else []
        current = (one for one in self.subject.agreements if one.kind == kind and is_current(one, self.as_of))
        return [agreement_fields(one, self.as_of) for one in current]

    def name(self) -> Value:
        """`project.name`; that it was asked for is remembered."""
        self.asked_for_name = True
        return self.subject.stated.get("project.name", UNKNOWN)

    def registry(self, dimension: str, field: str, below: list[str]) -> Value:
        """`registry.<dimension>.<field>`: as far as what is said of the cell is said of this usage."""
        cell = self.cell(dimension)
        if cell is None:
            return UNKNOWN
        if field == "facts":
            asked = (dimension, *below)
            if asked not in self._facts:
                self._facts[asked] = self._fact(cell, below)
            return self._facts[asked]
        if not self._speaks(cell) or (field == "value" and not self._stands(cell)):
            return UNKNOWN
        return UNKNOWN if field == "verified" and not self.is_read(cell) else written_value(cell, field, below)

    def is_read(self, cell: Cell) -> bool:
        """Whether anybody can have read the source by the day."""
        return cell.written.verified is None or cell.written.verified <= self.as_of

    def _stands(self, cell: Cell) -> bool:
        """Whether what a cell says is known at all: its grade is one (a `no`, too), and its evidence is good enough."""
        steps = self._steps or self._take_steps()
        return not self.cells.bits[cell.dimension] & steps.untold and not self._lacks_contract(cell)

    def _speaks(self, cell: Cell) -> bool:
        """Whether what a cell says is said of this usage (steps 0, 3 and 4): its models, tier and scope fit."""
        steps = self._steps or self._take_steps()
        return not self.cells.bits[cell.dimension] & steps.silent

    def _fact(self, cell: Cell, below: list[str]) -> Value:
        """A fact, where every name that is declared reads the same."""
        if not self._stands(cell) or self._is_strange():
            return UNKNOWN
        first, *more = [self.fact_from(cell, source, below) for source in self.fact_sources(cell, below[0])]
        if more:
            from .facts import same  # few checks read facts

            return first if all(same(first, value) for value in more) else UNKNOWN
        return first

    def _is_strange(self) -> bool:
        return (self._steps or self._take_steps()).strange

    def fact_sources(self, cell: Cell, fact: str) -> tuple[FactSource, ...]:
        """Where a fact is read, for each name that matters."""
        asked = cell.dimension, fact
        found = self._sources.get(asked)
        if found is None:
            from .facts import fact_sources

            found = self._sources[asked] = fact_sources(self.cells.exceptions(cell, fact), self.stated)
        return found

    def fact_from(self, cell: Cell, source: FactSource, below: list[str]) -> Value:
        """A fact as one source has it: an entry whatever the cell's scope and tier, its own facts within."""
        if source.entry is not None:
            return _plain(_readers()[0](source.entry.facts, below))
        undeclared = source.axis is not None and source.name is None
        return UNKNOWN if undeclared or not self._speaks(cell) else written_value(cell, "facts", below)


def decision(value: Value, wanted: bool = True) -> Decision:
    """`pass` where a value has the truth that is wanted of it, `fail` where it has the other."""
    truth = truth_of(value)
    if truth is None:
        return "unknown"
    return "pass" if truth is wanted else "fail"


def written_value(cell: Cell, field: str, below: list[str]) -> Value:
    """What a cell states, whatever its grade and evidence are worth."""
    of_facts, of_fields = _readers()
    read = of_facts if field == "facts" else of_fields
    return _plain(read(getattr(cell.written, field), below))


@cache
def _readers() -> tuple[Callable[[Json, list[str]], Json], Callable[[Json, list[str]], Json]]:
    """What reads facts, and what reads other fields of cells: to import them takes as long as to read."""
    from .facts import descend, fact_value  # few checks read facts

    return fact_value, descend


def agreement_fields(agreement: Agreement, as_of: datetime.date) -> dict[str, Json]:
    """All that the register states of an agreement, as far as it is so on a day."""
    fields = [field for field in agreement.__struct_fields__ if field != "reviewed"]
    found = _known({field: agreement_value(agreement, field, as_of) for field in fields})
    review = _known({field: agreement_value(agreement, f"reviewed.{field}", as_of) for field in ("by", "on")})
    return {**found, "reviewed": review} if review else found


def _known(values: dict[str, Value]) -> dict[str, Json]:
    return {field: value for field, value in values.items() if not isinstance(value, Unknown)}


def agreement_value(agreement: Agreement, field: str, as_of: datetime.date = datetime.date.max) -> Value:
    """What the register states of an agreement, in force or not; of a review that is still to come, nothing."""
    name, _, below = field.partition(".")
    if not below:
        return _plain(getattr(agreement, name))
    review = agreement.reviewed
    return UNKNOWN if isinstance(review, UnsetType) or review.on > as_of else _plain(getattr(review, below))


def _plain(value: Decoded | datetime.date) -> Value:
    """A value as rules see it; what is not stated is unknown."""
    if value is None or isinstance(value, UnsetType):
        return UNKNOWN
    if isinstance(value, datetime.date):
        return value.isoformat()
    return [*value] if isinstance(value, tuple) else value
