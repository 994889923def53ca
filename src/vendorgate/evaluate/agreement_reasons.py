"""Agreements in words: whether one of a kind is in force, and where those stand that are not.

In: a case and a kind. Out: a reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import UnsetType

from ..model.result import Reason, Remedy
from ..model.vocabulary import Decision
from .calendar import AGREEMENT_STATES, agreement_state
from .case import Case
from .unlisted import is_unlisted, no_agreement

if TYPE_CHECKING:
    from ..model.agreement import Agreement


def agreement_reason(case: Case, kind: str, outcome: Decision) -> Reason:
    """Whether an agreement is in force, and what the register says of those that are not."""
    about: tuple[str, ...]
    if is_unlisted(case.subject):
        return msgspec.structs.replace(no_agreement(case, kind), outcome=outcome)
    agreements = case.subject.agreements
    if agreements is None:
        claimed = (
            "is claimed by the manifest" if case.in_force(kind) else "is not in force: the manifest does not claim it"
        )
        remedy = None if case.in_force(kind) else Remedy("agree", kind)
        about = (kind, "claimed" if case.in_force(kind) else "not claimed")
        return Reason("agreement", outcome, f"agreement `{kind}` {claimed}", remedy=remedy, about=about)
    about = (kind, *agreement_states(case, kind))
    current = case.agreement(kind)
    if current is not None:
        message = f"agreement `{kind}` is in force{_reference(current)}{until_words(current)}"
        return Reason("agreement", outcome, message, about=about)
    listed = [one for one in agreements if one.kind == kind]
    nobodys = ", which is unbound" if case.subject.identity.is_stranger else ""
    none = f"the register lists none for this offering and project{nobodys}"
    why = "; ".join(_not_in_force(one, case) for one in listed) or none
    message = f"agreement `{kind}` is not in force: {why}"
    return Reason("agreement", outcome, message, remedy=Remedy("agree", kind), about=about)


def agreement_states(case: Case, kind: str) -> tuple[str, ...]:
    """Where the register's agreements of a kind stand: without days, each state once; in force as soon as one is."""
    listed = [one for one in case.subject.agreements or () if one.kind == kind]
    states = {AGREEMENT_STATES[agreement_state(one, case.as_of)] for one in listed}
    return ("in force",) if "in force" in states else tuple(sorted(states))


def _not_in_force(agreement: Agreement, case: Case) -> str:
    state = agreement_state(agreement, case.as_of)
    if state == "not_yet":
        return f"signed on {agreement.signed}, after the as-of day{_reference(agreement)}"
    ended = f" {agreement.expires}" if state == "expired" else ""
    return f"{AGREEMENT_STATES[state]}{ended}{_reference(agreement)}"


def _reference(agreement: Agreement) -> str:
    return "" if isinstance(agreement.reference, UnsetType) else f" ({agreement.reference})"


def until_words(agreement: Agreement) -> str:
    """Until when an agreement is in force, where it ends."""
    return "" if isinstance(agreement.expires, UnsetType) else f", until {agreement.expires}"
