"""How usages and days are named in messages.

In: subjects, days. Out: plain text, not yet escaped.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Final

from ...model.subject import Subject

_MOST: Final = 3
"""Names that are given one by one."""


def several(words: Sequence[str], more: str = "more") -> str:
    """A few, and how many there are beside."""
    shown = ", ".join(words[:_MOST])
    return shown if len(words) <= _MOST else f"{shown} and {len(words) - _MOST} {more}"


def usage(subject: Subject) -> str:
    """A usage, its project and the offering."""
    return f"`{subject.usage}` of `{subject.manifest.project}` with {subject.offering.id}"


def usages(subjects: Iterable[Subject]) -> str:
    """Some usages."""
    return several([usage(one) for one in subjects])


def period(begins: datetime.date, ends: datetime.date) -> str:
    """From a day to a day, either of which the calendar may not have."""
    start = "" if begins == datetime.date.min else f"from {begins} "
    return f"{start}without an end" if ends == datetime.date.max else f"{start}to {ends}"
