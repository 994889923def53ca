"""Days: as ISO 8601 texts, and how far they are from the as-of day."""

from __future__ import annotations

import datetime

from ..logic.days import is_date


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
    return "today is its last day" if days == 0 else f"{days} day{'' if days == 1 else 's'} left"
