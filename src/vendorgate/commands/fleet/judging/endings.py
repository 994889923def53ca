"""What will turn results by itself: evidence that grows too old, agreements that end, policies that begin to block.

In: what judged, the offerings that were judged, the as-of day. Out: by policy and offering each end that is yet to
come, with its last day. A result of the policy that passes may rest on it; whether it does, nobody has asked.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, Literal

import msgspec

from ....evaluate.ageing import last_day_of_evidence
from ....evaluate.reading import cells_behind
from ....gate import Gate
from ....logic import Node
from ....logic.globs import Globs, places
from ....model.agreement import Agreement
from ....model.asking import kinds_of
from ....model.identity import EVERYBODY
from ....model.policy import Bundle, Policy, RegistryDemands
from ....model.registry import Cell, Offering

_DAY: Final = datetime.timedelta(days=1)
_UNCOVERED: Final = ("no", "no_public_evidence", "unclear")
"""Grades that nothing passes by."""


class JudgedEnding(msgspec.Struct, frozen=True):
    """A row of `endings`."""

    policy: str
    kind: Literal["evidence", "agreement", "enforcement"]
    what: str
    offering: str | None
    until: datetime.date
    reference: str | None = None
    projects: tuple[str, ...] | None = None
    """Globs of the projects that an agreement is for; None: whatever the project is."""


class _Ending(msgspec.Struct, frozen=True):
    """The agreements that will end, by the offerings that they name."""

    agreements: tuple[Agreement, ...]
    named: Globs
    referred: Mapping[str, list[Agreement]]
    """By reference."""

    def of(self, offering: Offering, kinds: set[str], references: set[str]) -> Iterator[Agreement]:
        """Those of some kinds that name an offering, and those of some references."""
        named = [self.agreements[place] for place in places(self.named.naming(offering.id))]
        found = {id(one): one for one in named if one.kind in kinds}
        found.update((id(one), one) for name in sorted(references) for one in self.referred.get(name, ()))
        yield from found.values()


def endings(gate: Gate, offerings: Collection[str], as_of: datetime.date) -> Iterator[JudgedEnding]:
    """Every end from the as-of day on, by policy and then by offering."""
    bundle = gate.bundle
    known = gate.snapshot(offerings).offerings
    ending = _agreements_that_end(bundle, as_of)
    for policy in bundle.policies:
        if policy.enforce_from is not None and policy.enforce_from > as_of:
            yield JudgedEnding(policy.id, "enforcement", "", None, policy.enforce_from - _DAY)
        rules = policy.rules
        for name in sorted(set(offerings) & set(known)):
            cells = cells_behind(rules, known[name])
            yield from _evidence(policy, known[name], cells, bundle.registry, as_of)
            yield from _agreements(policy, known[name], rules, cells, ending)


def _agreements_that_end(bundle: Bundle, as_of: datetime.date) -> _Ending:
    every = () if bundle.register is None else bundle.register.agreements
    found = tuple(one for one in every if one.status == "executed" and _last_day(one) >= as_of)
    referred: dict[str, list[Agreement]] = {}
    for one in found:
        if isinstance(one.reference, str):
            referred.setdefault(one.reference, []).append(one)
    return _Ending(found, Globs(one.offerings for one in found), referred)


def _last_day(agreement: Agreement) -> datetime.date:
    """The last day of an agreement; of one without an end a day that is over."""
    return agreement.expires if isinstance(agreement.expires, datetime.date) else datetime.date.min


def _evidence(
    policy: Policy, offering: Offering, cells: Iterable[Cell], demands: RegistryDemands, as_of: datetime.date
) -> Iterator[JudgedEnding]:
    for cell in cells:
        last = last_day_of_evidence(cell, demands)
        if last is not None and last >= as_of and cell.written.value not in _UNCOVERED:
            yield JudgedEnding(policy.id, "evidence", cell.dimension, offering.id, last, cell.written.source)


def _agreements(
    policy: Policy, offering: Offering, rules: Iterable[Node], cells: Collection[Cell], ending: _Ending
) -> Iterator[JudgedEnding]:
    """Those that a policy asks for, by itself or through a condition, and those that cells refer to."""
    conditions = (one.tree for cell in cells for one in cell.conditions)
    kinds = {kind for tree in (*rules, *conditions) for kind in kinds_of(tree)}
    references = {cell.agreement for cell in cells if cell.agreement is not None}
    if kinds or references:
        for one in ending.of(offering, kinds, references):
            reference = one.reference if isinstance(one.reference, str) else None
            projects = None if EVERYBODY in one.projects else one.projects
            yield JudgedEnding(policy.id, "agreement", one.kind, offering.id, _last_day(one), reference, projects)
