"""Which waiver covers a result."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from ..logic.functions import matches_glob
from ..model.policy import Policy
from ..model.subject import Subject
from ..model.waiver import Waiver


def names(waiver: Waiver, policy: Policy, subject: Subject) -> bool:
    """Whether a waiver's four globs name a policy on a subject."""
    return matches_glob(policy.id, waiver.written.policy) and names_subject(waiver, subject)


def names_subject(waiver: Waiver, subject: Subject) -> bool:
    """Whether the globs of a waiver name a subject, whatever the policy."""
    written = waiver.written
    return (
        matches_glob(subject.manifest.project, written.project)
        and matches_glob(subject.usage, written.usage)
        and matches_glob(subject.offering.id, written.offering)
    )


def has_ended(waiver: Waiver, as_of: datetime.date) -> bool:
    """Whether its last day is over."""
    return waiver.written.expires < as_of


def waiver_for(waivers: Iterable[Waiver], policy: Policy, subject: Subject, as_of: datetime.date) -> Waiver | None:
    """Of the waivers that cover a result, the one that ends last; the first of equals."""
    current = [waiver for waiver in waivers if not has_ended(waiver, as_of) and names(waiver, policy, subject)]
    return max(current, key=lambda waiver: waiver.written.expires, default=None)
