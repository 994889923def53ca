"""Cells that rest on a contract of the organization: whether it counts for a subject on a day, and why not.

In: a cell, a subject, the as-of day. Out: the agreement that counts, or what keeps it from counting.
Every entry of the reference that is in force anywhere must be the contract that the cell means: a reference that two
entries share could be somebody else's.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Final

from ..logic.functions import matches_glob
from ..model.agreement import Agreement
from ..model.registry import Cell
from ..model.subject import Subject
from .calendar import AGREEMENT_STATES, agreement_state, is_current, last_day

KIND_OF: Final[Mapping[str, str]] = {
    "hipaa_baa": "baa",
    "gdpr_dpa": "dpa",
    "retention_zdr": "zdr",
    "data_residency": "residency",
}
"""The kind of agreement that a contract about a dimension is of; about any other, of every kind."""


def contract(cell: Cell, subject: Subject, as_of: datetime.date) -> Agreement | None:
    """The agreement that a cell rests on, where it counts for a subject; of several, the one that ends last."""
    found = [one for one in _entries(cell, subject.agreements or ()) if is_current(one, as_of)]
    others = [one for one in _entries(cell, subject.unreached) if is_current(one, as_of)]
    if not found or any(_mismatch(one, cell, subject) for one in (*found, *others)):
        return None
    return max(found, key=last_day)


def shortcomings(cell: Cell, subject: Subject, as_of: datetime.date) -> tuple[tuple[str, str], ...]:
    """What keeps the contract of a cell from counting: each in words, and the same without any day."""
    if subject.agreements is None:
        return (("there is no agreements register", "no register"),)
    reached, others = _entries(cell, subject.agreements), _entries(cell, subject.unreached)
    current = [one for one in (*reached, *others) if is_current(one, as_of)]
    wrong = dict.fromkeys(why for one in current if (why := _mismatch(one, cell, subject)))
    if wrong:
        return tuple((why, why) for why in wrong)
    if reached:
        states = dict.fromkeys(_state(one, as_of) for one in reached)
        return tuple(states)
    if others:
        return (("the register lists it for other offerings or projects", "not for this offering and project"),)
    return (("the register does not list it", "not listed"),)


def _entries(cell: Cell, agreements: Iterable[Agreement]) -> list[Agreement]:
    return [one for one in agreements if one.reference == cell.agreement]


def _mismatch(agreement: Agreement, cell: Cell, subject: Subject) -> str:
    """What shows that an entry of the reference is another contract than the cell means; empty where nothing does."""
    id, wanted = subject.offering.id, KIND_OF.get(cell.dimension)
    if not any(matches_glob(id, glob) for glob in agreement.offerings):
        return f"an entry of that reference is of {', '.join(agreement.offerings)}, and not of {id}"
    if wanted is not None and agreement.kind != wanted:
        return f"an entry of that reference is of kind `{agreement.kind}`, and not `{wanted}`"
    return ""


def _state(agreement: Agreement, as_of: datetime.date) -> tuple[str, str]:
    state = agreement_state(agreement, as_of)
    if state == "not_yet":
        return f"it is signed on {agreement.signed}, after the as-of day", AGREEMENT_STATES[state]
    if state == "expired":
        return f"it expired on {agreement.expires}", AGREEMENT_STATES[state]
    return f"it is {AGREEMENT_STATES[state]}", AGREEMENT_STATES[state]
