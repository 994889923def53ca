"""The register by offering and kind.

In: an evaluation, of the given manifests or of none, and what somebody wants to see. Out: a `RegisterListing`.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator

import msgspec

from ...evaluate.calendar import agreement_state
from ...model.evaluation import Evaluation
from ...model.vocabulary import AGREEMENT_KINDS
from .model import RegisterEntry, RegisterListing, Row
from .register import OfferingMatches, days_left, entries, required_register


class ListFilter(msgspec.Struct, frozen=True):
    """What somebody wants to see; None or nothing: all."""

    offerings: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    within: int | None = None
    """Only what is in force and ends in at most so many days."""


def listing(evaluation: Evaluation, wanted: ListFilter) -> RegisterListing:
    """A row for each agreement and each offering that it is for, and for each glob that matches none.

    Raises:
        InputError: the bundle has no register.
    """
    every = entries(required_register(evaluation.bundle))
    offerings = OfferingMatches(evaluation.snapshot.ids)
    usages = _usages(evaluation) if evaluation.manifests else None
    rows = [row for entry in every for row in _rows(entry, offerings, evaluation.as_of, usages) if _wants(wanted, row)]
    return RegisterListing(evaluation, tuple(sorted(rows, key=_order)), len(every))


UsageCounts = Counter[tuple[int, str]]
"""How many subjects of each offering an agreement names, by the id of the agreement."""


def _usages(evaluation: Evaluation) -> UsageCounts:
    named = (
        (id(agreement), subject.offering.id)
        for subject in evaluation.subjects
        for agreement in subject.agreements or ()
    )
    return Counter(named)


def _rows(
    entry: RegisterEntry, offerings: OfferingMatches, as_of: datetime.date, usages: UsageCounts | None
) -> Iterator[Row]:
    agreement = entry.agreement
    where, left = agreement_state(agreement, as_of), days_left(agreement, as_of)
    for offering in sorted(offerings.named(agreement)):
        count = None if usages is None else usages[id(agreement), offering]
        yield Row(entry, offering, None, where, left, count)
    for glob in dict.fromkeys(agreement.offerings):
        if not offerings.matching(glob):
            yield Row(entry, None, glob, where, left, None if usages is None else 0)


def _wants(wanted: ListFilter, row: Row) -> bool:
    if wanted.offerings and row.offering not in wanted.offerings:
        return False
    if wanted.kinds and row.entry.agreement.kind not in wanted.kinds:
        return False
    return wanted.within is None or (row.days_left is not None and row.days_left <= wanted.within)


def _order(row: Row) -> tuple[bool, str, tuple[int, str], int]:
    """By offering, what matches none last; by kind as the contract lists them, then own ones; as the register has
    them."""
    kind = row.entry.agreement.kind
    known = AGREEMENT_KINDS.index(kind) if kind in AGREEMENT_KINDS else len(AGREEMENT_KINDS)
    return row.offering is None, row.offering or row.glob or "", (known, kind), row.entry.index
