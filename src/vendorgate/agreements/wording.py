"""How agreements, usages and days are named in messages.

In: entries, subjects, days. Out: plain text, not yet escaped.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Final

from ..model.agreements import Entry
from ..model.subject import Subject

_MOST: Final = 3
"""Names that are given one by one."""


def name(entry: Entry) -> str:
    """An agreement by its kind and reference, or by its place in the register."""
    return f"`{entry.agreement.kind}` {filed(entry)}"


def filed(entry: Entry) -> str:
    """Where an agreement is filed; without a reference its place in the register, from 1."""
    return f"({entry.reference})" if entry.reference is not None else f"(no. {entry.index + 1})"


def several(words: Sequence[str], more: str = "more") -> str:
    """A few, and how many there are beside."""
    shown = ", ".join(words[:_MOST])
    return shown if len(words) <= _MOST else f"{shown} and {len(words) - _MOST} {more}"


def usage(subject: Subject) -> str:
    """A usage, its offering and its project."""
    return f"usage `{subject.usage}` with {subject.offering.id}, project `{subject.manifest.project}`"


def usages(subjects: Iterable[Subject]) -> str:
    """Some usages."""
    return several([f"`{one.usage}` of `{one.manifest.project}` with {one.offering.id}" for one in subjects])


def period(begins: datetime.date, ends: datetime.date) -> str:
    """From a day to a day, either of which the calendar may not have."""
    start = "" if begins == datetime.date.min else f"from {begins} "
    return f"{start}without an end" if ends == datetime.date.max else f"{start}to {ends}"
