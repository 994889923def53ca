"""Days: as ISO 8601 texts, how far they are from the as-of day, and what is in force on one.

In: days, agreements. Out: days, counts of days, states.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from msgspec import UnsetType

from ..logic.days import is_date
from ..logic.wording import count
from ..model.vocabulary import AgreementState

if TYPE_CHECKING:
    from ..model.agreement import Agreement


def parse_day(value: object) -> datetime.date | None:
    """The day that a text writes; None for anything else."""
    return datetime.date.fromisoformat(str(value)) if is_date(value) else None


def days_since(day: datetime.date, as_of: datetime.date) -> int:
    """Whole days from a day to the as-of day; negative for a day to come."""
    return (as_of - day).days


def days_until(day: datetime.date, as_of: datetime.date) -> int:
    """Whole days from the as-of day to a day; negative for a day gone by."""
    return (day - as_of).days


def left_words(days: int) -> str:
    """How many days are left to the last day of something, which is day 0."""
    return "today is its last day" if days == 0 else f"{count(days, 'day')} left"


def is_current(agreement: Agreement, as_of: datetime.date) -> bool:
    """Executed, signed by the as-of day, and not yet expired."""
    if agreement.status != "executed" or isinstance(agreement.signed, UnsetType) or agreement.signed > as_of:
        return False
    return last_day(agreement) >= as_of


def last_day(agreement: Agreement) -> datetime.date:
    """The last day on which an agreement can be in force."""
    return datetime.date.max if isinstance(agreement.expires, UnsetType) else agreement.expires


def first_day(agreement: Agreement) -> datetime.date:
    """The first day on which an agreement can be in force; one that nobody dated has no beginning."""
    return datetime.date.min if isinstance(agreement.signed, UnsetType) else agreement.signed


def agreement_state(agreement: Agreement, as_of: datetime.date) -> AgreementState:
    """Where an agreement stands on a day."""
    if agreement.status != "executed":
        return agreement.status
    if is_current(agreement, as_of):
        return "in_force"
    return "not_yet" if first_day(agreement) > as_of else "expired"


AGREEMENT_STATES: Final[Mapping[AgreementState, str]] = {
    "in_force": "in force",
    "not_yet": "not yet signed",
    "expired": "expired",
    "pending": "pending",
    "terminated": "terminated",
}
"""Where an agreement stands, as fingerprints have it."""
