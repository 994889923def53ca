"""What will turn results by itself: evidence that grows too old, agreements that end, policies that begin to block.

In: what judged, the offerings that were judged, the as-of day. Out: by policy and offering each end that is yet to
come, with its last day. A result of the policy that passes may rest on it; whether it does, nobody has asked.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Final, Literal

import msgspec

from ....evaluate.ageing import last_day_of_evidence
from ....evaluate.reading import cells_behind
from ....gate import Gate
from ....logic import Node
from ....logic.functions import matches_glob
from ....model.agreement import Agreement
from ....model.asking import kinds_of
from ....model.policy import Bundle, Policy
from ....model.registry import Offering

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


def endings(gate: Gate, offerings: Iterable[str], as_of: datetime.date) -> Iterator[JudgedEnding]:
    """Every end from the as-of day on, by policy and then by offering."""
    bundle = gate.bundle
    known = gate.snapshot(offerings).offerings
    for policy in bundle.policies:
        if policy.enforce_from is not None and policy.enforce_from > as_of:
            yield JudgedEnding(policy.id, "enforcement", "", None, policy.enforce_from - _DAY)
        for name in sorted(set(offerings) & set(known)):
            found = (*_evidence(policy, known[name], bundle), *_agreements(policy, known[name], bundle))
            yield from (one for one in found if one.until >= as_of)


def _rules(policy: Policy) -> list[Node]:
    own = [] if policy.when is None else [policy.when]
    return [*own, *(one.tree for one in policy.require)]


def _evidence(policy: Policy, offering: Offering, bundle: Bundle) -> Iterator[JudgedEnding]:
    for cell in cells_behind(_rules(policy), offering):
        last = last_day_of_evidence(cell, bundle.registry)
        if last is not None and cell.written.value not in _UNCOVERED:
            yield JudgedEnding(policy.id, "evidence", cell.dimension, offering.id, last, cell.written.source)


def _agreements(policy: Policy, offering: Offering, bundle: Bundle) -> Iterator[JudgedEnding]:
    """Those that a policy asks for, by itself or through a condition, and those that cells refer to."""
    rules = _rules(policy)
    cells = cells_behind(rules, offering)
    kinds = {
        kind for tree in (*rules, *(one.tree for cell in cells for one in cell.conditions)) for kind in kinds_of(tree)
    }
    contracts = {cell.agreement for cell in cells if cell.agreement is not None}
    for one in () if bundle.register is None else bundle.register.agreements:
        asked = one.kind in kinds and any(matches_glob(offering.id, glob) for glob in one.offerings)
        if (
            one.status == "executed"
            and isinstance(one.expires, datetime.date)
            and (asked or one.reference in contracts)
        ):
            yield JudgedEnding(policy.id, "agreement", one.kind, offering.id, one.expires, _reference(one))


def _reference(agreement: Agreement) -> str | None:
    return agreement.reference if isinstance(agreement.reference, str) else None
